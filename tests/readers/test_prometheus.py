"""`/metrics` and `/metrics.txt`, read by a real Prometheus, by `promtool` and by the client library."""

import contextlib
import functools
import http.server
import json
import socket
import subprocess
import threading
import time
import unittest
import urllib.parse
import urllib.request
from datetime import datetime

from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families as old_text

from support import BUSY, INSTANTS, QUIET, build, change, demo, room, site

TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8"
#: How long anything here may take.
PATIENCE = 60
#: The components with a trouble on a busy day, by hand from the content.
TROUBLED = {
    ("btc.trade", "degraded_performance"),
    ("xrp.withdraw", "under_maintenance"),
    ("api", "partial_outage"),
}
HOSTILE = 'A\\"} 1 \\\\ # EOF'


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Sends the type that `_headers` of the site says for a path."""

    def guess_type(self, path):
        name = path.rsplit("/", 1)[-1]
        lines = iter((self.directory_of_site / "_headers").read_text().splitlines())
        for line in lines:
            if line == f"/{name}":
                for header in lines:
                    if not header.startswith("  "):
                        break
                    if header.startswith("  Content-Type: "):
                        return header.removeprefix("  Content-Type: ")
        return "text/plain; charset=utf-8" if name.endswith(".txt") else "application/octet-stream"

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    kind = type("Of", (Handler,), {"directory_of_site": folder})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(kind, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def prometheus(port):
    """A Prometheus that reads both addresses of a site each second; hands out a function that asks it."""
    folder, own = room(), free_port()
    job = "{{job_name: {}, metrics_path: /{}, static_configs: [{{targets: ['127.0.0.1:{}']}}]}}"
    jobs = ", ".join(job.format(name, path, port) for name, path in (("typed", "metrics"), ("plain", "metrics.txt")))
    (folder / "prometheus.yml").write_text(f"global: {{scrape_interval: 1s}}\nscrape_configs: [{jobs}]\n")
    command = ["prometheus", f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([*command, f"--web.listen-address=127.0.0.1:{own}"], stdout=log, stderr=log)

    def ask(query, count=1):
        address = f"http://127.0.0.1:{own}/api/v1/query?query={urllib.parse.quote(query)}"
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    found = json.load(answer)["data"]["result"]
                # It reads the two addresses one after the other.
                if len(found) >= count or time.monotonic() > end:
                    return [(row["metric"], float(row["value"][1])) for row in found]
            except OSError:
                pass
            if time.monotonic() > end:
                raise AssertionError((folder / "log").read_text()[-3000:])
            time.sleep(0.3)

    try:
        yield ask
    finally:
        process.terminate()
        process.wait()


def samples(families):
    return [(s.name, s.labels, s.value) for family in families for s in family.samples]


class Metrics(unittest.TestCase):
    maxDiff = None

    def test_both_formats_read_the_same_samples(self):
        for at in INSTANTS:
            text = (site(at) / "metrics").read_text()
            self.assertEqual(text, (site(at) / "metrics.txt").read_text())
            families = list(open_metrics(text))
            self.assertEqual({family.type for family in families}, {"gauge"})
            self.assertTrue(all(family.documentation for family in families))
            self.assertEqual(samples(families), samples(old_text(text)))

    def test_promtool_finds_nothing(self):
        for at in INSTANTS:
            done = subprocess.run(
                ["promtool", "check", "metrics"], input=(site(at) / "metrics").read_bytes(), capture_output=True
            )
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_what_is_wrong_is_told_and_instants_are_those_of_the_content(self):
        found = samples(open_metrics((site(BUSY) / "metrics").read_text()))
        troubled = {
            (labels["component"], labels["status"])
            for name, labels, value in found
            if name == "noroshi_component_status" and value and labels["status"] != "operational"
        }
        self.assertEqual(troubled, TROUBLED)
        one = {name: value for name, labels, value in found if not labels}
        seconds = lambda text: datetime.fromisoformat(text).timestamp()
        self.assertEqual(one["noroshi_effective_timestamp_seconds"], seconds("2026-11-20T11:50:00+09:00"))
        self.assertGreater(one["noroshi_next_change_timestamp_seconds"], seconds(BUSY))
        self.assertEqual(one["noroshi_next_maintenance_timestamp_seconds"], seconds("2026-11-24T02:00:00+09:00"))
        quiet = samples(open_metrics((site(QUIET) / "metrics").read_text()))
        self.assertEqual(sum(value for name, _, value in quiet if name == "noroshi_active_incidents"), 0)

    def test_prometheus_scrapes_both_addresses_and_joins_a_component_by_its_code(self):
        root, out = demo(), room() / "site"
        change(root / "content/site.yaml", "name: API\n", f"name: '{HOSTILE}'\n    codes: {{service: '{HOSTILE}'}}\n")
        build(root, out, BUSY)
        with served(out) as port, prometheus(port) as ask:
            self.assertEqual(len(ask("count by (job) (noroshi_page_status) == 5", 2)), 2)
            self.assertEqual({value for _, value in ask("up")}, {1})
            for job in ("typed", "plain"):
                troubled = ask(f'noroshi_component_status{{job="{job}", status!="operational"}} == 1')
                self.assertEqual({(row["component"], row["status"]) for row, _ in troubled}, TROUBLED)
                joined = (
                    f'(noroshi_component_status{{job="{job}", status="degraded_performance"}} == 1)'
                    f' * on (component) group_left (symbol) noroshi_component_info{{job="{job}", symbol="BTC_JPY"}}'
                )
                [(row, value)] = ask(joined)
                self.assertEqual((row["component"], row["symbol"], value), ("btc.trade", "BTC_JPY", 1))
                [(row, _)] = ask(f'noroshi_component_info{{job="{job}", component="api"}}')
                self.assertEqual((row["name"], row["service"]), (HOSTILE, HOSTILE))

    def test_the_type_is_that_of_openmetrics_where_the_host_reads_headers(self):
        with served(site(BUSY)) as port, urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            self.assertEqual(answer.headers["Content-Type"], TYPE)


if __name__ == "__main__":
    unittest.main()
