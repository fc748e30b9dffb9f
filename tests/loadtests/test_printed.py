"""What tools print, against figures that were computed without meshfit and without the tool."""

from __future__ import annotations

import json
import re

import pytest

from tests.loadtests.conftest import HERE, PRINTED, read, refused, run, sample

KEY = json.loads((HERE / "printed.json").read_text("utf-8"))
TEXTS = sorted(name for name in KEY if name.endswith(".txt"))
TIMES = ("p50", "p90", "p95", "p99", "max", "mean")
PLAIN = ("requests", "errors", "error_rate", "rps", "duration_s", "connections", "requested_rps")
PLAIN += ("unsent", "unanswered", "target", "protocol", "samples")


def printed(name: str) -> str:
    return (PRINTED / name).read_text("utf-8")


def differs(have, wanted, within: float) -> bool:
    if wanted is None or have is None or isinstance(wanted, str):
        return have != wanted
    return have != pytest.approx(wanted, rel=1e-7, abs=max(within, 1e-9))


def differences(figures, key, within_ms):
    """(what, have, wanted) for each figure of the key that is not met."""
    times = figures.latency_ms
    have = {name: (getattr(times, name), within_ms) for name in TIMES}
    have |= {name: (getattr(figures, name), 0) for name in PLAIN if hasattr(figures, name)}
    if "p95_range" in key:
        have["p95_range"] = (times.p95_range, within_ms)
    return [
        (name, *have[name], key[name])
        for name in key.keys() & have.keys()
        if differs(have[name][0], key[name], have[name][1])
    ]


def test_every_report_has_its_figures_and_every_figure_its_report():
    assert {path.name for path in PRINTED.iterdir()} == set(KEY)
    assert all(each["how"] and each["runs"] for each in KEY.values())


@pytest.mark.parametrize("name", sorted(KEY))
def test_a_printed_report_is_read_as_the_run_was(name):
    key, runs = KEY[name], read((PRINTED / name).read_bytes())
    assert [each.format for each in runs] == [key["format"]] * len(key["runs"])
    within = key.get("within_ms", 0)
    for one, wanted in zip(runs, key["runs"], strict=True):
        assert differences(one, wanted, within) == []
        by_name = {each.name: each for each in one.endpoints}
        assert set(by_name) == set(wanted.get("endpoints", {}))
        for endpoint, figures in wanted.get("endpoints", {}).items():
            assert differences(by_name[endpoint], figures, within) == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_is_known_however_it_was_copied(name):
    text = printed(name)
    whole = read(text)
    quoted = "".join(f"> {line}" for line in text.splitlines(keepends=True))
    for pasted in (
        text.replace("\n", "\r\n"),
        f"Our run of today:\n```\n$ make load\n{text}```\n",
        f"ann@laptop:~$ ./load.sh\n{text}ann@laptop:~$ ",
        quoted,
        text.replace("\n", "\x1b[0m\n"),
    ):
        assert read(pasted) == whole


LONG = [name for name in TEXTS if len(printed(name).split("\n")) > 12]


@pytest.mark.exhaustive
@pytest.mark.parametrize("prefix", ["load-6d4cf56db6-x2x9z hey ", "load-1  | ", "[pod/load-1/k6] "])
@pytest.mark.parametrize("name", LONG)
def test_a_report_is_known_behind_what_a_log_puts_before_it(name, prefix):
    text = printed(name)
    assert read("\n".join(prefix + each for each in text.splitlines())) == read(text)


@pytest.mark.parametrize("name", TEXTS)
def test_two_reports_in_one_file_are_two_runs(name):
    text = printed(name)
    assert read(f"{text}\n{text}") == read(text) * 2


ABOVE = (
    "k6-1.2.txt", "fortio-http.txt", "autocannon-9.0-codes.txt", "autocannon-9.0-latency.txt",
    "bombardier.txt", "drill.txt", "nighthawk.txt", "artillery-1.6.txt", "artillery-2.0.txt",
    "netperf-rr.txt",
)  # fmt: skip


