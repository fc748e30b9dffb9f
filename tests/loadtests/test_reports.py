"""What tools print for people: wrk, wrk2, hey, oha, ghz, vegeta; and JSON of those alike."""

from __future__ import annotations

import json
import re

import pytest

from tests.loadtests.conftest import read, refused, run, sample
from tests.loadtests.made import AUTOCANNON, BOMBARDIER, OHA_TEXT

WRK = sample("wrk_text/local-1.txt").decode()
WRK2 = sample("wrk2_text/local-1.txt").decode()
HEY = sample("hey_text/local-1.txt").decode()


# wrk


def test_wrk_knows_between_what_p95_lies_and_no_more():
    times = run(WRK).latency_ms
    assert (times.p95, times.how.p95) == (None, "unavailable")
    assert times.p95_range == (53.19, 87.71)


def test_a_fork_of_wrk_that_prints_p95_knows_it():
    times = run(WRK.replace("     99% ", "     95%   61.20ms\n     99% ")).latency_ms
    assert (times.p95, times.how.p95, times.p95_range) == (61.2, "given", None)


def test_without_latency_flag_wrk_has_no_percentile():
    times = run(sample("wrk_text/local-2.txt")).latency_ms
    assert (times.p50, times.p95, times.p95_range) == (None, None, None)
    assert (times.mean, times.max) == (22.93, 55.38)


def test_wrk_writes_each_number_with_its_own_unit():
    text = WRK.replace("28.74ms", "640.00us").replace("161.37ms", "1.20m")
    times = run(text).latency_ms
    assert times.p50 == pytest.approx(0.64)
    assert times.max == pytest.approx(72_000)


def test_socket_errors_are_no_part_of_wrks_requests():
    lost = "  Socket errors: connect 0, read 350645, write 0, timeout 3\nRequests/sec"
    text = WRK.replace("Running 12s", "Running 5760m").replace("161.37ms", "   2.00s")
    text = text.replace("in 12.01s", "in 5760.00m")
    result = run(text.replace("Requests/sec", lost))
    assert (result.errors, result.unanswered, result.left_out) == (0, 350645, 3)
    assert result.errors_by_kind == {"socket read": 350645}
    assert result.duration_s == 345_600
    assert (result.latency_ms.max, result.latency_ms.max_range) == (2000, (2000, None))


SLOW = WRK.replace(
    "Requests/sec", "  Socket errors: connect 0, read 0, write 0, timeout 306\nRequests/sec"
)
"""306 of 6115 answers, 5 %, took longer than wrk's timeout."""


def test_answers_slower_than_wrks_timeout_are_in_no_latency_and_cut_off_p99_and_max():
    result = run(SLOW)
    assert (result.requests, result.errors, result.unanswered, result.left_out) == (6115, 0, 0, 306)
    assert result.samples == 6115 - 306
    times = result.latency_ms
    assert (times.p50, times.p90) == (28.74, 53.19)
    assert (times.p95, times.p95_range) == (None, (2000, None))
    assert (times.p99, times.p99_range, times.how.p99) == (None, (2000, None), "unavailable")
    assert (times.max, times.max_range) == (None, (2000, None))
    assert "306 of the 6,115 answers" in result.notes[0]
    few = run(SLOW.replace("timeout 306", "timeout 62")).latency_ms
    assert (few.p95_range, few.p99_range) == ((53.19, 87.71), (2000, None))


def test_p99_of_the_timed_answers_is_not_that_of_all_where_a_tenth_beyond_it_is_left_out():
    moved = run(SLOW.replace("timeout 306", "timeout 30"))
    assert (moved.latency_ms.p99, moved.latency_ms.p99_range) == (None, (87.71, 161.37))
    assert moved.latency_ms.p90 == 53.19
    assert moved.notes[-1] == (
        "The p99 that wrk printed is of the answers that were fast enough: that of all answers "
        "lies between it and the slowest of these."
    )
    hardly = run(SLOW.replace("timeout 306", "timeout 6"))
    assert (hardly.latency_ms.p99, hardly.latency_ms.p99_range) == (87.71, None)
    assert "fast enough" not in "".join(hardly.notes)


