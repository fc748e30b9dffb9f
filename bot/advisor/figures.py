"""Figures on the record: each saving is told in the pilot's thread, a broken one says why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.advisor import owing
from bot.domain.pack.pilot import PER_NODE
from bot.domain.pilot.model import Dossier, Measurement, Saving
from bot.domain.pilot.replacing import broken, broken_now, saving
from bot.domain.team import Caller
from bot.domain.words import shortened
from bot.errors import BadAnswers
from bot.store import Database, pilot_log

BROKEN_BEFORE = "A budget was broken there. Why is it measured again? The reason stays."
MOST_NAMED = 3
"""Files that one line names."""
Where = tuple[str, str]
"""(service, endpoint or node)."""


class WhyAgain(BadAnswers):
    """A broken figure, or a drill that failed, would be replaced, and nobody said why."""

    def __init__(self, why: str = BROKEN_BEFORE, then: str = "") -> None:
        super().__init__({"again": why})
        self._said = f"{why} {then}".strip()

    @property
    def sentence(self) -> str:
        """Where no field stands beside it."""
        return self._said


def named(files: Iterable[str], read: str) -> str:
    """Which files figures come from, and what was read: `a.json, b.json (Fortio, 2 runs)`."""
    every = [shortened(each) for each in dict.fromkeys(files)]
    more = f" and {len(every) - MOST_NAMED} more" if len(every) > MOST_NAMED else ""
    return f"from {', '.join(every[:MOST_NAMED])}{more} ({read})"


def check_again(dossier: Dossier, where: Where, again: str, *, files: bool) -> None:
    """Nothing, or `WhyAgain` where a budget is broken at the place that is measured.

    Files may hold figures of every endpoint of a service, and of every node.
    """
    service, endpoint = where
    terms = dossier.seal.terms if dossier.seal else {}
    for each in broken_now(terms, dossier.measurements):
        here = each.service == service and (each.metric in PER_NODE) == (not service)
        whole = files and (not service or not endpoint)
        if here and not again and (whole or each.endpoint == endpoint):
            raise WhyAgain


def record(
    db: Database, caller: Caller, dossier: Dossier, figures: Sequence[Measurement], again: str
) -> Saving:
    """Enter figures that were saved in one go, and owe the thread their line.

    Raises `WhyAgain` where they replace one that broke a budget.
    """
    terms = dossier.seal.terms if dossier.seal else {}
    if not again and any(broken(terms, dossier.measurements, each) for each in figures):
        raise WhyAgain
    one = {"reason": again, "at": figures[0].at}
    made = [each.model_copy(update=one) for each in figures]
    for each in made:
        pilot_log.add(db, caller, dossier.board.id, "measurement", each.at, each)
    done = saving(terms, made, dossier.measurements)
    owing.below_board(db, caller, dossier.board.id, "figures_saved", {"saving": done.model_dump()})
    return done
