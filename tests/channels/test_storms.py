"""Runs that are killed at every request, and platforms that misbehave in every way: nothing is lost, and nothing comes twice
where a platform has a means against it."""

import json
import os
import random
import subprocess
import unittest
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from platforms import BLIND, CHANNELS, KILLS, KNOWN, MISHAPS, Platforms
from support import PROGRAM, room

BEGIN = "2026-11-20T09:00:00+09:00"
# The instants at which noroshi runs. Two entries have news at 11:05.
STEPS = [
    "2026-11-20T09:05:00+09:00",
    "2026-11-20T10:05:00+09:00",
    "2026-11-20T10:25:00+09:00",
    "2026-11-20T11:05:00+09:00",
    "2026-11-20T11:35:00+09:00",
    "2026-11-20T12:05:00+09:00",
]
# Where noroshi rests between two messages, a step has one message at most: see `World.run`. The hub has a request for each feed
# of an update, so that one language and one entry are enough.
FILTERS = {
    "at_most_once": {
        "slack": {"locales": ["en"], "kinds": ["incident"]},
        "teams": {"locales": ["ja"], "kinds": ["maintenance"]},
        "hub": {"locales": ["en"], "kinds": ["maintenance"]},
    },
    "at_least_once": {
        "slack": {"locales": ["ja"], "kinds": ["maintenance"]},
        "teams": {"locales": ["en"], "kinds": ["incident"]},
        "hub": {"locales": ["ja"], "kinds": ["maintenance"]},
    },
}
# Worlds side by side: those that work have a core each, and those that wait for a platform need none.
WORKING, WAITING = 2, 8

SITE = """
title: {ja: 港の予約, en: Harbour Booking}
url: https://status.example.com/
timezone: Asia/Tokyo
locales: [ja, en]
components: [{id: booking, name: {ja: 予約, en: Booking}}]
"""
ENTRIES = {
    "incidents/2026-11-20-booking.md": """---
title: 予約ができない
severity: critical
affects: [booking]
started: 2026-11-20 09:50
---
## investigating 2026-11-20 10:00

09:50から予約ができません。原因を調べています。

## identified 2026-11-20 10:20

予約を受け付ける機器が1台止まっていました。

## monitoring 2026-11-20 11:00

代わりの機器に切り替えました。

## resolved 2026-11-20 11:30

予約できるようになりました。
""",
    "incidents/2026-11-20-booking.en.md": """---
title: Booking fails
---
## investigating 2026-11-20 10:00

No berth can be booked since 09:50. We are looking into the cause.

## identified 2026-11-20 10:20

One of the machines that take bookings had stopped.

## monitoring 2026-11-20 11:00

Another machine has taken over.

## resolved 2026-11-20 11:30

Berths can be booked again.
""",
    "maintenance/2026-11-20-charts.md": """---
title: 海図の入れ替え
kind: update
affects: [booking]
window: {start: 2026-11-20 11:00, end: 2026-11-20 12:00}
---
## scheduled 2026-11-20 09:00:30

海図を入れ替えます。

## in_progress 2026-11-20 11:00

入れ替えを始めました。

## completed 2026-11-20 12:00

入れ替えが終わりました。
""",
    "maintenance/2026-11-20-charts.en.md": """---
title: New charts
---
## scheduled 2026-11-20 09:00:30

We will replace the charts.

## in_progress 2026-11-20 11:00

The work has begun.

## completed 2026-11-20 12:00

The work is done.
""",
}


def at(instant):
    return datetime.fromisoformat(instant)


