"""A comparison in one line: slower, faster, not shown, cannot tell, and what it would take."""

from __future__ import annotations

from collections.abc import Sequence, Set
from math import inf

from bot.domain.runs.budgeted import Budgeted, budgeted
from bot.domain.runs.chance import runs_missing, smallest_p
from bot.domain.runs.deltas import values
from bot.domain.runs.difference import ALPHA, POWER, runs_needed
from bot.domain.runs.likeness import OF_ONE_TEST, Sides
from bot.domain.runs.model import Delta, RefusalId, Run, Unresolved
from bot.domain.runs.order import given_again, same_runs, some_again
from bot.domain.runs.resolution import cannot_tell, only_the_mean
from bot.domain.words import amount, by_amount, by_percent

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def verdict_of(
    sides: Sides,
    deltas: Sequence[Delta],
    unresolved: Sequence[Unresolved],
    refused: Set[RefusalId],
    budgets: Sequence[Budgeted],
) -> str:
    """What enough, too few or unlike runs come to, in one line."""
    if refused:
        return _refused(refused)
    whole = {each.metric: each for each in deltas if each.endpoint is None}
    judged = whole.get("p95") or whole.get("p50")
    if judged is None:
        return same_runs(sides) or _without_figures(sides, deltas, unresolved)
    shown = f"{_shown(judged)}{_instead(sides, judged)}"
    spread = _with_this_spread(sides, judged, budgets)
    if same := same_runs(sides):
        return f"{same} ({shown})"
    missing = runs_missing(len(sides.base), len(sides.mesh), ALPHA)
    if missing:
        return _too_few(sides, shown, missing, spread)
    return _decided(sides, judged, shown, spread)


def _refused(kinds: Set[RefusalId]) -> str:
    """How many kinds of reasons there are, since each is set aside once, and what to do."""
    many = len(kinds) > 1
    mend = "alike" if kinds <= OF_ONE_TEST else f"without {'them' if many else 'it'}"
    return (
        f"not comparable, for {in_words(len(kinds))} reason{'s' if many else ''}: repeat the runs "
        f"{mend}, or override {'each' if many else 'it'} with a reason"
    )


def _without_figures(
    sides: Sides, deltas: Sequence[Delta], unresolved: Sequence[Unresolved]
) -> str:
    """Why neither p95 nor p50 of the whole run is judged."""
    blurry = [each for each in unresolved if each.endpoint is None]
    if not blurry:
        base, mesh = (_p95_of(side) for side in (sides.base, sides.mesh))
        if base and mesh:
            return f"cannot tell by how much: p95 is {base} without the mesh, {mesh} with it"
        return "nothing to judge: these files hold no p95 and no p50 of the whole run"
    return f"cannot tell: {cannot_tell(blurry)}; {only_the_mean(deltas)}"


def _p95_of(runs: Sequence[Run]) -> str | None:
    """Where p95 of a side lies, as far as its files say."""
    times = [run.latency_ms for run in runs]
    lie = [each.p95_range or (each.p95 is not None and (each.p95, each.p95)) for each in times]
    known = [each for each in lie if each]
    if len(known) < len(times):
        return None
    low = min(each[0] for each in known)
    high = max((inf if each[1] is None else each[1]) for each in known)
    if high == inf:
        return f"above {low:,.4g} ms"
    return f"{low:,.4g}{'' if low == high else f' to {high:,.4g}'} ms"


def _too_few(sides: Sides, shown: str, missing: int, spread: str) -> str:
    """What fewer runs say than can tell anything, and how many more can."""
    if twice := some_again(sides):
        return f"nothing is decided: {twice} on both sides ({shown})"
    base, mesh = len(sides.base), len(sides.mesh)
    more = f"{in_words(missing)} more run{'s' if missing > 1 else ''} on each side"
    if min(base, mesh) == 1:
        return f"single observation: {shown}; {more} can tell it from chance at the earliest"
    needed = "are" if missing > 1 else "is"
    reach = f"{base} and {mesh} runs reach p = {smallest_p(base, mesh):.2g} at best"
    return f"inconclusive: {more} {needed} needed at the earliest ({shown}; {reach}{spread})"


def _decided(sides: Sides, judged: Delta, shown: str, spread: str) -> str:
    """What enough runs a side say."""
    least = f"{smallest_p(len(sides.base), len(sides.mesh)):.2g}"
    p = 1.0 if judged.p_value is None else judged.p_value
    reach = f"exact p = {p:.2g}, at best {least}"
    if p > ALPHA:
        return (
            f"no difference shown: {shown} ({reach}{_lies(judged)}{spread}); that is not the same "
            "as no overhead"
        )
    if again := given_again(sides):
        return f"nothing is decided: {again}, and a run given again shows no more ({shown})"
    return f"{'slower' if judged.absolute > 0 else 'faster'}: {shown} ({reach}{_lies(judged)})"


def _lies(judged: Delta) -> str:
    """Where the difference lies, as far as the test can tell."""
    if judged.interval is None:
        return ""
    low, high = judged.interval
    middle = "" if judged.middle is None else f", {by_amount(judged.middle)} in the middle"
    text = f"; between {by_amount(low)} and {by_amount(high)} ms at 95 %{middle}"
    if judged.interval_within is None:
        return text
    low, high = judged.interval_within
    rounding, ends = "from figures whose rounding allows", "as read off buckets whose ends allow"
    why = rounding if judged.within is None else ends
    return f"{text}, {why} {by_amount(low)} to {by_amount(high)} ms"


def _with_this_spread(sides: Sides, judged: Delta, budgets: Sequence[Budgeted]) -> str:
    """How many runs a side would find what is budgeted, given the spread so far."""
    size = budgeted(budgets, judged.metric, judged.baseline)
    if size is None or min(len(sides.base), len(sides.mesh)) < 2:
        return ""
    needed = runs_needed(values(sides.base, judged.metric), values(sides.mesh, judged.metric), size)
    many = f"{needed} runs a side" if needed else f"more than {max(POWER)} runs a side"
    return (
        f"; with the spread seen so far {many} would find the budgeted {amount(size)} ms in four "
        "of five cases"
    )


def _instead(sides: Sides, judged: Delta) -> str:
    """Why p50 is judged where p95 is not known."""
    if judged.metric == "p95":
        return ""
    times = [run.latency_ms for run in sides.runs]
    known = [each.p95_range for each in times if each.p95_range is not None]
    if len(known) < len(times):
        every = any(each.p95 is not None for each in times)
        return f"; p95 is not in {'every file' if every else 'these files'}"
    low = min(each[0] for each in known)
    high = max((inf if each[1] is None else each[1]) for each in known)
    lies = f"above {low:,.4g}" if high == inf else f"between {low:,.4g} and {high:,.4g}"
    return f"; of p95 these files say only that it lies {lies} ms"


def _shown(delta: Delta) -> str:
    percent = "" if delta.percent is None else f", {by_percent(delta.percent)}"
    if delta.within is None:
        return f"{delta.metric} {delta.told} ms ({by_amount(delta.absolute)} ms{percent})"
    low, high = delta.within
    ends = f", buckets allow {by_amount(low)} to {by_amount(high)}" if not delta.interval else ""
    return f"{delta.metric} {delta.told} ms (≈ {by_amount(delta.absolute)} ms{percent}{ends})"


def in_words(number: int) -> str:
    """Small numbers as words, the rest as digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
