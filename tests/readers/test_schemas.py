"""Every JSON file is of the shape that src/output/api/schemas says, and the schemas see what is not."""

import copy
import functools
import hashlib
import json
import subprocess
import unittest

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from support import (
    BUSY,
    HERE,
    INSTANTS,
    NIGHT,
    PROGRAM,
    QUIET,
    REPOSITORY,
    URL,
    WORK,
    build,
    change,
    demo,
    room,
    site,
    site_with_hub,
)

SCHEMAS = REPOSITORY / "src/output/api/schemas"
REGISTRY = Registry().with_resources(
    (file.name, Resource.from_contents(json.loads(file.read_text()))) for file in SCHEMAS.glob("*.json")
)

#: Which files are of which shape; of several, the first that fits.
SHAPES = {
    "api/v2/summary.json": "summary",
    "api/v2/status.json": "status",
    "api/v2/components.json": "components",
    "api/v2/incidents.json": "incidents",
    "api/v2/incidents/unresolved.json": "incidents",
    "api/v2/incidents/*.json": "incident",
    "api/v2/scheduled-maintenances.json": "scheduled-maintenances",
    "api/v2/scheduled-maintenances/upcoming.json": "scheduled-maintenances",
    "api/v2/scheduled-maintenances/active.json": "scheduled-maintenances",
    "api/now.json": "now",
    "api/schedule.json": "schedule",
    "api/incidents/*.json": "promises",
    "**/report/*.json": "public-report",
    "api/components.json": "component-list",
    "api/uptime.json": "uptime",
    "api/uptime/*.json": "component-uptime",
    "manifest.json": "manifest",
    "manifest/*.json": "manifest-part",
    "**/feed.json": "feed",
    "**/embed/banner.json": "banner",
}

# The status API of the other language.
SHAPES |= {f"en/{file}": shape for file, shape in SHAPES.items() if file.startswith("api/v2/")}

#: What may be left out.
OPTIONAL = {
    ("feed", "description"),
    ("feed", "hubs"),
    ("manifest-part", "entries", "*", "page"),
    ("manifest-part", "entries", "*", "open"),
}
#: Where names are data: any may be missing.
MAPS = {
    ("now", "title"),
    ("now", "components", "name"),
    ("now", "components", "codes"),
    *(("now", kind, text) for kind in ("incidents", "maintenance") for text in ("title", "scope", "workaround", "advice")),
    ("now", "maintenance", "windows", "phases", "advice"),
    ("schedule", "schedule", "advice"),
    ("component-list", "title"),
    ("component-list", "components", "name"),
    ("component-list", "components", "codes"),
    ("component-list", "groups", "name"),
    ("component-list", "groups", "rows", "name"),
    ("component-list", "groups", "columns", "name"),
    ("uptime", "title"),
    ("uptime", "formula"),
    ("uptime", "components", "name"),
    ("component-uptime", "name"),
    ("manifest", "parts"),
    ("manifest-part", "files"),
    ("manifest-part", "entries"),
    ("report", "totals", "maintenance"),
    ("report", "totals", "late"),
    ("public-report", "totals", "maintenance"),
}
#: Numbers that may have a fraction.
FRACTIONS = {
    *((report, "totals", "uptime", "percent") for report in ("report", "public-report")),
    ("uptime", "components", "percent"),
    ("uptime", "components", "lost"),
    ("component-uptime", "percent"),
    ("component-uptime", "lost"),
    ("component-uptime", "days", "lost"),
    *(
        ("uptime", "weights", status)
        for status in ("operational", "degraded_performance", "under_maintenance", "partial_outage", "major_outage")
    ),
}


@functools.cache
def validator(shape):
    contents = REGISTRY.contents(f"{shape}.json")
    Draft202012Validator.check_schema(contents)
    return Draft202012Validator(contents, registry=REGISTRY)


def faults(shape, value):
    return [f"{error.json_path}: {error.message[:300]}" for error in validator(shape).iter_errors(value)]


def files(root):
    """Every JSON file of a site with its shape."""
    found = {}
    for pattern, shape in SHAPES.items():
        for file in root.glob(pattern):
            found.setdefault(file, shape)
    return found


