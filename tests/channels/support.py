"""What all tests of channels stand on: a mail server, a list manager, readers with mailboxes, and a site with two languages."""

import atexit
import json
import os
import pwd
import re
import shutil
import smtplib
import socket
import subprocess
import tempfile
import threading
import time
from email import message_from_bytes, policy
from pathlib import Path

PROGRAM = os.environ["NOROSHI"]
READER = os.environ["MAIL_READER"]
MAILMAN = "/usr/lib/mailman3/bin/mailman"
SITE = "example.com"
LISTS = f"lists.{SITE}"
READERS = "readers.example"

_rooms = tempfile.TemporaryDirectory(prefix="noroshi-channels-", ignore_cleanup_errors=True)
atexit.register(_rooms.cleanup)
# The servers run as users of their own, and must get to their folders.
os.chmod(_rooms.name, 0o755)


def room(owner=None):
    """A new folder that goes when the suite ends."""
    folder = Path(tempfile.mkdtemp(dir=_rooms.name))
    os.chmod(folder, 0o755)
    if owner:
        shutil.chown(folder, owner)
    return folder


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until(is_true, what, seconds=60):
    """Waits until something is true, and returns it."""
    until = time.monotonic() + seconds
    while True:
        found = is_true()
        if found:
            return found
        if time.monotonic() > until:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.1)


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Postfix:
    """Debian's Postfix with folders of its own, on the loopback. Its master needs root; all else runs as `postfix`.

    It is the mail server that noroshi submits to, the one of the lists, and the one of the readers."""

    def __init__(self, lmtp):
        self.port = free_port()
        # The queue has sockets, whose paths are short.
        self.etc, self.queue, self.mail = room(), room(), room("nobody")
        self.data = room("postfix")
        self.log = room() / "postfix.log"
        settings = {
            "compatibility_level": "3.6",
            "queue_directory": self.queue,
            "data_directory": self.data,
            "maillog_file": self.log,
            "maillog_file_prefixes": f"/var, {_rooms.name}",
            "inet_interfaces": "127.0.0.1",
            "inet_protocols": "ipv4",
            "myhostname": f"mail.{SITE}",
            "mydestination": "",
            "mynetworks": "127.0.0.0/8",
            "alias_maps": "",
            "alias_database": "",
            "local_recipient_maps": "",
            "local_transport": "error:no local users",
            "smtpd_recipient_restrictions": "permit_mynetworks, reject",
            "default_transport": "error:nothing leaves this machine",
            "relay_domains": LISTS,
            "transport_maps": f"inline:{{ {LISTS}=lmtp:inet:127.0.0.1:{lmtp} }}",
            "virtual_mailbox_domains": f"{READERS}, {SITE}",
            "virtual_mailbox_maps": "static:all",
            "virtual_transport": "readers",
            "smtputf8_enable": "no",
            # A mail to several people would show the others, and would be one file.
            "readers_destination_recipient_limit": "1",
            "smtp_tls_security_level": "none",
            "smtpd_tls_security_level": "none",
            "queue_run_delay": "2s",
            "minimal_backoff_time": "2s",
        }
        self.etc.joinpath("main.cf").write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
        service = "{name} unix - - n - {most} {command}\n"
        services = f"127.0.0.1:{self.port} inet n - n - - smtpd\n"
        services += "pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\n"
        services += "postlog unix-dgram n - n - 1 postlogd\n"
        for name in ["tlsmgr", "rewrite", "bounce", "defer", "trace", "verify", "proxymap", "error", "retry", "lmtp", "anvil", "scache"]:
            command = {"rewrite": "trivial-rewrite", "defer": "bounce", "trace": "bounce", "retry": "error"}.get(name, name)
            services += service.format(name=name, most="-", command=command)
        # Each reader has a Maildir, by the name before the `@`.
        services += "readers unix - n n - 1 pipe flags=DRX user=nobody directory=/ argv="
        # The user of the test alone may read the repository.
        script = shutil.copy(Path(__file__).with_name("deliver.py"), room())
        services += f"/usr/bin/python3 {script} {self.mail} ${{recipient}}\n"
        self.etc.joinpath("master.cf").write_text(services)
        self._postfix("start")
        atexit.register(self._postfix, "stop")
        wait_until(lambda: answers(self.port), "Postfix", 30)

    def _postfix(self, command):
        done = subprocess.run(["/usr/sbin/postfix", "-c", self.etc, command], capture_output=True, text=True)
        if command == "start" and done.returncode != 0:
            log = self.log.read_text() if self.log.exists() else ""
            raise AssertionError(f"postfix start: {done.stdout}{done.stderr}{log}")

    def mails(self, reader):
        """The mails of a reader as bytes, in the order in which they came."""
        folder = self.mail / reader / "new"
        files = sorted(folder.iterdir(), key=lambda file: int(file.name.split(".")[0])) if folder.exists() else []
        return [file.read_bytes() for file in files]

    def wait_for_mail(self, reader, is_it, what):
        """The first mail of a reader for which this is true."""

        def found():
            mails = (message_from_bytes(mail, policy=policy.default) for mail in self.mails(reader))
            return next((mail for mail in mails if is_it(mail)), None)

        try:
            return wait_until(found, what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.log.read_text()}") from None

    def submit(self, sender, to, subject, body="", headers=""):
        """Sends a mail as a person does."""
        with smtplib.SMTP("127.0.0.1", self.port) as server:
            mail = f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\n{headers}\r\n{body}\r\n"
            server.sendmail(sender, [to], mail)