@pytest.mark.exhaustive
@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("name", TEXTS)
def test_no_report_is_lost_below_one_of_another_tool(name, above):
    first, second = printed(above), printed(name)
    assert read(f"{first}\n{second}") == (*read(first), *read(second))


@pytest.mark.parametrize("name", TEXTS)
def test_no_report_is_lost_below_wrk_s(name):
    wrk = sample("wrk_text/local-1.txt").decode()
    result = read(f"{wrk}\n{printed(name)}")
    assert result == (*read(wrk), *read(printed(name)))


def test_a_summary_alone_of_drill_or_bombardier_is_not_lost_below_another_report():
    drill, bombardier = printed("drill.txt"), printed("bombardier.txt")
    for alone in (
        drill[drill.index("Time taken") :],
        bombardier[bombardier.index("Statistics") :],
    ):
        result = read(printed("siege-4.0.txt") + "\n" + alone)
        assert result == (*read(printed("siege-4.0.txt")), *read(alone))


# k6


def test_k6_in_one_line_of_dots_or_ellipses_with_other_ticks():
    text = printed("k6-0.49.txt").replace("...............", "…")
    text = text.replace("✓", "√").replace("✗", "x")
    assert read(text) == read(printed("k6-0.49.txt"))


def test_k6_before_0_31_says_nothing_of_failures():
    text = "\n".join(each for each in printed("k6-0.49.txt").splitlines() if "failed" not in each)
    assert (run(text).errors, run(text).error_rate, run(text).requests) == (None, None, 4000)


def test_what_a_threshold_on_a_tag_was_held_to_is_not_the_run_s():
    text = printed("k6-1.2.txt").replace("p(99)<900' p(99)", "p(98)<900' p(98)")
    tagged = text.replace("'p(95)<200' p(95)=", "'p(99)<200' p(99)=")
    assert run(tagged).latency_ms.p99 is None
    assert next(each for each in run(tagged).endpoints if each.name == "/cart").latency_ms.p99


def test_k6_that_failed_more_often_than_it_asked_is_damaged():
    text = printed("k6-1.2.txt").replace("40 out of 4000", "4001 out of 4000")
    assert "more failed requests" in refused(text)


# Fortio


def test_fortio_s_last_line_alone_is_a_run_without_percentiles():
    result = run(printed("fortio-http.txt").splitlines()[-1])
    assert (result.requests, result.errors, result.latency_ms.p50) == (3000, None, None)
    assert result.latency_ms.mean == pytest.approx(10.734)


def test_what_fortio_prints_of_one_thread_or_of_errors_is_not_the_run_s():
    text = printed("fortio-http.txt")
    thread = "Function duration : count 375 avg 9 +/- 1 min 8 max 10 sum 99\n"
    thread += "> 8 <= 9 , 8.5 , 100.00, 375\n"
    assert read(text.replace("Ended after", f"{thread}Ended after", 1)) == read(text)


def test_fortio_before_1_0_wrote_its_buckets_the_other_way_round():
    text = printed("fortio-http.txt")
    rows = [each for each in text.splitlines() if " <= " in each]
    older = text
    for each in rows[:-2]:
        older = older.replace(each, each.replace("> ", ">= ").replace(" <= ", " < "))
    assert read(older) == read(text)


def test_tcp_is_told_from_http_and_grpc():
    text = printed("fortio-grpc.txt").replace("Health SERVING : 1000", "tcp OK : 1000 (100.0 %)")
    assert (run(text).protocol, run(text).errors) == ("tcp", 0)
    assert run(printed("fortio-grpc.txt")).protocol == "grpc"


# Locust