def inside(value, place=()):
    """Every object within a value with the names that lead to it; items of a list have no names."""
    if isinstance(value, dict):
        yield place, value
        for name, inner in value.items():
            yield from inside(inner, (*place, name))
    elif isinstance(value, list):
        for inner in value:
            yield from inside(inner, place)


def spoilt(shape, value):
    """Copies of a value that each have one fault, with words for it: for each object the first of its kind."""
    seen = set()
    copied = copy.deepcopy(value)
    for place, target in inside(copied):
        if (shape, *place) in MAPS:
            continue
        where = (shape, *place[:-1], "*") if (shape, *place[:-1]) in MAPS else (shape, *place)
        kind = (where, tuple(target))
        if kind in seen:
            continue
        seen.add(kind)
        for name in list(target):
            kept = target.pop(name)
            told = ".".join((*place, name))
            if (*where, name) not in OPTIONAL:
                yield f"without {told}", copied
            target[f"{name}_"] = kept
            yield f"{told} by another name", copied
            del target[f"{name}_"]
            # True and 1 are equal in Python, and no file of ours has such a number in both meanings.
            target[name] = 0.5
            if (*where, name) not in FRACTIONS:
                yield f"{told} of another type", copied
            target[name] = kept
        target["surplus"] = None
        yield f"more in {'.'.join(place) or 'the whole'}", copied
        del target["surplus"]


