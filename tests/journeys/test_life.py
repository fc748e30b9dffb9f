"""A life with meshfit while Slack is ill: at the end all see what they see on the best of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.domain.pack import Pack
from bot.listeners.failures import ILL, SLACK_SAID
from playground.clock import HandClock
from playground.manifest import read_manifest
from playground.slack import Slack
from tests.journeys.conftest import ROOT
from tests.journeys.house import House
from tests.journeys.life import Life, seen

BEGINS = datetime(2026, 11, 20, 10, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 10, tzinfo=UTC)
"""Both in working hours, and a first working day of the month between them."""


TOLD = {f"False {each} []" for each in (ILL, *SLACK_SAID.values())}
"""What somebody may hear besides, for whom no form opened."""


@pytest.fixture
def house(house: House) -> House:
    return at_work(house)


def at_work(house: House) -> House:
    """From that day on time goes on, so that what waits comes to its turn."""
    moves(house, BEGINS)
    return house.led_by("U0CLEO")


def moves(house: House, to: datetime) -> None:
    """A clock that says so now, and goes on."""
    shift = to - datetime.now(UTC)
    house.clock = lambda: datetime.now(UTC) + shift


def lives(house: House, share: float = 0.0, seed: int = 0) -> tuple[Counter[tuple[str, str]], set]:
    """What everybody sees at the end of it."""
    slack = house.slack
    slack.patient = False
    slack.illness.strikes(share, seed)
    life = Life(slack)
    life.lives()
    assert house.relay.settle(60)
    moves(house, LATER)
    house.restart()
    assert house.relay.settle(60)
    slack.illness.strikes(0)
    slack.patient = True
    return seen(slack)


@pytest.fixture(scope="module")
def best_of_days(
    shipped: Pack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Counter[tuple[str, str]], set]]:
    """What is seen where nothing goes wrong."""
    with Slack(manifest=read_manifest(ROOT / "manifest.yml"), clock=HandClock()) as slack:
        house = House(slack, shipped, tmp_path_factory.mktemp("life") / "meshfit.db")
        house.open()
        at_work(house)
        try:
            yield lives(house)
        finally:
            house.close()


def test_the_best_of_days_shows_each_thing_once(best_of_days):
    for_all, _ = best_of_days
    assert {each for each, times in for_all.items() if times > 1} == set()
    line = " ".join(text for _, text in for_all)
    for words in (
        "answered 8 questions",
        "what changed at the teams",
        "You asked me to",
        "0001-service-mesh.md",
        "service-mesh.html",
        "Budgets, version 1",
    ):
        assert words in line


@pytest.mark.parametrize(("share", "seed"), [(0.1, 3), (0.2, 4)])
def test_where_a_share_of_all_calls_fails_it_is_seen_all_the_same(
    house: House, best_of_days, share: float, seed: int
):
    for_all, alone = lives(house, share, seed)
    assert sum(house.slack.illness.met.values()) > 3
    assert for_all == best_of_days[0]
    assert best_of_days[1] <= alone
    assert {said for _, said in alone - best_of_days[1]} <= TOLD
