"""The pilot checklist: one card, five steps, ticked by several people, kept across restarts."""

from __future__ import annotations

from bot.domain.pack import Pack
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans
from tests.journeys.story import aside, at_once, card, changes, modal, posted, shares_quick_path


def opens(person: Person, in_: str = "payments") -> ShownMessage:
    """`/meshfit pilot`, and the checklist it posts."""
    person.types("/meshfit pilot", in_=in_)
    return posted(person, in_)[-1]


def ticks(person: Person, checklist: ShownMessage, step: str) -> None:
    """Press Done, or Not done, beside a step."""
    person.presses(f"step.{step}", on=checklist)


def writes_metric(person: Person, checklist: ShownMessage, metric: str) -> None:
    """Write the metric, and save it."""
    person.presses("Write the metric", on=checklist)
    person.fills("metric", metric)
    person.submits()


def test_two_people_tick_and_who_and_when_survive_a_restart(house: House, pack: Pack):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    checklist = opens(ana)
    first, second, *_ = pack.steps
    assert "0 of 5 steps done" in checklist.all_text
    ticks(ana, checklist, first)
    house.restart()
    ticks(ben, checklist, second)
    assert "0 of 5 steps done" in checklist.all_text
    assert "Ticked by <@U0ANA>, <!date^" in checklist.all_text
    assert "Ticked by <@U0BEN>, <!date^" in checklist.all_text
    ticks(ben, checklist, first)
    assert "0 of 5 steps done" in checklist.all_text
    assert "<@U0ANA>, " not in checklist.all_text
    assert len(posted(ana)) == 1


def test_every_step_explains_itself_to_the_one_who_asks(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    for step in pack.steps.values():
        assert step.smell_test in checklist.all_text
        ana.chooses("Explain a step", step.title[:75], on=checklist)
        assert step.text in aside(ana).all_text
    assert ben.sees("payments")[1:] == []


def test_a_metric_that_can_be_checked_passes_the_smell_test(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    writes_metric(ben, checklist, "95 % of calls between services use workload identity")
    assert "95 % of calls between services use workload identity (<@U0BEN>)" in checklist.all_text
    assert "That is a number one can check" in checklist.all_text


def test_a_fuzzy_metric_is_kept_and_told_kindly_what_it_lacks(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    writes_metric(ana, checklist, "more secure")
    assert "more secure" in checklist.all_text
    assert "Not yet something that one can check" in checklist.all_text
    writes_metric(ben, checklist, "rollbacks fall by 30 %")
    assert "That is a number one can check" in checklist.all_text
    assert "more secure" not in checklist.all_text


def test_the_checklist_begins_with_the_metric_that_the_card_names(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    changes(ana, driver="identity", success_metric="rollbacks fall by 30 %")
    checklist = opens(ben)
    assert "rollbacks fall by 30 % (<@U0ANA>)" in checklist.all_text
    assert "That is a number one can check" in checklist.all_text
    writes_metric(ben, checklist, "rollbacks fall by 20 %")
    house.restart()
    opens(ana)
    assert "rollbacks fall by 20 % (<@U0BEN>)" in checklist.all_text


def test_the_metric_is_there_to_be_edited(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    writes_metric(ana, checklist, "rollbacks fall by 30 %")
    ben.presses("Write the metric", on=checklist)
    assert modal(ben).value("metric") == "rollbacks fall by 30 %"


def test_who_asks_for_a_checklist_that_is_there_is_shown_the_way_to_it(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    ticks(ana, checklist, next(iter(pack.steps)))
    ben.types("/meshfit pilot", in_="payments")
    assert len(posted(ana)) == 1
    assert f"p{checklist.ts.replace('.', '')}" in aside(ben).all_text
    assert "0 of 5 steps done" in checklist.all_text


def test_two_who_open_the_checklist_at_once_get_one(slack: Slack):
    people = [slack.person(name) for name in ("ana", "ben", "cleo")]
    at_once([lambda each=each: each.types("/meshfit pilot", in_="payments") for each in people])
    slack.settle()
    assert sum("steps done" in each.all_text for each in posted(people[0])) == 1


def test_a_step_ticked_by_two_at_once_belongs_to_the_first(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    step = next(iter(pack.steps))
    before = dict(checklist.message.blocks[2])
    ticks(ana, checklist, step)
    checklist.message.blocks[2] = before
    ticks(ben, checklist, step)
    assert "Ticked by <@U0ANA>" in checklist.all_text
    assert "<@U0BEN>" not in checklist.all_text


def test_a_checklist_that_somebody_deleted_comes_back_at_the_next_tick(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist = opens(ana)
    slack.trouble.fail_next("chat.update", "message_not_found")
    ticks(ben, checklist, next(iter(pack.steps)))
    assert "0 of 5 steps done" in posted(ana)[-1].all_text
    assert posted(ana)[-1].ts != checklist.ts


def test_a_pilot_takes_along_what_the_card_says_until_its_plan_names_services(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="planned")
    changes(ana, services=60)
    ana.presses("Start the pilot", on=card(ana))
    board = checklist(ana).all_text
    assert "*From the card*" in board
    assert "Services: 60" in board
    assert "Owner: agreed" in board
    plans(ana, ben)
    assert "*From the card*" not in checklist(ana).all_text
