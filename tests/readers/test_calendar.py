"""Calendars as a program for iCalendar reads them."""

import unittest
from datetime import datetime, timezone

import icalendar

from support import BUSY, INSTANTS, LOCALES, URL, build, demo, room, site

REQUIRED = ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"]


def at(*when):
    return datetime(*when, tzinfo=timezone.utc)


def calendars(root):
    return sorted(root.rglob("*.ics"))


def parsed(text):
    """A calendar whose lines all could be read."""
    calendar = icalendar.Calendar.from_ical(text)
    for component in calendar.walk():
        assert not component.errors, component.errors
    return calendar


def events(file):
    return parsed(file.read_bytes()).walk("VEVENT")


def values(component):
    """Every property of a calendar or an event with its parameters, as the program understood it."""
    return [
        (name, value.to_ical() if hasattr(value, "to_ical") else value, dict(getattr(value, "params", {})))
        for name, value in component.property_items(recursive=False, sorted=True)
    ]


def by_address(file, url=URL):
    """The events of a file by what they are about, without language and domain."""
    found = {}
    for event in events(file):
        path = str(event["URL"]).removeprefix(url)
        for prefix in LOCALES.values():
            path = path.removeprefix(prefix) if prefix else path
        assert path not in found, path
        found[path] = event
    return found


class Calendars(unittest.TestCase):
    def test_there_is_one_for_the_site_for_each_component_and_beside_each_maintenance(self):
        for prefix in LOCALES.values():
            root = site(BUSY)
            found = [str(file.parent.relative_to(root / prefix)) for file in calendars(root / prefix)]
            work = sorted(p.parent for p in (root / prefix / "maintenance").rglob("index.html"))
            # The address that the series had before only leads on.
            others = {"maintenance", "maintenance/2026-11-17-weekly"}
            wanted = {str(p.relative_to(root / prefix)) for p in work} - others
            self.assertIn(".", found)
            self.assertEqual({p for p in found if p.startswith("maintenance")}, wanted)
            self.assertEqual(len([p for p in found if p.startswith("components/")]), 20)

    def test_lines_end_with_crlf_and_are_at_most_75_octets_of_whole_characters(self):
        for instant in INSTANTS:
            for file in calendars(site(instant)):
                lines = file.read_bytes().split(b"\r\n")
                self.assertEqual(lines.pop(), b"")
                for line in lines:
                    self.assertLessEqual(len(line), 75, file)
                    self.assertNotRegex(line.decode(), "[\r\n]")

    def test_every_event_has_what_the_contract_promises(self):
        for instant in INSTANTS:
            for file in calendars(site(instant)):
                calendar = parsed(file.read_bytes())
                self.assertEqual((calendar["VERSION"], calendar["METHOD"]), ("2.0", "PUBLISH"))
                self.assertTrue(calendar["PRODID"])
                for event in calendar.walk("VEVENT"):
                    with self.subTest(file=file, summary=event.get("SUMMARY")):
                        for name in REQUIRED:
                            self.assertIn(name, event)
                            self.assertNotIsInstance(event[name], list)
                        for name in ("DTSTAMP", "DTSTART", "DTEND", "LAST-MODIFIED"):
                            if name in event:
                                self.assertEqual(event[name].dt.tzinfo.utcoffset(event[name].dt).seconds, 0)
                        if "DTEND" in event:
                            self.assertLess(event["DTSTART"].dt, event["DTEND"].dt)
                        self.assertIn(event["STATUS"], ("CONFIRMED", "TENTATIVE", "CANCELLED"))
                        self.assertGreaterEqual(event["SEQUENCE"], 0)
                        self.assertTrue(event["SUMMARY"].strip())

    def test_written_again_by_the_program_it_says_the_same(self):
        for instant in INSTANTS:
            for file in calendars(site(instant)):
                first = parsed(file.read_bytes())
                again = parsed(first.to_ical())
                self.assertEqual(len(first.walk()), len(again.walk()))
                for one, two in zip(first.walk(), again.walk()):
                    self.assertEqual((one.name, values(one)), (two.name, values(two)), file)

    def test_uids_are_unique_in_a_file_and_the_same_in_every_file_language_and_build(self):
        known = {}
        for instant in INSTANTS:
            root = site(instant)
            for file in calendars(root):
                found = by_address(file)
                self.assertEqual(len({event["UID"] for event in found.values()}), len(found), file)
                for path, event in found.items():
                    self.assertEqual(known.setdefault(path, event["UID"]), event["UID"], file)
        self.assertEqual(len(set(known.values())), len(known))

    def test_an_event_is_the_same_in_every_file_of_its_language(self):
        for instant in INSTANTS:
            root = site(instant)
            for tag, prefix in LOCALES.items():
                whole = by_address(root / prefix / "calendar.ics")
                for file in calendars(root / prefix):
                    if tag == "ja" and file.relative_to(root).parts[0] == "en":
                        continue
                    for path, event in by_address(file).items():
                        self.assertEqual(values(event), values(whole[path]), file)
                for path in whole:
                    self.assertEqual(list(by_address(root / prefix / path / "calendar.ics")), [path])

    def test_languages_differ_only_in_words(self):
        for instant in INSTANTS:
            root = site(instant)
            first, second = (by_address(root / p / "calendar.ics") for p in LOCALES.values())
            self.assertEqual(list(first), list(second))
            words = ("SUMMARY", "DESCRIPTION", "CATEGORIES", "URL")
            for path, event in first.items():
                one, two = ([v for v in values(e) if v[0] not in words] for e in (event, second[path]))
                self.assertEqual(one, two)


