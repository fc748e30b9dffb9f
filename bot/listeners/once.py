"""Deliver once: what Slack sends again is acted on a single time, across restarts and processes."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import BoltContext, BoltRequest, BoltResponse

from bot.blocks import ids, notice
from bot.blocks.carried import leads_on
from bot.store import Database, Store, deliveries, trouble

DOUBLE_CLICK = timedelta(seconds=0.7)
"""The same button pressed again this soon is one press."""
SWEEP = timedelta(minutes=1)
"""How often what can come no more is dropped."""
LEADS_ON = frozenset(
    {
        ids.CALCULATOR,
        ids.CONFIRM,
        ids.ESTIMATE,
        ids.FILL,
        ids.PAGE,
        ids.PLAN,
        ids.REFINE,
        ids.RESULT,
        ids.ROUND_PAGE,
        ids.SETTINGS,
        ids.SETTINGS_TIMES,
    }
)
"""Forms whose answer is another form, or one that is the same however often they are saved."""
Beside = Callable[[Database, dict[str, Any], BoltContext], None]
BUSY = BoltResponse(status=503, body="")
"""Slack sends it again, to whoever is alive by then."""


class Once:
    """Claims every request in the database, and marks it done with the first thing that it keeps.

    Submissions of what leads on go through: saving a page twice is saving it once, and the second
    answer must carry the next page just like the first. Every other form acts once too.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self.store, self.clock = store, clock
        self.holder = secrets.token_hex(8)
        self._swept = clock() - SWEEP
        self.beside: Beside = lambda *_: None
        """What is noted along with the claim of what is acted on."""

    def middleware(
        self,
        req: BoltRequest,
        body: dict[str, Any],
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Acknowledge what was done before without doing it again; of a double click one press."""
        workspace = str(req.context["installation"])
        if key := req.context.get("again"):  # claimed already, by whoever took it up
            req.context["acting"] = lambda act: self._acting(workspace, key, act)
            return next()
        kind = body.get("type")
        key = body["event_id"] if kind == "event_callback" else _digest(req.raw_body or _json(body))
        req.context["delivery"] = key
        claim = self._claimed(req, workspace, key)
        self.forget_old()
        if claim != "mine":
            req.context["outcome"] = "repeated"
            return _again(kind, claim)
        req.context["acting"] = lambda act: self._acting(workspace, key, act)
        return next()

    def _claimed(self, req: BoltRequest, workspace: str, key: str) -> deliveries.Claim:
        """Whether to act, in one transaction with all that is noted of a request before it is."""
        body, signature = req.body, req.context.get("signature")
        with self.store.noting() as db:
            if signature and not deliveries.first_seen(db, "", signature, self.clock()):
                req.context["replayed"] = deliveries.became(db, workspace, key, self.holder)
                return "done"
            claim = deliveries.claim(db, workspace, key, self.holder, self.clock())
            if claim == "mine" and self._clicked_twice(db, workspace, body):
                deliveries.finish(db, workspace, key)
                claim = "done"
            if _leads_on(body):
                claim = "mine"
            if claim == "mine":
                self.beside(db, body, req.context)
            return claim

    def forget_old(self) -> None:
        """Drop what can come no more, once a minute; where that cannot be now, the next time."""
        now = self.clock()
        if self._swept <= now <= self._swept + SWEEP:
            return
        self._swept = now
        with suppress(*trouble()), self.store.noting() as db:
            deliveries.forget(db, now)

    def _acting(self, workspace: str, key: str, act: Callable[[], object]) -> object:
        """Act, and keep that it was done with the first thing that the act keeps."""
        with self.store.along(lambda db: deliveries.finish(db, workspace, key)):
            return act()

    def _clicked_twice(self, db: Any, workspace: str, body: dict[str, Any]) -> bool:  # noqa: ANN401
        """Whether a finger pressed the same button twice, and did nothing else in between."""
        pressed = ""
        if body.get("type") == "block_actions" and not body.get("view"):
            action = body["actions"][0]
            what = action.get("value") or action.get("selected_option")
            pressed = _digest(_json([action["action_id"], what, body.get("container")]))
        now = self.clock()
        before = deliveries.pressed_before(db, workspace, _digest(_user(body)), pressed, now)
        return bool(pressed) and before is not None and abs(now - before) < DOUBLE_CLICK


def _leads_on(body: dict[str, Any]) -> bool:
    view = body["view"] if body.get("type") == "view_submission" else {}
    return view.get("callback_id") in LEADS_ON or leads_on(view.get("private_metadata"))


def _again(kind: str | None, claim: deliveries.Claim) -> BoltResponse:
    """What is said to what was acted on, or just is."""
    if kind == "view_submission":
        view = notice.view(notice.SAVING if claim == "busy" else notice.SAVED)
        return BoltResponse(status=200, body={"response_action": "update", "view": view})
    return BUSY if claim == "busy" and kind == "event_callback" else BoltResponse(status=200)


def _digest(what: str) -> str:
    """The same for the same, however often Slack sends it; a trigger tells two presses apart."""
    return hashlib.sha256(what.encode(errors="surrogatepass")).hexdigest()


def _json(what: object) -> str:
    """Of what came without the bytes that it was sent as: over a socket."""
    return json.dumps(what, sort_keys=True, default=str)


def _user(body: dict[str, Any]) -> str:
    """Who acted: a command says it plainly, everything else in an object."""
    return str(body.get("user_id") or (body.get("user") or {}).get("id") or "")
