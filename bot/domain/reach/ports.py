"""Traffic as whole numbers: a bit for each stretch of ports that no policy cuts, times each method.

Kubernetes names three protocols. Methods count only where a policy of Istio's names some; then each
stretch of TCP ports has a bit for each method and one for all others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from bot.domain.reach.model import ContainerPort, PortRange
from bot.domain.reach.model.judging import Traffic
from bot.domain.reach.model.pods import LAST

NOTHING: Traffic = 0
PROTOCOLS = ("SCTP", "TCP", "UDP")
_WHOLE = tuple(PortRange(each) for each in PROTOCOLS)


class PortSpace:
    """All ports there are, cut where a policy or a container's port begins or ends."""

    def __init__(self, ranges: Iterable[PortRange], methods: Sequence[str] = ()) -> None:
        cuts: dict[str, set[int]] = {each: {1, LAST + 1} for each in PROTOCOLS}
        for each in ranges:
            if not each.name and each.protocol in cuts:
                cuts[each.protocol] |= {each.first, each.last + 1}
        self.methods = (*methods, "") if methods else ("",)
        """The methods that are told apart; the last stands for all others."""
        self._starts, self._offset, used = dict[str, list[int]](), dict[str, int](), 0
        for protocol, firsts in cuts.items():
            starts = sorted(each for each in firsts if 1 <= each <= LAST + 1)
            self._starts[protocol], self._offset[protocol] = starts, used
            used += (len(starts) - 1) * self._width
        self.everything: Traffic = (1 << used) - 1
        self.tcp = self.numbered(PortRange("TCP"))
        self._only = {each: self._of_method(at) for at, each in enumerate(self.methods)}
        self._numbered = cache(self._unnamed)

    @property
    def _width(self) -> int:
        return len(self.methods)

    def numbered(self, wanted: PortRange) -> Traffic:
        """Every request to a range of ports. An impossible range is nothing."""
        if wanted.protocol not in self._starts or wanted.last < wanted.first:
            return NOTHING
        starts = self._starts[wanted.protocol]
        first, last = (
            bisect_left(starts, max(wanted.first, 1)),
            bisect_left(starts, wanted.last + 1),
        )
        length = max(min(last, len(starts) - 1) - first, 0) * self._width
        return ((1 << length) - 1) << (self._offset[wanted.protocol] + first * self._width)

    def of(self, ranges: tuple[PortRange, ...] | None, at: Sequence[ContainerPort]) -> Traffic:
        """What some ranges mean at a target, whose containers give names to ports."""
        if ranges is None:
            return self.everything
        traffic = self._numbered(ranges)
        for each in ranges:
            for port in at if each.name else ():
                if port.name == each.name and each.protocol in ("", port.protocol):
                    traffic |= self.numbered(exactly(port))
        return traffic

    def _unnamed(self, ranges: tuple[PortRange, ...]) -> Traffic:
        traffic = NOTHING
        for each in ranges:
            traffic |= NOTHING if each.name else self.numbered(each)
        return traffic

    def only(self, method: str) -> Traffic:
        """One method on every port of TCP."""
        return self._only[method]

    def _of_method(self, at: int) -> Traffic:
        count = len(self._starts["TCP"]) - 1
        every = sum(1 << (at + port * self._width) for port in range(count))
        return every << self._offset["TCP"]

    def stretches(self, protocol: str) -> Iterable[tuple[int, int, Traffic]]:
        """Each uncut stretch of ports, first and last, with its traffic."""
        starts = self._starts[protocol]
        one = (1 << self._width) - 1
        for at, first in enumerate(starts[:-1]):
            yield first, starts[at + 1] - 1, one << (self._offset[protocol] + at * self._width)


def exactly(port: ContainerPort) -> PortRange:
    """The range of one port."""
    return PortRange(port.protocol, port.number, port.number)
