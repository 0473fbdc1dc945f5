"""The figures of `bench`: deployments to a cluster of three nodes, by noroshi and by other tools."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from support import PROGRAM, Cluster, Site, room, started

ENTRIES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
AS_OF = "2026-11-20T12:00:00Z"
HUGO = Path(sys.executable).parent / "hugo"


def entry(number, text):
    day, hour = number % 28 + 1, number // 28 % 24
    month, year = number // 672 % 12 + 1, 2024 + number // 8064
    at = f"{year}-{month:02}-{day:02} {hour:02}"
    name = f"{year}-{month:02}-{day:02}-{hour:02}-n{number}.md"
    body = f"---\ntitle: Orders are slow {number}\nseverity: minor\nstarted: {at}:00\naffects: [api]\n---\n"
    for minute, word in [(5, "investigating"), (15, "identified"), (25, "monitoring"), (35, "resolved")]:
        body += f"## {word} {at}:{minute:02}\n\n{text} Orders need up to two minutes.\n\n"
    return name, body


def synth(targets, secrets):
    site = Site(targets, secrets)
    folder = site.root / "content" / "incidents"
    for file in folder.iterdir():
        file.unlink()
    for number in range(ENTRIES):
        name, body = entry(number, "We look into it.")
        (folder / name).write_text(body)
    return site


def change(site, word):
    name, body = entry(ENTRIES - 1, f"We look into it {word}.")
    (site.root / "content" / "incidents" / name).write_text(body)


def timed(command, environment=None, folder=None):
    began = time.monotonic()
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
    seconds = time.monotonic() - began
    if done.returncode != 0:
        raise SystemExit(f"{command}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return seconds, done.stdout + done.stderr


def main():
    cluster = Cluster()
    own, by_sum, by_time, hugo = (cluster.bucket() for _ in range(4))
    site = synth({"main": cluster.target(own)}, cluster.secrets())
    environment = site.environment()
    endpoint = f"http://127.0.0.1:{cluster.nodes[0]['ports']['s3']}"

    def noroshi(*arguments):
        command = [PROGRAM, "--root", site.root, "deploy", "--format", "json", *arguments]
        seconds, printed = timed(command, environment)
        line = next(line for line in printed.splitlines() if line.startswith("{"))
        return seconds, json.loads(line)

    rclone_config = room() / "rclone.conf"
    rclone_config.write_text(
        f"[s]\ntype = s3\nprovider = Other\nendpoint = {endpoint}\nregion = garage\nforce_path_style = true\n"
        f"access_key_id = {cluster.key}\nsecret_access_key = {cluster.secret_key}\n"
    )

    def rclone(bucket, *options):
        command = ["rclone", "--config", rclone_config, "sync", "--transfers", "32", "--checkers", "32",
                   "--fast-list", "--exclude", ".noroshi*", *options, site.root / "public", f"s:{bucket}"]
        return timed(command, environment)[0]

    hugo_site = room()
    (hugo_site / "hugo.toml").write_text(
        f'baseURL = "https://status.example.com/"\n[deployment]\n[[deployment.targets]]\nname = "main"\n'
        f'URL = "s3://{hugo}?endpoint={endpoint}&region=garage&use_path_style=true&hostname_immutable=true"\n'
    )
    (hugo_site / "public").symlink_to(site.root / "public")

    def with_hugo():
        command = [HUGO, "deploy", "--target", "main", "--maxDeletes", "-1", "--workers", "16",
                   "--invalidateCDN=false"]
        return timed(command, environment, hugo_site)[0]

    timed([PROGRAM, "--root", site.root, "build", "--as-of", AS_OF], environment)
    rows = {"first": {}, "one change": {}, "nothing": {}}
    tools = {
        "rclone --checksum": lambda: rclone(by_sum, "--checksum"),
        "rclone by time": lambda: rclone(by_time),
        "hugo deploy": with_hugo,
    }
    rows["first"]["noroshi"], report = noroshi("--built")
    print(f"{len(report['sent'])} files, {report['bytes'] / 1e6:.0f} MB, {rows['first']['noroshi']:.1f} s", flush=True)
    for name, tool in tools.items():
        rows["first"][name] = tool()
        print("first", name, rows["first"][name], flush=True)
    changes = {name: [] for name in ["noroshi", *tools]}
    counts = []
    for round in range(5):
        change(site, f"again {round}")
        timed([PROGRAM, "--root", site.root, "build", "--as-of", AS_OF], environment)
        seconds, report = noroshi("--built")
        changes["noroshi"].append(seconds)
        counts.append((report["requests"], len(report["sent"]), len(report["removed"])))
        for name, tool in tools.items():
            if round < 2 or name == "hugo deploy":
                changes[name].append(tool())
    nothing = {name: [] for name in ["noroshi", *tools]}
    for _ in range(3):
        nothing["noroshi"].append(noroshi("--built")[0])
        nothing["hugo deploy"].append(with_hugo())
    for name in list(tools)[:2]:
        nothing[name].append(tools[name]())
    rows["one change"] = {name: statistics.median(all) for name, all in changes.items()}
    rows["nothing"] = {name: statistics.median(all) for name, all in nothing.items()}
    print(f"\n{ENTRIES} entries, three nodes of Garage, replication 3\n")
    print("| | " + " | ".join(rows["first"]) + " |")
    print("| --- |" + " ---: |" * len(rows["first"]))
    for what, row in rows.items():
        print(f"| {what} | " + " | ".join(f"{row[name]:.2f} s" for name in rows["first"]) + " |")
    requests, sent, removed = counts[-1]
    print(f"\nOne change: {requests} requests for {sent} files sent and {removed} removed.")
    seconds = [push(site, cluster, own, number) for number in range(10)]
    print(f"From git push to the new headline: {statistics.median(seconds):.2f} s, median of ten "
          f"({min(seconds):.2f} to {max(seconds):.2f}).")


_repository = {}


def push(site, cluster, bucket, number):
    """Seconds from `git push` to the web endpoint with the new words."""
    fetch = cluster.web(bucket)
    environment = site.environment() | {
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.com",
    }

    def git(*arguments, folder):
        timed(["git", *arguments], environment, folder)

    if not _repository:
        bare, clone = room() / "status.git", site.root
        git("init", "-q", "--bare", "-b", "main", str(bare), folder="/")
        git("init", "-q", "-b", "main", folder=clone)
        (clone / ".gitignore").write_text("public\n.noroshi\n")
        git("add", ".", folder=clone)
        git("commit", "-qm", "all", folder=clone)
        served = room()
        hook = (Path(__file__).parents[2] / "docs/publishing.md").read_text()
        hook = hook.split("```sh hooks/post-receive\n")[1].split("```")[0]
        # As docs/deploy.md says: `deploy` builds and sends.
        hook = hook.replace('"$program" --root "$site" build', '"$program" --root "$site" deploy')
        (bare / "hooks/post-receive").write_text(hook)
        (bare / "hooks/post-receive").chmod(0o755)
        git("config", "noroshi.site", str(served), folder=bare)
        git("config", "noroshi.program", PROGRAM, folder=bare)
        git("push", "-q", str(bare), "main", folder=clone)
        _repository.update(bare=bare)
    word = f"headline {number} {os.getpid()}"
    name, body = entry(ENTRIES - 1, "We look into it.")
    (site.root / "content" / "incidents" / name).write_text(body.replace("Orders are slow", word))
    git("commit", "-qam", word, folder=site.root)
    began = time.monotonic()
    pushing = subprocess.Popen(["git", "push", "-q", str(_repository["bare"]), "main"], cwd=site.root, env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    page = f"/incidents/{name.removesuffix('.md')}/"
    while word.encode() not in fetch(page)[1]:
        if time.monotonic() - began > 120:
            raise SystemExit("the new headline does not come")
        time.sleep(0.02)
    seconds = time.monotonic() - began
    pushing.wait()
    return seconds


main()
