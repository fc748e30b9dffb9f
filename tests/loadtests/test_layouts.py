"""Layouts that versions of a tool differ in, and reports that lack a part: kinds met in public.

Each is written here after the layout, with figures of ours.
"""

from __future__ import annotations

import json

import pytest

from tests.loadtests.conftest import PRINTED, read, refused, run


def printed(name: str) -> str:
    return (PRINTED / name).read_text("utf-8")


# Locust


LOCUST_1_4 = """\
 Name                                          # reqs      # fails  |     Avg     Min     Max  Median  |   req/s failures/s
---------------------------------------------------------------------------------------------------------------------------
 POST /orders/                                   3000     3(0.10%)  |      12       4     150       9  |   50.00    0.05
---------------------------------------------------------------------------------------------------------------------------
 Aggregated                                      3000     3(0.10%)  |      12       4     150       9  |   50.00    0.05

Response time percentiles (approximated)
 Type     Name                                     50%    66%    75%    80%    90%    95%    98%    99%  99.9% 99.99%   100% # reqs
--------|-----------------------------------|---------|------|------|------|------|------|------|------|------|------|------|------|
 POST     /orders/                                   9     10     12     13     18     24     40     61    120    150    150   3000
--------|-----------------------------------|---------|------|------|------|------|------|------|------|------|------|------|------|
 None     Aggregated                                 9     10     12     13     18     24     40     61    120    150    150   3000
"""  # noqa: E501 - as Locust 1.4 printed it


def test_locust_until_1_5_called_the_whole_none_in_its_percentiles():
    result = run(LOCUST_1_4)
    times = result.latency_ms
    assert (times.p50, times.p90, times.p95, times.p99, times.max) == (9, 18, 24, 61, 150)
    assert (result.requests, result.errors, result.rps) == (3000, 3, 50.0)
    assert [each.latency_ms.p95 for each in result.endpoints] == [24]


def broken(text: str, width: int) -> str:
    """As PowerShell 5 writes down what a program says: broken at the width of its window."""
    lines = []
    for line in text.splitlines():
        rest = line
        while len(rest) > width:
            at = rest.rfind(" ", 0, width + 1)
            at = at if at > width - 16 else width
            lines.append(rest[:at])
            rest = rest[at:].lstrip()
        lines.append(rest)
    return "\r\n".join(lines)


@pytest.mark.parametrize("width", [110, 120, 140, 160])
@pytest.mark.parametrize("text", [printed("locust-2.47.txt"), LOCUST_1_4])
def test_locust_broken_at_the_width_of_a_window_is_whole(text, width):
    narrow = broken(text, width)
    assert read(("\ufeff" + narrow).encode("utf-16-le")) == read(text)
    assert read(f"{narrow}\n{narrow}") == read(text) * 2


def test_locust_s_files_beside_its_figures_are_told_as_such():
    assert "lists no failures" in refused("Method,Name,Error,Occurrences\r\n")
    assert "exceptions: give the file" in refused("Count,Message,Traceback,Nodes\r\n")


# artillery


def test_artillery_1_6_writes_empty_counters_beside_its_own():
    latency = {"min": 2, "max": 40, "median": 5, "p95": 11, "p99": 25}
    document = {"requestsCompleted": 600, "rps": {"count": 600, "mean": 9.9}, "latency": latency}
    document |= {"codes": {"200": 597, "500": 3}, "errors": {}, "counters": {}, "customStats": {}}
    result = run(json.dumps({"aggregate": document, "intermediate": []}))
    assert (result.requests, result.errors, result.rps, result.latency_ms.p95) == (600, 3, 9.9, 11)


def test_artillery_on_its_way_to_version_2_named_the_part_that_counts():
    node = json.loads(printed("artillery-2.0.json"))
    whole = run(json.dumps(node))
    aggregate = node["aggregate"]
    for part in ("counters", "rates", "summaries"):
        aggregate[part] = {
            f"{'core' if key.startswith('vusers') else 'engine'}.{key}": value
            for key, value in aggregate[part].items()
        }
    assert run(json.dumps(node)) == whole
    text = printed("artillery-2.0.txt").replace("\nhttp.", "\nengine.http.")
    assert run(text) == run(printed("artillery-2.0.txt"))


# netperf


def test_every_row_below_netperf_s_names_is_a_run():
    text = printed("netperf-omni.txt")
    row = text.splitlines()[-1]
    later = row.replace(",13,15,42,", ",19,22,60,")
    assert later != row
    assert [each.latency_ms.p99 for each in read(f"{text}{later}\n")] == [0.042, 0.06]
    again = "again with -P 0\n"
    assert read(f"{text}{again}{later}\n") == read(f"{text}{later}\n")