class World:
    """The site with all of its channels, its platforms, and what noroshi does in it."""

    def __init__(self, after_crash, filters=None):
        self.after_crash = after_crash
        self.filters = FILTERS[after_crash] if filters is None else filters
        self.root = room()
        self.platforms = Platforms()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("NOROSHI_")}
        self.environment |= self.platforms.environment()
        for name, text in ENTRIES.items():
            file = self.root / "content" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        settings = {name: {"after_crash": after_crash} | self.filters.get(name, {}) for name in CHANNELS}
        channels = json.dumps(self.platforms.channels(**settings))
        announce = f"announce:\n  ledger: {{file: ledger.json}}\n  channels: {channels}\n"
        site = f"{SITE}feeds: {{hub: \"{self.platforms.hub()}\"}}\n{announce}"
        (self.root / "content" / "site.yaml").write_text(site)
        self.ledger_file = self.root / "ledger.json"
        self.events = self.all_events()
        self.platforms.memory.mails = {
            (url.split("#")[0], event["title"]): url for url, event in self.events.items()
        }
        self.run(BEGIN)

    def command(self, *arguments):
        return [PROGRAM, "--root", str(self.root), *arguments]

    def all_events(self):
        """Each update by its address in each language, as `build --events` tells of them."""
        self.command_output("build", "--as-of", STEPS[-1], "--events", str(self.root / "events"))
        events = {}
        for line in (self.root / "events").read_text().splitlines():
            event = json.loads(line)
            for words in [event, *event["translations"]]:
                events[words["url"]] = event | {"locale": words["locale"], "title": words["title"]}
        return events

    def command_output(self, *arguments):
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, env=self.environment, timeout=120)
        assert done.returncode == 0, f"exit {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def expected(self, channel, until):
        """The addresses of what a channel must have by then, in the order of time."""
        wanted = self.filters.get(channel, {})
        fits = lambda event: all(
            event[key] in wanted.get(name, [event[key]]) for name, key in [("locales", "locale"), ("kinds", "kind")]
        )
        found = [(at(event["time"]), url) for url, event in self.events.items() if fits(event)]
        return [url for time, url in sorted(found) if at(BEGIN) < time <= at(until)]

    def ledger(self):
        return json.loads(self.ledger_file.read_text())

    def states(self):
        """The word of the state of each delivery in the ledger, by channel and address."""
        word = lambda state: state if isinstance(state, str) else next(iter(state))
        by_item = {(event["id"].removeprefix("urn:uuid:"), event["locale"]): url for url, event in self.events.items()}
        return {
            (name, by_item[record["item"], record["locale"]]): word(record["state"])
            for name, channel in self.ledger()["channels"].items()
            for record in channel["deliveries"].values()
        }

    def status(self):
        """What `announce status` says of each delivery, by channel and address."""
        by_item = {(event["id"].removeprefix("urn:uuid:"), event["locale"]): url for url, event in self.events.items()}
        lines = map(json.loads, self.command_output("announce", "status", "--all", "--format", "json").splitlines())
        return {(line["channel"], by_item[line["item"], line["locale"]]): line for line in lines}

    def run(self, as_of, numbered=None, placed=None):
        """One run of `announce`: the lines that it printed, and its exit code. A negative code is that of its death.

        Slack takes a message a second and Teams one in three, so noroshi rests after each. A run that has nothing else to do
        is ended: this is one more moment at which a run may end."""
        self.platforms.script(numbered, placed)
        command = self.command("announce", "--no-wait", "--as-of", as_of, "--format", "json")
        start = lambda: subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment
        )
        ended = {"sent", "unknown", "skipped"}
        known = 0
        if self.ledger_file.exists():
            known = sum(1 for state in self.states().values() if state in ended)
        left = sum(len(self.expected(name, as_of)) for name in CHANNELS) - known
        lines = []
        runner = self.platforms.watch(start)
        with runner:
            for line in runner.stdout:
                lines.append(json.loads(line))
                left -= lines[-1]["state"] in ended
                if left == 0:
                    runner.kill()
            told = runner.stderr.read()
        is_dead = runner.returncode == -9
        assert is_dead or runner.returncode in (0, 3), f"exit {runner.returncode}: {told}"
        self.platforms.settle()
        return lines, runner.returncode

    def end_leases(self):
        """Lets the time pass for which a dead runner has a delivery to itself."""
        ledger = self.ledger()
        for channel in ledger["channels"].values():
            for record in channel["deliveries"].values():
                if "intended" in record["state"]:
                    record["state"]["intended"]["until"] = 0
        self.ledger_file.write_text(json.dumps(ledger))

    def let_pass(self, seconds):
        """Lets time pass for noroshi and for the platforms."""
        ledger = self.ledger()
        for channel in ledger["channels"].values():
            for record in channel["deliveries"].values():
                record["seen"] -= seconds
                # What is due or waits has no times.
                for state in [] if isinstance(record["state"], str) else record["state"].values():
                    for key in {"first", "until", "at"} & set(state):
                        state[key] -= seconds
        self.ledger_file.write_text(json.dumps(ledger))
        self.platforms.memory.ahead += seconds

    def calm(self, as_of):
        """Runs until a run changes nothing."""
        for _ in range(8):
            self.end_leases()
            before = self.ledger_file.read_bytes()
            lines, code = self.run(as_of)
            if not lines:
                assert (code, self.ledger_file.read_bytes()) == (0, before)
                return
        raise AssertionError(f"it never ends: {lines}")

    def keep(self):
        return self.ledger_file.read_bytes(), self.platforms.snapshot()

    def go_back(self, kept):
        self.ledger_file.write_bytes(kept[0])
        self.platforms.restore(kept[1])

    def check(self, as_of, unsure=frozenset(), skipped=frozenset(), blind=BLIND):
        """Everything that must be true when nothing changes any more. `unsure` are the deliveries of which the ledger, or the
        answers, could not say what became of them; `skipped` those that were out of date."""
        status = self.status()
        wanted = {(name, url) for name in CHANNELS for url in self.expected(name, as_of)}
        assert set(status) == wanted, f"{set(status) ^ wanted}"
        assert self.platforms.faults == [], f"{self.platforms.faults}"
        for name in CHANNELS:
            seen = Counter(post.address for post in self.platforms.timeline(name))
            assert set(seen) <= {url for channel, url in wanted if channel == name}, f"{name}: {seen}"
            for url in self.expected(name, as_of):
                line, count, about = status[name, url], seen[url], f"{name} {url}"
                if (name, url) in skipped:
                    assert (line["state"], count) == ("skipped", 0), f"{about}: {line}, {count}"
                elif name not in blind:
                    assert line["state"] == "sent", f"{about}: {line}"
                    assert name == "hub" or count == 1, f"{about}: {count} times"
                elif self.after_crash == "at_most_once":
                    state = "unknown" if (name, url) in unsure else "sent"
                    assert line["state"] == state, f"{about}: {line['state']}, not {state}"
                    assert state == "sent" or line["reason"], f"{about}: {line}"
                    assert count == 1 or (state == "unknown" and count == 0), f"{about}: {count} times"
                else:
                    assert line["state"] == "sent", f"{about}: {line}"
                    assert count == 1 or (name, url) in unsure, f"{about}: {count} times"
                    assert count >= 1, f"{about}: lost"
            self.check_order(name, status, blind)
        self.check_hub(as_of)

    def check_order(self, name, status, blind):
        """In each thread and language in the order of time, each post as an answer to the one before it."""
        threads = {}
        for post in self.platforms.timeline(name):
            event = self.events[post.address]
            assert post.language in (None, event["locale"]), f"{name}: {post.language} for {post.address}"
            threads.setdefault((event["entry"], event["locale"]), []).append(post)
        for posts in threads.values():
            times = [self.events[post.address]["time"] for post in posts]
            assert times == sorted(times), f"{name}: {times}"
            if name not in ("mail", "mastodon", "bluesky", "x"):
                continue
            ids = [f"{post.id} {post.cid}" if name == "bluesky" else post.id for post in posts]
            for position, post in enumerate(posts):
                # A post that noroshi does not know of cannot be answered.
                certain = [
                    id for id, earlier in zip(ids[:position], posts)
                    if status[name, earlier.address]["sent_id"] and earlier.address != post.address
                ]
                if not certain:
                    assert not post.parents or post.parents[0] in ids[:position], f"{name}: {post.parents} at {post.address}"
                    continue
                assert post.parents and post.parents[0] in ids[:position], f"{name}: {post.parents} of {ids} at {post.address}"
                if name not in blind:
                    assert post.parents[0] == ids[position - 1], f"{name}: {post.parents} of {ids}"
                    assert post.parents[-1] == ids[0] or name == "mastodon", f"{name}: {post.parents} of {ids}"

    def check_hub(self, as_of):
        """The hub was told of each feed of each update."""
        told = Counter(self.platforms.memory.feeds)
        wanted = Counter(feed for url in self.expected("hub", as_of) for feed in self.events[url]["feeds"])
        assert set(told) == set(wanted) and all(told[feed] >= wanted[feed] for feed in wanted), f"{told} for {wanted}"


