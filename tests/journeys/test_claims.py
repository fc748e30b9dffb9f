"""The guard that reads every story's screens would notice a claim without its act."""

from __future__ import annotations

import pytest

from tests.journeys.claims import CLAIMS, acts, claimed
from tests.journeys.house import House
from tests.journeys.story import card, names_owner, shares_quick_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*Owner:* <@U0CLEO>, who accepted.", ("accepted", "U0CLEO")),
        ("<@U0CLEO> owns this, with time set aside.", ("accepted", "U0CLEO")),
        ("*Exception:* old until 1 Jan, approved by <@U0BEN>: why", ("approved", "U0BEN")),
        ("updated today · still true <!date^1^x|1 Jan> (<@U0ANA>) · rules", ("confirmed", "U0ANA")),
        ("reached 96 % (measured, <@U0ANA>, today)", ("measured", "U0ANA")),
    ],
)
def test_a_claim_is_read_where_it_stands(text: str, said: tuple[str, str]):
    assert claimed(text) == {said}


def test_to_be_asked_is_no_claim():
    asked = (
        "<@U0CLEO> was asked by <@U0ANA> and has not answered. <@U0BEN> (asked, has not answered)"
    )
    assert claimed(asked) == set()


def test_without_rows_nobody_did_anything(house: House):
    assert acts([]) == {kind: set() for kind in CLAIMS}
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    shares_quick_path(ana)
    cleo.presses("I own this", on=names_owner(ana, cleo))
    assert ("accepted", "U0CLEO") in claimed(card(ana).message.text)
