"""The goal of a pilot, from the card to the verdict: named, measured, missed, shown later."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from bot.domain.pack import Pack
from bot.domain.words import on_day
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import (
    checklist,
    closes,
    fills_aim,
    plans,
    reaches,
    saves,
    seals,
    types_figures,
)
from tests.journeys.story import aside, card, changes, modal, picks_question, shares_quick_path
from tests.journeys.test_pilot_forms import keeps_all

CANARIES = "canary deployments reduce rollback rate by 30 percent"
AIM = {"driver": "traffic", "metric": CANARIES, "baseline": 10, "target": 7, "unit": "%"}


def aims(slack: Slack, **changed: object) -> None:
    """A whole plan whose first page is told anew."""
    ana = slack.person("ana")
    plans(ana, slack.person("ben"))
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana, **AIM)
    for field, value in changed.items():
        (ana.chooses if field == "measured_by" else ana.fills)(field, value)
    ana.submits()
    assert ana.errors == {}
    saves(ana)


def verdict(slack: Slack) -> str:
    """What `/meshfit verdict` says to ana."""
    ana = slack.person("ana")
    ana.types("/meshfit verdict", in_="payments")
    return aside(ana).all_text


def filed(slack: Slack, person: Person) -> str:
    """The newest record's file."""
    written = [each for each in card(person).thread if each.message.files][-1]
    return slack.world.files[written.message.files[0]].content.decode()


def learnt(person: Person) -> tuple[str, str]:
    """What the card's answer about measuring is, and the note beside it."""
    asked = picks_question(person, "measurement_ready")
    shown = asked.find("measurement_ready").element, asked.find("measurement_ready.note").element
    person.closes()
    return shown[0]["initial_option"]["value"], shown[1].get("initial_value", "")


