"""How a pilot's result is known, what of it failed: measured, counted, typed in, recorded."""

from __future__ import annotations

from typing import Literal

from bot.domain.model import Answer
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Dossier, Measurement, PilotEvidence, Verdict
from bot.domain.words import count

Known = Literal["measured", "counted"]
FAILED_BY = "pilot_failed_by"
"""The question, never asked, that says what of the last pilot failed."""


def figures_known(dossier: Dossier) -> Known | None:
    """Of the figures that count for a sealed budget; None where there are none.

    What somebody typed is their count; a file of results is a measurement.
    """
    figures = _counting(dossier)
    return ("counted" if any(map(_typed, figures)) else "measured") if figures else None


def result_known(dossier: Dossier) -> tuple[Known, str]:
    """How the pilot's result is known as a whole, and each part of it in words."""
    reached, figures = dossier.goal.reached, _counting(dossier)
    typed = sum(map(_typed, figures))
    drills = len(PilotEvidence.of((), dossier.drills).drills)
    parts = [
        f"the goal was {reached.known}" if reached else "",
        f"{count(typed, 'figure')} typed in" if typed else "",
        f"{count(len(figures) - typed, 'figure')} from files" if len(figures) > typed else "",
        f"{count(drills, 'drill')} recorded by people" if drills else "",
    ]
    known = {reached.known if reached else None, figures_known(dossier)} - {None}
    return "measured" if known == {"measured"} else "counted", _sentence(parts)


def ended(dossier: Dossier, result: str, more: str = "") -> dict[str, Answer]:
    """What a pilot that passed or failed answers: its result, how it is known, what failed."""
    known, how = result_known(dossier)
    return {
        "pilot_result": Answer(value=result, evidence=known, note=f"{how} {more}".strip()),
        FAILED_BY: Answer(value=failed_by(dossier.verdict)),
    }


def failed_by(verdict: Verdict) -> Literal["none", "goal", "budgets", "both"]:
    """What the verdict's rows say was missed or broken: an answer of `pilot_failed_by`."""
    failed = {row.budget == GOAL for row in verdict.having("fail")}
    if failed == {True, False}:
        return "both"
    return "none" if not failed else "goal" if True in failed else "budgets"


def _counting(dossier: Dossier) -> list[Measurement]:
    budgeted = {each.metric for each in dossier.seal.terms.values()} if dossier.seal else set()
    newest = PilotEvidence.of(dossier.measurements, ()).figures
    return [each for metric, places in newest.items() if metric in budgeted
            for each in places.values()]  # fmt: skip


def _typed(figure: Measurement) -> bool:
    return figure.origin in ("", "typed")


def _sentence(parts: list[str]) -> str:
    text = ", ".join(filter(None, parts))
    return f"{text[:1].upper()}{text[1:]}." if text else ""
