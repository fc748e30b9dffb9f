"""The floor: the yardstick once more, on meshfit's libraries, each page on disk before its ack.

`python -m bench.floor PORT VIEW_FILE DB`. It has no knowledge, reads nothing back, decides nothing
and draws nothing: what it costs above the yardstick is the price of durability and of libraries.
"""

from __future__ import annotations

import importlib
import json
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bench.bare import Server

LIBRARIES = (
    "click",
    "pydantic",
    "pydantic_settings",
    "slackblocks",
    "snowballstemmer",
    "yaml",
)
"""What `meshfit serve` imports beside Bolt and gunicorn."""


def durable(path: str) -> Callable[[str], None]:
    """Keep a page as one row; threads take turns, each commit reaches the disk."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE p (page)")
    turn = threading.Lock()

    def keep(page: str) -> None:
        with turn:
            db.execute("INSERT INTO p VALUES (?)", [page])

    return keep


if __name__ == "__main__":
    for library in LIBRARIES:
        importlib.import_module(library)
    view = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    Server(int(sys.argv[1]), view, durable(sys.argv[3])).run()
