"""Several runners announce at once, with one ledger: in a file, in a git repository or in an object of a store."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import unittest
from urllib.parse import unquote

import boto3
from stores import Azure, Google
from support import PROGRAM, Proxy, free_port, room, started, stop, wait_for

IDS, NO_IDS = "bots", "statuspage"
CHANNELS = (IDS, NO_IDS)
LOCALES = ("ja", "en")
BEGIN = "10:05"
# More than one update is new in the second and the third.
ROUNDS = ("10:15", "10:45", "11:05")
# Before BEGIN, an update is old. Each text stands in one message only, so a message is known by it in every shape.
ENTRIES = {
    "incidents/2026-11-20-orders": {
        "facts": "severity: moderate\naffects: [api]\nstarted: 2026-11-20 10:00\n",
        "title": {"ja": "注文の遅延", "en": "Orders are delayed"},
        "updates": [
            ("10:10", "investigating", {"ja": "原因を調べています。", "en": "We are looking for the cause."}),
            ("10:20", "identified", {"ja": "原因がわかりました。", "en": "We know the cause."}),
            ("10:30", "update", {"ja": "半分が直りました。", "en": "Half of it is repaired."}),
            ("10:50", "monitoring", {"ja": "様子を見ています。", "en": "We are watching the queue."}),
            ("11:00", "resolved", {"ja": "注文は復旧しました。", "en": "Orders arrive on time again."}),
        ],
    },
    "maintenance/2026-11-20-database": {
        "facts": "kind: regular\naffects: [web]\nwindow: {start: 2026-11-20 10:25, end: 2026-11-20 11:30}\n",
        "title": {"ja": "データベースの更新", "en": "Database upgrade"},
        "updates": [
            ("09:00", "scheduled", {"ja": "本日更新します。", "en": "We upgrade the database today."}),
            ("10:25", "in_progress", {"ja": "更新を始めました。", "en": "The upgrade has begun."}),
            ("10:55", "completed", {"ja": "更新が終わりました。", "en": "The upgrade is done."}),
        ],
    },
}
TEXTS = {
    text: (path, at, locale)
    for path, entry in ENTRIES.items()
    for at, _, texts in entry["updates"]
    for locale, text in texts.items()
}
# By time and language: no two updates of the site have the same time.
MESSAGES = {
    (f"2026-11-20T{int(at[:2]) - 9:02}{at[2:]}:00Z", locale): (path, at, locale) for path, at, locale in TEXTS.values()
}


def word_of(state):
    """The word of a state in the ledger: a name, or a name with what belongs to it."""
    return state if isinstance(state, str) else next(iter(state))


def expected(until):
    """What each channel must have got by then: entry, time and language of each message."""
    return sorted(message for message in TEXTS.values() if BEGIN < message[1] <= until)


def write_site(root, hook, ledger, deploy=""):
    content = root / "content"
    lines = ["title: {ja: 稼働状況, en: Example Status}", "url: https://status.example.com/", "timezone: Asia/Tokyo"]
    lines += ["locales: [ja, en]", "components: [{id: api, name: API}, {id: web, name: Web}]"]
    lines += [f"deploy: {{main: {deploy}}}"] if deploy else []
    lines += ["announce:", f"  ledger: {ledger}", "  channels:"]
    lines += [f'    {IDS}: {{to: webhook, url: "{hook}/{IDS}"}}']
    lines += [f'    {NO_IDS}: {{to: webhook, url: "{hook}/{NO_IDS}", shape: statuspage}}']
    content.mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text("\n".join(lines) + "\n")
    for path, entry in ENTRIES.items():
        for locale in LOCALES:
            facts = entry["facts"] if locale == LOCALES[0] else ""
            text = f"---\ntitle: {entry['title'][locale]}\n{facts}---\n"
            text += "".join(f"\n## {word} 2026-11-20 {at}\n\n{texts[locale]}\n" for at, word, texts in entry["updates"])
            file = content / f"{path}{'' if locale == LOCALES[0] else '.' + locale}.md"
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)


class Receiver:
    """Writes down what comes in each channel. It knows a runner by its token, and can keep requests open."""

    def __init__(self):
        # Channel, runner, id and message of each request, in order.
        self.taken = []
        self.open = {}
        self.kept = set()
        self.is_released = threading.Event()
        self.changed = threading.Condition()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                channel = self.path.strip("/")
                update = body["data"]["text"] if "data" in body else body["incident"]["incident_updates"][0]["body"]
                message = next(message for text, message in TEXTS.items() if text in update)
                runner = int(self.headers["Authorization"].rpartition("-")[2])
                with receiver.changed:
                    receiver.taken.append((channel, runner, self.headers["webhook-id"], message))
                    is_kept = channel in receiver.kept
                    if is_kept:
                        receiver.kept.remove(channel)
                        receiver.open[channel] = message
                    receiver.changed.notify_all()
                if is_kept:
                    receiver.is_released.wait(120)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep_next(self):
        """The next request of each channel stays open until `release`."""
        self.is_released.clear()
        self.open, self.kept = {}, set(CHANNELS)

    def wait_until_open(self):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.open) == len(CHANNELS), 60), "no request came"

    def wait_for_another_than(self, runner):
        """Waits until another runner has sent something."""
        is_at_work = lambda: any(other != runner for _, other, _, _ in self.taken)
        with self.changed:
            assert self.changed.wait_for(is_at_work, 60), "no other runner sent anything"

    def release(self):
        self.is_released.set()

    def got(self, channel):
        """The messages of a channel, in order."""
        with self.changed:
            return [message for known, _, _, message in self.taken if known == channel]

    def ids(self, message):
        with self.changed:
            return [id for channel, _, id, known in self.taken if channel == IDS and known == message]

    def stop(self):
        self.release()
        self.server.shutdown()
        self.server.server_close()


class Pause:
    """Holds one runner at a step, while the test does something else."""

    def __init__(self, is_reached, end):
        self.is_reached, self.end = is_reached, end

    def wait(self, process):
        deadline = time.monotonic() + 60
        while not self.is_reached():
            assert process.poll() is None and time.monotonic() < deadline, "the runner never came to this step"
            time.sleep(0.01)


class InAFile:
    """One machine, and one folder for all runners."""

    usual = {"ledger.json", "ledger.json.lock", "ledger.json.begun"}

    def prepare(self):
        self.root = room()
        self.secrets = {}
        write_site(self.root, self.receiver.address, "{file: kept/ledger.json}")

    def beside(self):
        return {file.name for file in (self.root / "kept").iterdir()}

    def site_of(self, _):
        return self.root

    def document(self):
        return (self.root / "kept/ledger.json").read_bytes()

    def replace(self, document):
        (self.root / "kept/ledger.json").write_bytes(document)


class InGit:
    """A bare repository, and a clone for each runner."""

    ledger = "refs/notes/noroshi/ledger"
    usual = {"refs/heads/main", ledger, ledger + "-begun"}
    # The command of git that a runner is about to run, as a pattern of the shell.
    steps = {
        "write": '*" push "*":refs/notes/noroshi/ledger "*',
        "look for the mark": '*" ls-remote "*"/ledger-begun "*',
        "fetch": '*" fetch "*',
    }

    def prepare(self):
        self.folder = room()
        self.secrets = {}
        self.origin = self.folder / "origin.git"
        first = self.site_of(0)
        self.git(self.folder, "init", "--quiet", "--bare", "--initial-branch=main", self.origin)
        self.git(self.folder, "init", "--quiet", "--initial-branch=main", first)
        self.git(first, "remote", "add", "origin", self.origin)
        write_site(first, self.receiver.address, "{git: origin}")
        self.git(first, "add", ".")
        self.git(first, "commit", "--quiet", "--message=The site")
        self.git(first, "push", "--quiet", "origin", "main")
        for number in range(1, 6):
            self.git(self.folder, "clone", "--quiet", self.origin, self.site_of(number))

    def git(self, folder, *arguments, input=None):
        command = ["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@example.com", *arguments]
        # The settings of whoever runs the tests, such as signed commits, do not matter.
        environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(command, input=input, env=environment, check=True, capture_output=True).stdout

    def beside(self):
        """The refs, in a repository that is whole; and no clone became shallow."""
        self.git(self.origin, "fsck", "--strict", "--no-dangling")
        for number in range(6):
            self.assertEqual(self.git(self.site_of(number), "rev-parse", "--is-shallow-repository"), b"false\n")
        return set(self.git(self.origin, "for-each-ref", "--format=%(refname)").decode().split())

    def site_of(self, number):
        return self.folder / f"clone-{number}"

    def document(self):
        return self.git(self.origin, "cat-file", "blob", f"{self.ledger}:ledger.json")

    def replace(self, document):
        blob = self.git(self.origin, "hash-object", "-w", "--stdin", input=document).decode().strip()
        tree = self.git(self.origin, "mktree", input=f"100644 blob {blob}\tledger.json\n".encode()).decode().strip()
        commit = self.git(self.origin, "commit-tree", "-m", "by hand", tree).decode().strip()
        self.git(self.origin, "update-ref", self.ledger, commit)

    def pause(self, step):
        """A pause before the first command of this kind, for runners with these variables."""
        folder = room()
        git = shutil.which("git")
        (folder / "git").write_text(
            f"""#!/bin/sh
