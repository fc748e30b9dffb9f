"""What was asked and missed: for the pack's owners, grouped, most asked first, with a draft."""

from __future__ import annotations

import pytest
import yaml

from bot.domain.pack import Pack
from playground.slack import Slack
from tests.journeys.story import aside

ODD = ("how do I bake rye bread in the mesh", "baking rye bread in the mesh, how?")
ANSWERED = "Does a mesh replace an API gateway?"


@pytest.fixture(scope="session")
def pack(shipped: Pack) -> Pack:
    return shipped


def test_owners_see_what_was_missed_grouped_and_without_who_asked(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.types("/meshfit ask which moon phase suits a mesh", in_="payments")
    for odd in (*ODD, ODD[0]):
        ben.types(f"/meshfit ask {odd}", in_="payments")
    ben.types(f"/meshfit ask {ANSWERED}", in_="payments")
    ana.types("/meshfit questions-missed", in_="payments")
    aside_text = aside(ana).all_text
    assert aside_text.index("3 times") < aside_text.index("1 time")
    assert ODD[0] in aside_text
    assert ODD[1] in aside_text
    assert ANSWERED not in aside_text
    assert "U0BEN" not in aside_text


def test_what_did_not_help_is_among_them(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.types(f"/meshfit ask {ANSWERED}", in_="payments")
    ana.types("/meshfit questions-missed", in_="payments")
    assert "Nothing was missed." in aside(ana).all_text
    ben.presses("Not helpful", on=ben.last("payments"))
    ana.types("/meshfit questions-missed", in_="payments")
    assert f"*1 time; of no help: 1:* {ANSWERED}" in aside(ana).all_text


def test_a_group_gives_a_draft_of_an_entry(slack: Slack):
    ana = slack.person("ana")
    for odd in ODD:
        ana.types(f"/meshfit ask {odd}", in_="payments")
    ana.types("/meshfit questions-missed", in_="payments")
    ana.presses("draft_entry0", on=aside(ana))
    drafted = yaml.safe_load(aside(ana).all_text.strip().strip("`"))
    [entry] = drafted["entries"].values()
    assert set(entry["aliases"]) == set(ODD)
    assert entry["source"] is None, "it is its author's to say where it comes from"


def test_nobody_else_sees_them_and_is_told_why(slack: Slack):
    ben = slack.person("ben")
    ben.types("/meshfit ask how do I bake rye bread", in_="payments")
    ben.types("/meshfit questions-missed", in_="payments")
    assert "Only the pack's owners" in aside(ben).all_text
    assert "U0BEN" in aside(ben).all_text
    assert "rye" not in aside(ben).all_text
