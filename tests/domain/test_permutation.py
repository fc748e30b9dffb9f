"""The exact permutation test against counting by hand with fractions."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.runs.chance import p_value, runs_missing, smallest_p

values = st.lists(st.integers(0, 50), min_size=1, max_size=4)


def by_hand(first, second):
    """Every order of all runs, the first ones taken as one side."""
    pooled, few = [Fraction(each) for each in (*first, *second)], len(first)

    def gap(order):
        one, other = order[:few], order[few:]
        return abs(sum(one) / len(one) - sum(other) / len(other))

    observed = gap(tuple(pooled))
    orders = list(permutations(pooled))
    return Fraction(sum(gap(each) >= observed for each in orders), len(orders))


@pytest.mark.exhaustive
@settings(max_examples=120, deadline=None)
@given(values, st.lists(st.integers(0, 50), min_size=1, max_size=3))
def test_it_counts_what_counting_by_hand_counts(first, second):
    assert p_value(first, second) == pytest.approx(float(by_hand(first, second)))


@settings(max_examples=100, deadline=None)
@given(values, values, st.floats(0.001, 1000))
def test_neither_unit_nor_side_matters(first, second, unit):
    p = p_value(first, second)
    assert p == pytest.approx(p_value(second, first))
    assert p == pytest.approx(p_value([x * unit for x in first], [x * unit for x in second]))
    assert 0 < p <= 1


@pytest.mark.parametrize(("first", "second"), [(2, 2), (3, 3), (4, 4), (2, 5), (1, 4), (4, 3)])
def test_the_smallest_p_is_reached_by_runs_that_do_not_overlap(first, second):
    low, high = [float(n) for n in range(first)], [100.0 + 3 * n for n in range(second)]
    assert p_value(low, high) == pytest.approx(smallest_p(first, second))


def test_three_runs_a_side_cannot_show_anything_at_five_percent():
    assert smallest_p(3, 3) == 2 / comb(6, 3) == 0.1
    assert runs_missing(3, 3, 0.05) == 1
    assert runs_missing(1, 1, 0.05) == 3
    assert runs_missing(4, 4, 0.05) == 0


def test_equal_runs_show_nothing():
    assert p_value([5.0, 5.0], [5.0, 5.0]) == 1.0
