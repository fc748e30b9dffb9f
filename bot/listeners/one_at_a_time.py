"""Taking turns at a live message, so that several people at once get one, drawn from the end."""

from __future__ import annotations

import threading

_MANY = 64


class OneAtATime:
    """A lock for each thing that has a live message; two that meet at one wait for each other."""

    def __init__(self) -> None:
        self._locks = tuple(threading.Lock() for _ in range(_MANY))

    def of(self, thing: str) -> threading.Lock:
        """The lock to hold while what stands for this assessment, pilot or channel is drawn."""
        return self._locks[hash(thing) % _MANY]
