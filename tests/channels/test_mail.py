"""Mail through Debian's Postfix and Mailman 3 to three readers."""

import unittest
from email import message_from_bytes, policy

from support import INSTANTS, LISTS, READERS, SITE, THREADS, WEEK, Dropping, Mailman, Postfix, Site, read_by_crate, spam_rules

READ_IN = {"taro": "ja", "hana": "ja", "mary": "en"}

# Rules that say nothing about the form of a mail: there is no server outside this machine, it has HTML, it is of a list.
HARMLESS = {"ALL_TRUSTED", "NO_RELAYS", "NO_RECEIVED", "HTML_MESSAGE", "MAILING_LIST_MULTI"}

SETTINGS = f"""
from mailman.config import config
from mailman.interfaces.listmanager import IListManager
from mailman.interfaces.subscriptions import ISubscriptionManager
from mailman.interfaces.usermanager import IUserManager
from zope.component import getUtility

def main():
    users = getUtility(IUserManager)
    for tag, reader in [("ja", "taro"), ("en", "mary")]:
        found = getUtility(IListManager).get("status-" + tag + "@{LISTS}")
        found.subject_prefix = ""
        # Only the status page writes to it.
        found.accept_these_nonmembers = ["status@{SITE}"]
        found.send_welcome_message = False
        address = users.create_address(reader + "@{READERS}")
        ISubscriptionManager(found).register(address, pre_verified=True, pre_confirmed=True, pre_approved=True)
    config.db.commit()
"""


def parsed(mail):
    return message_from_bytes(mail, policy=policy.default)


