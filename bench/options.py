"""What a bench may be told at its start."""

from __future__ import annotations

from typing import NamedTuple


class Options(NamedTuple):
    """The database, the processes of `meshfit serve`, how much history, how long a soak."""

    db: str | None = None
    workers: int = 1
    many: int = 200_000
    minutes: int = 40
