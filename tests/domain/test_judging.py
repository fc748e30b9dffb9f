"""One budget against runs: kept, broken, or one more run on each side."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.judging import judge
from bot.domain.pilot.model import Term
from bot.domain.runs.chance import chance_of_fewer, chance_of_more

ADDED = Term(limit=10, metric="p95", change="absolute", unit="ms")
PERCENT = Term(limit=10, metric="p95", change="percent", unit="%", noise=1)
ERRORS = Term(limit=0.1, metric="error_rate", change="absolute", unit="percentage points")
MINUTES = Term(limit=15, metric="minutes", change="value", unit="minutes")
BETTER_FIRST = ("pass", "inconclusive", "fail")

RUNS = st.lists(st.floats(0, 1000).map(lambda each: round(each, 3)), min_size=1, max_size=6)
TERMS = st.builds(
    Term,
    limit=st.floats(-50, 200),
    metric=st.just("p95"),
    change=st.sampled_from(["absolute", "percent", "value"]),
    unit=st.just("ms"),
    noise=st.floats(0, 20),
)


@pytest.mark.parametrize(("term", "base", "mesh", "result"), [
    (ADDED, [100], [110], "pass"),
    (ADDED, [100], [110.001], "fail"),
    (ADDED, [100], [50], "pass"),
    (PERCENT, [100], [110], "pass"),
    (PERCENT, [100], [111], "fail"),
    (PERCENT, [0.5], [1.5], "pass"),
    (PERCENT, [0.5], [1.6], "fail"),
    (PERCENT, [0], [1], "pass"),
    (PERCENT, [0], [2], "fail"),
    (ERRORS, [0.002], [0.003], "pass"),
    (ERRORS, [0.002], [0.0031], "fail"),
    (MINUTES, [], [15], "pass"),
    (MINUTES, [], [16], "fail"),
    (ADDED, [100, 101, 102], [108, 109, 110], "pass"),
    (ADDED, [100, 101], [109, 110.5], "inconclusive"),
    (ADDED, [100, 101, 102], [120, 121, 122], "fail"),
])  # fmt: skip
def test_results(term, base, mesh, result):
    judged = judge(term, base, mesh)
    assert judged.result == result
    assert judged.why


def test_the_limit_itself_is_kept_whatever_rounding_does():
    assert 1.1 * 3 > 3.3
    term = PERCENT.model_copy(update={"noise": 0})
    assert judge(term, [3], [3.3]).result == "pass"
    assert judge(term, [0.1], [0.11]).result == "pass"


def test_a_percentage_that_must_fall_is_not_forgiven_by_noise():
    improve = PERCENT.model_copy(update={"limit": -10})
    assert judge(improve, [100], [100]).result == "fail"
    assert judge(improve, [100], [90]).result == "pass"


def test_what_counts_as_nothing_is_said():
    assert judge(PERCENT, [0.562], [0.961]).why == "Adds 0.4 ms; up to 1 ms count as none."


@pytest.mark.parametrize("nothing", [0, 5e-324])
def test_a_percentage_of_nothing_is_none(nothing):
    judged = judge(PERCENT, [nothing], [2])
    assert judged.measured is None
    assert judged.why == "From 0 ms, so there is no percentage."


def test_figures_come_in_the_units_in_which_people_read_them():
    judged = judge(ERRORS, [0.002], [0.003])
    assert (judged.baseline, judged.mesh) == (pytest.approx(0.2), pytest.approx(0.3))
    assert judged.measured == pytest.approx(0.1)
    assert judge(PERCENT, [100, 200], [165, 165]).measured == pytest.approx(10)
    assert judge(ADDED, [100, 200], [165, 165]).measured == pytest.approx(15)
    assert judge(MINUTES, [30], [12]).measured == 12


def test_one_run_a_side_is_marked():
    assert judge(ADDED, [100], [101]).single
    assert judge(ADDED, [100, 100], [101]).single
    assert not judge(ADDED, [100, 100], [101, 101]).single


def test_runs_that_disagree_ask_for_one_more():
    assert judge(ADDED, [100, 101], [109, 110.5]).why == (
        "Over the limit in 1 of 4 pairs of runs: one more run on each side is needed."
    )
    assert "one more run is needed" in judge(MINUTES, [], [14, 16]).why


def test_enough_runs_settle_it_although_a_pair_disagrees():
    base = [100.0 + n / 10 for n in range(6)]
    kept = judge(ADDED, base, [101, 102, 103, 104, 105, 110.05])
    assert kept.result == "pass"
    assert "p = 0.0022" in kept.why
    broken = judge(ADDED, base, [110.45, 121, 122, 123, 124, 125])
    assert broken.result == "fail"
    assert "p = 0.0022" in broken.why


def test_a_mean_on_the_other_side_keeps_ranks_from_deciding():
    base = [100.0 + n / 10 for n in range(6)]
    assert judge(ADDED, base, [101, 102, 103, 104, 105, 1000]).result == "inconclusive"


@given(TERMS, RUNS, RUNS, st.data())
def test_worse_figures_never_give_a_better_result(term, base, mesh, data):
    at = data.draw(st.integers(0, len(mesh) - 1))
    more = data.draw(st.floats(0, 500))
    worse = [each + more * (n == at) for n, each in enumerate(mesh)]
    before, after = (judge(term, base, each).result for each in (mesh, worse))
    assert BETTER_FIRST.index(after) >= BETTER_FIRST.index(before)


@given(TERMS, RUNS, RUNS, st.floats(0, 100))
def test_a_tighter_limit_never_gives_a_better_result(term, base, mesh, less):
    tighter = term.model_copy(update={"limit": term.limit - less})
    loose, tight = (judge(each, base, mesh).result for each in (term, tighter))
    assert BETTER_FIRST.index(tight) >= BETTER_FIRST.index(loose)


@given(TERMS, RUNS, RUNS, st.randoms())
def test_the_order_of_runs_does_not_matter(term, base, mesh, random):
    mixed = (random.sample(base, len(base)), random.sample(mesh, len(mesh)))
    assert judge(term, base, mesh).result == judge(term, *mixed).result


@given(TERMS, st.floats(0, 1000), st.floats(0, 1000))
def test_one_run_a_side_is_never_inconclusive(term, base, mesh):
    assert judge(term, [base], [mesh]).result in ("pass", "fail")


@pytest.mark.parametrize(("base", "mesh"), [(1, 1), (2, 3), (3, 3), (4, 3), (1, 5), (5, 5)])
def test_the_chances_are_those_of_counting_every_order(base, mesh):
    """Each choice of the mesh runs' ranks is one order; pairs over are counted one by one."""
    ranks = range(base + mesh)
    overs = []
    for chosen in combinations(ranks, mesh):
        rest = [each for each in ranks if each not in chosen]
        overs.append(sum(high > low for high in chosen for low in rest))
    for over in range(base * mesh + 1):
        fewer = sum(each <= over for each in overs) / len(overs)
        more = sum(each >= over for each in overs) / len(overs)
        assert chance_of_fewer(over, base, mesh) == pytest.approx(fewer)
        assert chance_of_more(over, base, mesh) == pytest.approx(more)


def test_ten_runs_a_side_take_no_time():
    assert chance_of_more(100, 10, 10) == pytest.approx(1 / 184_756)
