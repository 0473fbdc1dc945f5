"""Reads a site with the Prometheus exporter for status pages, and tells what Prometheus would read."""

import json
import os
import subprocess
import sys
from collections import namedtuple

from prometheus_client.parser import text_string_to_metric_families

from support import room

Metrics = namedtuple("Metrics", "well read components incidents maintenance log")


def scrape(origin):
    """One run of the program as cron would run it."""
    folder = room()
    services = {"site": {"url": f"{origin}/api/v2/summary.json", "name": "Site"}}
    (folder / "services.json").write_text(json.dumps(services))
    settings = {
        "RUN_MODE": "once",
        "SERVICES_JSON_PATH": str(folder / "services.json"),
        "METRICS_TEXTFILE_PATH": str(folder / "metrics.prom"),
    }
    command = [sys.executable, "-m", "statuspage_prometheus_exporter.status_monitoring"]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | settings, capture_output=True, text=True, timeout=60
    )
    if done.returncode != 0:
        raise AssertionError(f"the exporter: exit {done.returncode}\n{done.stderr[-3000:]}")
    return _read((folder / "metrics.prom").read_text(), done.stderr)


def _read(text, log):
    samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            samples.setdefault(sample.name, []).append(sample)
    one = lambda name: samples[name][0].value
    labels = lambda name: [sample.labels for sample in samples.get(name, []) if sample.value == 1]
    return Metrics(
        well=one("statuspage_service_status"),
        read=one("statuspage_probe_check"),
        components={
            sample.labels["component_name"]: sample.value
            for sample in samples.get("statuspage_component_status", [])
        },
        incidents=labels("statuspage_incident_info"),
        maintenance=labels("statuspage_maintenance_info"),
        log=[line for line in log.splitlines() if " - ERROR - " in line],
    )
