"""Whether runs are alike enough to compare: every reason against it, in words with the figures.

What a file does not say cannot be held against it; it is listed as unchecked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from urllib.parse import urlsplit

from bot.domain.pack.tolerances import Percent, Tolerances
from bot.domain.runs.model import Refusal, RefusalId, Run, settings_told
from bot.domain.words import in_percent, listed

CLOSED_LOOP = (
    "{which} names a rate that was asked for, and a tool that waits for each answer sends less to "
    "a slower side: ask both for the same rate, below what the slower one reached (wrk2 -R, "
    "fortio -qps, k6 constant-arrival-rate)."
)
OF_ONE_TEST: Set[RefusalId] = {
    "tool",
    "protocol",
    "target",
    "rate",
    "concurrency",
    "duration",
    "settings",
}
"""What runs of one test have in common."""
FIXED_RATE = {"wrk2", "vegeta"}
"""Tools that send at a fixed rate and do not print which: the rate they reached stands for it."""


class Sides:
    """The runs of both sides, each with the name it has in a sentence."""

    def __init__(self, base: Sequence[Run], mesh: Sequence[Run]) -> None:
        self.base, self.mesh = base, mesh
        self.named = [*_named("baseline", base), *_named("mesh", mesh)]
        self.runs = [*base, *mesh]


def _named(side: str, runs: Sequence[Run]) -> list[tuple[str, Run]]:
    alone = len(runs) == 1
    return [(f"{side} run" if alone else f"{side} run {at}", run) for at, run in enumerate(runs, 1)]


def refusals(sides: Sides, tolerances: Tolerances) -> tuple[Refusal, ...]:
    """Every reason not to compare, in a fixed order; none where the runs are alike."""
    return tuple(
        Refusal(id=kind, text=text) for kind, check in _CHECKS for text in check(sides, tolerances)
    )


def of_one_test(runs: Sequence[Run], tolerances: Tolerances) -> bool:
    """Whether runs repeat one test, so that they may stand on one side together."""
    return not any(
        text
        for kind, check in _CHECKS
        if kind in OF_ONE_TEST
        for text in check(Sides(runs, ()), tolerances)
    )


def unchecked(sides: Sides) -> tuple[str, ...]:
    """What at least one file does not say."""
    facts: dict[str, Callable[[Run], object]] = {
        "target": lambda run: run.target,
        "protocol": lambda run: run.protocol,
        "concurrency": lambda run: run.connections,
        "duration": lambda run: run.duration_s,
        "rate": _asked,
        "errors": _error_share,
        "samples": lambda run: run.samples,
    }
    return tuple(
        name for name, fact in facts.items() if any(fact(run) is None for run in sides.runs)
    )


def _tool(sides: Sides, _: Tolerances) -> Iterator[str]:
    tools = sorted({run.tool for run in sides.runs})
    if len(tools) > 1:
        yield f"Different load testers: {listed(tools)} measure differently."


def _protocol(sides: Sides, _: Tolerances) -> Iterator[str]:
    protocols = {run.protocol for run in sides.runs if run.protocol}
    if any(each.startswith("http/") for each in protocols):
        protocols.discard("http")
    if len(protocols) > 1:
        yield f"Different protocols: {listed(sorted(protocols))}."


def _target(sides: Sides, _: Tolerances) -> Iterator[str]:
    targets = sorted({_plain(run.target) for run in sides.runs if run.target})
    if len(targets) > 1:
        yield f"Different targets: {listed(targets)}."


def _plain(target: str) -> str:
    """An address without what does not change where it leads."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return target
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{path}" if parts.netloc else target


