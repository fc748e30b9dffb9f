"""Figures that nobody gave: the pack's own, which the hours use until somebody says one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.model import Answers
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import HOUR_FIGURES, HOUR_FLAGS, HOUR_INPUTS, MESH_HOURS
from bot.domain.words import number

_INCIDENTS, _UPKEEP = HOUR_INPUTS[:2], HOUR_INPUTS[2:4]
_STANDS_ON: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*HOUR_FIGURES, *HOUR_FLAGS), HOUR_INPUTS),
    "incident_hours": _INCIDENTS,
    "drift_hours": _UPKEEP,
    "total_hours": (*_INCIDENTS, *_UPKEEP),
    "no_rate_pays": (*_INCIDENTS, *_UPKEEP, MESH_HOURS),
}
"""What is derived → the questions whose figures it is worked out from."""


def assumed_in(pack: Pack, answers: Answers) -> tuple[str, ...]:
    """The questions of the hours that nobody answered and that count as something anyway."""
    asked = (pack.questions[each] for each in HOUR_INPUTS if each in pack.questions)
    return tuple(each.id for each in asked if each.default is not None and each.id not in answers)


def behind(names: Iterable[str], assumed: Iterable[str]) -> tuple[str, ...]:
    """Those of them that what goes by these names is worked out from."""
    under = {each for name in names for each in _STANDS_ON.get(name, (name,))}
    return tuple(each for each in assumed if each in under)


def told(pack: Pack, question: str) -> str:
    """One of them beside a sentence that uses it: Saving: 40 % is assumed, as nobody said."""
    asked = pack.questions[question]
    figure = f"{number(asked.default or 0)} {asked.unit}".strip()
    return f"{asked.short}: {figure} is assumed, as nobody said."
