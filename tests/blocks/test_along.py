"""What a pilot takes along from the card, and when it stops saying so."""

from __future__ import annotations

from bot.blocks.along import along
from bot.domain.estimate import estimate
from bot.domain.estimate.model import Load
from bot.domain.pilot.model import PilotService, Plan
from tests.blocks.pilot_gallery import EMPTY
from tests.blocks.widest import PACK
from tests.shipped import SHIPPED


def test_the_shape_and_the_estimate_are_the_cards_until_services_are_planned():
    assert EMPTY.team
    counted = estimate(SHIPPED, Load(services=60, pods=200, nodes=9, rps_per_edge=20))
    team = EMPTY.team.model_copy(update={"estimate": counted})
    (drawn,) = along(PACK, EMPTY.model_copy(update={"team": team}))
    text = drawn["text"]["text"]
    assert "• Where the proxy runs: " in text
    assert "• Proxies on top (estimated, not measured)" in text
    planned = EMPTY.model_copy(update={"plan": Plan(services=(PilotService(name="pay"),))})
    assert along(PACK, planned) == []
    assert along(PACK, EMPTY.model_copy(update={"team": None})) == []
