"""What a webhook of `noroshi announce` gets: an independent receiver verifies it, and the published schema describes it."""

import base64
import http.server
import json
import os
import subprocess
import threading
import unittest

import jsonschema

from support import HERE, PROGRAM, demo

#: While one secret replaces another, both sign.
SECRETS = ["whsec_" + base64.b64encode(bytes([fill]) * 32).decode() for fill in (7, 9)]


class Receiver(http.server.BaseHTTPRequestHandler):
    taken = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def announce(root, *options):
    env = {**os.environ, "NOROSHI_BOT_SECRET": " ".join(SECRETS)}
    command = [PROGRAM, "announce", "--root", str(root), "--no-wait", *options]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(done.stdout + done.stderr)


def verify(secret, headers, body):
    given = json.dumps({"secret": secret, "headers": headers, "body": body})
    command = ["node", str(HERE / "webhook.mjs")]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


class Webhook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        root = demo()
        address = f"http://127.0.0.1:{cls.server.server_address[1]}/hook"
        with (root / "content/site.yaml").open("a", encoding="utf-8") as file:
            file.write(f'\nannounce: {{channels: {{bot: {{to: webhook, url: "{address}"}}}}}}\n')
        announce(root, "--as-of", "2026-11-20T00:00:00+09:00")
        announce(root, "--as-of", "2026-11-20T12:00:00+09:00")
        cls.schema = json.loads(subprocess.check_output([PROGRAM, "schema", "webhook"], text=True))

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def test_every_delivery_is_signed_by_each_secret_and_fits_the_schema(self):
        self.assertGreater(len(Receiver.taken), 10)
        self.assertEqual(len({headers["webhook-id"] for headers, _ in Receiver.taken}), len(Receiver.taken))
        for headers, body in Receiver.taken:
            jsonschema.validate(json.loads(body), self.schema)
        headers, body = Receiver.taken[0]
        for secret in SECRETS:
            done = verify(secret, headers, body)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout), json.loads(body))

    def test_another_secret_another_body_and_another_id_are_refused(self):
        headers, body = Receiver.taken[0]
        other = "whsec_" + base64.b64encode(b"x" * 32).decode()
        self.assertNotEqual(verify(other, headers, body).returncode, 0)
        self.assertNotEqual(verify(SECRETS[0], headers, body + " ").returncode, 0)
        self.assertNotEqual(verify(SECRETS[0], {**headers, "webhook-id": "msg_x"}, body).returncode, 0)


if __name__ == "__main__":
    unittest.main()
