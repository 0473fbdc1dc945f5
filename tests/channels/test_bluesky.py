"""Bluesky: a real PDS takes the posts, and Bluesky's own client reads them."""

import time
import unittest

from bluesky import LOGIN, MISSING, PACKAGES, PUT, Between, PostingSite, pds, read_by_client
from support import INSTANTS, SITE, THREADS, WEEK

TIMES = ["17T01:00", "18T09:00", "18T10:30", "18T12:00", "20T17:00", "20T19:00"]
ENTRIES_OF_THREADS = ["maintenance/2026-11-21-database/", "incidents/2026-11-18-orders-slow/"]

# An incident whose text is hard to count: links beside Japanese, characters of several code points, and too long for a post.
HELP = {"ja": "https://help.example.com/ja/app?os=1&v=2", "en": "https://help.example.com/en/app?os=1&v=2"}
APP = {
    "incidents/2026-11-22-app.md": f"""---
title: アプリが起動しない 👩‍👩‍👧‍👦🇯🇵
severity: minor
affects: [api]
started: 2026-11-22 09:50
---
## investigating 2026-11-22 10:00

𠮷野の端末で「が」の入力に失敗します👨🏽‍💻。手順（{HELP["ja"]}）をご覧ください。@alice.test と #障害 は文字のままです。

{"アプリを起動できないお客様は、ウェブ版をご利用ください。👩‍👩‍👧‍👦" * 20}
""",
    "incidents/2026-11-22-app.en.md": f"""---
title: The app does not start 👩‍👩‍👧‍👦🇯🇵
---
## investigating 2026-11-22 10:00

Typing fails 👨🏽‍💻 on some devices, naïvely: see {HELP["en"]}. @alice.test and #outage stay plain words.

{"If the app does not start, please use the web version. " * 20}
""",
}
APP_INSTANT = "2026-11-22T10:05:00+09:00"


def line_one(post):
    return post["value"]["text"].split("\n")[0]


