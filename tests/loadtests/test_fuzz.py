"""Damaged results by the thousand: each is read or refused with one sentence, none crashes."""

from __future__ import annotations

import random

import pytest

from tests.loadtests.mutation import mutant, outcome, samples

pytestmark = pytest.mark.exhaustive

EACH = 330
HELD = samples()
EVERY = [data for held in HELD.values() for data in held]


@pytest.mark.parametrize("form", sorted(HELD))
def test_whatever_is_damaged_is_read_or_refused(form):
    dice = random.Random(form)
    outcomes = {outcome(mutant(dice, dice.choice(HELD[form]), EVERY)) for _ in range(EACH)}
    assert outcomes == {"read", "refused"}


def test_ten_thousand_inputs_are_tried_in_all():
    assert EACH * len(HELD) >= 10_000