class Content(unittest.TestCase):
    """What was written into content/maintenance, read by hand."""

    def event(self, root, path, prefix=""):
        return by_address(root / prefix / "calendar.ics")[f"maintenance/{path}/"]

    def told(self, event, *names):
        tell = lambda value: value.dt if hasattr(value, "dt") else value
        return {name: tell(event[name]) for name in names}

    def is_as_written(self, event, **wanted):
        wanted = {name.replace("_", "-").upper(): value for name, value in wanted.items()}
        self.assertEqual(self.told(event, *wanted), wanted)

    def test_work_that_took_longer_has_its_new_end(self):
        event = self.event(site(BUSY), "2026-09-15-ledger-update")
        self.is_as_written(
            event,
            summary="残高管理システムのアップデート",
            dtstart=at(2026, 9, 14, 17, 0),
            dtend=at(2026, 9, 14, 21, 30),
            sequence=1,
            status="CONFIRMED",
            dtstamp=at(2026, 9, 14, 21, 20),
            last_modified=at(2026, 9, 14, 21, 20),
        )
        self.assertIn("朝の取引を予定されていた皆様に、ご迷惑をおかけした", event["DESCRIPTION"])

    def test_work_that_was_put_off_has_the_plan_that_holds_at_the_time(self):
        root, out = demo(), room() / "site"
        build(root, out, "2026-10-26T12:00:00+09:00")
        before = self.event(out, "2026-10-29-charts-update")
        self.is_as_written(
            before,
            summary="チャート表示のアップデート",
            dtstart=at(2026, 10, 28, 17, 0),
            dtend=at(2026, 10, 28, 19, 0),
            sequence=0,
            status="CONFIRMED",
            dtstamp=at(2026, 10, 20, 3, 0),
        )
        after = self.event(site(BUSY), "2026-10-29-charts-update")
        self.is_as_written(
            after,
            uid=before["UID"],
            summary="チャート表示のアップデート",
            dtstart=at(2026, 11, 4, 17, 0),
            dtend=at(2026, 11, 4, 19, 0),
            sequence=1,
            status="CONFIRMED",
            dtstamp=at(2026, 11, 4, 18, 50),
        )

    def test_work_that_was_called_off_stays_and_says_so(self):
        for prefix, summary in (("", "【中止】ウェブサーバーの増強"), ("en/", "[Cancelled] More capacity for the website")):
            self.is_as_written(
                self.event(site(BUSY), "2026-11-11-web-server", prefix),
                summary=summary,
                dtstart=at(2026, 11, 10, 16, 0),
                dtend=at(2026, 11, 10, 19, 0),
                sequence=1,
                status="CANCELLED",
                dtstamp=at(2026, 11, 9, 8, 0),
            )

    def test_work_whose_end_is_not_known_has_none(self):
        event = self.event(site(BUSY), "2026-11-20-xrp-node")
        self.is_as_written(
            event,
            summary="XRP の出金・送付の緊急メンテナンス",
            dtstart=at(2026, 11, 20, 0, 30),
            sequence=0,
            status="CONFIRMED",
            dtstamp=at(2026, 11, 20, 2, 50),
        )
        self.assertNotIn("DTEND", event)
        self.assertNotIn("DURATION", event)

    def test_the_second_time_of_a_series_is_its_own_event(self):
        root, out = demo(), room() / "site"
        build(root, out, "2026-11-29T12:00:00+09:00")
        found = by_address(out / "maintenance/weekly/calendar.ics")
        told = {path: self.told(e, "DTSTART", "DTEND", "STATUS") for path, e in found.items()}
        day = lambda month, day, status: {
            "DTSTART": at(2026, month, day, 17, 0),
            "DTEND": at(2026, month, day, 18, 0),
            "STATUS": status,
        }
        self.assertEqual(
            told,
            {
                "maintenance/weekly/2026-11-17/": day(11, 16, "CONFIRMED"),
                "maintenance/weekly/2026-11-24/": day(11, 23, "CANCELLED"),
                "maintenance/weekly/2026-12-01/": day(11, 30, "CONFIRMED"),
            },
        )
