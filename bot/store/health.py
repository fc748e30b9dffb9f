"""Whether a database file is sound, and written by a meshfit of this age."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from bot.errors import BadInput
from bot.store.database import Store
from bot.store.schema import migrate, migrations

WAIT_S = 2
"""For another process that writes, when it is asked whether the database is well."""
MOST = 20
"""Damaged places that are listed; one is enough to act on."""


def faults(path: Path) -> list[str]:
    """What is wrong with the database file, each a line that names it; none if it is sound."""
    try:
        with Store(path).reading() as db:
            found = [*_damage(db), *_strange(db)]
    except sqlite3.Error as error:
        found = [f"cannot be read as a database: {error}"]
    return [f"{path}: {each}" for each in found]


def opened(path: Path) -> Store:
    """A store on the file, in today's schema.

    Raises `BadInput` when it is somebody else's, a newer meshfit's, or cannot be read and written;
    what is somebody else's is not touched.
    """
    try:
        if path.exists():
            with closing(_looking(path)) as db:
                found = _strange(db)
            if found:
                raise BadInput(f"{path} {found[0]}.")
        store = migrate(Store(path))
        with store.writing() as db:
            _write(db)
    except sqlite3.Error as error:
        raise BadInput(
            f"{path} cannot be read and written as a database ({error}): give the bot the right "
            "to, make room, or set MESHFIT_DB to another file."
        ) from None
    return store


def _write(db: Database) -> None:
    """Alter a number in the file's head that nothing else uses, so that a page must be written."""
    [count] = db.execute("PRAGMA user_version").fetchone()
    db.execute(f"PRAGMA user_version = {(count + 1) % 2**31}")


def _looking(path: Path) -> Database:
    """A connection that alters nothing."""
    return Database(sqlite3.connect(_address(path, "ro"), uri=True), execute_plugins=False)


def _address(path: Path, mode: str) -> str:
    """A file that must be there, as SQLite's URI."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def schema_steps(path: Path) -> tuple[int, int]:
    """How many steps of the schema a sound file has taken, and how many the next start takes."""
    with Store(path).reading() as db:
        return len(migrations.applied(db)), len(migrations.pending(db))


def _damage(db: Database) -> list[str]:
    """What SQLite finds wrong with its own pages, and rows whose parent is gone."""
    said = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({MOST})")]
    orphans = [f"a row of {row[0]} has lost its {row[2]}" for row in _orphans(db)]
    return [*(each for each in said if each != "ok"), *orphans[:MOST]]


def _orphans(db: Database) -> list[tuple[str, int, str, int]]:
    return list(db.execute("PRAGMA foreign_key_check"))


def _strange(db: Database) -> list[str]:
    """A file that is somebody else's, or that a newer meshfit has written."""
    taken = {each.name for each in migrations.applied(db)}
    if not taken and db.table_names():
        return ["holds tables that are not meshfit's: set MESHFIT_DB to another file"]
    with closing(Database(memory=True)) as nothing:
        known = {each.name for each in migrations.pending(nothing)}
    return ["was written by a newer meshfit: install that version"] if taken - known else []


def identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever it is called; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def unready(path: Path, was: tuple[int, int] | None) -> str | None:
    """Why nothing can be kept in the file that was opened, in a sentence that names no path.

    A page is written and kept, so that a full disk shows; a connection of its own looks.
    """
    now = identity(path)
    if now is None:
        return "The database was deleted: stop the bot, restore a backup, start it."
    if now != was:
        return "The database is another file than at the start: restart the bot."
    try:
        with closing(sqlite3.connect(_address(path, "rw"), uri=True, timeout=WAIT_S)) as opened:
            [said] = opened.execute("PRAGMA quick_check(1)").fetchone()
            if said != "ok":
                return "The database is damaged: stop the bot, restore a backup, start it."
            _write(Database(opened, execute_plugins=False))
    except sqlite3.Error as error:
        return f"The database cannot be read and written ({error})."
    return None
