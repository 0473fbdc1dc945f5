"""Deployments to a cluster of three nodes: killed, interrupted, refused, and read by the public meanwhile."""

import http.client
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone

from support import BUSY, LATER, Cluster, Proxy, Site, crawl, dice, needs_garage

KILLS = 200


@needs_garage
class Garage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()

    def site(self, quota=None, through=None):
        bucket = self.cluster.bucket(quota)
        port = through.port if through else None
        site = Site({"main": self.cluster.target(bucket, port)}, self.cluster.secrets())
        return site, bucket, self.cluster.web(bucket)

    def whole(self, site, fetch):
        """The web endpoint serves exactly what was built, and every link of it works."""
        for path, content in site.built().items():
            address = "/" + path.removesuffix("index.html")
            self.assertEqual(fetch(address), (200, content), address)
        self.assertEqual(crawl(fetch), [])

    def test_a_site_is_served_as_it_was_built_and_one_change_costs_few_requests(self):
        site, _, fetch = self.site()
        self.assertIn("cannot keep two deployments apart", site.deploy())
        self.whole(site, fetch)
        self.assertIn("is up to date", site.deploy())
        site.incident(2, "It is fast again.")
        site.deploy("--dry-run")
        line = site.deploy(as_of=BUSY)
        sent, removed = (int(word) for word in
                         (line.split(" files sent")[0].split()[-1], line.split(" removed")[0].split()[-1]))
        requests = int(line.split(" requests")[0].split()[-1])
        self.assertLessEqual(requests, sent + removed + 12, line)
        self.whole(site, fetch)
        site.remove(3)
        site.deploy(as_of=LATER)
        self.assertEqual(fetch("/incidents/2026-11-13-slow-3/")[0], 404)
        self.whole(site, fetch)

    def test_headers_are_those_of_the_table(self):
        site, bucket, _ = self.site()
        site.deploy()
        port = self.cluster.nodes[0]["ports"]["web"]
        for path, kind, cache in [
            ("/", "text/html; charset=utf-8", "max-age=0"),
            ("/feed.xml", "application/rss+xml; charset=utf-8", "max-age=30"),
            ("/manifest.json", "application/json", "no-cache"),
        ]:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", path, headers={"Host": f"{bucket}.web.garage"})
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.getheader("Content-Type"), kind, path)
            self.assertIn(cache, answer.getheader("Cache-Control"), path)
            connection.close()

    def test_killed_deployments_leave_no_dead_link_and_no_foreign_object_is_lost(self):
        site, bucket, fetch = self.site()
        site.deploy()
        foreign = Site({"main": self.cluster.target(f"{bucket}/other")}, self.cluster.secrets())
        foreign.deploy()
        random, dead, ended = dice(1), [], threading.Event()
        reads = self.without_torn_writes(bucket, fetch)

        def read():
            while not ended.is_set():
                dead.extend(crawl(reads))

        reader = ThreadPoolExecutor(1)
        reading = reader.submit(read)
        for number in range(KILLS):
            # Each deployment has other entries: some are new, some change, some are gone.
            for entry in range(6):
                if random.random() < 0.4:
                    site.remove(entry)
                elif random.random() < 0.5:
                    site.incident(entry, f"Words number {number}.")
            process = site.start("--force")
            time.sleep(random.random() * 0.6)
            process.kill()
            process.communicate()
            if number == KILLS // 3:
                self.cluster.kill(self.cluster.nodes[2])
            if number == KILLS * 2 // 3:
                self.cluster.start(self.cluster.nodes[2])
            # The lock of a killed runner would hold for three minutes: an operator who knows that it is dead removes it.
            self.unlock(bucket)
        ended.set()
        reading.result()
        self.assertEqual(dead, [])
        site.deploy("--force")
        self.whole(site, fetch)
        for path, content in foreign.built().items():
            self.assertEqual(fetch(f"/other/{path.removesuffix('index.html')}"), (200, content))

    def without_torn_writes(self, bucket, fetch):
        """Reads like `fetch`, but an object that the store lists and cannot give is no dead link.

        Garage drops a write whose client dies. One node may then know the new object and have
        the bytes of the old one removed, while the others still name the old one: it is listed,
        and answered with 404, until the next write. No client can prevent that, and what counts
        here is that no deployment removes or announces an object at the wrong time.
        """
        client = self.cluster.client()

        def reads(path):
            asked = datetime.now(timezone.utc)
            status, body = fetch(path)
            if status != 404:
                return status, body
            key = path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
            listed = client.list_objects_v2(Bucket=bucket, Prefix=key).get("Contents", [])
            torn = any(object["Key"] == key and object["LastModified"] < asked for object in listed)
            return (200, b"") if torn else (status, body)

        return reads

    def unlock(self, bucket):
        """Removes the lock of a runner that is known to be dead."""
        client = self.cluster.client()
        client.delete_object(Bucket=bucket, Key=".noroshi-deploy/lock.json")

    def test_a_store_that_fails_now_and_then_is_asked_again(self):
        for fault in (500, 503, "reset", "half", "lost", "wrong"):
            with self.subTest(fault):
                proxy = Proxy(self.cluster.nodes[0]["ports"]["s3"])
                random = dice(7)
                proxy.fault = lambda method, path: fault if random.random() < 0.1 else None
                site, _, fetch = self.site(through=proxy)
                if fault == "wrong":
                    # What arrives damaged is refused, and not asked again: the next deployment mends it.
                    for _ in range(30):
                        process = site.start("--force")
                        out, err = process.communicate()
                        if process.returncode == 0:
                            break
                        self.assertEqual(process.returncode, 3, out + err)
                        random = dice(len(proxy.requests))
                        if "another deployment" in err:
                            proxy.fault = lambda method, path: None
                            time.sleep(0.1)
                            self.unlock(site.root.joinpath("content/site.yaml").read_text().split("{s3: ")[1].split(",")[0])
                    proxy.fault = lambda method, path: None
                site.deploy("--force")
                self.whole(site, fetch)
                proxy.stop()

    def test_a_store_that_refuses_is_told_with_the_way_out(self):
        proxy = Proxy(self.cluster.nodes[0]["ports"]["s3"])
        site, bucket, _ = self.site(through=proxy)
        proxy.fault = lambda method, path: 403
        told = site.deploy(expect=3)
        self.assertIn("check the credentials in the environment", told)
        proxy.fault = lambda method, path: None
        site.secrets = site.secrets | {"AWS_SECRET_ACCESS_KEY": "0" * 64}
        self.assertIn("check the credentials", site.deploy(expect=3))
        site.secrets = {}
        self.assertIn("check the credentials", site.deploy(expect=3))
        missing = Site({"main": self.cluster.target("nowhere")}, self.cluster.secrets())
        self.assertRegex(missing.deploy(expect=3), "check (its name|the credentials)")
        proxy.stop()

    def test_a_full_bucket_is_told_and_readers_keep_the_old_site(self):
        site, bucket, fetch = self.site()
        site.deploy()
        before = site.built()
        self.cluster.run(self.cluster.nodes[0], "bucket", "set-quotas", bucket, "--max-size", "1KB")
        site.incident(1, "New words.")
        self.assertIn("does not take", site.deploy(expect=3))
        self.assertEqual(fetch("/"), (200, before["index.html"]))
        self.assertEqual(crawl(fetch), [])
        self.cluster.run(self.cluster.nodes[0], "bucket", "set-quotas", bucket, "--max-size", "none")
        site.deploy()
        self.whole(site, fetch)

    def test_a_stale_runner_is_refused(self):
        site, _, fetch = self.site()
        site.deploy(as_of=LATER)
        before = site.built()
        site.incident(1, "Old words.")
        told = site.deploy(as_of=BUSY, expect=3)
        self.assertIn("what is deployed is newer", told)
        self.assertEqual(fetch("/"), (200, before["index.html"]))
        site.deploy("--force", as_of=BUSY)
        self.whole(site, fetch)

    def test_what_was_changed_by_hand_is_found_and_mended(self):
        site, bucket, fetch = self.site()
        site.deploy()
        client = self.cluster.client()
        client.put_object(Bucket=bucket, Key="feed.xml", Body=b"by hand")
        client.delete_object(Bucket=bucket, Key="ja/index.html")
        self.assertIn("2 of them lost or changed", site.deploy("--verify"))
        self.whole(site, fetch)


if __name__ == "__main__":
    unittest.main()
