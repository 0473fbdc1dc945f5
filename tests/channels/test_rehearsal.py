"""A week of the demo through every kind of channel, at every instant at which the site changes: each reader has each update that
the filter of the channel asks for, once, in order, in the own language, as one conversation."""

import json
import os
import re
import shutil
import subprocess
import unittest
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from platforms import CHANNELS, Platforms, addresses
from support import LISTS, PROGRAM, READERS, SITE, Mailman, Postfix, room, wait_until
from test_mail import SETTINGS

REPOSITORY = Path(__file__).parents[2]
# In seconds since 1970: 18 November 2026 and 25 November 2026, 00:00 in Tokyo.
BEGIN, END = 1_794_927_600, 1_795_532_400

# What each channel asks for.
FILTERS = {
    "mail": {},
    "slack": {"kinds": ["incident"], "severities": ["moderate"], "locales": ["ja"]},
    "discord": {"locales": ["en"]},
    "teams": {"kinds": ["maintenance"], "locales": ["ja"]},
    "pages": {"components": ["api"], "locales": ["en"]},
    "x": {"statuses": ["investigating", "identified", "resolved", "scheduled", "in_progress", "completed"]},
    "hook": {},
    "mastodon": {"locales": ["ja"]},
    "bluesky": {"locales": ["en"], "corrections": "skip"},
    "line": {"components": ["assets"], "kinds": ["incident", "notice"]},
    "hub": {"locales": ["ja"]},
}
# The group of site.yaml, by the rows of its table.
GROUPS = {"assets": ["btc", "eth", "xrp", "jpy"]}
# Readers: those of the lists, by language, and one who gets what affects the API from the mail server itself.
BOXES = {"taro": {"locales": ["ja"]}, "mary": {"locales": ["en"]}, "machine": {"locales": ["en"], "components": ["api"]}}


def fits(event, wanted):
    """Whether a filter asks for an event of `build --events`."""
    named = event["components"]
    asked = [part for component in wanted.get("components", []) for part in GROUPS.get(component, [component])]
    return (
        event["kind"] in wanted.get("kinds", [event["kind"]])
        and event["status"] in wanted.get("statuses", [event["status"]])
        # What names no component concerns everybody.
        and (not asked or not named or any(name.split(".")[0] in asked for name in named))
        # Only incidents have a severity.
        and (event["kind"] != "incident" or severity(event) in wanted.get("severities", [severity(event)]))
        and (event["status"] != "correction" or wanted.get("corrections") != "skip")
        and event["locale"] in wanted.get("locales", [event["locale"]])
    )


def severity(event):
    """The severity of an incident: the last one in its file, since no update of the week changes it."""
    return re.findall(r"^severity: (\w+)", (REPOSITORY / event["file"]).read_text(), re.MULTILINE)[-1]


def thread(event):
    return event["kind"], event["entry"], event["occurrence"], event["locale"]


