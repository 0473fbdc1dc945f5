"""Programs that were written for another status page read ours and report what is true.

What is true stands here by hand, from what the demo's entries say; see also tests/suite/week.rs.
"""

import json
import subprocess
import unittest
from datetime import datetime, timedelta, timezone

import exporter
from support import BUSY, HERE, INSTANTS, NIGHT, QUIET, URL, WORK, served, site

#: Every component and group in its order.
NAMES = """
銘柄ごとの取引と入出金
ビットコイン(BTC)の売買
ビットコイン(BTC)の入金・預入
ビットコイン(BTC)の出金・送付
イーサリアム(ETH)の売買
イーサリアム(ETH)の入金・預入
イーサリアム(ETH)の出金・送付
エックスアールピー(XRP)の売買
エックスアールピー(XRP)の入金・預入
エックスアールピー(XRP)の出金・送付
日本円の売買
日本円の入金・預入
日本円の出金・送付
画面とアプリ
ウェブサイト
スマートフォンアプリ
チャートと価格表示
口座
ログインと二段階認証
本人確認
API
サポート窓口
""".split("\n")[1:-1]

WELL = {name: "operational" for name in NAMES}
MATRIX = dict.fromkeys(NAMES[:13], "under_maintenance")

ORDERS = "ビットコインの注文受付の遅れ"
XRP = ("XRP の出金・送付の緊急メンテナンス", "in_progress", "2026-11-20T09:30:00.000+09:00", None)
REGULAR_TITLE = "定期メンテナンス（11月24日）"
REGULAR_WINDOW = ("2026-11-24T02:00:00.000+09:00", "2026-11-24T05:00:00.000+09:00")
REGULAR = (REGULAR_TITLE, "scheduled", *REGULAR_WINDOW)
REGULAR_NOW = (REGULAR_TITLE, "in_progress", *REGULAR_WINDOW)
UPDATE = (
    "注文システムのアップデート",
    "scheduled",
    "2026-12-08T01:00:00.000+09:00",
    "2026-12-08T05:00:00.000+09:00",
)

#: For each instant what is true of the whole, of each component, of incidents and of maintenance.
TRUTH = {
    QUIET: {
        "indicator": "none",
        "description": "すべて正常に稼働しています",
        "components": WELL,
        "unresolved": [],
        "active": [],
        "upcoming": [],
    },
    WORK: {
        "indicator": "maintenance",
        "description": "メンテナンスを実施しています",
        "components": WELL | {NAMES[0]: "under_maintenance", NAMES[9]: "under_maintenance"},
        "unresolved": [],
        "active": [XRP],
        "upcoming": [REGULAR, UPDATE],
    },
    BUSY: {
        "indicator": "major",
        "description": "一部の機能に障害が発生しています",
        "components": WELL
        | {
            NAMES[0]: "under_maintenance",
            NAMES[1]: "degraded_performance",
            NAMES[9]: "under_maintenance",
            "API": "partial_outage",
        },
        "unresolved": [(ORDERS, "identified", "major")],
        "active": [XRP],
        "upcoming": [REGULAR, UPDATE],
    },
    NIGHT: {
        "indicator": "major",
        "description": "一部の機能に障害が発生しています",
        "components": WELL | MATRIX | {"API": "partial_outage"},
        "unresolved": [(ORDERS, "identified", "major")],
        "active": [REGULAR_NOW, XRP],
        "upcoming": [UPDATE],
    },
}

#: Every incident up to BUSY, the last to begin first.
INCIDENTS = [
    (ORDERS, "identified", "major"),
    ("チャットでのお問い合わせの中断", "resolved", "minor"),
    ("すべてのサービスに接続できない障害", "postmortem", "critical"),
    ("価格の通知の遅れ", "resolved", "minor"),
    ("SMS による認証コードの到着の遅れ", "resolved", "minor"),
    ("エックスアールピー（XRP）の送付の遅れ", "resolved", "major"),
    ("すべての銘柄の売買停止", "postmortem", "critical"),
    ("「出金手数料改定のお知らせ」メールの誤送信", "resolved", "minor"),
    ("iPhone 向けアプリが起動直後に終了する不具合", "resolved", "major"),
    ("取り下げたお知らせ", "resolved", "major"),
    ("銀行振込による日本円の入金の反映の遅れ", "resolved", "major"),
    ("本人確認の審査の遅れ", "resolved", "minor"),
    ("不審なログインの試みと、予防のための出金・送付の停止", "postmortem", "critical"),
    ("取引履歴のファイルに記載した時刻の誤り", "resolved", "minor"),
    ("イーサリアムの預入の反映の遅れ", "resolved", "major"),
    ("ビットコインのチャートの一部が表示されない不具合", "resolved", "minor"),
]

