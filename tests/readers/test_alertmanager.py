"""The real Alertmanager sends its alerts through the script of docs/alerts.md: one draft, and a note when it ends."""

import json
import re
import shutil
import socket
import subprocess
import threading
import time
import unittest
import urllib.request
from datetime import datetime, timedelta, timezone

from support import PROGRAM, REPOSITORY, demo, room

RULES = "\nalerts:\n  - {match: {service: trade}, affects: [btc.trade], severity: moderate, title: 取引の遅延}\n"
#: How long anything here may take.
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def script(root):
    """The receiver of the documents, for another folder and the program of this run."""
    page = (REPOSITORY / "docs/alerts.md").read_text()
    text = re.search(r"```sh\n(#!/bin/bash\n.*?)```", page, re.DOTALL).group(1)
    assert "--root /srv/status " in text and "| noroshi draft" in text
    return text.replace("/srv/status", str(root)).replace("| noroshi", f"| {PROGRAM}")


class Receiver(threading.Thread):
    """What systemd does for a socket with `Accept=yes`: one process for each connection."""

    def __init__(self, text):
        super().__init__(daemon=True)
        self.text = text
        self.said = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]

    def run(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                done = subprocess.run(
                    ["bash", "-c", self.text], stdin=connection, stdout=connection, stderr=subprocess.PIPE, check=False
                )
                self.said.append(done.stderr.decode())


class Alertmanager(unittest.TestCase):
    def setUp(self):
        self.root = demo()
        with (self.root / "content/site.yaml").open("a", encoding="utf-8") as file:
            file.write(RULES)
        self.receiver = Receiver(script(self.root))
        self.receiver.start()
        self.addCleanup(self.receiver.socket.close)
        folder, self.port = room(), free_port()
        (folder / "alertmanager.yml").write_text(
            json.dumps(
                {
                    "route": {
                        "receiver": "status-page",
                        "group_by": ["alertname"],
                        "group_wait": "0s",
                        "group_interval": "1s",
                        "repeat_interval": "1s",
                    },
                    "receivers": [
                        {
                            "name": "status-page",
                            "webhook_configs": [
                                {"url": f"http://127.0.0.1:{self.receiver.port}/", "send_resolved": True}
                            ],
                        }
                    ],
                }
            )
        )
        name = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
        self.log = (folder / "log").open("w+")
        self.program = subprocess.Popen(
            [
                name,
                f"--config.file={folder / 'alertmanager.yml'}",
                f"--storage.path={folder / 'data'}",
                f"--web.listen-address=127.0.0.1:{self.port}",
                "--cluster.listen-address=",
            ],
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.addCleanup(self.log.close)
        self.addCleanup(self.program.wait)
        self.addCleanup(self.program.terminate)

    def until(self, what, is_so):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = is_so()
            if found:
                return found
            time.sleep(0.1)
        self.log.flush()
        self.log.seek(0)
        self.fail(f"{what}\n{self.log.read()[-3000:]}\n{self.receiver.said}")

    def is_ready(self):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=2).status == 200
        except OSError:
            return False

    def send(self, service, started, ended=None):
        alert = {
            "labels": {"alertname": "OrderLatencyHigh", "service": service, "instance": "orders-3.hoshi.example:9100"},
            "annotations": {"summary": "Placing an order takes more than ten seconds"},
            "startsAt": started.isoformat(),
            "generatorURL": "http://prometheus.hoshi.example:9090/graph",
        }
        if ended:
            alert["endsAt"] = ended.isoformat()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v2/alerts",
            data=json.dumps([alert]).encode(),
            headers={"content-type": "application/json"},
        )
        self.assertEqual(urllib.request.urlopen(request, timeout=10).status, 200)

    def drafts(self):
        files = (self.root / "content/incidents").rglob("*.md")
        return [file for file in files if "alertmanager-" in file.read_text()]

    def test_an_alert_makes_one_draft_and_its_end_is_noted(self):
        self.until("Alertmanager did not start", self.is_ready)
        started = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(minutes=5)
        self.send("trade", started)
        (draft,) = self.until("no draft was made", self.drafts)
        text = draft.read_text()
        for words in [
            "\ndraft: true\n",
            "\ntitle: 取引の遅延\n",
            "\nseverity: moderate",
            "\naffects: [btc.trade]",
            "state: firing",
            f'at: "{started.strftime("%Y-%m-%dT%H:%M:%SZ")}"',
            "alerts.0.labels.instance: orders-3.hoshi.example:9100",
        ]:
            self.assertIn(words, text)
        # Alertmanager repeats what it said, and each time nothing changes.
        told = len(self.receiver.said)
        self.until("the alert was not repeated", lambda: len(self.receiver.said) >= told + 2)
        self.assertEqual((self.drafts(), draft.read_text()), ([draft], text))
        ended = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(seconds=5)
        self.send("trade", started, ended)
        self.until("its end was not noted", lambda: "state: ended" in draft.read_text())
        self.assertIn(f'at: "{ended.strftime("%Y-%m-%dT%H:%M:%SZ")}"', draft.read_text())
        self.assertEqual(self.drafts(), [draft])
        done = subprocess.run(
            [PROGRAM, "check", "--root", self.root, str(draft)], capture_output=True, text=True, check=False
        )
        self.assertIn("incident/unwritten", done.stderr)
        self.assertNotIn("orders-3", done.stderr + "".join(self.receiver.said))