@unittest.skipUnless(PACKAGES, MISSING)
class PostsOnBluesky(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pds = cls.enterClassContext(pds())
        cls.between = Between(cls.pds.port)
        cls.addClassCleanup(cls.between.stop)
        cls.site = PostingSite(cls.between.url, cls.pds.handle, cls.pds.app_password)
        cls.done = [cls.site.announce(instant) for instant in INSTANTS]
        cls.again = [cls.site.announce(instant) for instant in INSTANTS[-2:]]
        for name, text in APP.items():
            cls.site.write(name, text)
        cls.done.append(cls.site.announce(APP_INSTANT))
        cls.posts = cls.pds.posts()
        cls.asked, cls.logins = cls.between.of(PUT), cls.between.of(LOGIN)
        cls.by_locale = {
            locale: sorted(
                (post for post in cls.posts if post["value"]["langs"] == [locale]),
                key=lambda post: post["value"]["createdAt"],
            )
            for locale in WEEK
        }

    def setUp(self):
        self.between.is_lost = lambda path: False
        self.between.exchanges.clear()

    def test_each_update_is_one_post_in_each_language(self):
        for locale, lines in WEEK.items():
            posts = self.by_locale[locale]
            self.assertEqual([line_one(post) for post in posts[:-1]], lines)
            times = [f"2026-11-{time}:00Z" for time in TIMES] + ["2026-11-22T01:00:00Z"]
            self.assertEqual([post["value"]["createdAt"] for post in posts], times)
        self.assertEqual(len(self.posts), 14)

    def test_the_first_run_and_a_repeated_run_post_nothing(self):
        self.assertEqual(self.done[0], [])
        self.assertEqual([len(done) for done in self.done[1:]], [2] * 7)
        self.assertEqual(self.again, [[], []])
        self.assertEqual(len(self.asked), 14, "noroshi sends each update once")
        self.assertEqual(len(self.logins), 7, "noroshi logs in once in each run that posts")

    def test_the_ledger_names_the_posts_that_the_server_lists(self):
        status = self.site.status()
        self.assertEqual({line["state"] for line in status}, {"sent"})
        listed = {f"{post['uri']} {post['cid']}" for post in self.posts}
        self.assertEqual({line["sent_id"] for line in status}, listed)
        for line in status:
            key = line["sent_id"].split(" ")[0].rsplit("/", 1)[1]
            self.assertEqual(line["address"], f"https://bsky.app/profile/{self.pds.handle}/post/{key}")

    def test_later_updates_answer_the_first_and_the_latest_post_of_their_language(self):
        for posts in self.by_locale.values():
            references = [{"uri": post["uri"], "cid": post["cid"]} for post in posts]
            for first, *others in THREADS + [[6]]:
                self.assertNotIn("reply", posts[first]["value"])
                before = first
                for number in others:
                    expected = {"root": references[first], "parent": references[before]}
                    self.assertEqual(posts[number]["value"]["reply"], expected)
                    before = number

    def test_the_server_found_each_record_valid_by_its_lexicon(self):
        token = self.pds.token()
        for body, status, answer in self.asked:
            self.assertEqual((status, answer["validationStatus"]), (200, "valid"))
            # noroshi leaves `validate` out: the server then checks the records that it knows. With `true` it must know them.
            status, again = self.pds.post("com.atproto.repo.putRecord", body | {"validate": True}, token)
            self.assertEqual((status, again["cid"]), (200, answer["cid"]), again)
        self.assertEqual(self.pds.posts(), self.posts, "the same record under the same key is the same post")

    def test_the_server_refuses_a_record_that_is_not_valid(self):
        """Without this, a server that checks nothing would pass the test before."""
        token = self.pds.token()
        body = self.asked[0][0]
        for wrong in [
            {"text": "あ" * 301},
            {"createdAt": "2026-11-17"},
            {"facets": [{"index": {"byteStart": 0, "byteEnd": 1}, "features": [{"$type": "app.bsky.richtext.facet#link"}]}]},
        ]:
            changed = body | {"record": body["record"] | wrong, "rkey": "3laaaaaaaaaaa"}
            status, answer = self.pds.post("com.atproto.repo.putRecord", changed, token)
            self.assertEqual((status, answer["error"]), (400, "InvalidRequest"), wrong)

    def test_the_client_of_bluesky_reads_each_link_at_its_words(self):
        for locale, posts in self.by_locale.items():
            for post, read in zip(posts, read_by_client([post["value"] for post in posts]), strict=True):
                record = post["value"]
                self.assertIsNone(read["error"])
                self.assertLessEqual(read["graphemes"], 300)
                self.assertLessEqual(read["bytes"], 3000)
                self.assertEqual("".join(piece["text"] for piece in read["pieces"]), record["text"])
                card = record["embed"]["external"]
                links = [(piece["text"], piece["link"]) for piece in read["pieces"] if piece.get("link")]
                shown, link = links[-1]
                self.assertEqual(link, card["uri"])
                self.assertIn(shown, [link.removeprefix("https://").rstrip("/"), f"status.{SITE}/…"])
                # Every address is a link, and `@` makes no mention.
                outside = "".join(piece["text"] for piece in read["pieces"] if not piece.get("link"))
                self.assertNotIn("://", outside)
                self.assertFalse([piece for piece in read["pieces"] if piece.get("mention")])
                for text, link in links[:-1]:
                    self.assertEqual(text, link)
            # The last post is the one about the app.
            self.assertEqual(links[0], (HELP[locale], HELP[locale]))
            self.assertGreater(read["graphemes"], 220, "a long text fills most of the post")
            self.assertIn("…", record["text"])
            self.assertIn("@alice.test", record["text"])

    def test_each_post_has_a_card_with_the_page_and_the_title_of_its_entry(self):
        for locale, posts in self.by_locale.items():
            pages = f"https://status.{SITE}/{'' if locale == 'ja' else 'en/'}"
            for number, post in enumerate(posts[:-1]):
                embed = post["value"]["embed"]
                self.assertEqual(embed["$type"], "app.bsky.embed.external")
                card = embed["external"]
                entry = next(entry for entry, thread in zip(ENTRIES_OF_THREADS, THREADS) if number in thread)
                self.assertEqual(card["uri"].split("#")[0], pages + entry)
                self.assertTrue(WEEK[locale][number].endswith(card["title"]), card)
                self.assertNotIn(card["description"], ["", card["title"]])

    def test_a_test_message_says_so(self):
        before = {post["uri"] for post in self.posts}
        self.site.run("test", "sky")
        new = [post for post in self.pds.posts() if post["uri"] not in before]
        self.assertTrue(new)
        for post in new:
            self.assertTrue(post["value"]["text"].startswith("[TEST / テスト] "), post)
            self.assertNotIn("reply", post["value"])
        self.pds.delete(new)


@unittest.skipUnless(PACKAGES, MISSING)
class FailuresOnBluesky(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pds = cls.enterClassContext(pds())

    def setUp(self):
        self.pds.delete(self.pds.posts())
        self.between = Between(self.pds.port)
        self.addCleanup(self.between.stop)

    def site(self, **more):
        site = PostingSite(self.between.url, self.pds.handle, self.pds.app_password, **more)
        site.announce(INSTANTS[0])
        return site

    def states(self, site):
        return [line["state"] for line in site.status()]

    def test_a_lost_answer_is_repeated_by_the_next_run_and_there_is_one_post(self):
        site = self.site(locales=["ja"])
        self.between.is_lost = lambda path: path == PUT
        [line] = site.announce(INSTANTS[1], expect=3)
        self.assertEqual(line["state"], "failed")
        [post] = self.pds.posts()
        self.between.is_lost = lambda path: False
        [line] = site.announce(INSTANTS[1])
        self.assertEqual((line["state"], line["sent_id"]), ("sent", f"{post['uri']} {post['cid']}"))
        self.assertEqual(self.pds.posts(), [post])
        bodies = [body for body, _, _ in self.between.of(PUT)]
        self.assertGreaterEqual(len(bodies), 2)
        self.assertEqual([body for body in bodies if body != bodies[0]], [])

    def test_a_lost_answer_is_repeated_in_the_same_run_and_the_thread_goes_on(self):
        site = self.site(kinds=["incident"], locales=["en"])
        site.announce(INSTANTS[2])
        lost = []

        def is_lost(path):
            if path == PUT and not lost:
                lost.append(path)
                return True
            return False

        self.between.is_lost = is_lost
        site.announce(INSTANTS[3])
        site.announce(INSTANTS[4])
        self.assertEqual(len(lost), 1)
        self.assertEqual(len(self.between.of(PUT)), 4)
        self.assertEqual(self.states(site), ["sent"] * 3)
        first, second, third = sorted(self.pds.posts(), key=lambda post: post["value"]["createdAt"])
        self.assertEqual(second["value"]["reply"]["parent"]["cid"], first["cid"])
        self.assertEqual(third["value"]["reply"]["parent"]["cid"], second["cid"])

    def test_a_lost_answer_of_the_login_posts_nothing_and_is_repeated(self):
        site = self.site(locales=["ja"])
        lost = []
        self.between.is_lost = lambda path: path == LOGIN and not lost and not lost.append(path)
        site.announce(INSTANTS[1])
        self.assertEqual((len(self.between.of(LOGIN)), len(self.pds.posts())), (2, 1))

    def test_a_wrong_app_password_fails_with_its_reason_and_the_right_one_sends_what_waited(self):
        site = self.site()
        site.app_password = "abcd-efgh-ijkl-mnop"
        done = site.announce(INSTANTS[1], expect=3)
        printed = site.run("status", "--all")
        self.assertEqual(self.pds.posts(), [])
        self.assertEqual(len(self.between.of(LOGIN)), 1, "the server counts wrong passwords")
        failed = [line for line in done if line["state"] == "failed"]
        self.assertTrue(failed, done)
        for part in ["Bluesky answers 401", "Invalid identifier or password", "app password"]:
            self.assertIn(part, failed[0]["reason"])
            self.assertIn(part, printed)
        site.app_password = self.pds.app_password
        site.announce(INSTANTS[1])
        self.assertEqual(len(self.pds.posts()), 2)
        self.assertEqual(set(self.states(site)), {"sent"})

    def test_an_unknown_handle_fails_with_its_reason(self):
        site = PostingSite(self.between.url, "other.test", self.pds.app_password)
        site.announce(INSTANTS[0])
        done = site.announce(INSTANTS[1], expect=3)
        self.assertIn("check `handle` in site.yaml", done[0]["reason"])

    def test_a_test_with_a_wrong_app_password_fails(self):
        site = self.site()
        site.app_password = "abcd-efgh-ijkl-mnop"
        site.run("test", "sky", expect=3)
        self.assertIn("Invalid identifier or password", site.errors)


@unittest.skipUnless(PACKAGES, MISSING)
class LimitsOfBluesky(unittest.TestCase):
    def test_a_limit_of_five_minutes_ends_the_run_at_once(self):
        with pds(rates=True) as server:
            site = PostingSite(server.url, server.handle, server.app_password)
            site.announce(INSTANTS[0])
            wrong = {"identifier": server.handle, "password": "wrong"}
            statuses = [server.post("com.atproto.server.createSession", wrong)[0] for _ in range(31)]
            self.assertEqual(statuses, [401] * 30 + [429])
            begun = time.monotonic()
            done = site.announce(INSTANTS[1], expect=3)
            self.assertLess(time.monotonic() - begun, 10, "the server asks to wait for longer than a run may")
            self.assertEqual(done[0]["state"], "failed")
            self.assertIn("Bluesky answers 429", done[0]["reason"])
            self.assertEqual(server.posts(), [])


if __name__ == "__main__":
    unittest.main()
