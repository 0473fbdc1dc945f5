"""A real PDS, the server of a Bluesky account, on the loopback; a proxy before it; and a site that posts to it."""

import atexit
import http.client
import http.server
import json
import os
import select
import subprocess
import threading
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from support import PROGRAM, Site, room

HERE = Path(__file__).resolve().parent
# Empty if `run` could not install the packages.
PACKAGES = os.environ.get("SUITE_PACKAGES", "")
NODE = os.environ.get("NODE", "node")
MISSING = "npm could not install the packages of package.json"
COLLECTION = "app.bsky.feed.post"
PUT = "/xrpc/com.atproto.repo.putRecord"
LOGIN = "/xrpc/com.atproto.server.createSession"


@contextmanager
def pds(rates=False):
    """Runs a PDS with one account. With `rates` it has the limits of bsky.social, else none."""
    log = room() / "pds.log"
    command = [NODE, HERE / "pds.mjs"] + ["rates"] * rates
    with open(log, "w") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
    stop = atexit.register(_stop, process)
    try:
        is_ready, _, _ = select.select([process.stdout], [], [], 60)
        line = process.stdout.readline() if is_ready else ""
        if not line:
            raise AssertionError(f"the PDS did not start within 60 s:\n{log.read_text()}")
        yield Pds(json.loads(line))
    finally:
        atexit.unregister(stop)
        _stop(process)


def _stop(process):
    """A closed standard input stops the servers."""
    process.stdin.close()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


class Pds:
    """A running PDS and its account."""

    def __init__(self, line):
        self.url, self.handle, self.did = line["url"], line["handle"], line["did"]
        self.password, self.app_password = line["password"], line["app_password"]
        self.port = urllib.parse.urlsplit(self.url).port

    def get(self, method, **query):
        with urllib.request.urlopen(f"{self.url}/xrpc/{method}?{urllib.parse.urlencode(query)}", timeout=30) as answer:
            return json.load(answer)

    def post(self, method, body, token=None):
        """Calls a method, and returns the status and the answer."""
        headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", f"/xrpc/{method}", json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def token(self):
        status, session = self.post(
            "com.atproto.server.createSession", {"identifier": self.handle, "password": self.app_password}
        )
        assert status == 200, session
        return session["accessJwt"]

    def posts(self):
        """All posts of the account as `com.atproto.repo.listRecords` lists them: `uri`, `cid`, `value`."""
        found, more = [], {}
        while True:
            page = self.get("com.atproto.repo.listRecords", repo=self.did, collection=COLLECTION, limit=100, **more)
            found += page["records"]
            if not page.get("cursor"):
                return found
            more = {"cursor": page["cursor"]}

    def delete(self, posts):
        """Deletes these posts."""
        token = self.token()
        for post in posts:
            key = post["uri"].rsplit("/", 1)[1]
            body = {"repo": self.did, "collection": COLLECTION, "rkey": key}
            status, answer = self.post("com.atproto.repo.deleteRecord", body, token)
            assert status == 200, answer


class Between:
    """A proxy before a PDS. It keeps each request with its answer, and drops the answers for which `is_lost` is true."""

    def __init__(self, port):
        self.is_lost = lambda path: False
        self.exchanges = []
        between = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                upstream = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                try:
                    upstream.request("POST", self.path, body, dict(self.headers))
                    answer = upstream.getresponse()
                    found = answer.read()
                finally:
                    upstream.close()
                between.exchanges.append((self.path, json.loads(body), answer.status, json.loads(found)))
                if between.is_lost(self.path):
                    # The PDS took the request, and its answer is lost.
                    self.close_connection = True
                    return
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("transfer-encoding", "connection", "content-length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(found)))
                self.end_headers()
                self.wfile.write(found)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, path):
        """Body, status and answer of each request to a path."""
        return [exchange[1:] for exchange in self.exchanges if exchange[0] == path]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class PostingSite(Site):
    """The site of the suite with the channel `sky`. No output of noroshi and no file of the site may hold the password."""

    def __init__(self, server, handle, app_password, **more):
        super().__init__({"sky": {"to": "bluesky", "server": server, "handle": handle} | more})
        self.app_password = app_password
        self.errors = ""

    def run(self, *arguments, expect=0):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NOROSHI_")} | {"NOROSHI_LANG": "en"}
        environment = kept | {"NOROSHI_SKY_APP_PASSWORD": self.app_password}
        command = [PROGRAM, "--root", str(self.root), "announce", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
        self.errors = done.stderr
        printed = done.stdout + done.stderr
        kept = "".join(file.read_text(errors="replace") for file in self.root.rglob("*") if file.is_file())
        assert self.app_password not in printed + kept, "the app password is in an output"
        assert expect in (None, done.returncode), f"exit {done.returncode}, not {expect}:\n{printed}"
        return done.stdout


def read_by_client(records):
    """What Bluesky's own client reads in these records, as a list of objects."""
    done = subprocess.run(
        [NODE, HERE / "posts.mjs"], input=json.dumps(records), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
