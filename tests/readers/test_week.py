"""Feed readers that remember what they have seen, over a week of the demo, built at each change."""

import unittest
from collections import Counter
from datetime import datetime, timedelta, timezone

import feeds
from support import LOCALES, build, change, demo, next_change, room

TOKYO = timezone(timedelta(hours=9))
BEGIN = datetime(2026, 11, 18, tzinfo=TOKYO)
END = datetime(2026, 11, 25, tzinfo=TOKYO)
HALF = datetime(2026, 11, 21, 12, tzinfo=TOKYO)

#: What is said in that week, by hand: day and time in Tokyo, title.
SAID = """
18 15:00 【続報】すべての銘柄の売買停止
18 15:00 【予定】注文システムのアップデート
19 18:00 【続報】定期メンテナンス（11月24日）
20 09:20 【予定】XRP の出金・送付の緊急メンテナンス
20 09:30 【作業中】XRP の出金・送付の緊急メンテナンス
20 10:25 【調査中】ビットコインの注文受付の遅れ
20 10:25 【続報】XRP の出金・送付の緊急メンテナンス
20 10:50 【続報】ビットコインの注文受付の遅れ
20 11:05 【訂正】ビットコインの注文受付の遅れ
20 11:15 【お知らせ】「出金が止まり、再開しない」という投稿は事実ではありません
20 11:20 【原因特定】ビットコインの注文受付の遅れ
20 11:40 【続報】ビットコインの注文受付の遅れ
20 11:50 【続報】XRP の出金・送付の緊急メンテナンス
21 02:00 【中止】週次メンテナンス（11月24日(火)）
24 02:00 【作業中】定期メンテナンス（11月24日）
24 05:00 【確認中】定期メンテナンス（11月24日）
""".strip().splitlines()


class Reader:
    """Shows an item when it does not know its id."""

    def __init__(self, path):
        self.path = path
        self.known = set()
        self.shown = []

    def poll(self, out):
        new = [item for item in feeds.read(out / self.path).items if item.id not in self.known]
        self.known.update(item.id for item in new)
        self.shown.extend(reversed(new))
        return new


class Week:
    """A site that is built at each of its changes, and its readers, who subscribed before it began."""

    def __init__(self):
        self.root, self.out = demo(), room() / "site"
        paths = [f"{prefix}feed.{kind}" for prefix in LOCALES.values() for kind in feeds.FORMATS]
        self.readers = [Reader(path) for path in paths]
        self.steps = []
        self.at = BEGIN - timedelta(seconds=1)
        self.build()
        for reader in self.readers:
            reader.shown.clear()

    def build(self):
        """Builds for the present; answers with when the next change is."""
        build(self.root, self.out, self.at.isoformat())
        self.steps.append(self.at)
        for reader in self.readers:
            reader.poll(self.out)
        return next_change(self.root, self.at.isoformat())

    def live_until(self, end):
        """Follows the changes up to an instant."""
        while (turn := self.build()) < end:
            assert turn > self.at, turn
            self.at = turn


def told(reader):
    return [f"{item.time.astimezone(TOKYO):%d %H:%M} {item.title}" for item in reader.shown]


class Readers(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.plain = Week()
        cls.plain.live_until(END)

        cls.edited = Week()
        cls.edited.live_until(HALF)
        cls.before = [list(reader.shown) for reader in cls.edited.readers]
        cls.edit(cls.edited.root / "content")
        cls.edited.build()
        cls.after = [list(reader.shown) for reader in cls.edited.readers]
        cls.edited.live_until(END)

    @staticmethod
    def edit(content):
        """A mended text, an entry's file by another name, and the site at another domain below a path."""
        incident = content / "incidents/2026-11/2026-11-20-btc-order-delay.md"
        change(incident, "11:32に新しい注文の受け付けを", "11:32に、新しい注文の受け付けを")
        for locale in ("", ".en"):
            file = content / f"maintenance/2026-11-24-regular{locale}.md"
            moved = file.rename(content / f"maintenance/teiki-11{locale}.md")
            if not locale:
                old = "/maintenance/2026-11-24-regular/"
                lines = f"id: 2026-11-24-regular\naliases: [{old}, /en{old}]\n"
                change(moved, "kind: regular\n", f"kind: regular\n{lines}")
        change(
            content / "site.yaml",
            "url: https://status.hoshi-exchange.example/",
            "url: https://www.hoshi-group.example/exchange/status/",
        )

    def test_the_week_has_its_midnights_and_its_turns(self):
        for week in (self.plain, self.edited):
            self.assertGreater(len(week.steps), 7 + len({line[:8] for line in SAID}) - 1)
            self.assertEqual(week.steps, sorted(week.steps))

    def test_every_update_is_shown_exactly_once_in_its_order(self):
        for week in (self.plain, self.edited):
            for reader in week.readers:
                with self.subTest(reader=reader.path, edited=week is self.edited):
                    if reader.path.startswith("en/"):
                        self.assertEqual([line[:8] for line in told(reader)], [line[:8] for line in SAID])
                    else:
                        self.assertEqual(sorted(told(reader)), sorted(SAID))
                    times = [item.time for item in reader.shown]
                    self.assertEqual(times, sorted(times))

    def test_what_was_shown_is_what_the_last_build_has_of_that_week(self):
        for week in (self.plain, self.edited):
            for reader in week.readers:
                last = feeds.read(week.out / reader.path).items
                wanted = Counter(item.id for item in last if BEGIN <= item.time < END)
                self.assertEqual(Counter(item.id for item in reader.shown), wanted, reader.path)

    def test_every_format_and_language_shows_the_same_ids(self):
        for week in (self.plain, self.edited):
            first, *others = [[item.id for item in reader.shown] for reader in week.readers]
            for other in others:
                self.assertEqual(other, first)

    def test_a_mended_text_another_file_name_and_another_domain_make_nothing_new(self):
        self.assertEqual(self.before, self.after)
        plain, edited = ([i.id for i in week.readers[0].shown] for week in (self.plain, self.edited))
        self.assertEqual(edited, plain)

    def test_the_edits_were_published(self):
        for reader in self.edited.readers:
            items = feeds.read(self.edited.out / reader.path).items
            for item in items:
                self.assertTrue(item.link.startswith("https://www.hoshi-group.example/exchange/status/"))
            self.assertTrue(any("/maintenance/teiki-11/" in item.link for item in items))
        items = feeds.read(self.edited.out / "feed.json").items
        self.assertTrue(any("11:32に、新しい注文の" in item.content for item in items))
