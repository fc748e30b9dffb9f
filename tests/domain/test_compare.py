"""Runs against runs: which are refused and why, deltas, and what may be concluded."""

from __future__ import annotations

import pytest

from bot.domain.pack.tolerances import Percent, Points, Requests, Seconds, Tolerances
from bot.domain.pilot.model import Term
from bot.domain.runs.compare import compare, noted, told
from bot.domain.runs.model import REFUSALS, Endpoint, Latency, Run
from bot.errors import BadInput


def run(p95=20.0, **changes):
    """A run that is fit to be compared; p50 is half its p95."""
    given = {
        "format": "fortio_json",
        "tool": "fortio",
        "target": "http://shop.example/cart",
        "protocol": "http",
        "duration_s": 240.0,
        "connections": 16,
        "requested_rps": 1000.0,
        "settings": {"keep-alive": "yes"},
        "rps": 999.0,
        "requests": 240_000,
        "samples": 240_000,
        "errors": 0,
        "error_rate": 0.0,
        "latency_ms": Latency(p50=p95 / 2, p95=p95, mean=p95 / 2),
    }
    return Run(**given | changes)


def delta(comparison, metric, endpoint=None):
    (wanted,) = (
        each for each in comparison.deltas if (each.endpoint, each.metric) == (endpoint, metric)
    )
    return wanted


def test_like_runs_give_deltas_absolute_and_in_percent():
    comparison = compare([run(20.0)], [run(25.0)])
    assert comparison.comparable
    assert delta(comparison, "p95").absolute == 5.0
    assert delta(comparison, "p95").percent == 25.0
    assert delta(comparison, "error_rate").percent is None
    assert delta(comparison, "p95").p_value is None


UNLIKE = {
    "tool": {"tool": "hey"},
    "protocol": {"protocol": "https"},
    "target": {"target": "http://shop.example/pay"},
    "rate": {"requested_rps": 1100.0, "rps": 1100.0},
    "saturation": {"rps": 700.0},
    "concurrency": {"connections": 20},
    "settings": {"settings": {"keep-alive": "no"}},
    "duration": {"duration_s": 120.0, "requests": 120_000, "samples": 120_000},
    "errors": {"errors": 4_800, "error_rate": 0.02},
    "left_out": {"left_out": 4_800},
    "samples": {"samples": 999},
    "warm_up": {"duration_s": 9.0},
}


def test_every_refusal_is_shown():
    assert set(UNLIKE) == set(REFUSALS)


@pytest.mark.parametrize("kind", UNLIKE)
def test_unlike_runs_are_refused_with_the_reason(kind):
    comparison = compare([run()], [run(**UNLIKE[kind])])
    kinds = [each.id for each in comparison.refusals]
    assert kind in kinds
    assert set(kinds) <= {kind, "duration"}
    assert (comparison.comparable, comparison.deltas) == (False, ())
    assert comparison.verdict.startswith("not comparable, for ")
    assert all(each.text.endswith(".") for each in comparison.refusals)


@pytest.mark.parametrize("kind", UNLIKE)
def test_each_refusal_can_be_overridden_alone_with_a_reason(kind):
    mesh = run(**UNLIKE[kind])
    kinds = [each.id for each in compare([run()], [mesh]).refusals]
    comparison = compare([run()], [mesh], dict.fromkeys(kinds, " agreed on 3 May "))
    assert comparison.comparable
    assert [(each.refusal.id, each.because) for each in comparison.overridden] == [
        (each, "agreed on 3 May") for each in kinds
    ]


def test_overriding_one_refusal_leaves_the_others():
    mesh = run(tool="hey", connections=99)
    comparison = compare([run()], [mesh], {"tool": "same team wrote both"})
    assert [each.id for each in comparison.refusals] == ["concurrency"]
    assert not comparison.comparable


@pytest.mark.parametrize("overrides", [{"tool": "x"}, {"target": " "}])
def test_an_override_needs_its_refusal_and_a_reason(overrides):
    with pytest.raises(BadInput):
        compare([run()], [run(target="http://other.example/")], overrides)


