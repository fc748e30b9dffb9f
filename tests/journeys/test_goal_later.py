"""A goal that shows after the pilot: who measures it is asked, and their figure ends the pilot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.domain.pack import Pack
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans, reaches, saves
from tests.journeys.story import (
    aside,
    card,
    named_directly,
    says_no,
    shares_quick_path,
)
from tests.journeys.test_goal import filed, verdict
from tests.journeys.test_leads import what_is_next
from tests.journeys.test_next import primary
from tests.journeys.test_pilot_forms import keeps_all

LATER = (datetime.now(UTC).date() + timedelta(days=180)).isoformat()
YES = "I will measure it"


def shows_later(person: Person, who: Person, day: str = LATER) -> None:
    """The plan's number shows only then, and somebody is to measure it."""
    person.presses("Plan", on=checklist(person))
    person.fills("shows_on", day)
    person.chooses("measured_by", who)
    person.submits()
    assert person.errors == {}
    saves(person)


def closes_without(person: Person) -> None:
    """Close the pilot before its number shows."""
    person.types("/meshfit verdict", in_="payments")
    person.presses("Close without a result", on=aside(person), confirm=True)


def runs(slack: Slack, pack: Pack) -> tuple[Person, Person]:
    """A shared card, and a pilot whose budgets are kept and whose number shows later, by ben."""
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    keeps_all(slack, pack)
    shows_later(ana, ben)
    return ana, ben


def request(person: Person) -> str:
    """What the thread says to whoever is named."""
    return next(e for e in reversed(checklist(person).thread) if "goal" in e.all_text).all_text


def test_who_is_to_measure_it_is_asked_and_their_figure_ends_a_closed_pilot(
    slack: Slack, pack: Pack
):
    ana, ben = runs(slack, pack)
    asked = "<@U0BEN> was asked to measure it and has not answered"
    assert asked in checklist(ana).all_text
    assert asked in card(ana).all_text
    [plan] = [each for each in checklist(ana).thread if "shows on" in each.all_text]
    assert "<@U0BEN> was asked to measure it" in plan.all_text
    assert "not answered" not in plan.all_text, "it stays as it was posted"
    [thread] = [each for each in checklist(ana).thread if YES in each.buttons]
    assert "<@U0BEN>: <@U0ANA> named you as the one who will measure" in thread.all_text
    ana.presses(YES, on=thread)
    assert "You are not asked to measure a goal there" in checklist(ana).thread[-1].all_text
    direct = named_directly(ben, YES)
    assert "It is not yours until you say so" in direct.all_text
    ben.opens_home()
    assert "asks you to measure its pilot's goal on" in ben.home.all_text
    closes_without(ana)
    assert "Pilot verdict: Closed before the goal shows" in verdict(slack)
    ben.presses(YES, on=direct)
    assert "You accepted to measure the goal of the pilot of <#C0PAYMENTS> on " in direct.all_text
    assert "<@U0BEN> accepted to measure the pilot's goal on " in thread.all_text
    assert thread.buttons == []
    ben.opens_home()
    assert "Waits for you" not in ben.home.all_text
    assert "for <@U0BEN>, who accepted, to measure." in checklist(ana).all_text
    assert primary(checklist(ana)) == ["Measure the goal"]
    reaches(ben, 96, where="https://grafana.example/calls")
    line = next(e for e in reversed(checklist(ana).thread) if "The goal is" in e.all_text).all_text
    assert "*The goal is reached.*" in line
    assert "*The pilot was closed before its number showed: it passed.* The goal is" in line
    assert re.search(r"\(measured, <@U0BEN>, [^)]*\), before [^,]*, when it was to show", line)
    assert "closed, passed" in checklist(ana).all_text
    assert primary(checklist(ana)) == ["Rollout"]
    assert "*Next:* answer “Incidents a month”" in card(ana).all_text
    assert "open the rollout once the team's card says *Adopt*" in checklist(ana).all_text
    assert "→ passed" in card(ana).thread[-1].all_text
    assert "reached 96 % (measured, <@U0BEN>" in card(ana).all_text
    ana.types("/meshfit record", in_="payments")
    assert re.search(
        r"reached 96 % \(measured, by Ben Okafor \(U0BEN\), .*\), before .*, when it was to show",
        filed(slack, ana),
    )
    assert "It was closed before its number showed." in filed(slack, ana)


def test_who_gave_the_goal_its_day_is_not_offered_the_same_reminder_again(slack: Slack, pack: Pack):
    ana, ben = runs(slack, pack)

    def offers(who: Person) -> int:
        return len([each for each in who.sees("payments") if "Remind me" in each.buttons])

    before = offers(ana)
    assert before
    closes_without(ana)
    assert offers(ana) == before
    ana.types("/meshfit pilot", in_="payments")
    assert "closed" in checklist(ana).all_text
    assert offers(ben) == 0


