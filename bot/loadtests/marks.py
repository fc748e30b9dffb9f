"""By what one sees of which load tester a text is: what stands in parts of its reports."""

from __future__ import annotations

from typing import NamedTuple


class Visible(NamedTuple):
    """A tool: by what one sees that a text is its own, and what of it is read."""

    tool: str
    give: str
    seen: tuple[str, ...]


LOAD_TESTERS = (
    Visible(
        "Nighthawk",
        "--output-format json",
        (
            r"nighthawk|benchmark_http_client|\bbenchmark\.(?:http_\dxx|pool_overflow)",
            r"^(?:Queueing and connection setup latency|Initiation to completion) \(",
            r"^upstream_(?:cx|rq)_\w+ +\d|^Response (?:body|header) size in bytes",
            r"^[ \t]*Percentile[ \t]+Count[ \t]+(?:Value|Latency)[ \t\r]*$",
            r"\"percentile\":\s*[\d.]+,\s*\"count\":\s*\"\d+\"",
            r"\"Percent\":\s*[\d.]+,\s*\"Count\":\s*\"\d+\"",
        ),
    ),
    Visible(
        "Fortio",
        "its -json file or what it prints, to its end",
        (
            r"\bfortio\b|DurationHistogram|Function Time :|^# target [\d.]+% |^Sleep times : count",
            r"^# range, mid point, percentile, count|^Ended after [\d.]+\w+ : \d+ calls",
            r"^Uniform: \w+, Jitter: |^Code +-?\d+ : \d+ \([\d.]+ %\)",
            r"^Response Header Sizes : count",
            r"^[ \t]*(?:>=? )?[\d.?]+ <=? [\d.?]+ , [\d.?]+ , ",
            r"\"Start\":\s*[\d.]+,\s*\"End\":\s*[\d.]+,\s*\"Percent\":",
        ),
    ),
    Visible(
        "k6",
        "--summary-export, --out csv or what it prints",
        (
            r"\bk6\b|^[ \t]*execution: local|\bhttp_req_\w+|\bvus_max\b",
            r"\brunning \(\d+m[\d.]+s\), \d+/\d+ VUs|\bmax VUs, |\d looping VUs for ",
            r"█ (?:TOTAL RESULTS|THRESHOLDS|GROUP: )|↳  \d{1,3}% — ✓|\] \d+ VUs  ",
            r"^[ \t]*(?:checks|checks_\w+|http_reqs|iterations|data_(?:received|sent))\.{3,}:",
        ),
    ),
    Visible(
        "Locust",
        "--csv or what it prints at its end",
        (
            r"\blocust|# (?:reqs|requests)\b.*# fails|requests completed within given times",
            r"Response time percentiles \(approximated\)|^\d{10},\d+,[A-Z]*,Aggregated,",
            r"^(?:\"None\")?,\"?(?:Aggregated|Total)\"?,\d|^-{8}\|-+\|-+\|",
        ),
    ),
    Visible(
        "JMeter",
        "the .jtl file of -l",
        (
            r"\bjmeter\b|<testResults|Creating summariser|shutdown message on port 4445",
            r"\b9\d% Line\b|^summary [+=]|<httpSample |\"(?:pct[123]|mean|median)ResTime\"",
            r"^\.\.\. end of run|^Tidying up \.\.\. ",
            r"^TOTAL,\d+,\d|^[^,\n]{1,200},\d+(?:,\d+){3,7},(?:[\d.]+,)?\d+\.\d{3}%,",
        ),
    ),
    Visible(
        "Gatling",
        "its stats.json",
        (
            r"\bgatling\b|---- (?:Global Information|Requests|Response Time Distribution) --",
            r"numberOfRequests|meanNumberOfRequestsPerSecond|\"percentiles[1-4]\"",
            r"^(?:> )?(?:request count|m(?:ax|in|ean) response time|mean throughput|std deviation"
            r"|response time \d\dth percentile)\b.* [(\d]",
            r"^(?:> )?mean requests/sec +[(\d]|^> \S.* \(OK=\d+ +KO=\d+ *\)|^> t >= \d+ ms ",
            r"^ +waiting: \d+ +/ active: \d+|^Parsing log file\(s\)",
            r"^={40,200}\n.* \d+s elapsed$",
            r"^Simulation \S+ (?:started|completed)|^(?:RUN|REQUEST|USER)[\t ].*\d{13}",
        ),
    ),
    Visible(
        "bombardier",
        "-p r -o json -l",
        (
            r"\bbombardier\b|\bBombarding |^[ \t]*1xx - \d|^[ \t]*others - \d",
            r"^[ \t]*Throughput: +[\d.]+[KMG]?B/s$",
            r"^[ \t]*Reqs/sec[ \t]+[\d.?]+[ \t]+[\d.?]+",
        ),
    ),
    Visible(
        "autocannon",
        "--json or its whole table",
        (
            r"\bautocannon\b|│ (?:Req/Sec|Stat|Percentile) |^Req/Bytes counts sampled once",
            r"^[ \t]*Running \S+ test @ \S+[ \t\r]*\n[ \t]*\d+ connections",
        ),
    ),
    Visible(
        "artillery",
        "--output report.json",
        (
            r"\bartillery\b|^[ \t]*Metrics for period to:|\bvusers\.|\bhttp\.response_time",
            r"^[ \t]*(?:Scenarios? (?:launched|counts|duration):|Test run id:|Started phase \d)",
            r"^[ \t]*(?:Mean response/sec:|Response time \(msec\):|All virtual users finished)",
            r"^[ \t]*Phase (?:started|completed): .*\(index: \d|\"http\.(?:codes\.\d|request_rate)",
            r"\"(?:first|last)(?:Counter|Histogram|Metric)At\"|\bplugins\.metrics-by-endpoint",
            r"\"scenarios(?:Created|Completed)\"|^[ \t]*(?:http\.[\w.]+|median|p\d\d): \.{20,} ",
        ),
    ),
    Visible(
        "h2load",
        "what it prints, to its end",
        (
            r"\bh2load\b|^spawning thread #\d+: \d+ total client|^time for request:",
            r"^starting benchmark\.\.\.|^progress: \d+% done|^finished in [\d.]+\w+, [\d.]+ req/s",
            r"^Main benchmark duration is |^progress: \d+% of clients started",
            r"^Warm-up phase is over",
            r"^time (?:for connect|to 1st byte):|^req/s +: |^Application protocol: h",
            r"^status codes: \d+ 2xx, ",
        ),
    ),
    Visible(
        "drill",
        "what it prints with --stats, to its end",
        (
            r"\bdrill --|^[ \t]*Concurrency [\d?]+[ \t\r]*(?:\n[ \t]*Iterations [\d?]+|\Z)",
            r"\bSample standard deviation\b|\d'th percentile\b|\bMedian time per request {2,}\d",
            r"(?:^|  )(?:Total|Successful|Failed) requests {4,}\d",
        ),
    ),
    Visible(
        "siege",
        "what it prints, to its end",
        (
            r"\bsiege\b|\blongest[ _]transaction|\bsuccessful_transactions|\btransaction_rate\"",
            r"^[ \t]*(?:Transaction rate|Data transferred|(?:Successful|Failed) transactions):",
            r"\bshortest[ _]transaction|^\*\* Preparing \d+ concurrent users",
        ),
    ),
    Visible(
        "netperf",
        "-t TCP_RR with -o p50_latency,p90_latency",
        (
            r"\bnetperf\b|^MIGRATED (?:TCP|UDP)|\bLatency Microseconds\b|,Trans/s$",
            r"^Local /Remote|^(?:Microseconds ){2}|\bPercentile Percentile\b",
            r"^Socket Size +Request|^[A-Z0-9]+_LATENCY=|\bTrans/s\b|^Send +Recv +Size +Size",
        ),
    ),
    Visible(
        "ghz",
        "-O json",
        (
            r"\bghz\b|^[ \t]*Summary:[ \t\r]*\n[ \t]*Count:\s|\"latencyDistribution\"|∎",
            r"^[ \t]*\d\d ?% in \d+\.\d\d (?:ns|[µμ]s|ms|s)\b|^[ \t]*Count:[ \t]+\d+[ \t\r]*$",
        ),
    ),
    Visible(
        "oha",
        "--output-format json",
        (
            r"\boha\b|^[ \t]*Summary:[ \t\r]*\n[ \t]*Success rate:\s|latencyPercentiles",
            r"^[ \t]*\d\d\.\d\d% in [\d.]+ (?:secs?|ms|min)\b|\"DNSDialup\"",
            r"\"statusCodeDistribution\":\s*\{\s*(?:\"\d|\})",
        ),
    ),
    Visible(
        "vegeta",
        "vegeta report -type=json",
        (
            r"\bvegeta\b|Latencies[ \t]+\[|Status Codes[ \t]+\[code:count\]|^Error Set:",
            r"^Bytes (?:In|Out)[ \t]+\[|^Success[ \t]+\[ratio\]",
            r"\"latencies\":\s*\{\s*\"total\"|\"bytes_(?:in|out)\":\s*\{\s*\"total\"",
            r"\"\d\dth\":\s*\d|\"earliest\":\s*\"[\dT:.+Z-]{10,40}\",\s*\"(?:latest|duration)\"",
        ),
    ),
    Visible(
        "wrk2",
        "what it prints with --latency",
        (
            r"\bwrk2\b|HdrHistogram|Thread calibration|^#\[(?:Mean|Max|Buckets)",
            r"Detailed Percentile spectrum:|TotalCount 1/\(1-Percentile\)",
        ),
    ),
    Visible(
        "wrk",
        "what it prints with --latency, to its end",
        (
            r"\bwrk\b|Thread Stats|^[ \t]*Socket errors: connect \d",
            r"^[ \t]*Req/Sec[ \t]+[\d.]+k?[ \t]|^Transfer/sec:[ \t]",
        ),
    ),
    Visible(
        "ApacheBench",
        "what ab prints, to its end",
        (
            r"ApacheBench|\bab -|^Percentage served,Time in ms|^starttime\s+seconds\s+ctime",
            r"^Percentage of the requests served|^(?:Complete|Failed) requests:",
            r"^(?:Processing|Waiting):\s+\d+\s+\d+\s+[\d.]+\s+\d|^Benchmarking \S+ \(be patient\)",
            r"^(?:Server (?:Software|Hostname|Port)|Document (?:Path|Length)|HTML transferred): ",
            r"^(?:Concurrency Level|Keep-Alive requests|Time taken for tests|Total transferred): ",
            r"^(?:Requests per second|Time per request): +[\d.]+ \[|\(longest request\)",
            r"^Connection Times \(ms\)",
            r"^apr_\w+: |^Total of \d+ requests completed",
        ),
    ),
    Visible(
        "hey",
        "what it prints, to its end, or -o csv",
        (
            r"\bhey -|response-time,DNS|Response time histogram|^[ \t]*resp wait:[ \t]",
            r"^[ \t]*Summary:[ \t\r]*\n[ \t]*Total:\s|^[ \t]*[\d.]+ \[\d+\]\t\|■",
            r"^[ \t]*\d\d%%? in \d+\.\d{4} secs|^[ \t]*\[\d{3}\]\t\d+ responses",
            r"^[ \t]*(?:req write|resp read):\t|^[ \t]*Size/request:\t\d+ bytes",
        ),
    ),
)
