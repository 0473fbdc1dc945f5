"""Azure and Google: what arrives there, read by each provider's own client, and what goes wrong there."""

import gzip
import json
import re
import time
import unittest

from stores import CONTROL, Azure, Google
from support import BUSY, LATER, Site, dice, room

KILLS = 6
LOCK = CONTROL + "lock.json"


def pieces(secrets):
    """Every part of a secret that is long enough to be one."""
    for value in secrets.values():
        yield value
        yield from (part for part in re.split(r'[\s"&=?,]|\\n', value) if len(part) >= 12)


class Stores:
    """What holds for each store. `Store` is set by those below."""

    @classmethod
    def setUpClass(cls):
        cls.store = cls.Store()

    @classmethod
    def tearDownClass(cls):
        cls.store.stop()

    def setUp(self):
        self.bucket = self.store.bucket()

    def site(self, more=""):
        site = Site({"main": self.store.target(self.bucket, more)}, self.store.secrets())
        self.addCleanup(setattr, self.store.proxy, "fault", self.store.proxy.fault)
        return site

    def public(self, bucket=None):
        """The objects that are no notes of deployments: path to bytes, type, caching and encoding."""
        objects = self.store.objects(bucket or self.bucket)
        return {path: found for path, found in objects.items() if not path.startswith(CONTROL)}

    def contents(self):
        return {path: found[0] for path, found in self.public().items()}

    def asked(self, work):
        """What the store was asked meanwhile: method and path of each request."""
        before = len(self.store.proxy.requests)
        work()
        return self.store.proxy.requests[before:]

    def claim(self, owner, until):
        self.store.put(self.bucket, LOCK, json.dumps({"id": "another", "owner": owner, "until": int(until)}))

    def test_a_site_arrives_and_only_what_changes_is_sent(self):
        site = self.site()
        self.assertTrue(json.loads(site.deploy("--format", "json").splitlines()[0])["lock_is_certain"])
        before = site.built()
        self.assertEqual(self.contents(), before)
        self.assertNotIn(LOCK, self.store.objects(self.bucket))
        again = self.asked(lambda: self.assertIn("is up to date", site.deploy()))
        self.assertEqual(len(again), 1, again)
        site.incident(2, "It is fast again.")
        asked = self.asked(site.deploy)
        after = site.built()
        self.assertEqual(self.contents(), after)
        changed = {path for path in before | after if before.get(path) != after.get(path)}
        self.assertLessEqual(len(asked), len(changed) + 12, asked)
        site.remove(3)
        site.deploy(as_of=LATER)
        self.assertNotIn("incidents/2026-11-13-slow-3/index.html", site.built())
        self.assertEqual(self.contents(), site.built())

    def test_two_sites_in_one_bucket_leave_each_other_alone(self):
        names = f"{self.bucket}/a", f"{self.bucket}/a-b/c"
        one, two = (Site({"main": self.store.target(name)}, self.store.secrets()) for name in names)
        one.deploy()
        two.deploy()
        one.remove(1)
        one.deploy("--verify", as_of=LATER)
        expected = {f"a/{path}": content for path, content in one.built().items()}
        expected |= {f"a-b/c/{path}": content for path, content in two.built().items()}
        found = {path: content for path, content in self.contents().items() if CONTROL not in path}
        self.assertEqual(found, expected)

    def test_each_object_has_its_type_and_its_caching(self):
        site = self.site()
        site.deploy()
        objects = self.public()
        for path, kind, cache in [
            ("index.html", "text/html; charset=utf-8", "max-age=0"),
            ("feed.xml", "application/rss+xml; charset=utf-8", "max-age=30"),
            ("manifest.json", "application/json", "no-cache"),
            ("sitemap.xml", "application/xml; charset=utf-8", "max-age"),
        ]:
            self.assertEqual(objects[path][1], kind, path)
            self.assertIn(cache, objects[path][2], path)
        self.assertEqual({found[3] or None for found in objects.values()}, {None})
        for path, (_, kind, cache, _) in objects.items():
            self.assertEqual(kind == "application/octet-stream", path == ".nojekyll", path)
            self.assertTrue(cache, path)
        state = self.store.objects(self.bucket)[CONTROL + "state.json"]
        self.assertEqual(state[1:3], ("application/json", "no-store"))

    def test_compressed_texts_are_what_they_were_and_are_compared_as_they_are_stored(self):
        site = self.site(", compress: gzip")
        site.deploy()
        objects, built = self.public(), site.built()
        unpacked = {path: gzip.decompress(found[0]) if found[3] else found[0] for path, found in objects.items()}
        self.assertEqual(unpacked, built)
        self.assertEqual(objects["index.html"][1:], ("text/html; charset=utf-8", objects["index.html"][2], "gzip"))
        self.assertFalse(objects["manifest.json"][3])
        self.store.put(self.bucket, "feed.xml", "by hand")
        self.store.delete(self.bucket, "ja/index.html")
        self.assertIn("2 of them lost or changed", site.deploy("--verify"))
        self.assertEqual(self.public(), objects)
        self.assertIn("is up to date", site.deploy("--verify"))
        # The store forgets what was deployed: all is there already, and nothing of it is foreign.
        self.store.delete(self.bucket, CONTROL + "state.json")
        site.deploy()
        site.incident(2, "It is fast again.")
        process = site.start()
        # The lock, the trial of conditions, the state and some pages: the next one asks for each of these.
        self.wait_for_writes(5, process)
        process.kill()
        process.communicate()
        self.expire()
        site.deploy()
        self.assertEqual(gzip.decompress(self.contents()["index.html"]), site.built()["index.html"])
        # Somebody else has put there what noroshi would: one object, which is read.
        path = "incidents/2026-11-13-slow-3/index.html"
        content = self.contents()[path]
        site.remove(3)
        site.deploy("--force")
        self.assertNotIn(path, self.contents())
        self.store.put(self.bucket, path, content, "gzip")
        site.incident(3, "The API is slow.")
        site.deploy("--force")
        self.assertEqual(gzip.decompress(self.contents()[path]), site.built()[path])

    def test_a_foreign_object_is_kept_and_named(self):
        site = self.site()
        self.store.put(self.bucket, "index.html", "somebody's")
        self.store.put(self.bucket, "mine.txt", "somebody's")
        self.assertIn("`index.html`", site.deploy(expect=3))
        self.assertEqual(self.contents(), {"index.html": b"somebody's", "mine.txt": b"somebody's"})
        site.deploy("--force")
        site.remove(2)
        site.deploy("--verify", as_of=LATER)
        self.assertEqual(self.contents(), site.built() | {"mine.txt": b"somebody's"})

    def test_killed_deployments_end_clean_with_the_next(self):
        site, random = self.site(), dice(3)
        self.store.put(self.bucket, "mine.txt", "somebody's")
        for number in range(KILLS):
            for entry in range(6):
                if random.random() < 0.4:
                    site.remove(entry)
                else:
                    site.incident(entry, f"Words number {number}.")
            process = site.start("--force")
            written = 1 + random.randrange(30)
            self.wait_for_writes(written, process)
            process.kill()
            process.communicate()
            # The lock of a killed runner is not removed but ends, and the next one takes it over.
            self.expire()
        self.assertNotIn("another deployment", site.deploy("--force"))
        self.assertEqual(self.contents(), site.built() | {"mine.txt": b"somebody's"})
        self.assertIn("is up to date", site.deploy("--verify"))

    def wait_for_writes(self, number, process):
        """Until the store was asked to write so many objects, or the deployment has ended."""
        requests = self.store.proxy.requests
        before, deadline = len(requests), time.monotonic() + 20
        while process.poll() is None and time.monotonic() < deadline:
            if sum(method == "PUT" for method, _ in requests[before:]) >= number:
                return
            time.sleep(0.005)

    def expire(self):
        """The time of a lock passes."""
        found = self.store.objects(self.bucket).get(LOCK)
        if found:
            self.store.put(self.bucket, LOCK, json.dumps(json.loads(found[0]) | {"until": int(time.time()) - 1}))

    def test_a_lock_of_another_refuses_and_a_lock_that_ended_is_taken_over(self):
        site = self.site()
        self.claim("GitHub run 7", time.time() + 100)
        told = site.deploy(expect=3)
        self.assertIn("another deployment is at work (GitHub run 7)", told)
        self.assertEqual(self.contents(), {})
        self.claim("GitHub run 7", time.time() - 1)
        site.deploy()
        self.assertEqual(self.contents(), site.built())
        self.assertNotIn(LOCK, self.store.objects(self.bucket))

    def test_of_two_runners_that_found_no_lock_or_one_that_ended_one_is_refused(self):
        for is_dead in (False, True):
            with self.subTest(is_dead):
                self.bucket = self.store.bucket()
                site = self.site()
                if is_dead:
                    self.claim("a dead one", time.time() - 1)
                taken = []

                def second_runner(method, path):
                    # The first has looked for a lock, and is about to take it.
                    if method == "PUT" and "lock" in path and not taken:
                        taken.append(path)
                        self.claim("GitHub run 8", time.time() + 100)

                self.store.proxy.fault = second_runner
                told = site.deploy(expect=3)
                self.store.proxy.fault = lambda method, path: None
                self.assertIn("another deployment is at work (GitHub run 8)", told)
                self.assertEqual(self.contents(), {})

    def test_what_was_changed_or_lost_is_found_and_mended(self):
        site = self.site()
        site.deploy()
        before = self.public()
        self.store.put(self.bucket, "feed.xml", "by hand")
        self.store.delete(self.bucket, "ja/index.html")
        self.assertIn("is up to date", site.deploy())
        self.assertIn("2 of them lost or changed", site.deploy("--verify"))
        self.assertEqual(self.public(), before)

    def test_a_wrong_credential_is_told_and_never_shown(self):
        site = self.site()
        for secrets in self.store.wrong_secrets():
            with self.subTest(list(secrets)):
                site.secrets = secrets | {"RUST_LOG": "trace", "RUST_BACKTRACE": "full"}
                for arguments in ([], ["--dry-run"], ["--verify"], ["--format", "json"]):
                    told = site.deploy(*arguments, expect=3)
                    self.assertIn("check the credentials in the environment", told)
                    self.assertRegex(told, rf"(az|gs)://{self.bucket}")
                    kept = [piece for piece in pieces(secrets) if piece in told and not piece.startswith("/")]
                    self.assertEqual(kept, [], told)

    def test_a_bucket_that_does_not_exist_is_told(self):
        missing = Site({"main": self.store.target("no-such-bucket")}, self.store.secrets())
        told = missing.deploy(expect=3)
        self.assertIn("does not exist", told)
        self.assertIn("check its name", told)

    def test_http_to_another_machine_is_refused(self):
        target = self.store.target(self.bucket).replace("127.0.0.1", "192.0.2.1")
        told = Site({"main": target}, self.store.secrets()).deploy(expect=3)
        self.assertIn("it allows only `https`, and `http` to this machine", told)
        self.assertIn("help: write an `https` address", told)

    def test_a_store_that_fails_now_and_then_is_asked_again(self):
        site, random = self.site(), dice(7)
        faults = [503, "reset", "lost", "half"] + [None] * 40
        self.store.proxy.fault = lambda method, path: random.choice(faults)
        site.deploy()
        site.remove(2)
        site.deploy(as_of=LATER)
        self.store.proxy.fault = lambda method, path: None
        self.assertEqual(self.contents(), site.built())

    def test_the_variables_of_the_emulator_need_no_endpoint_in_the_site(self):
        secrets, word, account = self.store.emulator()
        site = Site({"main": f"{{{word}: {account}{self.bucket}}}"}, secrets)
        site.deploy()
        self.assertEqual(self.contents(), site.built())


