"""From when to when a run went, also where times are whole seconds: ten of them are ten seconds."""

from __future__ import annotations

import math

PAUSE_S = 60.0
"""After so long another run was appended, where it stands out from the one before."""
FEWEST = 10
"""Requests of a run; with fewer between pauses the pauses belong to the test."""
OFTEN = 30
"""A pause that ends a run is longer than so many times what lies between two requests."""


class Span:
    """The first and the last time of a run, in seconds since 1970."""

    def __init__(self) -> None:
        self.first, self.last = math.inf, -math.inf
        self._at_first = self._at_last = self._all = self._whole = 0

    def add(self, at: float, requests: int = 1) -> None:
        """So many requests at a time."""
        if at <= self.first:
            self._at_first = requests + (self._at_first if at == self.first else 0)
            self.first = at
        if at >= self.last:
            self._at_last = requests + (self._at_last if at == self.last else 0)
            self.last = at
        self._all += requests
        self._whole += requests if at.is_integer() else 0

    def ended_by(self, pause: float) -> bool:
        """Whether a pause of so many seconds stands out from how densely requests came so far."""
        return self._all >= FEWEST and pause * self._all >= OFTEN * (self.last - self.first)

    @property
    def whole_seconds(self) -> bool:
        """Whether every time is a whole second, so that nothing shorter can be told."""
        return 0 < self._whole == self._all

    @property
    def seconds(self) -> float | None:
        """How long it went; None where that is not to be had.

        Of whole seconds the first and the last count as far as they are as full as those between.
        """
        if not self.whole_seconds:
            return self.last - self.first if self.last > self.first else None
        between = self.last - self.first - 1
        inside = self._all - self._at_first - self._at_last
        if between < 1:
            return self.last - self.first + 1
        if not inside:
            return self.last - self.first
        full = inside / between
        return round(between + min(self._at_first / full, 1) + min(self._at_last / full, 1))
