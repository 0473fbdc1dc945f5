"""Deployments to another machine by rsync, over a real sshd on the loopback."""

import getpass
import gzip
import os
import subprocess
import unittest

from support import LATER, Site, free_port, room, started, stop, wait_for


class Ssh(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = room()
        cls.port = free_port()
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", cls.folder / name], check=True
            )
        (cls.folder / "authorized").write_text((cls.folder / "user.pub").read_text())
        (cls.folder / "sshd_config").write_text(
            f"""
ListenAddress 127.0.0.1:{cls.port}
HostKey {cls.folder}/host
AuthorizedKeysFile {cls.folder}/authorized
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
"""
        )
        os.makedirs("/run/sshd", exist_ok=True)
        command = ["/usr/sbin/sshd", "-D", "-e", "-f", cls.folder / "sshd_config"]
        with open(cls.folder / "log", "w") as log:
            cls.server = started(command, stdout=log, stderr=log)
        wait_for(cls.port, cls.server, "sshd")

    @classmethod
    def tearDownClass(cls):
        stop(cls.server)

    def site(self, more=""):
        www = room() / "srv" / "www"
        site = Site({"main": f'{{ssh: "{getpass.getuser()}@127.0.0.1:{www}", port: {self.port}{more}}}'})
        # `ssh` reads the settings of the account and not of HOME, so a program before it names the key.
        tools = room()
        (tools / "ssh").write_text(
            f"#!/bin/sh\nexec /usr/bin/ssh -i {self.folder}/user -oUserKnownHostsFile={self.folder}/known "
            '-oStrictHostKeyChecking=accept-new "$@"\n'
        )
        (tools / "ssh").chmod(0o755)
        site.secrets = {"PATH": f"{tools}:{os.environ['PATH']}"}
        return site, www

    def files(self, www):
        found = {str(f.relative_to(www)): f.read_bytes() for f in www.rglob("*") if f.is_file()}
        return {path: text for path, text in found.items() if not path.startswith(".noroshi-deploy/")}

    def test_a_folder_on_another_machine_gets_the_site_and_keeps_what_is_not_ours(self):
        site, www = self.site()
        site.deploy()
        self.assertEqual(self.files(www), site.built())
        (www / "mine.txt").write_text("not ours")
        (www / "mine").mkdir()
        site.incident(2, "Other words.")
        site.remove(3)
        self.assertIn("would be deployed", site.deploy("--dry-run", as_of=LATER))
        before = {folder for folder in www.rglob("*") if folder.is_dir()}
        site.deploy(as_of=LATER)
        self.assertEqual(self.files(www), site.built() | {"mine.txt": b"not ours"})
        after = {folder for folder in www.rglob("*") if folder.is_dir()}
        self.assertTrue(before - after, "the folder of the removed entry is gone")
        empty = [folder for folder in after if not any(folder.iterdir())]
        self.assertEqual(empty, [www / "mine"])
        self.assertIn("is up to date", site.deploy(as_of=LATER))
        (www / "feed.xml").write_text("by hand")
        (www / "index.html").unlink()
        self.assertIn("2 of them lost or changed", site.deploy("--verify", as_of=LATER))
        self.assertEqual(self.files(www), site.built() | {"mine.txt": b"not ours"})

    def test_compressed_files_lie_beside_texts(self):
        site, www = self.site(", compress: [br, gzip]")
        site.deploy()
        page = (www / "index.html").read_bytes()
        self.assertEqual(gzip.decompress((www / "index.html.gz").read_bytes()), page)
        self.assertTrue((www / "index.html.br").exists())
        times = {(www / f"index.html{ending}").stat().st_mtime for ending in ["", ".gz", ".br"]}
        self.assertEqual(len(times), 1)
        (www / "index.html.gz").write_text("by hand")
        self.assertIn("1 of them lost or changed", site.deploy("--verify"))
        site.incident(2, "Other words.")
        site.remove(3)
        site.deploy(as_of=LATER)
        for side in www.rglob("*.gz"):
            self.assertEqual(gzip.decompress(side.read_bytes()), side.with_suffix("").read_bytes(), side)
        self.assertEqual([folder for folder in www.rglob("*") if folder.is_dir() and not any(folder.iterdir())], [])

    def test_a_machine_that_refuses_is_told(self):
        site, _ = self.site()
        site.secrets = {"PATH": os.environ["PATH"]}
        self.assertIn("check the credentials", site.deploy(expect=3))

    def test_a_missing_rsync_is_told(self):
        site, _ = self.site()
        empty = room()
        for name in ("git",):
            (empty / name).symlink_to(subprocess.check_output(["which", name], text=True).strip())
        site.secrets = {"PATH": str(empty)}
        self.assertIn("`rsync` is not installed", site.deploy(expect=3))


if __name__ == "__main__":
    unittest.main()
