"""Who may call a workload: the target's own side, the callers' side, and the mesh, together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from bot.domain.reach.crowds import NOBODY, Cast, members
from bot.domain.reach.doubts import differing, not_judged
from bot.domain.reach.judged import Judgement, Judging
from bot.domain.reach.model import AllowedCaller, Callers
from bot.domain.reach.model.judging import Crowd
from bot.domain.reach.model.scene import Scene
from bot.domain.reach.shutting import shut_out
from bot.domain.reach.wording import Passing, words

_NONE = Passing(0, 0)
_Found = dict[str, Passing]
"""Caller → what may go through for it."""


class Reach:
    """One cluster, asked target by target."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.cast = Cast(scene.pods, scene.namespaces)
        self._judging = Judging(self.cast, scene)
        self._words = cache(lambda passing: words(self._judging.space, passing))

    def callers(self, workload: str, *, why: bool = True) -> Callers:
        """Who may call a workload; without `why`, the policies and the shut out are left out."""
        mine, cast = self.cast.workloads[workload], self.cast
        sure = [self._judging.judge(at, sure=True) for at in members(mine)]
        sure_of = self._by_workload(sure[:1], cast.firsts & ~mine)
        all_alike = cast.firsts == cast.everyone
        other_pods = sure_of if all_alike else self._by_workload(sure, cast.everyone & ~mine)
        maybe = self._possible(sure, mine) or other_pods
        by = self._reasons(sure[0], cast.firsts & ~mine) if why else {}
        shut = cast.firsts & ~mine & ~self._pods_of({**sure_of, **maybe}) if why else NOBODY
        return Callers(
            target=workload,
            anybody=not sure[0].selecting and len(sure_of) == len(cast.workloads) - 1,
            callers=tuple(
                AllowedCaller(name, self._words(passing), tuple(sorted(by.get(name, ()))))
                for name, passing in sorted(sure_of.items())
            ),
            shut_out=shut_out(cast, sure[:1], shut) if why else (),
            not_judged=(
                *differing(workload, _more(sure_of, other_pods)),
                *not_judged(
                    cast, sure, cast.everyone & ~mine, self._pods_of(_more(other_pods, maybe))
                ),
                *self._scene.notes,
            ),
            policies=tuple(sorted(set(sure[0].selecting))),
        )

    def _possible(self, sure: Sequence[Judgement], mine: Crowd) -> _Found:
        """What may go through if every doubt falls that way; nothing where there is none."""
        if not any(doubt.callers for each in sure for doubt in each.doubts):
            return {}
        possible = [self._judging.judge(at, sure=False) for at in members(mine)]
        return self._by_workload(possible, self.cast.everyone & ~mine)

    def _by_workload(self, judged: Sequence[Judgement], of: Crowd) -> _Found:
        by_workload: _Found = {}
        for each in judged:
            for passing, crowd in each.parts.items():
                for at in members(crowd & of if passing.some else NOBODY):
                    name = self.cast.pods[at].workload
                    by_workload[name] = (
                        by_workload[name].or_else(passing) if name in by_workload else passing
                    )
        return by_workload

    def _pods_of(self, names: Iterable[str]) -> Crowd:
        crowd = NOBODY
        for name in names:
            crowd |= self.cast.workloads[name]
        return crowd

    def _reasons(self, judged: Judgement, of: Crowd) -> dict[str, set[str]]:
        """Caller → the rules that let it through."""
        by: dict[str, set[str]] = {}
        for passing, crowd in judged.parts.items():
            for alike in _alike(crowd & of if passing.some else NOBODY, judged):
                rules = set(judged.by(alike & -alike, passing.some))
                for at in members(alike):
                    by[self.cast.pods[at].workload] = rules
        return by


def _alike(crowd: Crowd, judged: Judgement) -> Iterator[Crowd]:
    """A crowd in parts that the same rules are about."""
    parts = [crowd]
    for touched in dict.fromkeys(judged.touched()):
        parts = [half for each in parts for half in (each & touched, each & ~touched) if half]
    return iter(filter(None, parts))


def _more(sure: _Found, maybe: _Found) -> _Found:
    """Those for whom more may go through than is sure."""
    if sure is maybe:
        return {}
    return {
        name: passing
        for name, passing in maybe.items()
        if passing.some & ~sure.get(name, _NONE).some
    }
