"""After the pilot: one policy scope at a time, exceptions that end, recipes with our names."""

from __future__ import annotations

import json
from contextlib import closing

from bot.domain.pack import Pack
from bot.store.engine import store_at
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import closes, plans
from tests.journeys.story import aside, modal, posted, says_no
from tests.journeys.test_pilot_forms import checklist, passes


def rollout(person: Person) -> ShownMessage:
    """The channel's rollout card, posted if there is none."""
    there = [each for each in posted(person) if "Add an exception" in each.buttons]
    if there:
        return there[-1]
    person.types("/meshfit rollout", in_="payments")
    return rollout(person)


def goes_on(person: Person) -> None:
    """To the first stage, or to the next."""
    word = "Begin the first stage" if "not begun" in rollout(person).all_text else None
    person.presses(word or "Go to the next stage", on=rollout(person))


def ticks_all(person: Person) -> None:
    """Tick every line that a person can tick."""
    while "line_tick" in {
        element.get("action_id")
        for block in rollout(person).blocks
        for element in [block.get("accessory") or {}]
    }:
        block = next(
            each
            for each in rollout(person).blocks
            if (each.get("accessory") or {}).get("action_id") == "line_tick"
        )
        person.presses(f"{block['block_id']}/line_tick", on=rollout(person))


