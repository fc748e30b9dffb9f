"""A k6 CSV of five million rows: time and memory, beside polars on the same file in the same run.

    python -m bench.loadtests [--rows 5000000] [--polars PYTHON]

polars is no dependency of meshfit: name a Python that has it, or the figures stand alone.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

HEADER = (
    "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,"
    "name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata"
)
TIMINGS = ("blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving")
PATHS = ("users/1", "users", "cart", "checkout", "search")
ROWS_A_REQUEST = 14
TIMES_POLARS, MOST_MB = 3.0, 64.0

MEASURED = """
import resource, runpy, sys, time
sys.argv = sys.argv[1:]
start = time.perf_counter()
try:
    runpy.run_module("bot", run_name="__main__")
except SystemExit:
    pass
used = resource.getrusage(resource.RUSAGE_SELF)
print(
    f"{time.perf_counter() - start} {used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024}",
    file=sys.stderr,
)
"""

POLARS = """
import json, resource, sys, time
start = time.perf_counter()
import polars as pl
rows = pl.scan_csv(sys.argv[1], schema_overrides={"metadata": pl.String, "extra_tags": pl.String},
                   infer_schema_length=1000, ignore_errors=True)
wanted = rows.filter(pl.col("metric_name") == "http_req_duration")
quantiles = [pl.col("metric_value").quantile(q, "linear").alias(str(q)) for q in (0.5, 0.95)]
by_name = wanted.group_by("method", "name").agg(*quantiles, pl.len().alias("n"))
verdicts = rows.filter(pl.col("metric_name") == "http_req_failed")
failed = verdicts.select(pl.col("metric_value").sum())
found, errors, whole = pl.collect_all([by_name, failed, wanted.select(*quantiles)])
seconds = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"seconds": seconds, "peak": used.ru_maxrss / 1024,
    "processor": used.ru_utime + used.ru_stime, "p50": whole["0.5"][0], "p95": whole["0.95"][0],
    "errors": errors["metric_value"][0],
    "by_name": {f"{r['method']} {r['name']}": r["0.95"] for r in found.to_dicts()}}))
"""


def main(arguments: Sequence[str] = ()) -> int:
    """Measure, print, and return 1 where an aim is missed."""
    wanted = argparse.ArgumentParser(prog="python -m bench.loadtests")
    wanted.add_argument("--rows", type=int, default=5_000_000)
    wanted.add_argument("--polars", default=sys.executable, metavar="PYTHON")
    chosen = wanted.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "k6.csv"
        write(path, chosen.rows)
        size = path.stat().st_size / 2**20
        print(f"{chosen.rows:,} rows, {size:,.0f} MB, {len(PATHS)} endpoints")
        return report(path, chosen.polars)


def report(path: Path, python: str) -> int:
    """Both sides, the ratio, and whether they agree."""
    ours = [inspect(path) for _ in range(3)]
    seconds, peak = min(each.seconds for each in ours), max(each.peak for each in ours)
    print(f"meshfit inspect   {seconds:5.2f} s   {peak:6.1f} MB (aim: < {MOST_MB:g})")
    missed = peak >= MOST_MB
    if (theirs := polars(path, python)) is None:
        print("polars is not installed here: no yardstick (name one with --polars PYTHON)")
        return int(missed)
    ratio = seconds / theirs["seconds"]
    processor = min(each.processor for each in ours) / theirs["processor"]
    print(f"polars            {theirs['seconds']:5.2f} s   {theirs['peak']:6.1f} MB")
    print(f"ratio             {ratio:5.2f}     (aim: <= {TIMES_POLARS:g})")
    print(f"by processor time {processor:5.2f}")
    document = ours[0].document
    agreed = document["errors"] == theirs["errors"] and all(
        abs(document["latency_ms"][key] - theirs[key]) < 1e-9 for key in ("p50", "p95")
    )
    names = {each["name"]: each["latency_ms"]["p95"] for each in document["endpoints"]}
    agreed &= all(abs(names[name] - p95) < 1e-9 for name, p95 in theirs["by_name"].items())
    print(f"same p50, p95 and errors, whole and by endpoint: {'yes' if agreed else 'NO'}")
    return int(missed or ratio > TIMES_POLARS or not agreed)


class Took(NamedTuple):
    """What one `meshfit inspect --json` took, start-up included, and what it told."""

    seconds: float
    processor: float
    """Seconds of it, which others on the machine move less."""
    peak: float
    document: dict[str, Any]


def inspect(path: Path) -> Took:
    """One `meshfit inspect --json` in a process of its own.

    The first of several compiles meshfit's modules, as installing it does, where they are not yet.
    """
    compiled = {key: each for key, each in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "meshfit", "inspect", str(path), "--json"],
        capture_output=True,
        text=True,
        check=True,
        env=compiled,
    )
    seconds, processor, peak = map(float, done.stderr.split()[-3:])
    return Took(seconds, processor, peak, json.loads(done.stdout))


def polars(path: Path, python: str) -> dict[str, Any] | None:
    """The same percentiles by polars, the best of three; None where it is not installed."""
    if subprocess.run([python, "-c", "import polars"], capture_output=True, check=False).returncode:
        return None
    runs: list[dict[str, Any]] = [
        json.loads(subprocess.check_output([python, "-c", POLARS, str(path)], text=True))
        for _ in range(3)
    ]
    processor = min(each["processor"] for each in runs)
    return min(runs, key=lambda each: float(each["seconds"])) | {"processor": processor}


def write(path: Path, rows: int) -> None:
    """Rows as k6 writes them: nine a request, five an iteration; one failure in a thousand."""
    dice, at = random.Random(20240606), 1_749_850_767.0
    started = time.perf_counter()
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for number in range(rows // ROWS_A_REQUEST):
            at += 1e-3
            file.write(request(dice, int(at), number))
        for _ in range(rows % ROWS_A_REQUEST):
            file.write(f"vus_max,{int(at)},50.000000,,,,,,,,,,,,,,,,\n")
    print(f"written in {time.perf_counter() - started:.0f} s")


def request(dice: random.Random, at: int, number: int) -> str:
    """The fourteen rows of one request in one iteration."""
    failed = dice.random() < 1e-3
    took = dice.lognormvariate(2.5, 0.6)
    url = f"https://shop.example.com/{PATHS[number % len(PATHS)]}"
    good, status = ("false", "503") if failed else ("true", "200")
    tags = f",,,,{good},,GET,{url},HTTP/1.1,default,,{status},,tls1.3,{url},,"
    alone = ",,,,,,,,,default,,,,,,,"
    parts = [("http_reqs", 1.0), ("http_req_duration", took)]
    parts += [(f"http_req_{name}", took / 7) for name in TIMINGS]
    parts += [("http_req_failed", float(failed))]
    lines = [f"{name},{at},{value:.6f}{tags}" for name, value in parts]
    lines += [
        f"checks,{at},1.000000,is ok{alone[1:]}",
        f"data_sent,{at},372.000000{alone}",
        f"data_received,{at},559.000000{alone}",
        f"iteration_duration,{at},{took + 1:.6f}{alone}",
        f"iterations,{at},1.000000{alone}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
