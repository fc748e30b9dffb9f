"""Who decided: people by name and id, and whether the one it takes has said yes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.documents.markdown import literal
from bot.domain.model import Goal
from bot.domain.model.record import Record
from bot.domain.team import FORMER, ROUND, Standing

NO_NAMES = "a round that kept no names"
Names = Mapping[str, str]
"""A person's id → what they are called; who is not in it goes by their id."""


def named(user: str, names: Names) -> str:
    """`Ana Silva (U0ANA)`, as text and nothing else."""
    if user == ROUND:
        return NO_NAMES
    known = names.get(user)
    return f"{literal(known, 80)} ({literal(user)})" if known else literal(user)


def to_measure(goal: Goal, put: Callable[[str], str]) -> str:
    """Who is to measure a goal on its day, and whether they said that they will."""
    if not goal.measured_by:
        return "nobody is named to measure it"
    who = put(goal.measured_by)
    return {
        "named": f"{who} is named to measure it",
        "asked": f"{who} was asked to measure it and has not answered",
        "accepted": f"{who}, who accepted, measures it then",
    }[goal.measurer]


def called(user: str, names: Names) -> str:
    """The same as plain text, for a page that escapes what it shows."""
    if user == ROUND:
        return NO_NAMES
    known = names.get(user)
    return "a former member" if user == FORMER else f"{known[:80]} ({user})" if known else user


def people_in(standing: Standing, *more: str) -> tuple[str, ...]:
    """Everybody whom the file names, by their ids; `more` are those whom it alone names."""
    goal = standing.goal
    assessment, answers = standing.assessment, (*standing.answered.values(), *standing.dissent)
    doing = [who for each in standing.actions for who in (each.owner, each.asked, each.by)]
    every = [
        *standing.respondents,
        *(each.respondent for each in answers),
        *standing.owners,
        assessment.owner_asked or "",
        goal.reached.by if goal and goal.reached else "",
        *(each.by for each in (goal.earlier if goal else ())),
        goal.measured_by if goal else "",
        *doing,
        *(each.by for each in standing.tripwires),
        *more,
    ]
    return tuple(dict.fromkeys(each for each in every if each not in ("", ROUND, FORMER)))


def acceptance(record: Record, names: Names, shown: Callable[[str], str] | None = None) -> str:
    """By whose word it stands, or whose is missing; `shown` is how a person is put elsewhere."""
    standing, assessment = record.standing, record.standing.assessment

    def put(user: str) -> str:
        return shown(user) if shown else named(user, names)

    if standing.owners:
        roles = "" if assessment.owner_accepted else " every role of the pilot"
        return f"Owner: {', '.join(map(put, standing.owners))}, who accepted{roles}."
    if assessment.owner_asked:
        return f"Owner: {put(assessment.owner_asked)} was asked and has not answered."
    owner = "The team says that it has an owner; nobody has accepted here. "
    opening = owner if standing.says_owned else "Nobody has accepted to own it. "
    if (by := record.confirmed_by) and record.confirmed_at:
        return f"{opening}Confirmed by {put(by)}, {record.confirmed_at:%Y-%m-%d}."
    return f"{opening}Nobody has confirmed it yet."
