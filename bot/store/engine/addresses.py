"""Where the data lies: a file, or a server's address, which may hold a password."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.errors import BadInput
from bot.store.engine.protocol import Store
from bot.store.engine.sqlite import SqliteStore

Address = Path | SecretStr


def trouble() -> tuple[type[Exception], ...]:
    """What the databases in use raise when they cannot do what they were asked."""
    driver = sys.modules.get("psycopg")
    return (sqlite3.Error, driver.Error) if driver else (sqlite3.Error,)


def named(where: Address) -> str:
    """An address that may be shown: without user, password and options."""
    if isinstance(where, Path):
        return str(where)
    scheme, rest = where.get_secret_value().split("://", 1)
    return f"{scheme}://{rest.split('?')[0].rpartition('@')[2]}"


def reason(error: Exception, where: Address) -> str:
    """What a database said, in one line; only its kind where that quotes of a password."""
    said = " ".join(str(error).split())
    if isinstance(where, Path):
        return said
    secrets = where.get_secret_value().partition("://")[2].rpartition("@")[0].partition(":")[2]
    quoted = any(each in said for each in re.split(r"[:/@?#]", secrets) if each)
    return type(error).__name__ if quoted else said


def store_at(where: Address) -> Store:
    """A store on the database; nothing is opened yet. Raises `BadInput` without the extra."""
    if isinstance(where, Path):
        return SqliteStore(where)
    try:
        from bot.store.engine.postgres import PostgresStore  # noqa: PLC0415 - an extra
    except ImportError:
        raise BadInput(
            "MESHFIT_DB names PostgreSQL, whose driver is not installed: "
            "pip install 'meshfit[postgres]'."
        ) from None
    return PostgresStore(where)
