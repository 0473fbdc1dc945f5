"""A store that refuses a write whose condition does not hold: two runners are kept apart for certain."""

import http.server
import json
import sys
import threading
import unittest

import boto3
from support import BUSY, LATER, Proxy, Site, free_port, started, stop, wait_for


def addresses_of(body):
    """The addresses in what a webhook received."""
    found = body["data"]["addresses"] if "data" in body else body["addresses"]
    assert found == list(dict.fromkeys(found))
    return found


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

    def test_the_cdn_is_told_exactly_what_changed_after_the_last_object(self):
        told, answers = [], []

        class Hook(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                home = test.client.get_object(Bucket="cdn", Key="index.html")["Body"].read()
                told.append((json.loads(body), home))
                self.send_response(answers.pop(0) if answers else 204)
                self.end_headers()

            def log_message(self, *_):
                pass

        test = self
        hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        site = self.site("cdn")
        yaml = site.root / "content/site.yaml"
        address = f"http://127.0.0.1:{hook.server_port}/purge"
        yaml.write_text(yaml.read_text().replace("region: us-east-1", f'region: us-east-1, cdn: {{webhook: "{address}"}}'))
        site.secrets["NOROSHI_PURGE_SECRET"] = "whsec_" + "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"
        site.deploy()
        told.clear()
        before = site.built()
        site.incident(5, "Other words.")
        self.assertIn("purged", site.deploy(as_of=LATER))
        after = site.built()
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        expected = set()
        for path in changed:
            expected.add(f"https://status.example.com/{path}")
            if path == "index.html" or path.endswith("/index.html"):
                expected.add(f"https://status.example.com/{path.removesuffix('index.html')}")
                expected.add(f"https://status.example.com/{path.removesuffix('index.html')}".removesuffix("/"))
        expected.discard("https://status.example.com")
        named = [address for body, _ in told for address in addresses_of(body)]
        self.assertEqual(sorted(named), sorted(expected), "each address once, and no other")
        self.assertEqual({home for _, home in told}, {after["index.html"]}, "the CDN is told after the home page")
        told.clear()
        self.assertIn("is up to date", site.deploy(as_of=LATER))
        self.assertEqual(told, [])
        # What the CDN refused is told again by the next deployment.
        answers.extend([400] * 9)
        site.incident(4, "More words.")
        site.deploy(as_of=LATER, expect=3)
        answers.clear()
        told.clear()
        site.deploy(as_of=LATER)
        self.assertTrue(told)
        hook.shutdown()

    def test_several_targets_get_the_same_and_one_that_fails_stops_no_other(self):
        site = self.site("several")
        yaml = site.root / "content/site.yaml"
        yaml.write_text(yaml.read_text() + "  here: {folder: www}\n  nowhere: {s3: missing-bucket, "
                        f'endpoint: "http://127.0.0.1:{free_port()}", region: us-east-1}}\n')
        told = site.deploy(expect=3)
        self.assertEqual(told.count(" is deployed"), 2, told)
        self.assertIn("error: nowhere:", told)
        self.assertEqual(self.objects("several"), site.built())
        www = site.root / "www"
        here = {str(f.relative_to(www)): f.read_bytes() for f in www.rglob("*") if f.is_file()}
        self.assertEqual({k: v for k, v in here.items() if not k.startswith(".noroshi-deploy/")}, site.built())
        self.assertIn("there is no target `other`", site.deploy("other", expect=2))


if __name__ == "__main__":
    unittest.main()
