"""The timers of `noroshi init --timer`, which programs of others run."""

import subprocess
import unittest

from support import HERE


class Timer(unittest.TestCase):
    def test_the_worker_starts_a_run_when_the_site_must_change(self):
        command = ["node", "--test", HERE / "worker.mjs"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
