"""artillery: its JSON and its printed summary, of version 2 and of version 1. In ms.

Its percentiles are of a sketch, 1 % off at most. What a script expects or captures fails apart from
requests and is no error here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput
from bot.loadtests.document import Node
from bot.loadtests.door import Upload
from bot.loadtests.figures import counted, few, from_percentiles, is_error, name, parts
from bot.loadtests.quantities import number

JSON = "artillery_json"
TEXT = "artillery_summary"
SKETCHED = "artillery reads its percentiles off a sketch: they are up to 1 % off."
_NO_ANSWER = re.compile(r"E[A-Z_]{3,30}|errors\.E[A-Z_]{3,30}")
_BY_ENDPOINT = "plugins.metrics-by-endpoint."
_PART = re.compile(r"^(?:engine|core)\.")
_RANK = re.compile(r"p(\d{2})(\d{0,3})")
_INNER = re.compile(r"min|max|mean|median|p\d{2,4}|[1-5]\d\d|E[A-Z_]{3,30}")
"""What stands below a label, also where the blanks before it were lost."""
_BEGINS = re.compile(r"^[^\n]{0,40}(?:Summary|Complete) report @ .*$", re.MULTILINE)
_GOING_ON = re.compile(r"^[^\n]{0,40}(?:\bReport @|Metrics for period to:)", re.MULTILINE)
_LINE = re.compile(
    r"^([ \t]*)(\S[^\n:]{0,300}):[ \t]*\.*[ \t]*([\d.]{0,30})(?:/sec)?[ \t]*$", re.MULTILINE
)
_OLD = {
    "Requests completed": "requestsCompleted",
    "Mean response/sec": "rps",
    "RPS sent": "rps",
    "Response time (msec)": "latency",
    "Request latency": "latency",
    "Codes": "codes",
    "Errors": "errors",
}


def recognises_json(upload: Upload) -> bool:
    """An aggregate of counters and summaries, or of scenarios and latency."""
    node = Node(upload.document)
    whole = node.value.get("aggregate")
    if not isinstance(whole, dict):
        return False
    return "intermediate" in node or {"counters", "summaries"} <= whole.keys()


def read_json(upload: Upload) -> tuple[Run, ...]:
    """The run."""
    whole = Node(upload.document).inside("aggregate")
    if "requestsCompleted" in whole and "http.requests" not in whole.inside("counters"):
        return (_older(whole, JSON),)
    names = ("counters", "rates", "summaries")
    plain = {each: _plain(whole.inside(each).value) for each in names}
    return (_run(Node(whole.value | plain), JSON),)


def _plain(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Figures by the names of version 2; on its way there they began with their part of it."""
    return {_PART.sub("", key): value for key, value in figures.items()}


def _run(node: Node, form: str) -> Run:
    counters, summaries = node.inside("counters").counts(), node.inside("summaries")
    codes = {key[11:]: n for key, n in counters.items() if key.startswith("http.codes.")}
    lost = {key[7:]: n for key, n in counters.items() if _NO_ANSWER.fullmatch(key)}
    first = node.number("firstMetricAt") or node.number("firstCounterAt")
    last = node.number("lastMetricAt") or node.number("lastCounterAt")
    endpoints = tuple(_endpoints(counters, summaries))
    return Run(
        format=form,
        tool="artillery",
        protocol="http" if codes else None,
        duration_s=(last - first) / 1e3 if first and last and last > first else None,
        rps=node.inside("rates").number("http.request_rate"),
        **_counts(counters.get("http.requests"), codes, lost),
        endpoints=endpoints,
        latency_ms=_latency(summaries.inside("http.response_time")),
        notes=(SKETCHED,),
    )


def _counts(
    requests: int | None, codes: Mapping[str, int], lost: Mapping[str, int]
) -> dict[str, Any]:
    bad = {f"HTTP {code}": n for code, n in codes.items() if is_error(code) and n}
    answered = sum(codes.values())
    asked = answered + sum(lost.values()) if requests is None else requests
    errors = sum(bad.values()) + sum(lost.values())
    return {
        **counted(asked, errors, answered),
        "errors_by_kind": bad | {kind: n for kind, n in lost.items() if n},
    }


