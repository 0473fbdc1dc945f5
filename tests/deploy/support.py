"""What all tests of deployments stand on: sites, stores on the loopback, and a proxy that breaks requests."""

import atexit
import http.client
import http.server
import os
import random
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

import boto3

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
PROGRAM = os.environ["NOROSHI"]
GARAGE = os.environ["GARAGE"]
BUSY = "2026-11-20T12:00:00+09:00"
LATER = "2026-11-20T12:30:00+09:00"

_rooms = tempfile.TemporaryDirectory(prefix="noroshi-deploy-", ignore_cleanup_errors=True)
atexit.register(_rooms.cleanup)


def room():
    """A new folder that goes when the suite ends."""
    return Path(tempfile.mkdtemp(dir=_rooms.name))


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(port, process, what):
    """Waits until a server answers. A server that ended says why."""
    for _ in range(600):
        if process.poll() is not None:
            raise AssertionError(f"{what} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{what} does not answer at port {port}")


def started(command, **options):
    """A process that ends with the suite."""
    process = subprocess.Popen(command, **options)
    atexit.register(stop, process)
    return process


def stop(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Site:
    """A small site whose content the test changes, with the targets that it names."""

    def __init__(self, targets, secrets=None):
        self.root = room()
        self.secrets = secrets or {}
        content = self.root / "content"
        content.mkdir()
        lines = ["title: Example Status", "url: https://status.example.com/", "timezone: Asia/Tokyo"]
        lines += ["locales: [en, ja]", "components: [{id: api, name: API}]", "deploy:"]
        lines += [f"  {name}: {target}" for name, target in targets.items()]
        (content / "site.yaml").write_text("\n".join(lines) + "\n")
        for number in range(6):
            self.incident(number, "The API is slow.")

    def incident(self, number, text, name=None):
        folder = self.root / "content" / "incidents"
        folder.mkdir(exist_ok=True)
        entry = f"---\ntitle: Incident {number}\nseverity: minor\nstarted: 2026-11-{number % 9 + 10} 10:00\n"
        day = f"2026-11-{number % 9 + 10}"
        entry += f"affects: [api]\n---\n## investigating {day} 10:05\n\n{text}\n\n## resolved {day} 10:30\n\n{text}\n"
        (folder / f"2026-11-{number % 9 + 10}-{name or f'slow-{number}'}.md").write_text(entry)

    def remove(self, number):
        for file in (self.root / "content" / "incidents").glob(f"*-slow-{number}.md"):
            file.unlink()

    def environment(self):
        others = ("AWS_", "AZURE_", "GOOGLE_", "STORAGE_EMULATOR_HOST")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
        return kept | {"HOME": str(self.root)} | self.secrets

    def start(self, *arguments, as_of=BUSY):
        """Starts a deployment and returns its process."""
        command = [PROGRAM, "--root", str(self.root), "deploy", *arguments]
        if "--built" not in arguments:
            command += ["--as-of", as_of]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment()
        )

    def deploy(self, *arguments, expect=0, as_of=BUSY):
        """Deploys, and returns what was printed. No secret is ever printed."""
        process = self.start(*arguments, as_of=as_of)
        out, err = process.communicate(timeout=600)
        printed = out + err
        for name, value in self.secrets.items():
            assert not re.search("KEY|SECRET", name) or value not in printed, f"{name} is printed: {printed}"
        assert process.returncode == expect, f"exit {process.returncode}, not {expect}:\n{printed}"
        return printed

    def built(self):
        """The files of the site, as they were built last."""
        public = self.root / "public"
        return {
            str(file.relative_to(public)): file.read_bytes()
            for file in public.rglob("*")
            if file.is_file() and not file.name.startswith(".noroshi")
        }


def crawl(fetch, start="/"):
    """Follows the links of pages from the home page, and returns those that lead nowhere."""
    waiting, seen, dead = [start], {start}, []
    while waiting:
        address = waiting.pop()
        status, body = fetch(address)
        if status != 200:
            dead.append(f"{address}: {status}")
            continue
        if address.endswith("/") or address.endswith(".html"):
            for link in re.findall(rb'(?:href|src)="(/[^"#?]*)', body):
                link = link.decode()
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
    return dead


class Unsized(bytes):
    """A body whose size the store does not tell."""


