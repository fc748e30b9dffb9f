"""Deliver once: what Slack sends again is acted on a single time, across restarts too."""

from __future__ import annotations

import functools
import hashlib
import json
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.store import Store, deliveries

DOUBLE_CLICK_S = 0.7
"""The same button pressed again this soon is one press."""
SWEEP = timedelta(minutes=1)
"""How often signatures that no longer hold are dropped."""
_REMEMBERED = 4096


class Once:
    """Claims events in the database, and repeated requests and double clicks in memory.

    Page submissions go through: saving a page twice is saving it once, and the second answer must
    carry the next page just like the first. They say whether they were sent again.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self.store, self.clock = store, clock
        self.boot = secrets.token_hex(8)
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._last: OrderedDict[str, tuple[str, float]] = OrderedDict()
        self._swept = clock() - SWEEP
        self._turn = threading.Lock()

    def __call__(self, listener: Callable[..., None]) -> Callable[..., None]:
        """Wrap an event's listener; `event_id` is Slack's own name for the delivery."""

        @functools.wraps(listener)
        def claimed(**given: Any) -> None:  # noqa: ANN401
            self.only(given["act"].context["event_id"], lambda: listener(**given))

        return claimed

    def only(self, key: str, act: Callable[[], object]) -> None:
        """Act, unless somebody did under this key; whoever died on the way has not."""
        with self.store.writing() as db:
            first = deliveries.claim(db, key, self.boot, self.clock())
        if not first:
            return
        act()
        with self.store.writing() as db:
            deliveries.finish(db, key)

    def first_seen(self, signature: str) -> bool:
        """Whether this signed request came for the first time; kept, so that a restart knows it."""
        now = self.clock()
        with self.store.noting() as db:
            if now - self._swept > SWEEP:
                deliveries.forget_signatures(db, now)
                self._swept = now
            return deliveries.first_seen(db, signature, now)

    def middleware(
        self,
        req: BoltRequest,
        body: dict[str, Any],
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Acknowledge a repeated command or press without acting on it again."""
        kind = body.get("type")
        if kind == "event_callback":
            req.context["event_id"] = body["event_id"]
            return next()
        again, twice = self._sent_again(req, body), self._clicked_twice(body)
        if kind == "view_submission":
            req.context["again"] = again
        elif again or twice:
            return BoltResponse(status=200)
        return next()

    def _sent_again(self, req: BoltRequest, body: dict[str, Any]) -> bool:
        """Whether Slack sent this before."""
        before = self._since(json.dumps(body, sort_keys=True, default=str))
        return bool(req.headers.get("x-slack-retry-num")) and before is not None

    def _clicked_twice(self, body: dict[str, Any]) -> bool:
        """Whether a finger pressed the same button twice, and did nothing else in between."""
        pressed = ""
        if body.get("type") == "block_actions" and not body.get("view"):
            action = body["actions"][0]
            what = action.get("value") or action.get("selected_option")
            pressed = json.dumps([action["action_id"], what, body.get("container")], default=str)
        with self._turn:
            last, at = self._last.pop(_user(body), ("", 0.0))
            self._last[_user(body)] = (pressed, now := time.monotonic())
            _bound(self._last)
        return bool(pressed) and pressed == last and now - at < DOUBLE_CLICK_S

    def _since(self, what: str) -> float | None:
        """Seconds since the same was seen last, or None; it is remembered from now on."""
        key, now = hashlib.sha256(what.encode()).hexdigest(), time.monotonic()
        with self._turn:
            before = self._seen.pop(key, None)
            self._seen[key] = now
            _bound(self._seen)
        return None if before is None else now - before


def _bound(held: OrderedDict[str, Any]) -> None:
    """Forget the oldest."""
    while len(held) > _REMEMBERED:
        held.popitem(last=False)


def _user(body: dict[str, Any]) -> str:
    """Who acted: a command says it plainly, everything else in an object."""
    return str(body.get("user_id") or body.get("user", {}).get("id"))