ALIKE = [
    {"rps": 955.0},
    {"requested_rps": 1040.0},
    {"connections": 17},
    {"duration_s": 220.0},
    {"errors": 1000, "error_rate": 1000 / 240_000},
    {"samples": 1000},
    {"target": "HTTP://Shop.example/cart/"},
    {"protocol": "http/1.1"},
]


@pytest.mark.parametrize("changes", ALIKE)
def test_what_is_within_tolerance_is_compared(changes):
    assert compare([run()], [run(**changes)]).refusals == ()


def percent(most):
    return Percent(percent=most, source="x")


CLOSED = {"requested_rps": None, "requests": 3000, "samples": 3000}
BOUNDS = [
    ("rate", percent(20), run(), run(requested_rps=1100.0, rps=1100.0), "rate"),
    ("rate", percent(20), run(), run(rps=850.0), "saturation"),
    ("concurrency", percent(25), run(), run(connections=20), "concurrency"),
    ("duration", percent(50), run(), run(duration_s=130.0, requests=130_000), "duration"),
    (
        "requests",
        percent(10),
        run(**CLOSED, duration_s=20.0),
        run(**{**CLOSED, "requests": 2800}, duration_s=40.0),
        "duration",
    ),
    ("errors", percent(2.5), run(errors=4800), run(errors=5280), "errors"),
    ("error_gap", Points(points=0.9, source="x"), run(), run(errors=1920), "errors"),
    ("samples", Requests(requests=300, source="x"), run(), run(samples=301), "samples"),
    ("warm_up", Seconds(seconds=5, source="x"), *[run(duration_s=6.0)] * 2, "warm_up"),
]


@pytest.mark.parametrize(("name", "wider", "base", "mesh", "refusal"), BOUNDS)
def test_each_tolerance_decides_its_refusal(name, wider, base, mesh, refusal):
    assert {each.id for each in compare([base], [mesh]).refusals} == {refusal}
    assert compare([base], [mesh], tolerances=Tolerances(**{name: wider})).refusals == ()


def test_every_tolerance_is_shown_to_decide():
    assert {name for name, *_ in BOUNDS} == set(Tolerances.model_fields)


def test_a_refusal_says_what_would_have_been_alike():
    tight = Tolerances(
        rate=percent(2.5),
        errors=percent(0.25),
        samples=Requests(requests=10**6, source="x"),
        warm_up=Seconds(seconds=300, source="x"),
    )
    mesh = run(requested_rps=1030.0, rps=1030.0, errors=1000)
    refusals = " ".join(each.text for each in compare([run()], [mesh], tolerances=tight).refusals)
    for bound in ("more than 2.5 % apart", "at most 0.25 % may", "takes 1,000,000", "below 300 s"):
        assert bound in refusals
    far = compare([run()], [run(errors=2160)]).refusals
    assert "more than 0.5 percentage points apart" in far[0].text


def test_a_fixed_number_of_requests_takes_as_long_as_it_is_slow():
    closed = {"tool": "hey", "requested_rps": None, "requests": 3000, "samples": 3000}
    slow = run(**closed, duration_s=40.0, rps=75.0)
    comparison = compare([run(**closed, duration_s=20.0, rps=150.0)], [slow])
    assert [each.id for each in comparison.refusals] == ["rate"]
    assert compare([run(**closed, duration_s=20.0, rps=78.0)], [slow]).comparable


def test_runs_at_their_maximum_that_reached_other_rates_are_other_loads():
    closed = {"tool": "wrk", "requested_rps": None}
    comparison = compare([run(**closed, rps=400.0)], [run(**closed, rps=300.0)])
    assert "ask both for the same rate" in comparison.refusals[0].text
    assert compare([run(**closed, rps=400.0)], [run(**closed, rps=390.0)]).comparable


