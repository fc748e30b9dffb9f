"""Who said yes is reminded: once, in working hours, of what is not settled; nobody else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.model.workplace import Chosen
from bot.domain.pack import Pack
from bot.domain.team import Caller
from bot.store import workplaces
from playground.people import Person
from playground.screen import widgets
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans, reaches
from tests.journeys.rounds import answers, invited, opens
from tests.journeys.story import (
    aside,
    asides,
    card,
    named_directly,
    names_owner,
    posted,
    says_no,
    shares_quick_path,
    turns_to,
)
from tests.journeys.test_pilot_forms import keeps_all
from tests.journeys.test_rollout import adds_exception, rollout

MONDAY = datetime(2026, 11, 30, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def untold(house: House) -> None:
    """Slack tells nobody's time zone, but where a story grants it."""
    house.slack.withhold("users:read")


def at(house: House, when: datetime) -> None:
    """A new process, at that time."""
    house.clock = lambda: when.astimezone(UTC)
    house.restart()
    assert house.relay.settle()


def dates(person: Person) -> ShownMessage:
    person.types("/meshfit dates", in_="payments")
    return aside(person)


def reminders(person: Person) -> list[ShownMessage]:
    """What was said to somebody directly that they asked to be reminded of."""
    return [each for each in person.sees("dm") if each.all_text.startswith("You asked me to")]


def wants(person: Person, kind: str, on: ShownMessage, button: str = "Remind me") -> None:
    """Press the button beside one thing of a list."""
    [row] = [each for each in widgets(on.blocks) if each.block_id.startswith(f"date.{kind}:")]
    assert row.label == button
    person._acts(on, row, None)


def says(person: Person, answer: str, on: ShownMessage) -> None:
    """Yes or No to whether an auditor asked."""
    (button,) = (
        each
        for each in widgets(on.blocks)
        if (each.block["block_id"], each.action_id) == ("wire.do.asked_by_an_auditor", answer)
    )
    person._acts(on, button, None)


def owed(house: House) -> list[str]:
    """When what is still owed to people who said yes is due."""
    rows = house.kept()["owed"]
    return sorted(each["not_before"][:16] for each in rows if each["kind"] == "reminder")


