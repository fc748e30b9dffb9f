"""A SQLite file as it lies on the disk: which it is, whether it is sound, whether it takes more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

WAIT_S = 2
"""For another process that writes, when it is asked whether the database is well."""
HEAD = 100
"""Bytes at the front of any SQLite file, by its format."""
MOST = 20
"""Damaged places that are listed; one is enough to act on."""


def address(path: Path, mode: str) -> str:
    """A file that must be there, as SQLite's URI."""
    return f"{path.absolute().as_uri()}?mode={mode}"


Identity = tuple[int, int, bool]
"""Device, file, and whether anything is in it: a file that was emptied is another one."""


def identity(path: Path) -> Identity | None:
    """Which file it is, whatever it is called; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino, stat.st_size > 0


def touch(conn: sqlite3.Connection) -> None:
    """Alter a number in the file's head that nothing else uses, so that a page must be written."""
    [count] = conn.execute("PRAGMA user_version").fetchone()
    conn.execute(f"PRAGMA user_version = {(count + 1) % 2**31}")


def damage(conn: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with its own pages, and rows whose parent is gone."""
    lines = [str(row[0]) for row in conn.execute(f"PRAGMA integrity_check({MOST})")]
    lost = list(conn.execute("PRAGMA foreign_key_check"))
    orphans = [f"a row of {row[0]} has lost its {row[2]}" for row in lost]
    return [*(each for each in lines if each != "ok"), *orphans[:MOST]]


def unready(path: Path, was: Identity | None) -> str | None:
    """Why nothing can be kept in the file that was opened, in a sentence that names no path.

    A page is written and kept, so that a full disk shows; a connection of its own looks.
    """
    now = identity(path)
    if now is None:
        return "The database was deleted: stop the bot, restore a backup, start it."
    if not now[-1] and was and now[:-1] == was[:-1]:
        return "The database was emptied: stop the bot, restore a backup, start it."
    if now != was:
        return "The database is another file than at the start: restart the bot."
    try:
        with closing(sqlite3.connect(address(path, "rw"), uri=True, timeout=WAIT_S)) as opened:
            [verdict] = opened.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                return "The database is damaged: stop the bot, restore a backup, start it."
            touch(opened)
    except sqlite3.Error as error:
        return f"The database cannot be read and written ({error})."
    return None
