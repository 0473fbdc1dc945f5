"""What `noroshi verify --format openmetrics` prints, read by the client library of Prometheus."""

import subprocess
import unittest
from datetime import datetime

from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as old_text

from support import BUSY, PROGRAM, served, site

CHECKS = (
    "hash size type charset cache cors security compression not_found redirect certificate late unreachable"
    " manifest differs"
).split()


def verified(*addresses):
    """The metrics of some sites, at the instant for which the demo is built."""
    at = str(int(datetime.fromisoformat(BUSY).timestamp()))
    command = [PROGRAM, "verify", *addresses, "--as-of", at, "--format", "openmetrics"]
    return subprocess.run(command, capture_output=True, text=True)


class Metrics(unittest.TestCase):
    def read(self, text):
        """The samples by name, the same in both formats."""
        families = list(open_metrics(text))
        self.assertEqual({family.type for family in families}, {"gauge"})
        self.assertTrue(all(family.documentation for family in families))
        for family in families:
            self.assertEqual(family.unit, "seconds" if family.name.endswith("_seconds") else "")
        samples = [(s.name, s.labels, s.value) for family in families for s in family.samples]
        old = [(s.name, s.labels, s.value) for family in old_text(text) for s in family.samples]
        self.assertEqual(samples, old)
        found = {}
        for name, labels, value in samples:
            key = (labels.pop("site"), labels.pop("check", ""))
            self.assertEqual(labels, {})
            self.assertNotIn(key, found.setdefault(name.removeprefix("noroshi_verify_"), {}))
            found[name.removeprefix("noroshi_verify_")][key] = value
        return found

    def test_prometheus_reads_a_sound_site_and_one_that_is_down(self):
        with served(site(BUSY)) as origin:
            up, down = f"{origin}/", f"{origin}/nothing/"
            done = verified(up, down)
        self.assertEqual(done.returncode, 1, done.stderr)
        found = self.read(done.stdout)
        self.assertEqual(found["up"], {(up, ""): 1, (down, ""): 0})
        self.assertEqual(set(found["faults"]), {(site, check) for site in (up, down) for check in CHECKS})
        self.assertEqual({key for key, value in found["faults"].items() if value}, {(down, "manifest")})
        # Python's server sets no header but the type.
        self.assertGreater(found["notes"][up, "security"], 1)
        self.assertEqual(found["files"], found["checked_files"])
        built = datetime.fromisoformat("2026-11-20T02:50:00+00:00").timestamp()
        self.assertEqual(found["effective_timestamp_seconds"], {(up, ""): built})
        self.assertGreater(found["next_change_timestamp_seconds"][up, ""], built)
        self.assertNotIn("certificate_expiry_timestamp_seconds", found)


if __name__ == "__main__":
    unittest.main()