def test_whoever_said_yes_is_reminded_of_a_decision_once_for_each_of_its_dates(house: House):
    at(house, MONDAY)
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    before = len(posted(ana))
    assert "The decision is to be looked at again" in dates(ana).all_text
    assert owed(house) == []
    wants(ana, "look", aside(ana))
    assert "Stop reminding" in aside(ana).buttons
    assert owed(house) == ["2027-03-01T09:00"]  # its day, the 28th of February, is a Sunday
    at(house, MONDAY + timedelta(days=10))
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    assert owed(house) == ["2027-03-10T09:00"]
    for when in (datetime(2027, 3, 9, 12), datetime(2027, 3, 10, 8, 59)):
        at(house, when.replace(tzinfo=UTC))
        assert reminders(ana) == []
    at(house, datetime(2027, 3, 11, 20, tzinfo=UTC))  # nobody was up on the day itself
    assert reminders(ana) == []
    at(house, datetime(2027, 3, 12, 9, 30, tzinfo=UTC))
    (reminder,) = reminders(ana)
    assert "in <#C0PAYMENTS>" in reminder.all_text
    assert "to be looked at again (10 Mar 2027)" in reminder.all_text
    ana.presses("Snooze a week", on=reminder)
    assert "on 19 Mar 2027" in ana.sees("dm")[-1].all_text
    at(house, datetime(2027, 3, 19, 9, tzinfo=UTC))
    (again,) = reminders(ana)
    ana.presses("Done", on=again)
    at(house, datetime(2027, 4, 19, 9, tzinfo=UTC))
    assert (reminders(ana), owed(house)) == ([], [])
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    assert owed(house) == ["2027-07-19T09:00"]
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    assert owed(house) == []
    assert house.kept()["reminders"] == []
    assert [each for each in ben.sees("dm") if "You asked me to" in each.all_text] == []
    assert len([each for each in posted(ana) if not each.thread]) <= before


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
def test_an_action_is_told_on_its_day_where_people_work_and_never_once_it_is_done(
    house: House, zone: str
):
    at(house, MONDAY)
    there = ZoneInfo(zone)
    slack = house.slack
    ana, ben, cleo = (slack.person(name) for name in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    with house.store.writing() as db:
        (team,) = db.query("SELECT workspace FROM assessments")
        me = Caller(workspace=team["workspace"], channel="", user="U0ANA")
        workplaces.keep(db, me, Chosen(time_zone=zone, work_hours="08:30-16:00"), MONDAY)
    for person, due in ((ana, date(2026, 12, 8)), (ben, date(2026, 12, 9))):
        person.types("/meshfit actions", in_="payments")
        taken = aside(person)
        person.presses("Take it" if "Take it" in taken.buttons else "Change", on=taken)
        person.chooses("due", due.isoformat())
        person.chooses("remind", ["action"])
        person.submits()
        at(house, MONDAY)
    (ninth,) = set(owed(house))
    opens = datetime(2026, 12, 9, 8, 30, tzinfo=there)
    assert ninth == opens.astimezone(UTC).isoformat()[:16]
    at(house, opens - timedelta(minutes=1))
    assert reminders(ana) == []
    slack.fail_next("chat.postMessage", "user_not_found")
    at(house, opens)
    lines = [each for each in card(cleo).thread if "Slack does not let me write" in each.all_text]
    assert len(lines) == 1
    assert sum(map(len, (reminders(ana), reminders(ben)))) == 1
    person = ana if reminders(ana) else ben
    person.presses("Done", on=reminders(person)[0])
    person.types("/meshfit actions", in_="payments")
    assert "done, says" in aside(person).all_text
    at(house, opens + timedelta(days=30))
    assert owed(house) == []


def test_whoever_asked_hears_that_somebody_is_silent_unless_they_answer(house: House):
    at(house, MONDAY)
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    for declines in (True, False):
        ana.types("/meshfit actions", in_="payments")
        listed = aside(ana)
        ana.presses("Take it" if "Take it" in listed.buttons else "Change", on=listed)
        ana.chooses("owner", ben)
        ana.chooses("remind", ["offered"])
        ana.submits()
        assert owed(house) == ["2026-12-03T09:00"]
        house.restart()
        if declines:
            ben.opens_home()
            asked = [each for each in card(ben).thread if "I do it" in each.buttons][-1]
            says_no(ben, "Not me", asked)
            assert owed(house) == []
    at(house, datetime(2026, 12, 3, 9, tzinfo=UTC))
    (reminder,) = reminders(ana)
    assert "<@U0BEN> was asked to do this and has not answered" in reminder.all_text
    assert reminders(ben) == []
    ana.presses("Stop reminding", on=reminder)
    assert house.kept()["reminders"] == []


def test_what_would_reopen_a_decision_is_asked_when_its_day_comes_and_a_yes_leads_on(house: House):
    at(house, MONDAY)
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, zero_trust="no")
    asked = aside(ana)
    assert asked.all_text.startswith("Shall I remind you?")
    wants(ana, "look", asked)
    assert "Has any of this happened" not in dates(ben).all_text
    ana.types("/meshfit record", in_="payments")
    files = [each for line in card(ana).thread for each in line.message.files]
    record = slack.world.files[files[-1]].content.decode()
    auditor = "An auditor or a customer asks who may call what, and wants it proven"
    assert f"* {auditor}: nobody said yet" in record
    house.restart()
    day = dates(ben)
    assert auditor in day.all_text
    says(ben, "tripwire_no", day)
    assert f"{auditor} _(no, says <@U0BEN>, 30 Nov 2026)_" in aside(ben).all_text
    at(house, datetime(2027, 3, 1, 9, tzinfo=UTC))
    (reminder,) = reminders(ana)
    assert auditor in reminder.all_text
    house.restart()
    says(ana, "tripwire_yes", reminder)
    ana.chooses("zero_trust", "yes")
    ana.submits()
    assert "yes, says <@U0ANA>, 1 Mar 2027" in reminders(ana)[0].all_text
    assert [each for each in card(ana).thread if "Zero trust: no → yes" in each.all_text]
    ana.types("/meshfit report", in_="payments")
    files = [each for line in card(ana).thread for each in line.message.files]
    page = slack.world.files[files[-1]].content.decode()
    assert "has happened, says ana (U0ANA), 2027-03-01" in page


