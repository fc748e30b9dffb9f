"""The interval is the exact test turned round; the power table is what it says."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.runs.chance import p_value
from bot.domain.runs.difference import (
    POWER,
    interval,
    interval_within,
    middle,
    runs_needed,
)
from bot.domain.runs.outliers import outlier

runs = st.lists(st.integers(0, 400).map(lambda n: n / 4), min_size=3, max_size=5)


@settings(deadline=None, max_examples=150)
@given(runs, runs)
def test_the_interval_holds_what_the_test_does_not_refuse(first, second):
    ends = interval(first, second, 0.1)
    if ends is None:
        return
    low, high = ends
    assert low <= high
    inside = (low + high) / 2
    assert p_value(first, [each - inside for each in second]) > 0.1 - 1e-9
    for beyond in (low - 0.01 - abs(low) / 1e6, high + 0.01 + abs(high) / 1e6):
        assert p_value(first, [each - beyond for each in second]) <= 0.1 + 1e-9


spans = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=5
)


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=150)
@given(spans, spans)
def test_the_interval_of_buckets_holds_that_of_any_figures_in_them(first, second):
    within = [[(float(low), float(low + a + b)) for low, a, b in side] for side in (first, second)]
    inside = interval(*([float(low + a) for low, a, _ in side] for side in (first, second)), 0.1)
    ends = interval_within(*within, 0.1)
    assert (ends is None) is (inside is None)
    if ends:
        assert ends[0] <= inside[0] + 1e-9
        assert inside[1] <= ends[1] + 1e-9


def test_of_as_many_runs_a_side_the_interval_of_buckets_is_no_wider_than_it_must_be():
    low, high = [1.0, 2.0, 3.0, 5.0], [1.5, 2.5, 4.0, 5.5]
    slow, slower = [7.0, 8.0, 8.5, 9.0], [8.0, 8.5, 9.0, 9.5]
    least, _ = interval(high, slow, 0.05)
    _, most = interval(low, slower, 0.05)
    ends = interval_within([*zip(low, high, strict=True)], [*zip(slow, slower, strict=True)], 0.05)
    assert ends == pytest.approx((least, most))


def test_what_rounding_leaves_is_no_difference():
    runs = [497.1, 497.2, 497.3, 497.4]
    off = [each + 1e-13 for each in runs]
    assert middle(runs, off) == 0
    assert interval(runs, [each + 1 for each in off], 0.05)[1] > 0


def test_three_runs_a_side_have_no_interval_at_five_percent():
    assert interval([1, 2, 3], [4, 5, 6], 0.05) is None
    assert interval([1, 2, 3, 4], [5, 6, 7, 8], 0.05) is not None


def test_ten_runs_a_side_are_done_in_a_moment():
    lot = random.Random(1)
    first = [lot.gauss(10, 1) for _ in range(10)]
    second = [lot.gauss(12, 1) for _ in range(10)]
    ends = interval(first, second, 0.05)
    assert ends is not None
    assert ends[0] < 2 < ends[1]
    assert ends[0] < middle(first, second) < ends[1]


def test_an_interval_covers_the_truth_as_often_as_it_says():
    lot, missed = random.Random(20261128), 0
    for _ in range(400):
        first = [lot.gauss(10, 1) for _ in range(5)]
        second = [lot.gauss(11, 1) for _ in range(5)]
        low, high = interval(first, second, 0.05)
        missed += not low <= 1 <= high
    assert missed / 400 <= 0.08


def test_the_middle_does_not_follow_one_outlier():
    assert middle([10, 10, 10, 10], [11, 11, 11, 99]) == 1


@pytest.mark.parametrize(("effect", "needed"), [(3.0, 4), (2.1, 5), (1.35, 10), (1.0, None)])
def test_how_many_runs_would_find_it(effect, needed):
    first = [-1.0, 0.0, 1.0]
    for measured in (0, 7):
        assert runs_needed(first, [each + measured for each in first], effect) == needed
    assert sorted(POWER.values(), reverse=True) == list(POWER.values())


def test_one_run_among_five_that_is_far_off_is_seen():
    assert outlier([10.0, 10.2, 10.1, 30.0, 9.9]) == 3
    assert outlier([10.0, 10.2, 10.1, 10.3, 9.9]) is None
    assert outlier([10.0, 30.0]) is None
    assert outlier([28.0, 31.0, 30.75, 42.0, 31.4]) == 3
    assert outlier([28.0, 31.0, 30.75, 38.0, 31.4]) is None
    assert outlier([5.0, 5.0, 5.0, 5.0]) is None


def test_a_run_is_called_far_about_as_often_as_dixon_s_test_errs():
    lot = random.Random(7)
    for many in (4, 5, 7, 10):
        sides = [[lot.gauss(10, 1) for _ in range(many)] for _ in range(2000)]
        assert 0.03 < sum(outlier(side) is not None for side in sides) / len(sides) < 0.07
