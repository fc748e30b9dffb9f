"""Whatever three people press in whatever order, nothing ends in what nobody foresaw."""

from __future__ import annotations

import logging
import os

import pytest

from tests.journeys.house import House
from tests.journeys.monkey import Monkey

STEPS = int(os.environ.get("MONKEY", "60"))
"""A run. MONKEY=2000 SEED=7 with --timeout=0 --log-cli-level=info looks further, and tells."""
SEED = int(os.environ.get("SEED", "16"))


@pytest.mark.parametrize("share", [0.0, 0.1])
def test_nothing_that_is_pressed_by_chance_ends_unforeseen(house: House, share: float):
    """The house asks at its end for errors in the log, payloads refused, claims with no act."""
    slack = house.slack
    house.settings = house.settings.model_copy(update={"acts": 100_000, "channel_acts": 100_000})
    house.led_by("U0CLEO")
    monkey = Monkey(slack, SEED)
    slack.patient = False
    slack.illness.strikes(share, SEED)
    monkey.steps(STEPS)
    slack.illness.strikes(0)
    slack.patient = True
    assert house.relay.settle(60)
    logging.getLogger(__name__).info("%s %s %s", STEPS, monkey.did + monkey.met, slack.illness.met)
    assert monkey.did["presses"] > STEPS / 4
