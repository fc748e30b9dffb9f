"""A consistent copy of the database while the bot runs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def backup(source: Path, target: Path) -> None:
    """Copy with SQLite's own online backup; writers are not held up.

    Raises `sqlite3.Error` where the source is no database or the target cannot be written.
    """
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as held,
        closing(sqlite3.connect(target)) as copy,
    ):
        held.backup(copy)