@pytest.mark.parametrize(
    ("late", "above"),
    [(2, "max lies"), (62, "p99 and max lie"), (306, "p95, p99 and max lie")],
)
def test_a_note_names_what_lies_above_wrks_timeout_and_nothing_else(late, above):
    result = run(SLOW.replace("timeout 306", f"timeout {late}"))
    assert result.notes[0].endswith(f"of the others, and {above} above it.")
    known = [key for key in ("p50", "p90", "p95", "p99", "max") if key in above]
    cut = [key for key in ("p50", "p90", "p95", "p99", "max") if _from(result, key) == (2000, None)]
    assert cut == known


def _from(figures, key):
    return getattr(figures.latency_ms, f"{key}_range")


@pytest.mark.parametrize("asked", ["--timeout 5s", "--timeout=5", "-T5s", "-T 5s"])
def test_the_timeout_of_the_command_is_where_wrk_cuts_off(asked):
    times = run(f"$ wrk -c10 {asked} http://127.0.0.1\n{SLOW}").latency_ms
    assert times.p99_range == (5000, None)
    assert run(SLOW.replace("161.37ms", "3.50s")).latency_ms.p99_range == (3500, None)


def test_a_wrk_that_counts_more_timeouts_than_requests_is_older_and_means_waiting():
    result = run(SLOW.replace("timeout 306", "timeout 70000"))
    assert (result.unanswered, result.left_out) == (70000, 0)
    assert result.latency_ms == run(WRK).latency_ms


def test_wrk_since_4_makes_up_for_what_a_stall_held_back():
    assert "stats_correct" in run(WRK).notes[0]


def test_a_lua_block_below_changes_nothing():
    assert run(f"{WRK}\n==CSV==\np95,12\n") == run(WRK)


def test_wrk2_is_read_from_its_spectrum_in_ms():
    times = run(WRK2).latency_ms
    assert (times.p50, times.p95, times.p99) == (36.543, 101.439, 151.55)
    assert times.how.p95 == "given"


def test_of_two_spectra_the_corrected_one_counts():
    spectrum = WRK2[WRK2.index("  Latency Distribution") : WRK2.index("-----")]
    raw = spectrum.replace("101.439", " 11.439").replace("Latency Distribution", "Uncorrected")
    both = WRK2.replace(
        "-----", f"  Latency Distribution (HdrHistogram - Uncorrected Latency)\n{raw}-----", 1
    )
    assert run(both).latency_ms == run(WRK2).latency_ms


def test_wrk2_times_fewer_requests_than_it_sends():
    result = run(WRK2)
    assert (result.requests, result.samples) == (9987, 5986)
    assert "5,986 of 9,987" in result.notes[0]


def test_a_fork_of_wrk2_prints_99_percent_for_the_maximum():
    fork = WRK2.replace("Stdev     Max ", "Stdev     99% ").replace("261.50ms", "151.55ms")
    assert run(fork).latency_ms.max == 261.504


def test_a_fork_without_spectrum_brackets_p95():
    start, end = WRK2.index("  Detailed"), WRK2.index("-----")
    result = run(WRK2[:start] + WRK2[end:])
    assert (result.latency_ms.p95, result.latency_ms.p95_range) == (None, (81.02, 151.55))
    assert (result.requests, result.samples) == (9987, None)


def test_wrk2_that_ended_in_its_calibration_has_no_latency():
    short = WRK2[: WRK2.index("  Latency Distribution")] + WRK2[WRK2.index("-----") :]
    short = short.replace("44.43ms   28.48ms 261.50ms   81.51%", "-nan     -nan   0.00us    0.00%")
    times = run(short).latency_ms
    assert (times.p50, times.p95, times.mean) == (None, None, None)


def test_runs_kept_in_one_file_stay_apart():
    first, second = read(f"{WRK}{WRK.replace('28.74ms', '29.74ms')}")
    assert (first.latency_ms.p50, second.latency_ms.p50) == (28.74, 29.74)


