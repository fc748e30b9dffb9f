"""A backup put in the database's place; what stood there is kept beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from bot.errors import BadInput, Faults
from bot.store import health
from bot.store.backup import whole_copy
from bot.store.engine import Address, named

_BESIDE = ("", "-wal", "-shm")
"""A database is its file, its log and the log's index."""
_LOCKS_AT, _LOCKS = 0x40000000, 512
"""Where in a file SQLite holds its locks: whoever has it open, has one there."""


def restore(source: Path, target: Address) -> Path | None:
    """Put a backup in the database's place; answers where the one of before is kept, if one was.

    Nothing is touched until a whole copy of the backup stands beside it and was found sound. Raises
    `BadInput` where it cannot be begun, as while a bot runs, and `Faults` for a damaged backup or
    one of a newer meshfit.
    """
    if not isinstance(target, Path):
        raise BadInput(
            "MESHFIT_DB names PostgreSQL, which has a tool for it: "
            f"pg_restore --dbname={named(target)} {source}, into an empty database."
        )
    _check_source(source, target)
    part = target.with_name(f"{target.name}.part")
    try:
        _copied(source, part)
        _belongs_as(target, part)
        with _alone(target):
            kept = _put_aside(target)
            try:
                os.replace(part, target)
            except OSError:
                _put_back(target, kept)
                raise
            return kept
    except OSError as error:
        raise BadInput(f"{target} cannot be written ({error.strerror}).") from None
    finally:
        for each in _BESIDE:
            part.with_name(part.name + each).unlink(missing_ok=True)


def _check_source(source: Path, target: Path) -> None:
    if not source.is_file():
        raise BadInput(f"There is no file {source}.")
    if target.exists() and target.samefile(source):
        raise BadInput(f"{source} is the database in use: name a backup of it.")
    if not target.absolute().parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}: make it first.")


def _copied(source: Path, part: Path) -> None:
    """A copy that a bot of this version can open. Raises `Faults` where there can be none."""
    try:
        whole_copy(source, part)
    except sqlite3.Error as error:
        raise Faults([f"{source} is no sound backup: {error}."]) from None
    wrong = [each.partition(": ")[2] for each in health.faults(part)]
    if not wrong and not health.schema_steps(part)[0]:
        wrong = ["holds nothing of meshfit's"]
    if wrong:
        raise Faults([f"{source} {each}." for each in wrong])


def _belongs_as(target: Path, part: Path) -> None:
    """Who wrote the database, or owns its folder, is to write this one, though root restores."""
    before = target if target.exists() else target.absolute().parent
    with suppress(PermissionError):
        shutil.chown(part, before.stat().st_uid, before.stat().st_gid)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep everybody from the file meanwhile. Raises `BadInput` where somebody has it open."""
    import fcntl  # noqa: PLC0415 - only where files are locked this way

    if not target.exists():
        yield
        return
    with target.open("rb+") as opened:
        try:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS, _LOCKS_AT)
        except OSError:
            raise BadInput(f"A bot runs on {target}, or something else: stop it first.") from None
        yield


def _put_aside(target: Path) -> Path | None:
    """The database under another name, with its log, so that it is still a whole one."""
    names = (target.with_name(f"{target.name}.before-{number}") for number in count(1))
    kept = next(each for each in names if not each.exists())
    there = False
    for each in _BESIDE:
        with suppress(FileNotFoundError):
            os.rename(target.with_name(target.name + each), kept.with_name(kept.name + each))
            there = True
    return kept if there else None


def _put_back(target: Path, kept: Path | None) -> None:
    if kept is None:
        return
    for each in _BESIDE:
        with suppress(FileNotFoundError):
            os.rename(kept.with_name(kept.name + each), target.with_name(target.name + each))