def killed(world, as_of, number, mishap):
    """Kills a run at a request, and returns the deliveries that were then between intent and outcome; `None` if the run ended
    before the request."""
    _, code = world.run(as_of, numbered={number: mishap})
    if not any(asked.mishap for asked in world.platforms.asked):
        return None
    assert code == -9 or mishap.kills == "after", code
    states = world.states()
    for asked in world.platforms.asked:
        # Before a request, the ledger has the intent; and without an answer it has no outcome.
        if asked.address and asked.channel != "hub" and not asked.is_answered:
            assert states[asked.channel, asked.address] == "intended", f"{asked}: {states[asked.channel, asked.address]}"
    return {place for place, state in states.items() if state == "intended"}


def sweep(after_crash, steps):
    """Kills a run at every request of these steps, before, during and after it. Returns how often, and what was wrong."""
    world, kills, wrong = World(after_crash), 0, []
    for as_of in STEPS:
        before = world.keep()
        world.calm(as_of)
        world.check(as_of)
        after = world.keep()
        number, is_within = 0, as_of in steps
        while is_within:
            number, is_within = number + 1, False
            for mishap in KILLS:
                world.go_back(before)
                try:
                    unsure = killed(world, as_of, number, mishap)
                    if unsure is not None:
                        kills, is_within = kills + 1, True
                        world.calm(as_of)
                        world.check(as_of, unsure)
                except AssertionError as error:
                    is_within = True
                    wrong.append(f"{after_crash}, {mishap.name} {number} at {as_of}: {error}")
        world.go_back(after)
    return kills, wrong


