"""Every published file, as nginx, Apache and Caddy serve it with the configuration of `noroshi init --host`."""

import contextlib
import gzip
import http.client
import json
import shutil
import subprocess
import unittest
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from servers import SERVERS, running
from sites import CACHING, HIDDEN, NOON, OWN_MOVES, OWN_OTHERS, OWN_TRAPS, PROGRAM, SITES, room

#: Headers whose values the site decides. A server may send others, such as `Date`.
OURS = [
    "access-control-allow-origin",
    "cache-control",
    "content-security-policy",
    "content-type",
    "cross-origin-resource-policy",
    "referrer-policy",
    "x-content-kind",
    "x-content-type-options",
    "x-frame-options",
    "x-named",
    "x-not-ascii",
    "x-odd",
    "x-robots-tag",
]
#: The headers of every answer, whatever its status.
SECURITY = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Answer:
    def __init__(self, response):
        self.status, self.body = response.status, response.read()
        self.headers = {}
        for name, value in response.getheaders():
            self.headers.setdefault(name.lower(), []).append(value)

    def header(self, name):
        """The value of a header that is sent at most once."""
        values = self.headers.get(name, [])
        assert len(values) <= 1, f"{name} is sent {len(values)} times: {values}"
        return values[0] if values else None


class Client:
    def __init__(self, port, site):
        self.host, self.port = urlsplit(site.url).netloc, port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def close(self):
        self.connection.close()

    def ask(self, address, method="GET", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, address, headers={"Host": self.host, **headers})
        return Answer(self.connection.getresponse())


@contextlib.contextmanager
def client(server, site):
    """Starts a server for a site, and asks it."""
    with running(server, site, room()) as port, contextlib.closing(Client(port, site)) as client:
        yield client