def test_the_articles_own_goal_passes_the_whole_journey(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    changes(ana, driver="traffic", success_metric=CANARIES)
    assert "one goal with one number" not in card(ana).all_text
    aims(slack)
    assert f"{CANARIES}: today 10 %, aim 7 %, not measured yet" in card(ana).all_text
    assert "Mind: Nearly there" not in checklist(ana).thread[-1].all_text
    keeps_all(slack, pack)
    assert "Measure the goal" in verdict(slack)
    assert "Close the pilot" not in aside(ana).buttons
    reaches(ana, 6.5, where="https://grafana.example/rollbacks")
    line = checklist(ana).thread[-1].all_text
    assert "The goal is reached." in line
    assert "reached 6.5 % (measured, <@U0ANA>" in line
    verdict_text = verdict(slack)
    assert "Roll on" in verdict_text
    assert "Pass. Before the pilot 10 %. Measured by <@U0ANA> on" in verdict_text
    closes(ana)
    assert "closed, passed" in checklist(ana).all_text
    assert "aim 7 %, reached 6.5 % (measured, <@U0ANA>" in card(ana).all_text
    ana.types("/meshfit record", in_="payments")
    text = filed(slack, ana)
    assert "aim 7 %; reached 6.5 % (measured, by Ana Reyes (U0ANA)" in text


def test_kept_budgets_without_the_goal_fail_in_words_of_their_own(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    aims(slack)
    keeps_all(slack, pack)
    reaches(ana, 9)
    assert "Stop, although every budget is kept" in verdict(slack)
    closes(ana)
    line = checklist(ana).thread[-1].all_text
    assert line.count("very budget is kept") == 1
    assert "closed, failed" in checklist(ana).all_text
    assert "missed with 9 %" in checklist(ana).all_text
    assert "15 kept" in checklist(ana).all_text
    assert "broken" not in checklist(ana).all_text
    assert "The pilot was the test, and it missed its goal. A second" in card(ana).all_text
    ana.types("/meshfit record", in_="payments")
    assert "it missed its goal. A second" in filed(slack, ana)


def test_a_goal_that_is_reached_over_budget_fails_in_words_of_its_own(slack: Slack):
    ana = slack.person("ana")
    aims(slack)
    seals(ana)
    types_figures(ana, "checkout", p95=("100 101", "900 901"))
    reaches(ana, 6)
    assert "Stop, although the goal is reached" in verdict(slack)


def test_a_pilot_that_is_closed_without_a_run_certifies_no_measurement(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, measurement_ready="soon")
    aims(slack)
    seals(ana)
    reaches(ana, 9)
    closes(ana)
    assert "closed, failed" in checklist(ana).all_text
    assert learnt(ana) == ("soon", "")


def test_a_pilot_that_is_closed_on_figures_says_that_it_was_measured(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, measurement_ready="soon")
    aims(slack)
    seals(ana)
    types_figures(ana, "checkout", p95=("100 101", "900 901"))
    closes(ana)
    assert learnt(ana) == ("yes", "The pilot was measured.")


def test_a_result_says_how_it_is_known_and_calls_nothing_measured_that_was_typed(
    house: House, pack: Pack
):
    ana = house.slack.person("ana")
    shares_quick_path(ana, measurement_ready="soon")
    aims(house.slack)
    keeps_all(house.slack, pack)
    reaches(ana, 6, known="counted")
    closes(ana)
    answered = {each["question"]: each for each in house.kept()["answers"]}
    said = {
        each: json.loads(answered[each]["answer"]) for each in ("pilot_result", "measurement_ready")
    }
    assert said["pilot_result"]["value"] == "passed"
    assert said["pilot_result"]["evidence"] == "counted"
    assert said["measurement_ready"]["evidence"] == "counted"
    assert "The goal was counted, " in said["pilot_result"]["note"]
    assert " figures typed in, 5 drills recorded by people." in said["pilot_result"]["note"]


def test_a_missed_goal_is_measured_again_with_a_reason_that_stays(slack: Slack):
    ana = slack.person("ana")
    aims(slack)
    reaches(ana, 9)
    ana.presses("Measure the goal", on=checklist(ana))
    assert ana.modal.has("reason")
    ana.fills("reached", 6)
    ana.chooses("known", "counted")
    ana.fills("reason", "the first count took last year's releases")
    ana.submits()
    line = checklist(ana).thread[-1].all_text
    assert "Measured again: 9 % → 6 %, by <@U0ANA>: the first count took" in line


def test_the_aim_of_a_goal_that_was_measured_moves_with_a_reason_that_stays(
    slack: Slack, pack: Pack
):
    ana = slack.person("ana")
    aims(slack)
    keeps_all(slack, pack)
    reaches(ana, 9)
    ana.presses("Plan", on=checklist(ana))
    ana.fills("target", 9)
    ana.submits()
    assert "say below why its numbers change" in ana.errors["target"]
    ana.fills("reason", "9 is what <we> promised")
    ana.submits()
    assert ana.errors == {}
    moved = next(each for each in checklist(ana).thread if "was changed after" in each.all_text)
    assert "Its aim was 7 % by then.\nWhy: 9 is what &lt;we&gt; promised" in moved.all_text
    verdict_text = verdict(slack)
    assert (
        "moved after the goal was measured: 7 → 9 %: 9 is what &lt;we&gt; promised." in verdict_text
    )


def test_an_aim_that_moves_twice_is_told_step_by_step(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    aims(slack)
    keeps_all(slack, pack)
    reaches(ana, 9)
    for aim, why in ((9, "sales promised it"), (8, "a compromise")):
        ana.presses("Plan", on=checklist(ana))
        ana.fills("target", aim)
        ana.fills("reason", why)
        ana.submits()
        assert ana.errors == {}
    day = on_day(datetime.now(UTC))
    steps = f"7 % → 9 % ({day}: sales promised it) → 8 % ({day}: a compromise)."
    verdict_text = verdict(slack)
    assert f"The aim was moved after the goal was measured, 2 times: {steps}" in verdict_text
    assert "before the pilot was moved" not in verdict_text


def test_a_miss_that_passes_by_another_start_or_unit_is_told_on_verdict_and_record(
    slack: Slack, pack: Pack
):
    ana = slack.person("ana")
    shares_quick_path(ana)
    aims(slack)
    keeps_all(slack, pack)
    reaches(ana, 9)
    ana.presses("Plan", on=checklist(ana))
    for field, value in {"baseline": 5, "unit": "a month", "reason": "counted by hand"}.items():
        ana.fills(field, value)
    ana.submits()
    assert ana.errors == {}
    moved = next(each for each in checklist(ana).thread if "was changed after" in each.all_text)
    assert "Its today was 10 % by then." in moved.all_text
    ana.types("/meshfit record", in_="payments")
    start = "What it was before the pilot was moved after the goal was measured: 10 % → 5 a month"
    for value in (verdict(slack), filed(slack, ana)):
        assert f"{start}: counted by hand." in value
        assert "The unit was moved after the goal was measured: “%” → “a month”" in value


def test_a_missed_goal_stays_on_the_record_when_its_sentence_is_worded_anew(
    slack: Slack, pack: Pack
):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    aims(slack)
    keeps_all(slack, pack)
    reaches(ana, 9)
    changes(ben, success_metric="Rollbacks fall from 10 to 9.5 a month")
    moved = next(each for each in checklist(ana).thread if "was changed after" in each.all_text)
    missed = "missed with 9 % (measured, <@U0ANA>"
    assert "*The goal was changed after it was measured*, by <@U0BEN>." in moved.all_text
    assert f"Measured under the earlier wording “{CANARIES}”: {missed}" in moved.all_text
    for shown in (checklist(ana), card(ana)):
        assert f"Measured under an earlier wording: {missed}" in shown.all_text
    verdict_text = verdict(slack)
    assert "Roll on" not in verdict_text
    assert f"Measured under the earlier wording “{CANARIES}”: 9 %, missed." in verdict_text
    ana.types("/meshfit record", in_="payments")
    assert f"“{CANARIES}”: missed with 9 % (measured, by Ana Reyes (U0ANA), 20" in filed(slack, ana)
    ana.presses("Plan", on=checklist(ana))
    for field, value in {"baseline": 10, "target": 9.5, "unit": "a month"}.items():
        ana.fills(field, value)
    ana.submits()
    saves(ana)
    assert "not measured yet under this wording" in checklist(ana).all_text
    reaches(ana, 9)
    assert list(ana.errors) == ["reason"]
    ana.fills("reason", "the sentence meant releases, not percent")
    ana.submits()
    line = checklist(ana).thread[-1].all_text
    assert "The goal is reached." in line
    assert "Measured again: 9 % → 9 a month, by <@U0ANA>: the sentence meant releases" in line
    assert "Measured under the earlier wording" in verdict(slack)


def test_a_goal_that_shows_later_runs_until_then_and_may_be_closed_as_such(
    slack: Slack, pack: Pack
):
    ana = slack.person("ana")
    shares_quick_path(ana)
    later = (datetime.now(UTC).date() + timedelta(days=180)).isoformat()
    plans(ana, slack.person("ben"))
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana, **AIM)
    ana.fills("shows_on", later)
    ana.submits()
    assert ana.errors == {"measured_by": "Who will measure it on that day?"}
    ana.chooses("measured_by", slack.person("ben"))
    ana.submits()
    ana.submits()
    keeps_all(slack, pack)
    assert "Running, until the goal shows" in verdict(slack)
    assert "<@U0BEN> was asked to measure it and has not answered" in checklist(ana).all_text
    ana.presses("Close without a result", on=aside(ana), confirm=True)
    assert (
        "*The pilot ended without a result.* Every budget is" in checklist(ana).thread[-1].all_text
    )
    assert "closed, ended without a result" in checklist(ana).all_text
    assert checklist(ana).buttons == ["Measure the goal", "Verdict", "Start a new pilot"]
    assert "Pilot: not answered → closed before its number showed" in card(ana).thread[-1].all_text
    card_text = card(ana).all_text
    assert "The last pilot was closed before its number showed" in card_text
    assert "*Next:* measure the closed pilot's goal on " in card_text
    assert "<@U0BEN> was asked to measure it and has not answered" in card_text
    assert "running" not in card_text
    assert card(ana).buttons[0] == "Measure the goal"
    assert "Start a new pilot" not in card(ana).buttons
    ana.presses("Measure the goal", on=card(ana))
    assert modal(ana).title == "Measure the goal"
    ana.closes()
    ana.presses("Start a new pilot", on=checklist(ana))
    assert "*Next:* go on with the pilot." in card(ana).all_text


def test_a_day_that_is_past_is_no_later(slack: Slack):
    ana = slack.person("ana")
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana, **AIM)
    ana.fills("shows_on", "2020-01-01")
    ana.chooses("measured_by", ana)
    ana.submits()
    assert list(ana.errors) == ["shows_on"]


def test_every_saving_is_a_line_and_a_broken_budget_asks_why_it_is_measured_again(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    types_figures(ana, "checkout", p50=("40 41", "41 42"), p95=("100 101", "900 901"))
    line = checklist(ben).thread[-1].all_text
    assert "p95 checkout: +800 ms (broken), and 1 figure more; by <@U0ANA>, typed." in line
    assert checklist(ben).thread[-1].buttons == ["More"]
    ben.presses("More", on=checklist(ben).thread[-1])
    told = checklist(ben).thread[-1].all_text
    assert told.startswith("• p95 checkout: +800 ms (broken)\n• p50 checkout: +1 ms (kept)")
    assert "Saved in one go, by <@U0ANA>, typed." in told
    types_figures(ana, "checkout", p95=("100 101", "101 102"))
    assert list(ana.errors) == ["again"]
    again = "the load generator ran on the same node"
    types_figures(ana, "checkout", again, p95=("100 101", "101 102"))
    assert "Measured again: the load generator" in checklist(ana).thread[-1].all_text
    assert "Measured again: 1 result, of which only the newest counts" in verdict(slack)
    aside_text = aside(ana).all_text
    assert (
        "p95 checkout: +800 ms (broken) → +1 ms (kept), by <@U0ANA>, typed: the load" in aside_text
    )