class Rehearsal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.start_mail()
        cls.platforms = Platforms()
        cls.root = room()
        for folder in ["content", "themes"]:
            shutil.copytree(REPOSITORY / folder, cls.root / folder)
        lists = [{"list": f"status-{tag}@{LISTS}", "locales": [tag]} for tag in ["ja", "en"]]
        lists.append({"list": f"machine@{READERS}"} | BOXES["machine"])
        mail = {"server": f"smtp://127.0.0.1:{cls.postfix.port}", "from": f"status@{SITE}", "lists": lists}
        channels = cls.platforms.channels(**(FILTERS | {"mail": mail}))
        site = cls.root / "content" / "site.yaml"
        text = site.read_text().replace("feeds: {items: 50}", f"feeds: {{items: 50, hub: \"{cls.platforms.hub()}\"}}")
        site.write_text(f"{text}\nannounce:\n  ledger: {{file: ledger.json}}\n  channels: {json.dumps(channels)}\n")
        cls.instants, cls.events, cls.outcomes, cls.again = [], {}, [], []
        cls.live()

    @classmethod
    def start_mail(cls):
        """Two lists with a reader each, as in test_mail."""
        cls.mailman = Mailman()
        cls.postfix = Postfix(cls.mailman.lmtp)
        cls.mailman.start(cls.postfix.port)
        for tag in ["ja", "en"]:
            cls.mailman.run("create", "--domain", f"status-{tag}@{LISTS}")
            folder = cls.mailman.var / "templates" / "lists" / f"status-{tag}.{LISTS}" / "en"
            folder.mkdir(parents=True)
            (folder / "list:member:regular:footer.txt").write_text("")
        cls.mailman.configure(SETTINGS)

    @classmethod
    def tearDownClass(cls):
        cls.platforms.close()

    @classmethod
    def run_program(cls, *arguments):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NOROSHI_")} | {"NOROSHI_LANG": "en"}
        command = [PROGRAM, *arguments, "--root", str(cls.root)]
        environment = kept | cls.platforms.environment()
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
        assert done.returncode == 0, f"{command}: exit {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    @classmethod
    def live(cls):
        """The week: builds and announces at each instant at which the site changes."""
        instant = BEGIN
        while instant < END:
            at = datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            cls.run_program("build", "--as-of", at, "--events", str(cls.root / "events"))
            lines = [json.loads(line) for line in (cls.root / "events").read_text().splitlines()]
            done = cls.run_program("announce", "--no-wait", "--as-of", at, "--format", "json").splitlines()
            if instant > BEGIN:
                for event in lines:
                    for words in [event, *event["translations"]]:
                        # What the clock declares has the address of its page.
                        own = {key: words[key] for key in ("locale", "title", "url")}
                        cls.events[f"{own['url']} {own['title']}"] = event | own
                cls.outcomes += map(json.loads, done)
                if lines:
                    cls.again.append(cls.run_program("announce", "--no-wait", "--as-of", at))
            cls.instants.append(at)
            instant = int(cls.run_program("next", "--as-of", at, "--format", "epoch"))

    def expected(self, wanted):
        """The events that a filter asks for, by their names, in the order of time."""
        names = sorted(self.events, key=lambda name: self.events[name]["time"])
        return [name for name in names if fits(self.events[name], wanted)]

    def named(self, post):
        """The event of a post: by the address, and by the words of the headline, whose signs may be escaped."""
        words = set(re.findall(r"\w+", post.text))
        found = [
            name for name, event in self.events.items()
            if event["url"] == post.address and set(re.findall(r"\w+", event["title"])) <= words
        ]
        self.assertEqual(len(found), 1, f"{post.channel}: {post.address} {post.text}")
        return found[0]

    def assert_has(self, who, found, wanted, parents=None):
        """Each update once, in each conversation in order and as an answer to the one before it. `parents` are the updates that
        each one answers."""
        expected = self.expected(wanted)
        self.assertEqual(sorted(found), sorted(expected), who)
        latest, first = {}, {}
        for at, name in enumerate(found):
            key, time = thread(self.events[name]), self.events[name]["time"]
            before = latest.get(key)
            self.assertLessEqual(before and self.events[before]["time"] or "", time, f"{who}: {name}")
            if parents is not None:
                self.assertIn(parents[at], [[before], [before, first[key]]] if before else [[]], f"{who}: {name}")
            latest[key] = name
            first.setdefault(key, name)

    def test_the_week_has_news_of_every_kind(self):
        self.assertGreaterEqual(len(self.instants), 20)
        self.assertGreaterEqual(len(self.events), 30)
        self.assertEqual({event["kind"] for event in self.events.values()}, {"incident", "maintenance", "notice"})
        for name, wanted in FILTERS.items():
            count = len(self.expected(wanted))
            self.assertGreaterEqual(count, 4, name)
            # A filter that leaves out nothing would prove nothing.
            self.assertTrue(count < len(self.events) or not wanted, name)

    def test_each_channel_has_what_its_filter_asks_for_once_and_in_order(self):
        for name in CHANNELS:
            if name in ("mail", "hub"):
                continue
            posts = self.platforms.timeline(name)
            found = [self.named(post) for post in posts]
            by_id = {f"{post.id} {post.cid}" if post.cid else post.id: of for post, of in zip(posts, found)}
            is_threaded = name in ("mastodon", "bluesky", "x")
            parents = [[by_id[parent] for parent in post.parents] for post in posts] if is_threaded else None
            self.assert_has(name, found, FILTERS[name], parents)
            for post, of in zip(posts, found):
                self.assertIn(post.language, (None, self.events[of]["locale"]), name)

    def test_the_webhook_log_agrees_with_the_events(self):
        for post in self.platforms.timeline("hook"):
            event, data = self.events[self.named(post)], post.document["data"]
            self.assertEqual(data["id"], event["id"].removeprefix("urn:uuid:"))
            self.assertEqual(post.document["timestamp"], event["time"])
            self.assertEqual((data["locale"], data["headline"]), (event["locale"], event["title"]))
            self.assertEqual([one["id"] for one in data["components"]], event["components"])
            self.assertEqual(data["severity"], severity(event) if event["kind"] == "incident" else None)

    def test_the_hub_is_told_of_each_feed_of_each_update(self):
        wanted = [feed for name in self.expected(FILTERS["hub"]) for feed in self.events[name]["feeds"]]
        self.assertEqual(sorted(self.platforms.memory.feeds), sorted(wanted))

    def test_each_mailbox_has_each_update_once_in_one_conversation(self):
        for reader, wanted in BOXES.items():
            count = len(self.expected(wanted))
            wait_until(lambda reader=reader, count=count: len(self.postfix.mails(reader)) >= count, f"{reader}: {count} mails")
            mails = [message_from_bytes(mail, policy=policy.default) for mail in self.postfix.mails(reader)]
            # As mail programs show them: a list manager may overtake itself.
            mails.sort(key=lambda mail: mail["date"].datetime)
            found = [self.of_mail(mail) for mail in mails]
            by_id = {mail["message-id"]: name for mail, name in zip(mails, found)}
            parents = [[by_id.get(known) for known in reversed((mail["references"] or "").split())] for mail in mails]
            # Earlier mails about an entry may have gone to other readers.
            self.assert_has(reader, found, wanted, None if "components" in wanted else parents)
            for mail, name in zip(mails, found):
                self.assertEqual(mail["content-language"], self.events[name]["locale"])

    def of_mail(self, mail):
        """The event of a mail. It links to the page alone and has the words of `noroshi pack`, so it is found by its state, and by
        the words of the update; the summary of the entry, which every mail has, stands in the first update."""
        text = mail.get_body(["plain"]).get_content()
        linked, subject = addresses(text), set(re.findall(r"\w+", mail["subject"]))
        squeeze = lambda line: "".join(line.split())
        posts = [post for post in self.platforms.timeline("hook") if post.address.split("#")[0] in linked]
        self.assertTrue(posts, f"a mail that is of no update: {mail['subject']}\n{text}")
        lines = [{squeeze(line) for line in post.document["data"]["text"].splitlines()} for post in posts]
        often = Counter(line for one in lines for line in one)

        def common(at):
            is_named = set(re.findall(r"\w+", posts[at].document["data"]["headline"])) <= subject
            return is_named, sum(1 for line in lines[at] if often[line] == 1 and len(line) > 10 and line in squeeze(text)), at

        return self.named(posts[max(range(len(posts)), key=common)])

    def test_no_request_breaks_a_rule_and_every_run_sends_everything(self):
        self.assertEqual(self.platforms.faults, [])
        self.assertEqual({line["state"] for line in self.outcomes}, {"sent"})
        self.assertEqual(set(self.again), {"nothing to send\n"})
        count = sum(len(self.expected(wanted)) for wanted in FILTERS.values())
        self.assertEqual(len(self.outcomes), count)
        status = self.run_program("announce", "status", "--all", "--format", "json").splitlines()
        self.assertEqual((len(status), {json.loads(line)["state"] for line in status}), (count, {"sent"}))


if __name__ == "__main__":
    unittest.main()