def test_wrk_cut_off_is_refused():
    assert "cut off" in refused(WRK[: WRK.index("  6115")])


# hey and what copied its layout


def test_hey_that_never_connected_measured_nothing():
    result = run(sample("hey_text/local-3.txt"))
    assert (result.requests, result.errors, result.error_rate) == (50, 50, 1.0)
    assert set(result.latency_ms.how.model_dump().values()) == {"unavailable"}


def test_an_excerpt_that_ends_with_the_histogram_brackets_p95_by_its_bin():
    result = run(HEY[: HEY.index("Latency distribution")])
    times = result.latency_ms
    assert (times.p50, times.p95, times.max) == (None, None, 130.1)
    low, high = times.p95_range
    assert low <= run(HEY).latency_ms.p95 <= high
    assert high - low < 15
    assert (result.requests, result.errors) == (2992, None)


def test_hey_as_released_doubles_its_percent_signs():
    """Its template escapes them and is never unescaped: `50%% in 0.0287 secs`."""
    assert run(HEY.replace("% in ", "%% in ")) == run(HEY)


def test_hey_was_called_boom_and_ended_its_times_with_a_full_stop():
    assert run(HEY.replace(" secs\n", " secs.\n")).latency_ms == run(HEY).latency_ms


def test_rows_of_zero_are_left_out_by_hey():
    text = HEY.replace("  50% in 0.0287 secs\n", "")
    assert run(text).latency_ms.p50 is None
    assert run(text).latency_ms.p95 == 64.5


TWICE = (
    "hey_text/local-1.txt",
    "ghz_text/made-1.txt",
    "vegeta_text/made-2.txt",
    "ab_text/local-1.txt",
)


@pytest.mark.parametrize("name", TWICE)
def test_several_reports_in_one_file_stay_apart(name):
    once = sample(name).decode()
    other = once.replace("95%", "94%").replace("95 %", "94 %").replace("750.009µs", "750.01µs")
    first, second = read(f"$ tool one\n{once}\n$ tool two\n{other}")
    assert first == run(once)
    assert second == run(other) != first
    assert read(f"{once}\nSummary:\n  the mesh is slower\n") == (first,)


def test_several_reports_of_oha_and_commands_of_hey_stay_apart():
    slower = OHA_TEXT.replace(b"0.0120", b"0.0130")
    assert [each.latency_ms.p95 for each in read(OHA_TEXT + b"\n" + slower)] == [12.0, 13.0]
    commands = [f"$ hey -c {n} http://shop.example/{n}\n{HEY}" for n in (8, 9)]
    result = read("".join(commands))
    assert [(each.connections, each.target) for each in result] == [
        (8, "http://shop.example/8"),
        (9, "http://shop.example/9"),
    ]


def test_several_reports_of_ab_without_greetings_stay_apart():
    once = sample("ab_text/local-1.txt").decode()
    bare = once[once.index("Document Path:") :]
    assert read(bare + bare) == (run(bare), run(bare))
    inside = bare[bare.index("Complete requests:") :]
    assert "run into one another" in refused(bare + inside)


def test_answers_of_500_are_errors_and_have_latencies():
    text = HEY.replace("[200]\t2992", "[200]\t2900").replace(
        " responses\n", " responses\n  [503]\t92 responses\n"
    )
    result = run(text)
    assert (result.requests, result.errors) == (2992, 92)
    assert result.errors_by_kind == {"HTTP 503": 92}


def test_beyond_a_million_results_heys_mean_is_wrong():
    text = HEY.replace("2992 responses", "2000000 responses")
    result = run(text)
    assert (result.latency_ms.mean, result.latency_ms.how.mean) == (None, "unavailable")
    assert result.samples == 1_000_000
    assert any("1,000,000" in note for note in result.notes)


def test_a_command_line_copied_along_tells_target_and_connections():
    result = run(sample("hey_text/local-2.txt"))
    assert (result.target, result.connections) == ("http://127.0.0.1:18087/slow", 5)