def report(root, first="2026-08-01", last="2026-12-31"):
    """The record of a period, as it was known on a busy day."""
    command = [PROGRAM, "report", "--root", root, "--from", first, "--to", last, "--as-of", BUSY, "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def demo_with_faults():
    """The demo with something late and something withdrawn, so that every part of a report has something in it."""
    root = demo()
    change(root / "content/site.yaml", "first_update_within: {critical: 10m, moderate: 30m}", "first_update_within: {moderate: 1m}")
    change(root / "content/site.yaml", "notice_before: {regular: 3d, update: 7d, server: 7d}", "notice_before: {regular: 60d}")
    entry = "---\ntitle: t\nkind: regular\naffects: []\nwindow: {start: 2026-11-01 02:00, end: 2026-11-01 03:00}\npublish_at: 2026-10-31 02:00\n"
    update = "---\nx\n\n## update 2026-10-31 12:00\nnext_update: 2026-10-31 13:00\n\nx\n\n## update 2026-10-31 14:00\n\nx\n"
    withdrawn = "withdrawn: {at: 2026-11-02 12:00, reason: x}\n"
    (root / "content/maintenance/late.md").write_text(entry + withdrawn + update)
    incident = "---\ntitle: t\nseverity: minor\naffects: []\nstarted: 2026-11-01 02:00\n"
    (root / "content/incidents/gone.md").write_text(incident + withdrawn + "---\nx\n\n## update 2026-11-01 12:00\n\nx\n")
    return root


class Schemas(unittest.TestCase):
    maxDiff = None

    def test_every_json_file_is_of_its_shape(self):
        for root in [*(site(at) for at in INSTANTS), site_with_hub()]:
            for file, shape in files(root).items():
                with self.subTest(root=root, file=str(file.relative_to(root))):
                    self.assertEqual(faults(shape, json.loads(file.read_text())), [])

    def test_no_json_file_is_without_a_shape(self):
        for at in INSTANTS:
            # test_api.py holds the description against its own standard.
            all_files = {str(f) for f in site(at).rglob("*.json")} - {str(site(at) / "api/openapi.json")}
            self.assertEqual(all_files, {str(f) for f in files(site(at))})

    def test_every_event_is_of_its_shape_and_stands_in_the_feeds_that_it_names(self):
        root, out, file = demo(), room() / "site", room() / "events"
        told = []
        for at in (QUIET, WORK, BUSY, NIGHT):
            build(root, out, at, "--events", file)
            events = [json.loads(line) for line in file.read_text().splitlines()]
            told.extend(event["id"] for event in events)
            for event in events:
                with self.subTest(at=at, event=event["title"]):
                    self.assertEqual(faults("event", event), [])
                    held = {
                        f"{URL}{feed.relative_to(out)}"
                        for kind in ("xml", "atom", "json")
                        for feed in out.rglob(f"feed.{kind}")
                        if event["id"] in self.text(feed, at)
                    }
                    self.assertEqual(set(event["feeds"]), held)
        self.assertEqual(len(told), len(set(told)))
        build(root, out, NIGHT, "--events", file)
        self.assertEqual(file.read_text(), "")

    @functools.cache
    def text(self, file, _at):
        return file.read_text()

    def test_every_report_is_of_its_shape(self):
        for root in (demo(), demo_with_faults()):
            for days in (("2026-08-01", "2026-12-31"), ("2026-11-20", "2026-11-20"), ("2027-01-01", "2027-01-31")):
                with self.subTest(days=days):
                    self.assertEqual(faults("report", report(root, *days)), [])

    def test_a_manifest_lists_every_file_with_its_size(self):
        for at in INSTANTS:
            root = site(at)
            parts = json.loads((root / "manifest.json").read_text())["parts"]
            listed = dict(parts)
            for path, entry in parts.items():
                part = json.loads((root / path).read_text())
                [kind] = {"told", "entries", "files"} & set(part)
                self.assertEqual(part.get("rank", kind), entry["holds"])
                listed.update(part.get("files", {}))
            found = {str(f.relative_to(root)): f for f in root.rglob("*") if f.is_file()}
            found.pop("manifest.json")
            self.assertEqual(set(listed), set(found))
            for path, file in found.items():
                told = {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "size": file.stat().st_size}
                self.assertEqual({name: listed[path][name] for name in told}, told, path)
                self.assertTrue(path not in parts or path == f"manifest/{told['sha256'][:16]}.json", path)

    def test_what_is_left_out_renamed_retyped_or_added_is_seen(self):
        tried = set()
        for root in (site(BUSY), site_with_hub()):
            for file, shape in files(root).items():
                if shape in tried and root == site(BUSY):
                    continue
                tried.add(shape)
                self.is_seen(shape, json.loads(file.read_text()))
        root, file = demo(), room() / "events"
        build(root, room() / "site", BUSY, "--events", file)
        self.is_seen("event", json.loads(file.read_text().splitlines()[-1]))
        self.is_seen("report", report(demo_with_faults()))
        known = {file.stem for file in SCHEMAS.glob("*.json")} - {"api", "common"}
        self.assertEqual(tried | {"event", "report"}, known)

    def is_seen(self, shape, value):
        self.assertEqual(faults(shape, value), [])
        # A long list says nothing that its first items do not.
        if isinstance(value.get("items"), list):
            value["items"] = value["items"][:3]
        if isinstance(value.get("files"), dict):
            value["files"] = dict(list(value["files"].items())[:2])
        for what, spoiled in spoilt(shape, value):
            self.assertFalse(validator(shape).is_valid(spoiled), f"{shape}: {what}")

    def test_what_may_not_be_null_is_seen_and_what_may_is_not(self):
        work = json.loads((site(BUSY) / "api/v2/scheduled-maintenances/active.json").read_text())
        [entry] = work["scheduled_maintenances"]
        self.assertIsNone(entry["scheduled_until"])
        for name in entry:
            spoiled = copy.deepcopy(work)
            spoiled["scheduled_maintenances"][0][name] = None
            nullable = name in ("monitoring_at", "resolved_at", "scheduled_until")
            self.assertEqual(validator("scheduled-maintenances").is_valid(spoiled), nullable, name)

    def test_a_state_that_does_not_go_with_its_times_is_seen(self):
        value = json.loads((site(BUSY) / "api/v2/incidents/unresolved.json").read_text())
        value["incidents"][0]["resolved_at"] = value["incidents"][0]["created_at"]
        self.assertNotEqual(faults("incidents", value), [])
        value["incidents"][0]["status"] = "resolved"
        self.assertEqual(faults("incidents", value), [])
        value["incidents"][0]["status"] = "scheduled"
        self.assertNotEqual(faults("incidents", value), [])
