"""What known tools write beside their results, and which of their results to give instead."""

from __future__ import annotations

import re
from typing import NamedTuple

_NEAR = (
    (
        r"^duration \(ms\),status,error",
        "ghz's CSV, which has no times of day: run it with -O json",
    ),
    (
        r"^request-start,DNS,DNS\+dialup,Response-delay,request-duration",
        "oha's CSV, which leaves out what failed: run it with --output-format json",
    ),
    (
        r'^\{"attack":.*"seq":|^\d{19},\d{1,3},\d+,\d+,\d+,',
        "vegeta's single results: give what vegeta report -type=json makes of them",
    ),
    (
        r"^Bucket[ \t]+#[ \t]+%[ \t]+Histogram",
        "vegeta's histogram, which has no percentiles: give vegeta report -type=json",
    ),
)
_PATTERNS = tuple((re.compile(form, re.MULTILINE), words) for form, words in _NEAR)


def told(start: str) -> str | None:
    """One sentence where a file is of a tool that is known, in a form that is not read."""
    words = next((words for form, words in _PATTERNS if form.search(start)), None)
    return words and f"This is {words}."


class _Visible(NamedTuple):
    """A tool: by what one sees that a text is its own, and what of it is read."""

    tool: str
    seen: str
    give: str


_TOOLS = (
    _Visible(
        "Nighthawk",
        r"nighthawk|benchmark_http_client|^\s*Percentile\s+Count\s+Value\s*$",
        "--output-format json",
    ),
    _Visible("Fortio", r"\bfortio\b|DurationHistogram|Function Time :", "its -json file"),
    _Visible(
        "k6",
        r"\bk6\b|\bhttp_req_\w+|\bvus_max\b|\brunning \(\d+m[\d.]+s\), \d+/\d+ VUs",
        "--summary-export, --out csv or what it prints",
    ),
    _Visible(
        "Locust", r"\blocust|# (?:reqs|requests)\b.*# fails", "--csv or what it prints at its end"
    ),
    _Visible(
        "JMeter", r"\bjmeter\b|<testResults|\b9\d% Line\b|^summary [+=]", "the .jtl file of -l"
    ),
    _Visible("Gatling", r"\bgatling\b|---- Global Information|numberOfRequests", "its stats.json"),
    _Visible("bombardier", r"\bbombardier\b|\bBombarding ", "-p r -o json -l"),
    _Visible("autocannon", r"\bautocannon\b|│ Req/Sec", "--json or its whole table"),
    _Visible(
        "artillery",
        r"\bartillery\b|\bvusers\.|http\.response_time|^\s*Scenarios launched:",
        "--output report.json",
    ),
    _Visible("h2load", r"\bh2load\b|time for request:", "what it prints, to its end"),
    _Visible("siege", r"\bsiege\b|Longest transaction", "what it prints, to its end"),
    _Visible("netperf", r"\bnetperf\b|^MIGRATED TCP", "-t TCP_RR with -o p50_latency,p90_latency"),
    _Visible("ghz", r"\bghz\b|statusCodeDistribution.*latencyDistribution", "-O json"),
    _Visible("oha", r"\boha\b|latencyPercentiles", "--output-format json"),
    _Visible("vegeta", r"\bvegeta\b|Latencies[ \t]+\[", "vegeta report -type=json"),
    _Visible("wrk2", r"\bwrk2\b|HdrHistogram|Thread calibration", "what it prints with --latency"),
    _Visible("wrk", r"\bwrk\b|Thread Stats", "what it prints with --latency, to its end"),
    _Visible("ApacheBench", r"ApacheBench|\bab -", "what ab prints, to its end"),
    _Visible(
        "hey", r"\bhey -|response-time,DNS|Response time histogram", "what it prints, or -o csv"
    ),
    _Visible(
        "linkerd", r"\blinkerd (?:viz )?stat|LATENCY_P\d\d", "linkerd viz stat, with its header"
    ),
    _Visible("kubectl top", r"\bkubectl top|CPU\(cores\)", "kubectl top nodes, with its header"),
    _Visible(
        "Prometheus",
        r"\bprometheus\b|\bpromtool\b|^# (?:HELP|TYPE) |\"resultType\"|^\w+\{.*(?:quantile|le)=\"",
        "the answer of /api/v1/query or query_range",
    ),
)
_SEEN = tuple((each, re.compile(each.seen, re.IGNORECASE | re.MULTILINE)) for each in _TOOLS)


def visibly(start: str) -> str | None:
    """One sentence where a text is visibly of a tool, but none of its results that are read."""
    found = next((each for each, form in _SEEN if form.search(start)), None)
    return found and (
        f"This looks like {found.tool}'s, but is cut off or in a form that is not read: give "
        f"{found.give}."
    )
