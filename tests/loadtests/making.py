"""The project's own samples of tools that no package index carries, and their answer key.

    python -m tests.loadtests.making

Each is written after its format's documentation from response times that are tossed by a seed; the
key is computed from the same times here, by definitions of percentiles of its own, and never by
meshfit. What a tool prints rounded stands in the key as it is printed.
"""

from __future__ import annotations

import json
import math
import random
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
START_MS = 1_764_324_000_000
URL = "http://shop.example/cart"
RANKS = (50, 75, 90, 95, 99)


class Load:
    """Requests at a constant rate: when each began, how long it took in ms, whether it failed."""

    def __init__(self, seed: int, n: int = 1200, rate: int = 20, middle: float = 12.0) -> None:
        dice = random.Random(seed)
        self.n, self.rate, self.seconds = n, rate, n / rate
        self.took = [round(middle * dice.lognormvariate(0, 0.4), 6) for _ in range(n)]
        self.bad = [dice.random() < 0.005 for _ in range(n)]
        self.errors = sum(self.bad)
        self.good = n - self.errors
        self.mean = math.fsum(self.took) / n
        self.ordered = sorted(self.took)

    def linear(self, rank: float) -> float:
        """Between the closest ranks, as numpy has it (type 7)."""
        place = (self.n - 1) * rank / 100
        low = math.floor(place)
        above = self.ordered[min(low + 1, self.n - 1)]
        return self.ordered[low] + (above - self.ordered[low]) * (place - low)

    def nearest(self, rank: float) -> float:
        """The smallest that so many are not above."""
        return self.ordered[max(math.ceil(self.n * rank / 100) - 1, 0)]

    def key(self, form: str, **figures: Any) -> dict[str, Any]:
        """What a reader should find; the defaults are exact over all requests."""
        overall = {
            "requests": self.n,
            "errors": self.errors,
            "error_rate": self.errors / self.n,
            "p50_ms": self.linear(50),
            "p95_ms": self.linear(95),
            "p99_ms": self.linear(99),
            "mean_ms": self.mean,
            "max_ms": self.ordered[-1],
            "duration_s": self.seconds,
            "rps": float(self.rate),
        }
        return {"format": form, "overall": overall | figures, "how": "from the times themselves"}


def trend(load: Load) -> dict[str, float]:
    """k6's standard statistics of a trend, with p(99) asked for."""
    return {
        "avg": load.mean,
        "min": load.ordered[0],
        "med": load.linear(50),
        "max": load.ordered[-1],
        "p(90)": load.linear(90),
        "p(95)": load.linear(95),
        "p(99)": load.linear(99),
    }


def k6_export(load: Load) -> str:
    good = load.n - load.errors
    return json.dumps({"root_group": {"name": ""}, "metrics": {
        "http_req_duration": trend(load),
        "http_req_failed": {"passes": load.errors, "fails": good, "value": load.errors / load.n},
        "http_reqs": {"count": load.n, "rate": float(load.rate)},
        "vus_max": {"value": 20, "min": 20, "max": 20},
    }}, indent=1)  # fmt: skip


def k6_handled(load: Load) -> str:
    document = json.loads(k6_export(load))["metrics"]
    kinds = {"http_req_duration": "trend", "http_req_failed": "rate", "http_reqs": "counter"}
    document["http_req_failed"]["rate"] = document["http_req_failed"].pop("value")
    return json.dumps({
        "root_group": {"name": ""},
        "state": {"testRunDurationMs": load.seconds * 1e3},
        "metrics": {
            name: {"type": kinds.get(name, "gauge"), "contains": "default", "values": values}
            for name, values in document.items()
        },
    }, indent=1)  # fmt: skip


K6_COLUMNS = (
    "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,"
    "name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata"
)


def k6_csv(load: Load) -> str:
    lines = [K6_COLUMNS]
    for at, (took, bad) in enumerate(zip(load.took, load.bad, strict=True)):
        when = START_MS // 1000 + at // load.rate
        code, good = (503, "false") if bad else (200, "true")
        tags = f",,,,{good},,GET,{URL},HTTP/1.1,default,,{code},,,{URL},,"
        lines += [
            f"http_reqs,{when},1.000000{tags}",
            f"http_req_duration,{when},{took:.6f}{tags}",
            f"http_req_failed,{when},{float(bad):.6f}{tags}",
            f"iterations,{when},1.000000,,,,,,,,,default,,,,,,,",
        ]
    return "\n".join([*lines, f"vus_max,{when},20.000000,,,,,,,,,,,,,,,,", ""])


