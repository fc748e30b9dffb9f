"""Conditions of Adopt: which are met, and of the others whether anybody knows."""

from __future__ import annotations

from bot.domain.model import Required
from bot.domain.pack import Pack
from bot.domain.team import Standing


def stands(pack: Pack, standing: Standing, required: Required) -> str:
    """Not met only by an answer that says no; what nobody answered is not known."""
    if required.met:
        return "Met"
    if required.question is None:
        return "Not met, and out of reach"
    asked = pack.questions.get(required.question)
    if asked is None:
        return "Not met"
    answered = standing.answered.get(asked.id)
    known = answered.answer.value != "unknown" if answered else asked.page is None
    return f"{'Not met' if known else 'Not known yet'} ({asked.short})"
