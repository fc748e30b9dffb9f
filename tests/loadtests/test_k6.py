"""k6: its three summaries, its CSV and its JSON stream."""

from __future__ import annotations

import json

import pytest

from bot.loadtests import records
from tests.loadtests.conftest import read, refused, run, sample
from tests.loadtests.made import K6_MACHINE, K6_STREAM_GRPC

HEADER = "metric_name,timestamp,metric_value,check,error,error_code,group,method,name,proto\n"


def summary(**metrics):
    node = json.loads(sample("k6_handleSummary/made-2.json"))
    for name, values in metrics.items():
        if values is None:
            node["metrics"].pop(name)
        else:
            node["metrics"][name] = {"type": "x", "contains": "time", "values": values}
    return run(json.dumps(node))


def rows(*lines: tuple) -> str:
    return HEADER + "".join(
        f"{metric},{at},{value},,{error},,{group},GET,{name},HTTP/2.0\n"
        for metric, at, value, error, group, name in lines
    )


def request(at, took, *, failed=0, error="", group="", name="/cart"):
    return (
        ("http_req_duration", at, took, error, group, name),
        ("http_req_failed", at, failed, error, group, name),
    )


def test_what_passed_http_req_failed_has_failed():
    result = run(sample("k6_handleSummary/made-2.json"))
    assert (result.errors, result.requests) == (207, 1200)


def test_checks_are_no_errors_and_old_files_have_no_error_rate():
    result = run(sample("k6_summary_export/made-2.json"))
    assert (result.errors, result.error_rate) == (None, None)


def test_zeros_everywhere_mean_that_nothing_was_measured():
    zeros = dict.fromkeys(("avg", "min", "med", "max", "p(90)", "p(95)"), 0)
    failed = {"rate": 1, "passes": 1200, "fails": 0}
    result = summary(http_req_duration=zeros, http_req_failed=failed)
    assert result.error_rate == 1.0
    assert result.latency_ms.p95 is None
    assert result.latency_ms.how.p95 == "unavailable"


def test_time_to_connect_is_said_beside_the_latencies():
    assert any("http_req_connecting, 6.39 ms" in each for each in run(
        sample("k6_handleSummary/made-2.json")).notes)  # fmt: skip


def test_percentiles_that_were_not_asked_for_bracket_p95():
    asked = {"avg": 5, "med": 4, "max": 90, "p(90)": 10, "p(99)": 20}
    times = summary(http_req_duration=asked).latency_ms
    assert (times.p95, times.p95_range, times.p99) == (None, (10.0, 20.0), 20.0)


def test_only_whole_iterations_are_said_to_hold_pauses():
    result = summary(http_req_duration=None)
    assert "pauses" in result.notes[0]
    assert result.latency_ms.p95 == pytest.approx(40 * 22.21217725)


def test_dropped_iterations_were_never_sent():
    assert summary(dropped_iterations={"count": 12, "rate": 1}).unsent == 12


def test_tags_with_a_threshold_are_endpoints_and_expected_responses_are_not():
    tagged = {
        "http_req_duration{name:cart}": {"avg": 5, "med": 4, "max": 90, "p(90)": 8, "p(95)": 9},
        "http_req_failed{name:cart}": {"rate": 0.5, "passes": 2, "fails": 2},
    }
    (cart,) = summary(**tagged).endpoints
    assert (cart.name, cart.latency_ms.p95, cart.requests, cart.errors) == ("cart", 9.0, 4, 2)


def test_the_machine_readable_summary():
    result = run(K6_MACHINE)
    assert result.format == "k6_machine_summary"
    assert (result.requests, result.errors, result.duration_s) == (3000, 30, 60.5)
    assert (result.latency_ms.p50, result.latency_ms.p95) == (10.0, 30.0)
    assert result.connections == 20


def test_a_custom_summary_is_not_taken_for_k6s():
    assert "no result that meshfit knows" in refused('{"metrics": {"p95": 5}}')


def test_three_files_of_one_run_agree_to_the_last_digit():
    figures = [
        run(sample(f"{each}/made-1.{kind}"))
        for each, kind in (
            ("k6_handleSummary", "json"),
            ("k6_csv", "csv"),
            ("k6_json_stream", "json"),
        )
    ]
    for key in ("p50", "p90", "p95", "p99", "max"):
        assert len({round(getattr(each.latency_ms, key), 9) for each in figures}) == 1
    assert figures[0].latency_ms.how.p95 == "given"
    assert figures[1].latency_ms.how.p95 == "computed"


def test_columns_are_found_by_the_header():
    lines = sample("k6_csv/made-1.csv").decode().splitlines()[:200]
    turned = "\n".join(",".join(reversed(line.split(","))) for line in lines) + "\n"
    plain = run("\n".join(lines) + "\n")
    assert run(turned) == plain
    older = "\n".join(line.rpartition(",")[0] for line in lines) + "\n"
    assert run(older) == plain