class OnAzure(Stores, unittest.TestCase):
    Store = Azure

    def test_a_site_arrives_in_the_container_for_web_sites(self):
        self.store.client.create_container("$web")
        site = Site({"main": self.store.target("$web")}, self.store.secrets())
        site.deploy()
        site.remove(3)
        site.deploy("--verify", as_of=LATER)
        self.assertEqual({path: found[0] for path, found in self.public("$web").items()}, site.built())

    def test_a_signature_for_one_container_is_enough_and_one_that_may_not_remove_is_told(self):
        site = self.site()
        site.secrets = {"AZURE_STORAGE_SAS_TOKEN": self.store.signature(self.bucket)}
        site.deploy()
        site.remove(3)
        site.deploy("--verify", as_of=LATER)
        self.assertEqual(self.contents(), site.built())
        site.remove(4)
        site.secrets = {"AZURE_STORAGE_SAS_TOKEN": self.store.signature(self.bucket, delete=False)}
        told = site.deploy(as_of=LATER, expect=3)
        self.assertIn("does not remove old files", told)
        self.assertIn("check the credentials in the environment", told)
        self.assertEqual([piece for piece in pieces(site.secrets) if piece in told], [], told)

    def test_the_switch_for_the_emulator_is_enough_with_a_key(self):
        secrets = {"AZURE_STORAGE_USE_EMULATOR": "true", "AZURE_STORAGE_KEY": self.store.key}
        secrets["AZURITE_BLOB_STORAGE_URL"] = self.store.endpoint().removesuffix(f"/{self.store.account}")
        site = Site({"main": f"{{azure: {self.store.account}/{self.bucket}}}"}, secrets)
        site.deploy()
        self.assertEqual(self.contents(), site.built())


class OnGoogle(Stores, unittest.TestCase):
    Store = Google

    def tearDown(self):
        self.store.proxy.is_open = False
        self.store.proxy.is_limited = False

    def test_an_object_that_may_be_written_once_in_a_second_is_waited_for(self):
        self.store.proxy.is_limited = True
        site = self.site()
        site.deploy()
        site.incident(2, "It is fast again.")
        site.deploy()
        self.assertEqual(self.contents(), site.built())

    def test_a_kind_of_credential_that_cannot_be_used_is_named(self):
        file = room() / "account.json"
        file.write_text(json.dumps({"type": "external_account", "audience": "//iam.googleapis.com/x"}))
        site = self.site()
        site.secrets = {"GOOGLE_APPLICATION_CREDENTIALS": str(file)}
        self.assertIn("external_account", site.deploy(expect=3))
        site.secrets = {"GOOGLE_APPLICATION_CREDENTIALS": str(file) + "-missing"}
        self.assertIn(f"{file}-missing", site.deploy(expect=3))


if __name__ == "__main__":
    unittest.main()