class Proxy:
    """Stands between noroshi and a store. `fault` is asked for each request, and says what goes wrong."""

    def __init__(self, port):
        self.port = free_port()
        self.upstream = port
        self.fault = lambda method, path: None
        self.requests = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_one(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                proxy.requests.append((self.command, self.path))
                fault = proxy.fault(self.command, self.path)
                if fault == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    self.close_connection = True
                    self.connection.close()
                    return
                if isinstance(fault, int):
                    code = {503: "SlowDown", 500: "InternalError", 403: "AccessDenied"}[fault]
                    answer = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
                    self.send_response(fault)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)
                    return
                if fault == "wrong":
                    # The store compares the body with the digest that was signed.
                    body = body[:-1] + bytes([body[-1] ^ 1]) if body else body
                status, headers, found = proxy.answer(self.command, self.path, self.headers, body)
                if fault == "lost":
                    # The store did it, and nobody learns of it.
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                        self.send_header(name, value)
                shown = headers.get("Content-Length") if self.command == "HEAD" else str(len(found))
                if isinstance(found, Unsized):
                    self.close_connection = True
                else:
                    self.send_header("Content-Length", shown or "0")
                self.end_headers()
                if fault == "half":
                    self.wfile.write(found[: len(found) // 2])
                    self.close_connection = True
                    return
                self.wfile.write(found)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method, path, headers, body):
        """What the store answers: status, headers and body."""
        upstream = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=60)
        try:
            upstream.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                upstream.putheader(name, value)
            upstream.endheaders(body)
            answer = upstream.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            upstream.close()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Cluster:
    """Three nodes of Garage with replication 3, on the loopback."""

    def __init__(self):
        self.folder = room()
        self.secret = os.urandom(32).hex()
        self.nodes = [self._configure(number) for number in range(3)]
        for node in self.nodes:
            self.start(node)
        ids = [self.run(node, "node", "id", "-q").strip() for node in self.nodes]
        for other in ids[1:]:
            self.run(self.nodes[0], "node", "connect", other)
        for one in ids:
            self.run(self.nodes[0], "layout", "assign", one[:16], "-z", "here", "-c", "10G")
        self.run(self.nodes[0], "layout", "apply", "--version", "1")
        self.buckets = 0
        key = self._until(lambda: self.run(self.nodes[0], "key", "create", "deploy"))
        self.key = re.search(r"Key ID:\s*(\S+)", key)[1]
        self.secret_key = re.search(r"Secret key:\s*(\S+)", key)[1]

    def _configure(self, number):
        folder = self.folder / str(number)
        folder.mkdir()
        ports = {name: free_port() for name in ("rpc", "s3", "web", "admin")}
        (folder / "garage.toml").write_text(
            f"""
metadata_dir = "{folder}/meta"
data_dir = "{folder}/data"
db_engine = "sqlite"
replication_factor = 3
rpc_bind_addr = "127.0.0.1:{ports['rpc']}"
rpc_public_addr = "127.0.0.1:{ports['rpc']}"
rpc_secret = "{self.secret}"
[s3_api]
s3_region = "garage"
api_bind_addr = "127.0.0.1:{ports['s3']}"
root_domain = ".s3.garage"
[s3_web]
bind_addr = "127.0.0.1:{ports['web']}"
root_domain = ".web.garage"
index = "index.html"
[admin]
api_bind_addr = "127.0.0.1:{ports['admin']}"
"""
        )
        return {"folder": folder, "ports": ports, "process": None}

    def start(self, node):
        command = [GARAGE, "-c", node["folder"] / "garage.toml", "server"]
        with open(node["folder"] / "log", "a") as log:
            node["process"] = started(command, stdout=log, stderr=log)
        wait_for(node["ports"]["s3"], node["process"], "garage")
        self._until(lambda: self.run(node, "status"))

    def kill(self, node):
        node["process"].kill()
        node["process"].wait()

    def run(self, node, *arguments):
        command = [GARAGE, "-c", node["folder"] / "garage.toml", *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, f"garage {arguments}: {done.stderr}"
        return done.stdout

    def _until(self, work):
        for _ in range(100):
            try:
                return work()
            except AssertionError as error:
                last = error
                time.sleep(0.2)
        raise last

    def bucket(self, quota=None):
        """A new bucket that is a web site, and its name."""
        self.buckets += 1
        name = f"status-{self.buckets}"
        node = self.nodes[0]
        self._until(lambda: self.run(node, "bucket", "create", name))
        self.run(node, "bucket", "allow", "--read", "--write", "--owner", name, "--key", "deploy")
        self.run(node, "bucket", "website", "--allow", name)
        if quota:
            self.run(node, "bucket", "set-quotas", name, "--max-size", quota)
        return name

    def target(self, bucket, port=None):
        port = port or self.nodes[0]["ports"]["s3"]
        return f'{{s3: {bucket}, endpoint: "http://127.0.0.1:{port}", region: garage}}'

    def secrets(self):
        return {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret_key}

    def client(self):
        """A client of the store, for what somebody else does there."""
        return boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{self.nodes[0]['ports']['s3']}",
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret_key,
            region_name="garage",
        )

    def web(self, bucket, node=0):
        """Reads the site as a browser does."""
        port = self.nodes[node]["ports"]["web"]

        def fetch(path):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                connection.request("GET", path, headers={"Host": f"{bucket}.web.garage"})
                answer = connection.getresponse()
                return answer.status, answer.read()
            finally:
                connection.close()

        return fetch


def dice(seed):
    """Random numbers that are the same in each run."""
    return random.Random(seed)


needs_garage = unittest.skipUnless(
    Path(GARAGE).exists(), "garage cannot be had here: NOTHING OF THIS FILE IS TESTED"
)
