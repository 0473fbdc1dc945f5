"""The sites that the servers serve, each built once, and what a server must answer for each of their files.

The headers are those of `_headers`, which the program wrote, as Cloudflare reads the file. What `_headers` leaves to
the host is written here by hand.
"""

import atexit
import functools
import os
import re
import shutil
import subprocess
import tempfile
from copy import copy as copy_of
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
PROGRAM = os.environ["NOROSHI"]
NOON = "2026-11-20T12:00:00+09:00"
HOSTS = ["nginx", "apache", "caddy", "s3", "cloudflare", "netlify"]
#: Where the written configurations look for the site.
WRITTEN_ROOT = "/srv/status/public"

#: What no rule of `_headers` says: a page or a copied file is asked for each time.
CACHING = "public, max-age=0, must-revalidate"
#: The types of files that no rule names, by their endings.
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "webmanifest": "application/manifest+json",
    "php": "text/html; charset=utf-8",
    "bin": "application/octet-stream",
    "": "application/octet-stream",
}
#: Files for hosts, which no reader gets.
HIDDEN = ["_headers", "_redirects", ".nojekyll"]

_rooms = tempfile.TemporaryDirectory(prefix="noroshi-servers-")
atexit.register(_rooms.cleanup)
# Apache's workers are another user.
os.chmod(_rooms.name, 0o755)


def room():
    """A new folder that goes when the suite ends."""
    folder = Path(tempfile.mkdtemp(dir=_rooms.name))
    folder.chmod(0o755)
    return folder


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stderr[-4000:]}")
    return done.stdout


class Site:
    def __init__(self, root, url):
        self.root, self.url = root, url
        self.out = root / "public"
        #: The path of the site on its host, as it is written in `_headers`.
        self.path = "/" + url.split("/", 3)[3]
        run(PROGRAM, "--root", root, "build", "--as-of", NOON)
        for host in HOSTS:
            run(PROGRAM, "--root", root, "init", "--host", host)
        self.rules = list(self._rules())

    def copy(self):
        """The same site in a folder that a test may change."""
        copy = copy_of(self)
        copy.out = room() / "public"
        shutil.copytree(self.out, copy.out)
        return copy

    def read(self, name):
        return (self.root / name).read_text()

    def files(self):
        """The published files, by their paths from the root of the site."""
        return sorted(str(file.relative_to(self.out)) for file in self.out.rglob("*") if file.is_file())

    def address(self, file):
        """The address at which links lead to a file."""
        return self.path + quote(re.sub(r"(^|/)index\.html$", r"\1", file))

    def redirects(self):
        """The old addresses of pages with their targets, without the team's own redirects."""
        lines = (self.out / "_redirects").read_text().splitlines()
        own = {quote(line.split()[0], safe="/:*") for line in OWN_REDIRECTS.replace("PATH/", self.path).splitlines()}
        return {old: new for old, new, _ in map(str.split, lines) if old not in own}

    def shell(self, file, start):
        """What a command in the comment at the top of a written file prints, for this site."""
        lines = [line for line in self.read(file).splitlines() if line.startswith(f"#   {start}")]
        (line,) = lines
        command = line.removeprefix("#   ").split(" >")[0]
        assert WRITTEN_ROOT in command, command
        return run("sh", "-c", command.replace(WRITTEN_ROOT, str(self.out)))

    def expected(self, file):
        """The headers of a file, with names in lower case."""
        address, found = self.address(file), {}
        for pattern, headers in self.rules:
            if pattern.fullmatch(address):
                for name, value in headers:
                    assert name not in found, f"{address}: two rules set {name}"
                    found[name] = value
        ending = file.rsplit("/")[-1].rpartition(".")[2] if "." in file.rsplit("/")[-1] else ""
        if "content-type" not in found:
            found["content-type"] = TYPES[ending.lower()]
        found.setdefault("cache-control", CACHING)
        return found

    def _rules(self):
        for block in (self.out / "_headers").read_text().strip().split("\n\n"):
            pattern, *lines = block.splitlines()
            headers = [tuple(line.strip().split(": ", 1)) for line in lines]
            pattern = ".*".join(map(re.escape, pattern.split("*")))
            pattern = re.compile(re.sub(r"/:\w+", "/[^/]+", pattern))
            yield pattern, [(name.lower(), value) for name, value in headers]


