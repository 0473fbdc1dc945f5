"""Text that breaks programs: every format can still be read, and says what was written."""

import json
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

import exporter
import feeds
import test_calendar
import test_clients
import test_schemas
from support import HERE, build, room, served, yaml_text

AT = "2026-11-20T12:00:00+09:00"
URL = "https://status.example.com/"

#: By a name that is safe. None looks like HTML to a reader that guesses; MARKUP does.
TEXTS = {
    "quotes": "\"double\" 'single' `back` “curly” «guillemets» back\\slash \\n \\\\",
    "cdata": "]]> and <![CDATA[ within ]]> -->",
    "ampersand": "AT&T & R&D &",
    "script": "<script>alert('x')</script> </script> <!--",
    "calendar": "a; b, c: d \\, \\; END:VEVENT BEGIN:VALARM",
    "yaml": "- {a: b} # c: *d &e !f | > % @ ?",
    "emoji": "🔥 🚨 ❤️ 1️⃣ 🇯🇵 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🤷🏽‍♀️",
    "forbidden": "one\u0001two\u000bthree\u000cfour\u001bfive\ufffesix\uffffseven",
    "breaks": "next\u0085line\u2028line\u2029paragraph",
    "rightwards": "שלום \u202eabc\u202c \u2067مرحبا\u2069 \u200f(1)\u200e",
    "combining": "e\u0301 か\u3099 Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324 x",
    "blanks": "no\u00a0break ideographic\u3000space zero\u200bwidth\ufeffmark",
    "astral": "𝒳 𠮷野家 \U0001f9ff \U0010fffd",
    # As long as a title may be (docs/limits.md).
    "long": "長い題" + "あ亜a🙂" * 370 + "終わり",
}
MARKUP = {
    "tags": "<b>bold</b> <img src=x onerror=alert(1)> <a href='javascript:x'>y</a>",
    "entities": "&amp; &lt;i&gt; &#65; &nbsp; &nothing;",
}

XML_FORBIDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def published(text):
    return XML_FORBIDS.sub("\ufffd", text)


def as_feedparser_reads(text):
    """It takes this control character for the one that Windows has in its place."""
    return text.replace("\u0085", "…")


def write(root):
    content = root / "content"
    for kind in ("incidents", "maintenance", "notices"):
        (content / kind).mkdir(parents=True)
    texts = TEXTS | MARKUP
    components = "".join(f"  - {{id: {id}, name: {yaml_text(text)}}}\n" for id, text in texts.items())
    (content / "site.yaml").write_text(
        f"title: {yaml_text(TEXTS['script'])}\n"
        f"description: {yaml_text(TEXTS['cdata'] + TEXTS['forbidden'])}\n"
        f"publisher: {{name: {yaml_text(TEXTS['rightwards'] + TEXTS['ampersand'])}}}\n"
        f"url: {URL}\n"
        "timezone: Asia/Tokyo\nlocales: [en]\n"
        f"kinds: [{{id: own, name: {yaml_text('Kind: ' + TEXTS['quotes'])}}}]\n"
        f"components:\n{components}"
    )
    for id, text in texts.items():
        title = f"title: {yaml_text(text)}\n"
        # Between words, so that none begins a list or a heading; a comment that never ends is an error.
        inline = text.replace("<!--", "<! --")
        words = f"Words {inline} words.\n\n> {inline}\n\n`{inline}`\n"
        head = f"---\n{title}severity: minor\naffects: [{id}]\nstarted: 2026-11-20 10:00\n---\n{words}\n"
        incident = f"## investigating 2026-11-20 10:10\n\n{words}\n## update 2026-11-20 10:20\n\n"
        (content / f"incidents/{id}.md").write_text(head + incident + words)
        head = f"---\n{title}kind: own\naffects: [{id}]\nscope: {yaml_text(inline)}\n"
        head += "window: {start: 2026-11-21 02:00, end: 2026-11-21 05:00}\n---\n"
        (content / f"maintenance/{id}.md").write_text(
            f"{head}{words}\n## scheduled 2026-11-19 12:00\n\n{words}"
        )
        (content / f"notices/{id}.md").write_text(
            f"---\n{title}level: warning\npinned: true\npublish_at: 2026-11-20 09:00\n---\n{words}"
        )