def k6_stream(load: Load) -> str:
    lines = [
        json.dumps({"type": "Metric", "data": {"name": name, "type": kind}, "metric": name})
        for name, kind in (("http_req_duration", "trend"), ("http_req_failed", "rate"))
    ]
    for at, (took, bad) in enumerate(zip(load.took, load.bad, strict=True)):
        seconds = at / load.rate
        when = f"2025-11-28T10:{int(seconds) // 60:02}:{seconds % 60:06.3f}Z"
        tags = {
            "method": "GET",
            "name": URL,
            "proto": "HTTP/1.1",
            "status": "503" if bad else "200",
        }
        for metric, value in (("http_req_duration", took), ("http_req_failed", int(bad))):
            data = {"time": when, "value": value, "tags": tags}
            point = {"metric": metric, "type": "Point", "data": data}
            lines.append(json.dumps(point, separators=(",", ":")))
    return "\n".join([*lines, ""])


def fortio(load: Load) -> tuple[str, dict[str, float]]:
    """Buckets of 1 ms; what lies inside one is read off it by Fortio's own rule."""
    edges = [load.ordered[0], *range(math.ceil(load.ordered[0]), math.ceil(load.ordered[-1]))]
    edges.append(load.ordered[-1])
    rows, seen, before = [], 0, 100 / load.n
    figures: dict[str, float] = {}
    for low, high in pairwise(edges):
        upto = sum(each <= high for each in load.ordered)
        if upto == seen:
            continue
        percent = 100 * upto / load.n
        rows.append(
            {"Start": low / 1e3, "End": high / 1e3, "Percent": percent, "Count": upto - seen}
        )
        for rank in RANKS:
            if before < rank <= percent and f"p{rank}_ms" not in figures:
                figures[f"p{rank}_ms"] = low + (rank - before) / (percent - before) * (high - low)
        seen, before = upto, max(percent, before)
    document = {
        "RunType": "HTTP", "RequestedQPS": str(load.rate), "ActualQPS": float(load.rate),
        "StartTime": "2025-11-28T10:00:00Z", "ActualDuration": int(load.seconds * 1e9),
        "NumThreads": 4, "URL": URL,
        "DurationHistogram": {
            "Count": load.n, "Min": load.ordered[0] / 1e3, "Max": load.ordered[-1] / 1e3,
            "Avg": load.mean / 1e3, "Data": rows,
            "Percentiles": [
                {"Percentile": rank, "Value": figures[f"p{rank}_ms"] / 1e3}
                for rank in (50, 75, 90, 99)
            ],
        },
        "RetCodes": {"200": load.n - load.errors, "503": load.errors},
    }  # fmt: skip
    return json.dumps(document, indent=1), {
        key: figures[key] for key in ("p50_ms", "p95_ms", "p99_ms")
    }


def three(*loads: Load) -> tuple[str, dict[str, Any]]:
    """Several runs in one file, one document after another."""
    texts, runs = [], {}
    for at, load in enumerate(loads):
        text, off = fortio(load)
        texts.append(text)
        runs[str(at)] = load.key("fortio_json", **off)["overall"]
    return "\n".join([*texts, ""]), {"format": "fortio_json", "runs": runs}


STEPS = (0, 10, 20, 30, 40, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 99, 100)


def by_nighthawk(load: Load) -> str:
    rows, below = [], load.ordered[0]
    for low, high in zip((0, *STEPS), STEPS, strict=False):
        end = load.nearest(high) if high else below
        count = round(load.n * (high - low) / 100)
        rows.append({"Start": below / 1e3, "End": end / 1e3, "Percent": high, "Count": str(count)})
        below = end
    return json.dumps({
        "Labels": "", "StartTime": "2025-11-28T10:00:00Z", "RequestedQPS": load.rate,
        "ActualQPS": float(load.rate), "ActualDuration": int(load.seconds * 1e9), "NumThreads": 80,
        "DurationHistogram": {
            "Count": str(load.n), "Min": load.ordered[0] / 1e3, "Max": load.ordered[-1] / 1e3,
            "Avg": load.mean / 1e3, "Data": rows,
        },
        "RetCodes": {"200": str(load.n - load.errors)}, "URL": URL,
    }, indent=1)  # fmt: skip