class Serving:
    """What a server must do, whichever it is, with any site."""

    server = site_name = None

    @classmethod
    def setUpClass(cls):
        cls.site = SITES[cls.site_name]()
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        cls.client = stack.enter_context(client(cls.server, cls.site))

    def assert_moved(self, answer, address, to, status=(301,)):
        self.assertIn(answer.status, status, address)
        location = urlsplit(urljoin(address, answer.header("location")))
        path = location.path + (f"#{location.fragment}" if location.fragment else "")
        self.assertEqual(path, to, address)

    def ours(self, answer):
        return {name: answer.header(name) for name in OURS if answer.header(name) is not None}

    def test_every_published_file_has_the_headers_of_the_table(self):
        client, site = self.client, self.site
        files = [file for file in site.files() if file not in HIDDEN]
        self.assertGreater(len(files), 150)
        moved = site.redirects()
        for file in files:
            if site.address(file) in moved:
                continue
            answer = client.ask(site.address(file))
            self.assertEqual(answer.status, 200, file)
            self.assertEqual(answer.body, (site.out / file).read_bytes(), file)
            self.assertEqual(self.ours(answer), site.expected(file), file)

    def test_a_page_at_its_file_is_the_page_of_its_folder(self):
        client, site = self.client, self.site
        for file in ["index.html", "history/index.html", "embed/banner/index.html"]:
            if site.path + file in site.redirects() or site.address(file) in site.redirects():
                continue
            answer = client.ask(site.path + file)
            self.assertEqual(answer.status, 200, file)
            self.assertEqual(self.ours(answer), site.expected(file), file)

    def test_what_is_not_there_shows_the_page_that_says_so(self):
        client, site = self.client, self.site
        page = (site.out / "404.html").read_bytes()
        for path in ["nothing", "en/nothing/", "api/v2/nothing.json", "nothing/feed.xml", "nothing.css", "a%20b/?x=1"]:
            answer = client.ask(site.path + path)
            self.assertEqual((answer.status, answer.body), (404, page), path)
            wanted = {**SECURITY, "content-type": "text/html; charset=utf-8", "cache-control": CACHING}
            self.assertEqual(self.ours(answer), wanted, path)

    def test_files_for_hosts_and_of_a_running_build_are_refused(self):
        client, site = self.client, self.site
        own = site.out / ".noroshi-stage"
        self.addCleanup(shutil.rmtree, own)
        self.addCleanup((site.out / ".noroshi-lock").unlink)
        own.mkdir()
        (own / "index.html").write_text("not public yet")
        (site.out / ".noroshi-lock").write_text("")
        for name in [*HIDDEN, ".noroshi-lock", ".noroshi-stage/", ".noroshi-stage/index.html", "%5Fheaders", "%2Enoroshi-lock"]:
            answer = client.ask(site.path + name)
            self.assertEqual(answer.status, 404, name)
            self.assertNotIn(b"not public yet", answer.body)

    def test_no_list_of_a_folder_is_shown(self):
        client, site = self.client, self.site
        for folder in ["assets/", ".well-known/", "api/v2/"]:
            answer = client.ask(site.path + folder)
            self.assertIn(answer.status, [403, 404], folder)
            for name in [b"team.css", b"security.txt", b"summary.json"]:
                self.assertNotIn(name, answer.body, folder)

    def test_an_address_of_a_folder_without_its_slash_redirects(self):
        client, site = self.client, self.site
        for folder in ["history", "subscribe", "embed/banner"]:
            address = site.path + folder
            self.assert_moved(client.ask(address), address, f"{address}/", status=(301, 308))
        if site.path != "/":
            address = site.path.rstrip("/")
            self.assert_moved(client.ask(address), address, site.path, status=(301, 308))

    def test_old_addresses_redirect_as_redirects_says(self):
        client, site = self.client, self.site
        moved = site.redirects()
        self.assertGreaterEqual(len(moved), 5)
        for old, new in moved.items():
            answer = client.ask(old)
            self.assert_moved(answer, old, new)
            for name, value in SECURITY.items():
                self.assertEqual(answer.header(name), value, old)
            target = client.ask(new.split("#")[0])
            self.assertEqual(target.status, 200, new)
        self.assert_moved(client.ask(f"{site.path}status.php?id=1"), site.path, moved[f"{site.path}status.php"])

    def test_the_teams_own_redirects_answer_as_written(self):
        client, site = self.client, self.site
        for asked, wanted, status in OWN_MOVES:
            asked, wanted = asked.replace("PATH/", site.path), wanted.replace("PATH/", site.path)
            if asked in site.redirects():
                wanted = site.redirects()[asked]
            answer = client.ask(asked)
            location = answer.header("location") or ""
            # Apache names its own host.
            location = location.removeprefix(f"http://{client.host.split(':')[0]}").removeprefix(f":{client.port}")
            self.assertEqual((answer.status, location), (status, wanted), asked)
        for asked in OWN_OTHERS:
            self.assertEqual(client.ask(asked.replace("PATH/", site.path)).header("location"), None, asked)
        for asked in OWN_TRAPS:
            asked = asked.replace("PATH/", site.path)
            answer = client.ask(asked)
            location = answer.header("location") or "/"
            self.assertNotRegex(location, r"^/[/\\]|^https?://evil", asked)

    def test_an_old_address_that_came_later_leads_on(self):
        site = self.site.copy()
        with client(self.server, site) as asked:
            page = '<meta http-equiv="refresh" content="0; url=history/">'
            (site.out / "later.php").write_text(page)
            with open(site.out / "_redirects", "a") as redirects:
                redirects.write(f"{site.path}later.php {site.path}history/ 301\n")
            answer = asked.ask(f"{site.path}later.php")
            if self.server == "apache":
                self.assert_moved(answer, site.path, f"{site.path}history/")
            else:
                # Until somebody loads the configuration again, the page redirects.
                self.assertEqual((answer.status, answer.body.decode()), (200, page))
                self.assertEqual(answer.header("content-type"), "text/html; charset=utf-8")
        with client(self.server, site) as asked:
            self.assert_moved(asked.ask(f"{site.path}later.php"), site.path, f"{site.path}history/")

    def test_text_is_compressed_and_pictures_are_not(self):
        client, site = self.client, self.site
        moved, seen = site.redirects(), set()
        for file in site.files():
            size = (site.out / file).stat().st_size
            if file in HIDDEN or size < 2048 or site.address(file) in moved:
                continue
            answer = client.ask(site.address(file), Accept_Encoding="gzip")
            ending = file.rpartition(".")[2]
            if ending in ["png", "jpg", "PDF", "woff2", "bin", "x"] or "." not in file:
                self.assertIsNone(answer.header("content-encoding"), file)
                continue
            seen.add(ending)
            self.assertEqual(answer.header("content-encoding"), "gzip", file)
            self.assertIn("accept-encoding", answer.header("vary").lower(), file)
            self.assertEqual(gzip.decompress(answer.body), (site.out / file).read_bytes(), file)
            self.assertEqual(self.ours(answer), site.expected(file), file)
        # The feeds of a new site are too short to be compressed.
        feeds = {"atom", "rss", "ics"} if self.site_name == "demo" else set()
        self.assertLessEqual({"html", "css", "js", "json", "xml", "svg", "txt", "csv"} | feeds, seen)

    def test_a_compressed_file_beside_a_text_is_sent_in_its_place(self):
        client, site = self.client, self.site
        text = (site.out / "404.html").read_bytes()
        # No server compresses like this by itself.
        side = gzip.compress(text, compresslevel=0)
        path = site.out / "404.html.gz"
        path.write_bytes(side)
        self.addCleanup(path.unlink)
        answer = client.ask(f"{site.path}404.html", Accept_Encoding="gzip")
        self.assertEqual(answer.header("content-encoding"), "gzip")
        self.assertEqual(gzip.decompress(answer.body), text)
        # Apache compresses by itself.
        self.assertEqual(answer.body == side, self.server != "apache")
        self.assertIn("accept-encoding", answer.header("vary").lower())
        self.assertEqual(self.ours(answer), site.expected("404.html"))
        plain = client.ask(f"{site.path}404.html")
        self.assertEqual((plain.body, plain.header("content-encoding")), (text, None))

    def test_a_reader_who_has_a_file_gets_it_once(self):
        client, site = self.client, self.site
        for file in ["404.html", "feed.xml", "api/v2/summary.json"]:
            for encoding in ["identity", "gzip"]:
                address = site.address(file)
                first = client.ask(address, Accept_Encoding=encoding)
                self.assertEqual(first.status, 200)
                again = client.ask(address, Accept_Encoding=encoding, If_None_Match=first.header("etag"))
                self.assertEqual((again.status, again.body), (304, b""), f"{file} {encoding}")
                self.assertEqual(again.header("cache-control"), site.expected(file)["cache-control"])

    def test_a_part_of_a_file_and_its_headers_alone_can_be_asked_for(self):
        client, site = self.client, self.site
        for file in ["logo.png", "feed.xml", "404.html"]:
            whole = (site.out / file).read_bytes()
            part = client.ask(site.address(file), Range="bytes=10-19")
            self.assertEqual((part.status, part.body), (206, whole[10:20]), file)
            self.assertEqual(part.header("content-range"), f"bytes 10-19/{len(whole)}")
            self.assertEqual(self.ours(part), site.expected(file), file)
            head = client.ask(site.address(file), method="HEAD")
            self.assertEqual((head.status, head.body), (200, b""), file)
            self.assertEqual(self.ours(head), site.expected(file), file)

    def test_noroshi_verify_finds_nothing_but_old_addresses(self):
        address = f"http://127.0.0.1:{self.client.port}{self.site.path}"
        at = str(int(datetime.fromisoformat(NOON).timestamp()))
        command = [PROGRAM, "verify", address, "--as-of", at, "--format", "json"]
        done = subprocess.run(command, capture_output=True, text=True)
        *findings, whole = map(json.loads, done.stdout.splitlines())
        # The team's own headers are not those that `verify` expects.
        ours = [line for line in findings if "/downloads/" not in line["address"]]
        self.assertEqual({(line["severity"], line["check"]) for line in ours}, {("note", "redirect")}, done.stdout)
        self.assertLessEqual({line["severity"] for line in findings}, {"note"}, done.stdout)
        self.assertEqual((done.returncode, whole["checked"]), (0, whole["files"]), done.stderr)
        self.assertGreater(whole["checked"], 150)

    def test_a_redirect_stays_on_the_host(self):
        client, site = self.client, self.site
        for address in ["//evil.example/%2e%2e", "//evil.example/..", f"{site.path}/evil.example/%2f.."]:
            answer = client.ask(address)
            if answer.status in (301, 302, 307, 308):
                location = urlsplit(answer.header("location"))
                self.assertIn(location.netloc.split(":")[0], ["", client.host], address)
                self.assertFalse(answer.header("location").startswith("//"), address)


for server in SERVERS:
    for site_name in SITES:
        name = f"{server}_{site_name}"
        globals()[name] = type(name, (Serving, unittest.TestCase), {"server": server, "site_name": site_name})


if __name__ == "__main__":
    unittest.main()