case " $* " in {self.steps[step]})
    if mkdir {folder}/reached 2>/dev/null; then
        until [ -e {folder}/over ]; do sleep 0.02; done
    fi ;;
esac
exec {git} "$@"
"""
        )
        (folder / "git").chmod(0o755)
        pause = Pause((folder / "reached").exists, (folder / "over").touch)
        return pause, {"PATH": f"{folder}:{os.environ['PATH']}"}


class InAStore:
    """An object beside the site. `Store` is set by those below."""

    document_path = ".noroshi-announce/ledger.json"
    usual = {document_path, ".noroshi-announce/begun"}
    steps = {"write": ("PUT", "/ledger.json"), "look for the mark": ("GET", "/begun")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store = cls.Store()

    @classmethod
    def tearDownClass(cls):
        cls.store.stop()
        super().tearDownClass()

    def prepare(self):
        self.root = room()
        self.bucket = self.store.bucket()
        self.secrets = self.store.secrets()
        write_site(self.root, self.receiver.address, "{target: main}", self.store.target(self.bucket))

    def beside(self):
        return set(self.store.objects(self.bucket))

    def site_of(self, _):
        return self.root

    def document(self):
        return self.store.objects(self.bucket)[self.document_path][0]

    def replace(self, document):
        self.store.put(self.bucket, self.document_path, document)

    def pause(self, step):
        reached, over = threading.Event(), threading.Event()
        wanted, end = self.steps[step]

        def hold(method, path):
            if method == wanted and unquote(path.split("?")[0]).endswith(end) and not reached.is_set():
                reached.set()
                over.wait(60)

        self.store.proxy.fault = hold
        self.addCleanup(setattr, self.store.proxy, "fault", lambda method, path: None)
        return Pause(reached.is_set, over.set), {}


class Moto:
    """Amazon's protocol."""

    def __init__(self):
        port = free_port()
        with open(room() / "log", "w") as log:
            command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
            self.server = started(command, stdout=log, stderr=log)
        wait_for(port, self.server, "moto")
        self.proxy = OneWriteAtATime(port)
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "a-secret-of-the-test"}
        self.client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1", **keys)
        self.buckets = 0

    def stop(self):
        self.proxy.stop()
        stop(self.server)

    def bucket(self):
        self.buckets += 1
        name = f"status-{self.buckets}"
        self.client.create_bucket(Bucket=name)
        return name

    def target(self, bucket):
        return f'{{s3: {bucket}, endpoint: "http://127.0.0.1:{self.proxy.port}", region: us-east-1}}'

    def secrets(self):
        return {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "a-secret-of-the-test"}

    def objects(self, bucket):
        keys = [entry["Key"] for entry in self.client.list_objects_v2(Bucket=bucket)["Contents"]]
        return {key: (self.client.get_object(Bucket=bucket, Key=key)["Body"].read(),) for key in keys}

    def put(self, bucket, path, content):
        self.client.put_object(Bucket=bucket, Key=path, Body=content)