OLDER = """\
 Name                                                          # reqs      # fails     Avg     Min     Max  |  Median   req/s failures/s
--------------------------------------------------------------------------------------------------------------------------------------------
 GET /cart                                                      16000    16(0.10%)      12       3      86  |       8   10.00    0.00
--------------------------------------------------------------------------------------------------------------------------------------------
 Aggregated                                                     16000    16(0.10%)      12       3      86  |       8   10.00    0.00

Percentage of the requests completed within given times
 Name                                                           # reqs    50%    66%    75%    80%    90%    95%    98%    99%   100%
--------------------------------------------------------------------------------------------------------------------------------------------
 GET /cart                                                       16000      8     10     11     13     18     25     35     44     68     84     86
--------------------------------------------------------------------------------------------------------------------------------------------
 Aggregated                                                      16000      8     10     11     13     18     25     35     44     68     84     86
"""  # noqa: E501 - as Locust 0.13 printed it, which named two columns too few


def test_an_older_locust_table_is_read_by_its_header():
    result = run(OLDER)
    times = result.latency_ms
    assert (result.requests, result.errors, result.rps) == (16000, 16, 10.0)
    assert (times.p50, times.p90, times.p95, times.p99, times.max) == (8, 18, 25, 44, 86)
    assert [each.name for each in result.endpoints] == ["GET /cart"]
    sound = OLDER.replace("    99%   100%", "    99%  99.9% 99.99%   100%")
    assert run(sound) == result


def test_the_oldest_locust_says_little_of_the_whole():
    rows = OLDER.partition("\n\n")[0].splitlines()
    rows[-1] = (
        " Total                16000    16(0.10%)                                       10.00"
    )
    result = run("\n".join(rows))
    assert (result.requests, result.latency_ms.p50) == (16000, None)
    assert result.endpoints[0].latency_ms.p50 == 8


def test_a_locust_run_that_went_on_has_no_rate_of_its_own():
    text = printed("locust-2.47.txt").partition("--run-time limit reached")[0]
    result = run(text)
    assert (result.requests, result.errors, result.rps) == (1458, 9, None)
    assert any("went on" in each for each in result.notes)


def test_a_locust_run_without_percentiles_above_a_whole_one_is_apart_or_said():
    text = printed("locust-2.47.txt")
    tables = re.split(r"\n(?=Type +Name +# reqs)", text)
    early, whole = f"{tables[-3]}\n", tables[-1]
    (result,) = read(f"{early}{whole}")
    assert result.requests == 1722
    assert any("same run and not read: 1." in each for each in result.notes)
    started = "[2026-11-28 20:00:00,1] vm/INFO/locust.main: Starting Locust 2.47\n"
    assert [each.requests for each in read(f"{early}{started}{whole}")] == [1169, 1722]
    (alone,) = read(whole)
    assert read(text)[0].notes == alone.notes


def test_a_locust_table_whose_longest_time_is_shorter_is_of_another_run():
    rows = OLDER.partition("\n\n")[0]
    slower = rows.replace("  86  |", "  99  |")
    assert len(read(f"{slower}\n\n{OLDER}")) == 2


def test_locust_without_a_row_for_all_is_cut_off():
    text = printed("locust-2.47.txt").replace("Aggregated", "GET /sum  ")
    assert "no row for all requests" in refused(text)


