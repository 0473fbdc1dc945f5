"""What people write is of the shape that editors are told, and the editors see what the parser refuses."""

import copy
import functools
import json
import re
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jsonschema import Draft202012Validator

from support import HERE, PROGRAM, REPOSITORY, room

#: Folders of `content/`, and the schema of their entries.
FOLDERS = {"incidents": "incident", "maintenance": "maintenance", "notices": "notice", "faq": "faq", "pages": "page"}
KINDS = ["site", *FOLDERS.values(), "translation"]

#: What the parser says of what has the wrong form, whatever the site is.
FORM = {
    "entry/unknown-key", "entry/wrong-type", "entry/unknown-word", "entry/missing-key", "entry/empty",
    "entry/bad-alias", "entry/bad-api-id", "link/not-allowed", "site/bad-code", "site/bad-id", "site/bad-locale",
    "site/bad-url", "site/out-of-range", "site/unknown-demand", "site/unknown-kind", "site/unknown-timezone", "time/invalid",
    "time/invalid-duration", "text/missing-first-locale",
}


def run(*command, **options):
    return subprocess.run([PROGRAM, *command], capture_output=True, text=True, **options)


@functools.cache
def validator(kind, root=None):
    done = run("--root", root or room(), "schema", kind)
    assert done.returncode == 0, done.stderr
    schema = json.loads(done.stdout)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(kind, value, root=None):
    return [f"{error.json_path}: {error.message[:300]}" for error in validator(kind, root).iter_errors(value)]


def kind_of(name):
    """The kind of a file of a site, by its name from the root."""
    if name == "content/site.yaml":
        return "site"
    return "translation" if re.search(r"\.[a-z]{2}\.md$", name) else FOLDERS[name.split("/")[1]]


def read(texts):
    """By name: the kind of a file of a site, and what its YAML says."""
    fronts = [
        text if name.endswith(".yaml") else text.split("\n---\n")[0].removeprefix("---\n")
        for name, text in texts.items()
    ]
    command = ["node", HERE / "yaml.mjs"]
    done = subprocess.run(command, input=json.dumps(fronts), capture_output=True, text=True, check=True)
    return {name: (kind_of(name), value) for name, value in zip(texts, json.loads(done.stdout))}


def files(root):
    """Everything of a site that has a schema."""
    for file in sorted((root / "content").rglob("*")):
        name = str(file.relative_to(root))
        if file.is_file() and (name == "content/site.yaml" or name.split("/")[1] in FOLDERS):
            yield name, file.read_text()


