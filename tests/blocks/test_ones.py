"""One of something is one team, not "1 teams"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.blocks import card, detail, hours, phrases, whatif
from bot.domain.words import one, some
from playground.strict.checks import walk
from tests.blocks.gallery import gallery
from tests.blocks.test_card import team
from tests.blocks.widest import SHIPPED

REAL = frozenset(("ms", "series", "less", "is", "was", "vs", "class"))
"""Words that end like a plural and are none."""
NUMBERS = ("services", "teams", "incidents_per_month", "hours_per_incident", "drift_hours_per_team",
           "mesh_hours_per_month", "setup_hours")  # fmt: skip


def plurals(drawn: Any) -> Iterator[str]:
    """What says 1 of several."""
    for each in walk(drawn["blocks"]):
        text = each.get("text")
        if isinstance(text, str):
            matches = re.findall(r"(?<![\d.,/>-])\b1 ([a-z]+s)\b", text)
            yield from (word for word in matches if word not in REAL)


def test_no_screen_says_one_of_several():
    for name, drawn in gallery():
        assert not list(plurals(drawn)), name


def test_no_card_of_a_team_that_has_one_of_everything_says_so():
    ones = team(dict.fromkeys(NUMBERS, 1) | {"saving_percent": 50, "observability": "yes"})
    for drawn in (card.card(SHIPPED, ones), detail.detail(SHIPPED, ones),
                  detail.more(SHIPPED, ones), whatif.posted(SHIPPED, ones, "U0ANA")):  # fmt: skip
        assert not list(plurals(drawn)), drawn["text"]
    assert ones.advice.tax is not None
    sums = "\n".join((*hours.sums(SHIPPED, ones.advice.tax), phrases.payback(ones.advice.tax)))
    assert "1 hours" not in sums


def test_a_unit_of_one_is_singular_and_what_is_no_plural_stays():
    assert some(1, "hours a month") == "1 hour a month"
    assert some(2.5, "hours a month") == "2.5 hours a month"
    assert some(1, "%") == "1 %"
    assert some(7, "") == "7"
    assert [one(each) for each in ("teams", "ms", "loss", "services")] == [
        "team", "ms", "loss", "service"]  # fmt: skip
