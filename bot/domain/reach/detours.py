"""Callers whose annotations lead some calls around their proxy, so that they come without identity.

An annotation names the port that is called, which may be a Service's, and a dump does not show by
which a caller comes: so it wavers wherever one of the numbers that lead to a port is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from bot.domain.reach.crowds import NOBODY, Cast
from bot.domain.reach.model import Pods, PortRange
from bot.domain.reach.model.judging import Crowd

WAVERS = (
    "annotations of these callers lead calls around their proxies, where they have no identity; "
    "by which port they call, a Service's or the pod's, is not in a dump"
)
UNGUARDED = "its annotations lead ports around its proxy, where no policy of the mesh is asked"


class Detours:
    """Who goes around a proxy, on one cast."""

    def __init__(self, cast: Cast) -> None:
        self._who: dict[PortRange, Crowd] = defaultdict(int)
        for at, each in enumerate(cast.pods):
            for span in each.unproxied:
                self._who[span] |= 1 << at

    def cuts(self, target: Pods) -> Iterator[PortRange]:
        """The ports of a target, some of which somebody calls around a proxy."""
        yield from self._who
        for dialled, reached in target.dialled:
            if any(_holds(span, dialled) for span in self._who):
                yield PortRange("TCP", reached, reached)

    def wavering(self, target: Pods, here: Callable[[PortRange], bool]) -> Crowd:
        """Those who may come around their proxy; `here`: whether ports are those in question."""
        crowd = NOBODY
        for span, those in self._who.items():
            reached = (to for dialled, to in target.dialled if _holds(span, dialled))
            if here(span) or any(here(PortRange("TCP", to, to)) for to in reached):
                crowd |= those
        return crowd


def _holds(span: PortRange, number: int) -> bool:
    return span.first <= number <= span.last