def test_quotes_commas_and_line_ends_in_an_error_change_nothing_else():
    error = '"dial: ""x"", then\nhttp_req_duration,1,99999,"'
    result = run(rows(*request(1700000000, 5), *request(1700000001, 7, failed=1, error=error)))
    assert (result.requests, result.errors, result.latency_ms.max) == (2, 1, 7.0)


def test_a_record_across_two_chunks_is_read_once():
    many = [line for n in range(9000) for line in request(1700000000 + n // 100, n / 10)]
    quoted = [*many[:-2], *request(1700000090, 900, error='"a\n\nb"')]
    for lines in (many, quoted):
        data = rows(*lines)
        assert len(data) > records.CHUNK / 2
        result = run(data * 1)
        assert result.requests == 9000
        assert result.latency_ms.p50 == pytest.approx(449.95)


def test_set_up_and_tear_down_are_no_part_of_the_test():
    lines = (*request(1, 5), *request(2, 500, group="::setup"), *request(3, 9, group="::teardown"))
    result = run(rows(*lines))
    assert (result.requests, result.latency_ms.max) == (1, 5.0)


@pytest.mark.parametrize(
    "times",
    [
        (1700000000, 1700000004),
        (1700000000000, 1700000004000),
        (1700000000000000, 1700000004000000),
        (1700000000000000000, 1700000004000000000),
        ("2023-11-14T22:13:20Z", "2023-11-14T22:13:24.000000000Z"),
    ],
)
def test_times_of_every_precision(times):
    result = run(rows(*(line for at in times for line in request(at, 5))))
    assert result.duration_s == 4.0
    assert result.started_at.isoformat() == "2023-11-14T22:13:20+00:00"
    assert "1 s" in result.notes[0]


def full(seconds, each=20):
    """So many requests in each of some whole seconds."""
    return [line for at, n in seconds for _ in range(n * each // 20) for line in request(at, 5)]


@pytest.mark.parametrize(
    ("seconds", "lasted"),
    [
        ([(at, 20) for at in range(10)], 10),
        ([(0, 8), *((at, 20) for at in range(1, 10)), (10, 12)], 10),
        ([(0, 4), *((at, 20) for at in range(1, 5)), (5, 9)], 5),
        ([(at, 20) for at in range(2)], 2),
        ([(7, 20)], 1),
    ],
)
def test_ten_whole_seconds_are_ten_seconds(seconds, lasted):
    """The first and the last count as far as they are full."""
    result = run(rows(*full([(1700000000 + at, n) for at, n in seconds])))
    assert result.duration_s == lasted
    assert result.rps == result.requests / lasted


def test_failures_are_counted_where_they_happened():
    lines = (*request(1, 5), *request(2, 6, failed=1, name="/pay"), *request(3, 7, name="/pay"))
    result = run(rows(*lines))
    assert {each.name: each.errors for each in result.endpoints} == {"GET /cart": 0, "GET /pay": 1}
    assert result.protocol == "http/2.0"


def test_urls_with_ids_give_up_names_and_no_request():
    result = run(rows(*(line for n in range(1000) for line in request(n, n, name=f"/user/{n}"))))
    assert (result.requests, result.endpoints) == (1000, ())
    assert result.latency_ms.p50 == 499.5
    assert "different names" in " ".join(result.notes)


def test_a_file_cut_off_in_its_last_row_is_refused():
    assert "cut off" in refused(rows(*request(1, 5))[:-20])


@pytest.mark.parametrize("value", ["-5", "NaN", "inf", "x", ""])
def test_a_time_that_is_none_is_refused(value):
    refused(rows(*request(1, 5), *request(2, value)))
    refused(rows(*request(1, 5), *request(2, value, error='"quoted"')))


def test_a_file_of_other_metrics_is_refused():
    assert "no row of http_req_duration" in refused(rows(("vus", 1, 5, "", "", "")))


def test_grpc_requests_of_a_stream():
    result = run(K6_STREAM_GRPC)
    assert (result.requests, result.latency_ms.p50, result.errors) == (2, 10.0, None)
    assert result.duration_s == 2.0


def test_a_stream_is_no_single_document():
    assert read(sample("k6_json_stream/made-1.json"))[0].format == "k6_json_stream"


def test_a_stream_cut_off_is_refused():
    lines = sample("k6_json_stream/made-1.json").splitlines(keepends=True)[:60]
    assert "cut off" in refused(b"".join(lines)[:-30])


def test_a_summary_of_grpc_counts_no_requests():
    """Iterations are not calls, so neither their number nor their rate stands for them."""
    trend = {"avg": 2.0, "min": 1.0, "med": 2.0, "max": 9.0, "p(90)": 3.0, "p(95)": 4.0}
    result = run(
        json.dumps(
            {
                "root_group": {},
                "metrics": {
                    "grpc_req_duration": trend,
                    "iterations": {"count": 600, "rate": 10.0},
                },
            }
        )
    )
    assert (result.protocol, result.latency_ms.p95) == ("grpc", 4.0)
    assert (result.requests, result.rps, result.duration_s) == (None, None, None)
