"""The odd ones among the project's own samples: old versions, aborted runs, records of several.

    python -m tests.loadtests.making_odd

Written as `making.py` writes the others, after each format's documentation; the key is computed
here. The figures that a test names are worked out beside the sample that they are of.
"""

from __future__ import annotations

import json
from typing import Any

from tests.loadtests.making import (
    Load,
    by_nighthawk,
    fortio,
    gatling,
    ghz,
    hdrplot,
    k6_export,
    k6_handled,
    nighthawk,
    ranked,
    vegeta,
    vegeta_text,
    write,
)

Sample = tuple[str, dict[str, Any]]


def key(form: str, **figures: Any) -> dict[str, Any]:
    """A line of the key that names some figures."""
    return {"format": form, "overall": figures, "how": "written down beside the sample"}


def one_bucket() -> Sample:
    """Four answers below 1 ms in one bucket of `-r 0.001`, read off it by Fortio's own rule."""
    low, high = 0.00031, 0.00091
    listed = {rank: low + (rank - 25) / 75 * (high - low) for rank in (50, 75, 90, 99)}
    document = {
        "RunType": "HTTP", "Labels": "", "StartTime": "2025-11-28T10:00:00Z",
        "RequestedQPS": "40", "RequestedDuration": "100ms", "ActualQPS": 38.5,
        "ActualDuration": 103_896_104, "NumThreads": 2, "URL": "http://shop.example/cart",
        "DurationHistogram": {
            "Count": 4, "Min": low, "Max": high, "Sum": 0.00244, "Avg": 0.00061,
            "Data": [{"Start": low, "End": high, "Percent": 100, "Count": 4}],
            "Percentiles": [{"Percentile": rank, "Value": at} for rank, at in listed.items()],
        },
        "RetCodes": {"200": 4},
    }  # fmt: skip
    figures = {"requests": 4, "errors": 0, "p50_ms": 0.51, "p95_ms": 0.87, "p99_ms": 0.902}
    return json.dumps(document, indent=1), key("fortio_json", mean_ms=0.61, max_ms=0.91, **figures)


def meshery(load: Load, lost: Load) -> Sample:
    """A record of Meshery's: a run at full speed, and two that nobody answered."""
    whole = json.loads(fortio(load)[0]) | {"RequestedQPS": "max"}
    failed = json.loads(fortio(lost)[0]) | {"RetCodes": {"-1": lost.n}}
    records = [
        {"name": f"No mesh_{at}", "mesh": None, "runner_results": results}
        for at, results in enumerate(([whole], [failed, failed]))
    ]
    good, bad = (each.key("fortio_json", **fortio(each)[1])["overall"] for each in (load, lost))
    bad |= {"errors": lost.n, "error_rate": 1.0}
    return json.dumps(records, indent=1), {
        "format": "fortio_json",
        "runs": {"0": good, "1": bad, "2": bad},
    }


def aborted() -> Sample:
    """Thirteen answers of a run that was ended, and not one of them counted as good."""
    load = Load(13, n=13, rate=1000)
    node = json.loads(by_nighthawk(load)) | {"RetCodes": {"200": "0"}}
    return json.dumps(node, indent=1), key(
        "fortio_json_by_nighthawk", requests=13, errors=13, error_rate=1.0
    )


def worker_and_all(load: Load) -> Sample:
    """Two results, more asked of the client than its connections held, p99 between two steps."""
    node = json.loads(nighthawk(load))
    node["options"] |= {"requests_per_second": 2000, "connections": 100, "h2": False}
    (whole,) = node["results"]
    steps = whole["statistics"][0]["percentiles"]
    whole["statistics"][0]["percentiles"] = [
        each | {"percentile": 0.990625} if each["percentile"] == 0.99 else each for each in steps
    ]
    whole["counters"] = [
        {"name": "benchmark.http_3xx", "value": str(load.n)},
        {"name": "benchmark.pool_overflow", "value": "7214"},
        {"name": "upstream_rq_total", "value": str(load.n + 51)},
    ]
    part = json.loads(json.dumps(whole)) | {"name": "worker_0"}
    part["counters"][0]["value"] = "7"
    node["results"] = [part, whole]
    figures = ranked(load, 6)
    return json.dumps(node, indent=1), load.key(
        "nighthawk_json", **figures, errors=0, error_rate=0.0
    )


def golden() -> Sample:
    """A result of Nighthawk's own tests: statistics, but none of answers."""
    statistic = {"id": "stat_id", "count": "3", "percentiles": [], "mean": "0.002s"}
    node = {
        "options": {"connections": 0, "duration": "1s"},
        "results": [{"name": "global", "statistics": [statistic], "counters": []}],
    }
    return json.dumps(node, indent=1), key("nighthawk_json", requests=None, p50_ms=None)


