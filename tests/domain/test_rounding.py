"""Rounded figures: their step is told from them, and no claim is finer than it."""

import pytest

from bot.domain.runs.compare import compare
from bot.domain.runs.model import Latency, Run
from bot.domain.runs.outliers import outlier
from bot.domain.runs.rounding import step_of


def side(*p95, since=0):
    """Runs as ab, Locust or Gatling give them."""
    return [
        Run(
            format="x", tool="locust", requests=6000, samples=6000, errors=0, error_rate=0.0,
            rps=200.0, latency_ms=Latency(p50=10.0, p95=each, max=each + at),
        )
        for at, each in enumerate(p95, since)
    ]  # fmt: skip


def p95(comparison):
    return next(each for each in comparison.deltas if each.metric == "p95")


@pytest.mark.parametrize(
    ("figures", "step"),
    [
        ((17.0, 18.0, 21.0), 1.0),
        ((10.0, 20.0, 30.0), 1.0),
        ((110.0, 120.0, 340.0), 10.0),
        ((2100.0, 1900.0), 100.0),
        ((17.7, 18.1), 0.1),
        ((0.0177 * 1e3, 0.0181 * 1e3), 0.1),
        ((9.97, 10.01), 0.01),
        ((17.767139, 17.816), 0.0),
    ],
)
def test_the_step_of_figures_is_the_coarsest_that_all_are_multiples_of(figures, step):
    assert step_of(figures) == step


def test_no_difference_in_whole_ms_is_not_called_exactly_none():
    alike = compare(side(18, 18, 18, 18), side(18, 18, 18, 18, since=4))
    assert p95(alike).interval == (0, 0)
    assert p95(alike).interval_within == (-1, 1)
    assert "between 0 and 0 ms at 95 %" in alike.verdict
    assert "from figures whose rounding allows" in alike.verdict
    assert "≈" not in alike.verdict


def test_a_difference_in_whole_ms_lies_a_step_further_than_its_interval():
    found = p95(compare(side(40, 41, 42, 43), side(48, 49, 50, 51)))
    low, high = found.interval
    assert found.interval_within == pytest.approx((low - 1, high + 1))
    assert found.baseline_within is None


def test_a_step_that_is_small_beside_the_interval_is_not_told():
    found = compare(side(400, 471, 422, 493), side(618, 549, 650, 581))
    assert p95(found).interval_within is None
    assert "rounding" not in found.verdict


def test_one_step_is_not_far_from_the_others():
    assert outlier([40, 40, 39, 40, 40]) is None
    assert outlier([17.7, 17.7, 17.8, 17.7]) is None
    assert outlier([40, 40, 37, 40, 40]) == 2
    assert outlier([40.013, 40.021, 39.013, 40.017, 40.02]) == 2
