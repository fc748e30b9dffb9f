"""Several results in one file: each run apart, and a word on whatever was not read."""

from __future__ import annotations

import json
import re

import pytest

from bot.domain.runs.model import Latency, Resources
from tests.loadtests.conftest import read, refused, run, sample
from tests.loadtests.made import AUTOCANNON, BOMBARDIER, GATLING_JS, K6_MACHINE, OHA_TEXT

JSON = {
    "fortio_json": sample("fortio_json/made-1.json"),
    "fortio_json_by_nighthawk": sample("fortio_json_by_nighthawk/made-1.json"),
    "k6_summary_export": sample("k6_summary_export/made-1.json"),
    "k6_handleSummary": sample("k6_handleSummary/made-1.json"),
    "k6_machine_summary": K6_MACHINE,
    "oha_json": sample("oha_json/made-1.json"),
    "vegeta_json": sample("vegeta_json/made-1.json"),
    "ghz_json": sample("ghz_json/made-1.json"),
    "bombardier_json": BOMBARDIER,
    "autocannon_json": AUTOCANNON,
    "nighthawk_json": sample("nighthawk_json/made-1.json"),
    "jmeter_statistics_json": sample("jmeter_statistics_json/made-1.json"),
    "gatling_stats_json": sample("gatling_stats_json/made-1.json"),
}
TEXT = {
    "wrk_text": sample("wrk_text/local-1.txt"),
    "wrk2_text": sample("wrk2_text/local-1.txt"),
    "hey_text": sample("hey_text/local-1.txt"),
    "oha_text": OHA_TEXT,
    "ghz_text": sample("ghz_text/made-1.txt"),
    "ab_text": sample("ab_text/local-1.txt"),
    "vegeta_text": sample("vegeta_text/made-1.txt"),
}
BOTH = {name: data.decode() for name, data in (JSON | TEXT).items()}


def formats(text: str) -> list[str]:
    return [each.format for each in read(text)]


def bare(result):
    """Runs without what is said of the file."""
    return [each.model_copy(update={"notes": ()}) for each in result]


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("between", ["\n", "\n\n", "", " ", ",\n", " ,\n\n"])
def test_documents_in_a_row_are_runs_apart(name, between):
    once = BOTH[name].strip()
    assert read(f"{once}{between}{once}{between}{once}") == read(once) * 3


@pytest.mark.parametrize("name", BOTH)
def test_fenced_blocks_are_runs_apart(name):
    text = f"Baseline:\n\n```json\n{BOTH[name]}\n```\n\nWith it:\n\n```\n{BOTH[name]}\n```\n"
    result = read(text)
    assert bare(result) == bare(read(BOTH[name])) * 2
    if name in JSON:
        assert '"Baseline:"' in result[0].notes[0]


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", BOTH)
@pytest.mark.parametrize("second", ["wrk_text", "hey_text", "vegeta_json", "ab_text"])
def test_one_tool_after_another_is_read_with_both(first, second):
    if first != second:
        firsts = formats(BOTH[first])
        assert formats(f"{BOTH[first]}\n{BOTH[second]}\n") == [*firsts, second]
        assert formats(f"$ one\n{BOTH[second]}\n$ two\n{BOTH[first]}\n") == [second, *firsts]


def test_commands_above_reports_of_two_tools_do_not_hide_the_second():
    text = f"$ wrk -c10 http://a\n{BOTH['wrk_text']}\n$ hey -c 8 http://b\n{BOTH['hey_text']}"
    assert [each.tool for each in read(text)] == ["wrk", "hey"]


def test_a_document_after_the_first_that_is_damaged_is_said():
    whole = BOTH["vegeta_json"].strip()
    (result,) = read(f"{whole}\n{whole[:-40]}")
    assert result.requests == run(whole).requests
    assert "was not read" in result.notes[0]
    assert "damaged or cut off" in result.notes[0]
    assert "cut off" in refused(whole[:-40])


def test_a_document_that_is_no_result_is_said():
    (result,) = read(f'{BOTH["ghz_json"].strip()}\n{{"hello": "world"}}\n')
    assert result.notes[0].startswith("Not read, because it is no result that meshfit knows: ")
    assert "hello" in result.notes[0]


def test_a_run_that_is_damaged_beside_a_sound_one_is_said():
    wrong = json.dumps(json.loads(BOTH["vegeta_json"]) | {"requests": -5})
    (result,) = read(f"{BOTH['vegeta_json'].strip()}\n{wrong}")
    assert "below 0" in result.notes[0]


