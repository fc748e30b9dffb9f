"""One side of connections to a target, the callers' or its own: what goes through, by which rule.

Admin rules come first, in order, and the first match per port decides. What they pass or do not
match goes to NetworkPolicies, which add up; where none selects the pods, to the baseline; and what
that does not match either is let through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from bot.domain.reach.crowds import NOBODY, split
from bot.domain.reach.model.judging import AdminStep, Crowd, Grant, Traffic
from bot.domain.reach.model.network import RuleAction
from bot.domain.reach.ports import NOTHING

Parts = Mapping[Traffic, Crowd]
"""Callers by what may go through for them; every caller stands in one part."""


@dataclass
class TargetSide:
    """What bears on one side of the connections to one target."""

    everyone: Crowd
    everything: Traffic
    admin: list[AdminStep] = field(default_factory=list)
    bound: Crowd = NOBODY
    """The callers for whom NetworkPolicies decide."""
    grants: list[Grant] = field(default_factory=list)
    baseline: list[AdminStep] = field(default_factory=list)

    @cached_property
    def through(self) -> Parts:
        """What may go through, for whom."""
        if not (self.admin or self.baseline):
            return self._granted(self.everyone)
        parts: dict[Traffic, Crowd] = defaultdict(int)
        for (allowed, open_, passed), crowd in _stepped(self.admin, self._start()).items():
            for granted, those in self._granted(crowd & self.bound).items():
                parts[allowed | (granted & (open_ | passed))] |= those
            rest = {(allowed, open_ | passed, NOTHING): crowd & ~self.bound}
            for (at_last, unmatched, unheard), those in _stepped(self.baseline, rest).items():
                parts[at_last | unmatched | unheard] |= those
        return {traffic: crowd for traffic, crowd in parts.items() if crowd}

    def _start(self) -> dict[_State, Crowd]:
        return {(NOTHING, self.everything, NOTHING): self.everyone}

    def _granted(self, crowd: Crowd) -> Parts:
        """What NetworkPolicies let through for some callers."""
        parts: dict[Traffic, Crowd] = {NOTHING: crowd & self.bound, self.everything: NOBODY}
        for each in self.grants:
            parts = widened(parts, each.callers, each.traffic)
        parts[self.everything] = parts.get(self.everything, NOBODY) | (crowd & ~self.bound)
        return {traffic: those for traffic, those in parts.items() if those}

    def by(self, caller: Crowd, traffic: Traffic) -> Iterator[str]:
        """The rules that let some of this traffic of one caller through."""
        open_ = traffic
        for each in self.admin:
            if (
                each.callers & caller
                and each.action is not RuleAction.PASS
                and each.traffic & open_
            ):
                if each.action is RuleAction.ALLOW:
                    yield each.by
                open_ &= ~each.traffic
            elif each.callers & caller and each.action is RuleAction.PASS:
                passed = each.traffic & open_
                yield from self._by_next(caller, passed)
                open_ &= ~passed
        yield from self._by_next(caller, open_)

    def _by_next(self, caller: Crowd, traffic: Traffic) -> Iterator[str]:
        """The rules after the admin's."""
        if caller & self.bound:
            for grant in self.grants:
                if grant.callers & caller and grant.traffic & traffic:
                    yield grant.by
            return
        for step in self.baseline:
            if step.callers & caller and step.traffic & traffic:
                if step.action is RuleAction.ALLOW:
                    yield step.by
                traffic &= ~step.traffic

    def touched(self) -> Iterator[Crowd]:
        """The crowds that some rule bears on."""
        yield from (each.callers for each in chain(self.admin, self.baseline))
        yield from (each.callers for each in self.grants)


_State = tuple[Traffic, Traffic, Traffic]
"""Allowed; open, since no rule matched yet; passed on."""


def _stepped(steps: Iterable[AdminStep], parts: dict[_State, Crowd]) -> dict[_State, Crowd]:
    for step in steps:
        after: dict[_State, Crowd] = defaultdict(int)
        for (allowed, open_, passed), crowd, hit in split(parts, step.callers):
            if not hit:
                after[allowed, open_, passed] |= crowd
                continue
            matched, left = open_ & step.traffic, open_ & ~step.traffic
            if step.action is RuleAction.ALLOW:
                after[allowed | matched, left, passed] |= crowd
            elif step.action is RuleAction.PASS:
                after[allowed, left, passed | matched] |= crowd
            else:
                after[allowed, left, passed] |= crowd
        parts = after
    return parts


def widened(parts: Parts, crowd: Crowd, traffic: Traffic) -> dict[Traffic, Crowd]:
    """The parts, once a crowd may send this too."""
    after: dict[Traffic, Crowd] = defaultdict(int)
    for allowed, those, within in split(parts, crowd):
        after[allowed | traffic if within else allowed] |= those
    return after


def met(parts: Parts, others: Parts) -> dict[Traffic, Crowd]:
    """What goes through where both sides let it."""
    both: dict[Traffic, Crowd] = defaultdict(int)
    for traffic, crowd in parts.items():
        for other, those in others.items():
            if crowd & those:
                both[traffic & other] |= crowd & those
    return both
