"""RSS, Atom and JSON Feed say the same, and each is what its standard asks for."""

import json
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree
from datetime import datetime, timezone

import feeds
from support import BUSY, HERE, HUB, INSTANTS, LOCALES, URL, room, site, site_with_hub

ATOM = "{http://www.w3.org/2005/Atom}"


def folders(root):
    """Every folder of a site that has feeds, by what it is about: the site, two kinds, each component."""
    found = []
    for prefix in LOCALES.values():
        components = sorted(p.name for p in (root / prefix / "components").iterdir() if p.is_dir())
        parts = ["", "incidents/", "maintenance/", *(f"components/{id}/" for id in components)]
        found.extend(prefix + part for part in parts)
    return found


def sites():
    return [*(site(at) for at in INSTANTS), site_with_hub()]


class Feeds(unittest.TestCase):
    maxDiff = None

    def test_every_part_of_the_site_has_feeds_in_every_language(self):
        # 4 × 3 components of the matrix, 3 of clients, 2 of accounts, api, support and the retired fax.
        self.assertEqual(len(folders(site(BUSY))), 2 * (3 + 20))

    def test_three_formats_carry_the_same_items(self):
        for root in sites():
            for folder in folders(root):
                with self.subTest(root=root, folder=folder):
                    rss, atom, plain = (feeds.read(root / folder / f"feed.{kind}") for kind in feeds.FORMATS)
                    self.assertEqual(rss.items, atom.items)
                    self.assertEqual(atom.items, plain.items)
                    for field in ("title", "home", "hubs", "language"):
                        self.assertEqual(getattr(rss, field), getattr(atom, field))
                        self.assertEqual(getattr(atom, field), getattr(plain, field))

    def test_items_are_the_newest_first_at_most_as_many_as_asked_for_and_each_once(self):
        for root in sites():
            for folder in folders(root):
                with self.subTest(root=root, folder=folder):
                    items = feeds.read(root / folder / "feed.atom").items
                    times = [item.time for item in items]
                    self.assertEqual(times, sorted(times, reverse=True))
                    self.assertLessEqual(len(items), 50)
                    self.assertEqual(len({item.id for item in items}), len(items))
        self.assertEqual(len(feeds.read(site(BUSY) / "feed.xml").items), 50)

    def test_an_item_is_the_same_wherever_it_stands(self):
        for root in sites():
            for tag, prefix in LOCALES.items():
                whole = {item.id: item for item in feeds.read(root / prefix / "feed.json").items}
                for folder in folders(root):
                    if (tag == "en") != folder.startswith("en/"):
                        continue
                    for item in feeds.read(root / folder / "feed.json").items:
                        self.assertEqual(item, whole.get(item.id, item))
            ids = [[i.id for i in feeds.read(root / p / "feed.json").items] for p in LOCALES.values()]
            self.assertEqual(ids[0], ids[1])

    def test_links_lead_to_pages_and_their_anchors(self):
        dead = set()
        for root in sites():
            for prefix in LOCALES.values():
                for item in feeds.read(root / prefix / "feed.xml").items:
                    self.assertTrue(item.link.startswith(URL + prefix), item.link)
                    address, _, anchor = item.link.removeprefix(URL).partition("#")
                    page = (root / address / "index.html").read_text()
                    if anchor and f'id="{anchor}"' not in page:
                        dead.add(item.link)
        self.assertEqual(sorted(dead), [])

    def test_readers_that_clean_html_take_no_words_away(self):
        for prefix in LOCALES.values():
            file = site(BUSY) / prefix / "feed.json"
            said = json.loads(file.read_text())["items"]
            for item, raw in zip(feeds.read(file).items, said, strict=True):
                self.assertEqual(feeds.words(item.content), feeds.words(raw["content_html"]))
                self.assertTrue(feeds.words(item.content))

    def test_addresses_within_items_are_absolute(self):
        for prefix in LOCALES.values():
            for item in feeds.read(site(BUSY) / prefix / "feed.json").items:
                for address in re.findall(r'(?:href|src)="([^"]*)"', item.content):
                    self.assertRegex(address, r"^(https?|mailto|tel):")

    def test_self_is_the_address_of_the_feed_and_the_hub_is_the_one_that_was_set(self):
        for root in sites():
            for folder in folders(root):
                for kind in feeds.FORMATS:
                    feed = feeds.read(root / folder / f"feed.{kind}")
                    self.assertEqual(feed.own, f"{URL}{folder}feed.{kind}")
                    self.assertEqual(feed.hubs, [HUB] if root == site_with_hub() else [])

    def test_addresses_of_other_status_pages_are_the_same_feeds(self):
        for root in sites():
            for prefix in LOCALES.values():
                for alias, own in (("history.rss", "feed.xml"), ("history.atom", "feed.atom")):
                    self.assertEqual(
                        (root / prefix / alias).read_bytes(), (root / prefix / own).read_bytes()
                    )

    def test_what_is_known_of_three_items_is_what_the_content_says(self):
        items = {(i.time, i.title): i for i in feeds.read(site(BUSY) / "feed.xml").items}
        at = lambda *when: datetime(2026, *when, tzinfo=timezone.utc)
        incident = items[at(11, 20, 2, 40), "【続報】ビットコインの注文受付の遅れ"]
        self.assertEqual(incident.categories, ["中程度", "ビットコイン(BTC)の売買", "API"])
        self.assertEqual(
            incident.link,
            f"{URL}incidents/2026-11-20-btc-order-delay/#update-20261120T024000Z",
        )
        self.assertIn("11:32に新しい注文の受け付けを残りの3台に切り替えました。", incident.content)
        work = items[at(11, 9, 8, 0), "【中止】ウェブサーバーの増強"]
        self.assertEqual(work.categories, ["サーバーメンテナンス", "画面とアプリ", "口座"])
        report = items[at(11, 11, 8, 0), "【事後報告】すべてのサービスに接続できない障害"]
        self.assertEqual(report.categories[0], "重大")