def examples():
    """The examples of docs/format.md that have a name."""
    text = (REPOSITORY / "docs/format.md").read_text()
    for name, inside in re.findall(r"^```\w+ (content/\S+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield name, inside


@functools.cache
def starter():
    root = room()
    assert run("init", root).returncode == 0
    return root


@functools.cache
def example_site():
    """A root that holds site.yaml of docs/format.md, and no entry."""
    root = room()
    (root / "content").mkdir()
    (root / "content/site.yaml").write_text(dict(examples())["content/site.yaml"])
    return root


def yaml_of(value):
    """A mapping as YAML: JSON is a part of it."""
    return "".join(f"{json.dumps(key)}: {json.dumps(inner, ensure_ascii=False)}\n" for key, inner in value.items())


def refused(kind, value, site):
    """What the parser says of the form of it."""
    root = room()
    (root / "content").mkdir()
    config, entry = site, None
    if kind == "site":
        config = yaml_of(value)
    else:
        [folder] = (folder for folder, known in FOLDERS.items() if known == kind)
        entry = root / "content" / folder / "a.md"
        entry.parent.mkdir()
        entry.write_text(f"---\n{yaml_of(value)}---\nWords.\n")
    (root / "content/site.yaml").write_text(config)
    done = run("check", "--root", root, "--format", "json", "--as-of", "2026-11-20T12:00:00Z")
    assert done.returncode in (0, 1), done.stderr
    told = (json.loads(line) for line in done.stdout.splitlines())
    of_form = [d for d in told if d["severity"] == "error" and d["code"] in FORM]
    return [f"{d['code']}: {d['message']}" for d in of_form]


def places(value, path=()):
    """The path of every value below a mapping."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def holder(value, path):
    for key in path[:-1]:
        value = value[key]
    return value


#: Stands at places where no such value may be.
ODD = {"a mapping": {"§": "§"}, "a list of lists": [["§"]], "a word": "§", "nothing": None, "an empty text": " "}

#: Keys whose mapping is the team's own: any value may stand there.
OWN = {"internal", "reviewed_by", "fields"}
#: Where words are those that a site defines: the schema suggests them, and refuses none.
SITES = {"kind", "category", "kinds", "faq"}
#: Where keys are kinds of maintenance, of which a site has its own.
BY_KIND = {"notice_before", "close_after", "evaluation_within", "reviewers", "require"}
LOCALES = {"ja", "en"}


def is_the_sites(path, what):
    """Whether only the site can tell that an oddity at this path is one."""
    key = path[-1]
    return (
        # Which locale is the first, and which there are.
        (key in LOCALES and what in ("nothing", "another key"))
        or (what == "a word" and path[0] in SITES and key in ("kind", "category", "id"))
        or (what == "another key" and len(path) == 3 and path[1] in BY_KIND)
        # Without its components, a group is a component.
        or (what == "nothing" and len(path) == 3 and key == "components")
    )


def spoilt(value):
    """Copies of a mapping that each have one oddity, with words for it."""
    seen = set()
    for path in places(value):
        # The second item of a list says nothing that the first does not.
        shape = tuple(0 if isinstance(part, int) else part for part in path)
        if shape in seen or OWN & set(path[:1]) or OWN & set(path[1:-1]):
            continue
        seen.add(shape)
        key = path[-1]
        for what, odd in ODD.items():
            if is_the_sites(path, what):
                continue
            changed = copy.deepcopy(value)
            holder(changed, path)[key] = odd
            yield f"{what} at {path}", changed
        if isinstance(key, str) and not is_the_sites(path, "another key"):
            changed = copy.deepcopy(value)
            inside = holder(changed, path)
            inside[f"{key}_"] = inside.pop(key)
            yield f"another key at {path}", changed


class Editors(unittest.TestCase):
    maxDiff = None

    def test_all_that_is_written_is_of_its_shape(self):
        sites = [REPOSITORY, starter(), REPOSITORY / "tests/suite/fixtures/small"]
        written = [("docs/format.md", example_site(), dict(examples()))]
        written += [(str(root), root, dict(files(root))) for root in sites]
        count = 0
        for where, root, texts in written:
            for name, (kind, value) in read(texts).items():
                for site in (None, root):
                    with self.subTest(where=where, name=name, narrowed=site is not None):
                        self.assertEqual(faults(kind, value, site), [])
                        count += 1
        self.assertGreater(count, 200)

    def test_what_the_parser_refuses_is_refused_and_nothing_else(self):
        site = dict(examples())["content/site.yaml"]
        demo = {"content/site.yaml": (REPOSITORY / "content/site.yaml").read_text()}
        documents = [*read(dict(examples())).values(), *read(demo).values()]
        tried = {}
        for kind, value in documents:
            for what, changed in spoilt(value):
                tried.setdefault((kind, re.sub(r"\d+", "0", what)), (kind, what, changed))
        self.assertGreater(len(tried), 500)
        with ThreadPoolExecutor() as several:
            told = several.map(lambda case: refused(case[0], case[2], site), tried.values())
            for (kind, what, changed), parser in zip(tried.values(), told):
                with self.subTest(kind=kind, what=what):
                    schema = faults(kind, changed)
                    self.assertEqual(bool(parser), bool(schema), f"parser: {parser}, schema: {schema}")

    def test_words_of_every_language_are_known_and_slips_are_seen(self):
        incident = {"title": "t", "affects": [], "started": "2026-11-20 10:15"}
        for severity in ("minor", "重大", "Critical", "ＭＩＮＯＲ", "crítico", "kritisch", "심각"):
            if not refused("incident", {**incident, "severity": severity}, dict(examples())["content/site.yaml"]):
                self.assertEqual(faults("incident", {**incident, "severity": severity}), [], severity)
        for time in ("2026-11-20T10:15:30Z", "2026/11/20 10:15", "2026年11月20日 10時15分", "２０２６-11-20　１０：１５",
                     "2026-11-20 10:15 +09:00", "2026-11-20T10:15:00.000Z", "2026-11-20 16:21頃", "about 2026-11-20 16:21",
                     "2026-11-20", "2026-11-20 午前", "unknown", "不明"):
            self.assertEqual(faults("incident", {**incident, "severity": "minor", "started": time}), [], time)
        for key, slip in {"severity": "crtical", "started": "soon", "publish_at": "2026-11-20", "sevrity": "minor", "draft": "maybe"}.items():
            self.assertNotEqual(faults("incident", {"severity": "minor", **incident, key: slip}), [], key)

    def test_a_language_server_reads_the_line_and_suggests_and_underlines(self):
        line = "# yaml-language-server: $schema=../../schemas/incident.json\n"
        incident = "title: t\nseverity: {}\naffects: [{}]\nstarted: 2026-11-20 10:15\n"
        site = (starter() / "content/site.yaml").read_text()
        files = {
            "content/site.yaml": {"text": site},
            "content/incidents/japanese.yaml": {"text": line + incident.format("重大", "checkout")},
            "content/incidents/severity.yaml": {"text": line + incident.format("", "api"), "at": [2, 10]},
            "content/incidents/component.yaml": {"text": line + incident.format("minor", ""), "at": [3, 10]},
            "content/incidents/slips.yaml": {"text": line + incident.format("minor", "api") + "publish_at: 2026-11\nscop: x\n"},
        }
        told = subprocess.run(
            ["node", HERE / "server.mjs"], input=json.dumps({"root": str(starter()), "files": files}),
            capture_output=True, text=True, timeout=120,
        )
        self.assertEqual(told.returncode, 0, told.stderr)
        shown = {name.split("/")[-1].split(".")[0]: inner for name, inner in json.loads(told.stdout).items()}
        self.assertEqual(shown["site"]["messages"], [])
        self.assertEqual(shown["japanese"]["messages"], [])
        self.assertEqual(shown["severity"]["suggested"], ["minor", "moderate", "critical"])
        suggested = {word for word in shown["component"]["suggested"] if not word.startswith("- (array item)")}
        self.assertEqual(suggested, {"api", "checkout", "orders", "shipping", "website"})
        slips = "\n".join(shown["slips"]["messages"])
        self.assertIn("write it as `2026-11-20 10:15`", slips)
        self.assertIn("scop", slips)

    def test_the_site_adds_its_own_words(self):
        text = run("--root", example_site(), "schema", "incident").stdout
        for word in ("btc.trade", "login", "funds", "checking"):
            self.assertIn(f'"{word}"', text)
        self.assertIn('"bank"', run("--root", example_site(), "schema", "maintenance").stdout)

    def test_a_new_site_names_the_schemas_that_it_has(self):
        root = starter()
        named = 0
        for file in sorted(Path(root, "content").rglob("*")):
            found = re.search(r"^# yaml-language-server: \$schema=(\S+)$", file.read_text(), re.M) if file.is_file() else None
            if found:
                schema = (file.parent / found[1]).resolve()
                self.assertEqual(json.loads(schema.read_text())["$schema"], "https://json-schema.org/draft/2020-12/schema")
                named += 1
        self.assertGreaterEqual(named, 9)
        for kind in KINDS:
            text = run("--root", root, "schema", kind).stdout
            self.assertEqual(json.loads(Path(root, f"schemas/{kind}.json").read_text()), json.loads(text))
