"""Results as people have them: what the inputs gathered beside the checkout should give."""

from __future__ import annotations

import json
import math
import re

import pytest

from bot.domain.runs.compare import compare
from tests.loadtests.conftest import BESIDE, NOTHING_BESIDE, read

WILD = BESIDE / "wild"
EXPECTED = (
    json.loads((WILD / "expected.json").read_text("utf-8"))
    if (WILD / "expected.json").exists()
    else {}
)
FACTS = ("requests", "errors", "error_rate", "rps", "duration_s", "connections")
TIMES = ("p50", "p90", "p95", "p99", "max", "mean")
NOTED = {"50 were in flight when -z ended": r"^50 requests were in flight when oha's -z ended"}
"""What an expert wants noted → how it is said."""
APART = {
    "fortio-coarse-mesh.json",
    "jmeter-appended-runs.csv",
    "k6-text-plain.txt",
    "linkerd-stat-loop.txt",
    "two-fenced-fortio.md",
    "vegeta-two-lines.json",
}
"""Of which the key says in words, or of several runs, what is right: each has its own test."""
FIGURES = sorted(
    name
    for name, each in EXPECTED.items()
    if isinstance(each, dict) and isinstance(each["right"], dict) and "runs" not in each["right"]
)


def wild(name):
    if not (WILD / name).exists():
        pytest.skip(NOTHING_BESIDE)
    return read((WILD / name).read_bytes())


def close(have, wanted) -> bool:
    if wanted is None or have is None:
        return wanted is have
    return math.isclose(have, wanted, rel_tol=1e-9)


def met(one, key, wanted) -> bool:
    """Whether a figure is as an expert has it."""
    match key:
        case _ if key in TIMES:
            right = time_met(one.latency_ms, key, wanted)
        case _ if key.endswith("_range"):
            right = one.latency_ms.range_of(key.removesuffix("_range")) == tuple(wanted)
        case "slower_than_2s_left_out":
            right = one.left_out == wanted
        case "tool" | "format":
            right = wanted in {one.format, one.tool} or wanted.startswith(one.tool)
        case "endpoints":
            right = len(one.endpoints) == wanted
        case "note":
            right = any(re.search(NOTED[wanted], note) for note in one.notes)
        case _:
            assert key in FACTS, f"no test knows what {key} is"
            right = close(getattr(one, key), wanted)
    return right


def time_met(times, key, wanted) -> bool:
    if not isinstance(wanted, str):
        return close(getattr(times, key), wanted)
    low, high = times.range_of(key)
    return (f"above {low:g}", high, getattr(times, key)) == (wanted, None, None)


@pytest.mark.parametrize(
    "name", FIGURES or [pytest.param("", marks=pytest.mark.skip(NOTHING_BESIDE))]
)
def test_a_wild_result_gives_what_an_expert_expects(name):
    (result,) = wild(name)
    right = EXPECTED[name]["right"]
    assert {key: wanted for key, wanted in right.items() if not met(result, key, wanted)} == {}


def test_every_wild_result_is_tested():
    if not EXPECTED:
        pytest.skip(NOTHING_BESIDE)
    assert {*FIGURES, *APART} == {each.name for each in WILD.iterdir()} - {"expected.json"}
    assert not APART & {*FIGURES}


def test_what_k6_prints_without_thresholds_is_read_as_with_them():
    (plain,), (limited,) = wild("k6-text-plain.txt"), wild("k6-text-thresholds.txt")
    assert (plain, plain.latency_ms.p95, plain.errors) == (limited, 12.4, 50)


def test_a_loop_of_linkerd_is_two_snapshots():
    first, second = wild("linkerd-stat-loop.txt")
    assert [each.endpoints[0].latency_ms.p50 for each in (first, second)] == [9, 11]


def test_two_fenced_blocks_are_two_runs():
    assert [each.latency_ms.p95 for each in wild("two-fenced-fortio.md")] == [9, 14]


def test_two_lines_of_vegeta_are_two_runs():
    assert [each.latency_ms.p95 for each in wild("vegeta-two-lines.json")] == [3, 3.5]


def test_a_log_that_jmeter_appended_to_is_two_runs():
    first, second = wild("jmeter-appended-runs.csv")
    for one, p50 in ((first, 19.5), (second, 39.5)):
        assert (one.requests, one.latency_ms.p50) == (2000, p50)
        assert one.duration_s == pytest.approx(20, abs=0.1)
        assert one.rps == pytest.approx(100, abs=0.5)


def test_figures_in_one_bucket_on_both_sides_cannot_be_told_apart():
    comparison = compare(wild("fortio-coarse-base.json"), wild("fortio-coarse-mesh.json"))
    assert {"p50", "p90", "p95"} <= {each.metric for each in comparison.unresolved}
    assert "-r 0.0001" in comparison.verdict
    assert "0.16 → 0.48 ms" in comparison.verdict