def test_netperf_s_throughput_is_a_rate_where_it_has_a_unit():
    title = printed("netperf-omni.txt").splitlines()[0]
    table = f"{title}\nThroughput,Throughput Units\n4000.00,Trans/s\n"
    result = run(table)
    assert (result.rps, result.latency_ms.mean) == (4000, 0.25)
    for bare in (
        f'{title}\nResult Tag,Throughput\n"first",4000.00\n',
        f"{title}\nTHROUGHPUT=4000\n",
    ):
        assert run(bare).rps is None
        assert any("add throughput_units" in each for each in run(bare).notes)


# Nighthawk


NIGHTHAWK_2019 = """\
[21:28:12.690627][27849][I] [source/client/client.cc:77] Global targets: 8 connections and 400 calls per second.
Nighthawk - A layer 7 protocol benchmarking tool.

Queueing and connection setup latency
  samples: 1992
  mean:    0s 000ms 002us
  pstdev:  0s 000ms 000us

  Percentile  Count       Latency
  0           1           0s 000ms 001us
  0.5         1013        0s 000ms 002us
  1           1992        0s 000ms 027us

Request start to response end
  samples: 1992
  mean:    0s 001ms 108us
  pstdev:  0s 000ms 061us

  Percentile  Count       Latency
  0           1           0s 000ms 973us
  0.5         997         0s 001ms 111us
  0.75        1495        0s 001ms 113us
  0.9         1793        0s 001ms 216us
  0.95        1893        0s 001ms 320us
  0.990625    1974        0s 002ms 130us
  0.999023    1991        0s 003ms 528us
  1           1992        0s 014ms 083us

Initiation to completion
  samples: 1992
  mean:    0s 005ms 113us
  pstdev:  0s 000ms 061us

  Percentile  Count       Latency
  0           1           0s 005ms 077us
  0.5         996         0s 005ms 115us
  0.9         1793        0s 005ms 121us
  1           1992        0s 054ms 090us

Counter                                 Value       Per second
client.benchmark.http_2xx               1994        398.80
client.benchmark.http_5xx               2           0.40
client.upstream_cx_http1_total          8           1.60
client.upstream_cx_rx_bytes_total       36008380    7201676.00
client.upstream_rq_total                1996        399.20
"""  # noqa: E501 - as Nighthawk printed it in 2019


def test_nighthawk_s_layout_of_2019():
    result = run(NIGHTHAWK_2019)
    times = result.latency_ms
    assert (result.requests, result.errors, result.samples, result.duration_s) == (1996, 2, 1992, 5)
    assert (result.connections, result.requested_rps, result.rps) == (8, 400, pytest.approx(399.2))
    assert (times.p50, times.p90, times.p95) == (1.111, 1.216, 1.32)
    assert (times.p99, times.how.p99, times.p99_range) == (2.13, "interpolated", (1.32, 2.13))
    assert (times.max, times.mean) == (14.083, 1.108)
    assert read(NIGHTHAWK_2019 * 2) == read(NIGHTHAWK_2019) * 2


# Fortio


def test_fortio_whose_codes_are_not_of_all_calls_counts_no_errors():
    text = printed("fortio-http.txt")
    lines = text.splitlines(keepends=True)
    without = "".join(each for each in lines if not each.startswith("Code 200"))
    for short, some in ((text.replace("Code 200 : 2985", "Code 200 : 20"), "35"), (without, "15")):
        result = run(short)
        assert (result.requests, result.errors, result.error_rate) == (3000, None, None)
        assert f"Its return codes are of {some} of 3,000 calls" in result.notes[0]
    more = run(text.replace("Code 200 : 2985", "Code 200 : 20000"))
    assert (more.requests, more.errors, more.samples) == (20015, 15, 3000)
    assert "its times of 3,000" in more.notes[0]
    assert not any("return codes" in each for each in run(text).notes)


# Grafana


def grafana(*rows: str) -> str:
    return "\n".join(['"Time","cart-1","cart-2"', *rows]) + "\n"


def test_grafana_s_thousands_are_read_where_a_cell_shows_that_they_are():
    when = "2024-05-01 10:00:{}"
    quoted = grafana(
        f'{when.format("00")},"1,721,992.5","1,234"', f'{when.format(15)},"2,000,000.5","998"'
    )
    assert [each.mean for each in read(quoted).series] == [1_860_996.5, 1116]
    rows = '"Series";"Time";"Value"\n"a";"2018-12-12T12:00:00+11:00";1,721,992.5\n'
    assert read(rows).series[0].mean == 1_721_992.5


def test_grafana_s_single_comma_may_be_either_and_is_left_out():
    result = read(grafana('2024-05-01 10:00:00,"1,234",5', "2024-05-01 10:00:15,999,7"))
    assert [each.mean for each in result.series] == [999, 6]
    assert any('"1,234"' in each for each in result.notes)


def test_grafana_s_thousands_without_quotes_are_refused_and_not_cut():
    row = "2024-05-01 10:00:00,1,721,992.5,1,234\n"
    assert "more cells than its header" in refused('"Time","cart-1"\n' + row)
    assert "more cells than its header" in refused(grafana(row))
