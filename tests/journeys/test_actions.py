"""What to do: taken, offered, answered, done, late; in record, report and a tracker's form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from bot.domain.model.workplace import Chosen
from bot.domain.team import Caller
from bot.store import workplaces
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.story import aside, card, modal, posted, reply, shares_quick_path

OWNER = "Find an owner with time set aside for upgrades, policy and on-call."


def what_to_do(person: Person) -> ShownMessage:
    """`/meshfit actions`, as they see it."""
    person.types("/meshfit actions", in_="payments")
    return aside(person)


def takes(person: Person, **said: object) -> None:
    """The first line, in its form."""
    person.presses("Take it", on=what_to_do(person))
    for field, value in said.items():
        if field == "link":
            person.fills(field, value)
        else:
            person.chooses(field, value)
    person.submits()


def in_days(house: House, days: int) -> None:
    """The clock moves on, and meshfit is started anew."""
    house.clock = lambda: datetime.now(UTC) + timedelta(days=days)
    house.restart()
    assert house.relay.settle()


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_a_line_is_taken_late_and_done_and_the_card_counts_it(house: House):
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    assert "actions:" not in card(ana).all_text
    assert "Nobody took it" in what_to_do(ana).all_text
    ana.presses("Copy as issue", on=aside(ana))
    assert OWNER.removesuffix(".") in modal(ana).all_text
    assert "Due: no day was named" in modal(ana).all_text
    ana.closes()
    assert house.kept()["actions"] == [], "to copy it is not to take it"
    ben.presses("What to do", on=card(ben).thread[0])
    assert OWNER in card(ben).thread[-1].all_text
    before = len(posted(ana))
    takes(ana, due=day(3), link="https://tracker.example/1")
    assert "actions: 1 open ·" in card(ana).all_text
    in_days(house, 3)
    assert "actions: 1 open ·" in card(ana).all_text
    in_days(house, 4)
    assert "actions: 1 open, 1 late" in card(ana).all_text
    assert "*late*" in what_to_do(ben).all_text
    ana.opens_home()
    assert "What you took" in ana.home.all_text
    assert "late" in ana.home.all_text
    assert len(posted(ana)) == before
    ben.presses("Done", on=aside(ben))
    assert "done, says <@U0BEN>" in aside(ben).all_text
    assert "actions:" not in card(ana).all_text


def test_who_is_offered_a_line_is_asked_and_has_not_taken_it(house: House):
    slack = house.slack
    ana, ben, cleo = (slack.person(name) for name in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    takes(ana, owner=ben, due=day(9))
    request = reply(ana, "I do it")
    assert "It is not yours until you say so" in request.all_text
    assert "nobody · <@U0BEN> was asked by <@U0ANA>" in what_to_do(ana).all_text
    house.restart()
    cleo.presses("I do it", on=request)
    assert "You are not asked to take this" in card(cleo).thread[-1].all_text
    ben.opens_home()
    ben.presses("I do it", on=ben.home)
    assert "What you took" in ben.home.all_text
    assert f"<@U0BEN> took this on: {OWNER}" in request.all_text
    assert request.buttons == []
    assert "<@U0BEN> · due" in what_to_do(ana).all_text
    ben.presses("Change", on=what_to_do(ben))
    ana.presses("Change", on=what_to_do(ana))
    ben.chooses("due", day(20))
    ben.submits()
    ana.chooses("state", "dropped")
    ana.submits()
    assert "Somebody else saved this while your form was open" in modal(ana).all_text
    ana.closes()
    ana.chooses("due", (datetime.now(UTC) - timedelta(days=2)).date().isoformat())
    ana.fills("link", "not an address")
    ana.submits()
    assert "Is no address" in ana.errors["link"]


def test_record_report_and_tracker_carry_what_was_taken(slack: Slack, house: House):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    takes(ana, owner=ben, due=day(9), link="https://tracker.example/7?a=1&b=2")
    ana.types("/meshfit record", in_="payments")
    ana.types("/meshfit report", in_="payments")
    files = [each for line in card(ana).thread for each in line.message.files]
    markdown, page = (slack.world.files[each].content.decode() for each in files[-2:])
    asked = (
        f"- [ ] {OWNER} (nobody took it; Ben Okafor (U0BEN) was asked and has not answered; "
        f"due {day(9)}; "
    )
    assert asked + "<https://tracker.example/7?a=1&b=2>)" in markdown
    assert f"<td>{OWNER}</td>" in page
    assert "Ben Okafor (U0BEN) was asked and has not answered" in page
    ana.presses("Copy as issue", on=what_to_do(ana))
    assert "Nothing is sent from here." in modal(ana).all_text
    assert "Open in GitHub" not in modal(ana).buttons
    ana.closes()
    chosen = Chosen(github="https://github.example/a/b", gitlab="https://gitlab.example/a/b")
    with house.store.writing() as db:
        (workspace,) = {each["workspace"] for each in db.query("SELECT workspace FROM assessments")}
        me = Caller(workspace=workspace, channel="", user="U0ANA")
        workplaces.keep(db, me, chosen, datetime.now(UTC))
    ana.presses("Copy as issue", on=what_to_do(ana))
    github, gitlab = (
        urlsplit(modal(ana).find(f"Open in {each}").element["url"]) for each in ("GitHub", "GitLab")
    )
    assert (github.path, gitlab.path) == ("/a/b/issues/new", "/a/b/-/issues/new")
    assert parse_qs(github.query)["title"] == [OWNER.rstrip(".")]
    assert "no\\_owner" not in parse_qs(gitlab.query)["issue[description]"][0]
    assert f"Due: {day(9)}" in parse_qs(gitlab.query)["issue[description]"][0]
