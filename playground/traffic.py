"""What passed between Slack and the app, for the inspector and for tests."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

Json = Any
KEPT = 400


@dataclass
class Exchange:
    """One request and its answer. `to_app` is what Slack sent, `to_slack` a call by the app."""

    number: int
    at: float
    way: Literal["to_app", "to_slack"]
    what: str
    request: Json
    kind: str = "call"
    status: int = 0
    response: Json = None
    ms: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether the receiver was content."""
        refused = isinstance(self.response, dict) and self.response.get("ok") is False
        return self.status == 200 and not refused and not self.note


class Traffic:
    """The latest exchanges, oldest first; how many are under way, how many were answered."""

    def __init__(self) -> None:
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._lock = threading.Lock()
        self._number = 0
        self.serving = 0
        self.count = 0

    def record(
        self,
        at: float,
        way: Literal["to_app", "to_slack"],
        what: str,
        request: Json,
        kind: str = "call",
    ) -> Exchange:
        """Begin an exchange; the caller fills in the answer."""
        with self._lock:
            self._number += 1
            exchange = Exchange(self._number, at, way, what, request, kind)
            self._kept.append(exchange)
            return exchange

    @contextmanager
    def busy(self, exchange: Exchange) -> Iterator[None]:
        """Count an exchange as under way, and time it, until it is answered."""
        with self._lock:
            self.serving += 1
        begun = time.perf_counter()
        try:
            yield
        finally:
            with self._lock:
                exchange.ms = (time.perf_counter() - begun) * 1000
                self.serving -= 1
                self.count += 1

    def all(self) -> list[Exchange]:
        """Every exchange still kept, oldest first."""
        with self._lock:
            return list(self._kept)

    def calls(self, method: str) -> list[Exchange]:
        """The app's calls of one Web API method, oldest first."""
        return [e for e in self.all() if e.way == "to_slack" and e.what == method]

    def sent(self, what: str) -> list[Exchange]:
        """What Slack sent to the app of one kind (`/meshfit`, `block_actions`, `app_mention` …)."""
        return [e for e in self.all() if e.way == "to_app" and e.what == what]
