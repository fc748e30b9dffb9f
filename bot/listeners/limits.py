"""How much one person, and one channel, may ask of meshfit in a day: so that nobody fills it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from slack_bolt import BoltContext, BoltResponse

from bot.blocks.words import count
from bot.errors import Refused
from bot.listeners import payloads

_ACTS = frozenset({"block_actions", "view_submission", "message_action"})
_EVENTS = frozenset({"app_mention", "message"})


class Most(NamedTuple):
    """Acts a day."""

    person: int
    channel: int


class Limits:
    """Counts since midnight in UTC; a restart begins anew."""

    def __init__(self, most: Most, clock: Callable[[], datetime]) -> None:
        self.most, self.clock = most, clock
        self._day: date | None = None
        self._people = Counter[tuple[str, str]]()
        self._channels = Counter[tuple[str, str]]()
        self._turn = threading.Lock()

    def middleware(
        self,
        body: dict[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Let an act through, or raise `Refused`; of a message too many only the first is told."""
        kind, event = body.get("type"), body.get("event", {}).get("type")
        if "command" not in body and kind not in _ACTS and event not in _EVENTS:
            return next()
        over, said = self._count(context)
        if not over:
            return next()
        if event is not None and over > 1:
            return BoltResponse(status=200)
        raise Refused(said)

    def _count(self, context: BoltContext) -> tuple[int, str]:
        """How far over a limit this act is, 0 within both; and the sentence for it."""
        here, today = payloads.workspace(context), self.clock().date()
        with self._turn:
            if today != self._day:
                self._day = today
                self._people.clear()
                self._channels.clear()
            self._people[here, context.actor_user_id or ""] += 1
            self._channels[here, context.channel_id or ""] += bool(context.channel_id)
            person = self._people[here, context.actor_user_id or ""] - self.most.person
            channel = self._channels[here, context.channel_id or ""] - self.most.channel
        if person > 0:
            return person, _said(
                f"You asked {count(self.most.person, 'thing')} of me", "MESHFIT_ACTS"
            )
        if channel > 0:
            words = f"This channel asked {count(self.most.channel, 'thing')} of me"
            return channel, _said(words, "MESHFIT_CHANNEL_ACTS")
        return 0, ""


def _said(who: str, setting: str) -> str:
    return (
        f"{who} today, which is as many as I take; go on after midnight, UTC. Whoever runs me can "
        f"raise it with {setting}."
    )
