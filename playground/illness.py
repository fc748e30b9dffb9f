"""How Slack is ill: what a call meets instead of its answer, sometimes after it was carried out."""

from __future__ import annotations

import random
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground.clock import Clock


@dataclass(frozen=True)
class Ailment:
    """One kind of it; without a status the connection hangs for a while and breaks off.

    `after` says that the call was carried out all the same and only its answer was lost.
    """

    status: int | None
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: float = 0.0
    after: bool = False


def _refused(error: str) -> str:
    return f'{{"ok": false, "error": "{error}"}}'


AILMENTS: Mapping[str, Ailment] = {
    "429": Ailment(429, _refused("ratelimited"), {"Retry-After": "1"}),
    "500": Ailment(500, "<html>Internal Server Error</html>"),
    "503": Ailment(503, "upstream connect error"),
    "hang": Ailment(None, hangs=0.2),
    "ratelimited": Ailment(200, _refused("ratelimited")),
    "fatal_error": Ailment(200, _refused("fatal_error")),
}
"""By name. Slack is known to answer with each of these."""
SILENCE = Ailment(None, hangs=600.0)
"""On order alone."""
_LOST = frozenset({"500", "503", "hang", "fatal_error"})
"""Those after which nobody can know whether the call was carried out."""


class Illness:
    """None, a share of all calls by chance, or everything for a while."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._chance = random.Random(0)
        self._share = 0.0
        self._until = 0.0
        self._turn = threading.Lock()
        self._lost: deque[str] = deque()
        self._unheard: deque[str] = deque()
        self._over = threading.Event()
        self.met: dict[str, int] = {}
        # Seconds that each call takes.
        self.delay = 0.0

    def strikes(self, share: float, seed: int = 0) -> None:
        """From now on let this share of all calls fail, each in one of the ways; 0 ends it."""
        self._share, self._chance = share, random.Random(seed)

    def lasts(self, seconds: float) -> None:
        """Let every call fail for so long from now on."""
        self._until = self._clock.now() + seconds

    def loses_next(self, method: str) -> None:
        """Carry out the next call of a method, and lose its answer."""
        self._lost.append(method)

    def ignores_next(self, method: str) -> None:
        """Take the next call of a method and never answer it, until `gets_well`."""
        self._unheard.append(method)

    def gets_well(self) -> None:
        """Break off what still hangs."""
        self._over.set()

    def hangs(self, ailment: Ailment) -> None:
        """For as long as it hangs before it breaks off."""
        self._over.wait(ailment.hangs)

    def of(self, what: str) -> Ailment | None:
        """What this call meets; an introduction, which nobody waits for, is spared by chance."""
        time.sleep(self.delay)
        with self._turn:
            if what in self._unheard:
                self._unheard.remove(what)
                return SILENCE
            if what in self._lost:
                self._lost.remove(what)
                return replace(AILMENTS["500"], after=True)
            out = self._clock.now() < self._until
            by_chance = self._chance.random() < self._share and what != "auth.test"
            if not (out or by_chance):
                return None
            name = "503" if out else self._chance.choice(sorted(AILMENTS))
            self.met[name] = self.met.get(name, 0) + 1
            lost = not out and name in _LOST and self._chance.random() < 0.5
        return replace(AILMENTS[name], after=lost)


def broken_off(environ: Mapping[str, Any]) -> None:
    """Close the connection of a request without an answer."""
    environ["werkzeug.socket"].shutdown(2)
