"""The report that hey prints and that ghz and oha copied: summary, histogram, distributions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.runs.model import Latency, Range
from bot.errors import BadInput
from bot.loadtests.figures import RANKS, few, from_percentiles, latency, parts
from bot.loadtests.quantities import ms, number, seconds

HISTOGRAM = "Response time histogram"
_LAID_OUT = re.compile(rf"{HISTOGRAM}|^[ \t]*(?:Latency|Response time) distribution:", re.MULTILINE)
"""One of its two tables: people leave the bars away."""
LONG = {"10 sec": 10, "min": 60, "10 min": 600, "hr": 3600}
"""What oha also counts in: `6.0003 10 sec` is a minute."""
NEARLY = 0.999
"""Edges and the slowest answer are rounded apart."""
_BAR = re.compile(
    r"^[ \t]*(\d+(?:\.\d{1,9})?)[ \t]*(10 sec|10 min|min|hr|ns|us|µs|ms|s|secs|sec)?[ \t]*"
    r"\[(\d+)\]",
    re.MULTILINE,
)
_RANK = re.compile(  # hey's own template has one % too many: "50%% in 0.0023 secs"
    r"^[ \t]*(\d{1,3}(?:\.\d{1,4})?) ?%%? in[ \t]+(\d+(?:\.\d+)?)[ \t]*(ns|us|µs|ms|secs?|s|m)",
    re.MULTILINE,
)
_SUMMARY = re.compile(r"^[ \t]*Summary:", re.MULTILINE)
_NO_TIME = re.compile(r"-?(?:nan|inf)", re.IGNORECASE)
_STATUS = re.compile(r"^[ \t]*\[(\w+)\][ \t]+(\d+) responses", re.MULTILINE)
_KIND = re.compile(r"^[ \t]*\[(\d+)\][ \t]+(\S.*)", re.MULTILINE)


class Layout(NamedTuple):
    """One report, cut into its parts."""

    above: str
    """The end of what stands before it: perhaps its command."""
    summary: str
    histogram: str
    percentiles: str
    statuses: str
    errors: str


def laid_out(text: str) -> bool:
    """Whether a text has one of the tables that only these reports have."""
    return bool(_LAID_OUT.search(text))


def cut(text: str) -> list[Layout]:
    """The parts of every report in a text; what only has its first line in common is none."""
    sections = parts(text, _SUMMARY)
    reports = [each for each in sections if "Requests/sec:" in each or HISTOGRAM in each]
    before = ["", *(each.partition("Summary:")[2] for each in reports)]
    return [_parts(each, lead) for each, lead in zip(reports, before, strict=False)]


def _parts(report: str, lead: str) -> Layout:
    match = _SUMMARY.search(report)
    begin = match.start() if match else max(report.find("Summary:"), 0)
    body = report[begin:]
    return Layout(
        (lead + report[:begin])[-2000:],
        body.partition(HISTOGRAM)[0],
        _part(body, HISTOGRAM),
        _part(body, r"(?:Latency|Response time) distribution"),
        _part(body, "Status code distribution"),
        _part(body, "Error distribution"),
    )


def _part(body: str, title: str) -> str:
    """From a title to the next one."""
    match = re.search(rf"^[ \t]*{title}.*:?[ \t]*$", body, re.MULTILINE)
    if not match:
        return ""
    rest = body[match.end() :]
    after = re.search(r"^[A-Z][A-Za-z ]{1,40}(?:\([^()\n]{0,60}\))?:?[ \t]*$", rest, re.MULTILINE)
    return rest[: after.start()] if after else rest


def labelled(part: str, label: str) -> str | None:
    """What stands behind a label, with its unit."""
    match = re.search(rf"^[ \t]*{re.escape(label)}:(.*)$", part, re.MULTILINE)
    return match[1].strip() if match else None


def amount(part: str, label: str) -> float | None:
    """A plain number behind a label."""
    text = labelled(part, label)
    return number(text.split()[0] if text else None, label)


def time_s(part: str, label: str) -> float | None:
    """A time behind a label in seconds; `NaN secs` and oha's `-inf ns` are no values.

    hey ended a line with a full stop while it was called boom.
    """
    text = labelled(part, label)
    return None if text is None or _NO_TIME.match(text) else seconds(text.rstrip("."), label)


def statuses(part: str) -> dict[str, int]:
    """Status → answers. Raises `BadInput` where one stands twice."""
    codes: dict[str, int] = {}
    for code, times in _STATUS.findall(part):
        if code in codes:
            raise BadInput(f"Status {code} stands in this file twice.")
        codes[code] = int(number(times, code) or 0)
        few(codes)
    return codes


def kinds(part: str) -> dict[str, int]:
    """Error text → how often."""
    kinds: dict[str, int] = {}
    for times, words in _KIND.findall(part):
        short = " ".join(words.split())[:120]
        kinds[short] = kinds.get(short, 0) + int(number(times, "An error's count") or 0)
        few(kinds)
    return kinds


class Bar(NamedTuple):
    """One bin of the histogram, in ms: its upper edge, what that is rounded to, its answers."""

    edge: float
    step: float
    answers: int


def bars(part: str, unit_s: float) -> list[Bar]:
    """The histogram; edges without a unit are in `unit_s`."""
    bars = []
    for edge, unit, answers in _BAR.findall(part):
        unit_ms = 1e3 * (_seconds_in(unit) if unit else unit_s)
        step = unit_ms / 10 ** len(edge.partition(".")[2])
        upto = float(f"{float(edge) * unit_ms:.12g}")
        bars.append(Bar(upto, step, int(number(answers, "A bar") or 0)))
    return bars


def _seconds_in(unit: str) -> float:
    return LONG.get(unit) or seconds(f"1{unit}", "An edge") or 0.0


def times(layout: Layout, unit_s: float) -> Latency:
    """Response times: the listed percentiles, or, where they are cut away, the bins that hold them.

    `unit_s` is the unit of the histogram's edges where none is printed.
    """
    most, mean = ms(time_s(layout.summary, "Slowest")), ms(time_s(layout.summary, "Average"))
    percentiles = {
        float(rank): ms(seconds(f"{value}{unit}", "A percentile")) or 0.0
        for rank, value, unit in _RANK.findall(layout.percentiles)
    }
    if not most and not mean and not any(percentiles.values()):
        return Latency()
    if percentiles:
        return from_percentiles(percentiles, most, mean)
    bins = bars(layout.histogram, unit_s) if is_whole(layout, unit_s) else []
    ranges = {f"p{rank}": _bin_of(bins, rank / 100) for rank in RANKS}
    return latency({"max": most, "mean": mean}, "given", ranges)


def is_whole(layout: Layout, unit_s: float) -> bool:
    """Whether the histogram reaches the slowest answer; one that was cut off holds too few."""
    most, bins = ms(time_s(layout.summary, "Slowest")), bars(layout.histogram, unit_s)
    return not bins or not most or bins[-1].edge + bins[-1].step >= most * NEARLY


def _bin_of(bins: Sequence[Bar], share: float) -> Range | None:
    """The edges around a percentile, each widened by half a step of its last printed digit."""
    everything, upto, below = sum(each.answers for each in bins), 0, 0.0
    for each in bins:
        upto += each.answers
        if everything and upto >= share * everything:
            edges = (max(below - each.step / 2, 0.0), each.edge + each.step / 2)
            return float(f"{edges[0]:.12g}"), float(f"{edges[1]:.12g}")
        below = each.edge
    return None
