"""What a team has said and done, whoever else sends its buttons and forms from another place."""

from __future__ import annotations

import pytest

from tests.incidents import exports
from tests.journeys.elsewhere import Elsewhere
from tests.journeys.gathering import adds_incidents
from tests.journeys.house import House
from tests.journeys.keeping import KeptLate
from tests.journeys.life import Life
from tests.journeys.pilots import types_figures
from tests.journeys.test_forged import ACTIONS, FORMS
from tests.journeys.test_rollout import adds_exception


def test_a_stranger_elsewhere_moves_nothing_and_nothing_is_kept_too_late(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    kept, stranger = KeptLate(), Elsewhere()
    kept.watch(monkeypatch)
    house.led_by("U0CLEO")
    life = Life(house.slack)
    for part in (
        life.answers_and_shares,
        life.asks_a_round,
        life.takes_what_there_is_to_do,
        life.finds_an_owner,
        life.plans_a_pilot,
        lambda: types_figures(life.ana, "service:ledger", p95=("20", "21")),
        lambda: adds_exception(life.ana, life.ben, "2099-01-01"),
        lambda: adds_incidents(life.ana, exports.incident_io()),
        life.keeps_dates,
        life.is_led,
    ):
        part()
        life.ana.closes() if life.ana.modal else None
        assert stranger.goes_through(house.slack, house) == []
    assert kept.found == set()
    assert len(stranger.tried & set(ACTIONS)) >= 40
    assert len({name.split()[1] for name in stranger.tried if " " in name} & set(FORMS)) >= 12