def test_locust_s_older_page_is_read_from_its_tables():
    cell = "<tr><td>{}</td><td>{}</td>" + "<td>{}</td>" * 8 + "</tr>\n"
    names = ("Method", "Name", "# Requests", "# Fails", "Average (ms)", "Min (ms)", "Max (ms)")
    heads = (*names, "Average size (bytes)", "RPS", "Failures/s")
    ranks = ("Method", "Name", *(f"{at}%ile (ms)" for at in (50, 60, 70, 80, 90, 95, 99, 100)))
    page = "<!DOCTYPE html>\n<html><head><title>Test Report - Locust</title></head><body>\n"
    page += "<p>During: <span>2021-11-10 10:00:00 - 2021-11-10 10:01:00</span></p>\n"
    page += "<p>Target Host: <span>http://127.0.0.1:8899</span></p><table>\n"
    page += cell.format(*heads).replace("td>", "th>")
    page += cell.format("GET", "/cart", 600, 6, 12, 3, 86, 120, "10.0", "0.1")
    page += cell.format("", "Aggregated", 600, 6, 12, 3, 86, 120, "10.0", "0.1") + "</table><table>"
    page += cell.format(*ranks).replace("td>", "th>")
    for who in (("GET", "/cart"), ("", "Aggregated")):
        page += cell.format(*who, 8, 10, 11, 13, 18, 25, 44, 86)
    result = run(page + "</table></body></html>")
    assert (result.requests, result.errors, result.rps, result.duration_s) == (600, 6, 10.0, 60.0)
    assert (result.latency_ms.p50, result.latency_ms.p95, result.latency_ms.p99) == (8, 25, 44)
    apart = '</span> - <span class="l10n datetime">'
    assert run(page.replace(" - 2021", f"{apart}2021")).duration_s == 60.0
    assert (result.target, [each.name for each in result.endpoints]) == (
        "http://127.0.0.1:8899",
        ["GET /cart"],
    )


def test_any_other_page_is_none():
    page = "<!DOCTYPE html><html><body><pre>\n" + printed("k6-0.49.txt") + "</pre></body></html>"
    assert "an HTML page" in refused(page)


# JMeter


def test_a_share_of_errors_that_leaves_several_numbers_gives_none():
    table = "Label,# Samples,Average,Min,Max,Std. Dev.,Error %,Throughput\n"
    result = run(table + "TOTAL,900000,15,3,300,4.2,0.300%,100.00000\n")
    assert (result.requests, result.errors, result.error_rate) == (900000, None, 0.003)
    assert run(table + "TOTAL,900,15,3,300,4.2,0.003,100.0\n").errors == 3
    assert run(table + "TOTAL,199999,15,3,300,4.2,0.000%,100.0\n").errors == 0
    many = run(table + "TOTAL,200000,15,3,300,4.2,0.000%,100.0\n")
    assert (many.errors, many.error_rate) == (None, 0)
    assert run(table + "TOTAL,900,15,3,300,4.2,0.000%,90.0/min\n").rps == 1.5


def test_jmeter_s_percent_lines_are_the_ones_its_header_names():
    table = printed("jmeter-aggregate.csv").replace("95% Line,99% Line", "99% Line,99.9% Line")
    times = run(table).latency_ms
    assert (times.p95, times.p95_range) == (None, (times.p90, times.p99))


def test_jmeter_2_13_names_no_percentile_and_does_not_round():
    result = run(printed("jmeter-2.13-aggregate.csv"))
    assert any("which percentiles" in each for each in result.notes)
    assert [each.errors for each in result.endpoints] == [0, 3]


def test_jmeter_where_a_comma_is_decimal():
    text = (
        "sampler_label,aggregate_report_count,average,aggregate_report_median,"
        "aggregate_report_90%_line,aggregate_report_min,aggregate_report_max,"
        "aggregate_report_error%,aggregate_report_rate\n"
        'search,200,17,16,20,9,40,"1,50%",",6"\n'
        'TOTAL,200,17,16,20,9,40,"1,50%","12,5"\n'
    )
    result = run(text)
    assert (result.errors, result.rps, result.endpoints[0].rps) == (3, 12.5, 0.6)


def test_jmeter_s_tables_in_another_language_are_read_by_their_places():
    head = (
        "Label,# 样本,平均值,中位数,90% 百分位,95% 百分位,99% 百分位,最小值,最大值,"
        "异常 %,吞吐量,接收 KB/sec,发送 KB/sec"
    )
    for name, here in (("jmeter-aggregate.csv", head), ("jmeter-summary.csv", None)):
        table = printed(name)
        first = (
            here
            or "Libellé,# Echantillons,Moyenne,Min,Max,Ecart type,% Erreur,Débit,Reçu,Emis,Moy."
        )
        translated = table.replace(table.partition("\n")[0], first).replace("TOTAL,", "总体,")
        result, wanted = run(translated), run(table)
        assert (result.requests, result.latency_ms) == (wanted.requests, wanted.latency_ms)
        assert (result.errors, result.rps, result.notes) == (
            wanted.errors,
            wanted.rps,
            wanted.notes,
        )
        assert [each.name for each in result.endpoints] == [each.name for each in wanted.endpoints]