def test_an_older_csv_of_hey_lacks_status_and_offset():
    lines = sample("hey_csv/local-1.csv").decode().splitlines()
    older = "\n".join(",".join(line.split(",")[:6]) for line in lines)
    result = run(older)
    assert (result.requests, result.errors, result.duration_s) == (2992, None, None)
    assert result.latency_ms == run(sample("hey_csv/local-1.csv")).latency_ms


def test_heys_csv_says_that_lost_requests_have_no_row():
    assert any("no row" in note for note in run(sample("hey_csv/local-1.csv")).notes)


def oha(**changes):
    return json.dumps({**json.loads(sample("oha_json/made-1.json")), **changes})


def test_ohas_success_rate_counts_any_answer():
    result = run(oha(statusCodeDistribution={"500": 1200}))
    assert (result.errors, result.error_rate) == (1200, 1.0)


def test_oha_that_contradicts_itself_is_refused():
    empty = {"p50": None, "p95": None}
    summary = {"successRate": 0, "total": 10, "slowest": None, "average": None}
    sentence = refused(oha(summary=summary, latencyPercentiles=empty))
    assert "contradicts itself" in sentence


def test_newer_fields_of_oha_do_no_harm():
    extra = {"firstByte": {"average": 1}, "metrics": {"latency_ms": {}}}
    assert run(oha(**extra)) == run(sample("oha_json/made-1.json"))


def test_ohas_text():
    result = run(OHA_TEXT)
    assert result.format == "oha_text"
    assert (result.requests, result.errors) == (2000, 20)
    assert (result.latency_ms.p95, result.latency_ms.max) == (12.0, 30.2)


def test_what_was_in_flight_when_ohas_time_was_up_did_not_fail():
    result = run(OHA_TEXT)
    assert result.errors_by_kind == {"HTTP 503": 20}
    assert result.rps == pytest.approx(1000 * 2000 / 2005)
    assert result.notes == (
        "5 requests were in flight when oha's -z ended: no failures, and not counted.",
    )


@pytest.mark.parametrize(
    ("unit", "scale"), [("us", 1e-6), ("ms", 1e-3), ("10 sec", 10), ("min", 60), ("hr", 3600)]
)
def test_oha_counts_in_what_suits_its_slowest_answer(unit, scale):
    text = OHA_TEXT.decode().replace(" secs", f" {unit}")
    result, plain = run(text), run(OHA_TEXT)
    for each in ("p50", "p95", "max", "mean"):
        seen, known = getattr(result.latency_ms, each), getattr(plain.latency_ms, each)
        assert seen == pytest.approx(known * scale)
    assert result.duration_s == pytest.approx(plain.duration_s * scale)


def test_oha_cut_below_its_histogram_brackets_p95_in_its_unit():
    text = OHA_TEXT.decode().replace(" secs", " us")
    for edge in ("0.000", "0.015", "0.030"):
        text = text.replace(f"{edge} [", f"{edge} us [")
    cut = text[: text.index("Response time dist")] + text[text.index("Status code") :]
    low, high = run(cut).latency_ms.p95_range
    assert (low, high) == (0.0, pytest.approx(0.0155e-3))


@pytest.mark.parametrize(
    ("unit", "scale_ms"),
    [("us", 1e-3), ("ms", 1), ("sec", 1e3), ("10 sec", 1e4), ("min", 6e4), ("hr", 36e5)],
)
def test_ohas_bin_is_as_wide_as_its_last_printed_digit_says(unit, scale_ms):
    text = OHA_TEXT.decode().replace(" secs", f" {unit}")
    text = text.replace("0.000 [1] ", f"10.25 {unit} [1]").replace("0.015 [", f"20.50 {unit} [")
    text = text.replace("0.030 [", f"30.75 {unit} [")
    cut = text[: text.index("Response time dist")] + text[text.index("Status code") :]
    low, high = run(cut).latency_ms.p95_range
    assert low == pytest.approx(10.245 * scale_ms)
    assert high == pytest.approx(20.505 * scale_ms)


