"""What `noroshi init --host` writes for hosts that no test can start: S3 with CloudFront, Cloudflare, Netlify."""

import json
import os
import shutil
import subprocess
import tomllib
import unittest
from urllib.parse import unquote

import botocore.session
from botocore.validate import ParamValidator

from sites import HERE, HIDDEN, NOON, PROGRAM, SITES, room, run

#: The team's own headers, which no file for S3 holds.
OWN = ["x-content-kind", "x-named", "x-not-ascii", "x-odd"]
#: Headers that an object of S3 holds.
HELD = ["content-type", "cache-control"]


def functions(site, file, events):
    """What a function of CloudFront answers for each event."""
    script = f"{site.read(file)}\nconst events = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    script += "\nconsole.log(JSON.stringify(events.map((event) => handler(event))));"
    done = subprocess.run(["node", "-e", script], input=json.dumps(events), capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)


class Hosts:
    site_name = None

    @classmethod
    def setUpClass(cls):
        cls.site = SITES[cls.site_name]()

    def uploaded(self):
        """The calls of `aws`, in their order."""
        log = room() / "calls"
        environment = {
            **os.environ,
            "PATH": f"{HERE / 'fake'}:{os.environ['PATH']}",
            "CALLS": str(log),
            "BUCKET": "my-bucket",
            "DISTRIBUTION": "E123",
        }
        script = ["sh", "s3/upload"]
        done = subprocess.run(script, cwd=self.site.root, env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [json.loads(line) for line in log.read_text().splitlines()]

    def test_each_object_has_the_type_and_the_caching_of_the_table(self):
        site, objects, turns = self.site, {}, []
        calls = self.uploaded()
        *syncs, last, invalidation = calls
        for call in syncs:
            self.assertEqual(call["command"][:2], ["s3", "sync"])
            target = call["command"][3].removeprefix("s3://my-bucket/")
            command = call["command"]
            held = {
                "content-type": command[command.index("--content-type") + 1],
                "cache-control": command[command.index("--cache-control") + 1],
            }
            for file in call["files"]:
                self.assertNotIn(target + file, objects, "uploaded twice")
                objects[target + file] = held
                turns.append(file)
        wanted = {}
        for file in site.files():
            if file not in HIDDEN:
                expected = site.expected(file)
                if expected["content-type"].startswith("text/x-own"):
                    # Of the team's own headers, objects get their caching only.
                    expected["content-type"] = "application/octet-stream"
                wanted[site.path[1:] + file] = {name: expected[name] for name in HELD}
        self.assertEqual(objects, wanted)
        # A page comes after its style sheet and before the feeds; the manifest is last.
        style = next(file for file in turns if file.startswith("assets/theme/"))
        self.assertLess(turns.index(style), turns.index("index.html"))
        self.assertLess(turns.index("index.html"), turns.index("feed.xml"))
        self.assertEqual(turns[-1], "manifest.json")
        self.assertIn("--delete", last["command"])
        self.assertEqual(invalidation["command"][:2], ["cloudfront", "create-invalidation"])

    def test_the_function_for_requests_finds_the_object_of_every_address(self):
        site = self.site
        files = [file for file in site.files() if file not in HIDDEN]
        events = [{"request": {"uri": site.address(file)}} for file in files]
        for file, request in zip(files, functions(site, "s3/request.js", events)):
            if "." in file.rpartition("/")[2]:
                self.assertEqual(unquote(request.get("uri", "")), site.path + file)
        bare = functions(site, "s3/request.js", [{"request": {"uri": f"{site.path}history"}}])
        self.assertEqual((bare[0]["statusCode"], bare[0]["headers"]["location"]["value"]), (301, f"{site.path}history/"))

    def test_policy_and_function_for_responses_add_the_other_headers(self):
        site = self.site
        policy = json.loads(site.read("s3/headers.json"))
        general = {"access-control-allow-origin": policy["CorsConfig"]["AccessControlAllowOrigins"]["Items"][0]}
        security = policy["SecurityHeadersConfig"]
        general["x-frame-options"] = security["FrameOptions"]["FrameOption"]
        general["referrer-policy"] = security["ReferrerPolicy"]["ReferrerPolicy"]
        general["x-content-type-options"] = "nosniff" if "ContentTypeOptions" in security else None
        general |= {item["Header"].lower(): item["Value"] for item in policy["CustomHeadersConfig"]["Items"]}
        files = [file for file in site.files() if file not in HIDDEN]
        for in_folder in [False, True]:
            # The function sees the address before or after the function for requests has changed it.
            addresses = [site.path + file if in_folder else site.address(file) for file in files]
            events = [{"request": {"uri": uri}, "response": {"headers": {}}} for uri in addresses]
            for file, response in zip(files, functions(site, "s3/response.js", events)):
                own = {name: header["value"] for name, header in response["headers"].items()}
                expected = {name: value for name, value in site.expected(file).items() if name not in HELD}
                if file.startswith("downloads/"):
                    del expected["x-robots-tag"]
                expected = {name: value for name, value in expected.items() if name not in OWN}
                self.assertEqual({**general, **own}, expected, file)

    def test_the_policy_has_the_shape_that_cloudfront_documents(self):
        model = botocore.session.get_session().get_service_model("cloudfront")
        shape = model.shape_for("ResponseHeadersPolicyConfig")
        policy = json.loads(self.site.read("s3/headers.json"))
        report = ParamValidator().validate(policy, shape)
        self.assertFalse(report.has_errors(), report.generate_report())
        for part, enumerated in [
            (policy["SecurityHeadersConfig"]["FrameOptions"]["FrameOption"], "FrameOptionsList"),
            (policy["SecurityHeadersConfig"]["ReferrerPolicy"]["ReferrerPolicy"], "ReferrerPolicyList"),
        ]:
            self.assertIn(part, model.shape_for(enumerated).enum)

    def publishing(self, file, read):
        """Runs the build that a configuration describes; its folder and what it says."""
        site, root = self.site, room()
        shutil.copytree(site.root / "content", root / "content")
        config = tomllib.loads(site.read(file))
        (command,) = [line[4:] for line in site.read(file).splitlines() if line.startswith("#   noroshi build")]
        command = command.replace("noroshi build", f"{PROGRAM} --root . build --as-of {NOON}")
        done = subprocess.run(["sh", "-c", command], cwd=root, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        folder = root / read(config)
        at = folder / site.path.strip("/")
        for name in HIDDEN[:2]:
            self.assertEqual((folder / name).read_bytes(), (site.out / name).read_bytes())
        self.assertEqual((at / "404.html").read_bytes(), (site.out / "404.html").read_bytes())
        return config

    def test_cloudflare_serves_the_folder_that_is_built(self):
        config = self.publishing("wrangler.toml", lambda config: config["assets"]["directory"])
        self.assertEqual(config["assets"]["not_found_handling"], "404-page")
        self.assertEqual(config["assets"]["html_handling"], "auto-trailing-slash")
        patterns = [route["pattern"] for route in config["routes"]]
        host, path = self.site.url.split("/")[2], self.site.path.rstrip("/")
        self.assertEqual(patterns, [host + path, f"{host}{path}/*"] if path else [host])

    def test_netlify_serves_the_folder_that_is_built(self):
        config = self.publishing("netlify.toml", lambda config: config["build"]["publish"])
        self.assertEqual(set(config), {"build"})


for site_name in SITES:
    globals()[site_name] = type(site_name, (Hosts, unittest.TestCase), {"site_name": site_name})


if __name__ == "__main__":
    unittest.main()