def test_a_report_copied_from_jmeter_s_window_is_the_same():
    table = printed("jmeter-aggregate.csv")
    assert read(table.replace(",", "\t")) == read(table)
    assert read(table + "\n" + table) == read(table) * 2


def test_a_jmeter_report_without_its_total_has_endpoints_alone():
    table = printed("jmeter-aggregate.csv")
    result = run(table.rpartition("TOTAL")[0])
    assert (result.requests, result.rps, result.latency_ms.p95) == (None, None, None)
    assert result.endpoints == run(table).endpoints
    assert any("no row TOTAL" in each for each in result.notes)
    assert "no rows" in refused(table.partition("\n")[0])


def test_jmeter_s_lines_in_its_log_and_of_later_versions():
    log = "2024-05-01 10:00:{} INFO o.a.j.r.Summariser: summary {}\n"
    rest = "Avg:    12 Min:     3 Max:   240 Err:     2 (0.10%)"
    text = log.format(
        30, f"+   1000 in 00:00:30 =   33.3/s {rest} Active: 10 Started: 10 Finished: 0"
    )
    text += log.format(31, f"=   2000 in 00:01:00 =   33.3/s {rest}")
    result = run(text)
    assert (result.requests, result.errors, result.duration_s, result.connections) == (
        2000,
        2,
        60,
        10,
    )
    assert "summary =" in refused(text.partition("\n")[0])


# Gatling and bombardier


def test_gatling_s_own_prompt_marks_may_be_taken_for_quotes():
    text = "\n".join(
        e for e in printed("gatling-3.13.txt").splitlines() if e.startswith((">", "----"))
    )
    assert run(text).requests == 3000


def test_gatling_cut_off_above_its_counts_is_refused():
    lines = printed("gatling-3.13.txt").splitlines()
    assert "cut off" in refused("\n".join(e for e in lines if "request count" not in e))


def test_bombardier_without_its_distribution_or_its_greeting():
    text = printed("bombardier.txt")
    head, _, rest = text.partition("  Latency Distribution\n")
    result = run(head[head.index("Statistics") :] + rest[rest.index("  HTTP codes") :])
    assert (result.requests, result.target, result.duration_s) == (20000, None, None)
    assert result.latency_ms.p50 is None
    assert result.latency_ms.max is not None


def test_the_first_of_bombardier_s_distributions_is_of_all():
    text = printed("bombardier.txt")
    slow = "  Latency Distribution (2xx)\n     50%      1.00s\n     95%      1.01s\n"
    assert read(text.replace("  HTTP codes:", f"{slow}  HTTP codes:")) == read(text)


def test_bombardier_names_what_had_no_status():
    kinds = run(printed("bombardier.txt")).errors_by_kind
    assert kinds == {
        "HTTP 5xx": 33,
        "timeout": 4,
        "dial tcp 127.0.0.1:8080: connect: connection refused": 3,
    }


# autocannon, siege, artillery


def test_autocannon_s_table_is_no_report_of_wrk_and_thousands_are_no_number():
    text = printed("autocannon-9.0-codes.txt")
    bare = text[: text.index("┌──────┬")] + "2k requests in 4.01s, 324 kB read\n"
    result = run(bare)
    assert (result.tool, result.requests, result.errors, result.error_rate) == (
        "autocannon",
        None,
        0,
        0,
    )
    assert any("about how many" in each for each in result.notes)
    lost = run(bare + "12 errors (12 timeouts)\n")
    assert (lost.errors, lost.error_rate) == (12, None)
    few = bare.replace("2k requests", "900 requests")
    assert run(few).requests == 900
    assert run(few + "12 errors (12 timeouts)\n").requests is None
    assert run(bare.replace("2k", "4") + "12 errors (12 timeouts)\n").requests == 16
    assert "cut off" in refused(text[: text.index("│ Latency")] + "2k requests in 4s, 3 kB read")


