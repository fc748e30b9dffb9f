"""One log with the lines of several services: each one's read by itself, with whose they are."""

from __future__ import annotations

import io
from collections.abc import Callable

from bot.domain.runs.model import Resources
from bot.errors import BadInput, NotAResult
from bot.loadtests.door import Upload
from bot.loadtests.opening import opened
from bot.loadtests.together import Result, together, unread

UNKNOWN = (
    "This is no result that meshfit knows: give one of Fortio, Nighthawk, k6, wrk, wrk2, hey, "
    "vegeta, ghz, oha, Locust, ApacheBench, JMeter, Gatling, bombardier, autocannon, siege, "
    "artillery, h2load, netperf, drill, Istio's perf tests, Prometheus, Grafana, docker stats, "
    "kubectl top or linkerd viz."
)
WHOSE = "From the lines of {name} in this log."


class _Found:
    """What was read of an input so far, and what was not."""

    def __init__(self, one: Callable[[Upload], Result]) -> None:
        self._one = one
        self.results: list[Result] = []
        self.missed: list[str] = []
        self.faults: list[BadInput] = []

    def take(self, upload: Upload, name: str) -> None:
        """Read what one service wrote."""
        try:
            self.results.append(_told(self._one(upload), name))
        except BadInput as error:
            self.faults.append(error)
            if isinstance(error, NotAResult) and (what := unread(upload.start)):
                self.missed.append(f"{what} of {name}" if name else what)

    @property
    def worst(self) -> BadInput:
        """What is wrong with a known result, before what is none."""
        return min(
            self.faults, key=lambda each: (isinstance(each, NotAResult), each.sentence == UNKNOWN)
        )


def mixed(
    upload: Upload, one: Callable[[Upload], Result], streamed: Callable[[Upload], bool]
) -> Result:
    """What all services wrote whose lines one input holds.

    Raises `BadInput` where nothing of it is a result.
    """
    reading = _Found(one)
    reading.take(upload, "")
    others = [each for each in upload.beside() if unread(each[1].decode("utf-8", "replace"))]
    if any(name for name, _ in others):
        reading.results = [_told(each, upload.first) for each in reading.results]
        reading.missed = [f"{each} of {upload.first}" for each in reading.missed]
    for name, lines in others:
        reading.take(opened(io.BytesIO(lines), streamed), name)
    if not reading.results:
        raise reading.worst
    if not others:
        return reading.results[0]
    damaged = [each.sentence for each in reading.faults if not isinstance(each, NotAResult)]
    return together(reading.results, reading.missed, damaged)


def aside(upload: Upload) -> list[str]:
    """What stood between the rows of a part of a file, and was not read."""
    return [
        what for _, lines in upload.beside() if (what := unread(lines.decode("utf-8", "replace")))
    ]


def _told(result: Result, name: str) -> Result:
    """A result with whose it is."""
    if not name:
        return result
    note = WHOSE.format(name=name)
    if isinstance(result, Resources):
        return result.model_copy(update={"notes": (note, *result.notes)})
    return tuple(each.model_copy(update={"notes": (note, *each.notes)}) for each in result)
