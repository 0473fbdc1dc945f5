"""A store that refuses a write whose condition does not hold: two runners are kept apart for certain."""

import json
import sys
import unittest

import boto3
from support import BUSY, LATER, Proxy, Site, free_port, started, stop, wait_for


class Conditions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.server = started([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(cls.port)])
        wait_for(cls.port, cls.server, "moto")
        cls.client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{cls.port}",
            aws_access_key_id="key",
            aws_secret_access_key="a-secret-of-the-test",
            region_name="us-east-1",
        )

    @classmethod
    def tearDownClass(cls):
        stop(cls.server)

    def site(self, bucket, port=None):
        self.client.create_bucket(Bucket=bucket)
        target = f'{{s3: {bucket}, endpoint: "http://127.0.0.1:{port or self.port}", region: us-east-1}}'
        secrets = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "a-secret-of-the-test"}
        return Site({"main": target}, secrets)

    def objects(self, bucket):
        found = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        keys = [entry["Key"] for page in found for entry in page.get("Contents", [])]
        read = lambda key: self.client.get_object(Bucket=bucket, Key=key)["Body"].read()
        return {key: read(key) for key in keys if not key.startswith(".noroshi-deploy/")}

    def test_the_lock_is_certain_and_all_objects_are_those_of_the_site(self):
        site = self.site("certain")
        self.assertTrue(json.loads(site.deploy("--format", "json").splitlines()[0])["lock_is_certain"])
        self.assertEqual(self.objects("certain"), site.built())

    def test_two_runners_at_once_one_publishes_and_the_other_says_so(self):
        proxy = Proxy(self.port)
        site, other = self.site("two", proxy.port), self.site("two")
        other.incident(4, "Words of the other runner.")
        told = []

        def second_runner(method, path):
            # The first has its lock and has not sent anything yet.
            if method == "PUT" and path.endswith("/state.json") and not told:
                told.append(other.deploy(expect=3))

        proxy.fault = second_runner
        site.deploy()
        proxy.stop()
        self.assertIn("another deployment is at work", told[0])
        self.assertEqual(self.objects("two"), site.built())
        other.deploy(as_of=LATER)
        self.assertEqual(self.objects("two"), other.built())

    def test_a_bucket_with_the_files_of_others_is_left_alone(self):
        site = self.site("foreign")
        self.client.put_object(Bucket="foreign", Key="index.html", Body=b"somebody's")
        self.client.put_object(Bucket="foreign", Key="mine.txt", Body=b"somebody's")
        self.assertIn("`index.html`", site.deploy(expect=3))
        self.assertEqual(set(self.objects("foreign")), {"index.html", "mine.txt"})
        site.deploy("--force")
        self.assertEqual(self.objects("foreign"), site.built() | {"mine.txt": b"somebody's"})

    def test_texts_are_stored_compressed_where_that_is_asked_for(self):
        import gzip

        site = self.site("compressed")
        yaml = site.root / "content/site.yaml"
        yaml.write_text(yaml.read_text().replace("region: us-east-1", "region: us-east-1, compress: gzip"))
        site.deploy()
        built = site.built()
        for path, expected in built.items():
            found = self.client.get_object(Bucket="compressed", Key=path)
            body = found["Body"].read()
            if found.get("ContentEncoding") == "gzip":
                body = gzip.decompress(body)
            self.assertEqual(body, expected, path)
        home = self.client.get_object(Bucket="compressed", Key="index.html")
        self.assertEqual((home["ContentEncoding"], home["ContentType"]), ("gzip", "text/html; charset=utf-8"))
        self.assertIn("is up to date", site.deploy("--verify"))

    def test_several_targets_get_the_same_and_one_that_fails_stops_no_other(self):
        site = self.site("several")
        yaml = site.root / "content/site.yaml"
        yaml.write_text(yaml.read_text() + "  here: {folder: www}\n  nowhere: {s3: missing-bucket, "
                        f'endpoint: "http://127.0.0.1:{free_port()}", region: us-east-1}}\n')
        site.secrets = site.secrets | {}
        told = site.deploy("main", "here")
        self.assertEqual(told.count("deployed"), 2)
        self.assertEqual(self.objects("several"), site.built())
        www = site.root / "www"
        here = {str(f.relative_to(www)): f.read_bytes() for f in www.rglob("*") if f.is_file()}
        self.assertEqual({k: v for k, v in here.items() if not k.startswith(".noroshi-deploy/")}, site.built())
        site.incident(5, "Again.")
        told = site.deploy("here", "main", as_of=LATER)
        self.assertIn("there is no target `other`", site.deploy("other", expect=2))


if __name__ == "__main__":
    unittest.main()