def test_autocannon_of_another_language_gives_no_rate():
    text = printed("autocannon-9.0-codes.txt")
    assert run(text.replace("│ 387.5 │", "│ 387,5 │")).rps is None
    assert run(text.replace("│ 387.5 │", "│ 15,387.5 │")).rps == 15387.5
    assert run(text.replace("│ 387.5 │", "│ 15.387 │")).rps is None


def test_the_oldest_autocannon_had_no_frames():
    text = """\
Running 10s test @ http://127.0.0.1:8899/cart
10 connections with 10 pipelining factor

Stat         Avg     Stdev   Max
Latency (ms) 0.9     0.5     12
Req/Sec      9000.1  210.5   9500
Bytes/Sec    1.1 MB  21 kB   1.2 MB

90k requests in 10s, 11 MB read
"""
    result = run(text)
    assert (result.rps, result.latency_ms.mean, result.latency_ms.max) == (9000.1, 0.9, 12)
    assert (result.connections, result.latency_ms.p95_range) == (10, None)


def test_what_siege_counts_neither_as_good_nor_as_failed_is_not_judged():
    text = printed("siege-4.0-slow.txt").replace(
        "transactions:          60", "transactions:          50"
    )
    result = run(text)
    assert (result.requests, result.errors, result.error_rate) == (60, None, None)
    assert any("10 of its transactions neither" in each for each in result.notes)


def test_what_siege_rounds_is_said():
    result = run(printed("siege-4.0.txt"))
    assert result.latency_ms.mean == 30
    nothing = printed("siege-4.0.txt").replace("0.03 secs", "0.00 secs")
    assert run(nothing).latency_ms.mean is None
    assert any("between 25 and 35 ms" in each for each in result.notes)


def test_siege_cut_off_is_refused():
    assert "cut off" in refused(printed("siege-4.0.txt").partition("Failed")[0])


def test_artillery_that_lost_answers_counts_them_and_not_what_a_script_expects():
    node = json.loads(printed("artillery-2.0.json"))
    counters = node["aggregate"]["counters"]
    counters |= {"http.requests": 610, "errors.ETIMEDOUT": 10, "errors.Failed capture or match": 30}
    result = run(json.dumps(node))
    assert (result.requests, result.errors, result.samples) == (610, 14, 600)
    assert result.errors_by_kind == {"HTTP 503": 4, "ETIMEDOUT": 10}


def test_artillery_s_older_json():
    latency = {"min": 6, "max": 66, "median": 19.1, "p95": 40.9, "p99": 62.2}
    document = {"requestsCompleted": 596, "rps": {"count": 596, "mean": 23.5}, "latency": latency}
    document |= {"codes": {"200": 592, "503": 4}, "errors": {"ETIMEDOUT": 4}}
    result = run(json.dumps({"aggregate": document, "intermediate": []}))
    assert (result.requests, result.errors, result.rps) == (600, 8, 23.5)
    assert (result.latency_ms.p50, result.latency_ms.p95) == (19.1, 40.9)


def test_artillery_s_older_summary_without_codes_says_nothing_of_failures():
    text = printed("artillery-1.6.txt")
    head = text.rpartition("  Codes:")[0]
    assert (run(text).errors is None, run(head).errors, run(head).error_rate) == (False, None, None)


