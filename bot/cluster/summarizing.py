"""A look → what may leave the machine: counts and ids, names only where somebody says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day

from bot.cluster.looking import Look
from bot.cluster.model import Dump
from bot.domain.evidence.model import FindingSeen, LookSummary
from bot.domain.model import PackName
from bot.domain.pack import Pack


def summary(pack: Pack, dump: Dump, look: Look, seen: Day, *, names: bool = False) -> LookSummary:
    """The summary of a look; with `names` each finding keeps the names of its objects."""
    return LookSummary(
        seen=seen,
        pack=PackName(name=pack.name, version=pack.version),
        modes=look.modes,
        kubernetes=look.kubernetes,
        counts=_numbers(look.counts.model_dump()),
        meshed=look.meshed.pods,
        findings=tuple(
            FindingSeen(
                id=each.finding.id,
                severity=each.severity,
                objects=len(each.objects),
                names=each.objects if names else (),
            )
            for each in look.findings
        ),
        offered=look.offered,
        not_judged=tuple(dict.fromkeys(each.id for each in look.unjudged)),
        digests=tuple(each.digest for each in dump.sources),
    )


def _numbers(counts: Mapping[str, object]) -> dict[str, int]:
    """Counts as numbers: of a list of names, how many."""
    return {
        name: value if isinstance(value, int) else len(value)  # type: ignore[arg-type]
        for name, value in counts.items()
    }
