"""What a component does now, or at another time: python3 now.py api [2026-11-20T10:15:00Z] < now.json"""

import json
import sys
from datetime import datetime, timezone

site = json.load(sys.stdin)
at = sys.argv[2] if len(sys.argv) > 2 else datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
if not site["as_of"] <= at < site["until"]:
    sys.exit("this file says nothing of that time: fetch it again")
turns = next(component["turns"] for component in site["components"] if component["id"] == sys.argv[1])
# All times have the same form, so text compares as time. The first turn begins at `as_of`.
turn = [turn for turn in turns if turn["from"] <= at][-1]
print(turn["status"], turn["mode"] or "-", "certain" if turn["certain"] else "planned")