@pytest.mark.parametrize(
    ("tool", "text"),
    [
        ("artillery", "Report for the previous 10s @ 2016\n  Scenarios launched:  90\n"),
        ("Nighthawk", "  Percentile  Count   Value\n  0.500000    17999   478.255µs\n"),
        ("Locust", "Percentage of the requests completed within given times\n GET / 53 70 81\n"),
        ("Prometheus", 'http_seconds{uri="/",quantile="0.95",} 0.0115\n'),
    ],
)
def test_a_part_of_a_report_is_told_as_its_tool_s(tool, text):
    assert f"This looks like {tool}'s" in refused(text)


ENDS = {
    "artillery-1.6.txt": "    p99:",
    "drill.txt": "99.9'th percentile        21ms",
    "fortio-http.txt": "All done",
    "gatling-3.13.txt": "> mean throughput",
    "h2load-1.52.txt": "req/s           :",
    "nighthawk.txt": "Counter  ",
    "siege-4.0.txt": "Shortest",
    "jmeter-aggregate.csv": "TOTAL",
}


@pytest.mark.parametrize("name", ENDS)
def test_a_report_that_was_cut_below_its_figures_says_so(name):
    text = printed(name)
    assert text.count(ENDS[name]) >= 1
    whole, cut = run(text), run(text.rpartition(ENDS[name])[0])
    assert not [each for each in whole.notes if "may be cut off" in each]
    assert [each for each in cut.notes if "may be cut off" in each]


def test_of_two_reports_the_one_that_was_cut_says_so():
    text = printed("drill.txt")
    first, second = read(f"{text.rpartition('99.9')[0]}\n{text}")
    assert (
        "There is no percentile 99.9 below this drill report: it may be cut off, and what is "
        in (first.notes[-1])
    )
    assert second.notes == run(text).notes


# h2load, Nighthawk, netperf, drill


def test_what_nighthawk_s_log_says_above_a_report_is_what_was_asked_for():
    log = "[02:48:14.547237][1][I] Global targets: {} connections and {} calls per second.\n"
    text = printed("nighthawk.txt")
    first, second = read(log.format(400, 40000) + text + "\n" + log.format(8, 100) + text)
    assert (first.connections, first.requested_rps) == (400, 40000)
    assert (second.connections, second.requested_rps) == (8, 100)
    assert run(text).requested_rps is None


def test_h2load_of_today_prints_percentiles():
    text = printed("h2load-1.52.txt")
    head = "                     min         max         mean         sd        +/- sd"
    row = next(each for each in text.splitlines() if each.startswith("time for request"))
    newer = text.replace(
        head, "              min     max    median    p95    p99    mean    sd    +/- sd"
    )
    newer = newer.replace(
        row, "request :   10.35ms 43.33ms 25.1ms 39.5ms 40.9ms 25.84ms 8.78ms 57.67%"
    )
    times = run(newer).latency_ms
    assert (times.p50, times.p95, times.p99, times.mean) == (25.1, 39.5, 40.9, 25.84)


def test_h2load_that_reached_nobody_measured_nothing():
    text = """\
starting benchmark...
spawning thread #0: 2 total client(s). 10 total requests

finished in 307us, 0.00 req/s, 0B/s
requests: 10 total, 0 started, 0 done, 0 succeeded, 10 failed, 10 errored, 0 timeout
status codes: 0 2xx, 0 3xx, 0 4xx, 0 5xx
                     min         max         mean         sd        +/- sd
time for request:        0us         0us         0us         0us     0.00%
"""
    result = run(text)
    assert (result.requests, result.errors, result.samples) == (10, 10, 0)
    assert result.errors_by_kind == {"no answer": 10}
    assert set(result.latency_ms.how.model_dump().values()) == {"unavailable"}


def test_a_line_of_log_in_nighthawk_s_table_does_no_harm():
    text = printed("nighthawk.txt")
    log = "[02:48:50.882431][18][I] Wait for the connection pool drain timed out.\n"
    at = text.index("  Percentile", text.index("Request start"))
    assert read(text[:at] + log + text[at:]) == read(text)


