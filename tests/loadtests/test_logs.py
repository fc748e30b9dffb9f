"""Tables and logs: Locust, ApacheBench, JMeter, Gatling."""

from __future__ import annotations

import json
import re

import pytest

from bot.loadtests.jmeter_log import LOCAL
from bot.loadtests.quantities import Recurring, amounts
from tests.loadtests.conftest import read, refused, run, sample
from tests.loadtests.made import GATLING_JS, GATLING_LOG

LOCUST = sample("locust_stats_csv/local-1.csv").decode()
AB = sample("ab_text/local-1.txt").decode()
JTL = (
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
    "allThreads,URL\n"
)
RESULTS = '<?xml version="1.0"?><testResults version="1.2">{}</testResults>'


# Locust


def test_percentiles_are_found_by_the_header():
    other = LOCUST.replace("75%,80%", "60%,70%").replace("95%,98%", "94%,98%")
    times = run(other).latency_ms
    assert (times.p50, times.p90, times.p95) == (14.0, 43.0, None)
    assert times.p95_range == (54.0, 65.0)


def decimal_commas(text: str) -> str:
    """As a spreadsheet saves it where a comma is the decimal point."""
    return re.sub(r"(?<=;)(\d+)\.(\d+)(?=[;\n])", r"\1,\2", text.replace(",", ";"))


@pytest.mark.parametrize(
    "name", ["stats_csv/local-1", "stats_csv/made-1", "stats_history_csv/local-1"]
)
def test_decimal_commas_are_read_between_semicolons(name):
    text = sample(f"locust_{name}.csv").decode()
    assert decimal_commas(text).count(",") > 1
    assert read(decimal_commas(text)) == read(text)


def test_a_comma_that_may_stand_between_thousands_is_not_taken_for_a_decimal_point():
    head = "Type;Name;Request Count;Failure Count;Median Response Time;Average Response Time\n"
    assert '"1,234"' in refused(f"{head};Aggregated;600;0;12;1,234\n")
    assert run(f"{head};Aggregated;600;0;12;1,2345\n").latency_ms.mean == 1.2345
    assert '"1,234"' in refused(f"{head};Aggregated;1,234;0;12;1,2345\n")


def test_the_oldest_files_have_a_median_and_rows_shorter_than_their_header():
    result = run(sample("locust_stats_csv/made-1.csv"))
    assert (result.latency_ms.p50, result.latency_ms.p95) == (210.0, None)
    assert result.requests == 6000


def test_rounded_percentiles_are_said_to_be_rounded():
    assert "rounds" in run(LOCUST).notes[0]


def test_a_sliding_95_percent_is_never_the_result():
    result = run(sample("locust_stats_history_csv/local-1.csv"))
    assert (result.latency_ms.p50, result.latency_ms.p95, result.rps) == (14.0, None, None)
    assert "last seconds" in result.notes[0]
    assert (result.connections, result.duration_s) == (10, 23.0)
    assert {each.name for each in result.endpoints} == {"GET /flaky", "GET /nothing", "GET /slow"}


def test_failures_alone_know_no_number_of_requests():
    result = run(sample("locust_failures_csv/local-1.csv"))
    assert (result.errors, result.requests, result.error_rate) == (1104, None, None)
    assert {each.name: each.errors for each in result.endpoints} == {
        "GET /nothing": 957,
        "GET /flaky": 147,
    }


def test_locust_without_its_last_row_is_cut_off():
    assert "cut off" in refused(LOCUST[: LOCUST.index(",Aggregated")])


def test_an_endpoint_that_stands_twice_is_refused():
    row = next(line for line in LOCUST.splitlines() if line.startswith("GET,/slow"))
    assert "twice" in refused(LOCUST.replace(row, f"{row}\n{row}"))


