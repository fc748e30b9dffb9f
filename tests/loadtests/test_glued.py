"""Reports that run into one another: without fences' own lines, greetings, bars or an end."""

from __future__ import annotations

import pytest

from bot.loadtests import k6_printed
from bot.loadtests.pieces import begins
from tests.loadtests.conftest import PRINTED, read, refused
from tests.loadtests.test_apart import BOTH, TEXT, bare, formats

K6_ALONE = """\
     data_received..................: 1.2 MB 20 kB/s
     http_req_duration..............: avg=4.2ms min=1ms med=3.9ms max=91.2ms p(90)=7.1ms p(95)=9.7ms
     http_req_failed................: 0.00%  ✓ 0    ✗ 6000
     http_reqs......................: 6000   99.9/s
"""


@pytest.mark.parametrize("name", TEXT)
def test_fences_without_a_line_of_their_own_part_runs_as_well(name):
    text = f"before:\n```{BOTH[name].strip()}```\nafter: ```{BOTH[name].strip()}```\n"
    assert bare(read(text)) == bare(read(BOTH[name])) * 2


@pytest.mark.parametrize("name", TEXT)
def test_reports_without_their_greeting_are_runs_of_their_own(name):
    ab = BOTH["ab_text"][BOTH["ab_text"].index("Server Software:") :]
    firsts = formats(BOTH[name])
    assert formats(f"{BOTH[name]}\nthen:\n{K6_ALONE}") == [*firsts, "k6_printed_summary"]
    assert formats(f"{BOTH[name]}\nthen:\n{ab}") == [*firsts, "ab_text"]


def test_k6_in_short_below_one_in_full_is_a_run_of_its_own():
    full = (PRINTED / "k6-1.2.txt").read_text("utf-8")
    short = K6_ALONE.replace("data_received", "iterations").replace("1.2 MB 20 kB/s", "6000 99.9/s")
    first, second = read(f"{full}\n{short}")
    assert bare([first]) == bare(read(full))
    assert (second.requests, second.latency_ms.p95) == (6000, 9.7)


@pytest.mark.parametrize("name", sorted(set(TEXT) - {"vegeta_text"}))
def test_a_report_that_breaks_off_above_one_of_another_tool_is_said(name):
    lines = BOTH[name].splitlines(keepends=True)
    begin = next(at for at, each in enumerate(lines) if begins(each))
    other = "vegeta_text" if "wrk" in name else "wrk_text"
    result = read("".join(lines[begin : begin + 3]) + BOTH[other])
    assert bare(result) == bare(read(BOTH[other]))
    assert "ot read" in result[0].notes[0]


@pytest.mark.parametrize("name", ["hey_text", "ghz_text"])
def test_a_report_without_its_bars_gives_what_else_it_says(name):
    text = BOTH[name]
    bars = text.index("Response time histogram")
    short = text[:bars] + text[text.index("Latency distribution") :]
    assert bare(read(short)) == bare(read(text))


def test_a_run_that_was_stopped_above_the_same_tool_s_next_is_said():
    whole = (PRINTED / "fortio-http.txt").read_text("utf-8")
    stopped = whole[whole.index("Fortio ") : whole.index("Ended after")]
    result = read(f"{stopped}\n{whole}")
    assert bare(result) == bare(read(whole))
    assert "ot read" in result[0].notes[0]


K6 = (PRINTED / "k6-0.49.txt").read_text("utf-8")
STOPPED = K6[: K6.index("     ✗ status is 200")]


@pytest.mark.parametrize(
    ("text", "runs"), [(STOPPED + K6, 1), (K6 + STOPPED, 1), (K6 + STOPPED + K6, 2)]
)
def test_k6_that_was_stopped_is_said_wherever_it_stands_among_others(text, runs):
    result = read(text)
    assert bare(result) == bare(read(K6)) * runs
    assert "ot read" in result[0].notes[0]
    assert sum("ot read" in note for each in result for note in each.notes) == 1


TIMES = "avg=4.2ms min=1ms med=3.9ms max=91.2ms p(90)=7.1ms p(95)=9.7ms\n"
GRPC = f"     grpc_req_duration....: {TIMES}"
HTTP = f"     http_req_blocked.....: {TIMES}     http_req_duration....: {TIMES}"
REACHED = "     http_reqs............: 6000   99.9/s\n"
RUN = f"     iteration_duration...: {TIMES}     iterations...........: 6000   99.9/s\n"


@pytest.mark.parametrize("between", ["", "\n", "and then:\n"])
def test_k6_of_grpc_and_of_http_are_apart_whichever_comes_first(between):
    grpc, http = GRPC + RUN, HTTP + REACHED + RUN
    assert [each.protocol for each in read(f"{grpc}{between}{http}")] == ["grpc", "http"]
    assert [each.protocol for each in read(f"{http}{between}{grpc}")] == ["http", "grpc"]
    assert [each.protocol for each in read(f"{GRPC}{HTTP}{REACHED}{RUN}")] == ["http"]


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_k6_that_is_cut_within_a_time_leaves_it_out_and_says_so(cut):
    (result,) = read(HTTP.rstrip()[:-cut])
    assert (result.latency_ms.p90, result.latency_ms.p95) == (7.1, None)
    assert result.notes[-1] == k6_printed.WITHIN


@pytest.mark.parametrize(
    ("cut", "requests"), [(1, 6000), (2, 6000), (3, 6000), (4, 6000), (9, None)]
)
def test_k6_that_is_cut_within_its_rate_or_count_leaves_it_out_and_says_so(cut, requests):
    (result,) = read((HTTP + REACHED).rstrip()[:-cut])
    assert (result.requests, result.rps) == (requests, None)
    assert result.notes[-1] == k6_printed.WITHIN


def test_k6_without_a_whole_time_is_not_said_to_have_timed_nothing():
    text = f"     data_received........: 1 MB 2 kB/s\n{HTTP}"
    first = text.index("avg=", text.index("http_req_duration"))
    assert refused(text[: first + len("avg=4")]) == k6_printed.UNTIMED.format(
        timed="http_req_duration"
    )


@pytest.mark.parametrize("name", ["wrk_text", "wrk2_text"])
def test_a_cut_run_beside_a_whole_one_of_its_tool_is_said_and_the_whole_one_read(name):
    cut = BOTH["wrk2_text"].partition("requests in")[0].rpartition("\n")[0]
    for text in (f"{cut}\n{BOTH[name]}", f"{BOTH[name]}\n{cut}\n"):
        result = read(text)
        assert bare(result) == bare(read(BOTH[name]))
        assert "not read. This wrk report is cut off" in result[0].notes[0]
    assert refused(f"{cut}\n{cut}\n").startswith("This wrk report is cut off")


SIEGE = [
    "** SIEGE 4.0.7",
    "** Preparing 8 concurrent users for battle.",
    "The server is now under siege...",
]


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("lines", [SIEGE, SIEGE[:1], SIEGE[:2], SIEGE[1:2]])
def test_siege_that_only_greeted_is_said_beside_another_tool(name, lines):
    banner = "\n".join(lines) + "\n"
    for text in (banner + BOTH[name], f"{BOTH[name]}\n{banner}"):
        result = read(text)
        assert bare(result) == bare(read(BOTH[name]))
        assert lines[0][:20] in result[0].notes[0]
    assert lines[0][:20] in read(banner + HTTP + REACHED)[0].notes[0]
