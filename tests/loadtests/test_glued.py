"""Reports that run into one another: without fences' own lines, greetings, bars or an end."""

from __future__ import annotations

import pytest

from bot.loadtests.pieces import begins
from tests.loadtests.conftest import PRINTED, read
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