def test_whoever_closes_it_without_having_given_it_its_day_is_offered_a_reminder(
    slack: Slack, pack: Pack
):
    _, ben = runs(slack, pack)
    closes_without(ben)
    assert [each for each in ben.sees("payments") if "Remind me" in each.buttons]


def test_who_says_no_leaves_it_as_it_was_and_the_plan_asks_for_somebody(slack: Slack, pack: Pack):
    ana, ben = runs(slack, pack)
    says_no(ben, "Not me", on=named_directly(ben, "Not me"), why="I leave in May")
    [line] = [each for each in checklist(ana).thread if "will not measure" in each.all_text]
    assert "Why: I leave in May" in line.all_text
    assert "nobody is named to measure it" in checklist(ana).all_text
    assert "Running" not in verdict(slack)
    cleo = slack.person("cleo")
    shows_later(ana, ana)
    assert "for <@U0ANA>, who accepted, to measure" in checklist(ana).all_text
    shows_later(ana, cleo)
    until = "<@U0CLEO> was asked to measure it and has not answered; until then for <@U0ANA>"
    assert until in checklist(ana).all_text
    says_no(cleo, "Not me", on=named_directly(cleo, "Not me"))
    assert "for <@U0ANA>, who accepted, to measure" in checklist(ana).all_text


def test_a_yes_is_to_its_day_and_another_day_asks_anew(slack: Slack, pack: Pack):
    ana, ben = runs(slack, pack)
    ben.presses(YES, on=named_directly(ben, YES))
    day = (datetime.now(UTC).date() + timedelta(days=200)).isoformat()
    shows_later(ana, ben, day)
    assert "<@U0BEN> was asked to measure it and has not answered" in checklist(ana).all_text
    ben.presses(YES, on=named_directly(ben, YES))
    assert "for <@U0BEN>, who accepted, to measure" in checklist(ana).all_text


def test_a_goal_that_is_missed_later_fails_the_pilot_until_it_is_measured_again_with_a_reason(
    slack: Slack, pack: Pack
):
    ana, ben = runs(slack, pack)
    closes_without(ana)
    reaches(ben, 20)
    assert "closed, failed" in checklist(ana).all_text
    assert "mend what failed" in checklist(ana).all_text
    assert "→ failed" in card(ana).thread[-1].all_text
    ana.presses("Measure the goal again", on=checklist(ana))
    ana.fills("reached", 96)
    ana.chooses("known", "counted")
    ana.fills("reason", "the query left out half of the clusters")
    ana.submits()
    assert ana.modal is None
    assert "closed, passed" in checklist(ana).all_text
    assert "failed → passed" in card(ana).thread[-1].all_text
    verdict_text = verdict(slack)
    assert "Measured again: 20 % → 96 %, by <@U0ANA>: the query left out half" in verdict_text
    assert "Measure the goal" in aside(ana).buttons


def test_after_a_failed_pilot_the_card_starts_another_and_goes_on_with_it(slack: Slack, pack: Pack):
    ana, ben = runs(slack, pack)
    closes_without(ana)
    reaches(ben, 20)
    assert primary(card(ana)) == ["Start a new pilot"]
    ana.presses("Start a new pilot", on=card(ana))
    assert "closed" not in checklist(ana).all_text
    assert primary(card(ana)) == ["Go to the pilot"]
    assert "*Next:* go on with the new pilot." in card(ana).all_text
    assert len(card(ana).buttons) <= 5


def test_leads_see_the_day_of_a_closed_pilots_number_until_it_is_measured(house: House, pack: Pack):
    house.led_by("U0CLEO")
    ana, ben = runs(house.slack, pack)
    soon = (house.clock().date() + timedelta(days=10)).isoformat()
    shows_later(ana, ben, soon)
    cleo, old = house.slack.person("cleo"), checklist(ana)
    assert what_is_next(cleo) == f"{soon} the goal shows"
    closes_without(ana)
    assert what_is_next(cleo) == f"{soon} the goal shows"
    ana.presses("Start a new pilot", on=old)
    assert what_is_next(cleo) == f"{soon} the goal shows"
    ben.presses("Measure the goal", on=old)
    ben.fills("reached", 96)
    ben.chooses("known", "measured")
    ben.submits()
    assert what_is_next(cleo) == "-"


def test_the_card_follows_the_channels_last_pilot_alone(house: House, pack: Pack):
    ana, _ = runs(house.slack, pack)
    old = checklist(ana)
    closes_without(ana)
    ana.presses("Start a new pilot", on=old)
    ana.presses("Measure the goal", on=old)
    ana.fills("reached", 96)
    ana.chooses("known", "measured")
    ana.submits()
    assert "closed, passed" in old.all_text
    answered = {each["question"]: each["answer"] for each in house.kept()["answers"]}
    assert '"closed"' in answered["pilot_result"]