def test_nighthawk_without_its_counters_counts_no_requests():
    result = run(printed("nighthawk.txt").partition("Counter")[0])
    assert (result.requests, result.errors, result.samples) == (None, None, 5000)
    assert result.latency_ms == run(printed("nighthawk.txt")).latency_ms


def test_netperf_with_a_burst_has_no_latency_of_its_own():
    text = printed("netperf-rr.txt").replace("first burst 0", "first burst 15")
    assert (run(text).latency_ms.mean, run(text).connections) == (None, 16)
    assert run(printed("netperf-rr.txt")).latency_ms.how.mean == "computed"


def test_netperf_that_measured_cpu_too_has_wider_rows():
    text = printed("netperf-rr.txt").replace("56915.76   ", "6591.45  0.86   1.34   62.490  97.446")
    assert run(text).rps == 6591.45


def test_netperf_s_table_for_people_is_known_without_a_title_and_row_by_row():
    table = printed("netperf-human.txt").partition("\n")[2]
    first = read(table)
    assert first[0].latency_ms == run(printed("netperf-human.txt")).latency_ms
    assert first[0].connections is None
    row = table.splitlines(keepends=True)[-1]
    slower = row.replace("12           13 ", "19           22 ")
    assert [each.latency_ms.p50 for each in read(table + slower)] == [0.012, 0.019]


def test_netperf_s_names_above_other_columns_are_none():
    table = printed("netperf-human.txt").partition("\n")[2]
    assert "netperf" in refused(table.replace("\n12 ", "\n12 34 ") + "netperf\n")


def test_netperf_s_streams_time_no_requests():
    text = "MIGRATED TCP STREAM TEST from 0.0.0.0 (0.0.0.0) port 0 AF_INET to 10.0.0.7 () port 0\n"
    assert "-t TCP_RR" in refused(text + "131072  16384  16384    10.00    94000.10\n")


def test_drill_in_a_list_or_a_table():
    text = printed("drill.txt")
    whole = text[text.index("Time taken") :]
    lines = whole.splitlines()
    asked = run(whole)
    assert run("\n".join(f"- {each}" for each in lines)) == asked
    rows = [each.replace("Failed requests ", "Failed requests (non 200)") for each in lines]
    assert run("\n".join(f"| {each[:25]} | {each[25:]} |" for each in rows)) == asked


def test_what_drill_cuts_to_0_ms_is_not_known():
    text = printed("drill.txt").replace(
        "Median time per request   4ms", "Median time per request   0ms"
    )
    text = text.replace("Median time per request   5ms", "Median time per request   0ms")
    assert run(text).latency_ms.p50 is None


# Istio's performance tests


def test_times_of_another_unit_in_istio_s_csv_are_refused():
    head, _, rows = printed("istio-perf.csv").partition("\n")
    cells = rows.splitlines()[0].split(",")
    cells[head.split(",").index("p50")] = "0.0023"
    assert "unit is not known" in refused(f"{head}\n{','.join(cells)}\n")


def test_istio_s_older_csv_says_the_rate_in_its_labels_alone():
    head = "StartTime,ActualDuration,Labels,NumThreads,ActualQPS,p50,p90,p99,cpu_mili_avg_proxy"
    row = (
        "2024-06-06T01:33:07.990208325Z,240,e955a07e_qps_1000_c_64_1024_both,64,998,900,1900,2300,7"
    )
    runs = read("\n".join([head, *[row] * 80]))
    assert len(runs) == 80
    assert (runs[0].requested_rps, runs[0].rps, runs[0].error_rate) == (1000, 998, None)
    assert (runs[0].latency_ms.p50, runs[0].latency_ms.p99, runs[0].latency_ms.max) == (
        0.9,
        2.3,
        None,
    )


def test_each_of_istio_s_runs_keeps_its_label():
    labels = [each.notes[-1] for each in read(printed("istio-perf.csv"))]
    assert labels[0] == 'Labelled "baseline_1000_16" in its file.'