def test_an_endpoint_may_be_called_like_the_row_for_all_requests():
    for called in ("Total", "Aggregated"):
        result = run(LOCUST.replace("GET,/slow", f"GET,{called}"))
        assert (result.requests, result.latency_ms) == (
            run(LOCUST).requests,
            run(LOCUST).latency_ms,
        )
        assert f"GET {called}" in {each.name for each in result.endpoints}
    cut = LOCUST.replace("GET,/slow", "GET,Total")
    assert "cut off" in refused(cut[: cut.index(",Aggregated")])
    older = LOCUST.replace("\n,Aggregated", "\nNone,Total").replace("GET,/slow", "GET,Total")
    assert run(older).requests == run(LOCUST).requests


def test_in_the_history_too_an_endpoint_may_be_called_total():
    history = sample("locust_stats_history_csv/local-1.csv").decode()
    result = run(history.replace("GET,/slow", "GET,Total"))
    assert (result.requests, result.latency_ms) == (run(history).requests, run(history).latency_ms)
    assert "GET Total" in {each.name for each in result.endpoints}


# ApacheBench


def test_another_length_is_no_error():
    text = AB.replace(
        "Failed requests:        0",
        "Failed requests:        40\n   (Connect: 0, Receive: 1, Length: 37, Exceptions: 2)\n"
        "Non-2xx responses:      5",
    )
    result = run(text)
    assert (result.errors, result.requests) == (8, 3000)


def test_the_first_time_per_request_is_a_requests():
    assert run(AB).latency_ms.mean == 32.322


def test_ab_tells_target_and_whether_connections_were_kept():
    assert run(AB).target == "http://127.0.0.1:18080/slow"
    without = AB.replace("Keep-Alive requests:    3000\n", "")
    assert any("without -k" in note for note in run(without).notes)
    assert not any("without -k" in note for note in run(AB).notes)


def test_ab_is_known_without_its_greeting():
    for first in ("Server Software:", "Document Path:", "Concurrency Level:"):
        result = run(AB[AB.index(first) :])
        assert (result.tool, result.requests, result.latency_ms) == (
            "ab",
            3000,
            run(AB).latency_ms,
        )
    assert "looks like ApacheBench's" in refused("Document Path: /a\nConcurrency Level: 5\n")


@pytest.mark.parametrize("first", ["This is ApacheBench", "Server Software:"])
def test_ab_is_read_where_its_line_ends_were_lost(first):
    lost = " ".join(AB[AB.index(first) :].split())
    assert run(lost) == run(AB)
    cut = lost[: lost.index("Complete requests")] + "Complete requests:"
    assert "cut off" in refused(cut)


def test_three_decimals_are_kept_where_ab_writes_them():
    assert run(AB).latency_ms.p95 == 64.0
    result = run(sample("ab_percentile_csv/local-1.csv"))
    assert (result.latency_ms.p95, result.requests, result.errors) == (63.711, None, None)


def test_samples_sorted_by_time_taken_have_no_order_in_time():
    result = run(sample("ab_gnuplot_tsv/local-1.tsv"))
    assert (result.requests, result.duration_s, result.rps) == (3000, None, None)
    assert result.latency_ms.how.p95 == "computed"


def test_ab_cut_off_is_refused():
    assert "cut off" in refused(AB[: AB.index("Complete requests")])
    table = sample("ab_percentile_csv/local-1.csv").decode()
    assert "cut off" in refused(table[: table.index("100,")])


# JMeter


def jtl(*rows: tuple, delimiter=",", header=JTL):
    text = header + "".join(
        f"{at},{took},{label},200,{message},t 1-1,text,{good},{n},https://shop.example/x\n"
        for n, (at, took, label, message, good) in enumerate(rows, 1)
    )
    return text.replace(",", delimiter)


ROWS = [(1700000000000 + n * 1000, 100 + n, "cart", "OK", "true") for n in range(10)]


def test_transactions_add_up_what_is_listed_already():
    message = "Number of samples in transaction : 3; number of failing samples : 0"
    result = run(jtl(*ROWS, (1700000000000, 5000, "checkout", message, "true")))
    assert (result.requests, result.latency_ms.max) == (10, 109.0)
    assert "1 rows of transaction controllers" in result.notes[0]