class Hostile(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        root, cls.out = room(), room() / "site"
        write(root)
        build(root, cls.out, AT)
        cls.titles = {id: published(text) for id, text in (TEXTS | MARKUP).items()}

    def wanted(self):
        """Title and link of every item."""
        for id, title in self.titles.items():
            yield f"[Update] {title}", f"{URL}incidents/{id}/#update-20261120T012000Z"
            yield f"[Investigating] {title}", f"{URL}incidents/{id}/#investigating-20261120T011000Z"
            yield f"[Notice] {title}", f"{URL}notices/{id}/"
            yield f"[Scheduled] {title}", f"{URL}maintenance/{id}/#scheduled-20261119T030000Z"

    def same(self, told, wanted):
        """As lists of pairs; says which differ and not ten thousand characters."""
        short = lambda pairs: sorted((title[:120], link) for title, link in pairs)
        told, wanted = set(told), set(wanted)
        self.assertEqual(short(told - wanted), short(wanted - told))

    def test_every_title_is_the_same_in_three_formats(self):
        rss = ElementTree.parse(self.out / "feed.xml").getroot()
        self.same(((i.findtext("title"), i.findtext("link")) for i in rss.iter("item")), self.newest())
        atom = ElementTree.parse(self.out / "feed.atom").getroot()
        name = "{http://www.w3.org/2005/Atom}"
        told = ((e.findtext(f"{name}title"), e.find(f"{name}link").get("href")) for e in atom.iter(f"{name}entry"))
        self.same(told, self.newest())
        plain = json.loads((self.out / "feed.json").read_text())
        self.same(((i["title"], i["url"]) for i in plain["items"]), self.newest())

    def newest(self):
        """The fifty that the feed of the site has."""
        plain = json.loads((self.out / "feed.json").read_text())
        links = {item["url"] for item in plain["items"]}
        self.assertEqual(len(links), 50)
        return [(title, link) for title, link in self.wanted() if link in links]

    def test_a_feed_reader_reads_every_title(self):
        for id, title in self.titles.items():
            for kind in feeds.FORMATS:
                told = [i.title for i in feeds.read(self.out / f"components/{id}/feed.{kind}").items]
                wanted = [f"[{label}] {title}" for label in ("Update", "Investigating", "Scheduled")]
                with self.subTest(id=id, kind=kind):
                    if id in MARKUP and kind == "xml":
                        # RSS does not say whether a title is text or HTML, so a reader may take it for HTML.
                        self.assertEqual(len(told), len(wanted))
                        continue
                    if kind != "json":
                        wanted = [as_feedparser_reads(title) for title in wanted]
                    self.assertEqual([t[:300] for t in told], [w[:300] for w in wanted])
                    self.assertTrue(told == wanted)

    def test_a_feed_reader_reads_the_same_words_in_three_formats(self):
        for id in self.titles:
            rss, atom, plain = (feeds.read(self.out / f"components/{id}/feed.{kind}") for kind in feeds.FORMATS)
            with self.subTest(id=id):
                self.assertTrue(list(self.told(rss)) == list(self.told(atom)))
                self.assertTrue(list(self.told(atom)) == list(self.told(plain)))
                self.assertTrue(all("words." in item.content for item in rss.items))

    def told(self, feed):
        for item in feed.items:
            categories = [as_feedparser_reads(name) for name in item.categories]
            yield item.id, item.link, item.time, categories, feeds.words(item.content)

    def test_nothing_that_runs_stands_in_an_item(self):
        for id in self.titles:
            for item in json.loads((self.out / f"components/{id}/feed.json").read_text())["items"]:
                self.assertNotRegex(item["content_html"], r"(?i)<script|<img|<[a-z][^>]*\son\w+=|javascript:x\"")

    def test_every_xml_file_is_well_formed_and_every_atom_feed_valid(self):
        files = sorted(f for f in self.out.rglob("*") if f.suffix in (".xml", ".rss", ".svg"))
        done = subprocess.run(["xmllint", "--noout", "--nonet", *files], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])
        command = ["xmllint", "--noout", "--nonet", "--relaxng", HERE / "atom.rng"]
        done = subprocess.run(
            [*command, *sorted(self.out.rglob("*.atom"))], capture_output=True, text=True
        )
        self.assertEqual(done.returncode, 0, done.stderr[-3000:])

    def test_every_json_file_is_of_its_shape(self):
        for file, shape in test_schemas.files(self.out).items():
            with self.subTest(file=str(file.relative_to(self.out))):
                self.assertEqual(test_schemas.faults(shape, json.loads(file.read_text())), [])

    def test_every_title_is_the_same_in_the_calendar(self):
        events = test_calendar.by_address(self.out / "calendar.ics", URL)
        self.assertEqual(len(events), len(self.titles))
        for id, title in self.titles.items():
            event = events[f"maintenance/{id}/"]
            with self.subTest(id=id):
                self.assertEqual(event["SUMMARY"][:300], title[:300])
                self.assertTrue(event["SUMMARY"] == title)
                self.assertIn("Words", event["DESCRIPTION"])

    def test_every_calendar_is_whole(self):
        for file in test_calendar.calendars(self.out):
            lines = file.read_bytes().split(b"\r\n")
            self.assertEqual(lines.pop(), b"")
            for line in lines:
                self.assertLessEqual(len(line), 75, file)
                self.assertNotRegex(line.decode(), "[\x00-\x08\x0a-\x1f\x7f]")
            first = test_calendar.parsed(file.read_bytes())
            again = test_calendar.parsed(first.to_ical())
            told = lambda calendar: [(c.name, test_calendar.values(c)) for c in calendar.walk()]
            self.assertTrue(told(first) == told(again), file)

    def test_clients_of_the_api_read_every_name(self):
        for client in ("statuspage.io", "statuspage.js"):
            answers = test_clients.asked(client, self.out)
            for names in (
                [c["name"] for c in answers["components"]["components"]],
                [i["name"] for i in answers["unresolved"]["incidents"]],
                [m["name"] for m in answers["upcoming"]["scheduled_maintenances"]],
            ):
                with self.subTest(client=client):
                    self.assertTrue(sorted(names) == sorted(self.titles.values()))

    def test_the_exporter_reads_every_name(self):
        with served(self.out) as origin:
            metrics = exporter.scrape(origin)
        self.assertEqual((metrics.read, metrics.log), (1, []))
        self.assertTrue(sorted(metrics.components) == sorted(self.titles.values()))
        # Labels of more than a hundred characters are cut there.
        titles = sorted(title[:100] for title in self.titles.values())
        self.assertTrue(sorted(i["incident_name"] for i in metrics.incidents) == titles)
        self.assertTrue(sorted(m["maintenance_name"] for m in metrics.maintenance) == titles)