@pytest.mark.parametrize("swapped", [False, True])
def test_one_side_at_its_maximum_is_held_to_the_rate_it_reached(swapped):
    asked, most = run(requested_rps=500.0, rps=500.0), run(requested_rps=None, rps=5000.0)
    comparison = compare([most], [asked]) if swapped else compare([asked], [most])
    (refused,) = (each for each in comparison.refusals if each.id == "rate")
    assert not comparison.comparable
    assert "500 and 5,000/s" in refused.text
    assert "Not every file names a rate" in refused.text
    assert "fortio -qps" in refused.text
    near = run(requested_rps=None, rps=510.0)
    assert "rate" not in {each.id for each in compare([asked], [near]).refusals}


def test_a_tool_of_fixed_rate_is_held_to_what_it_reached():
    kept = {"tool": "wrk2", "requested_rps": None}
    comparison = compare([run(**kept, rps=400.0)], [run(**kept, rps=300.0)])
    assert [each.id for each in comparison.refusals] == ["rate"]


def test_what_was_overridden_is_told_below_the_verdict_with_its_reason_once():
    slow = [run(25.0 + at, rps=700.0) for at in range(3)]
    refused = compare([run(20.0)], slow)
    assert all("below what it reached" in each.text for each in refused.refusals)
    because = {each.id: f"reason for {each.id}." for each in refused.refusals}
    comparison = compare([run(20.0)], slow, because)
    verdict, *lines = told(comparison)
    assert verdict == comparison.verdict
    aside = [each for each in lines if each.startswith("Overridden, ")]
    assert aside == lines[: len(because)]
    (line,) = (each for each in aside if each.startswith("Overridden, saturation"))
    assert line.startswith("Overridden, saturation: reason for saturation. What differs: The mesh")
    assert "reached 700/s" in line
    assert line.endswith("And 2 more like it.")


def test_work_that_could_not_be_sent_is_saturation():
    comparison = compare([run()], [run(unsent=50_000)])
    assert [each.id for each in comparison.refusals] == ["saturation"]


def test_failures_counted_beside_the_requests_are_failures():
    comparison = compare([run()], [run(unanswered=18_000)])
    assert [each.id for each in comparison.refusals] == ["errors"]


def test_error_rates_apart_are_refused_where_each_alone_would_pass():
    comparison = compare([run(errors=0)], [run(errors=2160, error_rate=0.009)])
    assert "Error rates differ" in comparison.refusals[0].text


def test_a_run_without_latency_is_refused():
    comparison = compare([run()], [run(latency_ms=Latency())])
    assert "No p50 and no p95" in comparison.refusals[0].text


def test_wrk2_that_only_calibrated_is_warm_up():
    only = run(tool="wrk2", samples=0, latency_ms=Latency())
    assert "warm_up" in {each.id for each in compare([only], [only]).refusals}


def test_the_rate_that_no_file_names_is_the_one_that_was_asked_for():
    comparison = compare([run(requested_rps=None)], [run(requested_rps=None)])
    assert "rate" in comparison.unchecked
    assert "rate asked for" in comparison.not_in_every_file


def test_a_rate_that_a_refusal_speaks_of_is_not_listed_as_unchecked_too():
    sides = [run(requested_rps=None)], [run(requested_rps=None, rps=500.0)]
    result = compare(*sides)
    assert [each.id for each in result.refusals] == ["rate"]
    assert "names a rate that was asked for" in result.refusals[0].text
    assert result.unchecked == ()
    assert compare(*sides, {"rate": "a closed loop on purpose"}).unchecked == ()


def test_what_files_do_not_say_is_listed_and_not_held_against_them():
    silent = {"target": None, "connections": None, "errors": None, "error_rate": None}
    comparison = compare([run()], [run(**silent)])
    assert comparison.comparable
    assert set(comparison.unchecked) == {"target", "concurrency", "errors"}
    assert compare([run()], [run()]).unchecked == ()


def test_one_run_a_side_is_a_single_observation():
    comparison = compare([run(20.0)], [run(25.0)])
    assert comparison.verdict.startswith("single observation: p95 20 → 25 ms (+5 ms, +25 %)")
    assert "three more runs on each side" in comparison.verdict
    assert comparison.smallest_p is None