def _rate(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    asked = [_asked(run) for run in sides.runs]
    yield from _apart(asked, tolerances.rate, "Different rates", "/s")
    if not all(asked):
        which = "Not every file" if any(asked) else "No file"
        reached = [run.rps for run in sides.runs]
        for words in _apart(reached, tolerances.rate, "Different rates reached", "/s"):
            yield f"{words.rstrip('.')}. {CLOSED_LOOP.format(which=which)}"


def _asked(run: Run) -> float | None:
    return run.requested_rps or (run.rps if run.tool in FIXED_RATE else None)


def _saturation(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    for name, run in sides.named:
        asked, reached = run.requested_rps, run.rps
        if asked and reached is not None and reached < asked * (1 - tolerances.rate.share):
            yield (
                f"The {name} asked for {asked:,.6g}/s and reached {reached:,.6g}/s: it measured "
                "saturation, not latency. Ask both sides for the same rate, below what it reached."
            )
        elif run.requests and run.unsent > tolerances.rate.share * run.requests:
            yield (
                f"The {name} could not send {run.unsent:,} requests in time: the load generator "
                "or the system was saturated."
            )


def _concurrency(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    connections = [run.connections for run in sides.runs]
    yield from _apart(connections, tolerances.concurrency, "Different concurrency", "")


def _settings(sides: Sides, _: Tolerances) -> Iterator[str]:
    if apart := settings_told(sides.base, sides.mesh):
        yield f"Different settings: {apart}. Send both sides in the same way."


def _duration(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    requests = [run.requests for run in sides.runs]
    if list(_apart(requests, tolerances.requests, "", "")) or None in requests:
        durations = [run.duration_s for run in sides.runs]
        yield from _apart(durations, tolerances.duration, "Different durations", " s")


def _apart(
    values: Sequence[float | None], tolerance: Percent, words: str, unit: str
) -> Iterator[str]:
    """A sentence where known values lie further apart than allowed."""
    known = [value for value in values if value is not None]
    if not known or max(known) - min(known) <= tolerance.share * max(known):
        return
    least, most = (f"{round(value, 2):,.10g}" for value in (min(known), max(known)))
    yield f"{words}: {least} and {most}{unit}, more than {tolerance.percent:g} % apart."


def _error_share(run: Run) -> float | None:
    """Failures among all attempts, also those that the tool counts beside its requests."""
    if run.errors is None or not run.requests:
        return run.error_rate
    return (run.errors + run.unanswered) / (run.requests + run.unanswered)


def _errors(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    too_many = False
    for name, run in sides.named:
        share = _error_share(run)
        if share is not None and share > tolerances.errors.share:
            too_many = True
            yield (
                f"In the {name}, {share * 100:.3g} % of attempts failed, and at most "
                f"{tolerances.errors.percent:g} % may: failures are fast or slow in their own way."
            )
    base, mesh = _average(sides.base), _average(sides.mesh)
    gap = tolerances.error_gap
    if too_many or base is None or mesh is None or abs(base - mesh) <= gap.share:
        return
    yield (
        f"Error rates differ: {in_percent(base)} and {in_percent(mesh)}, more than {gap.points:g} "
        "percentage points apart, so the latencies are of other requests."
    )


def _average(runs: Sequence[Run]) -> float | None:
    shares = [share for run in runs if (share := _error_share(run)) is not None]
    return sum(shares) / len(shares) if shares else None


def _left_out(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    for name, run in sides.named:
        if run.requests and run.left_out > tolerances.errors.share * run.requests:
            yield (
                f"In the {name}, {in_percent(run.left_out / run.requests)} of the answers were too "
                f"slow for {run.tool}'s timeout and are in no latency, and at most "
                f"{tolerances.errors.percent:g} % may be: what was slow is missing."
            )


def _samples(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    fewest = tolerances.samples.requests
    bare = [name for name, run in sides.named if not run.timed]
    if bare and len(bare) == len(sides.runs):
        yield "No file holds a p50 or a p95 to compare."
    elif bare:
        yield f"No p50 and no p95 to compare: {listed(bare)}."
    for name, run in sides.named:
        if name not in bare and run.samples is not None and run.samples < fewest:
            yield (
                f"The {name} timed {run.samples:,} requests: too few for p95, which takes "
                f"{fewest:,}."
            )


def _warm_up(sides: Sides, tolerances: Tolerances) -> Iterator[str]:
    least = tolerances.warm_up.seconds
    for name, run in sides.named:
        if run.duration_s is not None and run.duration_s < least:
            yield (
                f"The {name} lasted {run.duration_s:,.3g} s, below {least:,g} s: that is warm-up "
                "only, run for minutes."
            )
        elif run.tool == "wrk2" and run.samples == 0:
            yield f"The {name} ended within wrk2's calibration: it is warm-up only."


_CHECKS: tuple[tuple[RefusalId, Callable[[Sides, Tolerances], Iterator[str]]], ...] = (
    ("tool", _tool),
    ("protocol", _protocol),
    ("target", _target),
    ("rate", _rate),
    ("saturation", _saturation),
    ("concurrency", _concurrency),
    ("settings", _settings),
    ("duration", _duration),
    ("errors", _errors),
    ("left_out", _left_out),
    ("samples", _samples),
    ("warm_up", _warm_up),
)
