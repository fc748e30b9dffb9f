"""Fortio, alone and as Nighthawk writes it, and Nighthawk's own files."""

from __future__ import annotations

import json

import pytest

from bot.domain.runs.model import Latency
from bot.loadtests.buckets import coarse
from tests.loadtests.conftest import read, refused, run, sample

BY_NIGHTHAWKS = "fortio_json_by_nighthawk/made-1.json"


def edited(name: str, **changes) -> bytes:
    return json.dumps({**json.loads(sample(name)), **changes}).encode()


def test_p95_that_was_not_asked_for_is_interpolated_and_says_so():
    result = run(sample("fortio_json/made-3.json"))
    assert result.latency_ms.how.p50 == "given"
    assert result.latency_ms.how.p95 == "interpolated"
    assert result.latency_ms.p95 == pytest.approx(0.87)


def test_answers_below_one_bucket_are_bracketed_by_it():
    """With -r 0.001 everything below 1 ms is in one bucket."""
    result = run(sample("fortio_json/made-3.json"))
    assert result.latency_ms.p95_range == pytest.approx((0.31, 0.91))
    assert "coarse" in result.notes[0]


def histogram(start, end, mean, percent=99.0):
    """A file whose first bucket holds nearly all of 10,000 calls; in ms."""
    first, last = int(percent * 100), 10_000 - int(percent * 100)
    return json.dumps({
        "RunType": "HTTP",
        "RequestedQPS": "500",
        "ActualQPS": 500.0,
        "ActualDuration": 20_000_000_000,
        "DurationHistogram": {
            "Count": 10_000,
            "Min": start / 1e3,
            "Max": 0.02,
            "Avg": mean / 1e3,
            "Data": [
                {"Start": start / 1e3, "End": end / 1e3, "Percent": percent, "Count": first},
                {"Start": end / 1e3, "End": 0.02, "Percent": 100, "Count": last},
            ],
            "Percentiles": [{"Percentile": 50, "Value": (start + end) / 2e3}],
        },
        "RetCodes": {"200": 10_000},
    })  # fmt: skip


def test_a_bucket_that_holds_nearly_all_tells_no_figure_but_where_they_lie():
    """As `-r 0.001` makes it of a service below 1 ms; not even what Fortio lists holds."""
    times = run(histogram(0.035, 1.0, 0.17)).latency_ms
    assert (times.p50, times.p90, times.p95, times.mean) == (None, None, None, 0.17)
    for name in ("p50", "p90", "p95", "p99"):
        assert times.range_of(name) == (0.035, 1.0)
    assert times.how.p50 == "unavailable"
    (note,) = run(histogram(0.035, 1.0, 0.17)).notes
    assert note.startswith("p50, p90, p95, p99 are read off a coarse histogram")
    assert "-r 0.0001" in note


def test_several_ranges_are_told_in_one_sentence():
    ranges = {"p50_range": (1, 2), "p90_range": (1, 2), "p95_range": (2, 4), "p99_range": (4, 9)}
    (note,) = coarse(Latency(**ranges))
    assert note.startswith(
        "p50, p90 are read off a coarse histogram: between 1 and 2 ms; p95 between 2 and 4 ms; "
        "p99 between 4 and 9 ms. A run of Fortio with"
    )


def test_a_mean_that_denies_an_even_spread_denies_what_is_read_off_it():
    uneven, even = (run(histogram(0.4, 1.0, mean)).latency_ms for mean in (0.45, 0.8))
    assert (uneven.p95, uneven.p95_range) == (None, (0.4, 1.0))
    assert even.p95 == pytest.approx(0.4 + 0.6 * (95 - 0.01) / (99 - 0.01))
    assert even.p95_range == (0.4, 1.0)


def test_buckets_that_do_not_say_how_many_they_hold_tell_no_figure_inside_a_wide_one():
    document = json.loads(histogram(0.4, 1.0, 0.8))
    for row in document["DurationHistogram"]["Data"]:
        del row["Count"]
    times = run(json.dumps(document)).latency_ms
    assert (times.p95, times.p95_range) == (None, (0.4, 1.0))