def test_a_pilot_an_exception_and_whoever_was_asked_in_it_are_remembered(house: House):
    at(house, MONDAY)
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    offered = [each for each in ana.sees("payments") if each.ephemeral][-1]
    assert "If nothing has been added to the pilot for 14 days by then" in offered.all_text
    ana.presses("Remind me", on=offered)
    assert owed(house) == ["2026-12-14T09:00"]
    house.restart()
    ana.presses("Owners", on=checklist(ana))
    ana.chooses("upgrades", ben)
    ana.submits()
    asked = aside(ana)
    assert "Asked for roles of the pilot, not answered: <@U0BEN>" in asked.all_text
    ana.presses("Remind me", on=asked)
    at(house, datetime(2026, 12, 3, 9, tzinfo=UTC))
    assert ["<@U0BEN>" in each.all_text for each in reminders(ana)] == [True]
    ben.presses("I accept my roles", on=checklist(ben).thread[-1])
    assert owed(house) == ["2026-12-17T09:00"]
    ana.types("/meshfit rollout", in_="payments")
    rollout = [each for each in posted(ana) if "Add an exception" in each.buttons][-1]
    ana.presses("Add an exception", on=rollout)
    for field, value in (("service", "ledger"), ("reason", "Its client cannot speak mTLS.")):
        ana.fills(field, value)
    ana.chooses("approver", ben)
    ana.chooses("ends_on", "2026-12-31")
    ana.submits()
    text = aside(ana).all_text
    assert "*31 Dec 2026* · The exception for ledger ends" in text
    assert "<@U0BEN> was asked to approve the exception for ledger" in text
    at(house, datetime(2026, 12, 17, 9, tzinfo=UTC))
    assert len(reminders(ana)) == 2


def test_a_reminder_of_one_kind_is_offered_once_a_day(house: House):
    at(house, MONDAY)
    ana, ben, cleo = (house.slack.person(name) for name in ("ana", "ben", "cleo"))
    shares_quick_path(ana)

    def offers() -> int:
        return len([each for each in ana.sees("payments") if "Remind me" in each.buttons])

    before = offers()
    for somebody in (ben, cleo, ben):
        names_owner(ana, somebody)
    assert offers() == before + 1
    at(house, MONDAY + timedelta(days=2))
    names_owner(ana, cleo)
    assert offers() == before + 2


def test_where_slack_may_tell_it_comes_in_the_hours_of_the_persons_own_zone(house: House):
    at(house, MONDAY)
    slack = house.slack
    ana, ben = slack.person("ana"), slack.person("ben")
    for who, zone in (("U0ANA", "Asia/Tokyo"), ("U0BEN", "nonsense")):
        slack.world.users[who] = replace(slack.world.users[who], tz=zone)
    shares_quick_path(ana)
    wants(ana, "look", dates(ana))
    assert owed(house) == ["2027-03-01T09:00"], "not granted: the workspace's own zone"
    ana.presses("Stop reminding", on=aside(ana))
    slack.grant(*slack.manifest.scopes, "users:read")
    for person in (ana, ben):
        wants(person, "look", dates(person))
    assert owed(house) == ["2027-03-01T00:00", "2027-03-01T09:00"]
    at(house, datetime(2027, 3, 1, 0, 1, tzinfo=UTC))
    assert (len(reminders(ana)), len(reminders(ben))) == (1, 0)
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Everything about me", on=aside(ana), confirm=True)
    assert [each["person"] for each in house.kept()["zones"]] == []


