"""A file that may only be read: not ready, and said in a sentence."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import SqliteStore, migrate

NOBODY = 65534
READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that everybody may look into, as pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that gives up its rights")
def test_a_file_that_may_only_be_read_is_not_ready(folder: Path):
    store = migrate(SqliteStore(folder / "meshfit.db"))
    assert store.unready() is None
    for each in folder.iterdir():
        each.chmod(READ_ONLY)
    folder.chmod(0o555)
    output = as_nobody(store)
    assert output.startswith("The database cannot be read and written (")
    assert str(folder) not in output


def as_nobody(store: SqliteStore) -> str:
    """What keeps the store from its work for a user without rights; root may write anything."""
    back, there = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(NOBODY)
            os.write(there, (store.unready() or "").encode())
        finally:
            os._exit(0)
    os.close(there)
    os.waitpid(child, 0)
    with os.fdopen(back, "rb") as output:
        return output.read().decode()
