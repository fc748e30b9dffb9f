"""What has a date and is not settled; and when somebody who said yes is to be told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from bot.domain.dates.model import Dated, Reminder, Thing
from bot.domain.model import Goal
from bot.domain.pack.dates import Waits
from bot.domain.pilot.model import Dossier, PolicyException
from bot.domain.rounds.model import Round
from bot.domain.snapshots.model import rules_since
from bot.domain.team import Standing
from bot.domain.working_hours import WorkingHours, working_days_after, working_days_before


def of_card(standing: Standing, waits: Waits, hours: WorkingHours) -> Iterator[Dated]:
    """What an open assessment has to look back on, to wait for, and to do."""
    assessment, advice = standing.assessment, standing.advice
    if assessment.status != "open":
        return
    if again := standing.look_again_at:
        yield Dated(
            thing=Thing(kind="look", subject=assessment.id), on=again.astimezone(hours.zone).date()
        )
    if advice.deadline:
        thing = Thing(kind="deadline", subject=assessment.id)
        yield Dated(thing=thing, on=advice.deadline, ahead=waits.deadline_ahead)
    others = rules_since(standing)
    on = assessment.said_at.astimezone(hours.zone).date() if others else None
    yield Dated(thing=Thing(kind="rules", subject=assessment.id), on=on, about=others)
    if assessment.owner_asked:
        thing = Thing(kind="owner", subject=assessment.id, part=mark(assessment.owner_asked))
        yield Dated(thing=thing, on=None, people=(assessment.owner_asked,))
    for each in standing.actions:
        if each.state == "open" and each.due:
            thing = Thing(kind="action", subject=assessment.id, part=each.line)
            who = (each.owner,) if each.owner else ()
            yield Dated(thing=thing, on=each.due, about=each.text, people=who)
        if each.state == "open" and each.asked:
            thing = Thing(
                kind="offered", subject=assessment.id, part=f"{each.line}:{mark(each.asked)}"
            )
            yield Dated(thing=thing, on=None, about=each.text, people=(each.asked,))


def of_round(
    round_: Round, answered: Iterable[str], waits: Waits, hours: WorkingHours
) -> Iterator[Dated]:
    """The end of an open round, for whoever has not handed in their answers."""
    if round_.closed_at is None:
        on = round_.closes_at.astimezone(hours.zone).date()
        yield Dated(
            thing=Thing(kind="round", subject=round_.id),
            on=on,
            ahead=(on - working_days_before(on, waits.round_ahead, hours.days)).days,
            until=round_.closes_at,
            settled_for=tuple(sorted(answered)),
        )


def of_pilot(dossier: Dossier, waits: Waits, moved: date) -> Iterator[Dated]:
    """What a pilot waits for; its exceptions, and a goal to come, go on after it is closed."""
    board = dossier.board
    if board.result is None:
        still = Thing(kind="still", subject=board.id)
        yield Dated(thing=still, on=moved + timedelta(days=waits.still))
        asked = {each.user for each in dossier.owners.values() if each.user and not each.accepted}
        if asked:
            yield Dated(
                thing=Thing(kind="roles", subject=board.id), on=None, people=tuple(sorted(asked))
            )
    if dossier.goal_open:
        yield from of_goal(board.id, dossier.goal)
    for each in dossier.exceptions:
        yield from of_exception(board.id, each, waits)


def of_goal(pilot: str, goal: Goal) -> Iterator[Dated]:
    """The day on which a number shows, also of a pilot that was closed before; who was asked."""
    if goal.shows_on is None or goal.reached is not None:
        return
    who = (goal.measured_by,) if goal.measured_by else ()
    end = Thing(kind="end", subject=pilot)
    yield Dated(thing=end, on=goal.shows_on, people=who, accepted=goal.measurer == "accepted")
    if who and goal.measurer == "asked":
        asked = Thing(kind="measure", subject=pilot, part=mark(goal.measured_by))
        yield Dated(thing=asked, on=None, people=who)


def of_exception(pilot: str, exception: PolicyException, waits: Waits) -> Iterator[Dated]:
    """The end of one that is not over, and the silence of whoever was asked to approve it."""
    if exception.closed or exception.approval == "refused":
        return
    ends = Thing(kind="exception", subject=pilot, part=exception.id)
    yield Dated(
        thing=ends, on=exception.ends_on, ahead=waits.exception_ahead, about=exception.service
    )
    if exception.asks:
        asked = Thing(kind="approval", subject=pilot, part=f"{exception.id}:{mark(exception.asks)}")
        yield Dated(thing=asked, on=None, about=exception.service, people=(exception.asks,))


def mark(user: str) -> str:
    """A short mark of whoever is asked: asked anew, somebody else is another thing."""
    return hashlib.sha256(user.encode()).hexdigest()[:8]


def day_of(dated: Dated, reminder: Reminder, waits: Waits, hours: WorkingHours) -> date:
    """The day that a reminder is about."""
    return dated.on or working_days_after(reminder.said_on, waits.silent, hours.days)


def next_at(
    dated: Dated, reminder: Reminder, waits: Waits, hours: WorkingHours, now: datetime
) -> datetime | None:
    """When somebody is to be told, or a thing that may come any day is looked at next.

    None where they were told of this date already, or have done their part. Ahead of its day nobody
    hears of a thing on the day on which they said yes to it.
    """
    if reminder.person in dated.settled_for or (dated.until and now >= dated.until):
        return None
    if dated.thing.kind == "rules" and dated.on is None:
        return hours.on(now.astimezone(hours.zone).date() + timedelta(days=1))
    on = day_of(dated, reminder, waits, hours)
    if reminder.told != on:
        next_day = reminder.said_on + timedelta(days=1)
        return hours.on(max(on - timedelta(days=dated.ahead), min(next_day, on)))
    return hours.on(reminder.snoozed) if reminder.snoozed else None