def test_whoever_asked_hears_once_that_other_rules_came_and_nobody_else_does(
    house: House, pack: Pack
):
    at(house, MONDAY)
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    before = [each.all_text for each in posted(ana)]
    offered = aside(ana)
    assert "rules that the decision was answered under may change; they have not so far" in (
        offered.all_text
    )
    wants(ana, "rules", offered)
    at(house, MONDAY + timedelta(days=3))
    assert reminders(ana) == []
    house.restart(pack.model_copy(update={"version": "9.9"}))
    at(house, datetime(2026, 12, 4, 8, 59, tzinfo=UTC))
    assert reminders(ana) == []
    at(house, datetime(2026, 12, 4, 9, tzinfo=UTC))
    (reminder,) = reminders(ana)
    assert (
        "The decision of 30 Nov 2026 was answered under other rules than today's: "
        f"rules 9.9, answered under {pack.version}: still Not yet." in reminder.all_text
    )
    ana.presses("Snooze a week", on=reminder)
    house.restart(pack.model_copy(update={"version": "9.10"}))
    at(house, datetime(2026, 12, 10, 12, tzinfo=UTC))
    assert len(told_of_rules(ana)) == 0, "the message says that it is snoozed"
    at(house, datetime(2026, 12, 11, 9, tzinfo=UTC))
    (again,) = told_of_rules(ana)
    assert "rules 9.10" in again.all_text
    at(house, datetime(2026, 12, 18, 9, tzinfo=UTC))
    assert len(told_of_rules(ana)) == 1
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    assert "they have not so far" in dates(ana).all_text
    at(house, datetime(2026, 12, 21, 9, tzinfo=UTC))
    assert len(told_of_rules(ana)) == 1
    house.restart(pack.model_copy(update={"version": "10"}))
    at(house, datetime(2026, 12, 22, 9, tzinfo=UTC))
    assert len(told_of_rules(ana)) == 2
    assert reminders(ben) == []
    assert [each.all_text for each in posted(ana)][: len(before) - 1] == before[:-1]
    assert len(posted(ana)) == len(before), "nobody is posted to unasked"


def told_of_rules(person: Person) -> list[ShownMessage]:
    return [each for each in reminders(person) if "other rules than today's" in each.all_text]


def test_who_is_asked_in_a_round_may_be_reminded_before_it_closes(house: House, five: list[Person]):
    at(house, MONDAY)
    ana, ben, cleo, dora, finn = five
    opens(ana, ben, cleo, dora, names="open")
    (live,) = posted(ana)
    assert "*3 Dec 2026* · The round closes, and your own answers are not in" in dates(ben).all_text
    assert "The round closes" not in dates(ana).all_text, "it does not ask her"
    ben.presses("Remind me", on=invited(ben))
    assert "It closes on 3 Dec 2026. I remind you before" in ben.sees("dm")[-1].all_text
    finn.presses("Remind me", on=live)
    assert "asks others by name and not you" in aside(finn).all_text
    for each in (cleo, dora):
        each.presses("Remind me", on=live)
    answers(cleo, invited(cleo))
    assert "The round closes" not in dates(cleo).all_text
    house.slack.fail_next("chat.postMessage", "user_not_found")
    at(house, datetime(2026, 12, 2, 9, tzinfo=UTC))
    people = [who for who in (ben, dora) if reminders(who)]
    assert len(people) == 1, "the other one left, and below the round nobody reads who is silent"
    assert live.thread == []
    assert reminders(cleo) == reminders(finn) == []
    at(house, datetime(2026, 12, 2, 15, tzinfo=UTC))
    [reminder] = reminders(people[0])
    assert "The round closes, and your own answers are not in (3 Dec 2026)" in reminder.all_text
    assert "Snooze a week" not in reminder.buttons, "it closes before that"
    answers(people[0], invited(people[0]))
    at(house, datetime(2026, 12, 14, 9, tzinfo=UTC))
    assert house.kept()["reminders"] == []
    assert owed(house) == []


