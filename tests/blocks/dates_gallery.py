"""The screens of what has an owner and a date, at their largest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from bot.blocks import actions, dates
from bot.blocks.surfaces import Payload
from bot.domain.dates.model import (
    Action,
    Dated,
    Doing,
    DueNotice,
    Kind,
    Reminder,
    Thing,
    Tripwire,
)
from tests.blocks.widest import AT, CHANNEL, ID, PACK, PERSON, standing, wide

TODAY = AT.date()
META = "m" * 3000
LINE = "0123456789ab"
LONG = Action(
    assessment=ID,
    line=LINE,
    text=wide(3000),
    owner=PERSON,
    asked=PERSON,
    asked_by=PERSON,
    due=AT.date().replace(year=2025),
    link="https://" + "l" * 490,
    by=PERSON,
    at=AT,
    written=7,
)
WIRES = tuple(
    Tripwire(
        assessment=ID, id=f"{at}", text=wide(200), question="services", on=TODAY, said="yes",
        by=PERSON, said_on=TODAY,
    )
    for at in range(12)
)  # fmt: skip
EVERY = tuple(
    LONG.model_copy(update={"line": f"{state}{at:05}", "state": state})
    for state in ("open", "done", "dropped")
    for at in range(12)
)


def dates_gallery() -> Iterator[tuple[str, Payload]]:
    """(name of the drawing function, what it drew)."""
    left = tuple((f"left{at}", wide(3000)) for at in range(30))
    for taken in (EVERY, EVERY[:1], ()):
        doing = Doing(taken=taken, left=left, assessment=ID, today=TODAY)
        yield "actions.listed", actions.listed(doing)
    none = Doing(taken=(), left=(), assessment=ID, today=TODAY)
    yield "actions.listed", actions.listed(none)
    for each in (LONG, LONG.model_copy(update={"written": 0})):
        yield "actions.form", actions.form(each, PERSON, META)
    yield "actions.request", actions.request(LONG, PERSON)
    links = {"GitHub": "https://" + "l" * 2990, "GitLab": "https://" + "l" * 2990}
    yield "actions.issue", actions.issue(wide(400), "&" * 4000, links)
    yield "actions.issue", actions.issue(wide(400), wide(4000), {})
    yield from _reminded()


def _reminded() -> Iterator[tuple[str, Payload]]:
    every = tuple(
        Dated(
            thing=Thing(kind=kind, subject=ID, part=f"{LINE}{at:03}"),
            on=TODAY if at % 2 else None,
            about=wide(3000),
            people=(PERSON,) * 4,
        )
        for kind in get_args(Kind)
        for at in range(6)
    )
    mine = {str(each.thing) for each in every[::2]}
    yield "dates.listed", dates.listed(PACK, every, mine, WIRES)
    yield "dates.listed", dates.listed(PACK, (), mine)
    yield "dates.offered", dates.offered(PACK, every)
    for each in every[::6]:
        notice = DueNotice(
            reminder=Reminder(person=PERSON, thing=each.thing, channel=CHANNEL, said_on=TODAY),
            dated=each,
            on=TODAY,
            thread="1.2",
            link="https://" + "l" * 2900,
            wires=WIRES,
        )
        yield "dates.reminder", dates.reminder(PACK, notice)
        yield "dates.in_thread", dates.in_thread(PACK, notice)
    for more in ({}, {"look_again_days": 90}):
        team = standing()
        advice = team.advice.model_copy(update={"look_again_days": None, **more})
        yield "dates.still_true", dates.still_true(team.model_copy(update={"advice": advice}))
    yield "dates.asked_of_round", dates.asked_of_round(every[1])
    yield "dates.ended", dates.ended(wide(300))


MINE = tuple((each, CHANNEL) for each in EVERY)
