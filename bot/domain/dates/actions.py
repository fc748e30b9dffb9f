"""What becomes of an action when somebody speaks about it: nobody owns what they did not take."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.dates.model import Action, ActionForm, Doing, State
from bot.errors import Refused


def mark(text: str) -> str:
    """A short mark of a line, by which it is found again as long as it says the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def doing(assessment: str, lines: Iterable[str], taken: Iterable[Action], today: date) -> Doing:
    """What is advised beside what was taken; open ones first, those that are due first on top."""
    in_order = sorted(taken, key=lambda each: (each.state != "open", each.due or date.max))
    known = {each.line for each in in_order}
    left = {mark(each): each for each in lines}
    return Doing(
        taken=tuple(in_order),
        left=tuple((key, text) for key, text in left.items() if key not in known),
        assessment=assessment,
        today=today,
    )


def agreed(before: Action, wanted: ActionForm, by: str, now: datetime) -> Action:
    """What a form says of an action: who names themselves takes it, anybody else is asked."""
    action = before.model_copy(
        update={
            "due": wanted.due, "link": wanted.link, "state": wanted.state, "by": by, "at": now
        }
    )  # fmt: skip
    if wanted.owner == by:
        return action.model_copy(update={"owner": by, "asked": "", "asked_by": ""})
    if wanted.owner == "":
        return action.model_copy(update={"owner": "", "asked": "", "asked_by": ""})
    if wanted.owner == before.asked:
        return action
    if wanted.owner == before.owner:
        return action.model_copy(update={"asked": "", "asked_by": ""})
    return action.model_copy(update={"asked": wanted.owner, "asked_by": by})


def check_asked(action: Action, user: str) -> None:
    """Nothing, or `Refused` for anybody but who was asked to take it."""
    if action.asked != user:
        raise Refused("You are not asked to take this, so there is nothing to answer.")


def answered(action: Action, user: str, now: datetime, *, accepts: bool) -> Action:
    """The word of whoever was asked; raises `Refused` for anybody else's."""
    check_asked(action, user)
    taken = {"owner": user} if accepts else {}
    return action.model_copy(update={"asked": "", "asked_by": "", "by": user, "at": now, **taken})


def in_state(action: Action, user: str, now: datetime, state: State) -> Action:
    """Done, dropped or open again; who asked whom to take it is moot once it is not open."""
    nobody = {"asked": "", "asked_by": ""} if state != "open" else {}
    return action.model_copy(update={"state": state, "by": user, "at": now, **nobody})