def storm(after_crash, seed):
    """Kills many runs of a day, one after the other. Returns how often, and what was wrong."""
    world, kills, unsure, chance = World(after_crash), 0, set(), random.Random(seed)
    for as_of in STEPS:
        for _ in range(chance.randint(4, 8)):
            # Some runs begin while the dead one still has its deliveries to itself.
            if chance.random() < 0.8:
                world.end_leases()
            found = killed(world, as_of, chance.randint(1, 10), chance.choice(KILLS))
            kills += found is not None
            unsure |= found or set()
        try:
            world.calm(as_of)
            world.check(as_of, unsure)
        except AssertionError as error:
            return kills, [f"{after_crash}, seed {seed}, at {as_of}: {error}"]
    return kills, []


def misbehave(after_crash, mishap):
    """Lets every channel misbehave in one way, at its first request or at the next one. Returns what was wrong."""
    world, unsure = World(after_crash), set()
    for as_of in STEPS:
        # The first request to Bluesky opens a session.
        position = {STEPS[1]: 1, STEPS[2]: 2, STEPS[3]: 2}.get(as_of)
        placed = {(name, position): mishap for name in CHANNELS if position}
        try:
            lines, code = world.run(as_of, placed=placed)
            hit = {(asked.channel, asked.address) for asked in world.platforms.asked if asked.mishap and asked.address}
            if mishap.is_lost:
                unsure |= hit
            is_bad = any(line["state"] in ("failed", "unknown") for line in lines)
            assert all(line["reason"] for line in lines if line["state"] in ("failed", "unknown")), f"{lines}"
            assert code in (3, -9) or not is_bad, f"exit {code}"
            assert is_bad == bool(placed) or mishap.status != 401, f"{lines}"
            world.calm(as_of)
            world.check(as_of, unsure)
        except AssertionError as error:
            return [f"{after_crash}, {mishap.name} at {as_of}: {error}"]
    return []