def test_advancing_is_refused_and_says_which_conditions_are_unmet(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    first = next(iter(pack.stages.values()))
    goes_on(ana)
    refusal = aside(ana).all_text
    assert refusal.startswith("The stage cannot begin. Still open:")
    for line in first.enter.values():
        assert line.text in refusal
    assert "not begun" in rollout(ben).all_text
    assert "*Next:* " in rollout(ben).all_text
    assert "Before the first stage:" in rollout(ben).all_text
    assert "next stage" not in rollout(ben).all_text


def test_a_rollout_needs_the_mesh_that_the_plan_names(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit rollout", in_="payments")
    assert "no pilot yet" in aside(ana).all_text
    checklist(ana)
    ana.types("/meshfit rollout", in_="payments")
    assert "names no mesh" in aside(ana).all_text


def test_a_rollout_goes_on_when_its_conditions_hold_and_back_when_asked(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    passes(slack, pack)
    first, second, *_ = pack.stages.values()
    ticks_all(ana)
    goes_on(ana)
    assert f"Mesh rollout: {first.title}" in rollout(ana).all_text
    ticks_all(ana)
    goes_on(ana)
    assert f"Mesh rollout: {second.title}" in rollout(ana).all_text
    ticks_all(slack.person("ben"))
    assert "_Ticked by <@U0BEN>, " in rollout(ana).all_text
    assert "nothing measured it._" in rollout(ana).all_text
    ana.presses("Go back one stage", on=rollout(ana))
    assert f"Mesh rollout: {first.title}" in rollout(ana).all_text
    assert len([each for each in posted(ana) if "Add an exception" in each.buttons]) == 1


def test_a_stage_that_left_the_pack_can_only_be_left_backwards(house: House, pack: Pack):
    ana = house.slack.person("ana")
    passes(house.slack, pack)
    first, second, *_ = pack.stages.values()
    for _ in range(2):
        ticks_all(ana)
        goes_on(ana)
    kept = {key: each for key, each in pack.stages.items() if key != second.id}
    house.restart(pack.model_copy(update={"stages": kept}))
    ana.types("/meshfit rollout", in_="payments")
    assert "Mesh rollout: a stage that left the pack" in rollout(ana).all_text
    assert "*Next:* go back" in rollout(ana).all_text
    goes_on(ana)
    assert "no longer in the knowledge pack" in aside(ana).all_text
    ana.presses("Go back one stage", on=rollout(ana))
    assert f"Mesh rollout: {first.title}" in rollout(ana).all_text


def test_after_the_last_stage_nothing_is_asked_for_anew(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    passes(slack, pack)
    for _ in pack.stages:
        ticks_all(ana)
        goes_on(ana)
    assert "Before the rollout is complete" in rollout(ana).all_text
    ticks_all(ana)
    board = rollout(ana)
    assert "The rollout is complete" in board.all_text
    assert "*Next:* nothing: this is the last stage" in board.all_text
    assert "Go to the next stage" not in board.buttons


def adds_exception(person: Person, approver: Person, ends_on: str) -> None:
    """Enter an exception for one service."""
    person.presses("Add an exception", on=rollout(person))
    person.fills("service", "legacy <b>")
    person.fills("reason", "speaks no TLS & cannot be changed")
    person.chooses("approver", approver)
    person.fills("ends_on", ends_on)
    person.submits()


def test_an_exception_needs_a_day_to_come(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    rollout(ana)
    adds_exception(ana, ben, "2020-01-01")
    assert "in the past" in ana.errors["ends_on"]
    ana.fills("ends_on", "2099-01-01")
    ana.submits()
    board = rollout(ben).all_text
    assert "until 1 Jan 2099, *not approved*, <@U0BEN> was asked and has not answered" in board
    ben.opens_home()
    assert "Pilots that name me" in ben.home.all_text
    assert "legacy &lt;b&gt; until 1 Jan 2099 (not approved)" in ben.home.all_text
    ana.presses("I approve it", on=rollout(ana))
    assert "Only the person who was asked" in aside(ana).all_text
    ben.presses("I approve it", on=rollout(ben))
    board = rollout(ana).all_text
    assert "legacy &lt;b&gt; until 1 Jan 2099, approved by <@U0BEN>" in board
    assert "I approve it" not in rollout(ben).buttons
    assert "run out" not in board
    ana.presses("It is over", on=rollout(ana))
    assert "legacy" not in rollout(ben).all_text


def test_an_exception_that_nobody_approved_opens_no_stage(house: House, pack: Pack):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    passes(house.slack, pack)
    ticks_all(ana)
    adds_exception(ana, ben, "2099-01-01")
    goes_on(ana)
    assert "is not approved yet: the person asked to approve it" in aside(ana).all_text
    says_no(ben, "I refuse it", on=rollout(ben))
    board = rollout(ana).all_text
    assert "*Exception:*" not in board
    assert "<@U0BEN> refused the exception for legacy &lt;b&gt;.\n" in board
    adds_exception(ana, ben, "2099-01-01")
    ben.presses("I approve it", on=rollout(ben))
    board = rollout(ana).all_text
    assert "2099, approved by <@U0BEN>" in board
    assert "<@U0BEN> refused the exception for legacy &lt;b&gt; that was asked for before." in board
    goes_on(ben)
    assert f"Mesh rollout: {next(iter(pack.stages.values())).title}" in rollout(ana).all_text


def test_a_new_date_is_agreed_on_with_an_approver_and_stays_on_the_record(house: House, pack: Pack):
    ana, ben, cleo = (house.slack.person(each) for each in ("ana", "ben", "cleo"))
    passes(house.slack, pack)
    ticks_all(ana)
    adds_exception(ana, ben, "2099-01-01")
    ben.presses("I approve it", on=rollout(ben))
    ana.presses("New date", on=rollout(ana))
    form = modal(ana)
    assert "legacy &lt;b&gt;*, until 1 Jan 2099" in form.all_text
    assert form.value("reason") == "speaks no TLS & cannot be changed"
    assert (form.value("ends_on"), form.value("approver")) == ("2099-01-01", None)
    assert ana.submits() is None  # Slack's own client asks who approved it
    ana.chooses("approver", cleo)
    ana.submits()
    assert "ends on that day already" in ana.errors["ends_on"]
    ana.fills("ends_on", "2020-01-01")
    ana.submits()
    assert "in the past" in ana.errors["ends_on"]
    ana.fills("ends_on", "2098-02-01")
    ana.submits()
    board = rollout(ben).all_text
    assert "until 1 Jan 2099, approved by <@U0BEN> (a new date, 1 Feb 2098, is *not app" in board
    cleo.presses("I approve it", on=rollout(cleo))
    board = rollout(ben).all_text
    assert "until 1 Feb 2098, approved by <@U0CLEO>" in board
    assert "new date asked for by <@U0ANA>, <!date^" in board
    assert "before: 1 Jan 2099" in board


def test_an_exception_that_ran_out_goes_on_with_a_new_date(house: House, pack: Pack):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    passes(house.slack, pack)
    ticks_all(ana)
    adds_exception(ana, ben, "2099-01-01")
    ben.presses("I approve it", on=rollout(ben))
    ran_out(house)
    goes_on(ana)
    assert "ended on 1 Jan 2020: end it, or agree on a new date" in aside(ana).all_text
    adds_exception(ana, ben, "2099-01-01")
    assert "ended on 1 Jan 2020 and blocks" in ana.errors["service"]
    ana.closes()
    ana.types("/meshfit rollout", in_="payments")
    assert "It has run out" in rollout(ana).all_text
    stale = list(rollout(ana).message.blocks)
    ana.presses("New date", on=rollout(ana))
    ana.chooses("approver", ben)
    ana.fills("ends_on", "2099-01-01")
    ana.submits()
    assert "run out" in rollout(ana).all_text
    ben.presses("I approve it", on=rollout(ben))
    assert "run out" not in rollout(ana).all_text
    goes_on(ana)
    assert f"Mesh rollout: {next(iter(pack.stages.values())).title}" in rollout(ana).all_text
    ana.presses("It is over", on=rollout(ana))
    fresh, shown = list(rollout(ana).message.blocks), rollout(ana).message.blocks
    shown[:] = stale
    ana.presses("New date", on=rollout(ana))
    shown[:] = fresh
    assert "over already" in aside(ana).all_text


def ran_out(house: House) -> None:
    """Let every exception have ended long ago."""
    house.close()
    with closing(store_at(house.db)) as store, store.writing() as db:
        for row in list(db.query("SELECT id, json FROM pilot_log WHERE kind = 'exception'")):
            ended = json.dumps(json.loads(row["json"]) | {"ends_on": "2020-01-01"})
            db.execute("UPDATE pilot_log SET json = ? WHERE id = ?", [ended, row["id"]])
    house.open()


def test_a_rollout_that_runs_stays_in_reach_when_a_new_pilot_is_opened(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    passes(slack, pack)
    first, *_ = pack.stages.values()
    ticks_all(ana)
    goes_on(ana)
    closes(ana)
    ana.types("/meshfit pilot", in_="payments")
    ana.presses("Start a new pilot", on=aside(ana))
    ana.types("/meshfit rollout", in_="payments")
    old, new = (each for each in posted(ana) if "Go to the next stage" in each.buttons)
    assert old.ts != new.ts
    assert f"Mesh rollout: {first.title}" in new.all_text


def test_a_rollout_that_never_began_gives_way_to_that_of_a_new_pilot(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    passes(slack, pack)
    assert "not begun" in rollout(ana).all_text
    closes(ana)
    ana.types("/meshfit pilot", in_="payments")
    ana.presses("Start a new pilot", on=aside(ana))
    ana.types("/meshfit rollout", in_="payments")
    assert "names no mesh" in aside(ana).all_text


def test_titles_tell_recipes_apart_before_a_mesh_is_chosen(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit howto", in_="payments")
    titles = [each["text"]["text"] for each in aside(ana).find("recipe").element["options"]]
    assert sorted(titles) == sorted(set(titles))
    assert "Share of TCP connections with mTLS (Linkerd)" in titles


def test_recipes_are_shown_with_the_teams_own_names(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.types("/meshfit howto", in_="payments")
    listed = [each["value"] for each in aside(ana).find("recipe").element["options"]]
    assert "linkerd" not in {m for each in listed for m in pack.recipes[each].meshes} or all(
        "istio_ambient" in pack.recipes[each].meshes for each in listed if pack.recipes[each].meshes
    )
    needing = next(each for each in listed if "{" in pack.recipes[each].template)
    ana.chooses("recipe", needing, on=aside(ana))
    names = modal(ana).inputs
    for name in names:
        ana.fills(name, "Not A Name!")
    ana.submits()
    assert set(ana.errors) <= set(names)
    assert ana.errors
