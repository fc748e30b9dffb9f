"""A consistent copy of the database while the bot runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import BadInput, Faults
from bot.store.engine import Address, named

_MAGIC = b"SQLite format 3\0"


def backup(source: Address, target: Path) -> None:
    """Write the whole file anew, as it stands at one moment; writers are not held up.

    So no copy of what was deleted comes along, from the free space of pages. An older backup under
    the same name is replaced once the new one is complete and sound. Raises `BadInput` where the
    copy cannot be begun, `Faults` where the database is damaged.
    """
    if not isinstance(source, Path):
        raise BadInput(
            "MESHFIT_DB names PostgreSQL, which has a tool for it: "
            f"pg_dump --format=custom --file={target} {named(source)}."
        )
    if not source.is_file():
        raise BadInput(f"There is no database at {source}: set MESHFIT_DB to its file.")
    _check_target(source, target)
    part = target.with_name(f"{target.name}.part")
    try:
        whole_copy(source, part)
        shutil.copymode(source, part)
        os.replace(part, target)
    except OSError as error:
        raise BadInput(f"{target} cannot be written ({error.strerror}).") from None
    except sqlite3.Error as error:
        raise Faults([f"{source} cannot be copied to {target}: {error}."]) from None
    finally:
        part.unlink(missing_ok=True)


def _check_target(source: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}: make it first.")
    if not target.exists():
        return
    if not target.is_file() or target.samefile(source):
        raise BadInput(f"{target} cannot take a backup: name a new file.")
    with target.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BadInput(f"{target} exists and is no backup: name a new file.")


def whole_copy(source: Path, target: Path) -> None:
    """A whole copy that passes SQLite's check, or `sqlite3.Error`."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        opened.execute("VACUUM INTO ?", [str(target)])
    with closing(sqlite3.connect(target)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
