"""Looking back: the decision record, the history, and being forgotten."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from bot.domain.pack import Pack
from bot.store.export import export
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import sample
from tests.journeys.story import (
    aside,
    at_once,
    card,
    changes,
    names_owner,
    posted,
    reply,
    shares_quick_path,
    walks_quick_path,
)

GATEWAY = "Does a service mesh replace an API gateway?"


def record(slack: Slack, person: Person) -> tuple[dict[str, object], str]:
    """The newest decision record in the card's thread: its front matter and its Markdown."""
    file = [f for each in card(person).thread for f in each.message.files][-1]
    text = slack.world.files[file].content.decode()
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def filed(person: Person) -> list[ShownMessage]:
    """The messages in the card's thread that carry a file."""
    return [each for each in card(person).thread if each.files]


def rows(house: House) -> list[dict[str, object]]:
    """Every row that is held of what people said; bookkeeping and packs aside."""
    kept = (each for each in export(house.db) if "row" in each)
    beside = ("deliveries", "owed", "packs", "writings")
    return [each for each in kept if each["table"] not in beside]


def test_the_record_is_a_markdown_file_in_the_thread_in_madr_form(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, services=60, observability="yes")
    ana.types("/meshfit record", in_="payments")
    *_, filed, waits = card(ana).thread
    assert filed.files == ["0001-service-mesh.md"]
    assert "Decision record 0001" in filed.text
    assert "Record 0001 was written as proposed" in waits.all_text
    front, body = record(slack, ana)
    assert front["status"] == "proposed"
    named = {"Ana Reyes (U0ANA)", "Ben Okafor (U0BEN)"}
    assert front["decision-makers"] == "nobody yet"
    assert set(str(front["consulted"]).split(", ")) == named
    assert "supersedes" not in front
    assert re.findall(r"^#+ .*", body, re.MULTILINE) == [
        "# Not yet: nobody would run it",
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "### Consequences",
        "### Confirmation",
        "### Against it",
        "## More Information",
    ]
    assert f"knowledge pack {pack.name} {pack.version}" in body
    row = next(line for line in body.splitlines() if pack.questions["services"].label in line)
    assert "60 services" in row
    assert "U0BEN" in row
    for question in ("zero_trust", "platform_owner"):
        assert pack.questions[question].label in body


def test_a_second_record_supersedes_the_first(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.types("/meshfit record", in_="payments")
    changes(ben, platform_owner="named")
    ben.types("/meshfit record", in_="payments")
    front, body = record(slack, ben)
    assert front["record"] == "0002"
    assert front["supersedes"] == "0001 (Not yet: nobody would run it)"
    assert "# Pilot first, then decide" in body
    assert "It supersedes record 0001" in filed(ben)[-1].text


def test_two_who_record_the_same_at_once_get_one_record(slack: Slack):
    people = [slack.person(name) for name in ("ana", "ben")]
    shares_quick_path(people[0])
    at_once([lambda each=each: each.types("/meshfit record", in_="payments") for each in people])
    slack.settle()
    files = [name for each in card(people[0]).thread for name in each.files]
    assert files == ["0001-service-mesh.md"]


def test_an_unchanged_decision_is_not_recorded_twice(house: House):
    ana = house.slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit record", in_="payments")
    house.restart()
    for _ in range(2):
        ana.types("/meshfit record", in_="payments")
        assert "Record 0001" in aside(ana).all_text
        assert "nothing was answered or confirmed since" in aside(ana).all_text
        ana.types("/meshfit", in_="payments")
        ana.presses("Still true", on=aside(ana))
    assert [each.files for each in filed(ana)] == [["0001-service-mesh.md"]]
    ana.presses("Confirm", on=reply(ana, "Confirm"))
    assert [each.files for each in filed(ana)] == [["0001-service-mesh.md"]] * 2
    ana.types("/meshfit", in_="payments")
    ana.presses("Still true", on=aside(ana))
    ana.types("/meshfit record", in_="payments")
    assert filed(ana)[-1].files == ["0002-service-mesh.md"]
    house.close()
    house.clock = lambda: datetime.now(UTC) - timedelta(hours=2)
    house.open()
    changes(ana, services=44)
    ana.types("/meshfit record", in_="payments")
    assert filed(ana)[-1].files == ["0003-service-mesh.md"]


def test_an_outcome_that_turns_because_answers_were_deleted_is_said(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, platform_owner="named")
    before = len(posted(ana))
    ben.types("/meshfit delete", in_="payments")
    ben.presses("Delete what is mine", on=aside(ben), confirm=True)
    post = posted(ana)[-1]
    assert len(posted(ana)) == before + 1
    assert "Pilot first, then decide → Can't say yet" in post.all_text
    assert "U0BEN" not in post.all_text
    assert post.buttons == []
    ana.types("/meshfit ask what is a mesh?", in_="payments")
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete what is mine", on=aside(ana), confirm=True)
    assert "Can't say yet" in card(ana).all_text
    assert len(posted(ana)) == before + 1


def test_who_comes_back_late_hears_that_it_was_to_be_looked_at_again(house: House):
    ana = house.slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit", in_="payments")
    assert "to be looked at again" not in aside(ana).all_text
    ana.opens_home()
    assert "To be looked at again" not in ana.home.all_text
    house.ages(140)
    ana.types("/meshfit", in_="payments")
    assert "It was to be looked at again on" in aside(ana).all_text
    ana.opens_home()
    assert "To be looked at again by now: <#C0PAYMENTS>" in ana.home.all_text
    ana.presses("Still true", on=aside(ana))
    ana.opens_home()
    assert "To be looked at again" not in ana.home.all_text


def test_the_history_reads_an_old_assessment_with_the_pack_it_was_answered_with(
    house: House, pack: Pack
):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana, few_services="no")
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    ana.closes()
    house.restart(changed_pack(pack))
    ben.types("/meshfit history", in_="payments")
    assert "Not yet* (closed)" in aside(ben).all_text
    ben.presses("Read", on=aside(ben))
    read = aside(ben).all_text
    assert f"Answered with {pack.name} {pack.version}" in read
    assert "This one is closed." in read
    assert f"{pack.questions['observability'].short}: no (<@U0ANA>" in read
    assert f"{pack.questions['zero_trust'].short}: yes (<@U0ANA>" in read