def k6_with_connects(load: Load) -> Sample:
    """Handled by a script, with the time to connect and whole iterations, 207 of them failed."""
    node = json.loads(k6_handled(load))
    metrics = node["metrics"]
    metrics["http_req_failed"]["values"] = {"rate": 207 / load.n, "passes": 207, "fails": 993}
    for name, times in (("http_req_connecting", 0.5), ("iteration_duration", 40.0)):
        values = {part: times * value for part, value in
                  metrics["http_req_duration"]["values"].items()}  # fmt: skip
        metrics[name] = {"type": "trend", "contains": "time", "values": values}
    return json.dumps(node, indent=1), load.key(
        "k6_handleSummary", errors=207, error_rate=207 / load.n
    )


def old_k6(load: Load) -> Sample:
    """Of a k6 before http_req_failed: checks tell nothing of errors."""
    node = json.loads(k6_export(load))
    del node["metrics"]["http_req_failed"]
    node["metrics"]["checks"] = {"fails": 3, "passes": 5002, "value": 0.9994}
    return json.dumps(node, indent=1), load.key("k6_summary_export", errors=None, error_rate=None)


OLD_LOCUST = """\
"Type","Name","Request Count","Failure Count","Median Response Time","Average Response Time",\
"Min Response Time","Max Response Time","Average Content Size","Requests/s","Failures/s"
"GET","/cart",5400,27,210,230,190,950,1,90.00
"POST","/pay",600,3,400,420,260,1900,1,10.00
"None","Total",6000,30,210,249,190,1900,1,100.00
"""
FORMATTED_JTL = """\
timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,bytes
2025-11-28 10:00:00.256,900,GET /cart,501,FAIL,Users 1-1,text,false,3100
2025-11-28 10:00:00.257,1500,GET /pay,200,OK,Users 1-1,text,true,12000
2025-11-28 10:00:00.258,1200,GET /pay,200,OK,Users 1-1,text,true,12000
"""
QUOTED_JTL = """\
timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,\
bytes,sentBytes,grpThreads,allThreads,Latency,IdleTime,Connect
1764324000340,1750,Log in,200,OK,Users 1-1,text,true,,15338,0,1,1,0,0,0
1764324002271,130,"no such element: {""method"":""id"",""selector"":""pay""}
    Session: 89a1
    *** Element info: {Using=id, value=pay}",500,NOTOK,Users 1-1,text,false,,5815,0,1,1,0,0,0
"""


def scenario(one: Load, two: Load) -> Sample:
    """The statistics of a scenario as a list: all requests, then each; no file of Gatling's own."""
    whole, part = (json.loads(gatling(each))["stats"] for each in (one, two))
    node = {"name": "nightly", "memoryTest": {"statistics": [whole, part | {"name": "Log in"}]}}
    node["loginTest"] = {"statistics": [part | {"name": "All Requests"}]}
    first, second = (
        each.key("gatling_stats_json", **ranked(each, 0), duration_s=None)["overall"]
        for each in (one, two)
    )
    return json.dumps(node, indent=1), {
        "format": "gatling_stats_json",
        "runs": {"0": first, "Log in": second, "1": second},
    }


def micro(load: Load) -> Sample:
    """vegeta's text of a service below 1 ms."""
    text = vegeta_text(load)
    line = next(each for each in text.splitlines() if each.startswith("Latencies"))
    times = "402.117µs, 611.25µs, 598.301µs, 702.44µs, 750.009µs, 861.5µs, 9.31ms"
    return text.replace(line, line[:48] + times), key(
        "vegeta_text", p50_ms=0.598301, p95_ms=0.750009, p99_ms=0.8615, max_ms=9.31,
        mean_ms=0.61125, requests=load.n, errors=load.errors,
    )  # fmt: skip


def lone_failure() -> Sample:
    """One of 30,000 that had no answer: vegeta rounds its share to 100.00 %."""
    load = Load(21, n=30_000, rate=100)
    text = vegeta_text(load)
    text = text.replace("99.50%", "100.00%").replace("60s, 0s", "5m0s, 969.765µs")
    codes = next(each for each in text.splitlines() if each.startswith("Status Codes"))
    return text.replace(codes, codes[:48] + "0:1  200:29999"), load.key(
        "vegeta_text", **ranked(load, 3), errors=1, error_rate=1 / 30_000
    )


def old_vegeta(load: Load) -> Sample:
    """As its JSON was before it knew p90."""
    node = json.loads(vegeta(load))
    del node["latencies"]["90th"]
    return json.dumps(node, indent=1), load.key("vegeta_json", **ranked(load, whole=True))


def plot_to_95(load: Load) -> Sample:
    """HDR rows up to 95 %, then all."""
    lines = [line for line in hdrplot(load).splitlines() if "  0.99" not in line]
    gone = dict.fromkeys(("duration_s", "rps", "errors", "error_rate", "mean_ms", "p99_ms"))
    return "\n".join([*lines, ""]), load.key("vegeta_hdrplot", **ranked(load) | gone)