def test_who_opened_the_round_that_a_decision_began_with_may_be_reminded_of_it(
    house: House, five: list[Person]
):
    at(house, MONDAY)
    ana, ben, cleo, *_ = five
    opens(ana, ben, cleo)
    for each in (ben, cleo):
        answers(each, invited(each))
    assert [offers(each) for each in (ana, ben, cleo)] == [1, 0, 0]
    wants(ana, "look", aside(ana))
    at(house, MONDAY + timedelta(days=3))
    opens(ana, ben)
    answers(ben, invited(ben), zero_trust="no")
    assert offers(ana) == 0, "the decision was there already; her yes is in place of the first"
    at(house, MONDAY + timedelta(days=150))
    [reminder] = reminders(ana)
    assert "The decision is to be looked at again" in reminder.all_text
    assert reminders(ben) == reminders(cleo) == []


def test_a_day_that_a_round_brings_to_a_card_is_offered_to_who_opened_it(
    house: House, five: list[Person]
):
    at(house, MONDAY)
    ana, ben, cleo, dora, _ = five
    shares_quick_path(ben, platform_owner="named")
    opens(ana, cleo, dora)
    for each in (cleo, dora):
        answers(each, invited(each))
    assert "Look again" in card(ana).all_text
    assert [offers(each) for each in (ana, ben, cleo, dora)] == [1, 1, 0, 0]
    wants(ana, "look", aside(ana))
    ana.types("/meshfit actions", in_="payments")
    ana.presses("Take it", on=aside(ana))
    ana.chooses("due", "2026-12-10")
    ana.submits()
    listed = [each.block_id for each in widgets(dates(ana).blocks)]
    kinds = [each.split(":")[0] for each in listed if each.startswith("date.")]
    assert kinds == ["date.action", "date.look", "date.rules"], "the nearest first"


def offers(person: Person) -> int:
    """How often this person is asked in the channel whether to be reminded."""
    return len([text for text in asides(person) if "Shall I remind you?" in text])


def about(person: Person, words: str) -> list[ShownMessage]:
    """The reminders that say these words."""
    return [each for each in reminders(person) if words in each.all_text]


def test_an_auditors_date_is_told_once_ahead_moves_and_goes_with_the_assessment(house: House):
    at(house, MONDAY)
    ana, ben = (house.slack.person(name) for name in ("ana", "ben"))
    shares_quick_path(ana)

    def audited(person: Person, day: str) -> None:
        turns_to(person, "platform")
        person.chooses("audit_date", day)
        person.submits()
        assert person.errors == {}
        while person.modal:
            person.closes()

    audited(ana, "2027-02-15")
    wants(ana, "deadline", aside(ana))
    assert owed(house) == ["2027-01-18T09:00"]  # thirty days ahead is a Saturday
    audited(ben, "2027-03-15")
    assert owed(house) == ["2027-02-15T09:00"]
    at(house, datetime(2027, 2, 15, 8, 59, tzinfo=UTC))
    assert reminders(ana) == []
    for day in (15, 16):
        at(house, datetime(2027, 2, day, 9, tzinfo=UTC))
        (reminder,) = reminders(ana)
        assert "The date of an auditor or of a contract (15 Mar 2027)" in reminder.all_text
        assert owed(house) == []
    audited(ben, "2027-05-17")
    assert owed(house) == ["2027-04-19T09:00"]
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    assert owed(house) == []
    at(house, datetime(2027, 4, 20, 9, tzinfo=UTC))
    assert (len(reminders(ana)), reminders(ben)) == (1, [])


def shows_later(person: Person, day: str, measured_by: Person) -> None:
    """In the plan: when the number shows, and who measures it then."""
    person.presses("Plan", on=checklist(person))
    person.fills("shows_on", day)
    person.chooses("measured_by", measured_by)
    person.submits()
    assert person.errors == {}
    person.closes()