def sides(base, mesh):
    return compare([run(each) for each in base], [run(each) for each in mesh])


def test_three_runs_a_side_need_one_more():
    both = sides((20, 21, 22), (30, 31, 32))
    assert both.verdict.startswith("inconclusive: one more run on each side is needed")
    assert "p = 0.1 at best" in both.verdict
    assert (both.smallest_p, delta(both, "p95").p_value) == (0.1, 0.1)


def test_two_runs_a_side_need_two_more():
    assert sides((20, 21), (30, 31)).verdict.startswith(
        "inconclusive: two more runs on each side are needed"
    )


def test_four_runs_a_side_can_tell():
    slower = sides((20, 21, 22, 23), (30, 31, 32, 33))
    assert slower.verdict.startswith("slower: p95 21.5 → 31.5 ms")
    assert "exact p = 0.029, at best 0.029" in slower.verdict
    assert sides((30, 31, 32, 33), (20, 21, 22, 23)).verdict.startswith("faster: ")
    led = sides((20, 21, 22, 23), (24, 25, 26, 90)).verdict
    assert led.endswith(" ms at 95 %, +4 in the middle)")
    assert "(+19.75 ms" in led
    unclear = sides((20, 21, 22, 30), (21, 20, 23, 29))
    assert unclear.verdict.startswith("no difference shown: ")
    assert "not the same as no overhead" in unclear.verdict


def term(metric, change, limit, noise=0.0):
    return Term(metric=metric, change=change, limit=limit, noise=noise, unit="ms")


ABSOLUTE = term("p95", "absolute", 3)
POWERED = [
    ((ABSOLUTE,), "4 runs a side would find the budgeted 3 ms"),
    ((term("p95", "absolute", 2.2), ABSOLUTE), "5 runs a side would find the budgeted 2.2 ms"),
    ((term("p95", "absolute", 0.5),), "more than 10 runs a side would find the budgeted 0.5 ms"),
    ((term("p95", "percent", 10),), "5 runs a side would find the budgeted 2.1 ms"),
    ((term("p95", "percent", 1, noise=1.9),), "6 runs a side would find the budgeted 1.9 ms"),
    ((term("p95", "percent", -10),), "5 runs a side would find the budgeted 2.1 ms"),
    ((term("p95", "value", 24),), "4 runs a side would find the budgeted 3 ms"),
]


@pytest.mark.parametrize(("budgets", "said"), POWERED)
def test_how_many_runs_find_what_is_budgeted_does_not_rest_on_what_was_measured(budgets, said):
    for measured in (0.1, 1.3, 40):
        base, mesh = ([run(at + more) for at in (20, 21, 22)] for more in (0, measured))
        verdict = compare(base, mesh, budgets=budgets).verdict
        assert f"; with the spread seen so far {said} in four of five cases" in verdict


@pytest.mark.parametrize("budgets", [(), (term("p50", "absolute", 3),), (term("p95", "value", 9),)])
def test_without_a_budget_for_it_no_number_of_runs_is_said(budgets):
    base, mesh = ([run(at + more) for at in (20, 21, 22)] for more in (0, 1.3))
    assert "four of five" not in compare(base, mesh, budgets=budgets).verdict


def test_what_is_budgeted_is_tested_too():
    times = [Latency(p50=10, p95=20, p99=p99) for p99 in (40, 41, 42, 43, 50, 51, 52, 53)]
    base, mesh = ([run(latency_ms=each) for each in side] for side in (times[:4], times[4:]))
    comparison = compare(
        base, mesh, budgets=[term("p99", "absolute", 5), term("cpu", "percent", 5)]
    )
    assert comparison.tested == ("p50", "p95", "p99")
    assert delta(comparison, "p99").p_value == pytest.approx(2 / 70)
    assert delta(comparison, "p99").interval is not None
    assert delta(compare(base, mesh), "p99").p_value is None