def nighthawk(load: Load) -> str:
    steps = [
        {"percentile": rank / 100, "count": str(round(load.n * rank / 100)),
         "duration": f"{load.nearest(rank) / 1e3:.9f}s"}
        for rank in (50, 75, 90, 95, 99, 100)
    ]  # fmt: skip
    counters = {"benchmark.http_2xx": load.n - load.errors, "benchmark.http_5xx": load.errors}
    result = {
        "name": "global",
        "statistics": [{
            "id": "benchmark_http_client.request_to_response", "count": str(load.n),
            "mean": f"{load.mean / 1e3:.9f}s", "max": f"{load.ordered[-1] / 1e3:.9f}s",
            "percentiles": steps,
        }],
        "counters": [{"name": name, "value": str(n)} for name, n in counters.items()],
        "execution_duration": f"{load.seconds:g}s",
    }  # fmt: skip
    options = {"requests_per_second": load.rate, "connections": 4, "uri": URL, "concurrency": "1"}
    return json.dumps({"options": options, "results": [result]}, indent=1)


def vegeta(load: Load) -> str:
    times = {f"{rank}th": int(load.nearest(rank) * 1e6) for rank in (50, 90, 95, 99)}
    whole = {"mean": int(load.mean * 1e6), "max": int(load.ordered[-1] * 1e6)}
    return json.dumps({
        "latencies": times | whole, "earliest": "2025-11-28T10:00:00Z",
        "duration": int(load.seconds * 1e9), "wait": 0, "requests": load.n,
        "rate": float(load.rate), "throughput": load.rate * (1 - load.errors / load.n),
        "success": 1 - load.errors / load.n,
        "status_codes": {"200": load.n - load.errors, "503": load.errors}, "errors": [],
    })  # fmt: skip


def vegeta_text(load: Load) -> str:
    times = [load.ordered[0], load.mean, *map(load.nearest, (50, 90, 95, 99)), load.ordered[-1]]
    shown = ", ".join(f"{each:.3f}ms" for each in times)
    return (
        f"Requests      [total, rate, throughput]         {load.n}, {load.rate:.2f}, 19.90\n"
        f"Duration      [total, attack, wait]             {load.seconds:g}s, 60s, 0s\n"
        f"Latencies     [min, mean, 50, 90, 95, 99, max]  {shown}\n"
        f"Bytes In      [total, mean]                     2400, 2.00\n"
        f"Success       [ratio]                           99.50%\n"
        f"Status Codes  [code:count]                      200:{load.good}  503:{load.errors}\n"
        "Error Set:\n503 Service Unavailable\n"
    )


def hdrplot(load: Load) -> str:
    rows = ["Value(ms)        Percentile        TotalCount        1/(1-Percentile)"]
    for rank in (0, 50, 75, 90, 95, 99, 99.9):
        at = math.ceil(load.n * rank / 100)
        rows.append(f"{load.nearest(rank):.6f}  {rank / 100:.6f}  {at}  {1 / (1 - rank / 100):.6f}")
    return "\n".join([*rows, f"{load.ordered[-1]:.6f}  1.000000  {load.n}  inf", ""])


def ghz(load: Load) -> str:
    return json.dumps({
        "date": "2025-11-28T10:01:00Z",
        "options": {"call": "shop.Cart.Get", "host": "127.0.0.1:1", "c": 4},
        "count": load.n, "total": int(load.seconds * 1e9), "average": int(load.mean * 1e6),
        "fastest": int(load.ordered[0] * 1e6), "slowest": int(load.ordered[-1] * 1e6),
        "rps": float(load.rate), "errorDistribution": {},
        "statusCodeDistribution": {"OK": load.n - load.errors, "Unavailable": load.errors},
        "latencyDistribution": [
            {"percentage": rank, "latency": int(load.nearest(rank) * 1e6)} for rank in (10, *RANKS)
        ],
    }, indent=1)  # fmt: skip


def ghz_text(load: Load) -> str:
    ranks = "\n".join(f"  {rank} % in {load.nearest(rank):.2f} ms " for rank in (10, 25, *RANKS))
    return (
        f"\nSummary:\n  Count:\t{load.n}\n  Total:\t{load.seconds:.2f} s\n"
        f"  Slowest:\t{load.ordered[-1]:.2f} ms\n  Fastest:\t{load.ordered[0]:.2f} ms\n"
        f"  Average:\t{load.mean:.2f} ms\n  Requests/sec:\t{load.rate:.2f}\n\n"
        f"Response time histogram:\n  {load.ordered[-1]:.3f} [{load.n}] |∎∎∎\n\n"
        f"Latency distribution:\n{ranks}\n\n"
        f"Status code distribution:\n  [OK]            {load.n - load.errors} responses   \n"
        f"  [Unavailable]   {load.errors} responses   \n"
    )


