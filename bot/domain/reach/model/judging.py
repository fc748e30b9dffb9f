"""What is handed on while it is judged who may call whom: crowds and traffic are bits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.reach.model.authorization import Authorization, Strictness
from bot.domain.reach.model.network import RuleAction
from bot.domain.reach.model.pods import Pods

Crowd = int
"""Bit n: the n-th pods of the cast."""


Traffic = int


class AdminStep(NamedTuple):
    """An admin rule, as it bears on callers of one target."""

    action: RuleAction
    callers: Crowd
    traffic: Traffic
    by: str


class Grant(NamedTuple):
    """A NetworkPolicy's rule, as it bears on callers of one target."""

    callers: Crowd
    traffic: Traffic
    by: str


class Doubt(NamedTuple):
    """What nobody can tell from a dump, and the callers that it is about."""

    what: str
    why: str
    callers: Crowd


class Named(NamedTuple):
    """Callers that a rule names in order to let them in."""

    by: str
    callers: Crowd


class Request(NamedTuple):
    """One sample."""

    path: str = "/~"
    host: str = "~"
    holds: frozenset[str] = frozenset()
    """The hidden attributes whose tests hold."""


class Moment(NamedTuple):
    """A request at one stretch of ports."""

    traffic: Traffic
    method: str
    request: Request
    identified: Crowd
    """The callers who prove who they are there,"""
    connecting: Crowd
    """and those who may connect at all."""
    wavering: Crowd = 0
    """Those who may come around their proxy, so that they are identified or are not;"""
    strict: bool = False
    """then they may not connect at all."""

    @property
    def around(self) -> Moment:
        """The same, were those who waver to come around their proxy."""
        barred = self.wavering if self.strict else 0
        return self._replace(
            identified=self.identified & ~self.wavering, connecting=self.connecting & ~barred
        )


class At(NamedTuple):
    """The target, what holds there, and whether anything enforces it."""

    pods: Pods
    policies: Sequence[Authorization]
    strictness: Sequence[Strictness]
    enforced: bool
    by_waypoint: bool
    """A waypoint stands before it, and there is something that it may change."""