class Rss(unittest.TestCase):
    def test_has_every_element_that_rss_2_0_requires(self):
        for root in sites():
            for folder in folders(root):
                with self.subTest(root=root, folder=folder):
                    rss = ElementTree.parse(root / folder / "feed.xml").getroot()
                    self.assertEqual((rss.tag, rss.get("version")), ("rss", "2.0"))
                    [channel] = rss
                    for name in ("title", "link", "description"):
                        self.assertEqual(len(channel.findall(name)), 1)
                        self.assertTrue(channel.findtext(name).strip())
                    for item in channel.findall("item"):
                        self.item(item)

    def item(self, item):
        for name in ("title", "description", "link", "guid", "pubDate"):
            self.assertEqual(len(item.findall(name)), 1)
            self.assertTrue(item.findtext(name).strip())
        self.assertEqual(item.find("guid").get("isPermaLink"), "false")
        self.assertEqual(feeds.rfc822(item.findtext("pubDate")).utcoffset().total_seconds(), 0)


class Atom(unittest.TestCase):
    def lint(self, *files):
        command = ["xmllint", "--noout", "--nonet", "--relaxng", HERE / "atom.rng", *files]
        return subprocess.run(command, capture_output=True, text=True)

    def test_every_feed_is_valid_by_rfc_4287(self):
        for root in sites():
            files = sorted(root.rglob("*.atom"))
            self.assertEqual(len(files), len(folders(root)) + len(LOCALES))
            done = self.lint(*files)
            self.assertEqual(done.returncode, 0, done.stderr[-3000:])

    def test_every_feed_has_an_author_and_times_that_fit(self):
        # What the Schematron rules of the RFC ask for, and RELAX NG cannot say.
        for root in sites():
            for folder in folders(root):
                feed = ElementTree.parse(root / folder / "feed.atom").getroot()
                self.assertTrue(feed.findtext(f"{ATOM}author/{ATOM}name").strip())
                updated = [entry.findtext(f"{ATOM}updated") for entry in feed.findall(f"{ATOM}entry")]
                if updated:
                    self.assertEqual(feed.findtext(f"{ATOM}updated"), max(updated))

    def test_the_grammar_sees_faults(self):
        good = (site(BUSY) / "feed.atom").read_text()
        for number, (old, new) in enumerate(
            [
                ("<updated>2026-11-20T02:50:00Z</updated>\n", ""),
                ("<updated>2026-11-20T02:50:00Z</updated>", "<updated>2026-11-20</updated>"),
                ('type="html"', 'type="htm"'),
                ("<category term=", "<category name="),
                ("<published>", "<published/><published>"),
                ("<subtitle>", "<subtitle>&nothing;"),
                (' href="', ' ref="'),
                ("<name>", "<email>nobody</email><name>"),
                ('xml:lang="ja"', 'xml:lang="j_a"'),
                ("<entry>", "<entry><draft/>"),
            ]
        ):
            self.assertIn(old, good)
            file = room() / f"{number}.atom"
            file.write_text(good.replace(old, new, 1))
            self.assertNotEqual(self.lint(file).returncode, 0, (old, new))


class JsonFeed(unittest.TestCase):
    def test_has_what_version_1_1_requires_in_the_right_types(self):
        for root in sites():
            for folder in folders(root):
                feed = json.loads((root / folder / "feed.json").read_text())
                self.assertEqual(feed["version"], "https://jsonfeed.org/version/1.1")
                self.assertIsInstance(feed["title"], str)
                self.assertIsInstance(feed["items"], list)
                for name in ("home_page_url", "feed_url"):
                    self.assertTrue(feed[name].startswith(URL))
                # Of 1.0, and no longer used.
                self.assertNotIn("author", feed)
                for author in feed["authors"]:
                    self.assertTrue(author["name"] or author["url"])
                for item in feed["items"]:
                    for name in ("id", "url", "title", "content_html", "date_published"):
                        self.assertIsInstance(item[name], str)
                        self.assertTrue(item[name])
                    self.assertIsNotNone(datetime.fromisoformat(item["date_published"]).tzinfo)
                    self.assertTrue(all(isinstance(tag, str) for tag in item["tags"]))