def changed_pack(pack: Pack) -> Pack:
    """A later version of the pack: it no longer asks about telemetry and words a need anew."""
    asked = {key: each for key, each in pack.questions.items() if key != "observability"}
    asked["zero_trust"] = asked["zero_trust"].model_copy(update={"short": "Trust nobody"})
    return pack.model_copy(update={"questions": asked, "version": "9.0"})


def test_an_open_assessment_goes_on_under_a_pack_that_asks_less(house: House, pack: Pack):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    house.restart(changed_pack(pack))
    changes(ben, platform_owner="named")
    assert "rules 9.0" in card(ana).all_text
    ben.types("/meshfit history", in_="payments")
    ben.presses("Read", on=aside(ben))
    assert "Trust nobody: yes" in aside(ben).all_text


def test_who_deletes_their_answers_takes_them_off_the_teams_card(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    changes(ben, platform_owner="named")
    assert "Pilot first" in card(ana).all_text
    ben.types("/meshfit delete", in_="payments")
    assert "I keep 1 answer of yours" in aside(ben).all_text
    assert aside(ben).buttons == ["Delete what is mine", "Everything about me"]
    ben.presses("Delete what is mine", on=aside(ben), confirm=False)
    assert "Pilot first" in card(ana).all_text
    ben.presses("Delete what is mine", on=aside(ben), confirm=True)
    assert "Can't say yet" in card(ana).all_text
    assert "1 person answered" in card(ana).all_text
    assert "Deleted: 1 answer of yours." in aside(ben).all_text
    assert "U0BEN" not in json.dumps([each for each in rows(house) if "assess" in str(each)])


def test_deleting_takes_questions_and_unused_results_along(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    for person in (ana, ben):
        person.types("/meshfit ask what is a mesh?", in_="payments")
    ana.dms("look", files=[sample("fortio_json/made-1.json")])
    ana.types("/meshfit delete", in_="payments")
    assert "I keep 1 question, 1 file of yours" in aside(ana).all_text
    ana.presses("Delete what is mine", on=aside(ana), confirm=True)
    assert "Deleted: 1 question, 1 file of yours." in aside(ana).all_text
    assert "U0ANA" not in json.dumps(rows(house))
    assert "U0BEN" in json.dumps(rows(house))
    ana.types("/meshfit delete", in_="payments")
    assert aside(ana).buttons == []


def test_what_somebody_deleted_cannot_come_back_by_undo(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    changes(ben, platform_owner="named")
    turned = reply(ana, "Undo")
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete what is mine", on=aside(ana), confirm=True)
    ben.presses("Undo", on=turned)
    owners = [each["row"] for each in rows(house) if "platform_owner" in str(each["row"])]
    assert all("none" not in str(each) for each in owners)


def test_deleting_ones_answers_takes_private_drafts_along(house: House):
    ana = house.slack.person("ana")
    walks_quick_path(ana)
    ana.closes()
    ana.types("/meshfit delete", in_="payments")
    assert "I keep 8 answers of yours" in aside(ana).all_text
    ana.presses("Delete what is mine", on=aside(ana), confirm=True)
    assert "Deleted: 8 answers of yours." in aside(ana).all_text
    assert rows(house) == []


def test_who_started_it_may_delete_the_teams_assessment(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shown = shares_quick_path(ana)
    changes(ben, platform_owner="named")
    ana.types("/meshfit record", in_="payments")
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete the assessment", on=aside(ana), confirm=True)
    assert "deleted by <@U0ANA>" in shown.all_text
    assert shown.buttons == []
    assert rows(house) == []
    ben.types("/meshfit", in_="payments")
    assert "Start" in aside(ben).buttons


def test_who_did_not_start_it_may_not(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.types("/meshfit delete", in_="payments")
    assert aside(ben).buttons == []
    assert "I keep nothing of yours" in aside(ben).all_text


def test_a_delete_button_from_an_older_assessment_leaves_the_newer_one_alone(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.types("/meshfit delete", in_="payments")
    stale = aside(ana)
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    ana.closes()
    shares_quick_path(ana, platform_owner="named")
    ana.presses("Delete the assessment", on=stale, confirm=True)
    ben.types("/meshfit", in_="payments")
    assert "Still true?" in aside(ben).all_text


def test_uninstalling_deletes_everything_of_the_workspace(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    ben.presses("I own this", on=names_owner(ana, ben))
    ana.types("/meshfit record", in_="payments")
    ana.types("/meshfit pilot", in_="payments")
    ana.mentions(GATEWAY, in_="payments")
    ana.presses("Helpful", on=posted(ana)[-1].thread[0])
    walks_quick_path(ben, "platform")
    assert len({each["table"] for each in rows(house)}) > 7
    house.slack.event({"type": "app_uninstalled"})
    assert rows(house) == []


def test_an_empty_history_says_how_to_start(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit history", in_="payments")
    assert "/meshfit assess" in aside(ana).all_text


@pytest.mark.parametrize(("owner", "status"), [("named", "proposed"), ("unknown", "proposed")])
def test_a_record_reads_well_decided_or_not(slack: Slack, owner: str, status: str):
    ana = slack.person("ana")
    shares_quick_path(ana, platform_owner=owner)
    ana.types("/meshfit record", in_="payments")
    front, body = record(slack, ana)
    assert front["status"] == status
    assert "None" not in re.sub(r"\* None were named\.", "", body)
    assert "<@" not in body
    assert "&amp;" not in body


def test_everything_about_me_goes_in_every_channel(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    names_owner(ben, ana)
    ana.presses("I own this", on=reply(ana, "I own this"))
    shares_quick_path(ben, "platform")
    changes(ana, "platform", platform_owner="named")
    ana.types("/meshfit pilot", in_="platform")
    board = posted(ben, "platform")[-1]
    assert "Opened by <@U0ANA>" in board.all_text
    ana.mentions(GATEWAY, in_="payments")
    ana.types("/meshfit record", in_="payments")
    ana.types("/meshfit delete", in_="payments")
    aside_text = aside(ana).all_text
    assert (
        "9 answers, 1 question, 1 nomination of yours. You are named in 1 pilot, 1 record, 1 card"
        in aside_text
    )
    assert "It leaves:" in aside_text
    ana.presses("Everything about me", on=aside(ana), confirm=False)
    assert "U0ANA" in json.dumps(rows(house))
    ana.presses("Everything about me", on=aside(ana), confirm=True)
    assert (
        "Deleted in every channel: 9 answers, 1 question, 1 nomination of yours."
        in aside(ana).all_text
    )
    assert "Your name is gone from 1 pilot, 1 record, 1 card." in aside(ana).all_text
    assert "U0ANA" not in json.dumps(rows(house))
    for there in ("payments", "platform"):
        assert "U0ANA" not in card(ben, there).all_text
    assert "shared by a former member" in card(ben).all_text
    assert "Opened by a former member" in board.all_text
    assert "U0BEN" in json.dumps(rows(house))
    ana.types("/meshfit delete", in_="payments")
    assert aside(ana).buttons == []