def oha(load: Load) -> str:
    return json.dumps({
        "summary": {
            "successRate": 1.0, "total": load.seconds, "slowest": load.ordered[-1] / 1e3,
            "fastest": load.ordered[0] / 1e3, "average": load.mean / 1e3,
            "requestsPerSec": float(load.rate),
        },
        "responseTimeHistogram": {f"{load.ordered[-1] / 1e3}": load.n},
        "latencyPercentiles": {f"p{rank}": load.nearest(rank) / 1e3 for rank in (10, 25, *RANKS)},
        "rps": {"mean": float(load.rate)},
        "statusCodeDistribution": {"200": load.n - load.errors, "503": load.errors},
        "errorDistribution": {},
    }, indent=1)  # fmt: skip


def gatling(load: Load) -> str:
    def each(value: float) -> dict[str, int]:
        return {"total": round(value), "ok": round(value), "ko": 0}

    counts = {"total": load.n, "ok": load.n - load.errors, "ko": load.errors}
    stats = {
        "name": "All Requests", "numberOfRequests": counts,
        "minResponseTime": each(load.ordered[0]), "maxResponseTime": each(load.ordered[-1]),
        "meanResponseTime": each(load.mean),
        "meanNumberOfRequestsPerSecond": {"total": float(load.rate), "ok": 19.9, "ko": 0.1},
    }  # fmt: skip
    ranks = enumerate((50, 75, 95, 99), 1)
    stats |= {f"percentiles{at}": each(load.nearest(rank)) for at, rank in ranks}
    return json.dumps(
        {"type": "GROUP", "name": "All Requests", "stats": stats, "contents": {}}, indent=1
    )


def jmeter_statistics(load: Load) -> str:
    row = {
        "sampleCount": load.n, "errorCount": load.errors, "errorPct": 100 * load.errors / load.n,
        "meanResTime": load.mean, "medianResTime": load.nearest(50), "minResTime": load.ordered[0],
        "maxResTime": load.ordered[-1], "pct1ResTime": load.nearest(90),
        "pct2ResTime": load.nearest(95), "pct3ResTime": load.nearest(99),
        "throughput": float(load.rate),
    }  # fmt: skip
    names = ("GET /cart", "Total")
    return json.dumps({name: {"transaction": name, **row} for name in names}, indent=1)


LINKERD = """\
NAME   MESHED   SUCCESS       RPS   LATENCY_P50   LATENCY_P95   LATENCY_P99   TCP_CONN
cart      2/2    99.50%   20.0rps          11ms          24ms          38ms          6
pay       1/1   100.00%    4.4rps           9ms          30ms          46ms          3
idle      1/1         -         -             -             -             -          -
"""
LINKERD_ROWS = (("cart", 0.995, 20.0, 11, 24, 38), ("pay", 1.0, 4.4, 9, 30, 46))


def linkerd_json() -> str:
    return json.dumps([
        {"namespace": "shop", "kind": "deployment", "name": name, "success": good, "rps": rps,
         "latency_ms_p50": p50, "latency_ms_p95": p95, "latency_ms_p99": p99}
        for name, good, rps, p50, p95, p99 in LINKERD_ROWS
    ], indent=1)  # fmt: skip


def linkerd_key(form: str) -> dict[str, Any]:
    items = [
        {"error_rate": round(1 - good, 12), "rps": rps, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99}
        for _, good, rps, p50, p95, p99 in LINKERD_ROWS
    ]
    nothing = dict.fromkeys(("error_rate", "rps", "p50_ms", "p95_ms", "p99_ms"))
    return {"format": form, "items": [*items, nothing] if form.endswith("text") else items}


def ranked(load: Load, digits: int | None = None, *, whole: bool = False) -> dict[str, float]:
    """Nearest ranks, mean and maximum, as a tool rounds them."""
    values = {f"p{rank}_ms": load.nearest(rank) for rank in (50, 95, 99)}
    values |= {"mean_ms": load.mean, "max_ms": load.ordered[-1]}
    if digits is None:
        return {key: int(value * 1e6) / 1e6 if whole else value for key, value in values.items()}
    return {key: float(round(value, digits)) for key, value in values.items()}