def test_the_day_on_which_a_pilots_number_shows_is_told_once_until_it_is_measured(house: House):
    at(house, MONDAY)
    ana, ben = (house.slack.person(name) for name in ("ana", "ben"))
    plans(ana, ben)
    shows_later(ana, "2027-03-02", ben)
    wants(ana, "end", aside(ana))
    assert owed(house) == ["2027-03-02T09:00"]
    shows_later(ben, "2027-03-09", ben)
    assert owed(house) == ["2027-03-09T09:00"]
    at(house, datetime(2027, 3, 9, 8, 59, tzinfo=UTC))
    assert reminders(ana) == []
    for day in (9, 10):
        at(house, datetime(2027, 3, day, 9, tzinfo=UTC))
        (reminder,) = reminders(ana)
        assert (
            "The pilot's number was to show, and nobody has measured it; <@U0BEN> was to "
            "(9 Mar 2027)" in reminder.all_text
        )
        assert owed(house) == []
    ana.presses("Snooze a week", on=reminder)
    assert owed(house) == ["2027-03-17T09:00"]
    reaches(ben, 96)
    assert ben.modal is None
    assert owed(house) == []
    at(house, datetime(2027, 3, 17, 9, tzinfo=UTC))
    assert (len(about(ana, "number")), reminders(ben)) == (0, [])


def test_a_pilot_that_is_closed_before_its_number_shows_reminds_who_said_yes_of_the_day(
    house: House, pack: Pack
):
    at(house, MONDAY)
    ana, ben = (house.slack.person(name) for name in ("ana", "ben"))
    plans(ana, ben)
    shows_later(ana, "2027-03-02", ben)
    wants(ana, "measure", aside(ana))
    assert owed(house) == ["2026-12-03T09:00"]
    keeps_all(house.slack, pack)
    ben.presses("I will measure it", on=named_directly(ben, "I will measure it"))
    assert owed(house) == []
    ana.types("/meshfit verdict", in_="payments")
    ana.presses("Close without a result", on=aside(ana), confirm=True)
    wants(ana, "end", dates(ana))
    assert owed(house) == ["2027-03-02T09:00"]
    at(house, datetime(2027, 3, 2, 9, tzinfo=UTC))
    (reminder,) = about(ana, "number")
    assert "nobody has measured it; <@U0BEN> was to (2 Mar 2027)" in reminder.all_text
    assert reminders(ben) == []
    ana.presses("Snooze a week", on=reminder)
    reaches(ben, 96)
    assert owed(house) == []


def test_an_exception_and_its_approver_are_told_once_and_never_of_what_is_settled(house: House):
    at(house, MONDAY)
    ana, ben, cleo = (house.slack.person(name) for name in ("ana", "ben", "cleo"))
    plans(ana, ben)
    adds_exception(ana, ben, "2027-01-20")
    wants(ana, "exception", aside(ana))
    wants(ana, "approval", aside(ana))
    assert owed(house) == ["2026-12-03T09:00", "2027-01-13T09:00"]
    for day in (3, 4):
        at(house, datetime(2026, 12, day, 9, tzinfo=UTC))
        (reminder,) = reminders(ana)
        assert "<@U0BEN> was asked to approve the exception for legacy" in reminder.all_text
    ana.presses("Snooze a week", on=reminder)
    ben.presses("I approve it", on=rollout(ben))
    assert owed(house) == ["2027-01-13T09:00"]
    ana.presses("New date", on=rollout(ana))
    ana.chooses("approver", cleo)
    ana.fills("ends_on", "2027-02-10")
    ana.submits()
    wants(ana, "approval", dates(ana))
    assert owed(house) == ["2026-12-09T09:00", "2027-01-13T09:00"]
    cleo.presses("I approve it", on=rollout(cleo))
    assert owed(house) == ["2027-02-03T09:00"]
    at(house, datetime(2027, 2, 3, 8, 59, tzinfo=UTC))
    assert about(ana, "legacy") == []
    for day in (3, 4):
        at(house, datetime(2027, 2, day, 9, tzinfo=UTC))
        (reminder,) = about(ana, "legacy")
        assert "The exception for legacy &lt;b&gt; ends (10 Feb 2027)" in reminder.all_text
    ana.presses("Snooze a week", on=reminder)
    assert owed(house) == ["2027-02-11T09:00"]
    ana.presses("It is over", on=rollout(ana))
    assert owed(house) == []
    at(house, datetime(2027, 2, 11, 9, tzinfo=UTC))
    assert [about(each, "legacy") for each in (ana, ben, cleo)] == [[], [], []]
