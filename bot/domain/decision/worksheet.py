"""The hours to run a mesh, worked out: how often each chore comes, times the hours it takes.

    3 upgrades a year x 16 h + 2 alerts a month x 3 h = 10 hours a month

What is added up is what is shown: figures are rounded as they are said before they are used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.decision.model import BY, ChoreFigures, FilledChore, Worked
from bot.domain.model import Answer
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.pack.worksheet import MOST_HOURS, MOST_TIMES, Chore
from bot.domain.words import number, rounded, some


def work_out(pack: Pack, figures: Mapping[str, ChoreFigures]) -> Worked:
    """Chore by chore; raises ValueError, the end of a sentence, for a sum that nobody believes."""
    parts = (FilledChore(each, _as_said(figures[key])) for key, each in pack.chores.items())
    worked = Worked(tuple(parts))
    most = pack.questions[MESH_HOURS].most
    if most is not None and worked.hours_a_month > most:
        came_to = some(worked.hours_a_month, "hours a month")
        raise ValueError(f"comes to {came_to}, at most {number(most)} fit: look at the figures")
    return worked


def begun(pack: Pack, answer: Answer | None) -> dict[str, ChoreFigures]:
    """What the worksheet begins with: what an answer was worked out from, else the pack's."""
    words = answer.note if answer and answer.evidence == "derived" else ""
    return {key: _found(each, words) or _shipped(each) for key, each in pack.chores.items()}


def _shipped(chore: Chore) -> ChoreFigures:
    return ChoreFigures(chore.often.count, chore.takes.hours)


def _as_said(figures: ChoreFigures) -> ChoreFigures:
    return ChoreFigures(rounded(figures.times), rounded(figures.hours))


def _found(chore: Chore, words: str) -> ChoreFigures | None:
    """The figures of one chore in what was kept of a sum; None where it does not tell them."""
    for part in words.split(" + "):
        match = _PART.fullmatch(part)
        if match and match["per"] == chore.often.per:
            figures = ChoreFigures(_number(match["times"]), _number(match["hours"]))
            sound = figures.times <= MOST_TIMES and figures.hours <= MOST_HOURS
            if sound and FilledChore(chore, figures).words == part:
                return figures
    return None


_PART = re.compile(
    rf"(?P<times>[0-9][0-9,.]*) [^0-9]+ a (?P<per>\w+) {BY} (?P<hours>[0-9][0-9,.]*) h"
)


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return -1.0