def test_oha_that_never_connected_measured_nothing_in_text_either():
    text = "Summary:\n  Success rate:\tNaN%\n  Total:\t5000000.0000 ns\n  Slowest:\t-inf ns\n"
    text += "  Fastest:\tinf ns\n  Average:\tNaN ns\n  Requests/sec:\t100.0\n\n"
    text += "Response time histogram:\n\nStatus code distribution:\n\n"
    text += "Error distribution:\n  [500] connection refused\n"
    result = run(text)
    assert (result.requests, result.errors, result.latency_ms.max) == (500, 500, None)


def ghz(**changes):
    return json.dumps({**json.loads(sample("ghz_json/made-2.json")), **changes})


def before(text: str, cut: str) -> str:
    return text[: text.index(cut)]


BARS = "  10.000 [400]\t|\n  20.000 [700]\t|\n  30.000 [80]\t|\n  39.600 [20]\t|"


def test_a_histogram_that_was_cut_off_tells_no_percentile():
    """Its bars hold the quicker answers alone: a range from them would be too low."""
    text = re.sub(r"  39.599 .*", lambda _: BARS, sample("ghz_text/made-1.txt").decode())
    whole = run(before(text, "Latency distribution")).latency_ms
    assert (whole.range_of("p50"), whole.range_of("p95")) == ((9.9995, 20.0005), (19.9995, 30.0005))
    cut = run(before(text, "  30.000")).latency_ms
    assert {cut.range_of(each) for each in ("p50", "p90", "p95", "p99")} == {None}
    assert run(HEY[: HEY.index("Latency distribution")]).requests
    last = [line for line in HEY.splitlines() if re.match(r"\s+[\d.]+ \[", line)][-3]
    assert "cut off within its histogram" in refused(before(HEY, last))


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("ab_text/local-1.txt", "Percentage of"),
        ("ab_text/local-1.txt", " 100%"),
        ("hey_text/local-1.txt", "Latency distribution"),
        ("hey_text/local-1.txt", "  95% in"),
        ("ghz_text/made-1.txt", "  99 % in"),
    ],
)
def test_what_a_cut_report_lost_is_no_silent_dash(name, last):
    text = sample(name).decode()
    assert not [each for each in run(text).notes if "cut off" in each]
    assert "may be cut off" in run(before(text, last)).notes[-1]


def test_of_a_ghz_report_cut_before_its_statuses_nobody_knows_the_errors():
    text = sample("ghz_text/made-1.txt").decode()
    assert run(text).errors == 10
    result = run(before(text, "Status code distribution"))
    assert (result.requests, result.errors, result.error_rate) == (1200, None, None)


def test_ghz_names_its_failures_in_one_place_or_the_other():
    assert run(ghz()).errors == 10
    older = run(ghz(statusCodeDistribution=None, errorDistribution={"refused": 4}))
    assert (older.errors, older.errors_by_kind) == (4, {"refused": 4})


def test_ghz_without_details_is_complete():
    assert run(ghz(details=None)).latency_ms.p95 == pytest.approx(22.112197)


def test_ghz_says_over_what_it_takes_percentiles():
    result = run(ghz())
    assert "OK" in result.notes[0]
    assert (result.samples, result.requests) == (1190, 1200)


def test_ghz_where_everything_failed_measured_nothing():
    empty = ghz(
        statusCodeDistribution={"Unavailable": 1200}, latencyDistribution=None, slowest=0, average=0
    )
    assert run(empty).latency_ms.p50 is None


def test_ghz_where_everything_failed_measured_nothing_in_text_either():
    text = "Summary:\n  Count:\t200\n  Total:\t10.01 s\n  Slowest:\t0 ns\n  Fastest:\t0 ns\n"
    text += "  Average:\t50.00 ms\n  Requests/sec:\t19.98\n\nResponse time histogram:\n\n"
    text += "Latency distribution:\n\nStatus code distribution:\n  [Unavailable]   200 responses\n"
    result = run(text)
    assert (result.requests, result.errors, result.latency_ms.max) == (200, 200, None)
    assert result.latency_ms.mean is None