class OneWriteAtATime(Proxy):
    """moto looks at the condition of a write and then writes; Amazon does both in one step."""

    def __init__(self, port):
        self.turn = threading.Lock()
        super().__init__(port)

    def answer(self, method, path, headers, body):
        if method != "PUT":
            return super().answer(method, path, headers, body)
        with self.turn:
            return super().answer(method, path, headers, body)


class Ledgers:
    """What holds for each place of the ledger."""

    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.stop)
        self.home = room()
        self.prepare()

    def start(self, number, *arguments, gate=None, **more):
        """Starts a runner. With a gate it waits until the gate opens, so that several begin at the same instant."""
        # The receiver knows the runner by the token.
        tokens = {f"NOROSHI_{channel.upper()}_SECRET": f"token-of-runner-{number}" for channel in CHANNELS}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "AZURE_", "GOOGLE_"))}
        command = [PROGRAM, "--root", str(self.site_of(number)), "announce", *arguments]
        if gate is not None:
            command = ["sh", "-c", 'read -r _; exec "$@"', "sh", *command]
        options = {"stdin": gate if gate is not None else subprocess.DEVNULL, "text": True}
        options |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        environment = kept | {"HOME": str(self.home)} | self.secrets | tokens | more
        process = subprocess.Popen(command, env=environment, **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def send(self, at):
        return ["--no-wait", "--as-of", f"2026-11-20T{at}:30+09:00"]

    def end(self, process, expect=(0,)):
        """Waits for the end of a runner, and returns what it printed."""
        out, err = process.communicate(timeout=120)
        for name, value in self.secrets.items():
            assert "SECRET" not in name or value not in out + err, f"{name} is printed"
        self.assertIn(process.returncode, expect, out + err)
        return out + err

    def run_one(self, number, *arguments, expect=0):
        return self.end(self.start(number, *arguments), (expect,))

    def begin_at_once(self, numbers, *arguments):
        """Starts runners at the same instant."""
        gate, opener = os.pipe()
        processes = [self.start(number, *arguments, gate=gate) for number in numbers]
        os.close(gate)
        os.close(opener)
        return processes

    def all_at_once(self, numbers, *arguments, expect=(0,)):
        """What each runner printed."""
        return [self.end(process, expect) for process in self.begin_at_once(numbers, *arguments)]

    def deliveries(self):
        """State and reason of each message in each channel, by `announce status`. The ledger must say the same."""
        states, found = {}, {}
        for line in map(json.loads, self.run_one(0, "status", "--all", "--format", "json").splitlines()):
            states[line["channel"], line["item"], line["locale"]] = line["state"]
            found[line["channel"], *MESSAGES[line["time"], line["locale"]]] = line["state"], line["reason"]
        ledger = json.loads(self.document())
        self.assertEqual(set(ledger["channels"]), set(CHANNELS))
        words = {
            (name, record["item"], record["locale"]): word_of(record["state"])
            for name, channel in ledger["channels"].items()
            for record in channel["deliveries"].values()
        }
        self.assertEqual(states, {key: "sending" if word == "intended" else word for key, word in words.items()})
        self.assertEqual(len(found), len(states))
        return found

    def assert_each_once(self, until, twice=()):
        """Every channel has each message up to then once and in order; those in `twice` came again with the same id."""
        for channel in CHANNELS:
            got = self.receiver.got(channel)
            again = list(twice) if channel == IDS else []
            self.assertEqual(sorted(got), sorted(expected(until) + again), channel)
            for path in ENTRIES:
                for locale in LOCALES:
                    times = [at for entry, at, language in got if (entry, language) == (path, locale)]
                    self.assertEqual(times, sorted(times), f"{channel}: the order of {path} in {locale}")
        ids = [self.receiver.ids(message) for message in expected(until)]
        self.assertEqual([len(set(several)) for several in ids], [1] * len(ids), "one message has one id")
        self.assertEqual(len({several[0] for several in ids}), len(ids), "each message has its own id")

    def assert_all_sent(self, until):
        states = {(channel, *message): ("sent", None) for channel in CHANNELS for message in expected(until)}
        self.assertEqual(self.deliveries(), states)
        self.assertEqual(self.beside(), self.usual)

    def rounds(self, count, rounds):
        self.all_at_once(range(count), *self.send(BEGIN))
        self.assertEqual(self.receiver.taken, [])
        for at in rounds:
            self.all_at_once(range(count), *self.send(at))
            self.assert_each_once(at)
        self.assert_all_sent(ROUNDS[-1])
        for told in self.all_at_once(range(count), *self.send(ROUNDS[-1])):
            self.assertEqual(told, "nothing to send\n")
        self.assert_each_once(ROUNDS[-1])

    def test_two_runners_at_once_send_each_update_once(self):
        self.rounds(2, ROUNDS[1:])

    def test_six_runners_at_once_send_each_update_once(self):
        self.rounds(6, ROUNDS)


class Decisions:
    """What a run makes of a runner that ended, and of a hold. It is the same in each kind of store."""

    def open_messages(self):
        return sorted((channel, *message) for channel, message in self.receiver.open.items())

    def expire(self):
        """The time passes for which runners have a message to themselves."""
        ledger = json.loads(self.document())
        for channel in ledger["channels"].values():
            for record in channel["deliveries"].values():
                if word_of(record["state"]) == "intended":
                    record["state"]["intended"]["until"] = record["state"]["intended"]["first"]
        self.replace(json.dumps(ledger).encode())

    def test_a_killed_runner_leaves_a_message_that_comes_again_with_its_id_or_is_unknown(self):
        at = ROUNDS[1]
        self.run_one(0, *self.send(BEGIN))
        self.receiver.keep_next()
        killed = self.start(0, *self.send(at))
        self.receiver.wait_until_open()
        others = self.begin_at_once(range(1, 6), *self.send(at))
        self.receiver.wait_for_another_than(0)
        killed.kill()
        for other in others:
            self.end(other)
        killed.communicate()
        self.receiver.release()
        # The rest of its conversation waits; all other messages have come.
        for channel, message in self.receiver.open.items():
            path, _, locale = message
            rest = [other for other in expected(at) if (other[0], other[2]) != (path, locale)]
            self.assertEqual(sorted(self.receiver.got(channel)), sorted([*rest, message]), channel)
        sending = [key for key, (state, _) in self.deliveries().items() if state == "sending"]
        self.assertEqual(sorted(sending), self.open_messages())
        self.expire()
        ended = self.begin_at_once(range(1, 6), *self.send(at))
        for one in ended:
            told = self.end(one, (0, 3))
            self.assertEqual(one.returncode == 3, "unknown: a run of " in told, told)
        self.assertIn(3, [one.returncode for one in ended])
        self.assert_each_once(at, twice=[self.receiver.open[IDS]])
        states = self.deliveries()
        state, reason = states.pop((NO_IDS, *self.receiver.open[NO_IDS]))
        self.assertEqual(state, "unknown")
        self.assertRegex(reason, "a run of .* ended while it sent this")
        self.assertEqual(set(states.values()), {("sent", None)})
        # Nothing but a person changes that, and later updates are sent.
        self.all_at_once(range(6), *self.send(ROUNDS[2]))
        self.assert_each_once(ROUNDS[2], twice=[self.receiver.open[IDS]])
        self.run_one(3, "skip", NO_IDS)
        states = {key: state for key, (state, _) in self.deliveries().items() if state != "sent"}
        self.assertEqual(states, {(NO_IDS, *self.receiver.open[NO_IDS]): "skipped"})

    def test_a_hold_by_one_runner_stops_the_one_that_sends_and_all_that_begin(self):
        at = ROUNDS[1]
        self.run_one(0, *self.send(BEGIN))
        self.receiver.keep_next()
        sending = self.start(0, *self.send(at))
        self.receiver.wait_until_open()
        self.run_one(1, "hold")
        for told in self.all_at_once(range(2, 6), *self.send(at)):
            self.assertIn("everything is on hold", told)
        self.receiver.release()
        self.end(sending)
        got = [(channel, *message) for channel in CHANNELS for message in self.receiver.got(channel)]
        self.assertEqual(sorted(got), self.open_messages(), "only the open requests were sent")
        self.run_one(2, "hold", "--off")
        self.all_at_once(range(6), *self.send(at))
        self.assert_each_once(at)
        self.assert_all_sent(at)


class Crossings:
    """What happens between two steps of a runner, where the test can hold it there."""

    def cross(self, step, arguments, meanwhile):
        """Runner 0 does something else at this step."""
        pause, more = self.pause(step)
        process = self.start(0, *arguments, **more)
        try:
            pause.wait(process)
            meanwhile()
        finally:
            pause.end()
        return self.end(process)

    def test_a_first_run_that_meets_another_first_run_does_not_take_the_ledger_for_lost(self):
        other = lambda: self.run_one(1, *self.send(BEGIN))
        self.assertNotIn("gone", self.cross("look for the mark", self.send(BEGIN), other))
        self.run_one(0, *self.send(ROUNDS[0]))
        self.assert_each_once(ROUNDS[0])

    def test_a_runner_with_older_content_keeps_what_a_newer_one_has_sent(self):
        self.run_one(0, *self.send(BEGIN))
        newer = lambda: self.run_one(1, *self.send(ROUNDS[1]))
        self.cross("write", self.send(ROUNDS[0]), newer)
        self.assert_each_once(ROUNDS[1])
        self.run_one(1, *self.send(ROUNDS[1]))
        self.assert_each_once(ROUNDS[1])
        self.assert_all_sent(ROUNDS[1])


class LedgerInAFile(InAFile, Ledgers, Decisions, unittest.TestCase):
    pass


class LedgerInGit(InGit, Ledgers, Decisions, Crossings, unittest.TestCase):
    def test_a_ledger_that_is_replaced_while_a_runner_fetches_it_is_read_again(self):
        self.run_one(1, *self.send(BEGIN))
        other = lambda: self.run_one(1, *self.send(ROUNDS[0]))
        self.cross("fetch", self.send(ROUNDS[0]), other)
        self.assert_each_once(ROUNDS[0])

    def test_a_clone_that_has_not_everything_can_use_the_ledger(self):
        self.git(self.origin, "config", "uploadpack.allowFilter", "true")
        self.run_one(0, *self.send(BEGIN))
        for number, part, at in [(6, "--depth=1", ROUNDS[0]), (7, "--filter=blob:none", ROUNDS[1])]:
            with self.subTest(part):
                self.git(self.folder, "clone", "--quiet", part, f"file://{self.origin}", self.site_of(number))
                self.run_one(number, *self.send(at))
                self.assert_each_once(at)

    def test_a_push_that_a_hook_refuses_is_told_and_nothing_is_sent(self):
        self.run_one(0, *self.send(BEGIN))
        hook = self.origin / "hooks/pre-receive"
        hook.write_text('#!/bin/sh\necho "$WORDS" >&2\nexit 1\n')
        hook.chmod(0o755)
        # The second one has words that git itself says when another push came first.
        words = ["notes are read-only here", "a copy of this already exists, fetch first from there"]
        runners = [self.start(number, *self.send(ROUNDS[0]), WORDS=said) for number, said in enumerate(words)]
        for runner in runners:
            told = self.end(runner, (3,))
            with self.subTest(told):
                self.assertIn("pre-receive hook declined", told)
                self.assertNotIn("changed by others", told)
        self.assertEqual(self.receiver.taken, [])
        hook.unlink()
        self.all_at_once(range(6), *self.send(ROUNDS[0]))
        self.assert_each_once(ROUNDS[0])


class LedgerInS3(InAStore, Ledgers, Decisions, Crossings, unittest.TestCase):
    Store = Moto


class LedgerInAzure(InAStore, Ledgers, unittest.TestCase):
    Store = Azure


class LedgerInGoogle(InAStore, Ledgers, unittest.TestCase):
    Store = Google


if __name__ == "__main__":
    unittest.main()