class MailToLists(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mailman = Mailman()
        cls.postfix = Postfix(cls.mailman.lmtp)
        cls.mailman.start(cls.postfix.port)
        for tag in ["ja", "en"]:
            cls.mailman.run("create", "--domain", f"status-{tag}@{LISTS}")
        # A mail without its footer is what the list manager got.
        for tag in ["ja", "en"]:
            folder = cls.mailman.var / "templates" / "lists" / f"status-{tag}.{LISTS}" / "en"
            folder.mkdir(parents=True)
            (folder / "list:member:regular:footer.txt").write_text("")
        cls.mailman.configure(SETTINGS)
        cls.join("hana", f"status-ja-join@{LISTS}")
        lists = [{"list": f"status-{tag}@{LISTS}", "locales": [tag]} for tag in ["ja", "en"]]
        cls.site = Site(
            {
                "readers": {
                    "to": "mail",
                    "server": f"smtp://127.0.0.1:{cls.postfix.port}",
                    "from": {"ja": f"星取引所 <status@{SITE}>", "en": f"Hoshi Exchange <status@{SITE}>"},
                    "lists": lists,
                }
            }
        )
        cls.done = [cls.site.announce(instant) for instant in INSTANTS]
        cls.again = [cls.site.announce(instant) for instant in INSTANTS[-2:]]
        for reader in READ_IN:
            last = WEEK[READ_IN[reader]][-1]
            cls.postfix.wait_for_mail(reader, lambda mail, last=last: mail["subject"] == last, f"{reader}: {last}")
        cls.boxes = {reader: cls.updates(reader) for reader in READ_IN}

    @classmethod
    def join(cls, reader, address):
        """Joins a list as people do: by a mail, and by an answer to the question that comes back."""
        cls.postfix.submit(f"{reader}@{READERS}", address, "join")
        asked = cls.postfix.wait_for_mail(reader, lambda mail: "-confirm+" in mail["from"], "the question")
        to = asked["from"].addresses[0].addr_spec
        cls.postfix.submit(f"{reader}@{READERS}", to, f"Re: {asked['subject']}")
        cls.wait_for_member(reader)

    @classmethod
    def wait_for_member(cls, reader):
        code = f"""
import time
from mailman.config import config
from mailman.interfaces.listmanager import IListManager
from zope.component import getUtility

def main():
    for _ in range(120):
        config.db.abort()
        if getUtility(IListManager).get("status-ja@{LISTS}").members.get_member("{reader}@{READERS}"):
            return
        time.sleep(0.5)
    raise SystemExit(1)
"""
        cls.mailman.configure(code)

    @classmethod
    def updates(cls, reader):
        """The mails of the site to a reader."""
        return [mail for mail in cls.postfix.mails(reader) if "status@" in parsed(mail)["from"]]

    def test_each_reader_gets_each_update_once_in_order_and_in_the_own_language(self):
        for reader, tag in READ_IN.items():
            mails = [parsed(mail) for mail in self.boxes[reader]]
            self.assertEqual([mail["subject"] for mail in mails], WEEK[tag], reader)
            self.assertEqual({mail["content-language"] for mail in mails}, {tag})
            self.assertEqual({mail["list-id"] for mail in mails}, {f"<status-{tag}.{LISTS}>"})
            name = {"ja": "星取引所", "en": "Hoshi Exchange"}[tag]
            self.assertEqual({mail["from"].addresses[0].display_name for mail in mails}, {name})

    def test_the_first_run_and_a_second_one_send_nothing(self):
        self.assertEqual(self.done[0], [])
        self.assertEqual([len(done) for done in self.done[1:]], [2] * 6)
        self.assertEqual(self.again, [[], []])
        self.assertEqual({line["state"] for line in self.site.status()}, {"sent"})

    def test_an_entry_is_one_conversation(self):
        for reader in READ_IN:
            mails = [parsed(mail) for mail in self.boxes[reader]]
            ids = [mail["message-id"] for mail in mails]
            self.assertEqual(len(set(ids)), len(ids))
            for thread in THREADS:
                first, *others = thread
                self.assertIsNone(mails[first]["references"])
                before = first
                for number in others:
                    self.assertEqual(mails[number]["in-reply-to"], ids[before])
                    self.assertEqual(mails[number]["references"].split(), list(dict.fromkeys([ids[first], ids[before]])))
                    before = number
                topics = {mails[number]["thread-topic"] for number in thread}
                self.assertEqual(len(topics), 1, topics)

    def test_two_parsers_read_the_same_words(self):
        for reader, tag in READ_IN.items():
            read = read_by_crate(self.boxes[reader])
            for mail, crate in zip(map(parsed, self.boxes[reader]), read, strict=True):
                self.assertEqual(crate["subject"], mail["subject"])
                self.assertEqual(crate["from"], mail["from"].addresses[0].display_name)
                self.assertEqual(crate["id"], mail["message-id"].strip("<>"))
                self.assertEqual(crate["parts"], [1, 1, 0])
                self.assertEqual(mail.get_content_type(), "multipart/alternative")
                for kind, part in [("text", "plain"), ("html", "html")]:
                    body = mail.get_body([part]).get_content().replace("\r\n", "\n")
                    self.assertEqual(crate[kind].rstrip(), body.rstrip())
            self.assertIn({"ja": "遅れは解消しました。", "en": "The delay is over."}[tag], read[3]["text"])
            self.assertIn(f"https://status.{SITE}/", read[3]["text"])

    def test_a_mail_is_small_and_ascii_with_short_lines(self):
        for reader in READ_IN:
            for mail in self.boxes[reader]:
                # What the servers added has longer lines.
                self.assertTrue(mail.isascii())
                body = mail.split(b"\n\n", 1)[1]
                self.assertLessEqual(max(map(len, body.splitlines())), 78)
                self.assertLessEqual(len(mail), 100_000)

    def test_spamassassin_finds_no_fault(self):
        for mail in [self.boxes["hana"][1], self.boxes["mary"][3]]:
            self.assert_is_no_spam(mail)

    def assert_is_no_spam(self, mail):
        score, rules = spam_rules(mail)
        self.assertEqual(rules - HARMLESS, set())
        self.assertLess(score, 2)

    def test_a_mail_without_a_list_manager_says_itself_that_it_is_of_a_list(self):
        site = Site(
            {
                "alone": {
                    "to": "mail",
                    "server": f"smtp://127.0.0.1:{self.postfix.port}",
                    "from": f"status@{SITE}",
                    "lists": [f"everybody@{READERS}"],
                    "unsubscribe": [f"mailto:leave@{SITE}", f"https://www.{SITE}/leave?list=status"],
                    "one_click": True,
                }
            }
        )
        site.announce(INSTANTS[0])
        site.announce(INSTANTS[1])
        read = self.postfix.wait_for_mail("everybody", lambda mail: mail["content-language"] == "en", "the mail")
        self.assertEqual(read["list-id"], f"<everybody.{READERS}>")
        self.assertEqual(read["list-unsubscribe"], f"<https://www.{SITE}/leave?list=status>, <mailto:leave@{SITE}>")
        self.assertEqual(read["list-unsubscribe-post"], "List-Unsubscribe=One-Click")
        # Without a name of its own the site is the sender.
        self.assertEqual(read["from"].addresses[0].display_name, "Hoshi Exchange Status")
        for mail in self.updates("everybody"):
            self.assert_is_no_spam(mail)

    def test_a_test_arrives_and_says_so(self):
        self.site.run("test", "readers")
        for reader, tag in READ_IN.items():
            self.postfix.wait_for_mail(reader, lambda mail: mail["subject"].startswith("[TEST / テスト]"), f"{reader}: {tag}")

    def test_a_lost_answer_is_unknown_until_a_person_says(self):
        server = Dropping()
        site = Site(
            {
                "lost": {
                    "to": "mail",
                    "server": f"smtp://127.0.0.1:{server.port}",
                    "from": f"status@{SITE}",
                    "lists": [f"status-ja@{LISTS}"],
                    "locales": ["ja"],
                }
            }
        )
        site.announce(INSTANTS[0])
        site.announce(INSTANTS[1], expect=3)
        self.assertEqual(len(server.mails), 1)
        [line] = site.status()
        self.assertEqual(line["state"], "unknown")
        self.assertIn("did not say that it took it", line["reason"])
        self.assertIn("unknown", site.run("status"))
        # Nobody sends it again by itself.
        site.announce(INSTANTS[1], expect=None)
        self.assertEqual(len(server.mails), 1)
        site.run("retry", line["id"])
        site.announce(INSTANTS[1], expect=3)
        # A second copy is the same mail.
        first, second = (parsed(mail) for mail in server.mails)
        self.assertEqual(first["message-id"], second["message-id"])


if __name__ == "__main__":
    unittest.main()
