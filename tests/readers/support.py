"""What all readers stand on: sites that are built once, and a server on the loopback."""

import atexit
import functools
import http.server
import json
import os
import shutil
import subprocess
import tempfile
import threading
import unicodedata
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
PROGRAM = os.environ["NOROSHI"]

#: Instants of the demo: nothing is wrong; only maintenance; an incident and maintenance; a maintenance that
#: the clock began.
QUIET = "2026-09-01T12:00:00+09:00"
WORK = "2026-11-20T09:45:00+09:00"
BUSY = "2026-11-20T12:00:00+09:00"
NIGHT = "2026-11-24T02:30:00+09:00"
INSTANTS = [QUIET, WORK, BUSY, NIGHT]

URL = "https://status.hoshi-exchange.example/"
LOCALES = {"ja": "", "en": "en/"}
HUB = "https://hub.example/"

_rooms = tempfile.TemporaryDirectory(prefix="noroshi-readers-")
atexit.register(_rooms.cleanup)


def room():
    """A new folder that goes when the suite ends."""
    return Path(tempfile.mkdtemp(dir=_rooms.name))


def demo():
    """A copy of the demo's content, free to be changed."""
    root = room()
    shutil.copytree(REPOSITORY / "content", root / "content")
    return root


def build(root, out, as_of, *options):
    """Builds a site and answers with its manifest."""
    command = [PROGRAM, "build", "--root", root, "--out", out, "--as-of", as_of, *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"noroshi: exit {done.returncode}\n{done.stderr[-4000:]}")
    return json.loads((out / "manifest.json").read_text())


def next_change(root, as_of):
    """When the content says something new after an instant. The manifest tells only what readers may know."""
    command = [PROGRAM, "next", "--root", root, "--as-of", as_of, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return datetime.fromisoformat(json.loads(done.stdout)["next_change"])


def change(file, old, new):
    """Puts `new` in the place of `old`, which must be there once."""
    text = file.read_text()
    assert text.count(old) == 1, f"{file}: {text.count(old)} times {old!r}"
    file.write_text(text.replace(old, new))


@functools.cache
def _demo_root():
    return demo()


@functools.cache
def site(as_of):
    """The demo at an instant, built once."""
    out = room() / "site"
    build(_demo_root(), out, as_of)
    return out


@functools.cache
def site_with_hub():
    """The demo with a hub and a public report."""
    root, out = demo(), room() / "site"
    change(root / "content/site.yaml", "feeds: {items: 50}", f'feeds: {{items: 50, hub: "{HUB}"}}\nreport: public')
    build(root, out, BUSY)
    return out


def yaml_text(text):
    """A text as YAML has it in double quotes; what YAML would take as a line break is escaped."""
    escaped = json.dumps(text, ensure_ascii=False)
    special = {c for c in escaped if unicodedata.category(c) in ("Cc", "Cn", "Zl", "Zp") and c < "\U00010000"}
    for c in special:
        escaped = escaped.replace(c, f"\\u{ord(c):04x}")
    return escaped


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """Serves a folder on a free port of the loopback; hands out the origin."""
    handler = functools.partial(_Handler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