def samples() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name → content and key."""
    one, two, slow = Load(1), Load(2), Load(3, middle=15.0)
    fast = Load(5, n=36_000, rate=600)
    streamed = {"duration_s": (one.n - 1) / one.rate, "rps": one.n / ((one.n - 1) / one.rate)}
    text, off = fortio(one)
    gone = dict.fromkeys(("duration_s", "rps"))
    unsure = dict.fromkeys(("errors", "error_rate", "mean_ms"))
    return {
        "fortio_json/made-1.json": (text, one.key("fortio_json", **off)),
        "fortio_json/made-2.json": three(one, two, slow),
        "fortio_json_by_nighthawk/made-1.json": (
            by_nighthawk(two), two.key("fortio_json_by_nighthawk", **ranked(two))),
        "fortio_json_by_nighthawk/made-2.json": (
            by_nighthawk(slow), slow.key("fortio_json_by_nighthawk", **ranked(slow))),
        "fortio_json_by_nighthawk/made-3.json": (
            by_nighthawk(fast), fast.key("fortio_json_by_nighthawk", **ranked(fast))),
        "k6_summary_export/made-1.json": (k6_export(one), one.key("k6_summary_export")),
        "k6_handleSummary/made-1.json": (k6_handled(one), one.key("k6_handleSummary")),
        "k6_csv/made-1.csv": (k6_csv(one), one.key("k6_csv")),
        "k6_json_stream/made-1.json": (k6_stream(one), one.key("k6_json_stream", **streamed)),
        "nighthawk_json/made-1.json": (nighthawk(two), two.key("nighthawk_json", **ranked(two, 6))),
        "vegeta_json/made-1.json": (
            vegeta(two), two.key("vegeta_json", **ranked(two, whole=True))),
        "vegeta_text/made-1.txt": (vegeta_text(slow), slow.key("vegeta_text", **ranked(slow, 3))),
        "vegeta_hdrplot/made-1.txt": (
            hdrplot(two), two.key("vegeta_hdrplot", **ranked(two) | gone | unsure)),
        "ghz_json/made-1.json": (ghz(two), two.key("ghz_json", **ranked(two, whole=True))),
        "ghz_text/made-1.txt": (ghz_text(two), two.key("ghz_text", **ranked(two, 2))),
        "oha_json/made-1.json": (oha(two), two.key("oha_json", **ranked(two))),
        "gatling_stats_json/made-1.json": (
            gatling(two), two.key("gatling_stats_json", **ranked(two, 0), duration_s=None)),
        "jmeter_statistics_json/made-1.json": (
            jmeter_statistics(two),
            two.key("jmeter_statistics_json", **ranked(two), duration_s=None)),
        "linkerd_stat_text/made-1.txt": (LINKERD, linkerd_key("linkerd_stat_text")),
        "linkerd_stat_json/made-1.json": (linkerd_json(), linkerd_key("linkerd_stat_json")),
    }  # fmt: skip


def write(samples: dict[str, tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """Write samples, and their lines of the key; the whole key."""
    path = HERE / "truth.json"
    truth = json.loads(path.read_text("utf-8"))
    for name, (content, key) in samples.items():
        (HERE / "samples" / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / "samples" / name).write_text(content, "utf-8")
        truth[name] = key
    path.write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return truth


def main() -> None:
    """Write every sample, and what a comparison of two comes to."""
    truth = write(samples())
    path = HERE / "pairs.json"
    others = [each for each in json.loads(path.read_text("utf-8")) if each["what"] != OWN]
    path.write_text(json.dumps([*others, pair(truth)], indent=1) + "\n", "utf-8")


OWN = "two runs of our own making"


def pair(truth: dict[str, Any]) -> dict[str, Any]:
    """What a comparison of the first two of Nighthawk's comes to."""
    names = [f"fortio_json_by_nighthawk/made-{at}.json" for at in (1, 2)]
    first, second = (truth[name]["overall"] for name in names)
    keys = ("p50_ms", "p95_ms", "p99_ms", "rps", "error_rate")
    return {
        "baseline": names[0], "mesh": names[1], "what": OWN,
        **{key: differs(first[key], second[key]) for key in keys},
    }  # fmt: skip


def differs(before: float, after: float) -> dict[str, float]:
    """Both figures, and by how much they differ."""
    return {
        "baseline": before,
        "mesh": after,
        "delta": after - before,
        "delta_pct": (after - before) / before * 100,
    }


if __name__ == "__main__":
    main()
