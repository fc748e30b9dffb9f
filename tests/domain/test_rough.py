"""A budget against figures that only lie between two values: wherever they lie, or not told."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.judging import judge
from bot.domain.pilot.replacing import told
from bot.domain.pilot.rough import judge_figure
from bot.domain.pilot.verdict import verdict
from tests.domain.pilots import DRILLS, FIGURES, OWNERS, PLAN, SEAL, goal, measured
from tests.domain.situations import PACK
from tests.domain.test_judging import ADDED, TERMS

OPEN = {("p95_added", "/cart"), ("p95_percent", "/cart")}
FINER = "a run of Fortio with -r 0.0001 tells more"
LIMIT = ADDED.model_copy(update={"change": "value", "limit": 200})


def read_off(baseline, mesh, ranges, **more):
    """One p95, each side's ranges with it."""
    before, after = ranges
    lies = {"baseline_ranges": before, "mesh_ranges": after, "finer": FINER}
    return measured("p95", baseline, mesh, "cart", "/cart", **lies | more)


@st.composite
def within(draw):
    """A figure of some runs that were read off ranges, and where they may truly lie."""
    spans = st.tuples(st.floats(1, 300), st.sampled_from([0.0, 0.5, 20.0]))
    sides = [
        [(low, low + wide) for low, wide in draw(st.lists(spans, min_size=1, max_size=4))]
        for _ in range(2)
    ]
    read = [[draw(st.floats(*each)) for each in side] for side in sides]
    base, mesh = [[draw(st.floats(*each)) for each in side] for side in sides]
    return read_off(*read, sides), base, mesh


@given(TERMS, within())
def test_what_is_kept_or_broken_is_so_wherever_in_its_range_each_run_lies(term, held):
    figure, base, mesh = held
    judged = judge_figure(term, figure)
    if judged.too_coarse:
        assert (judged.result, judged.measured, judged.mesh) == ("inconclusive", None, None)
    else:
        assert judge(term, base, mesh).result == judged.result


def test_a_coarse_bucket_keeps_a_wide_budget_and_cannot_tell_a_narrow_one():
    figure = read_off([0.9636], [0.9645], ([(0.035, 1.0)], [(0.035, 1.0)]))
    wide, narrow = ADDED, ADDED.model_copy(update={"limit": 0.5})
    kept, open_ = judge_figure(wide, figure), judge_figure(narrow, figure)
    assert (kept.result, kept.rough) == ("pass", True)
    assert kept.why == "At the least favourable ends of its ranges too: Within the limit."
    assert (open_.result, open_.measured, open_.single) == ("inconclusive", None, True)
    assert open_.why == (
        f"Not measured finely enough: the mesh adds between -0.965 and +0.965 ms; {FINER}."
    )


def test_a_range_without_a_figure_or_without_an_end_is_judged_by_what_it_allows():
    only = read_off([None], [None], ([(20, 30)], [(90, 100)]))
    assert judge_figure(ADDED, only).result == "fail"
    assert judge_figure(ADDED, only).measured is None
    assert told({}, only) == "p95 cart /cart: between +60 and +80 ms"
    cut = read_off([20], [150], ([None], [(150, None)]))
    assert judge_figure(ADDED, cut).result == "fail"
    assert judge_figure(LIMIT, cut).why == (
        f"Not measured finely enough: it lies above 150 ms; {FINER}."
    )
    assert told({}, cut) == "p95 cart /cart: ≈ +130 ms"


def test_a_verdict_says_of_budgets_that_they_were_not_measured_finely_enough():
    coarse = read_off([9.6], [9.7], ([(1.0, 25.0)], [(1.0, 25.0)]))
    others = [each for each in FIGURES if (each.metric, each.endpoint) != ("p95", "/cart")]
    judgement = verdict(PACK, PLAN, [SEAL], [*others, coarse], DRILLS, (OWNERS, goal(96)))
    rows = [each for each in judgement.rows if (each.budget, each.endpoint) in OPEN]
    assert {(each.result, each.measured, each.mesh) for each in rows} == {
        ("inconclusive", None, None)
    }
    assert {each.budget for each in judgement.rows if each.too_coarse} == {each for each, _ in OPEN}
    assert (judgement.rule, judgement.whole) == ("too_coarse", "measure_more")
    assert "results that cannot be told: 2; inconclusive in all: 2" in judgement.because