def ghz_of_good(load: Load) -> Sample:
    """As ghz had it first: failures by their words, percentiles of the answers that were OK."""
    words = "rpc error: code = Internal desc = Internal error."
    node = json.loads(ghz(load)) | {
        "statusCodeDistribution": {"OK": load.good},
        "errorDistribution": {words: load.errors - 1, "connection refused": 1},
        "details": [{"latency": 1, "status": "OK", "error": ""}],
    }
    return json.dumps(node, indent=1), load.key("ghz_json", **ranked(load, whole=True))


LINKERD_IDLE = """\
ROUTE                SERVICE   EFFECTIVE_SUCCESS   EFFECTIVE_RPS   ACTUAL_SUCCESS   ACTUAL_RPS   \
LATENCY_P50   LATENCY_P95   LATENCY_P99
GET /carts.json      carts                     -               -                -            -   \
          -           0ms
HEAD /carts/{id}     carts               100.00%          3.1rps           61.20%       5.0rps   \
        6ms          21ms          33ms
[DEFAULT]            carts                     -               -                -            -   \
          -           0ms
"""
LINKERD_BRANCHES = """\
NAME  SERVICE    ROUTE        TYPE       BACKEND            SUCCESS   RPS  LATENCY_P50  \
LATENCY_P95  LATENCY_P99  TIMEOUTS  RETRIES
shop  cart:7001  [default]                                   99.10%  5.12         20ms  \
       41ms         46ms     0.00%    0.00%
                 └─────────────────────►  cart:7001          99.10%  5.12         11ms  \
       38ms         44ms     0.00%
shop  pay:7002   split        HTTPRoute                      91.30%  8.05         22ms  \
       45ms        290ms     0.00%    0.00%
                 ├─────────────────────►  pay:7002          100.00%  7.01         10ms  \
       37ms         71ms     0.00%
                 └─────────────────────►  pay-error:8080      0.00%  1.04         13ms  \
       23ms         27ms     0.00%
"""
PODS = """\
$ kubectl top pods -n shop
NAME                    CPU(cores)   MEMORY(bytes)
cart-5d9c7b44f8-x2x9z   120m         310Mi
pay-k8b2q               45m          96Mi
"""


def linkerd_items(*rows: tuple[float | None, ...]) -> dict[str, Any]:
    names = ("rps", "p50_ms", "p95_ms", "p99_ms")
    return {
        "format": "linkerd_stat_text",
        "items": [dict(zip(names, each, strict=True)) for each in rows],
    }


def samples() -> dict[str, Sample]:
    """Name → content and key."""
    one, two = Load(1), Load(2)
    nothing = (None,) * 4
    pods = [("cart-5d9c7b44f8-x2x9z", 120, 310), ("pay-k8b2q", 45, 96)]
    pod_keys = [{"name": n, "cpu_millicores": cpu, "memory_mib": mib} for n, cpu, mib in pods]
    return {
        "fortio_json/made-3.json": one_bucket(),
        "fortio_json/made-4.json": meshery(one, Load(4, n=300, rate=10)),
        "fortio_json_by_nighthawk/made-4.json": aborted(),
        "nighthawk_json/made-2.json": worker_and_all(two),
        "nighthawk_json/made-3.json": golden(),
        "k6_handleSummary/made-2.json": k6_with_connects(one),
        "k6_summary_export/made-2.json": old_k6(one),
        "locust_stats_csv/made-1.csv": (
            OLD_LOCUST,
            key("locust_stats_csv", requests=6000, errors=30, p50_ms=210, p95_ms=None,
                mean_ms=249, max_ms=1900, rps=100)),
        "jmeter_jtl_csv/made-1.csv": (
            FORMATTED_JTL,
            key("jmeter_jtl_csv", requests=3, errors=1, p50_ms=1200, p95_ms=1470, max_ms=1500)),
        "jmeter_jtl_csv/made-2.csv": (
            QUOTED_JTL,
            key("jmeter_jtl_csv", requests=2, errors=1, p50_ms=940, p95_ms=1669, max_ms=1750)),
        "gatling_stats_json/made-2.json": scenario(one, two),
        "ghz_json/made-2.json": ghz_of_good(two),
        "vegeta_text/made-2.txt": micro(two),
        "vegeta_text/made-3.txt": lone_failure(),
        "vegeta_json/made-2.json": old_vegeta(two),
        "vegeta_hdrplot/made-2.txt": plot_to_95(two),
        "linkerd_stat_text/made-2.txt": (
            LINKERD_IDLE, linkerd_items(nothing, (3.1, 6, 21, 33), nothing)),
        "linkerd_stat_text/made-3.txt": (
            LINKERD_BRANCHES,
            linkerd_items((5.12, 20, 41, 46), (5.12, 11, 38, 44), (8.05, 22, 45, 290),
                          (7.01, 10, 37, 71), (1.04, 13, 23, 27))),
        "prometheus_json/made-1.json": (
            '{"status":"success","data":{"resultType":"matrix","result":[]}}\n',
            {"format": "prometheus_json", "series": [], "how": "an empty answer"}),
        "kubectl_top/made-1.txt": (PODS, {"format": "kubectl_top", "items": pod_keys}),
    }  # fmt: skip


if __name__ == "__main__":
    write(samples())