class Storms(unittest.TestCase):
    def side_by_side(self, count, function, tasks):
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(lambda task: function(*task), tasks))

    def test_a_run_that_is_killed_at_any_moment_loses_nothing_and_repeats_nothing(self):
        # One update that answers another, and two entries at once; and the first update of an entry.
        found = self.side_by_side(WORKING, sweep, [("at_most_once", STEPS[2:4]), ("at_least_once", STEPS[1:2])])
        found += self.side_by_side(WORKING, storm, [(after_crash, seed) for seed in range(5) for after_crash in FILTERS])
        self.assertEqual([wrong for _, all_wrong in found for wrong in all_wrong], [])
        self.assertGreaterEqual(sum(kills for kills, _ in found), 500)

    def test_every_misbehaviour_of_a_platform_has_its_meaning(self):
        tasks = [(after_crash, mishap) for mishap in MISHAPS for after_crash in FILTERS]
        found = self.side_by_side(WAITING, misbehave, tasks)
        self.assertEqual([wrong for all_wrong in found for wrong in all_wrong], [])

    def test_a_key_that_the_platform_has_forgotten_protects_nothing(self):
        hour = 3600
        tasks = [
            (after_crash, name, age)
            for name, age in [("mastodon", 2 * hour), ("line", 25 * hour), ("hook", 4 * 24 * hour)]
            for after_crash in FILTERS
        ]
        self.side_by_side(WORKING, self.forget, tasks)

    def forget(self, after_crash, name, age):
        world = World(after_crash)
        world.calm(STEPS[0])
        _, code = world.run(STEPS[1], placed={(name, 1): KILLS[1]})
        self.assertEqual(code, -9)
        unsure = {place for place, state in world.states().items() if state == "intended"}
        world.let_pass(age)
        world.calm(STEPS[1])
        forgotten = [other for other, known in KNOWN.items() if known <= age]
        self.assertIn(name, forgotten)
        world.check(STEPS[1], unsure, blind=[*BLIND, *forgotten])

    def test_a_channel_that_was_away_for_long_hears_only_what_is_true_now(self):
        world = World("at_most_once")
        world.calm(STEPS[0])
        away = ["discord", "mastodon", "line", "x"]
        busy = next(mishap for mishap in MISHAPS if mishap.name == "503")
        placed = {(name, position): busy for name in away for position in range(1, 20)}
        for as_of in STEPS[1:3]:
            lines, _ = world.run(as_of, placed=placed)
            self.assertEqual({line["channel"] for line in lines if line["state"] == "failed"}, set(away))
        world.let_pass(2 * 3600)
        world.calm(STEPS[3])
        skipped = {(name, url) for name in away for url in world.expected(name, STEPS[2])[2:]}
        self.assertEqual(len(skipped), 4 * len(away))
        world.check(STEPS[3], skipped=skipped)

    def test_a_text_that_x_refuses_to_repeat_holds_up_no_later_one(self):
        # It has the text, because the answer to the first try was lost.
        world = World("at_least_once")
        world.platforms.memory.refuses_duplicates = True
        world.calm(STEPS[0])
        lines, _ = world.run(STEPS[1], placed={("x", 1): MISHAPS[0]})
        self.assertEqual([line for line in lines if line["state"] == "failed"], [])
        for as_of in STEPS[1:4]:
            world.calm(as_of)
            world.check(as_of)

    def test_runners_side_by_side_send_each_update_once(self):
        world = World("at_most_once")
        for as_of in STEPS:
            command = world.command("announce", "--no-wait", "--as-of", as_of)
            start = lambda: subprocess.Popen(command, env=world.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            runners = [world.platforms.watch(start) for _ in range(3)]
            for runner in runners:
                with runner:
                    told = runner.communicate(timeout=60)
                    self.assertEqual(runner.returncode, 0, told)
            world.platforms.settle()
            world.calm(as_of)
            world.check(as_of)


if __name__ == "__main__":
    unittest.main()
