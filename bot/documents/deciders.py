"""Who decided: people by name and id, and whether the one it takes has said yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.documents.markdown import literal
from bot.domain.team import Standing

Names = Mapping[str, str]
"""A person's id → what they are called; who is not in it goes by their id."""


def named(user: str, names: Names) -> str:
    """`Ana Silva (U0ANA)`, as text and nothing else."""
    known = names.get(user)
    return f"{literal(known, 80)} ({literal(user)})" if known else literal(user)


def status(standing: Standing) -> Literal["accepted", "proposed"]:
    """Accepted once its owner accepted, or, with nobody to accept, once somebody confirmed it."""
    if standing.advice.outcome == "undecided":
        return "proposed"
    return "accepted" if standing.owners or _confirmed_by(standing) else "proposed"


def _confirmed_by(standing: Standing) -> str:
    """Who said that the card is true since it was last answered; nobody while an owner is asked."""
    held = standing.assessment
    if held.owner_asked or not held.confirmed_at or held.confirmed_at < held.touched_at:
        return ""
    return held.confirmed_by or ""


def acceptance(standing: Standing, names: Names) -> str:
    """By whose word it stands, or whose is missing."""
    held = standing.assessment
    if standing.owners:
        who = ", ".join(named(each, names) for each in standing.owners)
        return f"Owner: {who}, who accepted."
    if held.owner_asked:
        return f"Owner: {named(held.owner_asked, names)} was asked and has not answered."
    owner = "The team says that it has an owner; nobody has accepted here. "
    said = owner if standing.says_owned else "Nobody has accepted to own it. "
    if by := _confirmed_by(standing):
        return f"{said}Confirmed by {named(by, names)}, {held.confirmed_at:%Y-%m-%d}."
    return f"{said}Nobody has confirmed it yet."