def test_parts_of_a_sample_are_in_it_already():
    whole = [(1700000000000 + n, 100, "page", "OK", "true") for n in range(5)]
    parts = [(at, 50, f"page-{n}", "OK", "true") for at, *_ in whole for n in range(2)]
    result = run(jtl(*whole, *parts))
    assert (result.requests, result.latency_ms.p50) == (5, 100.0)
    assert any("X-0" in note for note in result.notes)


def test_numbered_names_of_their_own_stay():
    own = [(1700000000000, 50, "step-1", "OK", "true"), (1700000001000, 60, "step", "OK", "true")]
    assert run(jtl(*own)).requests == 2


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_another_delimiter(delimiter):
    result = run(jtl(*ROWS, delimiter=delimiter))
    assert (result.requests, result.target, result.connections) == (10, "https://shop.example", 10)


def test_a_log_without_header_is_in_the_default_order():
    rows = [
        f"{at},{took},cart,200,OK,t 1-1,text,{good},,5,6,1,9,https://shop.example/x,3,0,1"
        for at, took, _, _, good in ROWS
    ]
    result = run("\n".join(rows))
    assert (result.requests, result.latency_ms.max, result.connections) == (10, 109.0, 9)


def test_a_log_without_header_may_have_its_times_formatted():
    rows = "2024/02/24 10:00:0{at}.000,{took},cart,200,OK,t 1-1,text,true,,5,6,1,9,x,3,0,1\n"
    result = run("".join(rows.format(at=at, took=100 + at) for at in range(9)))
    assert (result.requests, result.latency_ms.max) == (9, 108.0)
    assert result.duration_s == pytest.approx(8.108)


def test_formatted_times():
    result = run(sample("jmeter_jtl_csv/made-1.csv"))
    assert result.duration_s == pytest.approx(1.501)
    slashes = sample("jmeter_jtl_csv/made-1.csv").decode().replace("2025-11-28", "2025/11/28")
    assert run(slashes).duration_s == pytest.approx(1.501)
    nonsense = sample("jmeter_jtl_csv/made-1.csv").decode().replace("2025-11-28", "28 Nov")
    assert (run(nonsense).duration_s, run(nonsense).rps) == (None, None)


def test_a_log_cut_off_within_its_last_row_is_refused():
    log = sample("jmeter_jtl_csv/local-1.csv").decode().rstrip()
    last = log.rpartition("\n")[2]
    assert "the file is cut off" in refused(log[: len(log) - len(last) + last.rindex("http") + 18])
    assert run(log).requests == run(f"{log}\n").requests


def test_times_with_a_zone_are_kept_and_those_without_are_no_utc():
    days = ["2024-02-24"] * 5
    local, zoned = dated(*days), dated(*days, form="{day} 10:00:0{at}+02:00")
    assert local.started_at.isoformat(" ") == "2024-02-24 10:00:00"
    assert zoned.started_at.isoformat(" ") == "2024-02-24 08:00:00+00:00"
    assert (local.notes, zoned.notes) == ((LOCAL,), ())


def dated(*days, form="{day} 10:00:0{at}"):
    rows = [(form.format(day=day, at=at), 100, "cart", "OK", "true") for at, day in enumerate(days)]
    return run(jtl(*rows))


@pytest.mark.parametrize(
    "form", ["{day} 10:00:0{at}", "{day} 10:00:0{at}.000", "{day} 10:00:0{at} AM"]
)
@pytest.mark.parametrize("day", ["02/24/24", "02/24/2024", "24/02/2024", "24.02.2024"])
def test_a_date_that_has_one_meaning_is_read(day, form):
    result = dated(*[day] * 5, form=form)
    assert result.started_at.isoformat(" ") == "2024-02-24 10:00:00"
    assert result.duration_s == pytest.approx(4.1)
    assert result.rps == pytest.approx(5 / 4.1)
    assert result.notes == (LOCAL,)


