"""Every real sample against an answer key that was computed without meshfit."""

from __future__ import annotations

import gzip
import math

import pytest

from bot.domain.runs.model import Resources
from tests.loadtests.conftest import SAMPLES, TRUTH, read, sample

FIELDS = ("requests", "errors", "error_rate", "rps", "duration_s")
NO_DATA = {"hey_text/local-3.txt": ("max_ms", "min_ms")}
"""Where every connection failed, hey prints 0.0000 for times that were never measured."""
ERRORS = {"prometheus_json/local-8.json"}
RUNS = sorted(
    name for name, each in TRUTH.items() if each["format"] not in {"prometheus_json", "kubectl_top"}
)
CLUSTER = sorted(set(TRUTH) - set(RUNS) - ERRORS)


def agrees(have, wanted) -> bool:
    if wanted is None or have is None:
        return wanted is have
    return math.isclose(have, wanted, rel_tol=1e-8, abs_tol=1e-9)


def differences(figures, truth, skip=()):
    """(key, have, wanted) for each figure of the key that is not met."""
    times = figures.latency_ms
    have = {f"{name}_ms": getattr(times, name) for name in ("p50", "p95", "p99", "mean", "max")}
    have |= {name: getattr(figures, name) for name in FIELDS if hasattr(figures, name)}
    return [
        (key, have[key], wanted)
        for key, wanted in truth.items()
        if key in have and key not in skip and not agrees(have[key], wanted)
    ]


def test_every_sample_has_a_truth_and_a_line_of_attribution():
    attributed = (SAMPLES / "ATTRIBUTION.md").read_text("utf-8")
    there = {path.relative_to(SAMPLES).as_posix() for path in SAMPLES.glob("*/*")}
    own = {name for name in TRUTH if name.split("/")[1].startswith(("local-", "made-"))}
    assert there == own
    assert all(f"| {name} |" in attributed for name in there)


@pytest.mark.parametrize("name", RUNS)
def test_a_run_is_read_as_it_truly_was(name):
    truth, runs = TRUTH[name], read(sample(name))
    assert {run.format for run in runs} == {truth["format"]}
    if truth.get("overall"):
        assert len(runs) == 1
        assert differences(runs[0], truth["overall"], NO_DATA.get(name, ())) == []
    by_name = {each.name: each for each in runs[0].endpoints}
    for endpoint, wanted in truth.get("endpoints", {}).items():
        if "\n" not in endpoint:
            assert differences(by_name[endpoint], wanted, ("duration_s",)) == []
    listed = [figures for run in runs for figures in (run, *run.endpoints)]
    if "runs" in truth:
        for wanted, figures in zip(truth["runs"].values(), listed, strict=True):
            assert differences(figures, wanted) == []
    if "items" in truth:
        for wanted, figures in zip(truth["items"], runs[0].endpoints, strict=True):
            assert differences(figures, wanted) == []


@pytest.mark.parametrize("name", CLUSTER)
def test_cpu_and_memory_are_read_as_they_truly_were(name):
    truth, result = TRUTH[name], read(sample(name))
    assert isinstance(result, Resources)
    assert result.format == truth["format"]
    for wanted, usage in zip(truth.get("items", ()), result.usages, strict="items" in truth):
        cpu, memory = wanted["cpu_millicores"], wanted["memory_mib"]
        assert usage.name == wanted["name"]
        assert agrees(usage.cpu_cores, cpu and cpu / 1000)
        assert agrees(usage.memory_bytes, memory and memory * 2**20)
    for wanted, series in zip(truth.get("series", ()), result.series, strict="series" in truth):
        assert series.labels == wanted["labels"]
        assert (len(series.points), series.missing) == (wanted["n"], wanted["nan"])
        assert agrees(series.mean, wanted["mean"])
        assert agrees(series.highest, wanted["max"])
        assert agrees(series.last, wanted["last"])


FRAMES = {
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "line ends of Windows": lambda data: data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"),
    "UTF-16 of PowerShell": lambda data: data.decode("utf-8").encode("utf-16"),
    "a code fence": lambda data: b"```\n" + data.rstrip(b"\n") + b"\n```\n",
    "a prompt and blanks": lambda data: b"\n$ cat result\n\n" + data + b"\n\n",
    "gzip": gzip.compress,
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("form", sorted({name.split("/")[0] for name in TRUTH}))
def test_what_an_upload_gains_on_its_way_changes_nothing(form, frame):
    name = min(name for name in TRUTH if name.startswith(f"{form}/") and name not in ERRORS)
    data = sample(name)
    if form in {"k6_csv", "k6_json_stream"}:
        data = b"".join(data.splitlines(keepends=True)[:400])
    assert read(FRAMES[frame](data)) == read(data)


QUOTED = {
    "a quote": "> {}",
    "a quote without blanks": ">{}",
    "a quote in a quote": "> > {}",
    "the log of a pod": "2024-05-01T10:00:00.123456789Z {}",
    "a log with an offset": "2024-05-01T12:00:00+02:00 {}",
    "a quoted log": "> 2024-05-01T10:00:00Z {}",
    "colours": "\x1b[1m{}\x1b[0m",
    "a terminal's line ends": "{}\r\r",
}
REPORTS = sorted(
    name for name in TRUTH if name.split("/")[0].endswith(("_text", "kubectl_top", "_hdrplot"))
)


@pytest.mark.exhaustive
@pytest.mark.parametrize("frame", QUOTED)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_quoted_or_from_a_log_is_the_same_report(name, frame):
    lines = sample(name).decode().replace("\r\n", "\n").removesuffix("\n").split("\n")
    quoted = [QUOTED[frame].format(line) for line in lines]
    result = read("\n".join(quoted))
    assert result == read(sample(name))
    assert read("\n".join(each.rstrip() for each in quoted)) == result
    if len(lines) > 8:
        assert read("\n".join(["On Tuesday Ann wrote:", "", *quoted])) == result
