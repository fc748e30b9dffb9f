"""A statement as SQLite reads it → as PostgreSQL's driver reads it."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"""(?P<quoted>'(?:[^']|'')*'|"[^"]*")|(?P<named>(?<!:):(?P<name>\w+))|[?%]""")
_TABLE = re.compile(r"^\s*(?:CREATE TABLE|ALTER TABLE)\b")
_KIND = re.compile(r"\)\s*(?:STRICT|WITHOUT ROWID)(?:\s*,\s*(?:STRICT|WITHOUT ROWID))?\s*$")


@lru_cache(maxsize=1024)
def as_postgres(sql: str) -> str:
    """`?` and `:name` as the driver's; tables without SQLite's kinds, text in order of bytes."""
    written = _PIECE.sub(_piece, sql)
    if _TABLE.match(written):
        written = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', _KIND.sub(")", written))
    return written


def _piece(match: re.Match[str]) -> str:
    if match["quoted"]:
        return match["quoted"].replace("%", "%%")
    if match["named"]:
        return f"%({match['name']})s"
    return "%s" if match[0] == "?" else "%%"
