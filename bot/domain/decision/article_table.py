"""The article's table for architecture reviews, with a column for the team's own answer."""

from __future__ import annotations

from bot.domain.model import Answers, ComparisonRow, Facts
from bot.domain.pack import Pack
from bot.domain.pack.decision import Need


def article_table(pack: Pack, answers: Answers, facts: Facts) -> tuple[ComparisonRow, ...]:
    """A row for each need, in the order of the pack."""
    return tuple(
        ComparisonRow(
            need=need.label,
            helps_when=need.helps_when,
            alternative_when=need.alternative_when,
            you=_you(need, answers, facts),
        )
        for need in pack.needs.values()
    )


def _you(need: Need, answers: Answers, facts: Facts) -> str:
    """Whether the team has the need, and whether the alternative holds for it."""
    if need.question not in answers:
        return "Not answered"
    if answers[need.question].value == "na":
        return "Does not apply"
    if facts[f"{need.id}_now"] is True:
        said = "Needed today"
    elif facts[f"{need.id}_soon"] is True:
        said = "Needed within a year"
    elif need.unknown is not None and need.unknown.holds(facts):
        return "Don't know"
    else:
        return "Not needed"
    return said + ("; the alternative fits" if facts[f"{need.id}_covered"] is True else "")
