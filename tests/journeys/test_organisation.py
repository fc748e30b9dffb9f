"""An organisation that installed meshfit for all its workspaces: one team a channel, one key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.pack import Pack
from bot.listeners.installation import named
from playground.clock import HandClock
from playground.manifest import read_manifest
from playground.slack import Slack
from playground.world import harbour_group
from tests.journeys.conftest import ROOT
from tests.journeys.house import House
from tests.journeys.pilots import checklist, fills_aim
from tests.journeys.story import (
    aside,
    card,
    changes,
    modal,
    names_owner,
    posted,
    reply,
    shares_quick_path,
    starts,
)


@pytest.fixture(params=["http", "socket"])
def group(request: pytest.FixtureRequest, tmp_path: Path, pack: Pack) -> Iterator[House]:
    clock = HandClock()
    manifest = read_manifest(ROOT / "manifest.yml")
    with Slack(manifest=manifest, clock=clock, world=harbour_group(clock)) as slack:
        house = House(slack, pack, tmp_path / "meshfit.db", request.param)
        house.open()
        try:
            yield house
        finally:
            house.close()
    assert slack.faults == []


def kept(group: House) -> dict[str, set[str]]:
    """Table → the keys of its rows, where it has any; signatures belong to nobody yet."""
    found = {
        table: {row["workspace"] for row in rows if row.get("workspace")}
        for table, rows in group.kept().items()
    }
    return {table: keys for table, keys in found.items() if keys}


def test_payloads_do_name_different_teams(group: House):
    """Else the journeys below would show nothing."""
    slack = group.slack
    ana, eve = slack.person("ana"), slack.person("eve")
    starts(ana)
    starts(eve)
    command, view = slack.traffic.sent("/meshfit")[-1].request, modal(eve).view
    submitted = slack.interactions.submission(eve.user, view)
    happened = slack.interactions.event({"type": "app_mention"})
    assert (command["team_id"], command["enterprise_id"]) == ("T0DOCKS", "E0GROUP")
    assert submitted["team"] is None
    assert submitted["view"]["app_installed_team_id"] == "E0GROUP"
    assert happened["authorizations"][0]["team_id"] is None


def test_people_of_two_workspaces_share_one_card_and_one_pilot(group: House):
    slack = group.slack
    ana, eve = slack.person("ana"), slack.person("eve")
    shares_quick_path(ana)
    eve.types("/meshfit", in_="payments")
    assert "Not yet" in aside(eve).all_text
    eve.presses("Why", on=card(eve))
    changes(eve, observability="yes")
    assert reply(ana, "Undo")
    ana.presses("Undo", on=reply(ana, "Undo"))
    names_owner(ana, eve)
    eve.presses("I own this", on=reply(eve, "I own this"))
    assert "Pilot first" in card(ana).all_text
    eve.mentions("Does a service mesh replace an API gateway?", in_="payments")
    eve.dms("Does a service mesh replace an API gateway?")
    ana.types("/meshfit ask does a mesh replace an API gateway", in_="payments")
    eve.presses("Plan", on=checklist(eve))
    fills_aim(eve)
    eve.submits()
    eve.opens_home()
    assert len([each for each in posted(ana) if "Change answers" in each.buttons]) == 1
    rows = kept(group)
    assert {"assessments", "answers", "voices", "changesets", "pilots", "asked"} <= set(rows)
    assert set().union(*rows.values()) == {"E0GROUP"}


@pytest.mark.parametrize("forgotten", [False, True])
def test_uninstalling_leaves_nothing(group: House, forgotten: bool):
    slack = group.slack
    ana, eve = slack.person("ana"), slack.person("eve")
    shares_quick_path(ana)
    starts(eve)
    eve.dms("Does a service mesh replace an API gateway?")
    assert kept(group)
    if forgotten:  # a process that never learned whose token it has, and cannot ask any more
        group.restart()
        slack.fail_next("auth.test", "account_inactive", times=5)
    slack.event({"type": "app_uninstalled"})
    assert kept(group) == {}


def test_an_outside_partner_is_still_refused(group: House):
    slack = group.slack
    shares_quick_path(slack.person("ana"), in_="partners")
    dmitri = slack.person("dmitri")
    dmitri.presses("Why", on=card(dmitri, "partners"))
    assert "belongs to another workspace" in aside(dmitri, "partners").all_text


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"team_id": "T1", "enterprise_id": None, "is_enterprise_install": False}, "T1"),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": False}, "T1"),
        ({"team_id": "E1", "enterprise_id": "E1", "is_enterprise_install": True}, "E1"),
        ({"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}, "E1"),
        ({}, ""),
    ],
)
def test_an_installation_goes_by_what_it_was_made_in(said: dict[str, object], key: str):
    assert named(said) == key


@pytest.mark.parametrize("group", ["http"], indirect=True)
def test_a_user_group_of_one_workspace_leads_the_whole_organisation(group: House):
    slack = group.slack
    slack.grant(*slack.manifest.scopes, "usergroups:read")
    group.led_by("U0CLEO")
    ana, ben, cleo, eve = (slack.person(each) for each in ("ana", "ben", "cleo", "eve"))
    slack.world.groups["S0LEADS"] = ["U0EVE"]
    for leads in ("S0LEADS", "T0DOCKS:S0LEADS"):
        cleo.types("/meshfit settings", in_="payments")
        cleo.fills("lead_group", leads)
        cleo.submits()
        cleo.closes()
    lines = [each.all_text for each in cleo.sees("dm") if "user group" in each.all_text]
    assert len(lines) == 1
    assert "in an organisation it needs its workspace too, as T…:S…" in lines[0]
    shares_quick_path(ana)
    for person, sees in ((eve, True), (ben, False)):
        person.types("/meshfit teams", in_="payments")
        aside_text = aside(person).all_text
        assert ("*1 team:*" in aside_text) is sees
        assert ("is for <@U0CLEO> (a lead) and <@U0EVE> (a lead)" in aside_text) is not sees
    assert kept(group)["lead_group_people"] == {"E0GROUP"}
