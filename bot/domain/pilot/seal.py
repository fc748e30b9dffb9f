"""Budgets that are agreed before the first run: sealed by a digest, changed only in the open.

The canonical form of the terms is JSON with sorted keys, no blanks and every number as a float;
its SHA-256 begins with the digest. Whoever has the terms can work it out again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.domain.pack import Pack
from bot.domain.pack.pilot import BudgetLine
from bot.domain.pilot.model import Seal, Term, TermChange, Terms
from bot.errors import BadAnswers, BadInput, Refused

DIGITS = 12


def default_limits(pack: Pack) -> dict[str, float]:
    """Where to start from: budget id → the pack's own limit."""
    return {each.id: each.limit for each in pack.budgets.values()}


def limits_of(sealed: Seal) -> dict[str, float]:
    """Budget id → what was agreed."""
    return {name: term.limit for name, term in sealed.terms.items()}


def seal(pack: Pack, limits: Mapping[str, float], *, by: str, at: datetime) -> Seal:
    """The first version; raises `BadAnswers` (budget id → sentence) or `BadInput` for no budget."""
    terms = _terms(pack, limits)
    return Seal(version=1, digest=digest_of(terms), at=at, by=by, terms=terms)


def amend(
    pack: Pack,
    seals: Sequence[Seal],
    limits: Mapping[str, float],
    *,
    by: str,
    at: datetime,
    reason: str,
) -> Seal:
    """The next version, with who changed the budgets and why.

    Raises as `seal` does, `BadAnswers` (`reason`) without a reason and `Refused` where nothing
    would change.
    """
    terms, last = _terms(pack, limits), seals[-1]
    if terms == last.terms:
        raise Refused("No budget would change, so there is nothing to amend.")
    if not reason.strip():
        raise BadAnswers({"reason": "Say why the budgets change: it stays beside them."})
    return Seal(
        version=last.version + 1,
        digest=digest_of(terms),
        at=at,
        by=by,
        reason=reason.strip(),
        terms=terms,
    )


def canonical(terms: Terms) -> str:
    """The terms as the one text that stands for them, whatever order they came in."""
    plain = {name: term.model_dump() for name, term in terms.items()}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest_of(terms: Terms) -> str:
    """The first 12 hex digits of the SHA-256 of the canonical form."""
    return hashlib.sha256(canonical(terms).encode()).hexdigest()[:DIGITS]


def intact(sealed: Seal) -> bool:
    """Whether the terms are still those of the digest."""
    return digest_of(sealed.terms) == sealed.digest


def changes(before: Seal, after: Seal) -> tuple[TermChange, ...]:
    """Every budget that differs, in the order of the newer seal; what was dropped comes last."""
    names = dict.fromkeys((*after.terms, *before.terms))
    pairs = ((name, before.terms.get(name), after.terms.get(name)) for name in names)
    return tuple(_change(name, old, new) for name, old, new in pairs if old != new)


def _change(name: str, old: Term | None, new: Term | None) -> TermChange:
    looser = old is not None and (new is None or new.limit > old.limit or new.noise > old.noise)
    return TermChange(
        budget=name,
        before=old and old.limit,
        after=new and new.limit,
        units=(old.unit if old else "", new.unit if new else ""),
        looser=looser,
    )


def check_limits(pack: Pack, limits: Mapping[str, float]) -> None:
    """Nothing, or `BadAnswers` (budget id → sentence) for a limit that cannot be one."""
    wrong = {name: "is no budget of this pack." for name in limits if name not in pack.budgets}
    lines = [each for each in pack.budgets.values() if each.id in limits]
    wrong |= {line.id: fault for line in lines for fault in _faults(line, limits[line.id])}
    if wrong:
        raise BadAnswers(wrong)


def _terms(pack: Pack, limits: Mapping[str, float]) -> dict[str, Term]:
    """The limits as terms, in the order of the pack."""
    check_limits(pack, limits)
    lines = [each for each in pack.budgets.values() if each.id in limits]
    if not lines:
        raise BadInput("Agree on at least one budget before it is sealed.")
    return {line.id: Term.of(line, limits[line.id]) for line in lines}


def _faults(line: BudgetLine, limit: float) -> Iterator[str]:
    if not -1e9 < limit < 1e9:
        yield "has to be a number that can be reached."
    elif line.change == "value" and limit < 0:
        yield f"cannot be below 0 {line.unit}."
    elif line.change == "percent" and limit <= -100:
        yield "cannot take away all there is: stay above -100 %."