def test_every_figure_read_off_a_histogram_carries_its_bucket():
    first = read(sample("fortio_json/made-4.json"))[0].latency_ms
    assert (first.how.p50, first.how.p95) == ("given", "interpolated")
    assert first.p50_range == pytest.approx((12, 13))
    assert first.p95_range == pytest.approx((22, 23))


def test_fortios_rule_gives_every_percentile_that_it_lists():
    document = json.loads(sample("fortio_json/made-4.json"))
    for record in document:
        for result in record["runner_results"]:
            histogram = result["DurationHistogram"]
            listed = {p["Percentile"]: p["Value"] for p in histogram["Percentiles"]}
            histogram["Percentiles"] = []
            times = run(json.dumps(result)).latency_ms
            for rank in (50, 90, 99):
                assert getattr(times, f"p{rank}") == pytest.approx(listed[rank] * 1e3, rel=1e-9)
            assert set(times.how.model_dump().values()) == {"interpolated", "given"}


def test_a_lowest_percentile_is_the_minimum():
    one = {
        "DurationHistogram": {
            "Count": 2,
            "Min": 0.001,
            "Max": 0.003,
            "Avg": 0.002,
            "Data": [{"Start": 0.001, "End": 0.003, "Percent": 100, "Count": 2}],
        },
        "ActualDuration": 1_000_000_000,
    }
    assert run(json.dumps(one)).latency_ms.p50 == 1.0


def test_a_file_without_histogram_rows_has_no_p95_and_brackets_it():
    node = json.loads(sample("fortio_json/made-3.json"))
    node["DurationHistogram"]["Data"] = []
    times = run(json.dumps(node)).latency_ms
    assert (times.p95, times.how.p95) == (None, "unavailable")
    assert times.p95_range == pytest.approx((0.83, 0.902))


def test_return_codes_count_where_they_differ_from_the_histogram():
    result = run(edited("fortio_json/made-3.json", RetCodes={"200": 5, "503": 3, "-1": 2}))
    assert (result.requests, result.errors, result.samples) == (10, 5, 4)
    assert result.errors_by_kind == {"HTTP 503": 3, "no answer": 2}


@pytest.mark.parametrize("code", ["SERVING", "OK"])
def test_grpc_codes_are_good(code):
    changes = {"RetCodes": {code: 4}, "RunType": "GRPC Ping", "URL": "", "Destination": "x:1"}
    result = run(edited("fortio_json/made-3.json", **changes))
    assert (result.errors, result.protocol, result.target) == (0, "grpc", "x:1")


def test_a_run_at_full_speed_asked_for_no_rate():
    assert run(edited("fortio_json/made-3.json", RequestedQPS="max")).requested_rps is None
    assert run(sample("fortio_json/made-3.json")).requested_rps == 40.0


def test_several_runs_in_a_meshery_record_stay_apart():
    runs = read(sample("fortio_json/made-4.json"))
    assert [each.error_rate for each in runs] == [8 / 1200, 1.0, 1.0]
    assert [each.requested_rps for each in runs] == [None, 10.0, 10.0]


def test_nighthawks_rows_are_percentiles_and_are_not_interpolated():
    node = json.loads(sample(BY_NIGHTHAWKS))
    node["DurationHistogram"]["Percentiles"] = []
    times = run(json.dumps(node)).latency_ms
    assert (times.p50, times.p95) == (11.836281, 22.112197)
    assert times.how.p95 == "given"


def test_an_aborted_run_with_a_plausible_p50_is_all_errors():
    result = run(sample("fortio_json_by_nighthawk/made-4.json"))
    assert (result.requests, result.errors, result.error_rate) == (13, 13, 1.0)


