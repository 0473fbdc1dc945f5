"""The workflow of docs/alerts.md for GitHub: alerts at the same time make one draft each, on one branch."""

import json
import os
import re
import subprocess
import textwrap
import unittest

from support import PROGRAM, REPOSITORY, demo, room

#: `gh` as far as the workflow uses it: it notes what is asked, and knows a pull request once it was created.
GH = """#!/bin/sh
echo "$1 $2" >> "$ROOM/gh"
case $2 in
  create) touch "$ROOM/open" ;;
  view) if [ -f "$ROOM/open" ]; then echo OPEN; else exit 1; fi ;;
esac
"""


def step():
    """The one script of the workflow."""
    page = (REPOSITORY / "docs/alerts.md").read_text()
    workflow = re.search(r"```yaml\nname: Alert\n(.*?)```", page, re.DOTALL).group(1)
    (script,) = re.findall(r"\n( +)run: \|\n((?:\1  .*\n)+)", workflow)
    return textwrap.dedent(script[1])


class Dispatch(unittest.TestCase):
    def setUp(self):
        self.room = room()
        programs = self.room / "bin"
        programs.mkdir()
        (programs / "noroshi").symlink_to(PROGRAM)
        (programs / "gh").write_text(GH)
        (programs / "gh").chmod(0o755)
        self.env = {
            **os.environ,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(self.room),
            "ROOM": str(self.room),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        seed = demo()
        self.git("init", "-q", "--bare", "-b", "main", "origin.git")
        self.git("init", "-q", "-b", "main", cwd=seed)
        self.git("add", ".", cwd=seed)
        self.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "content", cwd=seed)
        self.git("push", "-q", str(self.room / "origin.git"), "main", cwd=seed)

    def git(self, *arguments, cwd=None):
        command = ["git", *arguments]
        return subprocess.run(command, cwd=cwd or self.room, env=self.env, capture_output=True, text=True, check=True).stdout

    def start(self, source, name):
        """A run of the workflow, as GitHub starts it: `bash -eo pipefail`, in a fresh clone."""
        folder = room()
        self.git("clone", "-q", str(self.room / "origin.git"), str(folder / "work"))
        body = json.loads((REPOSITORY / f"tests/suite/fixtures/alerts/{name}.json").read_text())
        (folder / "event.json").write_text(json.dumps({"client_payload": {"from": source, "body": body}}))
        env = {**self.env, "FROM": source, "GITHUB_EVENT_PATH": str(folder / "event.json"), "RUNNER_TEMP": str(folder)}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step()]
        return subprocess.Popen(
            command, cwd=folder / "work", env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def end(self, *runs):
        for run in runs:
            said, _ = run.communicate(timeout=120)
            self.assertEqual(run.returncode, 0, said)

    def drafts(self):
        names = self.git("ls-tree", "-r", "--name-only", "alerts", "content/incidents", cwd=self.room / "origin.git").split()
        old = self.git("ls-tree", "-r", "--name-only", "main", "content/incidents", cwd=self.room / "origin.git").split()
        origin = self.room / "origin.git"
        return [self.git("show", f"alerts:{name}", cwd=origin) for name in names if name not in old]

    def test_alerts_at_the_same_time_make_one_draft_each(self):
        self.end(
            self.start("pagerduty", "pagerduty-triggered"),
            self.start("opsgenie", "opsgenie-create"),
            self.start("pagerduty", "pagerduty-triggered"),
        )
        drafts = self.drafts()
        self.assertEqual(len(drafts), 2)
        self.assertTrue(all("\ndraft: true\n" in draft for draft in drafts))
        # Two runs may ask at the same moment; GitHub refuses the second.
        created = (self.room / "gh").read_text().count("pr create")
        self.assertGreaterEqual(created, 1)
        self.end(self.start("pagerduty", "pagerduty-resolved"))
        self.assertEqual(sum("state: ended" in draft for draft in self.drafts()), 1)
        self.assertEqual((self.room / "gh").read_text().count("pr create"), created)
