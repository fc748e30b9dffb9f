"""Who callers are to Istio: their identity, if mutual TLS proves one, and their address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from bot.domain.reach.blocks import covers
from bot.domain.reach.crowds import NOBODY, Cast, members
from bot.domain.reach.detours import Detours
from bot.domain.reach.model import Block, Pods, Proxy, Strictness, Test
from bot.domain.reach.model.judging import Crowd
from bot.domain.reach.requests import fits

TRUST_DOMAIN = "cluster.local"
"""What policies may write for the mesh's own trust domain, whatever it is called."""


class Identities:
    """The callers that a test of their source speaks of."""

    def __init__(self, cast: Cast, *, assumed: bool) -> None:
        self._cast, self.detours = cast, Detours(cast)
        self.meshed = cast.everyone if assumed else cast.where(map(_meshed, cast.pods))
        """Those whose proxy proves who they are."""
        self.spoken_of = cache(self._spoken_of)
        self._of: Mapping[str, Callable[[Pods], str]] = {
            "principal": lambda each: f"{TRUST_DOMAIN}/ns/{each.namespace}/sa/{each.account}",
            "namespace": lambda each: each.namespace,
            "account": lambda each: f"{each.namespace}/{each.account}",
        }
        self._known = {attribute: self._by_value(of) for attribute, of in self._of.items()}

    def _by_value(self, of: Callable[[Pods], str]) -> dict[str, Crowd]:
        crowds: dict[str, Crowd] = {}
        for at, each in enumerate(self._cast.pods):
            crowds[of(each)] = crowds.get(of(each), NOBODY) | 1 << at
        return crowds

    def _spoken_of(self, test: Test, *, doubted: bool) -> Crowd:
        """Whom a test would fit, were all in the mesh; `doubted`: doubts count as fitting."""
        crowd = NOBODY
        for value in test.values:
            if test.attribute == "ip":
                crowd |= self.covered(value) if doubted else NOBODY
            else:
                crowd |= self._fitting(test.attribute, value, doubted=doubted)
        return crowd

    def _fitting(self, attribute: str, pattern: str, *, doubted: bool) -> Crowd:
        crowd, own = NOBODY, attribute != "principal" or pattern.startswith(TRUST_DOMAIN)
        if "*" not in pattern and own:
            return self._known[attribute].get(pattern, NOBODY)
        for value, those in self._known[attribute].items():
            if fits(value, pattern) or (doubted and _elsewhere(attribute, value, pattern)):
                crowd |= those
        return crowd

    @cache  # noqa: B019 - as long-lived as the cast
    def covered(self, cidr: str) -> Crowd:
        """Those whose address a block covers, or may."""
        block = Block(cidr)
        return self._cast.where(covers(block, each) for each in self._cast.pods)


def _meshed(pods: Pods) -> bool:
    return pods.proxy in {Proxy.ISTIO, Proxy.GATEWAY, Proxy.AMBIENT} or (
        pods.proxy is Proxy.UNSEEN and pods.labelled
    )


def _elsewhere(attribute: str, value: str, pattern: str) -> bool:
    """Whether a principal differs in nothing but its trust domain, which a dump does not show."""
    return (
        attribute == "principal"
        and not pattern.startswith((TRUST_DOMAIN, "*"))
        and fits(value.partition("/")[2], pattern.partition("/")[2])
    )


def mode(strictness: Iterable[Strictness], pods: Pods, port: int = 0) -> str:
    """STRICT, PERMISSIVE or DISABLE for pods, or for one port of theirs."""
    modes = {"STRICT", "PERMISSIVE"}
    if pods.proxy is not Proxy.AMBIENT:
        modes.add("DISABLE")  # which ambient mode ignores
    for each in _holding(strictness, pods):
        by_port = dict(each.by_port) if each.pods else {}
        mode_here = by_port.get(port) or each.mode
        if mode_here in modes:
            return mode_here
    return "PERMISSIVE"


def _holding(strictness: Iterable[Strictness], pods: Pods) -> list[Strictness]:
    """What holds for some pods, the nearest first: the oldest of each level; others are ignored."""
    levels = dict[int, Strictness]()
    for each in sorted(strictness, key=lambda policy: (policy.created, policy.key)):
        if not all(_meets(pods, key, values) for key, _, values in each.pods):
            continue
        if each.namespace == pods.namespace:
            levels.setdefault(0 if each.pods else 1, each)
        elif not each.namespace and not each.pods:
            levels.setdefault(2, each)
    return [levels[level] for level in sorted(levels)]


def strict(strictness: Iterable[Strictness], pods: Pods) -> list[str]:
    """The PeerAuthentications that ask mutual TLS of some pods' callers, on a port at least."""
    return [
        each.key
        for each in _holding(strictness, pods)
        if "STRICT" in {each.mode, *(port_mode for _, port_mode in each.by_port)}
    ]


def _meets(pods: Pods, key: str, values: frozenset[str]) -> bool:
    return pods.labels.get(key) in values


def workloads_of(cast: Cast, crowd: Crowd) -> tuple[str, ...]:
    """The names of a crowd's workloads."""
    return tuple(sorted({cast.pods[at].workload for at in members(crowd)}))
