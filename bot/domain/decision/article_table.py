"""The article's table for architecture reviews, with a column for the team's own answer."""

from __future__ import annotations

from functools import lru_cache

from bot.domain.decision.known import KnownFacts
from bot.domain.model import Answers, ComparisonRow
from bot.domain.model.advice import NOT_ANSWERED, NOT_HERE
from bot.domain.pack import Pack
from bot.domain.pack.decision import Need
from bot.domain.words import figures_in, worded

_row = lru_cache(maxsize=128)(ComparisonRow)
"""The same words are the same value: they are checked once."""


def article_table(pack: Pack, answers: Answers, facts: KnownFacts) -> tuple[ComparisonRow, ...]:
    """A row for each need, in the order of the pack."""
    return tuple(
        _row(
            need=need.label,
            helps_when=need.helps_when,
            alternative_when=need.alternative_when,
            you=_you(need, answers, facts),
        )
        for need in pack.needs.values()
    )


def _you(need: Need, answers: Answers, facts: KnownFacts) -> str:
    """Whether the team has the need, in figures where it gave them; and whether the rest fits."""
    text, figures = _said(need, answers, facts), _in_figures(need, facts)
    if text in (NOT_ANSWERED, need.otherwise) and figures:
        text = figures
    return text + ("; the alternative fits" if facts[f"{need.id}_covered"] is True else "")


def _said(need: Need, answers: Answers, facts: KnownFacts) -> str:
    if need.question not in answers:
        return NOT_ANSWERED
    if answers[need.question].value == "na":
        return NOT_HERE
    if facts[f"{need.id}_now"] is True:
        return "Needed today"
    if facts[f"{need.id}_soon"] is True:
        return "Needed within a year"
    if need.unknown is not None and facts.holds(need.unknown):
        return "Don't know"
    return need.otherwise


def _in_figures(need: Need, facts: KnownFacts) -> str:
    """What the team said of it in figures; empty where one of them is missing."""
    text = need.figures or ""
    known = all(facts.get(name) is not None for name in figures_in(text))
    return worded(text, facts) if known else ""
