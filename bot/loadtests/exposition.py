"""What Prometheus and promtool print: a /metrics page, and the answers of `promtool query`.

As with Prometheus' JSON, what a number measured is in its name or in the query alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from bot.domain.runs.model import Resources, Series
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import few
from bot.loadtests.prometheus import COUNTER, MISSING, MOST_POINTS, usage
from bot.loadtests.quantities import LARGEST

PAGE = "prometheus_exposition"
ANSWER = "promtool_query"
MOMENT = "One look at /metrics: its counters and histograms add up since each process began."
HISTOGRAMS = "{n} lines of histograms and summaries are left out: query Prometheus for quantiles."
_TYPE = re.compile(
    r"^# TYPE ([a-zA-Z_:][\w:]{0,200}) "
    r"(counter|gauge|histogram|summary|untyped|unknown|info)[ \t]*$",
    re.MULTILINE,
)
_LABELS = r"\{(?:[^\"{}\n]{0,200}\"(?:[^\"\\\n]|\\.){0,2000}+\"){0,64}+[ ,]{0,4}\}"
_SAMPLE = re.compile(
    rf"^[ \t]*([a-zA-Z_:][\w:]{{0,200}})[ \t]*({_LABELS})?[ \t]+(\S{{1,40}})"
    rf"(?:[ \t]+(-?\d{{1,16}}))?[ \t]*$",
    re.MULTILINE,
)
_GIVEN = re.compile(rf"^[ \t]*([a-zA-Z_:][\w:]{{0,200}})?[ \t]*({_LABELS})?[ \t]*=>[ \t]*(.*)$")
_VALUE = re.compile(r"^[ \t]*(\S{1,40}) @\[(\d{1,16}(?:\.\d{1,9})?)\][ \t]*$")
_LABEL = re.compile(r"([a-zA-Z_]\w{0,200})[ ]?=[ ]?\"((?:[^\"\\\n]|\\.){0,2000})\"")
LONGEST = 5_000
"""Characters of a series' name and labels."""
_QUERIED = re.compile(r"=>[ \t]*(?:\S{1,40} @\[[\d.]{1,27}\])?[ \t]*$", re.MULTILINE)


def recognises_page(upload: Upload) -> bool:
    """The type of a metric above a sample."""
    return bool(_TYPE.search(upload.text)) and bool(_SAMPLE.search(upload.text))


def read_page(upload: Upload) -> Resources:
    """Every sample of a gauge or counter; parts of histograms are none alone."""
    text = upload.text
    kinds = dict(_TYPE.findall(text))
    few(kinds)
    series: list[Series] = []
    left = 0
    for metric, labels, value, at in _SAMPLE.findall(text):
        family = kinds.get(metric) or kinds.get(re.sub(r"_(?:bucket|sum|count)$", "", metric))
        if family in {"histogram", "summary"}:
            left += 1
            continue
        series.append(_series(metric, labels, [(float(at) / 1e3 if at else 0.0, value)]))
        few(series)
    notes = (MOMENT, *((HISTOGRAMS.format(n=left),) if left else ()))
    return _resources(PAGE, series, notes)


def recognises_answer(upload: Upload) -> bool:
    """A series, an arrow, and a value with its time."""
    text = upload.text
    return " @[" in text and bool(_QUERIED.search(text)) and any(True for _ in _answers(text))


def read_answer(upload: Upload) -> Resources:
    """Every series of an instant or a range query."""
    series = [_series(*each) for each in _answers(upload.text)]
    return _resources(ANSWER, series, ())


def _answers(text: str) -> Iterator[tuple[str, str, list[tuple[float, str]]]]:
    """Name, labels and (seconds, value) of each series."""
    series: tuple[str, str, list[tuple[float, str]]] | None = None
    for line in text.splitlines():
        match = _GIVEN.match(line) if "=>" in line and len(line) < LONGEST else None
        if match:
            if series and series[2]:
                yield series
            series = (match[1] or "", match[2] or "", [])
        if series and (value := _VALUE.match(match[3] if match else line)):
            series[2].append((float(value[2]), value[1]))
            few(series[2], MOST_POINTS)
    if series and series[2]:
        yield series


def _series(metric: str, labels: str, values: Sequence[tuple[float, str]]) -> Series:
    known = {"__name__": metric} if metric else {}
    known |= {key: value[:300] for key, value in _LABEL.findall(labels)}
    pairs = [(at, _number(value)) for at, value in values]
    points = tuple((at, value) for at, value in pairs if math.isfinite(value))
    return Series(labels=known, points=points, missing=len(pairs) - len(points))


def _number(text: str) -> float:
    """A sample's value; NaN and the infinities are none."""
    if not re.fullmatch(r"[+-]?(?:\d[\d.]{0,30}(?:[eE][+-]?\d{1,4})?|Inf|NaN|inf|nan)", text):
        raise BadInput("A value in this Prometheus text is no number: it is damaged.")
    try:
        value = float(text)
    except (ValueError, OverflowError):
        raise BadInput("A value in this Prometheus text is no number: it is damaged.") from None
    return value if abs(value) <= LARGEST else math.nan


def _resources(form: str, series: Sequence[Series], notes: tuple[str, ...]) -> Resources:
    few(series)
    missing = sum(each.missing for each in series)
    counters = any(e.labels.get("__name__", "").endswith("cpu_seconds_total") for e in series)
    return Resources(
        format=form,
        tool="prometheus",
        series=tuple(series),
        usages=tuple(used for each in series if (used := usage(each))),
        notes=(
            *notes,
            *((COUNTER,) if counters else ()),
            *((MISSING.format(n=missing),) if missing else ()),
        ),
    )
