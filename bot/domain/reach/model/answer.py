"""Who may call one workload, and what nobody can tell from a dump."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class AllowedCaller(NamedTuple):
    """A workload that may call the target."""

    workload: str
    ports: str
    by: tuple[str, ...] = ()
    """The rules that let it in, `NetworkPolicy/shop/cart: ingress[0]`; none if none bars it."""


class ShutOut(NamedTuple):
    """A workload that a policy names, and that is nevertheless not let through."""

    workload: str
    by: tuple[str, ...]
    why: str


class NotJudged(NamedTuple):
    """What the dump cannot tell, and the workloads that may come in by it."""

    what: str
    why: str
    workloads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Callers:
    """Who may call one workload."""

    target: str
    anybody: bool
    """No policy selects the target, and no other workload's egress shuts it out."""
    callers: tuple[AllowedCaller, ...] = ()
    shut_out: tuple[ShutOut, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    policies: tuple[str, ...] = ()
    """Those that select the target, or hold for whoever calls it."""


class ChangedCaller(NamedTuple):
    """A caller that may call before and after, on other ports or with other requests."""

    workload: str
    before: str
    after: str


@dataclass(frozen=True)
class ReachChange:
    """What lies between two answers about one target."""

    target: str
    opened: tuple[AllowedCaller, ...]
    closed: tuple[AllowedCaller, ...]
    changed: tuple[ChangedCaller, ...]
    in_both: bool
    """Whether the target is in both dumps."""
