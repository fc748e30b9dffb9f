"""Kubernetes' own policies: NetworkPolicy v1, AdminNetworkPolicy and its baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from bot.domain.reach.model.pods import PortRange, Selector


class Block(NamedTuple):
    """Addresses."""

    cidr: str
    but: tuple[str, ...] = ()


class Peer(NamedTuple):
    """Pods by their namespaces' labels and their own, or addresses."""

    namespaces: Selector | None = None
    """None: the policy's own namespace; in admin policies a peer always says which."""
    pods: Selector | None = None
    block: Block | None = None
    nobody: bool = False
    """Nodes, networks and domain names, which are no pods."""


class PolicyRule(NamedTuple):
    """What one rule lets through; None stands for every peer, every port."""

    where: str
    peers: tuple[Peer, ...] | None = None
    ports: tuple[PortRange, ...] | None = None


@dataclass(frozen=True)
class NetworkPolicy:
    """One NetworkPolicy. A direction that is None is none of its business."""

    key: str
    namespace: str
    pods: Selector
    ingress: tuple[PolicyRule, ...] | None
    egress: tuple[PolicyRule, ...] | None
    vague: bool = False
    """It holds fields that were not read, so its rules let nothing through beyond doubt."""


class RuleAction(StrEnum):
    """What an admin rule does with what it matches first."""

    ALLOW = "Allow"
    DENY = "Deny"
    PASS = "Pass"


class AdminRule(NamedTuple):
    """One rule of an admin policy."""

    where: str
    action: RuleAction
    peers: tuple[Peer, ...]
    ports: tuple[PortRange, ...] | None = None


@dataclass(frozen=True)
class AdminPolicy:
    """An AdminNetworkPolicy, or the baseline, whose priority is None."""

    key: str
    priority: int | None
    namespaces: Selector
    pods: Selector | None
    ingress: tuple[AdminRule, ...] = ()
    egress: tuple[AdminRule, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A policy that is not judged, and the pods that it may be about."""

    key: str
    why: str
    namespace: str
    """Empty: of the whole cluster."""
    pods: Selector | None = None
    """None: which of them is not known."""
    only_adds: bool = False
    """Whether it can let more through where a NetworkPolicy decides already, and never less."""
    ingress: bool = True
    egress: bool = True


class Policies(NamedTuple):
    """All of Kubernetes' policies in a dump, and those that are not judged."""

    network: Sequence[NetworkPolicy] = ()
    admin: Sequence[AdminPolicy] = ()
    unread: Sequence[Unread] = ()

    def ranges(self) -> Iterator[PortRange]:
        """Every range of ports that a rule names."""
        for each in self.network:
            for rule in chain(each.ingress or (), each.egress or ()):
                yield from rule.ports or ()
        for policy in self.admin:
            for step in chain(policy.ingress, policy.egress):
                yield from step.ports or ()