def test_a_duration_in_seconds_of_2019_and_a_rate_of_one_worker():
    result = run(edited(BY_NIGHTHAWKS, ActualDuration=60, ActualQPS=500.0))
    assert (result.duration_s, result.rps) == (60.0, 20.0)


def nighthawk(**changes):
    node = json.loads(sample("nighthawk_json/made-2.json"))
    node["options"] |= changes.pop("options", {})
    for result in node["results"]:
        if result["name"] == "global":
            result.update(changes)
    return run(json.dumps(node))


def test_only_the_global_result_counts():
    result = nighthawk()
    assert (result.requests, result.samples) == (1200, 1200)
    assert result.target == "http://shop.example/cart"


def test_an_inexact_step_is_not_called_given():
    how = nighthawk().latency_ms.how
    assert (how.p50, how.p95, how.p99) == ("given", "given", "interpolated")


def test_overflow_is_the_clients_and_no_error():
    result = nighthawk()
    assert (result.errors, result.unsent) == (0, 7214)


def test_resets_and_refused_connections_are_errors():
    counters = [
        {"name": "benchmark.http_2xx", "value": "90"},
        {"name": "benchmark.http_5xx", "value": "5"},
        {"name": "benchmark.stream_resets", "value": "3"},
        {"name": "benchmark.pool_connection_failure", "value": "2"},
    ]
    result = nighthawk(counters=counters)
    assert (result.requests, result.errors) == (100, 10)
    assert result.errors_by_kind == {
        "HTTP 5xx": 5,
        "stream resets": 3,
        "pool connection failure": 2,
    }


def test_an_old_file_without_duration_has_no_rate():
    result = nighthawk(execution_duration=None)
    assert (result.duration_s, result.rps) == (None, None)


def test_workers_multiply_rate_and_connections():
    result = nighthawk(options={"concurrency": "4", "h2": True})
    assert (result.requested_rps, result.connections, result.protocol) == (8000.0, 400, "http/2")


def test_a_golden_without_the_statistic_holds_no_latency():
    result = run(sample("nighthawk_json/made-3.json"))
    assert result.latency_ms.p50 is None
    assert result.requests is None
    assert "no latency" in result.notes[0]


def test_a_run_without_requests_is_refused():
    node = {"DurationHistogram": {"Count": 0, "Data": []}, "RetCodes": {}}
    assert "no requests" in refused(json.dumps(node))


BY_NIGHTHAWK = {
    "DurationHistogram": {
        "Data": [
            {"Start": 0.010, "End": 0.012, "Percent": 50, "Count": "5"},
            {"Start": 0.012, "End": 0.020, "Percent": 95, "Count": "3"},
            {"Start": 0.020, "End": 0.025, "Percent": 100, "Count": "1"},
        ]
    },
    "RetCodes": {"200": "10"},
    "ActualDuration": 5,
    "ActualQPS": 0.5,
}


def test_more_return_codes_than_the_histogram_counts_are_sound():
    """As an old exporter of Nighthawk wrote it, without or with a smaller Count."""
    result = run(json.dumps(BY_NIGHTHAWK))
    assert (result.requests, result.errors, result.samples) == (10, 0, 9)
    assert (result.duration_s, result.rps) == (5, 2)
    assert (result.latency_ms.p50, result.latency_ms.p95, result.latency_ms.max) == (12, 20, 25)
    assert result.notes == ("Its times are of 9 of the 10 calls that its return codes count.",)
    counted = {**BY_NIGHTHAWK["DurationHistogram"], "Count": "9"}
    assert run(json.dumps(BY_NIGHTHAWK | {"DurationHistogram": counted})) == result


def test_a_step_of_nighthawk_that_is_not_exact_lies_between_its_neighbours():
    for times in (run(sample(f"nighthawk_json/made-{n}.json")).latency_ms for n in (1, 2)):
        for name in ("p50", "p90", "p95", "p99"):
            if getattr(times.how, name) == "interpolated":
                low, high = times.range_of(name)
                assert low <= getattr(times, name) == high