class Mailman:
    """Debian's Mailman 3 with SQLite, as its own user `list`, with folders of its own."""

    def __init__(self):
        self.lmtp = free_port()
        self.var = room("list")
        self.config = self.var / "mailman.cfg"
        self.output = open(self.var / "output", "a")
        atexit.register(self.output.close)
        self.process = None

    def start(self, smtp):
        """Starts the runners that lists for announcements need."""
        var = self.var
        config = f"""
[mailman]
site_owner: postmaster@{SITE}
layout: own
[paths.own]
var_dir: {var}
queue_dir: $var_dir/queue
bin_dir: /usr/lib/mailman3/bin
list_data_dir: $var_dir/lists
log_dir: $var_dir/logs
lock_dir: $var_dir/locks
data_dir: $var_dir/data
cache_dir: $var_dir/cache
etc_dir: $var_dir/etc
messages_dir: $var_dir/messages
archive_dir: $var_dir/archives
template_dir: $var_dir/templates
pid_file: $var_dir/master.pid
lock_file: $lock_dir/master.lck
[database]
class: mailman.database.sqlite.SQLiteDatabase
url: sqlite:///{var}/mailman.db
[mta]
incoming: mailman.mta.null.NullMTA
outgoing: mailman.mta.deliver.deliver
smtp_host: 127.0.0.1
smtp_port: {smtp}
lmtp_host: 127.0.0.1
lmtp_port: {self.lmtp}
[archiver.prototype]
enable: no
[archiver.mhonarc]
enable: no
[archiver.mail_archive]
enable: no
"""
        for runner in ["archive", "digest", "nntp", "rest", "shunt", "bounces", "retry"]:
            config += f"[runner.{runner}]\nstart: no\n"
        self.config.write_text(config)
        shutil.chown(self.config, "list")
        self.run("info")
        self.process = subprocess.Popen(
            ["/usr/lib/mailman3/bin/master", "-C", str(self.config), "--force"], **self._as_list(), start_new_session=True
        )
        atexit.register(self.stop)
        wait_until(lambda: answers(self.lmtp), "Mailman")

    def _as_list(self):
        user = pwd.getpwnam("list")
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.var), "LANG": "C.UTF-8"}
        quiet = {"stdout": self.output, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": self.var, "env": environment} | quiet

    def run(self, *arguments):
        done = subprocess.run([MAILMAN, "-C", str(self.config), *arguments], **self._as_list(), timeout=120)
        if done.returncode != 0:
            raise AssertionError(f"mailman {arguments}: {(self.var / 'output').read_text()}")

    def configure(self, code):
        """Runs Python code within Mailman, as its documentation shows."""
        file = self.var / "own.py"
        file.write_text(code)
        shutil.chown(file, "list")
        environment = self._as_list()
        environment["env"] = environment["env"] | {"PYTHONPATH": str(self.var)}
        done = subprocess.run([MAILMAN, "-C", str(self.config), "shell", "-r", "own.main"], **environment, timeout=120)
        if done.returncode != 0:
            raise AssertionError(f"mailman shell: {(self.var / 'output').read_text()}")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, 9)
                self.process.wait()


