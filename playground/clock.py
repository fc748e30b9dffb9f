"""The time of day in the playground: the real one, or one that a test moves by hand."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Seconds since 1970."""

    def now(self) -> float:
        """Now, in seconds."""
        ...


class RealClock:
    """The machine's clock."""

    def now(self) -> float:
        """Now, in seconds."""
        return time.time()


class HandClock:
    """Real time plus what a test has skipped, so that no test sleeps."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def now(self) -> float:
        """Now, in seconds."""
        return time.time() + self.skipped

    def skip(self, seconds: float) -> None:
        """Let this many seconds pass at once."""
        self.skipped += seconds
