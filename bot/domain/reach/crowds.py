"""Crowds: sets of pods as whole numbers, a bit each, so that a thousand pods are judged at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from bot.domain.reach.model import Pods, Selector, SelectorRequirement
from bot.domain.reach.model.judging import Crowd

NOBODY: Crowd = 0
Key = TypeVar("Key")


class Labels:
    """Labels → the crowd that has them."""

    def __init__(self, labels: Sequence[Mapping[str, str]]) -> None:
        self._everyone = (1 << len(labels)) - 1
        self._having: dict[tuple[str, str], Crowd] = defaultdict(int)
        self._with: dict[str, Crowd] = defaultdict(int)
        for at, each in enumerate(labels):
            for key, value in each.items():
                self._having[key, value] |= 1 << at
                self._with[key] |= 1 << at
        self.selected = cache(self._selected)

    def _selected(self, selector: Selector) -> Crowd:
        """Those who meet every requirement."""
        crowd = self._everyone
        for each in selector:
            crowd &= self._meeting(each)
        return crowd

    def _meeting(self, required: SelectorRequirement) -> Crowd:
        key, operator, values = required
        if operator == "Exists":
            return self._with.get(key, NOBODY)
        if operator == "DoesNotExist":
            return self._everyone & ~self._with.get(key, NOBODY)
        crowd = NOBODY
        for value in values:
            crowd |= self._having.get((key, value), NOBODY)
        return crowd if operator == "In" else self._everyone & ~crowd


class Cast:
    """Everyone in the dump. `namespaces`: name → labels."""

    def __init__(self, pods: Sequence[Pods], namespaces: Mapping[str, Mapping[str, str]]) -> None:
        self.pods = tuple(pods)
        self.everyone: Crowd = (1 << len(pods)) - 1
        self._own = Labels([each.labels for each in pods])
        self._namespaces = Labels([namespaces[each.namespace] for each in pods])
        self._at_home: dict[str, Crowd] = defaultdict(int)
        self._workloads: dict[str, Crowd] = defaultdict(int)
        for at, each in enumerate(pods):
            self._at_home[each.namespace] |= 1 << at
            self._workloads[each.workload] |= 1 << at
        self.firsts: Crowd = 0
        """The first pods of each workload, by which it is judged."""
        for crowd in self._workloads.values():
            self.firsts |= crowd & -crowd

    @property
    def workloads(self) -> Mapping[str, Crowd]:
        """`namespace/name[Kind]` → its pods."""
        return self._workloads

    def at_home(self, namespace: str) -> Crowd:
        """Everyone in a namespace."""
        return self._at_home.get(namespace, NOBODY)

    def within(self, namespaces: Selector) -> Crowd:
        """Everyone in the namespaces with some labels."""
        return self._namespaces.selected(namespaces)

    def labelled(self, pods: Selector) -> Crowd:
        """Everyone with some labels, wherever."""
        return self._own.selected(pods)

    def where(self, holds: Iterable[bool]) -> Crowd:
        """Those for whom something holds, in the order of `pods`."""
        return sum(1 << at for at, each in enumerate(holds) if each)

    def named(self, crowd: Crowd) -> tuple[str, ...]:
        """The workloads of a crowd, sorted."""
        return tuple(sorted({self.pods[at].workload for at in members(crowd)}))


def members(crowd: Crowd) -> Iterator[int]:
    """The places of those in a crowd."""
    while crowd:
        lowest = crowd & -crowd
        yield lowest.bit_length() - 1
        crowd ^= lowest


def split(parts: Mapping[Key, Crowd], crowd: Crowd) -> Iterator[tuple[Key, Crowd, bool]]:
    """Each part in two: those outside a crowd and those in it; empty halves are left out."""
    for key, part in parts.items():
        if outside := part & ~crowd:
            yield key, outside, False
        if inside := part & crowd:
            yield key, inside, True