class Site:
    """A small site in Japanese and English with its channels, whose week stands below."""

    def __init__(self, channels):
        self.root = room()
        for folder in ["incidents", "maintenance"]:
            (self.root / "content" / folder).mkdir(parents=True)
        lines = ["title: {ja: 星取引所 稼働状況, en: Hoshi Exchange Status}", f"url: https://status.{SITE}/"]
        lines += ["timezone: Asia/Tokyo", "locales: [ja, en]"]
        lines += ["components: [{id: orders, name: {ja: 注文, en: Orders}}, {id: api, name: API}]"]
        lines += ["announce:", "  ledger: {file: ledger.json}", f"  channels: {json.dumps(channels, ensure_ascii=False)}"]
        self.write("site.yaml", "\n".join(lines) + "\n")
        for name, text in ENTRIES.items():
            self.write(name, text)

    def write(self, name, text):
        (self.root / "content" / name).write_text(text)

    def run(self, *arguments, expect=0):
        """Runs `noroshi announce`, and returns what it printed to its output."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NOROSHI_")} | {"NOROSHI_LANG": "en"}
        command = [PROGRAM, "--root", str(self.root), "announce", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=kept, timeout=300)
        assert expect in (None, done.returncode), f"exit {done.returncode}, not {expect}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def announce(self, as_of, expect=0):
        """Announces what is there at an instant, and returns what was done as JSON."""
        printed = self.run("--no-wait", "--as-of", as_of, "--format", "json", expect=expect)
        return [json.loads(line) for line in printed.splitlines()]

    def status(self):
        return [json.loads(line) for line in self.run("status", "--all", "--format", "json").splitlines()]


# The headline of each update of the week, in its order.
WEEK = {
    "ja": [
        "【予定】データベースの更新",
        "【調査中】注文の受け付けの遅れ（指値・成行）",
        "【原因特定】注文の受け付けの遅れ（指値・成行）",
        "【復旧】注文の受け付けの遅れ（指値・成行）",
        "【作業中】データベースの更新",
        "【完了】データベースの更新",
    ],
    "en": [
        "[Scheduled] Update of the database",
        "[Investigating] Delays in accepting orders (limit and market)",
        "[Identified] Delays in accepting orders (limit and market)",
        "[Resolved] Delays in accepting orders (limit and market)",
        "[In progress] Update of the database",
        "[Completed] Update of the database",
    ],
}
# Positions in the week that are one conversation.
THREADS = [[0, 4, 5], [1, 2, 3]]

# What happens in the week, and the instants at which noroshi runs: before it, and after each update.
INSTANTS = [
    "2026-11-16T09:00:00+09:00",
    "2026-11-17T10:10:00+09:00",
    "2026-11-18T18:05:00+09:00",
    "2026-11-18T19:35:00+09:00",
    "2026-11-18T21:05:00+09:00",
    "2026-11-21T02:05:00+09:00",
    "2026-11-21T04:05:00+09:00",
]

ENTRIES = {
    "incidents/2026-11-18-orders-slow.md": """---
title: 注文の受け付けの遅れ（指値・成行）
severity: moderate
affects: [orders]
started: 2026-11-18 17:50
---
## investigating 2026-11-18 18:00

17:50ごろから、注文の一部で受け付けに時間がかかっています。原因を調べています。

## identified 2026-11-18 19:30

原因が分かりました。受付サーバーの1台で、古い接続が閉じられていませんでした。

- 送信中の注文は、そのままお待ちください。

## resolved 2026-11-18 21:00

遅れは解消しました。ご迷惑をおかけし、お詫びします。
""",
    "incidents/2026-11-18-orders-slow.en.md": """---
title: Delays in accepting orders (limit and market)
---
## investigating 2026-11-18 18:00

Since about 17:50, some orders have been slow to be accepted. We are looking into the cause.

## identified 2026-11-18 19:30

We know the cause. On one of the servers that accept orders, old connections were not closed.

- Please leave an order that shows "Sending" as it is.

## resolved 2026-11-18 21:00

The delay is over. We apologise for the trouble.
""",
    "maintenance/2026-11-21-database.md": """---
title: データベースの更新
kind: update
affects: [orders, api]
window: {start: 2026-11-21 02:00, end: 2026-11-21 04:00}
---
## scheduled 2026-11-17 10:00

データベースを更新します。作業中は注文と API をご利用いただけません。

## in_progress 2026-11-21 02:00

作業を始めました。

## completed 2026-11-21 04:00

作業が終わりました。
""",
    "maintenance/2026-11-21-database.en.md": """---
title: Update of the database
---
## scheduled 2026-11-17 10:00

We will update the database. Orders and the API are not available during the work.

## in_progress 2026-11-21 02:00

The work has begun.

## completed 2026-11-21 04:00

The work is done.
""",
}


class Dropping:
    """A mail server that gets whole mails and hangs up instead of an answer."""

    def __init__(self):
        self.mails = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        atexit.register(self.listener.close)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as wire:
                self._hold(wire)

    def _hold(self, wire):
        def say(line):
            wire.write(line + b"\r\n")
            wire.flush()

        say(b"220 dropping")
        for line in wire:
            if line.upper().startswith(b"DATA"):
                say(b"354 go on")
                mail = b""
                for part in wire:
                    if part == b".\r\n":
                        self.mails.append(mail)
                        return
                    mail += part
            say(b"250 ok")


def read_by_crate(mails):
    """What the crate `mail-parser` reads in these mails, as a list of objects."""
    folder = room()
    files = []
    for number, mail in enumerate(mails):
        files.append(folder / str(number))
        files[-1].write_bytes(mail)
    done = subprocess.run([READER, *files], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def spam_rules(mail):
    """The score of SpamAssassin, and the rules that fire, by tests that ask nobody else."""
    home = room()
    done = subprocess.run(
        ["spamassassin", "-L", "-t", "-x", f"--prefspath={home}/prefs"],
        input=mail, capture_output=True, check=True, env=os.environ | {"HOME": str(home)}, timeout=120,
    )
    verdict = " ".join(message_from_bytes(done.stdout)["X-Spam-Status"].split())
    score, rules = re.search(r" score=(\S+) .* tests=(.*?)( autolearn=|$)", verdict).group(1, 2)
    return float(score), set(rules.replace(" ", "").split(",")) - {"none"}
