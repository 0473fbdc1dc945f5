"""The readers in docs/api.md say at any time what the file says, and nothing of a time that it does not cover."""

import json
import random
import subprocess
import unittest
from datetime import datetime, timedelta, timezone

from support import BUSY, INSTANTS, REPOSITORY, site

CLIENTS = REPOSITORY / "docs" / "clients"


def iso(time):
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def run(command, file, *arguments):
    with file.open() as source:
        return subprocess.run([*command, *arguments], stdin=source, capture_output=True, text=True)


class Now(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        build = ["cargo", "build", "--quiet", "--example", "now", "--message-format", "json"]
        built = subprocess.run(build, cwd=REPOSITORY, capture_output=True, text=True, check=True)
        lines = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
        program = next(line["executable"] for line in lines if line.get("executable", "") and line["target"]["name"] == "now")
        cls.clients = [["python3", CLIENTS / "now.py"], ["node", CLIENTS / "now.mjs"], [program]]

    def test_all_say_the_same_and_what_the_file_says(self):
        dice = random.Random(1)
        for as_of in INSTANTS:
            file = site(as_of) / "api/now.json"
            answer = json.loads(file.read_text())
            first, until = (datetime.fromisoformat(answer[key]) for key in ("as_of", "until"))
            for component in dice.sample(answer["components"], 4):
                starts = [datetime.fromisoformat(turn["from"]) for turn in component["turns"]]
                times = starts + [first + (until - first) * dice.random() for _ in range(2)]
                for time in times:
                    turn = next(t for t in reversed(component["turns"]) if datetime.fromisoformat(t["from"]) <= time)
                    said = f"{turn['status']} {turn['mode'] or '-'} {'certain' if turn['certain'] else 'planned'}\n"
                    for client in self.clients:
                        with self.subTest(client=client, component=component["id"], time=time):
                            done = run(client, file, component["id"], iso(time))
                            self.assertEqual((done.returncode, done.stdout), (0, said), done.stderr)

    def test_none_says_anything_of_a_time_that_the_file_does_not_cover(self):
        file = site(BUSY) / "api/now.json"
        answer = json.loads(file.read_text())
        before = iso(datetime.fromisoformat(answer["as_of"]) - timedelta(seconds=1))
        for time in (before, answer["until"]):
            for client in self.clients:
                done = run(client, file, "api", time)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("fetch it again", done.stderr)
                self.assertEqual(done.stdout, "")