def test_what_a_tool_prints_and_writes_of_one_run_is_one_run():
    printed = BOTH["hey_text"]
    text = sample_of_fortio_printed()
    first, second = read(f"{text}\n{printed}")
    assert (first.tool, second.tool) == ("fortio", "hey")
    both = read(f"{text}\n{fortio_written(first)}")
    assert len(both) == 1
    assert both[0].format == "fortio_json"
    assert "twice" in both[0].notes[0]
    assert len(read(f"{text}\n{fortio_written(first, 1)}")) == 2
    slower = first.model_copy(update={"latency_ms": Latency(mean=20, max=80, p50=18)})
    assert len(read(f"{text}\n{fortio_written(slower)}")) == 2


def sample_of_fortio_printed() -> str:
    from tests.loadtests.conftest import PRINTED  # noqa: PLC0415 - of the printed formats alone

    return (PRINTED / "fortio-http.txt").read_text("utf-8")


def fortio_written(like, more=0) -> str:
    """Fortio's JSON of the run that it printed."""
    document = json.loads(BOTH["fortio_json"])
    times = like.latency_ms
    document["DurationHistogram"] = {
        "Count": like.requests + more,
        "Avg": times.mean / 1e3,
        "Max": times.max / 1e3,
        "Percentiles": [{"Percentile": 50, "Value": times.p50 / 1e3}],
    }
    document["RetCodes"] = {"200": like.requests + more}
    return json.dumps(document | {"ActualQPS": like.rps})


def test_runs_beside_cpu_and_memory_are_read_and_the_rest_said():
    top = sample("kubectl_top/local-1.txt").decode()
    (result,) = read(f"{BOTH['wrk_text']}\n$ kubectl top nodes\n{top}")
    assert result.tool == "wrk"
    assert "kubectl_top" in result.notes[0]
    usage = read(f"{top}\n{sample('prometheus_json/local-2.json').decode()}")
    assert isinstance(usage, Resources)
    assert usage.usages
    assert usage.series


def test_answers_of_prometheus_in_a_row_are_read_with_all_their_series():
    one, two = (sample(f"prometheus_json/local-{n}.json").decode().strip() for n in (1, 2))
    result = read(f"{one}\n{two}\n")
    assert result.series == read(one).series + read(two).series


def test_more_documents_than_a_file_of_results_has_are_refused_quickly():
    assert "no result" in refused('{"a": 1}\n' * 50_000)
    assert refused('{"a": \n' * 50_000)


def test_a_script_of_gatling_is_one_run():
    assert len(read(GATLING_JS)) == 1


