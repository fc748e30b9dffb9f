"""Fortio, alone and as Nighthawk writes it, and Nighthawk's own files."""

from __future__ import annotations

import json

import pytest

from tests.loadtests.conftest import read, refused, run, sample

PAIR = ("fortio_json_by_nighthawk/1.json", "fortio_json_by_nighthawk/2.json")


def edited(name: str, **changes) -> bytes:
    return json.dumps({**json.loads(sample(name)), **changes}).encode()


def test_p95_that_was_not_asked_for_is_interpolated_and_says_so():
    found = run(sample("fortio_json/2.json"))
    assert found.latency_ms.how.p50 == "given"
    assert found.latency_ms.how.p95 == "interpolated"
    assert found.latency_ms.p95 == pytest.approx(0.8865745333)


def test_answers_below_one_bucket_are_bracketed_by_it():
    """With -r 0.001 everything below 1 ms is in one bucket."""
    found = run(sample("fortio_json/2.json"))
    assert found.latency_ms.p95_range == (0.27292, 0.930407)
    assert "coarse" in found.notes[0]


def test_fortios_rule_gives_every_percentile_that_it_lists():
    document = json.loads(sample("fortio_json/1.json"))
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
    node = json.loads(sample("fortio_json/2.json"))
    node["DurationHistogram"]["Data"] = []
    times = run(json.dumps(node)).latency_ms
    assert (times.p95, times.how.p95) == (None, "unavailable")
    assert times.p95_range == pytest.approx((0.8427420666666, 0.9216405066666))


def test_return_codes_count_where_they_differ_from_the_histogram():
    found = run(edited("fortio_json/2.json", RetCodes={"200": 5, "503": 3, "-1": 2}))
    assert (found.requests, found.errors, found.samples) == (10, 5, 4)
    assert found.errors_by_kind == {"HTTP 503": 3, "no answer": 2}


@pytest.mark.parametrize("code", ["SERVING", "OK"])
def test_grpc_codes_are_good(code):
    changes = {"RetCodes": {code: 4}, "RunType": "GRPC Ping", "URL": "", "Destination": "x:1"}
    found = run(edited("fortio_json/2.json", **changes))
    assert (found.errors, found.protocol, found.target) == (0, "grpc", "x:1")


def test_a_run_at_full_speed_asked_for_no_rate():
    assert run(edited("fortio_json/2.json", RequestedQPS="max")).requested_rps is None
    assert run(sample("fortio_json/2.json")).requested_rps == 40.0


def test_several_runs_in_a_meshery_record_stay_apart():
    runs = read(sample("fortio_json/1.json"))
    assert [each.error_rate for each in runs] == [0.0, 1.0, 1.0]
    assert [each.requested_rps for each in runs] == [None, 10.0, 10.0]


def test_nighthawks_rows_are_percentiles_and_are_not_interpolated():
    node = json.loads(sample(PAIR[0]))
    node["DurationHistogram"]["Percentiles"] = []
    times = run(json.dumps(node)).latency_ms
    assert (times.p50, times.p95) == (0.429679, 0.562175)
    assert times.how.p95 == "given"


def test_an_aborted_run_with_a_plausible_p50_is_all_errors():
    found = run(sample("fortio_json_by_nighthawk/5.json"))
    assert (found.requests, found.errors, found.error_rate) == (13, 13, 1.0)


def test_a_duration_in_seconds_of_2019_and_a_rate_of_one_worker():
    found = run(edited(PAIR[0], ActualDuration=60, ActualQPS=500.0))
    assert (found.duration_s, found.rps) == (60.0, 1000.0)


def nighthawk(**changes):
    node = json.loads(sample("nighthawk_json/2.json"))
    node["options"] |= changes.pop("options", {})
    for result in node["results"]:
        if result["name"] == "global":
            result.update(changes)
    return run(json.dumps(node))


def test_only_the_global_result_counts():
    found = nighthawk()
    assert (found.requests, found.samples) == (1317, 1317)
    assert found.target == "www.we-amp.com"


def test_an_inexact_step_is_not_called_given():
    how = nighthawk().latency_ms.how
    assert (how.p50, how.p95, how.p99) == ("given", "given", "interpolated")


def test_overflow_is_the_clients_and_no_error():
    found = nighthawk()
    assert (found.errors, found.unsent) == (0, 8631)


def test_resets_and_refused_connections_are_errors():
    counters = [
        {"name": "benchmark.http_2xx", "value": "90"},
        {"name": "benchmark.http_5xx", "value": "5"},
        {"name": "benchmark.stream_resets", "value": "3"},
        {"name": "benchmark.pool_connection_failure", "value": "2"},
    ]
    found = nighthawk(counters=counters)
    assert (found.requests, found.errors) == (100, 10)
    assert found.errors_by_kind == {
        "HTTP 5xx": 5,
        "stream resets": 3,
        "pool connection failure": 2,
    }


def test_an_old_file_without_duration_has_no_rate():
    found = nighthawk(execution_duration=None)
    assert (found.duration_s, found.rps) == (None, None)


def test_workers_multiply_rate_and_connections():
    found = nighthawk(options={"concurrency": "4", "h2": True})
    assert (found.requested_rps, found.connections, found.protocol) == (8000.0, 400, "http/2")


def test_a_golden_without_the_statistic_holds_no_latency():
    found = run(sample("nighthawk_json/1.json"))
    assert found.latency_ms.p50 is None
    assert found.requests is None
    assert "no latency" in found.notes[0]


def test_a_run_without_requests_is_refused():
    node = {"DurationHistogram": {"Count": 0, "Data": []}, "RetCodes": {}}
    assert "no requests" in refused(json.dumps(node))
