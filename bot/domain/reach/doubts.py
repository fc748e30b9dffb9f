"""What was not judged, with the callers that may come in by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.reach.crowds import Cast
from bot.domain.reach.judged import Judgement
from bot.domain.reach.model import NotJudged
from bot.domain.reach.model.judging import Crowd


def not_judged(
    cast: Cast, judged: Sequence[Judgement], others: Crowd, gained: Crowd
) -> tuple[NotJudged, ...]:
    """Each doubt about others than the target, or about nobody, once.

    With it go those of the gained for whom more goes through if it falls that way.
    """
    crowds: dict[tuple[str, str], Crowd] = defaultdict(int)
    for each in judged:
        for doubt in each.doubts:
            if doubt.callers & others or not doubt.callers:
                crowds[doubt.what, doubt.why] |= doubt.callers & gained
    return tuple(NotJudged(what, why, cast.named(crowd)) for (what, why), crowd in crowds.items())


def differing(target: str, gained: Iterable[str]) -> Iterator[NotJudged]:
    """Those who may come in by other pods than the first of the target, or of their own."""
    if names := tuple(sorted(gained)):
        why = (
            "pods of one workload differ and each is judged by its first; by others these may call"
        )
        yield NotJudged(target, why, names)
