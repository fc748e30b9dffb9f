"""Gatling: stats.json, global_stats.json, stats.js, and simulation.log as text. In whole ms.

percentiles1 to 4 are 50, 75, 95 and 99 unless somebody configured others; the file does not say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from bot.domain.runs.model import Endpoint, Run
from bot.errors import BadInput
from bot.loadtests.document import Node, objects, parse
from bot.loadtests.door import Upload
from bot.loadtests.figures import MOST_RUNS, counted, few, latency, name
from bot.loadtests.quantities import count, epoch
from bot.loadtests.tally import Tally

STATS = "gatling_stats_json"
SCRIPT = "gatling_stats_js"
LOG = "gatling_simulation_log"
BY_DEFAULT = "The file does not say which percentiles it holds: taken as Gatling's 50, 75, 95, 99."
_WHOLE = {"All Requests", "Global Information"}
_SCRIPT = re.compile(r"^[ \t]*(?:var|const|let)[ \t]+stats[ \t]*=[ \t]*(?=\{)", re.MULTILINE)
_KEY = re.compile(
    r"(^|[{,])(\s{0,50})(type|name|path|pathFormatted|stats|contents)[ \t]*:(?=[ \t]*[\"{])",
    re.MULTILINE,
)


def recognises(upload: Upload) -> bool:
    """Numbers of requests beside percentiles, anywhere."""
    return (
        bool(upload.document)
        and '"numberOfRequests"' in upload.json_text
        and any(_is_stats(each) for _, each in objects(upload.document))
    )


def _is_stats(node: Node) -> bool:
    return node.has("numberOfRequests", "percentiles1")


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the file, endpoints below it."""
    return _runs(upload.document, STATS)


def _runs(document: object, form: str) -> tuple[Run, ...]:
    groups = list(_groups(document))
    few(groups, MOST_RUNS)
    for group in groups:
        few(group)
    return tuple(_run(group, form) for group in groups)


def _groups(document: object) -> Iterator[list[Node]]:
    """Stats that belong together: a tree of contents, or a list; the whole stands first."""
    taken = set[int]()
    for _, node in objects(document):
        if id(node.value) in taken:
            continue
        if "contents" in node and _is_stats(node.inside("stats")):
            group = [each for _, each in objects(node.value) if _is_stats(each)]
        elif listed := [members for members in _lists(node) if members]:
            group = listed[0]
        elif _is_stats(node):
            group = [node]
        else:
            continue
        taken |= {id(each.value) for _, each in objects([part.value for part in group])}
        taken |= (
            {id(each.value) for _, each in objects(node.value)} if "contents" in node else set()
        )
        yield sorted(group, key=lambda each: each.text("name") not in _WHOLE)


def _lists(node: Node) -> Iterator[list[Node]]:
    for key, value in node.value.items():
        if isinstance(value, list):
            yield [each for each in node.each(key) if _is_stats(each)]


def _run(group: Sequence[Node], form: str) -> Run:
    whole = _figures(group[0])
    figures = {key: getattr(whole, key) for key in type(whole).model_fields if key != "name"}
    endpoints = tuple(_figures(each) for each in group[1:])
    return Run(format=form, tool="gatling", endpoints=endpoints, notes=(BY_DEFAULT,), **figures)


def _figures(node: Node) -> Endpoint:
    """`total` mixes failures in, as every other tool's latencies do."""
    requests = node.inside("numberOfRequests").count("total")
    errors = node.inside("numberOfRequests").count("ko")
    keys = {
        "p50": "percentiles1",
        "p95": "percentiles3",
        "p99": "percentiles4",
        "max": "maxResponseTime",
        "mean": "meanResponseTime",
    }
    return Endpoint(
        name=name(node.text("name") or node.path.lstrip("/")),
        **counted(requests, errors),
        rps=node.inside("meanNumberOfRequestsPerSecond").number("total"),
        latency_ms=latency(
            {key: node.inside(whose).number("total") for key, whose in keys.items()}
        ),
    )


def recognises_script(upload: Upload) -> bool:
    """The same object assigned to a variable."""
    return bool(_SCRIPT.search(upload.start)) and "numberOfRequests" in upload.start


def read_script(upload: Upload) -> tuple[Run, ...]:
    """JavaScript: bare keys are quoted, what follows each object is dropped."""
    starts = list(_SCRIPT.finditer(upload.text))
    few(starts, MOST_RUNS)
    ends = [*(each.start() for each in starts[1:]), len(upload.text)]
    texts = (upload.text[start.end() : end] for start, end in zip(starts, ends, strict=True))
    try:
        each_one = [_runs(parse(_KEY.sub(r'\1\2"\3":', text)), SCRIPT) for text in texts]
    except json.JSONDecodeError:
        raise BadInput("This stats.js is damaged or cut off: upload all of it.") from None
    return tuple(run for runs in each_one for run in runs)


def recognises_log(upload: Upload) -> bool:
    """Lines of a run and its requests, in any order of the versions that wrote text."""
    leads = (line.split("\t")[:3] for line in upload.start.splitlines()[:50])
    return any("RUN" in each for each in leads) and "\tREQUEST\t" in upload.start.replace(
        "\n", "\t"
    )


def read_log(upload: Upload) -> tuple[Run, ...]:
    """A run a line of RUN, over all requests; in each the verdict follows name, start and end."""
    tally, tallies = Tally(), list[Tally]()
    for line in upload.lines():
        cells = line.decode("utf-8", "replace").strip(" \r\n").split("\t")
        if "RUN" in cells[:3]:
            tallies.append(tally := Tally())
            few(tallies, MOST_RUNS)
        if "REQUEST" not in cells[:3]:
            continue
        at = next((at for at in range(4, len(cells)) if _is_verdict(cells, at)), None)
        if at is None:
            raise BadInput("A request in this simulation.log has no OK or KO: it is cut off.")
        _take(tally, _four(cells, at))
    return tuple(each.run(format=LOG, tool="gatling") for each in tallies or [tally])


def _is_verdict(cells: Sequence[str], at: int) -> bool:
    """OK or KO behind a time; a request may be called OK too."""
    return cells[at] in {"OK", "KO"} and cells[at - 1].isdecimal()


def _four(cells: Sequence[str], at: int) -> tuple[str, str, str, str]:
    """Name, start, end and verdict; versions 2.0 and 2.1 wrote two more times between them."""
    times = cells[at - 4 : at]
    if at > 5 and all(len(each) == len("1700000000000") and each.isdecimal() for each in times):
        return cells[at - 5], times[0], times[-1], cells[at]
    return cells[at - 3], times[-2], times[-1], cells[at]


def _take(tally: Tally, cells: Sequence[str]) -> None:
    called, began, ended, verdict = cells
    start, end = count(began, "A start"), count(ended, "An end")
    if start is None or end is None or end < start:
        raise BadInput("A request in this simulation.log ends before it starts: it is damaged.")
    each = tally.add(called, float(end - start), failed=verdict == "KO")
    each.spans(epoch(float(start)), epoch(float(end)))
