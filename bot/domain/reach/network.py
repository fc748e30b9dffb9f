"""Kubernetes' policies on a cast: who is selected, and which rules bear on callers of a target.

https://kubernetes.io/docs/concepts/services-networking/network-policies/ and
https://network-policy-api.sigs.k8s.io/reference/spec/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from bot.domain.reach.blocks import covers
from bot.domain.reach.crowds import NOBODY, Cast
from bot.domain.reach.model import (
    AdminPolicy,
    AdminRule,
    NetworkPolicy,
    Peer,
    PolicyRule,
)
from bot.domain.reach.model.judging import AdminStep, Crowd, Doubt, Grant
from bot.domain.reach.model.network import Policies, Unread
from bot.domain.reach.ports import PortSpace
from bot.domain.reach.sides import TargetSide

ON_HOST = "on the host's network: whether policies apply to it depends on the network plugin"


class Bearing(NamedTuple):
    """A rule on a cast: the pods of its policy, and the pods that it speaks of."""

    policy: NetworkPolicy | AdminPolicy
    rule: PolicyRule | AdminRule
    pods: Crowd
    peers: Crowd
    doubtful: Crowd = NOBODY
    """The peers that it may speak of: a block covers their address, or it was not read in full."""

    @property
    def by(self) -> str:
        """`NetworkPolicy/shop/cart: ingress[0]`."""
        return f"{self.policy.key}: {self.rule.where}"

    @property
    def why(self) -> str:
        """Why it may speak of the doubtful ones."""
        if isinstance(self.policy, NetworkPolicy) and self.policy.vague:
            return "it holds fields that are not read here"
        return "an address block in it may cover pods, which Kubernetes does not promise to match"

    def spoken_of(self, *, sure: bool) -> Crowd:
        """The peers, beyond doubt or at all."""
        return self.peers if sure else self.peers | self.doubtful


class Direction:
    """All rules of one direction, and the pods for which NetworkPolicies decide in it."""

    def __init__(self, cast: Cast, policies: Policies, *, incoming: bool) -> None:
        self._cast, self._incoming = cast, incoming
        by_priority = sorted(policies.admin, key=lambda each: (each.priority or 0, each.key))
        self.admin = list(self._rules(each for each in by_priority if each.priority is not None))
        self.baseline = list(self._rules(each for each in by_priority if each.priority is None))
        self.network = list(self._rules(policies.network))
        self.bound, self.unjudged, self.anything = NOBODY, NOBODY, NOBODY
        for policy in policies.network:
            if self._of(policy) is not None:
                self.bound |= selected(cast, policy)
        self.doubtful = [each for each in self.network if each.doubtful]
        self.selecting = [
            (each.key, selected(cast, each))
            for each in policies.network
            if self._of(each) is not None
        ]
        self.selecting += [
            (each.key, selected(cast, each)) for each in policies.admin if self._of(each)
        ]
        for each in policies.unread:
            if each.ingress if incoming else each.egress:
                mine = maybe_selected(cast, each)
                self.selecting.append((each.key, mine))
                self.anything |= mine
                self.unjudged |= mine & ~self.bound if each.only_adds else mine

    def _of(self, policy: NetworkPolicy | AdminPolicy) -> Sequence[PolicyRule | AdminRule] | None:
        return policy.ingress if self._incoming else policy.egress

    def _rules(
        self, policies: Iterator[AdminPolicy] | Sequence[NetworkPolicy]
    ) -> Iterator[Bearing]:
        for policy in policies:
            pods = selected(self._cast, policy)
            home = policy.namespace if isinstance(policy, NetworkPolicy) else ""
            for rule in self._of(policy) or ():
                peers, doubtful = self._spoken_of(rule, home)
                if isinstance(policy, NetworkPolicy) and policy.vague:
                    peers, doubtful = NOBODY, peers | doubtful
                yield Bearing(policy, rule, pods, peers, doubtful)

    def _spoken_of(self, rule: PolicyRule | AdminRule, home: str) -> tuple[Crowd, Crowd]:
        """The pods that a rule speaks of, beyond doubt and perhaps."""
        if rule.peers is None:
            return self._cast.everyone, NOBODY
        sure = doubtful = NOBODY
        for peer in rule.peers:
            sure |= self._pods(peer, home)
            if block := peer.block:
                doubtful |= self._cast.where(covers(block, each) for each in self._cast.pods)
        return sure, doubtful

    def _pods(self, peer: Peer, home: str) -> Crowd:
        if peer.nobody or peer.block or (peer.namespaces is None and peer.pods is None):
            return NOBODY
        there = self._cast.at_home(home)
        if peer.namespaces is not None:
            there = self._cast.within(peer.namespaces)
        return there & self._cast.labelled(peer.pods or ())

    def all_rules(self) -> Iterator[Bearing]:
        """The rules of every tier."""
        return chain(self.admin, self.network, self.baseline)


def selected(cast: Cast, policy: NetworkPolicy | AdminPolicy) -> Crowd:
    """The pods that a policy is about."""
    own = cast.labelled(policy.pods or ())
    if isinstance(policy, NetworkPolicy):
        return cast.at_home(policy.namespace) & own
    return cast.within(policy.namespaces) & own


def maybe_selected(cast: Cast, policy: Unread) -> Crowd:
    """The pods that a policy which is not judged may be about."""
    home = cast.at_home(policy.namespace) if policy.namespace else cast.everyone
    return home & cast.labelled(policy.pods or ())


class Network:
    """Kubernetes' policies on one cast, asked target by target."""

    def __init__(self, cast: Cast, space: PortSpace, policies: Policies) -> None:
        self._cast, self._space = cast, space
        self._unread = policies.unread
        self.ingress = Direction(cast, policies, incoming=True)
        self.egress = Direction(cast, policies, incoming=False)

    def selecting(self, target: int) -> list[str]:
        """The policies that select the target for what comes in, and those that may."""
        ways = self.ingress.selecting
        keys = [key for key, pods in ways if pods >> target & 1]
        return sorted(set(keys))

    def doubts(self, target: int) -> Iterator[Doubt]:
        """What nobody can tell of the policies that bear on callers of the target."""
        bit, pods = 1 << target, self._cast.pods[target]
        if pods.host_network and self.ingress.bound & bit:
            yield Doubt(pods.workload, ON_HOST, self._cast.everyone)
        yield from self._of_blocks(bit)
        for policy in self._unread:
            crowd = maybe_selected(self._cast, policy)
            if policy.ingress and crowd & bit:
                yield Doubt(policy.key, policy.why, self._cast.everyone)
            elif policy.egress and crowd:
                yield Doubt(policy.key, policy.why, crowd)

    def _of_blocks(self, bit: Crowd) -> Iterator[Doubt]:
        """What rules with blocks, and those not read in full, may let in to some pods."""
        for each in self.ingress.doubtful:
            if each.pods & bit:
                yield Doubt(each.by, each.why, each.doubtful)
        for each in self.egress.doubtful:
            if each.doubtful & bit:
                yield Doubt(each.by, each.why, each.pods)

    def into(self, target: int, *, sure: bool) -> TargetSide:
        """The target's own side: what its policies let in."""
        bit = 1 << target
        if sure and self.ingress.unjudged & bit:
            return self._side(self._cast.everyone)
        if not sure and (self.ingress.anything & bit or self._cast.pods[target].host_network):
            return self._side(NOBODY)
        side = self._side(self._cast.everyone if self.ingress.bound & bit else NOBODY)
        self._fill(side, self.ingress, target, incoming=True, sure=sure)
        return side

    def out_to(self, target: int, *, sure: bool) -> TargetSide:
        """The callers' side: what their policies let out to the target."""
        barred = self.egress.unjudged if sure else NOBODY
        free = NOBODY if sure else self.egress.anything
        side = self._side((self.egress.bound | barred) & ~free)
        self._fill(side, self.egress, target, incoming=False, sure=sure)
        if others := barred | free:
            side.admin = [each._replace(callers=each.callers & ~others) for each in side.admin]
            side.grants = [each._replace(callers=each.callers & ~others) for each in side.grants]
            side.baseline = [each._replace(callers=each.callers & ~free) for each in side.baseline]
        return side

    def _side(self, bound: Crowd) -> TargetSide:
        return TargetSide(self._cast.everyone, self._space.everything, bound=bound)

    def _fill(
        self, side: TargetSide, direction: Direction, target: int, *, incoming: bool, sure: bool
    ) -> None:
        """Write down every rule that bears on callers of the target."""
        bit, ports = 1 << target, self._cast.pods[target].ports
        for rules, steps in ((direction.admin, side.admin), (direction.baseline, side.baseline)):
            for each in rules:
                own, others = (each.pods, each.peers) if incoming else (each.peers, each.pods)
                if own & bit and others and isinstance(each.rule, AdminRule):
                    traffic = self._space.of(each.rule.ports, ports)
                    steps.append(AdminStep(each.rule.action, others, traffic, each.by))
        for each in direction.network:
            spoken_of = each.spoken_of(sure=sure)
            own, others = (each.pods, spoken_of) if incoming else (spoken_of, each.pods)
            if own & bit and others:
                traffic = self._space.of(each.rule.ports, ports)
                side.grants.append(Grant(others, traffic, each.by))