def test_a_run_far_from_the_others_is_named_with_the_latencies_that_say_so():
    base = [run(each) for each in (20, 20.2, 20.1, 60, 19.9)]
    low = [Latency(p50=p50, p95=20 + p50) for p50 in (10.0, 10.1, 10.2, 10.3, 3.0)]
    comparison = compare(base, [run(latency_ms=each) for each in low])
    both = ("p50", "p95")
    assert comparison.far == ((), (), (), both, (), (), (), (), (), both)
    assert "baseline run 4 lies far from the others of its side, by p50 and p95" in comparison.notes
    tails = [run(latency_ms=Latency(p95=20, p99=p99)) for p99 in (40, 41, 90, 42, 40.5)]
    budgets = [term("p99", "absolute", 5)]
    assert compare(tails, base, budgets=budgets).far[:5] == ((), (), ("p99",), (), ())
    assert not any(compare(tails, base).far[:5])


def test_p_is_of_p95_and_p50_alone():
    tested = {each.metric for each in sides((1, 2, 3), (4, 5, 6)).deltas if each.p_value}
    assert tested == {"p50", "p95"}


def test_where_p95_is_only_bracketed_p50_is_judged():
    times = Latency(p50=10.0, p95_range=(15.0, 30.0))
    comparison = compare([run(latency_ms=times)], [run(latency_ms=times)])
    assert "p50 10 → 10 ms" in comparison.verdict
    assert "it lies between 15 and 30 ms" in comparison.verdict
    assert {each.metric for each in comparison.deltas} == {"p50", "rps", "error_rate"}


def coarse(mean, **changes):
    """Fortio at its standard resolution: all percentiles in one bucket."""
    ranges = {f"{each}_range": (0.1, 1.0) for each in ("p50", "p90", "p95", "p99")}
    return run(latency_ms=Latency(mean=mean, **ranges | changes))


def test_figures_in_the_same_bucket_cannot_be_told_apart():
    comparison = compare([coarse(0.16)], [coarse(0.48)])
    assert comparison.comparable
    assert comparison.verdict.startswith(
        "cannot tell: p50, p90, p95 and p99 lie between 0.1 and 1 ms"
    )
    assert "a run of Fortio with -r 0.0001 tells more" in comparison.verdict
    assert "mean can be compared: 0.16 → 0.48 ms (+0.32 ms, +200 %)" in comparison.verdict
    assert [each.metric for each in comparison.unresolved] == ["p50", "p90", "p95", "p99"]
    assert {each.metric for each in comparison.deltas} == {"mean", "rps", "error_rate"}


def test_a_figure_is_judged_where_the_buckets_differ_and_not_where_they_are_one():
    fine = Latency(p50=0.5, p95=0.9636, p50_range=(0.4, 0.6), p95_range=(0.1, 1.0))
    slow = Latency(p50=1.5, p95=0.9645, p50_range=(1.0, 2.0), p95_range=(0.12, 1.0))
    comparison = compare([run(latency_ms=fine)], [run(latency_ms=slow)])
    assert (
        "p50 ≈ 0.5 → ≈ 1.5 ms (≈ +1 ms, +200 %, buckets allow +0.4 to +1.6)" in comparison.verdict
    )
    assert "it lies between 0.1 and 1 ms" in comparison.verdict
    assert [(each.metric, each.low, each.high) for each in comparison.unresolved] == [
        ("p95", 0.1, 1.0)
    ]
    assert "p95" not in {each.metric for each in comparison.deltas}


def test_what_cannot_be_told_beside_the_verdict_is_said_once_with_what_tells_more():
    slow = Latency(p50=1.5, p95=0.9645, p50_range=(1.0, 2.0), p95_range=(0.1, 1.0))
    fine = Latency(p50=0.5, p95=0.9636, p50_range=(0.4, 0.6), p95_range=(0.1, 1.0))
    comparison = compare([run(latency_ms=fine)], [run(latency_ms=slow)])
    line = (
        "whole run: p95 cannot be told apart, between 0.1 and 1 ms on both sides, in the same "
        "bucket: a run of Fortio with -r 0.0001 tells more"
    )
    assert comparison.untold == (line,)
    assert line in told(comparison)
    assert compare([coarse(0.16)], [coarse(0.48)]).untold == ()
    assert compare([run()], [run(21.0)]).untold == ()