def test_ghz_in_text_is_not_taken_for_hey():
    result = run(sample("ghz_text/made-1.txt"))
    assert (result.tool, result.requests, result.errors) == ("ghz", 1200, 10)


# vegeta


def test_a_single_failure_hides_in_100_percent():
    result = run(sample("vegeta_text/made-3.txt"))
    assert (result.errors, result.errors_by_kind) == (1, {"no answer": 1})


def test_older_labels_of_vegeta_lack_two_values():
    text = sample("vegeta_text/made-2.txt").decode()
    older = text.replace("[min, mean, 50, 90, 95", "[mean, 50, 95").replace(
        "402.117µs, 611.25µs, 598.301µs, 702.44µs, ", "611.25µs, 598.301µs, "
    )
    times = run(older).latency_ms
    assert (times.p50, times.p90, times.p95) == (0.598301, None, 0.750009)
    assert times.mean == 0.61125


def test_vegeta_in_json_of_an_older_version():
    result = run(sample("vegeta_json/made-2.json"))
    assert (result.latency_ms.p90, result.latency_ms.p95) == (None, 22.112197)


@pytest.mark.parametrize("micro", [b"\xb5s", "Âµs".encode(), "┬╡s".encode(), "┬Ás".encode()])
def test_a_micro_sign_of_another_code_page_is_one(micro):
    text = sample("vegeta_text/made-2.txt")
    assert "µs".encode() in text
    assert run(text.replace("µs".encode(), micro)) == run(text)


def test_a_micro_sign_of_another_code_page_is_one_in_wrk_and_oha_too():
    assert run(WRK.replace("28.74ms", "640.00µs").encode("cp1252")).latency_ms.p50 == 0.64
    text = OHA_TEXT.decode().replace(" secs", " µs")
    assert run(text.encode("cp1252")) == run(text)
    assert run(text).latency_ms.p95 == pytest.approx(0.012e-3)


def test_vegeta_that_shows_zeros_measured_nothing():
    text = sample("vegeta_text/made-2.txt").decode()
    line = next(each for each in text.splitlines() if each.startswith("Latencies"))
    result = run(text.replace(line, line.partition("]")[0] + "]  0s, 0s, 0s, 0s, 0s, 0s, 0s"))
    assert set(result.latency_ms.how.model_dump().values()) == {"unavailable"}


def test_hdrplot_knows_neither_rate_nor_errors():
    result = run(sample("vegeta_hdrplot/made-2.txt"))
    assert (result.rps, result.errors, result.duration_s) == (None, None, None)
    assert result.latency_ms.how.p99 == "unavailable"


def test_vegeta_cut_off_is_refused():
    text = sample("vegeta_text/made-1.txt").decode()
    assert "cut off" in refused(text[: text.index("Latencies")])
    plot = sample("vegeta_hdrplot/made-1.txt").decode().splitlines()
    assert "its last row, with all requests, is missing" in refused("\n".join(plot[:-1]))


# others


def test_bombardier_counts_in_microseconds():
    result = run(BOMBARDIER)
    assert (result.latency_ms.p95, result.latency_ms.mean) == (2.5, 1.5005)
    assert (result.requests, result.errors, result.requested_rps) == (30000, 100, 500.0)


def test_bombardier_without_percentiles_has_none():
    node = json.loads(BOMBARDIER)
    del node["result"]["latency"]["percentiles"]
    times = run(json.dumps(node)).latency_ms
    assert (times.p95, times.p95_range, times.max) == (None, None, 90.0)


def test_autocannon_has_p97_5_and_no_p95():
    result = run(AUTOCANNON)
    assert (result.latency_ms.p95, result.latency_ms.p95_range) == (None, (3.0, 6.0))
    assert (result.requests, result.errors) == (10000, 20)
