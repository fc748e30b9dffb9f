"""Figures and lists as a person says them."""

import pytest

from bot.domain.words import amount, by_amount, by_percent, in_percent, listed, number
from bot.domain.words import number as drawn


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.00004, "under 0.01 %"), (0.0012, "0.12 %"), (0.005, "0.5 %"), (0.39, "39 %")],
)
def test_a_share_has_the_digits_that_say_something(share, said):
    assert in_percent(share) == said


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (39.0, "+39 %"),
        (-2.5, "-2.5 %"),
        (0, "0 %"),
        (-0.0, "0 %"),
        (-0.001, "0 %"),
        (0.001, "0 %"),
    ],
)
def test_a_change_has_its_sign(percent, said):
    assert by_percent(percent) == said


@pytest.mark.parametrize("zero", [0.0, -0.0, 0])
def test_no_zero_is_negative(zero):
    assert {number(zero), amount(zero), by_amount(zero), drawn(zero)} == {"0"}
    assert {number(-0.004), drawn(-0.004)} == {"0"}


@pytest.mark.parametrize(
    ("parts", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_has_one_and(parts, said):
    assert listed(parts) == said
