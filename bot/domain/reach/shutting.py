"""Callers that a policy names and that are nevertheless not let through, each with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from bot.domain.reach.crowds import NOBODY, Cast, members
from bot.domain.reach.judged import Judgement
from bot.domain.reach.model import ShutOut
from bot.domain.reach.model.judging import Crowd, Named
from bot.domain.reach.model.network import RuleAction
from bot.domain.reach.ports import NOTHING
from bot.domain.reach.sieve import Sieve

_UNOPENED = (
    "in ambient mode its traffic arrives on port 15008, which the policies do not open to it"
)


def shut_out(cast: Cast, judged: Sequence[Judgement], others: Crowd) -> tuple[ShutOut, ...]:
    """Those of some others, who may not call, whom a policy names; sorted."""
    by, why = defaultdict[str, set[str]](set), dict[str, str]()
    for each in judged:
        rules = list(_named(cast, each))
        for reason, crowd in _reasons(each, _all_in(rule.callers for rule in rules) & others):
            for at in members(crowd):
                why.setdefault(cast.pods[at].workload, reason)
        for rule in rules:
            for at in members(rule.callers & others):
                by[cast.pods[at].workload].add(rule.by)
    return tuple(ShutOut(name, tuple(sorted(by[name])), why[name]) for name in sorted(by))


def _all_in(crowds: Iterable[Crowd]) -> Crowd:
    return reduce(or_, crowds, NOBODY)


def _named(cast: Cast, judged: Judgement) -> Iterator[Named]:
    """Every rule that lets some callers in, and not all."""
    for each in judged.inward.grants:
        if each.callers != cast.everyone:
            yield Named(each.by, each.callers)
    for step in (*judged.inward.admin, *judged.inward.baseline):
        if step.action is RuleAction.ALLOW and step.callers != cast.everyone:
            yield Named(step.by, step.callers)
    for sieve in judged.sieves:
        yield from sieve.named()


def _reasons(judged: Judgement, crowd: Crowd) -> Iterator[tuple[str, Crowd]]:
    """Why callers are not let through, each in one part."""
    shut_in = judged.outward.through.get(NOTHING, NOBODY)
    yield "what policies let out of it does not reach the target", crowd & shut_in
    kept_out = judged.inward.through.get(NOTHING, NOBODY) & ~shut_in
    yield from _denied(judged, crowd & kept_out)
    yield "no network policy lets it in", crowd & kept_out
    crowd &= ~shut_in & ~kept_out
    apart = judged.network.get(NOTHING, NOBODY) & crowd
    yield _UNOPENED, apart & judged.tunnelled
    yield (
        "what is let out of it and what the target lets in share no port",
        apart & ~judged.tunnelled,
    )
    for sieve in judged.sieves:
        barred = _barred(sieve) & crowd & ~apart
        yield from ((sieve.why_not(1 << at), 1 << at) for at in members(barred))
        crowd &= ~barred
    yield "what its network policies let through and what the proxy lets in share no port", crowd


def _denied(judged: Judgement, crowd: Crowd) -> Iterator[tuple[str, Crowd]]:
    """Callers that an admin rule denies on every port, before any other rule speaks of them."""
    for step in judged.inward.admin:
        if step.action is not RuleAction.DENY:
            crowd &= ~step.callers
        elif step.traffic == judged.inward.everything:
            yield f"{step.by} denies it first", crowd & step.callers


def _barred(sieve: Sieve) -> Crowd:
    return _all_in(each for passing, each in sieve.parts(sure=True).items() if not passing.some)