#: Every maintenance up to BUSY, the last to begin first. What was called off is over.
MAINTENANCE = [
    ("注文システムのアップデート", "scheduled"),
    (REGULAR_TITLE, "scheduled"),
    ("XRP の出金・送付の緊急メンテナンス", "in_progress"),
    ("週次メンテナンス（11月17日(火)）", "completed"),
    ("ウェブサーバーの増強", "completed"),
    ("チャート表示のアップデート", "completed"),
    ("データベースサーバーの交換", "completed"),
    ("提携銀行のメンテナンスによる日本円の入出金の停止", "completed"),
    ("ログインの緊急メンテナンス（セキュリティ更新）", "completed"),
    ("残高管理システムのアップデート", "completed"),
]


def asked(client, root):
    with served(root) as origin:
        command = ["node", HERE / "clients.mjs", client, origin]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode != 0:
        raise AssertionError(f"{client}: exit {done.returncode}\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


def incidents(answer):
    return [(i["name"], i["status"], i["impact"]) for i in answer["incidents"]]


def works(answer, time=lambda text: text):
    return [
        (m["name"], m["status"], time(m["scheduled_for"]), time(m["scheduled_until"]))
        for m in answer["scheduled_maintenances"]
    ]


def components(answer):
    return {c["name"]: c["status"] for c in answer["components"]}


class Client:
    """What holds for every client; `time` turns what it makes of a time back into ours."""

    name: str
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.answers = {instant: asked(cls.name, site(instant)) for instant in INSTANTS}

    def time(self, value):
        return value

    def each(self):
        return [(at, truth, self.answers[at]) for at, truth in TRUTH.items()]

    def test_the_whole_is_reported(self):
        for at, truth, answers in self.each():
            wanted = {"indicator": truth["indicator"], "description": truth["description"]}
            for answer in (answers["status"], answers["summary"]):
                self.assertEqual(answer["status"], wanted, at)
                self.assertEqual(answer["page"]["name"], "星取引所 稼働状況")
                self.assertEqual(answer["page"]["url"], URL)
                self.assertEqual(answer["page"]["time_zone"], "Asia/Tokyo")

    def test_every_component_is_reported_and_its_group_holds_it(self):
        for at, truth, answers in self.each():
            for answer in (answers["components"], answers["summary"]):
                self.assertEqual(components(answer), truth["components"], at)
                self.assertEqual([c["name"] for c in answer["components"]], NAMES)
                ids = {c["id"]: c for c in answer["components"]}
                self.assertEqual(len(ids), len(NAMES))
                groups = [c for c in answer["components"] if c["group"]]
                self.assertEqual([c["name"] for c in groups], [NAMES[0], NAMES[13], NAMES[17]])
                for group in groups:
                    members = [id for id, c in ids.items() if c["group_id"] == group["id"]]
                    self.assertEqual(group["components"], members)

    def test_incidents_are_reported(self):
        for at, truth, answers in self.each():
            self.assertEqual(incidents(answers["unresolved"]), truth["unresolved"], at)
            self.assertEqual(incidents(answers["summary"]), truth["unresolved"], at)
        self.assertEqual(incidents(self.answers[BUSY]["incidents"]), INCIDENTS)
        self.assertEqual(incidents(self.answers[QUIET]["incidents"]), INCIDENTS[-2:])

    def test_the_newest_update_says_what_the_incident_says(self):
        for _, _, answers in self.each():
            for incident in answers["incidents"]["incidents"]:
                newest = incident["incident_updates"][0]
                self.assertEqual(newest["status"], incident["status"], incident["name"])
                self.assertEqual(newest["incident_id"], incident["id"])
                self.assertTrue(newest["body"])
        [orders] = self.answers[BUSY]["unresolved"]["incidents"]
        states = [update["status"] for update in orders["incident_updates"]]
        self.assertEqual(states, ["identified", "identified"] + ["investigating"] * 3)
        self.assertEqual({c["name"] for c in orders["components"]}, {"ビットコイン(BTC)の売買", "API"})

    def test_nothing_is_older_than_the_exchange(self):
        # A client that sorts by it, or shows it, must not find 1970.
        for at, _, answers in self.each():
            for kind in ("components", "incidents"):
                for one in answers[kind][kind]:
                    self.assertGreaterEqual(self.time(one["created_at"]), "2026-01-05", (at, one["name"]))

    def test_maintenance_is_reported(self):
        for at, truth, answers in self.each():
            self.assertEqual(works(answers["upcoming"], self.time), truth["upcoming"], at)
            both = truth["active"] + truth["upcoming"]
            self.assertCountEqual(works(answers["summary"], self.time), both, at)


class StatuspageIo(Client, unittest.TestCase):
    name = "statuspage.io"


class StatuspageJs(Client, unittest.TestCase):
    name = "statuspage.js"

    def time(self, value):
        """It hands out dates: an instant without its offset."""
        if value is None:
            return None
        tokyo = datetime.fromisoformat(value["date"]).astimezone(timezone(timedelta(hours=9)))
        return tokyo.isoformat(timespec="milliseconds")

    def test_maintenance_under_way_is_reported(self):
        for at, truth, answers in self.each():
            self.assertEqual(works(answers["active"], self.time), truth["active"], at)
        every = [work[:2] for work in works(self.answers[BUSY]["maintenance"], self.time)]
        self.assertEqual(every, MAINTENANCE)

    def test_every_time_is_taken_for_a_time(self):
        for _, _, answers in self.each():
            for answer in answers.values():
                self.times(answer)

    def times(self, value, name=""):
        if isinstance(value, dict) and set(value) != {"date"}:
            for inner, found in value.items():
                self.times(found, inner)
        elif isinstance(value, list):
            for found in value:
                self.times(found)
        elif value is not None and (name.endswith("_at") or name.startswith("scheduled_")):
            # A date that is none would be null.
            self.assertIsNotNone(value.get("date"), name)
        else:
            self.assertNotIsInstance(value, dict if name != "start_date" else bytes, name)


class Exporter(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.metrics = {}
        for instant in INSTANTS:
            with served(site(instant)) as origin:
                cls.metrics[instant] = exporter.scrape(origin)

    def each(self):
        return [(at, truth, self.metrics[at]) for at, truth in TRUTH.items()]

    def test_it_reads_without_a_complaint(self):
        for at, _, metrics in self.each():
            self.assertEqual((metrics.read, metrics.log), (1, []), at)

    def test_the_whole_is_well_only_where_nothing_is_wrong(self):
        for at, truth, metrics in self.each():
            self.assertEqual(metrics.well, 1 if truth["indicator"] == "none" else 0, at)

    def test_every_component_is_reported(self):
        for at, truth, metrics in self.each():
            wanted = {name: float(status == "operational") for name, status in truth["components"].items()}
            self.assertEqual(metrics.components, wanted, at)

    def test_incidents_are_reported(self):
        for at, truth, metrics in self.each():
            told = [(i["incident_name"], i["impact"]) for i in metrics.incidents]
            self.assertEqual(told, [(name, impact) for name, _, impact in truth["unresolved"]], at)
            for incident in metrics.incidents:
                self.assertEqual(incident["started_at"], "2026-11-20T10:15:00+09:00")
                self.assertEqual(incident["shortlink"], f"{URL}incidents/2026-11-20-btc-order-delay/")
                self.assertEqual(incident["affected_components"], "ビットコイン(BTC)の売買, API")

    def test_maintenance_is_reported(self):
        for at, truth, metrics in self.each():
            told = {
                (m["maintenance_name"], m["scheduled_start"], m["scheduled_end"])
                for m in metrics.maintenance
            }
            # An end that is not known is its start there, and it writes times its own way.
            time = lambda text: text.replace(".000", "")
            wanted = {
                (name, time(start), time(end or start))
                for name, _, start, end in truth["active"] + truth["upcoming"]
            }
            self.assertEqual(told, wanted, at)
