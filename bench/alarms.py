"""How often `compare` calls runs slower or faster that are alike, and finds what is there.

Whole: latencies are drawn, put into Fortio's histogram and read as a file is, or given as by a
tool that lists p95; `compare` judges, and its verdict is counted. Drawn is also what each run adds
of its own, which is what a test over runs has to be right about. Takes minutes: by name alone.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from math import exp
from typing import NamedTuple

from bot.domain.runs.compare import compare
from bot.domain.runs.model import How, Latency, Run
from bot.loadtests.registry import read

SEED, TRIALS, FINE_TRIALS = 20261129, 2_000, 300
ANSWERS, MIDDLE_MS, SPREAD = 1_000, 10.0, 0.6
"""Of one run through Fortio's histogram: answers, median, deviation of the logarithm."""
OWN = 0.03
"""What a run adds of its own, as a share: one deviation."""
Draw = Callable[[random.Random], float]
SHAPES: dict[str, Draw] = {
    "normal": lambda dice: dice.gauss(0, 1),
    "skewed": lambda dice: (exp(dice.gauss(0, 0.8)) - exp(0.32)) / 1.3,
    "one far in ten": lambda dice: dice.gauss(0, 6 if dice.random() < 0.1 else 1),
}
"""What a run adds, in deviations."""


class Told(NamedTuple):
    """Shares of the verdicts."""

    slower: float
    faster: float
    cannot_tell: float


def main() -> None:
    """Print false alarms by shape and runs a side, and power by the size of what is there."""
    print("| runs differ by | runs a side | slower | faster | cannot tell |")
    print("|---|---:|---:|---:|---:|")
    for shape in SHAPES:
        for many in (4, 5, 6):
            _row(f"nothing, {shape}", many, judged(_given(shape, many, 0.0), TRIALS))
    for many, step in ((4, 1e-4), (5, 1e-4), (5, 1e-3), (5, 1e-2)):
        name = f"nothing, Fortio -r {step:g}"
        _row(name, many, judged(_through_fortio(many, 0.0, step), FINE_TRIALS))
    for many, size in ((4, 2.86), (5, 2.05), (6, 1.82), (5, 1.0), (5, 3.0)):
        _row(f"{size} deviations", many, judged(_given("normal", many, size), TRIALS))
    _row("3 deviations, Fortio", 5, judged(_through_fortio(5, 3.0, 1e-4), FINE_TRIALS))


def _row(name: str, many: int, verdicts: Told) -> None:
    shares = " | ".join(f"{100 * each:.1f} %" for each in verdicts)
    print(f"| {name} | {many} | {shares} |", flush=True)


Sides = tuple[Sequence[Run], Sequence[Run]]


def judged(trials: Iterable[Sides], many: int) -> Told:
    """What `compare` says of so many pairs of sides."""
    verdicts = [compare(*sides).verdict for sides, _ in zip(trials, range(many), strict=False)]
    if refused := next((each for each in verdicts if each.startswith("not comparable")), None):
        raise ValueError(refused)
    begins = ("slower", "faster", "cannot tell")
    return Told(
        *(sum(each.startswith(word) for each in verdicts) / len(verdicts) for word in begins)
    )


def _given(shape: str, many: int, size: float) -> Iterable[Sides]:
    """Sides whose runs list their percentiles; the mesh's lie some deviations above."""
    dice = random.Random(f"{SEED} {shape} {many} {size}")
    draw = SHAPES[shape]
    while True:
        base, mesh = ([_run(draw(dice) + more) for _ in range(many)] for more in (0.0, size))
        yield base, mesh


def _run(own: float) -> Run:
    p50, p95 = (ms * max(1 + OWN * own, 0.01) for ms in (MIDDLE_MS, 2 * MIDDLE_MS))
    latency = Latency(p50=p50, p95=p95, how=How(p50="given", p95="given"))
    return Run(
        format="wrk", tool="wrk", duration_s=60, rps=100, requested_rps=100, connections=8,
        requests=6000, samples=6000, errors=0, error_rate=0, latency_ms=latency,
    )  # fmt: skip


def _through_fortio(many: int, size: float, step_s: float) -> Iterable[Sides]:
    """Sides of runs that were read from Fortio's JSON with buckets of a width, in seconds."""
    dice = random.Random(f"{SEED} fortio {many} {size} {step_s}")
    while True:
        base, mesh = (
            [read(BytesIO(_fortio(dice, more, step_s))) for _ in range(many)]
            for more in (0.0, size)
        )
        yield (
            [run for result in base for run in _runs(result)],
            [run for result in mesh for run in _runs(result)],
        )


def _runs(result: object) -> tuple[Run, ...]:
    assert isinstance(result, tuple)
    return result


def _fortio(dice: random.Random, more: float, step_s: float) -> bytes:
    """One run in Fortio's JSON, without percentiles of its own."""
    scale = MIDDLE_MS / 1e3 * max(1 + OWN * (dice.gauss(0, 1) + more), 0.01)
    times = sorted(scale * exp(dice.gauss(0, SPREAD)) for _ in range(ANSWERS))
    edges = [step_s * at for at in range(int(times[-1] / step_s) + 2)]
    upto = [bisect_left(times, edge) for edge in edges]
    rows = [
        {"Start": edges[at - 1], "End": edge, "Percent": 100 * upto[at] / ANSWERS,
         "Count": upto[at] - upto[at - 1]}
        for at, edge in enumerate(edges) if at and upto[at] > upto[at - 1]
    ]  # fmt: skip
    rows[0]["Start"], rows[-1]["End"] = times[0], times[-1]
    histogram = {"Count": ANSWERS, "Min": times[0], "Max": times[-1],
                 "Avg": sum(times) / ANSWERS, "Data": rows}  # fmt: skip
    whole = {"RunType": "HTTP", "URL": "http://127.0.0.1:8080/", "NumThreads": 8,
             "RequestedQPS": "10", "ActualQPS": 10.0, "ActualDuration": 60_000_000_000,
             "RetCodes": {"200": ANSWERS}, "DurationHistogram": histogram}  # fmt: skip
    return json.dumps(whole).encode()
