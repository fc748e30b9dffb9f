"""How much one person, and one channel, may ask of meshfit in a day: so that nobody fills it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from bot.advisor.counted_acts import CountedActs
from bot.domain.model.workplace import Workplace
from bot.domain.team import Workspace
from bot.domain.words import count
from bot.errors import Refused
from bot.listeners import payloads
from bot.listeners.strangers import is_foreign

_ACTS = frozenset({"block_actions", "view_submission", "message_action"})
_EVENTS = frozenset({"app_mention", "message"})

EVERY = 100
Adds = Callable[[Workspace, Mapping[str, int]], Mapping[str, int] | None]


class _Acts:
    """What one person or channel did today: as the store had it last, and what came since."""

    def __init__(self) -> None:
        self.kept = self.since = 0


class Limits:
    """Counts since midnight in UTC, in the store, so that every process and a restart know it.

    What is counted since is written once it makes a hundredth: so far processes may be apart. It is
    written with the claim of the act, where there is one.
    """

    def __init__(self, holds: Callable[[Workspace], Workplace], counted: CountedActs) -> None:
        self.holds, self.counted = holds, counted
        self._day: date | None = None
        self._acts = defaultdict[tuple[Workspace, str], _Acts](_Acts)
        self._turn = threading.Lock()

    def count(self, add: Adds, body: dict[str, Any], context: BoltContext) -> None:
        """Count an act as its claim is kept; of a stranger, who may not act, none."""
        if _counts(body) and not is_foreign(body, context):
            context["acted"] = self._acted(payloads.workspace(context), _whose(context), add)

    def middleware(
        self,
        body: dict[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Let an act through, or raise `Refused`; of a message too many only the first is told."""
        if not _counts(body):
            return next()
        here = payloads.workspace(context)
        who, sentence = self._over(here, context)
        if not who:
            return next()
        if "event" in body and not self.counted.told_first(here, who):
            return BoltResponse(status=200)
        raise Refused(sentence)

    def _over(self, here: Workspace, context: BoltContext) -> tuple[str, str]:
        """Whose limit this act is beyond, nobody's within both; and the sentence for it."""
        most, whose = self.holds(here), _whose(context)
        acted = context.pop("acted", None) or self._acted(here, whose, self.counted.add_alone)
        person, there = whose[0], whose[-1]
        if acted[person] > most.acts:
            return person, _said(f"You asked {count(most.acts, 'thing')} of me", "MESHFIT_ACTS")
        if there != person and acted[there] > most.channel_acts:
            words = f"This channel asked {count(most.channel_acts, 'thing')} of me"
            return there, _said(words, "MESHFIT_CHANNEL_ACTS")
        return "", ""

    def _acted(self, here: Workspace, whose: Sequence[str], add: Adds) -> Mapping[str, int]:
        """How many acts of each that makes today; of every process, as far as it is known here."""
        due = dict[str, int]()
        with self._turn:
            if (today := self.counted.today()) != self._day:
                self._day = today
                self._acts.clear()
            acts = {who: self._acts[here, who] for who in whose}
            for who, each in acts.items():
                each.since += 1
                if each.since >= each.kept // EVERY:
                    due[who], each.since = each.since, 0
        self._learn(acts, due, add(here, due) if due else {})
        return {who: each.kept + each.since for who, each in acts.items()}

    def _learn(
        self, acts: Mapping[str, _Acts], due: Mapping[str, int], kept: Mapping[str, int] | None
    ) -> None:
        """What every process counted; where it was not written, it is still to be."""
        with self._turn:
            for who, more in due.items():
                if kept is None:
                    acts[who].since += more
                else:
                    acts[who].kept = max(acts[who].kept, kept[who])


def _counts(body: Mapping[str, Any]) -> bool:
    """Whether somebody asks something of meshfit by it."""
    kind, event = body.get("type"), body.get("event", {}).get("type")
    return "command" in body or kind in _ACTS or event in _EVENTS


def _whose(context: BoltContext) -> tuple[str, ...]:
    """A person, and the channel where there is one."""
    person, channel = f"person {context.actor_user_id or ''}", context.channel_id
    return (person, f"channel {channel}") if channel else (person,)


def _said(who: str, setting: str) -> str:
    return (
        f"{who} today, which is as many as I take; go on after midnight, UTC. Whoever runs me sets "
        f"the most with {setting}; leads may have set it lower in /meshfit settings."
    )