@pytest.mark.parametrize("day", ["02/03/24", "24/02/25", "03/02/2024"])
def test_a_single_day_with_two_meanings_leaves_only_the_start_open(day):
    result = dated(*[day] * 5)
    assert (result.started_at, result.duration_s) == (None, pytest.approx(4.1))
    assert "its start is not available" in result.notes[-1]


def test_several_days_with_two_meanings_leave_the_duration_open():
    result = dated("02/03/24", "02/04/24")
    assert (result.started_at, result.duration_s, result.rps) == (None, None, None)
    assert (result.requests, result.latency_ms.p50) == (2, 100.0)
    assert "duration, rate not available" in result.notes[-1]
    assert dated("02/12/24", "02/13/24").duration_s == pytest.approx(86_401.1)
    assert dated("12/02/2024", "13/02/2024").duration_s == pytest.approx(86_401.1)


def test_times_that_are_not_read_are_said_not_to_be():
    for days in (["02/24/24", "24 Feb"], ["02/24/24", "24/02/24"], ["31/31/24"]):
        result = dated(*days)
        assert (result.started_at, result.duration_s, result.rps) == (None, None, None)
        assert "no form that is known" in result.notes[-1]


def test_a_log_without_header_may_have_the_month_first():
    row = "02/24/24 10:00:00,{},cart,200,OK,t 1-1,text,true,,5,6,1,9,x,3,0,1\n"
    result = run(row.format(100) + row.format(200))
    assert (result.requests, result.duration_s) == (2, pytest.approx(0.2))


def test_line_ends_inside_quotes():
    assert run(sample("jmeter_jtl_csv/made-2.csv")).requests == 2


@pytest.mark.parametrize("bad", ["-1", "nan", "inf", "x", "", "9" * 5000])
def test_a_time_that_is_none_is_refused_wherever_it_stands(bad):
    rows = [f"{1_700_000_000_000 + at},{at},GET /,200,,t,,true,1,\n" for at in range(30_000)]
    head = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,a,b\n"
    assert run(head + "".join(rows)).latency_ms.max == 29_999
    for at in (0, 20_000, 29_999):
        assert "elapsed" in refused(
            head + "".join([*rows[:at], rows[at].replace(f",{at},", f",{bad},", 1), *rows[at:]])
        )


def test_times_that_are_written_in_many_ways_are_one_number():
    often = Recurring("elapsed")
    assert often.read(["5", "5.0", "05", "5e0", "5"]) == [5.0] * 5
    assert often.read([f"{at}" for at in range(2 * Recurring.MOST)])[-1] == 2 * Recurring.MOST - 1
    assert often.read(["7.5", "7"]) == amounts(["7.5", "7"], "elapsed") == [7.5, 7.0]
    assert len(often) == 2 * Recurring.MOST + 3


def test_without_success_the_response_code_tells():
    result = run(
        "timeStamp,elapsed,label,responseCode\n1700000000000,5,a,200\n1700000000001,6,a,503\n"
    )
    assert result.errors == 1
    assert "neither success" in refused("timeStamp,elapsed,label\n1700000000000,5,a\n")


def test_what_is_nested_in_an_xml_sample_is_part_of_it():
    inner = '<httpSample t="40" ts="1700000000000" s="false" lb="a.png" rc="404"/>'
    outer = (
        f'<httpSample t="100" ts="1700000000000" s="true" lb="page" rc="200">{inner}</httpSample>'
    )
    result = run(RESULTS.format(outer * 3))
    assert (result.requests, result.errors, result.latency_ms.max) == (3, 0, 100.0)


def test_samples_below_an_xml_transaction_count_for_it():
    inner = '<httpSample t="40" ts="1700000000000" s="true" lb="a" rc="200"/>'
    words = "Number of samples in transaction : 1, number of failing samples : 0"
    result = run(
        RESULTS.format(f'<sample t="90" ts="1" s="true" lb="tx" rm="{words}">{inner}</sample>')
    )
    assert (result.requests, result.latency_ms.max) == (1, 40.0)


