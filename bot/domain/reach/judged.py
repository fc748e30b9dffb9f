"""What may go to one kind of pods of a target, and all that has a say in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from bot.domain.reach.crowds import NOBODY, Cast
from bot.domain.reach.istio import Istio
from bot.domain.reach.istio_sieve import IstioSieve
from bot.domain.reach.linkerd import Linkerd
from bot.domain.reach.linkerd_sieve import LinkerdSieve
from bot.domain.reach.model import Pods, PortRange, Proxy
from bot.domain.reach.model.judging import Crowd, Doubt, Traffic
from bot.domain.reach.model.scene import Scene
from bot.domain.reach.network import Network
from bot.domain.reach.ports import NOTHING, PortSpace, exactly
from bot.domain.reach.sides import TargetSide, met
from bot.domain.reach.sieve import Sieve
from bot.domain.reach.wording import Passing

HBONE = PortRange("TCP", 15_008, 15_008)
"""Where the traffic of meshed callers arrives in ambient mode, whatever port it is for."""


class Judgement(NamedTuple):
    """What may go to some pods."""

    inward: TargetSide
    outward: TargetSide
    sieves: Sequence[Sieve]
    network: Mapping[Traffic, Crowd]
    """Callers by what the network lets through,"""
    parts: Mapping[Passing, Crowd]
    """and by what the meshes let through too."""
    selecting: Sequence[str]
    """The policies that select the pods for what comes in."""
    doubts: Sequence[Doubt]
    tunnelled: Crowd
    """The callers whose traffic arrives by ambient's own port,"""
    tunnel: Traffic
    """and that port."""

    def by(self, caller: Crowd, traffic: Traffic) -> Iterator[str]:
        """The rules that let some of this traffic of one caller through."""
        wrapped = self.tunnel if caller & self.tunnelled else traffic
        yield from self.inward.by(caller, wrapped)
        yield from self.outward.by(caller, wrapped)
        for sieve in self.sieves:
            yield from sieve.by(caller, traffic)

    def touched(self) -> Iterator[Crowd]:
        """The crowds that some rule is about."""
        return chain(
            [self.tunnelled, self.outward.bound],
            self.inward.touched(),
            self.outward.touched(),
            *(each.touched() for each in self.sieves),
        )


class Judging:
    """All policies of one cluster, asked about one kind of pods at a time."""

    def __init__(self, cast: Cast, scene: Scene) -> None:
        self._cast = cast
        declared = (exactly(port) for each in scene.pods for port in each.ports)
        meshes = (*Istio.ranges(scene), *Linkerd.ranges(scene.linkerd))
        told_apart = chain.from_iterable(map(_told_apart, scene.pods))
        ranges = (*scene.policies.ranges(), *meshes, *declared, *told_apart, HBONE)
        self.space = PortSpace(ranges, Istio.methods(scene))
        self._network = Network(cast, self.space, scene.policies)
        self._istio = Istio(cast, self.space, scene)
        self._linkerd = Linkerd(cast, self.space, scene.linkerd)
        self._ambient = cast.where(each.proxy is Proxy.AMBIENT for each in cast.pods)
        sidecars = cast.where(each.proxy in {Proxy.ISTIO, Proxy.GATEWAY} for each in cast.pods)
        self._tunnelling = self._ambient | sidecars
        judges = self._istio.judges or self._linkerd.judges
        self._tunnel = self.space.numbered(HBONE)
        self._judged = self.space.tcp if judges else self.space.everything

    def judge(self, target: int, *, sure: bool) -> Judgement:
        """What may go to some pods: beyond doubt, or at all."""
        inward = self._network.into(target, sure=sure)
        outward = self._network.out_to(target, sure=sure)
        tunnelled = self._tunnelling if self._ambient >> target & 1 else NOBODY
        istio, linkerd = self._before(target)
        sieves = [each for each in (istio, linkerd) if each]
        parts = self._on_the_wire(met(inward.through, outward.through), tunnelled)
        network = {each.some: crowd for each, crowd in parts.items()}
        for sieve in sieves:
            parts = _sifted(parts, sieve.parts(sure=sure))
        if istio and istio.goes_round and not sure:
            parts = {Passing(self.space.everything, self.space.everything): self._cast.everyone}
        return Judgement(
            inward,
            outward,
            sieves,
            network,
            _gathered((each.within(self._judged), crowd) for each, crowd in parts.items()),
            [*self._network.selecting(target), *_all(each.policies for each in sieves)],
            [*self._network.doubts(target), *_all(each.doubts() for each in sieves)],
            tunnelled,
            self._tunnel,
        )

    def _before(self, target: int) -> tuple[IstioSieve | None, LinkerdSieve | None]:
        guarded = bool(self._network.selecting(target))
        return self._istio.at(target, guarded=guarded), self._linkerd.at(target)

    def _on_the_wire(self, parts: Mapping[Traffic, Crowd], tunnelled: Crowd) -> _Parts:
        """What the network lets through, where some callers' TCP all arrives by one port."""
        parts_there = list[tuple[Passing, Crowd]]()
        for traffic, crowd in parts.items():
            tcp = self.space.tcp if traffic & self._tunnel else NOTHING
            wrapped = (traffic & ~self.space.tcp) | tcp
            parts_there.append((Passing(traffic, traffic), crowd & ~tunnelled))
            parts_there.append((Passing(wrapped, wrapped), crowd & tunnelled))
        return _gathered(parts_there)


_Parts = dict[Passing, Crowd]


def _told_apart(pods: Pods) -> Iterator[PortRange]:
    """The ports that a mesh's proxies treat unlike others, whatever policies say of them."""
    yield from (*pods.unguarded, *pods.unproxied)
    numbers = {*pods.plain, *(reached for _, reached in pods.dialled)}
    yield from (PortRange("TCP", each, each) for each in sorted(numbers))


def _sifted(parts: _Parts, sifted: Mapping[Passing, Crowd]) -> _Parts:
    """What passes both."""
    return _gathered(
        (Passing(one.whole & other.whole, one.some & other.some), crowd & those)
        for one, crowd in parts.items()
        for other, those in sifted.items()
    )


def _gathered(pairs: Iterable[tuple[Passing, Crowd]]) -> _Parts:
    parts: _Parts = defaultdict(int)
    for passing, crowd in pairs:
        if crowd:
            parts[passing] |= crowd
    return parts


_Each = TypeVar("_Each")


def _all(several: Iterable[Iterable[_Each]]) -> Iterator[_Each]:
    return chain.from_iterable(several)