def _endpoints(counters: Mapping[str, int], summaries: Node) -> Iterator[Endpoint]:
    """What its plugin tells of each path."""
    start = f"{_BY_ENDPOINT}response_time."
    few(counters)
    for key in summaries.value:
        if not key.startswith(start):
            continue
        called = key.removeprefix(start)
        codes = f"{_BY_ENDPOINT}{called}.codes."
        errors = f"{_BY_ENDPOINT}{called}.errors."
        own = {each[len(codes) :]: n for each, n in counters.items() if each.startswith(codes)}
        lost = {each[len(errors) :]: n for each, n in counters.items() if each.startswith(errors)}
        figures = _counts(None, own, lost)
        figures.pop("errors_by_kind")
        yield Endpoint(name=name(called), latency_ms=_latency(summaries.inside(key)), **figures)


def _latency(times: Node) -> Latency:
    listed = {
        float(f"{match[1]}.{match[2] or 0}"): value
        for key in times.value
        if (match := _RANK.fullmatch(key)) and (value := times.number(key)) is not None
    }
    median = times.number("median")
    if median is not None:
        listed[50.0] = median
    most, mean = times.number("max"), times.number("mean")
    if not (most or any(listed.values())):
        return Latency()
    return from_percentiles(listed, most, mean)


def _older(node: Node, form: str) -> Run:
    """Version 1: latency beside codes and errors."""
    requests = node.count("requestsCompleted")
    codes = node.inside("codes").counts()
    network = {
        kind: n for kind, n in node.inside("errors").counts().items() if _NO_ANSWER.fullmatch(kind)
    }
    rps = node.value.get("rps")
    pace = Node(rps).number("mean") if isinstance(rps, dict) else number(rps, "rps")
    asked = None if requests is None else max(requests, sum(codes.values())) + sum(network.values())
    figures = _counts(asked, codes, network)
    if requests and not network and sum(codes.values()) < requests:
        figures |= {"errors": None, "error_rate": None}
    return Run(
        format=form,
        tool="artillery",
        rps=pace,
        **figures,
        latency_ms=_latency(node.inside("latency")),
        notes=(SKETCHED,) if form == JSON else (),
    )


def recognises_text(upload: Upload) -> bool:
    """The heading of its summary above its counts."""
    match = _BEGINS.search(upload.text)
    return bool(match) and any(
        each in upload.text
        for each in ("http.requests:", "Scenarios completed:", "vusers.completed:")
    )


def read_text(upload: Upload) -> tuple[Run, ...]:
    """Every summary; what artillery prints while a run goes on is of ten seconds each."""
    begins = list(_BEGINS.finditer(upload.text))
    body = upload.text[begins[0].start() :]
    return tuple(_of_text(part) for part in parts(body, _BEGINS))


def _of_text(text: str) -> Run:
    tree = _tree(_GOING_ON.split(text, maxsplit=1)[0])
    if "Scenarios completed" in tree or "Scenarios launched" in tree:
        older = {_OLD[key]: value for key, value in tree.items() if key in _OLD}
        return _older(Node(older), TEXT)
    tree = _plain(tree)
    if "http.requests" not in tree:
        raise BadInput("This artillery summary counts no http.requests: it is cut off.")
    counters = {key: value for key, value in tree.items() if not isinstance(value, dict)}
    rate = {key: counters.pop(key) for key in ("http.request_rate",) if key in counters}
    summaries = {key: value for key, value in tree.items() if isinstance(value, dict)}
    whole = {key: value for key, value in counters.items() if str(value).isdecimal()}
    return _run(Node({"counters": whole, "rates": rate, "summaries": summaries}), TEXT)


def _tree(text: str) -> dict[str, Any]:
    """Label → value, or label → the labels indented below it."""
    tree: dict[str, Any] = {}
    above, depth = tree, None
    for indent, label, value in _LINE.findall(text):
        few(tree)
        deeper = len(indent.expandtabs())
        below = depth is not None and (deeper > depth or bool(_INNER.fullmatch(label)))
        if value and below:
            above[label] = value
            few(above)
        elif value:
            tree[label] = value
            depth = None
        else:
            above, depth = {}, deeper
            tree[label] = above
    return {key: value for key, value in tree.items() if value != {}}
