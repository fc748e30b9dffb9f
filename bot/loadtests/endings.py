"""Printed reports that were cut off below some of their figures: said, never a silent dash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.domain.runs.model import Run
from bot.loadtests import (
    ab,
    artillery,
    drill,
    fortio_printed,
    gatling_printed,
    ghz,
    h2load,
    hey,
    nighthawk_printed,
    oha,
    siege,
    vegeta,
)

CUT = (
    "There is no {last} below this {tool} report: it may be cut off, and what is missing here "
    "stood in the rest."
)


class Ending(NamedTuple):
    """What every report of a format has near its beginning, and below the last of its figures."""

    begins: str
    ends: re.Pattern[str]
    last: str
    """The name of that in a sentence."""


_STATUSES = Ending(
    "Requests/sec:",
    re.compile(r"Status code distribution:?\s*(?:\[|Error distribution)"),
    '"Status code distribution"',
)
_ENDINGS: Mapping[str, Ending] = {
    ab.TEXT: Ending(
        "Complete requests:",
        re.compile(r"(?:^|[ \t])100%[ \t]+\d", re.MULTILINE),
        "line of 100 %",
    ),
    hey.TEXT: _STATUSES,
    ghz.TEXT: _STATUSES,
    oha.TEXT: _STATUSES,
    fortio_printed.FORMAT: Ending(
        "Aggregated Function Time", re.compile(r"All done \d"), 'line "All done"'
    ),
    gatling_printed.FORMAT: Ending(
        "---- Global Information",
        re.compile(r"mean (?:requests/sec|throughput)"),
        "mean rate",
    ),
    artillery.TEXT: Ending(
        "Summary report",
        re.compile(r"^[ \t]*(?:Codes:|vusers\.session_length)", re.MULTILINE),
        "count of codes or of sessions",
    ),
    drill.FORMAT: Ending(
        "Time taken for tests", re.compile(r"^[ \t|*-]*99\.9'th", re.MULTILINE), "percentile 99.9"
    ),
    nighthawk_printed.FORMAT: Ending(
        "Request start to response end",
        re.compile(r"^[ \t]*Counter\b.*\n[ \t]*\w", re.MULTILINE),
        "counter",
    ),
    siege.FORMAT: Ending("Transactions:", re.compile("Shortest transaction"), "shortest one"),
    vegeta.TEXT: Ending("Latencies", re.compile("Status Codes"), 'line "Status Codes"'),
    h2load.FORMAT: Ending(
        "finished in", re.compile(r"^[ \t]*req/s[ \t]*:", re.MULTILINE), 'line "req/s"'
    ),
}


def with_cuts_said(form: str, text: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs of a text, each that lacks the end of its report with a note."""
    if (ending := _ENDINGS.get(form)) is None:
        return runs
    reports = text.split(ending.begins)[1:]
    whole = [bool(ending.ends.search(each)) for each in reports]
    if len(whole) != len(runs):
        whole = [all(whole), *(True for _ in runs[1:])]
    return tuple(
        run if ends else _cut(run, ending.last) for run, ends in zip(runs, whole, strict=True)
    )


def _cut(run: Run, last: str) -> Run:
    note = CUT.format(last=last, tool=run.tool)
    return run.model_copy(update={"notes": (*run.notes, note)})
