"""Signed requests, one or many at a time, and how long their acknowledgements took."""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from bench.people import Request
from playground.deliver import Answer, HttpDelivery

PATIENCE_S = 10


class Round(NamedTuple):
    """One go of requests: how many a second, each acknowledgement in milliseconds."""

    per_second: float
    ms: tuple[float, ...]
    cpu_ms: float = 0.0
    """Of CPU time a request, where somebody looked."""


def deliver(
    door: HttpDelivery, requests: Sequence[Request], at_once: int, done: Callable[[], bool]
) -> Round:
    """Send them all, `at_once` in flight; the clock stops when `done` says so.

    Raises `RuntimeError` when one is not acknowledged, or the end does not come.
    """
    begun = time.perf_counter()
    with ThreadPoolExecutor(at_once) as people:
        answers = list(people.map(lambda each: door.send(each.kind, each.payload), requests))
    until = time.perf_counter() + PATIENCE_S
    while not done():
        if time.perf_counter() > until:
            raise RuntimeError("not everything that was asked for was done")
        time.sleep(0.002)
    seconds = time.perf_counter() - begun
    for answer in answers:
        _refuse_failed(answer)
    return Round(len(requests) / seconds, tuple(each.ms for each in answers))


def _refuse_failed(answer: Answer) -> None:
    """Speed at failing is no speed: an error is shown in the form, or on top of it."""
    action = answer.body.get("response_action") if isinstance(answer.body, dict) else None
    if not answer.ok or action not in (None, "update"):
        raise RuntimeError(f"not done: {answer}")


def opened(web_api: str) -> int:
    """How many modals the Web API was asked to open so far."""
    with urllib.request.urlopen(f"{web_api}/opened", timeout=PATIENCE_S) as answer:
        return int(json.load(answer)["opened"])


def percentile(rounds: Sequence[Round], percent: int) -> float:
    """Over the acknowledgements of all rounds together, in milliseconds."""
    together = [ms for each in rounds for ms in each.ms]
    return statistics.quantiles(together, n=100, method="inclusive")[percent - 1]


def rate(rounds: Sequence[Round]) -> float:
    """Requests a second: the median of the rounds."""
    return statistics.median(each.per_second for each in rounds)