def _copied(root, path):
    """Files of a team, of many types, and its own rules."""
    static, host = root / "content/static", root / "content/host"
    host.mkdir()
    (host / "_headers").write_text(OWN_HEADERS.replace("PATH/", path))
    (host / "_redirects").write_text(OWN_REDIRECTS.replace("PATH/", path))
    (static / "downloads").mkdir(parents=True)
    for name in ["a.bin", "odd.x", "even.x"]:
        (static / "downloads" / name).write_bytes(bytes(range(256)) * 20)
    (static / "assets").mkdir(parents=True, exist_ok=True)
    (static / ".well-known").mkdir(exist_ok=True)
    text = "A line of text that a server can compress.\n" * 100
    for name in ["assets/team.css", "team.js", "terms.txt", "list.csv", "app.webmanifest", "team.svg", "team.json"]:
        (static / name).write_text(text)
    for name in ["terms.PDF", "logo.png", "photo.jpg", "font.woff2", "data.bin", "plain", "表 と 図.png"]:
        (static / name).write_bytes(bytes(range(256)) * 20)
    # The editor of `init --cms`, which must not be found by search engines.
    (static / "admin").mkdir()
    (static / "admin/decap-cms.js").write_text("// The name alone makes it the editor.\n")
    (static / "admin/index.html").write_text("<!DOCTYPE html><title>editor</title>\n")
    (static / ".well-known/security.txt").write_text("Contact: mailto:security@status.example\n")


#: A value with what means something in one of the configurations.
ODD = """"a" 'b' \\c $host %{d} 50%s; {host} #e @URL@"""
#: The team's own rules. PATH is the path of the site.
OWN_HEADERS = f"""# Ours.
PATH/downloads/*
  X-Robots-Tag: noindex
  Cache-Control: public, max-age=600, odd="it's $(id) `id`"
PATH/downloads/odd.x
  X-Odd: {ODD}
  x-content-kind: exact
PATH/downloads/*.x
  Content-Type: text/x-own; charset=utf-8
PATH/:folder/team.css
  X-Named: yes
PATH/%E8%A1%A8%20%E3%81%A8%20%E5%9B%B3.png
  X-Not-Ascii: yes
PATH/about-us/
  X-Nothing: here
"""
OWN_REDIRECTS = """PATH/shop/ https://shop.example.com/?from=$host 301
PATH/soon PATH/history/ 302
PATH/古い店/ PATH/history/#top 301
/beside/* https://archive.example.com/:splat 301
PATH/leads/* /:splat 302
PATH/leaps/:a/* /:splat/:a 302
PATH/news/:year/:id/ PATH/history/:id/?y=:year 302
PATH/old/* PATH/history/ 302
"""
#: What is asked for, what the answer leads to, and its status. PATH is the path of the site.
OWN_MOVES = [
    ("PATH/shop/", "https://shop.example.com/?from=$host", 301),
    ("PATH/soon", "PATH/history/", 302),
    ("PATH/soon?a=%2Fb&c", "PATH/history/?a=%2Fb&c", 302),
    ("PATH/%E5%8F%A4%E3%81%84%E5%BA%97/?q", "PATH/history/?q#top", 301),
    ("/beside/", "https://archive.example.com/", 301),
    ("/beside/a%20b/{host}$1?x=%3F", "https://archive.example.com/a%20b/{host}$1?x=%3F", 301),
    ("PATH/leads/a/b", "/a/b", 302),
    ("PATH/leads/", "/", 302),
    ("PATH/leaps/a/b/c", "/b/c/a", 302),
    ("PATH/news/2026/a%20b/", "PATH/history/a%20b/?y=2026", 302),
    # An alias comes before a rule with `*`.
    ("PATH/old/file.txt", "PATH/terms-of-use/", 301),
    ("PATH/old/other", "PATH/history/", 302),
]
#: Addresses beside those of the team's own redirects.
OWN_OTHERS = ["PATH/shop/x", "PATH/shopX", "PATH/soon/", "PATH/soonest?", "/besides/x", "PATH/news/2026/1/2/"]
#: Addresses from which no redirect leads, lest it leads to another host.
OWN_TRAPS = ["PATH/leads//evil.example/", "PATH/leads/%5C/..//evil.example", "PATH/leaps/evil.example/"]


PAGE = """---
title: {title}
aliases: [/status.php, /old/, "/old/file.txt", "/古い案内/", "/a+b(c).html"]
---
{title}
"""


@functools.cache
def demo():
    """The demo: folders at the root of the host, in Japanese and English."""
    root = room()
    shutil.copytree(REPOSITORY / "content", root / "content")
    _copied(root, "/")
    (root / "content/pages/terms-of-use.md").write_text(PAGE.format(title="利用規約"))
    return Site(root, "https://status.hoshi-exchange.example/")


def _below(form):
    root = room()
    run(PROGRAM, "--root", root, "init", "--locale", "en,ja,de", "--timezone", "Asia/Tokyo")
    config = root / "content/site.yaml"
    url = "https://www.example.com/help/status/"
    text, count = re.subn(r"(?m)^url: .*$", f"url: {url}\naddresses: {form}", config.read_text())
    assert count == 1
    config.write_text(text)
    _copied(root, "/help/status/")
    (root / "content/pages").mkdir(exist_ok=True)
    (root / "content/pages/terms-of-use.md").write_text(PAGE.format(title="Terms of use"))
    return Site(root, url)


@functools.cache
def folders_below():
    """A new site in three languages, at a path of its host."""
    return _below("folders")


@functools.cache
def files_below():
    """The same, with addresses of files."""
    return _below("files")


SITES = {"demo": demo, "folders_below": folders_below, "files_below": files_below}
