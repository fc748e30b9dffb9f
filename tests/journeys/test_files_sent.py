"""Results that people send in a message, or drop into the pilot's thread without a word."""

from __future__ import annotations

import pytest

from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.gathered import path
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans, sample
from tests.journeys.story import modal, posted

RESULT = "fortio_json_by_nighthawk/made-1.json"


def replies(person: Person) -> list[ShownMessage]:
    """What the bot said in the pilot's thread."""
    return [each for each in checklist(person).thread if each.message.user == "U0MESHFIT"]


def puts_to_use(person: Person, offer: ShownMessage, service: str = "ledger") -> None:
    """Use in a pilot, as the side without the mesh."""
    person.presses("Use in a pilot", on=offer)
    services = modal(person).find("pilot").element["options"]
    person.chooses("pilot", {each["text"]["text"]: each["value"] for each in services}[service])
    person.chooses("side", "baseline")
    person.submits()


def test_a_file_sent_to_the_bot_is_read_and_offered(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.dms("have a look", files=[sample(RESULT)])
    [offer] = ana.sees("dm")[-1].thread
    assert "p95" in offer.all_text
    puts_to_use(ana, offer)
    assert "A run with the mesh is still needed" in modal(ana).all_text


def test_a_file_sent_before_there_is_a_plan_says_what_comes_first(slack: Slack):
    ana = slack.person("ana")
    ana.dms("have a look", files=[sample(RESULT)])
    ana.presses("Use in a pilot", on=ana.sees("dm")[-1].thread[-1])
    assert ana.modal is None
    assert "/meshfit pilot opens the channel's checklist" in ana.sees("dm")[-1].thread[-1].all_text


def test_every_run_of_a_file_is_offered_and_used(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.dms("", files=[sample("fortio_json/made-2.json")])
    offer = ana.sees("dm")[-1].thread[-1]
    assert "holds 3 runs" in offer.all_text
    assert offer.all_text.count("requests a second") == 3
    puts_to_use(ana, offer)
    assert "3 runs without the mesh" in modal(ana).all_text


def test_a_file_dropped_into_the_pilots_thread_is_offered_to_everyone_there(slack: Slack):
    ana, ben, cleo = (slack.person(each) for each in ("ana", "ben", "cleo"))
    plans(ana, ben)
    before = len(replies(ana))
    ben.shares_file(*sample(RESULT), in_="payments", thread=checklist(ben))
    [offer] = replies(ana)[before:]
    assert "p95" in offer.all_text
    puts_to_use(cleo, offer)
    assert "A run with the mesh is still needed" in modal(cleo).all_text


def test_with_a_mention_or_sent_again_it_is_still_offered_once(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    before = len(replies(ana))
    thread = checklist(ben)
    ben.types("@meshfit look", in_="payments", thread=thread, files=[sample(RESULT)])
    assert len(replies(ana)) == before + 1
    house.restart()
    for event in ("file_shared", "app_mention"):
        slack.redeliver(slack.traffic.sent(event)[-1])
    assert len(replies(ana)) == before + 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("graph.png", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("odd", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("minutes.txt", b"We meet on Tuesday."),
        ("report.pdf", b"%PDF-1.7"),
    ],
)
def test_what_else_is_dropped_there_is_none_of_our_business(slack: Slack, name, content):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    before = len(replies(ana))
    ben.shares_file(name, content, in_="payments", thread=checklist(ben))
    assert slack.traffic.sent("file_shared")
    assert len(replies(ana)) == before
    ben.types("@meshfit this?", "payments", thread=checklist(ben), files=[(name, content)])
    assert len(replies(ana)) == before + 1


def test_a_result_that_is_cut_off_is_told_in_one_sentence(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    cut = path("fortio_json/made-1.json").read_bytes()[:-200]
    ben.shares_file("run.json", cut, in_="payments", thread=checklist(ben))
    [line] = [each for each in replies(ana) if "run.json" in each.all_text]
    assert line.buttons == []


def test_outside_the_open_pilots_thread_files_are_not_even_looked_up(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.shares_file(*sample(RESULT), in_="payments")
    assert slack.traffic.calls("files.info") == []
    plans(ana, ben)
    ben.shares_file(*sample(RESULT), in_="payments")
    ben.shares_file(*sample(RESULT), in_="payments", thread=posted(ben)[0])
    assert not any("Use in a pilot" in each.buttons for each in replies(ana))


def test_in_a_channel_shared_with_others_it_takes_a_mention(slack: Slack):
    ana, dmitri = slack.person("ana"), slack.person("dmitri")
    ana.types("/meshfit pilot", in_="partners")
    board = checklist(ana, "partners")
    dmitri.shares_file(*sample(RESULT), in_="partners", thread=board)
    assert slack.traffic.calls("files.info") == []
    ana.types("@meshfit look", "partners", thread=board, files=[sample(RESULT)])
    assert "Use in a pilot" in checklist(ana, "partners").thread[-1].buttons


def test_a_file_that_is_gone_again_is_passed_over(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    before = len(replies(ana))
    slack.fail_next("files.info", "file_not_found")
    ben.shares_file(*sample(RESULT), in_="payments", thread=checklist(ben))
    assert len(replies(ana)) == before


@pytest.mark.parametrize("error", ["file_deleted", "file_not_found"])
def test_a_file_from_elsewhere_that_was_deleted_meanwhile_is_said_to_be_gone(slack: Slack, error):
    ana = slack.person("ana")
    ana.types("/meshfit pilot", in_="partners")
    board = checklist(ana, "partners")
    slack.fail_next("files.info", error)
    ana.types("@meshfit look", "partners", thread=board, files=[sample(RESULT)])
    line = checklist(ana, "partners").thread[-1].all_text
    assert "Slack has no such file any more" in line
    assert "my fault" not in line
