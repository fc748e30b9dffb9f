"""Large logs of JMeter, hey and k6: time and memory, beside polars on the same file.

    python -m bench.logs [--rows 1000000] [--polars PYTHON]

polars is no dependency of meshfit: name a Python that has it, or the figures stand alone.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.loadtests import inspect

LABELS = ("GET /cart", "POST /pay", "GET /", "GET /search", "GET /users")
JTL = (
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
    "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect"
)
HEY = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset"
TIMED = """
import json, resource, sys, time
start = time.perf_counter()
import polars as pl
file = sys.argv[1]
{query}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({{"p50": p50, "p95": p95, "seconds": time.perf_counter() - start,
    "processor": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}}))
"""
BY_LABEL = """
rows = pl.scan_csv(file)
at = [pl.col("{took}").quantile(q, "linear").alias(str(q)) for q in (0.5, 0.95)]
whole, _ = pl.collect_all([rows.select(*at), rows.group_by("{by}").agg(*at, pl.len())])
p50, p95 = whole["0.5"][0] * {unit}, whole["0.95"][0] * {unit}
"""
STREAM = """
rows = pl.scan_ndjson(file).filter(pl.col("metric") == "http_req_duration")
value = pl.col("data").struct.field("value")
name = pl.col("data").struct.field("tags").struct.field("name").alias("name")
at = [value.quantile(q, "linear").alias(str(q)) for q in (0.5, 0.95)]
whole, _ = pl.collect_all([rows.select(*at), rows.group_by(name).agg(*at, pl.len())])
p50, p95 = whole["0.5"][0], whole["0.95"][0]
"""


class Log(NamedTuple):
    """A format: its lines, what polars is asked, and how many times its time is the aim."""

    name: str
    lines: Callable[[int], Iterator[str]]
    query: str
    times: float


def jtl(rows: int) -> Iterator[str]:
    """JMeter's sample log, as saved by default."""
    dice = random.Random(1)
    yield JTL
    for at in range(rows):
        took, label = int(dice.lognormvariate(2.5, 0.6)), LABELS[at % 5]
        code, good = ("503,Unavailable", "false") if at % 1000 == 0 else ("200,OK", "true")
        url = f"https://shop.example.com{label.split()[1]}"
        yield (
            f"{1_749_850_767_000 + at},{took},{label},{code},users 1-{at % 50 + 1},text,{good},,"
            f"559,372,50,50,{url},{took - 1},0,1"
        )


def hey(rows: int) -> Iterator[str]:
    """As hey -o csv writes it."""
    dice = random.Random(2)
    yield HEY
    for at in range(rows):
        took = dice.lognormvariate(-4.4, 0.6)
        code = 503 if at % 1000 == 0 else 200
        yield f"{took:.4f},0.0001,0.0000,0.0000,{took:.4f},0.0000,{code},{at / 1000:.4f}"


def stream(rows: int) -> Iterator[str]:
    """k6 --out json: nine lines a request, of which two are read."""
    dice = random.Random(3)
    names = ("s", "_blocked", "_connecting", "_duration", "_failed", "_sending", "_waiting")
    for at in range(rows // len(names)):
        when = f"2024-05-01T10:{at // 60000 % 60:02}:{at // 1000 % 60:02}.{at % 1000:03}123Z"
        url = f"https://shop.example.com/{at % 5}"
        tags = {"group": "", "method": "GET", "name": url, "proto": "HTTP/1.1", "status": "200"}
        for name in names:
            value = 0 if name == "_failed" else dice.lognormvariate(2.5, 0.6)
            data = {"time": when, "value": value, "tags": tags}
            point = {"metric": f"http_req{name}", "type": "Point", "data": data}
            yield json.dumps(point, separators=(",", ":"))


LOGS = (
    Log("JMeter CSV", jtl, BY_LABEL.format(took="elapsed", by="label", unit=1), 3.0),
    Log("hey CSV", hey, BY_LABEL.format(took="response-time", by="status-code", unit=1e3), 3.0),
    Log("k6 JSON stream", stream, STREAM, 1.5),
)


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print, and return 1 where an aim is missed."""
    wanted = argparse.ArgumentParser(prog="python -m bench.logs")
    wanted.add_argument("--rows", type=int, default=1_000_000)
    wanted.add_argument("--polars", default=sys.executable, metavar="PYTHON")
    chosen = wanted.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return max(report(each, Path(folder), chosen.rows, chosen.polars) for each in LOGS)


def report(log: Log, folder: Path, rows: int, python: str) -> int:
    """Both sides on one file, their ratio, and whether they agree."""
    path = folder / "log"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in log.lines(rows))
    ours = [inspect(path) for _ in range(3)]
    best, document = min(each.seconds for each in ours), ours[0].document
    print(f"{log.name}, {path.stat().st_size / 2**20:,.0f} MB")
    print(f"  meshfit {best:5.2f} s {max(each.peak for each in ours):6.1f} MB")
    query = TIMED.format(query=log.query)
    asked = [python, "-c", query, str(path)]
    done = [subprocess.run(asked, capture_output=True, text=True, check=False) for _ in range(3)]
    if done[0].returncode:
        print("  polars is not installed there: no yardstick (name one with --polars PYTHON)")
        return 0
    theirs = [json.loads(each.stdout) for each in done]
    ratio = best / min(each["seconds"] for each in theirs)
    processor = min(each.processor for each in ours) / min(each["processor"] for each in theirs)
    quickest = min(theirs, key=lambda each: float(each["seconds"]))
    print(f"  polars  {quickest['seconds']:5.2f} s {quickest['peak']:6.1f} MB")
    agreed = all(
        abs(document["latency_ms"][each] - quickest[each]) < 1e-6 * quickest[each]
        for each in ("p50", "p95")
    )
    agreement = "yes" if agreed else "NO"
    print(
        f"  ratio {ratio:.2f} (aim: <= {log.times:g}), by processor time {processor:.2f}; "
        f"same p50 and p95: {agreement}"
    )
    return int(ratio > log.times or not agreed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
