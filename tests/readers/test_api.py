"""Programs find the data by what the site says of itself, and clients made from its description read every file."""

import json
import re
import subprocess
import sys
import unittest
from html.parser import HTMLParser
from urllib.parse import urljoin

import feedparser
from icalendar import Calendar
from openapi_spec_validator import validate

from support import BUSY, HERE, INSTANTS, NIGHT, URL, room, site

#: The files of the description that the demo has, with their parameters filled in.
COMPONENT = "btc.trade"


class Links(HTMLParser):
    """The links in the head of a page, as a browser finds them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "link":
            self.found.append(dict(attrs))


def links(file):
    parser = Links()
    parser.feed(file.read_text())
    return parser.found


def description(as_of):
    return json.loads((site(as_of) / "api/openapi.json").read_text())


def served(as_of):
    """Every file that the description names: its operation, its schema and its path."""
    root, paths = site(as_of), description(as_of)["paths"]
    for path, item in paths.items():
        pattern = re.sub(r"\{[a-z]+\}", "*", path.lstrip("/"))
        content = item["get"]["responses"]["200"]["content"]
        (schema,) = (kind["schema"]["$ref"].rsplit("/", 1)[1] for kind in content.values())
        for file in sorted(root.glob(pattern)):
            # `unresolved.json` lies among the incidents, and is described by itself.
            if "{" in path and f"/{file.relative_to(root)}" in paths:
                continue
            yield item["get"]["operationId"], schema, file


class Api(unittest.TestCase):
    def test_the_description_is_valid_and_describes_every_json_file_of_the_api(self):
        for as_of in INSTANTS:
            validate(description(as_of))
            named = {file for _, _, file in served(as_of)} | {site(as_of) / "api/openapi.json"}
            self.assertEqual({file for file in (site(as_of) / "api").rglob("*.json")} - named, set())

    def test_a_program_finds_the_data_from_the_home_page(self):
        root = site(BUSY)
        for folder in ("", "en/"):
            by_kind = {}
            for link in links(root / folder / "index.html"):
                by_kind.setdefault((link["rel"], link.get("type")), link["href"])
            for kind in ("application/rss+xml", "application/atom+xml"):
                file = root / folder / by_kind["alternate", kind]
                self.assertGreater(len(feedparser.parse(file.read_bytes()).entries), 5, kind)
            feed = json.loads((root / folder / by_kind["alternate", "application/feed+json"]).read_text())
            self.assertIn("jsonfeed.org", feed["version"])
            calendar = Calendar.from_ical((root / folder / by_kind["alternate", "text/calendar"]).read_bytes())
            self.assertTrue(calendar.walk("VEVENT"))
            self.assertTrue((root / folder / by_kind["alternate", "text/markdown"]).read_text().startswith("# "))
            status = json.loads((root / folder / by_kind["status", None]).read_text())
            self.assertIn("components", status)

    def test_a_program_finds_the_data_from_the_catalogue(self):
        root = site(BUSY)
        sets = json.loads((root / ".well-known/api-catalog").read_text())["linkset"]
        # RFC 9264, section 4.2: an anchor, and lists of targets by relation.
        for context in sets:
            relations = {name: value for name, value in context.items() if name != "anchor"}
            self.assertTrue(context["anchor"].startswith(URL))
            for targets in relations.values():
                for target in targets:
                    self.assertEqual(urljoin(context["anchor"], target["href"]), target["href"])
        (item,) = sets[0]["item"]
        (api,) = (context for context in sets if context["anchor"] == item["href"])
        for relation in ("service-desc", "status"):
            for target in api[relation]:
                json.loads((root / target["href"].removeprefix(URL)).read_text())
        for target in api["service-doc"]:
            self.assertIn("<h1", (root / target["href"].removeprefix(URL) / "index.html").read_text())

    def test_a_client_generated_in_python_reads_every_file(self):
        out = room() / "client"
        document = site(BUSY) / "api/openapi.json"
        command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", document,
                   "--output-path", out, "--meta", "none"]
        subprocess.run(command, check=True, capture_output=True, text=True)
        program = """
import json, sys
sys.path.insert(0, sys.argv[1])
from client import models
for line in sys.stdin:
    schema, file = json.loads(line)
    value = json.load(open(file))
    again = getattr(models, schema).from_dict(value).to_dict()
    assert set(value) <= set(again), (file, set(value) - set(again))
    print(file)
# What a bot asks: which markets accept orders, and when does that change?
now = models.Now.from_dict(json.load(open(sys.argv[2])))
for component in now.components:
    for turn in component.turns:
        print(component.id, turn.from_.isoformat() if hasattr(turn.from_, "isoformat") else turn.from_, turn.status)
"""
        for as_of in (BUSY, NIGHT):
            files = [(schema, str(file)) for _, schema, file in served(as_of)]
            done = subprocess.run(
                [sys.executable, "-c", program, out.parent, site(as_of) / "api/now.json"],
                input="\n".join(json.dumps(line) for line in files), capture_output=True, text=True,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.splitlines()[: len(files)], [file for _, file in files])
            self.assertIn(f"{COMPONENT} ", done.stdout)

    def test_a_client_generated_in_typescript_compiles_and_reads_the_state(self):
        out = room()
        tools = HERE / "node_modules/.bin"
        subprocess.run([tools / "openapi-typescript", site(BUSY) / "api/openapi.json", "-o", out / "api.d.ts"],
                       check=True, capture_output=True)
        (out / "bot.ts").write_text("""
import type { components } from "./api";
type Now = components["schemas"]["Now"];
declare const process: { argv: string[] };
declare const console: { log(line: string): void };
export function mayTrade(now: Now, id: string, at: string): boolean {
  const turns = now.components.find((component) => component.id === id)?.turns ?? [];
  const turn = turns.filter((turn) => turn.from <= at).at(-1);
  return turn !== undefined && turn.status === "operational" && turn.mode === null;
}
export function coming(now: Now): string[] {
  return now.maintenance.flatMap((work) => work.windows.map((window) => `${work.id} ${window.start} ${window.cancel_before ?? "-"}`));
}
""")
        subprocess.run(
            [tools / "tsc", "--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler",
             "--outDir", out, out / "bot.ts"], check=True, capture_output=True)
        (out / "package.json").write_text('{"type": "module"}')
        (out / "run.js").write_text("""
import { readFileSync } from "node:fs";
import { coming, mayTrade } from "./bot.js";
const now = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify([mayTrade(now, "btc.trade", now.as_of), mayTrade(now, "web", now.as_of), coming(now)]));
""")
        done = subprocess.run(["node", out / "run.js", site(BUSY) / "api/now.json"], capture_output=True, text=True, check=True)
        trades, browses, coming = json.loads(done.stdout)
        self.assertEqual((trades, browses), (False, True))
        self.assertIn("2026-12-08-order-update 2026-12-07T16:00:00Z 2026-12-07T16:00:00Z", coming)
