"""Home tells of a pilot what a person would look for there."""

from __future__ import annotations

from datetime import date

from bot.blocks.pilots_here import lines
from bot.domain.replies import PilotHere

ENDS = date(2099, 1, 1)


def test_a_pilot_says_how_it_stands_what_ends_and_which_roles_are_mine():
    held = tuple((f"s{at}", ENDS, at > 0) for at in range(5))
    here = PilotHere(
        id="p",
        channel="C0",
        result=None,
        stage="Plain mTLS",
        exceptions=held,
        roles=(("Platform", True), ("Security", False)),
    )
    assert lines(here) == [
        "*Pilot:* runs · *Rollout:* Plain mTLS",
        "*Exceptions:* s0 until 1 Jan 2099 (not approved), s1 until 1 Jan 2099, "
        "s2 until 1 Jan 2099, 2 more",
        "*My roles:* Platform, Security (asked)",
    ]
    assert lines(PilotHere(id="p", channel="C0", result="open")) == [
        "*Pilot:* closed without a result"
    ]
