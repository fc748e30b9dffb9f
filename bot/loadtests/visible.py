"""Of which tool a text visibly is, though no reader takes it: parts of reports, cut or spoilt.

What is not listed here has nothing that names a tool: rows of figures without their header.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class _Visible(NamedTuple):
    """A tool: by what one sees that a text is its own, and what of it is read."""

    tool: str
    give: str
    seen: tuple[str, ...]


_TOOLS = (
    _Visible(
        "Nighthawk",
        "--output-format json",
        (
            r"nighthawk|benchmark_http_client",
            r"^[ \t]*Percentile[ \t]+Count[ \t]+(?:Value|Latency)[ \t\r]*$",
            r"\"percentile\":\s*[\d.]+,\s*\"count\":\s*\"\d+\"",
            r"\"Percent\":\s*[\d.]+,\s*\"Count\":\s*\"\d+\"",
        ),
    ),
    _Visible(
        "Fortio",
        "its -json file or what it prints, to its end",
        (
            r"\bfortio\b|DurationHistogram|Function Time :",
            r"^[ \t]*(?:>=? )?[\d.?]+ <=? [\d.?]+ , [\d.?]+ , ",
            r"\"Start\":\s*[\d.]+,\s*\"End\":\s*[\d.]+,\s*\"Percent\":",
        ),
    ),
    _Visible(
        "k6",
        "--summary-export, --out csv or what it prints",
        (
            r"\bk6\b|^[ \t]*execution: local|\bhttp_req_\w+|\bvus_max\b",
            r"\brunning \(\d+m[\d.]+s\), \d+/\d+ VUs",
        ),
    ),
    _Visible(
        "Locust",
        "--csv or what it prints at its end",
        (
            r"\blocust|# (?:reqs|requests)\b.*# fails|requests completed within given times",
            r"Response time percentiles \(approximated\)|^\d{10},\d+,[A-Z]*,Aggregated,",
            r"^(?:\"None\")?,\"?(?:Aggregated|Total)\"?,\d|^-{8}\|-+\|-+\|",
        ),
    ),
    _Visible(
        "JMeter",
        "the .jtl file of -l",
        (
            r"\bjmeter\b|<testResults|Creating summariser|shutdown message on port 4445",
            r"\b9\d% Line\b|^summary [+=]|<httpSample |\"(?:pct[123]|mean|median)ResTime\"",
            r"^TOTAL,\d+,\d|^[^,\n]{1,200},\d+(?:,\d+){3,7},(?:[\d.]+,)?\d+\.\d{3}%,",
        ),
    ),
    _Visible(
        "Gatling",
        "its stats.json",
        (
            r"\bgatling\b|---- (?:Global Information|Requests|Response Time Distribution) --",
            r"numberOfRequests|meanNumberOfRequestsPerSecond|\"percentiles[1-4]\"",
            r"^(?:> )?(?:request count|m(?:ax|in|ean) response time|mean throughput) +[(\d]",
            r"^(?:> )?mean requests/sec +[(\d]",
            r"^Simulation \S+ (?:started|completed)|^(?:RUN|REQUEST|USER)[\t ].*\d{13}",
        ),
    ),
    _Visible(
        "bombardier",
        "-p r -o json -l",
        (
            r"\bbombardier\b|\bBombarding |^[ \t]*1xx - \d|^[ \t]*others - \d",
            r"^[ \t]*Reqs/sec[ \t]+[\d.?]+[ \t]+[\d.?]+",
        ),
    ),
    _Visible(
        "autocannon",
        "--json or its whole table",
        (r"\bautocannon\b|│ (?:Req/Sec|Stat|Percentile) ",),
    ),
    _Visible(
        "artillery",
        "--output report.json",
        (
            r"\bartillery\b|^[ \t]*Metrics for period to:|\bvusers\.|\bhttp\.response_time",
            r"^[ \t]*(?:Scenarios? (?:launched|counts|duration):|Test run id:|Started phase \d)",
            r"\"scenarios(?:Created|Completed)\"",
        ),
    ),
    _Visible(
        "h2load",
        "what it prints, to its end",
        (
            r"\bh2load\b|^spawning thread #\d+: \d+ total client|^time for request:",
            r"^starting benchmark\.\.\.|^progress: \d+% done|^finished in [\d.]+\w+, [\d.]+ req/s",
            r"^Main benchmark duration is ",
        ),
    ),
    _Visible(
        "drill",
        "what it prints with --stats, to its end",
        (
            r"\bdrill --|^[ \t]*Concurrency [\d?]+[ \t\r]*(?:\n[ \t]*Iterations [\d?]+|\Z)",
            r"\bSample standard deviation\b|\d'th percentile\b",
        ),
    ),
    _Visible(
        "siege",
        "what it prints, to its end",
        (
            r"\bsiege\b|\blongest[ _]transaction|\bsuccessful_transactions|\btransaction_rate\"",
            r"^[ \t]*(?:Transaction rate|Data transferred):",
        ),
    ),
    _Visible(
        "netperf",
        "-t TCP_RR with -o p50_latency,p90_latency",
        (
            r"\bnetperf\b|^MIGRATED (?:TCP|UDP)|\bLatency Microseconds\b|,Trans/s$",
            r"^Local /Remote|^(?:Microseconds ){2}|\bPercentile Percentile\b",
            r"^Socket Size +Request|^[A-Z0-9]+_LATENCY=",
        ),
    ),
    _Visible(
        "ghz",
        "-O json",
        (
            r"\bghz\b|^[ \t]*Summary:[ \t\r]*\n[ \t]*Count:\s|\"latencyDistribution\"|∎",
            r"^[ \t]*\d\d ?% in \d+\.\d\d (?:ns|[µμ]s|ms|s)\b|^[ \t]*Count:[ \t]+\d+[ \t\r]*$",
        ),
    ),
    _Visible(
        "oha",
        "--output-format json",
        (
            r"\boha\b|^[ \t]*Summary:[ \t\r]*\n[ \t]*Success rate:\s|latencyPercentiles",
            r"^[ \t]*\d\d\.\d\d% in [\d.]+ (?:secs?|ms|min)\b|\"DNSDialup\"",
            r"\"statusCodeDistribution\":\s*\{\s*(?:\"\d|\})",
        ),
    ),
    _Visible(
        "vegeta",
        "vegeta report -type=json",
        (
            r"\bvegeta\b|Latencies[ \t]+\[|Status Codes[ \t]+\[code:count\]|^Error Set:",
            r"\"latencies\":\s*\{\s*\"total\"|\"bytes_(?:in|out)\":\s*\{\s*\"total\"",
            r"\"\d\dth\":\s*\d|\"earliest\":\s*\"[\dT:.+Z-]{10,40}\",\s*\"(?:latest|duration)\"",
        ),
    ),
    _Visible(
        "wrk2",
        "what it prints with --latency",
        (r"\bwrk2\b|HdrHistogram|Thread calibration|^#\[(?:Mean|Max|Buckets)",),
    ),
    _Visible(
        "wrk",
        "what it prints with --latency, to its end",
        (
            r"\bwrk\b|Thread Stats|^[ \t]*Socket errors: connect \d",
            r"^[ \t]*Req/Sec[ \t]+[\d.]+k?[ \t]|^Transfer/sec:[ \t]",
        ),
    ),
    _Visible(
        "ApacheBench",
        "what ab prints, to its end",
        (
            r"ApacheBench|\bab -|^Percentage served,Time in ms|^starttime\s+seconds\s+ctime",
            r"^Percentage of the requests served|^(?:Complete|Failed) requests:",
            r"^(?:Processing|Waiting):\s+\d+\s+\d+\s+[\d.]+\s+\d",
            r"^apr_\w+: |^Total of \d+ requests completed",
        ),
    ),
    _Visible(
        "hey",
        "what it prints, to its end, or -o csv",
        (
            r"\bhey -|response-time,DNS|Response time histogram|^[ \t]*resp wait:[ \t]",
            r"^[ \t]*Summary:[ \t\r]*\n[ \t]*Total:\s|^[ \t]*[\d.]+ \[\d+\]\t\|■",
            r"^[ \t]*\d\d%%? in \d+\.\d{4} secs",
        ),
    ),
    _Visible(
        "linkerd",
        "linkerd viz stat, with its header",
        (
            r"\blinkerd .{0,80}\bstat\b|LATENCY_P[\d?]|\"latency_ms_p\d\d\"",
            r"\d%[ \t]+[\d.]+rps[ \t]+\d+ms",
        ),
    ),
    _Visible(
        "kubectl top",
        "kubectl top nodes, with its header",
        (r"\bkubectl top|CPU\(cores\)|^\S+[ \t]+\d+m[ \t]+(?:\d+%[ \t]+)?\d+[KMG]i\b",),
    ),
    _Visible(
        "docker",
        "docker stats, with its header",
        (r"\bdocker stats\b|\bCPU %|\d%[ \t]+[\d.]+[kKMG]?i?B / [\d.]+[kKMG]?i?B\b|\"CPUPerc\"",),
    ),
    _Visible(
        "Grafana",
        "a panel's CSV with Formatted data off",
        (
            r"^\ufeff?\"?Series\"?([;,\t])\"?Time\"?\1\"?Value\"?|^\ufeff?\"Time\"[,;\t]\"",
            r"^\ufeff?\"?time\"?[,;\t].*\n"
            r"\"?(?:2\d{3}-\d\d-\d\d[ T][\d:.+Z-]{5,20}|1\d{9,12})\"?"
            r"(?:[,;\t](?:\"?-?\d[^\";\n]{0,60}\"?|null|(?=[,;\t\n])))+$",
        ),
    ),
    _Visible(
        "Prometheus",
        "the answer of /api/v1/query or query_range",
        (
            r"\bprometheus\b|\bpromtool\b|^# (?:HELP|TYPE) |\"resultType\"",
            r"\[\s*1\d{9}(?:\.\d{1,9})?,\s*\"[\d.e+-]{1,30}\"\s*\]",
            r"^\w+\{.*(?:quantile|le)=\"|^\w*\{.*\} => ?[\d?\s]|^[\d.e+-]+ @\[\d",
        ),
    ),
    _Visible(
        "Istio",
        "the CSV of its perf tests, with its header",
        (r"\bcpu_mili_(?:avg|max)_|^Labels,StartTime,|\bStartTime,ActualDuration,",),
    ),
)
_SEEN = tuple(
    (each, re.compile("|".join(each.seen), re.IGNORECASE | re.MULTILINE)) for each in _TOOLS
)


def visibly(start: str) -> str | None:
    """One sentence where a text is visibly of a tool, but none of its results that are read."""
    tool = next((each for each, form in _SEEN if form.search(start)), None)
    return tool and (
        f"This looks like {tool.tool}'s, but is cut off or in a form that is not read: give "
        f"{tool.give}."
    )
