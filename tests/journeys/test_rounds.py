"""Several people asked for their own answers, each unseen by the others until the round closes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.advisor import Advisor, Desk
from bot.domain.rounds.model import ToAsk
from bot.domain.team import Caller
from bot.errors import BadAnswers
from bot.store.export import export
from playground.people import Person
from tests.journeys.house import House
from tests.journeys.rounds import EIGHT, answers, invited, opens
from tests.journeys.story import (
    QUICK,
    aside,
    at_once,
    card,
    changes,
    modal,
    posted,
    reply,
    shares_quick_path,
)

X = "\N{MULTIPLICATION SIGN}"


def test_four_are_named_and_the_last_of_them_ends_it_in_the_first_card(
    house: House, five: list[Person]
):
    ana, ben, cleo, dora, finn = five
    ana.types("/meshfit", in_="payments")
    ana.presses("Ask the others", on=aside(ana))
    assert modal(ana).value("questions") == list(EIGHT)
    ana.chooses("people", [ben, cleo, dora, finn])
    ana.submits()
    (live,) = posted(ana)
    assert "<@U0ANA> asks 4 people for their own answers to 8 questions" in live.all_text
    assert "*0 of 4 have answered.*" in live.all_text
    assert "U0BEN" not in live.all_text
    assert "names stand beside the answers then" in invited(ben).all_text
    assert ana.sees("dm") == []
    for each in (ben, cleo, dora):
        house.restart()
        answers(each, invited(each), platform_owner="planned", why="Ops <!here> could")
    assert "*3 of 4 have answered.*" in live.all_text
    everyone = " ".join(each.all_text for each in (*posted(ana), *ana.sees("dm")))
    assert "agreed" not in everyone
    assert "Ops" not in everyone
    house.restart()
    finn.opens_home()
    assert "<@U0ANA> asks for your own answers in <#C0PAYMENTS>" in finn.home.all_text
    answers(finn, finn.home, platform_owner="not_my_area", why="", zero_trust="no")
    assert live.buttons == []
    assert "*Closed: 4 of 4 have answered.*" in live.all_text
    drawn = card(ana)
    assert "4 people answered" in drawn.all_text
    assert "begun by <@U0ANA>" in drawn.all_text
    came = reply(ana, "Take this one: yes")
    assert "4 of 4 answered 8 questions, each unseen by the others" in came.all_text
    assert "• Owner: agreed (3 of 3); not the area of <@U0FINN>" in came.all_text
    assert "*Zero trust*: 3 of 4 alike" in came.all_text
    assert f"• 3 {X} yes: <@U0BEN>, <@U0CLEO>, <@U0DORA>" in came.all_text
    assert f"• 1 {X} no: <@U0FINN>" in came.all_text
    assert len(drawn.thread) == 2  # no line of a change: there was nothing before
    ana.presses("Take this one: no", on=came)
    assert "The team's answer: *no* (<@U0ANA>" in came.all_text
    assert "Take this one: no" not in came.buttons
    assert "<@U0ANA>: Zero trust: not answered → no" in reply(ana, "Undo").all_text
    assert "3 other answers noted" in drawn.all_text
    finn.types("/meshfit delete", in_="payments")
    finn.presses("Delete what is mine", on=aside(finn), confirm=True)
    assert f"• 3 {X} yes" in came.all_text
    assert "U0FINN" not in came.all_text
    ben.presses("Give my answers", on=invited(ben))
    assert "has closed" in ben.last().all_text


def test_a_round_on_an_answered_card_names_nobody_where_it_is_anonymous(
    house: House, five: list[Person]
):
    """The channel is invited; it ends by its date, while the bot was away."""
    ana, ben, cleo, dora, finn = five
    shares_quick_path(ana)
    ana.presses("Ask the others", on=reply(ana, "Ask the others"))
    ana.chooses("names", "anonymous")
    ana.submits()
    live = [each for each in posted(ana) if "Give my answers" in each.buttons][-1]
    assert "asks everyone here" in live.all_text
    said = {"platform_owner": "planned", "why": "I could do it"}
    for each in (ben, cleo, dora):
        answers(each, live, **said)
    ben.presses("Close now", on=live, confirm=True)
    assert "Closing this round before its date is for <@U0ANA> (opened it)." in aside(ben).all_text
    ana.types("/meshfit round", in_="payments")
    assert "3 people have answered" in aside(ana).all_text
    answers(finn, live, platform_owner="none")
    ben.presses("Give my answers", on=live)
    assert "The team's answer" not in modal(ben).all_text
    assert "Shown at the close as you write it, without your name." in modal(ben).all_text
    assert modal(ben).value("zero_trust") == "yes"
    ben.dismisses()
    kept = house.kept()
    assert len({row["person"] for row in kept["round_answers"]}) == 4
    assert not [row for row in kept["round_answers"] if row["person"].startswith("U0")]
    out = list(export(house.db))
    assert "salt" not in json.dumps(out)
    rows = [each["row"] for each in out if each.get("table") == "round_people"]
    assert [row["answered"] for row in rows] == [0] * 4, "beside who has, answers would be theirs"
    assert "I could do it" not in json.dumps(out)
    house.clock = lambda: datetime.now(UTC) + timedelta(days=6)
    house.restart()
    assert house.relay.settle()
    came = reply(ana, "Take this one: agreed")
    assert "4 answered 8 questions" in came.all_text
    assert "No name stands beside an answer, and none is kept with one" in came.all_text
    assert "*Owner*: 3 of 4 alike" in came.all_text
    assert "1 person answered · 4 in a round without names" in card(ana).all_text
    assert f"• 3 {X} agreed\n    “I could do it”" in came.all_text
    assert "The team's answer: *nobody* (<!date" in came.all_text, (
        "whose it is might tell whose 1 is"
    )
    assert f"3 {X} Pilot first, then decide: " in came.all_text
    assert f"1 {X} Not yet: nobody would run it" in came.all_text
    everything = " ".join(each.all_text for each in (*posted(ana), *card(ana).thread))
    assert not re.search("U0(BEN|CLEO|DORA|FINN)", everything)
    kept = house.kept()
    assert {row["salt"] for row in kept["rounds"]} == {""}
    marks = {row["person"] for row in kept["round_answers"]}
    assert len(marks) == len(kept["round_answers"]) == 32, "no two of them hang together"
    cleo.types("/meshfit delete", in_="payments")
    assert "round" not in aside(cleo).all_text.partition("Everything")[0]
    cleo.presses("Everything about me", on=aside(cleo), confirm=True)
    assert "4 answered 8 questions" in came.all_text
    assert "U0CLEO" not in json.dumps(list(export(house.db)))


def test_below_four_an_anonymous_round_shows_nothing_and_keeps_nothing(house: House):
    ana, ben, cleo = (house.slack.person(name) for name in ("ana", "ben", "cleo"))
    opens(ana, ben, cleo, names="anonymous")
    assert "choose more people" in ana.errors["people"]
    ana.chooses("people", [])
    ana.chooses("until", "2020-01-01")
    ana.submits()
    assert "from tomorrow on" in ana.errors["until"]
    ana.chooses("until", (datetime.now(UTC) + timedelta(days=2)).date().isoformat())
    ana.submits()
    (live,) = posted(ana)
    answers(ben, live)
    cleo.presses("Give my answers", on=live)
    for question in QUICK["need"]:
        cleo.chooses(question, "yes")
    cleo.submits()
    ana.types("/meshfit round", in_="payments")
    both = (live, aside(ana))
    at_once([partial(ana.presses, "Close now", on=each, confirm=True) for each in both])
    assert aside(ana).all_text == "That round was closed already."
    assert "shows nothing below 4 answers" in live.all_text
    assert [each.ts for each in posted(ana)] == [live.ts]
    assert house.kept()["round_answers"] == house.kept()["assessments"] == []
    for question, usual in QUICK["hold"].items():
        cleo.chooses(question, usual)
    cleo.submits()
    assert "That round has closed" in modal(cleo).all_text


def test_an_anonymous_round_that_falls_below_four_by_who_leaves_it_shows_nothing(
    house: House, five: list[Person]
):
    ana, *named = five
    opens(ana, *named, names="anonymous")
    (live,) = posted(ana)
    ben, cleo, dora, finn = named
    for each in (ben, cleo, dora):
        answers(each, live, why="only mine")
    ben.types("/meshfit delete", in_="payments")
    ben.presses("Everything about me", on=aside(ben), confirm=True)
    assert "*2 of 3 have answered.*" in live.all_text
    house.restart()
    answers(finn, live, why="only mine")
    assert "shows nothing below 4 answers" in live.all_text
    assert house.kept()["round_answers"] == house.kept()["assessments"] == []
    assert "only mine" not in json.dumps(list(export(house.db)))


def test_who_deletes_everything_vanishes_from_an_open_round(house: House, five: list[Person]):
    ana, ben, cleo, dora, finn = five
    shares_quick_path(ana)
    opens(ana, ben, cleo, dora)
    live = [each for each in card(ana).thread if "Give my answers" in each.buttons][-1]
    finn.presses("Give my answers", on=live)
    assert "you are not among them" in finn.last("payments").thread[-1].all_text
    answers(ben, live, platform_owner="named", why="mine")
    answers(cleo, live, platform_owner="named")
    dora.types("/meshfit delete", in_="payments")
    dora.presses("Everything about me", on=aside(dora), confirm=True)
    assert "*Closed: 2 of 2 have answered.*" in live.all_text
    came = [each for each in card(ana).thread if "A round closed" in each.all_text][-1]
    assert "• Owner: named (2 of 2)" in came.all_text
    assert "the round: Owner: nobody → named" in reply(ana, "Undo").all_text
    assert "Not yet → Pilot first" in reply(ana, "Undo").all_text
    assert "U0DORA" not in json.dumps(house.kept(), default=str)
    ana.presses("Undo", on=reply(ana, "Undo"))
    assert "Stops it" in card(ana).all_text


def test_what_several_agreed_on_stays_until_the_last_who_said_it_deletes_it(
    house: House, five: list[Person]
):
    ana, ben, cleo, *_ = five
    opens(ana, ben, cleo)
    answers(ben, invited(ben), platform_owner="planned", why="Ops could")
    answers(cleo, invited(cleo), platform_owner="planned")
    live, came = posted(ana)[0], card(ana).thread[-1]
    assert "would come to:* 2 " in came.all_text
    for each, then in ((ben, ["U0CLEO"] * 8), (cleo, [])):
        each.types("/meshfit delete", in_="payments")
        each.presses("Delete what is mine", on=aside(each), confirm=True)
        assert [row["respondent"] for row in house.kept()["answers"]] == then
        assert [row["respondent"] for row in house.kept()["voices"]] == then
        if each is ben:
            assert "1 of 2 answered" in came.all_text
            assert "would come to, counted before somebody took theirs out:* 2 " in came.all_text
            assert "*Closed: 1 of 2 have answered.*" in live.all_text
    assert "Ops could" not in json.dumps(house.kept(), default=str)


def test_whose_owner_answer_stands_alone_is_told_by_nothing_without_names(
    house: House, five: list[Person]
):
    ana, *named = five
    opens(ana, *named, names="anonymous")
    (live,) = posted(ana)
    assert "of a question with fewer than 4 only their number" in live.all_text
    *three, finn = named
    for each in three:
        answers(each, live, platform_owner="not_my_area")
    salt = house.kept()["rounds"][0]["salt"].encode()
    answers(finn, live, platform_owner="none", why="Nobody can but me")
    (came,) = [each for each in card(ana).thread if "Too few to show" in each.all_text]
    assert "*Owner*: 1 answer. " in came.all_text
    everything = " ".join(each.all_text for each in (*posted(ana), *card(ana).thread))
    assert "Nobody can but" not in everything
    assert "nobody would run it" not in everything
    assert "leaving out what too few answered:* 4 " in came.all_text
    assert not [each for each in came.buttons if "Take this one" in each]
    rows = [row for row in house.kept()["round_answers"] if row["question"] == "platform_owner"]
    assert [row["answer"] for row in rows] == [None] * 3
    assert "Nobody can but" not in json.dumps(list(export(house.db)))
    if isinstance(house.db, Path):
        files = b"".join(each.read_bytes() for each in house.db.parent.glob(house.db.name + "*"))
        assert salt not in files
        assert b"Nobody can but me" not in files
    changes(ana, problem_location="inside")
    ana.types("/meshfit record", in_="payments")
    ana.types("/meshfit report", in_="payments")
    files = [file.content for file in house.slack.world.files.values()]
    assert len(files) == 2
    assert not [each for each in files if b"Nobody can but" in each]
    assert all(b"4 people in a round that kept no names" in each for each in files)
    assert "*Owner*: 1 answer. " in came.all_text


def test_a_round_that_was_nobodys_area_says_whose(house: House, five: list[Person]):
    ana, ben, cleo, *_ = five
    opens(ana, ben, cleo)
    (live,) = posted(ana)
    for each in (ben, cleo):
        answers(each, live, **dict.fromkeys(EIGHT, "not_my_area"))
    assert "It was nobody's area: <@U0BEN>, <@U0CLEO>. Nothing changed by it." in live.all_text


def test_no_forged_form_lets_a_round_set_the_day_of_an_auditor(house: House):
    desk = Desk(house.store, house.pack, house.clock)
    rounds, ana = Advisor(desk, house.settings.workplace).rounds, "U0ANA"
    there = Caller(workspace="T0", channel="C0PAYMENTS", user=ana)
    until = house.clock().date() + timedelta(days=2)
    asked = ToAsk(people=(ana,), until=until, names="open", questions=("zero_trust", "audit_date"))
    with pytest.raises(BadAnswers) as refused:
        rounds.open(there, asked)
    assert list(refused.value.faults) == ["questions"]