def test_an_xml_document_type_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    assert "document type" in refused(f'<?xml version="1.0"?>{bomb}<testResults>&b;</testResults>')


@pytest.mark.parametrize("declared", ["UTF-16", "utf-16", "utf-16le", "UTF-8"])
def test_xml_in_utf_16_is_read_whatever_it_declares(declared):
    each = '<httpSample t="40" ts="1700000000000" s="true" lb="Gerät" rc="200"/>'
    text = RESULTS.format(each).replace('"1.0"?', f'"1.0" encoding="{declared}"?', 1)
    assert [each.name for each in run(text.encode("utf-16")).endpoints] == ["Gerät"]
    assert run(text).latency_ms.max == 40.0


def test_xml_cut_off_is_refused():
    assert "cut off" in refused(sample("jmeter_jtl_xml/local-1.xml")[:-30])


def test_statistics_do_not_say_which_percentiles_they_hold():
    result = run(sample("jmeter_statistics_json/made-1.json"))
    assert "does not say" in result.notes[0]
    node = json.loads(sample("jmeter_statistics_json/made-1.json"))
    del node["Total"]
    assert "cut off" in refused(json.dumps(node))


# Gatling


def test_stats_of_a_scenario_and_its_requests():
    first = read(sample("gatling_stats_json/made-2.json"))[0]
    assert [each.name for each in first.endpoints][:1] == ["Log in"]
    assert "does not say" in first.notes[0]


def test_percentiles_out_of_order_were_configured_otherwise():
    text = sample("gatling_stats_json/made-1.json").decode().replace('"total": 28', '"total": 9')
    assert "above a higher one" in refused(text)


def test_dashes_and_texts_are_read_as_numbers_or_nothing():
    result = run(GATLING_JS)
    assert (result.format, result.requests, result.errors) == ("gatling_stats_js", 2000, 10)
    assert (result.latency_ms.p50, result.latency_ms.p95, result.rps) == (10.0, 30.0, 33.5)
    assert [each.name for each in result.endpoints] == ["cart"]
    assert run(GATLING_JS.replace(b'"total": "30"', b'"total": "-"')).latency_ms.p95 is None


def test_a_text_log_of_simulations():
    result = run(GATLING_LOG)
    assert (result.requests, result.errors, result.latency_ms.max) == (3, 1, 500.0)
    assert (result.duration_s, result.latency_ms.p50) == (2.0, 30.0)


@pytest.mark.parametrize("lead", ["REQUEST\t7\t", "cart\t7\tREQUEST\t"])
def test_older_logs_carry_a_users_number(lead):
    text = f"RUN\tx\n{lead}\tpay\t1700000000000\t1700000000250\tOK\n"
    assert run(text).latency_ms.max == 250.0


def test_logs_of_2_0_hold_four_times_of_a_request():
    times = "1700000000000\t1700000000005\t1700000000200\t1700000000250"
    result = run(
        f"shop.Cart\tcart\tRUN\t1700000000000\t \t2.0\nbuyer\t7\tREQUEST\t\tpay\t{times}\tOK\n"
    )
    assert result.latency_ms.max == 250.0
    assert [each.name for each in result.endpoints] == ["pay"]


def test_assertions_may_stand_before_the_run():
    assert run(b"ASSERTION\tAAECAAIFAAAA\n" + GATLING_LOG) == run(GATLING_LOG)


def test_a_request_may_be_called_ok():
    text = "RUN\tx\nREQUEST\tbuyer\t7\t\tOK\t1700000000000\t1700000000250\tOK\n"
    assert [each.name for each in run(text).endpoints] == ["OK"]


def test_a_newer_binary_log_is_refused():
    assert "binary" in refused(b"\x00\x00\x00\x053.12.0" + b"\x00" * 50)
