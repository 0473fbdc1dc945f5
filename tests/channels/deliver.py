"""Puts a mail from standard input into the Maildir of a reader: `deliver.py FOLDER READER@DOMAIN`."""

import os
import sys
import time
from pathlib import Path

folder = Path(sys.argv[1]) / sys.argv[2].split("@")[0]
for name in ["tmp", "new", "cur"]:
    (folder / name).mkdir(parents=True, exist_ok=True)
name = f"{time.time_ns()}.{os.getpid()}.here"
(folder / "tmp" / name).write_bytes(sys.stdin.buffer.read())
os.rename(folder / "tmp" / name, folder / "new" / name)