def read_off(*figures, half=1.0):
    """A side of runs whose p95 was read off buckets of a width."""
    return [
        run(latency_ms=Latency(p95=each, p95_range=(each - half, each + half))) for each in figures
    ]


def test_an_interval_that_rests_on_buckets_says_how_far_their_ends_let_it_go():
    comparison = compare(read_off(20, 21, 22, 23), read_off(30, 31, 32, 33))
    p95 = delta(comparison, "p95")
    low, high = p95.interval
    assert (p95.baseline_within, p95.mesh_within) == ((20.5, 22.5), (30.5, 32.5))
    assert (p95.within, p95.interval_within) == ((8, 12), pytest.approx((low - 2, high + 2)))
    ends = f"{low - 2:+.4g} to {high + 2:+.4g} ms"
    assert f"as read off buckets whose ends allow {ends})" in comparison.verdict
    assert "p95 ≈ 21.5 → ≈ 31.5 ms (≈ +10 ms" in comparison.verdict
    off = 1 / 1024
    exact = sides(
        [each + off for each in (20, 21, 22, 23)], [each + off for each in (30, 31, 32, 33)]
    )
    assert delta(exact, "p95").interval == pytest.approx((low, high))
    assert delta(exact, "p95").interval_within is delta(exact, "p95").within is None
    assert "≈" not in exact.verdict
    assert "bucket" not in exact.verdict


def test_a_single_observation_off_buckets_says_what_their_ends_allow():
    verdict = compare(read_off(20), read_off(23)).verdict
    assert "p95 ≈ 20 → ≈ 23 ms (≈ +3 ms, +15 %, buckets allow +1 to +5)" in verdict


def test_a_shared_bucket_takes_every_run_of_both_sides():
    other = run(latency_ms=Latency(mean=3.0, p50_range=(1.0, 4.0), p95_range=(1.0, 4.0)))
    comparison = compare([coarse(0.1), coarse(0.2)], [coarse(0.3), other])
    assert comparison.unresolved == ()


def test_ranges_that_only_overlap_are_not_called_one_bucket():
    ranges = {f"{each}_range": (0.5, 2.0) for each in ("p50", "p90", "p95", "p99")}
    comparison = compare([coarse(0.3)], [coarse(0.6, **ranges)])
    assert "between 0.1 and 2 ms on both sides, in ranges that overlap" in comparison.verdict
    assert {each.same_bucket for each in comparison.unresolved} == {False}
    assert "in the same bucket" in compare([coarse(0.16)], [coarse(0.48)]).verdict


SAME = "nothing to compare: the same run on both sides"


@pytest.mark.parametrize(
    ("base", "mesh", "verdict"),
    [
        ([20.0], [20.0], SAME),
        ([20.0, 20.0], [20.0], SAME.replace("run", "runs")),
        ([20.0, 21.0], [21.0, 20.0], SAME.replace("run", "runs")),
        ([20.0], [20.0, 21.0], "nothing is decided: one run stands on both sides"),
        ([20.0, 21.0], [21.0, 22.0], "nothing is decided: one run stands on both sides"),
        ([20.0, 21.0, 23.0], [20.0, 21.0], "nothing is decided: 2 runs stand on both sides"),
    ],
)
def test_no_further_run_can_tell_a_run_from_itself(base, mesh, verdict):
    assert compare([*map(run, base)], [*map(run, mesh)]).verdict.startswith(f"{verdict} (p95 ")


def test_a_run_given_again_decides_nothing():
    comparison = compare([run(20.0)] * 4, [run(30.0), run(31.0), run(32.0), run(33.0)])
    (p95,) = (each for each in comparison.deltas if each.metric == "p95")
    assert p95.p_value < 0.05
    assert comparison.verdict.startswith(
        "nothing is decided: of 4 baseline runs 1 is different, and a "
    )


