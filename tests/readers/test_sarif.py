"""`check --format sarif` against the schema of OASIS."""

import copy
import json
import os
import subprocess
import unittest
from pathlib import Path

import jsonschema
from support import BUSY, PROGRAM, demo

SCHEMA = json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def log(command, root, *options):
    """What a run writes, whatever it found."""
    done = subprocess.run(
        [PROGRAM, command, "--root", root, "--as-of", BUSY, "--format", "sarif", *options],
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


class Sarif(unittest.TestCase):
    def valid(self, found):
        faults = [f"{list(fault.absolute_path)}: {fault.message}" for fault in VALIDATOR.iter_errors(found)]
        self.assertEqual(faults, [])

    def test_a_run_without_findings_is_a_whole_document(self):
        found = log("check", demo())
        self.valid(found)
        self.assertEqual(found["runs"][0]["results"], [])

    def test_every_kind_of_place_is_one_that_the_schema_knows(self):
        root = demo()
        faults = {
            "incidents/壊れた 100%.md": "Words.\n",
            "incidents/broken.md": "---\ntitle: 障害: 遅延\n---\n",
            "incidents/slip.md": "---\ntitle: a\nseverity: minr\naffects: [apj]\nstarted: 2026-11-20 10:00\n---\nx\n",
            "notices/silent.md": "---\ntitle: a\nlevel: info\n---\nx\n",
            "static/.hidden": "x",
        }
        for name, text in faults.items():
            (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
            (root / "content" / name).write_text(text)
        found = log("check", root)
        self.valid(found)
        results = found["runs"][0]["results"]
        self.assertGreaterEqual({result["level"] for result in results}, {"error", "warning"})
        self.assertGreater(len(results), 5)
        rules = found["runs"][0]["tool"]["driver"]["rules"]
        for result in results:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
        places = [result["locations"][0]["physicalLocation"] for result in results]
        self.assertTrue(any("region" not in place for place in places), "no finding about a whole file")

    def test_what_is_late_is_a_document_too(self):
        root = demo()
        config = root / "content/site.yaml"
        config.write_text(config.read_text().replace("moderate: 1h", "moderate: 1m"))
        found = log("overdue", root)
        self.valid(found)
        self.assertEqual({result["ruleId"] for result in found["runs"][0]["results"]}, {"policy/update-overdue"})

    def test_the_schema_sees_what_is_wrong(self):
        sound = log("check", demo())
        for spoil in (
            lambda found: found.update(version="2.0.0"),
            lambda found: found["runs"][0]["tool"]["driver"].pop("name"),
            lambda found: found["runs"][0]["results"].append({"ruleId": "a"}),
            lambda found: found["runs"][0].update(columnKind="bytes"),
        ):
            found = copy.deepcopy(sound)
            spoil(found)
            self.assertTrue(list(VALIDATOR.iter_errors(found)))