ROWS = {
    "hey_csv": sample("hey_csv/local-1.csv"),
    "jmeter_jtl_csv": sample("jmeter_jtl_csv/local-1.csv"),
    "k6_csv": b"".join(sample("k6_csv/made-1.csv").splitlines(keepends=True)[:2000]),
    "k6_json_stream": b"".join(
        sample("k6_json_stream/made-1.json").splitlines(keepends=True)[:2000]
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_logs_put_together_are_runs_apart(name):
    once = ROWS[name].decode().removesuffix("\n") + "\n"
    assert read(once * 3) == read(once) * 3


@pytest.mark.parametrize("later", [600, -600])
def test_rows_appended_to_k6_s_csv_without_a_header_are_a_run_apart(later):
    header, *rows = ROWS["k6_csv"].decode().splitlines(keepends=True)
    once = "".join(rows)
    again = re.sub(r",(17\d{8}),", lambda found: f",{int(found[1]) + later},", once)
    first, second = read(header + once + again)
    (alone,), (other,) = read(header + once), read(header + again)
    assert first == alone
    assert second.model_copy(update={"notes": alone.notes}) == other
    assert "s before this run: it is read apart." in second.notes[0]
    quoted = again.replace("GET,", '"GET",', 1)
    assert bare(read(header + once + quoted)) == bare([alone, other])


def test_pauses_of_a_k6_test_that_sends_rarely_belong_to_it():
    header, row = ROWS["k6_csv"].decode().splitlines(keepends=True)[::2][:2]
    rows = [row.replace("1764324000", str(1764324000 + 90 * at)) for at in range(30)]
    assert run(header + "".join(rows)).requests == 30
    used = [f"vus_max,{1764324000 + at},5.000000{',' * 16}\n" for at in range(300)]
    burst = row * 50
    late = burst.replace("1764324000", "1764324300")
    assert run(header + burst + "".join(used) + late).requests == 100


JTL = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes,Latency\n"


def jtl(begin_ms, took, n=200):
    return "".join(f"{begin_ms + 100 * at},{took},GET /,200,OK,t1,true,10,9\n" for at in range(n))


def test_a_log_that_jmeter_appended_to_is_runs_apart():
    begin = 1764324000000
    text = f"{JTL}{jtl(begin, 10)}{jtl(begin + 1_000_000, 30)}"
    first, second = read(text)
    assert [each.requests for each in (first, second)] == [200, 200]
    assert [each.latency_ms.p50 for each in (first, second)] == [10, 30]
    assert first.duration_s == pytest.approx(19.91)
    assert "Nothing was sent for 980 s before this run" in second.notes[0]
    backwards = f"{JTL}{jtl(begin + 1_000_000, 30)}{jtl(begin, 10)}"
    assert [each.latency_ms.p50 for each in read(backwards)] == [10, 30]


def test_runs_appended_to_one_log_have_each_its_own_threads_and_target():
    begin = 1764324000000
    head = "timeStamp,elapsed,label,success,allThreads,URL\n"

    def rows(at, threads, host, n=20):
        return "".join(
            f"{begin + at + each},10,GET /,true,{threads},http://{host}/{each}\n"
            for each in range(n)
        )

    text = f"{head}{rows(0, 5, 'a')}{rows(900_000, 7, 'b')}{rows(1_800_000, 6, 'b')}"
    runs = read(text)
    assert [each.connections for each in runs] == [5, 7, 6]
    assert [each.target for each in runs] == ["http://a", "http://b", "http://b"]
    often = run(f"{head}{rows(0, 5, 'a', 4)}{rows(900_000, 7, 'b', 4)}")
    assert (often.connections, often.target) == (7, None)


def test_a_pause_shorter_than_a_minute_or_rows_out_of_order_divide_nothing():
    begin = 1764324000000
    assert run(f"{JTL}{jtl(begin, 10)}{jtl(begin + 60_000, 30)}").requests == 400
    rows = jtl(begin, 10, 2000).splitlines(keepends=True)
    mixed = "".join(rows[1000:] + rows[:1000])
    assert run(f"{JTL}{mixed}").requests == 2000


WITHIN = "within this run{}: where JMeter appended another run to the log"


def test_a_short_pause_that_stands_out_is_said_of_the_run_that_is_read_as_one():
    begin = 1764324000000
    two = jtl(begin, 10), jtl(begin + 60_000, 30)
    for text in (two[0] + two[1], two[1] + two[0]):
        (note,) = run(JTL + text).notes
        assert note.startswith(f"Nothing was sent for 40 s {WITHIN.format('')}")
    three = "".join(jtl(begin + at * 25_000, 10) for at in range(3))
    (note,) = run(JTL + three).notes
    assert WITHIN.format(", or nearly so long, 2 times") in note
    apart = read(f"{JTL}{two[0]}{two[1]}{jtl(begin + 1_000_000, 10)}")
    assert [each.requests for each in apart] == [400, 200]
    assert ["for 40 s within" in " ".join(each.notes) for each in apart] == [True, False]


@pytest.mark.parametrize(
    "rows",
    [
        "".join(jtl(1764324000000 + at * 2_500, 10, 1) for at in range(400)),
        jtl(1764324000000, 10, 4) + jtl(1764324005000, 10),
        jtl(1764324000000, 20_000, 200) + jtl(1764324035000, 10),
        jtl(1764324000000, 10) + jtl(1764324021000, 10),
        "".join(jtl(1764324000000 + at * 9_000, 10, 3) for at in range(300)),
    ],
    ids=["rare requests", "a login before it", "answers on their way", "a second", "in batches"],
)
def test_pauses_that_belong_to_a_test_are_not_said(rows):
    assert run(JTL + rows).notes == ()


def test_pauses_too_often_for_runs_are_said():
    begin = 1764324000000
    rare = "".join(jtl(begin + at * 120_000, 10, 1) for at in range(30))
    result = run(f"{JTL}{rare}")
    assert result.requests == 30
    assert "for up to 120 s" in result.notes[0]


def test_times_of_whole_seconds_end_with_their_second():
    rows = "".join(f"{1764324000 + at // 20},5,GET /,200,OK,t1,true,10,9\n" for at in range(200))
    assert run(f"{JTL}{rows}").duration_s == 10


def test_locusts_and_abs_tables_put_together_are_runs_apart():
    for name in ("locust_stats_csv/local-1.csv", "locust_failures_csv/local-1.csv"):
        once = sample(name).decode().rstrip() + "\n"
        assert read(once * 2) == read(once) * 2
    for name in ("locust_stats_history_csv/local-1.csv", "ab_percentile_csv/local-1.csv"):
        once = sample(name).decode().rstrip() + "\n"
        assert read(once * 2) == read(once) * 2
    once = sample("ab_gnuplot_tsv/local-1.tsv").decode().rstrip() + "\n"
    assert read(once * 2) == read(once) * 2


def test_two_plots_of_vegeta_are_runs_apart():
    once = sample("vegeta_hdrplot/made-1.txt").decode()
    assert read(f"{once}\n{once}") == read(once) * 2