def test_notes_that_differ_in_figures_alone_are_told_once_with_whose_they_are():
    named = [(f"{at}.json", run(notes=(f"p90 is between {at} and 9 ms",))) for at in range(3)]
    assert [*noted(named)] == [
        "every run: p90 is between 0 and 9 ms (the figures of 0.json; each has its own)"
    ]
    other = ("3.json", run(notes=("p95 is between 1 and 9 ms",)))
    assert [*noted([*named[:2], other])] == [
        *(f"{at}.json: p90 is between {at} and 9 ms" for at in range(2)),
        "3.json: p95 is between 1 and 9 ms",
    ]


def test_few_answers_left_out_of_the_latencies_are_said_and_many_refused():
    few = compare([run()], [run(left_out=240)])
    assert few.comparable
    assert few.notes == (
        "In the mesh run, 240 of 240,000 answers were too slow for fortio's timeout and are in no "
        "latency: mean and percentiles are too low",
    )
    many = compare([run()], [run(left_out=2_500)])
    assert [each.id for each in many.refusals] == ["left_out"]
    assert compare([run()], [run(left_out=2_500)], {"left_out": "known"}).comparable


def test_the_notes_of_runs_are_told_once_with_their_files():
    part, late = "A part of this file was not read", "it started late"
    base, mesh = run(notes=(part,)), run(21.0, notes=(part, late))
    comparison = compare([base], [mesh])
    lines = [*told(comparison, [("in/a.json", base), ("b.json", mesh)])]
    assert lines[-2:] == [f"every run: {part}", f"b.json: {late}"]
    alone = [*told(comparison, [("a.json", base), ("c.json", run()), ("b.json", base)])]
    assert alone[-1] == f"a.json and b.json: {part}"


def test_a_metric_that_one_run_lacks_is_not_averaged_over_the_rest():
    lacking = run(latency_ms=Latency(p50=10.0))
    comparison = compare([run(), run()], [run(), lacking])
    assert "p95" not in {each.metric for each in comparison.deltas}


def test_endpoints_that_both_sides_have_are_compared_whatever_their_host():
    def with_endpoints(host, *names):
        endpoints = [Endpoint(name=f"GET {host}{each}", rps=1.0) for each in names]
        return run(endpoints=tuple(endpoints))

    base = with_endpoints("http://plain.shop", "/cart", "/pay")
    mesh = with_endpoints("http://meshed.shop:80", "/cart", "/new")
    comparison = compare([base], [mesh])
    assert {each.endpoint for each in comparison.deltas} == {None, "GET http://plain.shop/cart"}


@pytest.mark.parametrize(("base", "mesh"), [(0, 1), (1, 0), (11, 1)])
def test_a_side_has_one_to_ten_runs(base, mesh):
    with pytest.raises(BadInput):
        compare([run()] * base, [run()] * mesh)


def test_ten_runs_a_side_are_tested_exactly():
    both = sides([20 + n for n in range(10)], [25 + n for n in range(10)])
    assert 0 < delta(both, "p95").p_value < 0.05


def test_what_no_file_holds_is_one_reason_and_no_repeating_alike_mends_it():
    bare = [run(latency_ms=Latency()) for _ in range(5)]
    comparison = compare(bare, bare)
    assert [each.text for each in comparison.refusals] == [
        "No file holds a p50 or a p95 to compare."
    ]
    assert comparison.verdict == (
        "not comparable, for one reason: repeat the runs without it, or override it with a reason"
    )
    (one,) = compare(bare[:1], [run()]).refusals
    assert one.text == "No p50 and no p95 to compare: baseline run."


def test_one_kind_of_reason_said_of_several_runs_counts_once():
    comparison = compare([run(), run()], [run(errors=4_800, error_rate=0.02)] * 2)
    assert len(comparison.refusals) == 2
    assert comparison.verdict.startswith("not comparable, for one reason: repeat the runs without")
