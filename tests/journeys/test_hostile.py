"""What people write is shown as they wrote it, calls nobody, breaks nothing and stays unlogged."""

from __future__ import annotations

import itertools
import re
import time

import pytest

from bot.listeners.payloads import question
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, fills_aim, measures, plans, reaches_step, seals
from tests.journeys.story import (
    aside,
    card,
    changes,
    modal,
    names_owner,
    opens_alone,
    picks_question,
    posted,
    shares_quick_path,
    turns_to,
    walks_quick_path,
)

HOSTILE = [
    "<!channel> read this",
    "<script>alert(1)</script>",
    "<https://evil.example|Click here> & win",
    "*bold* _it_ `code` ~gone~ > quote",
    "& &amp; &lt;!here&gt; <@U0BEN>",
    "\u202eevil \u0000 zero\u200bwidth 🤷\u200d♀️",
    "a\nb\r\n\n\tc | d || e",
    "{teams} {0} %s $(id) ' OR 1=1 --",
    "&" * 300,
    "x" * 300,
]


def typed(text: str) -> str:
    """What is kept of what was typed: all but NUL, and white space around it."""
    return text.replace("\0", "").strip()


def shown(text: str) -> str:
    """Hostile text as mrkdwn must carry it: its three special characters as entities."""
    return typed(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def reopens(person: Person, page: str) -> None:
    """Something changed: the pages of Change answers, at one of them."""
    person.types("/meshfit", in_="payments")
    person.presses("Something changed", on=aside(person))
    person.chooses("which/page_whole", page)


def test_a_services_name_calls_nobody_in_the_pilot(slack: Slack):
    ana, name = slack.person("ana"), "<!here> pay & run"
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana)
    ana.submits()
    ana.chooses("traits_1", ["sensitive"])
    for at in (1, 2, 3):
        reaches_step(ana, f"service_{at}")
        ana.fills(f"service_{at}", f"{name} {at}")
    reaches_step(ana, "can_live")
    ana.chooses("can_live", "yes")
    ana.submits()
    seals(ana)
    ana.types("/meshfit verdict", in_="payments")
    lines = [checklist(ana), *checklist(ana).thread, aside(ana)]
    words = [block["text"]["text"] for each in lines for block in each.blocks if "text" in block]
    assert sum(shown(name) in each for each in words) >= 4
    assert not [each for each in words if "<!here>" in each]


def test_a_success_metric_is_shown_as_it_was_typed(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    for text in HOSTILE:
        reopens(ana, "driver")
        ana.chooses("driver", "identity")
        ana.fills("success_metric", text)
        ana.submits()
        ana.closes()
        goal = card(ana).all_text.split("*Goal:* ")[1]
        unsound = "none that can be checked yet (said is “Zero trust: "
        assert goal.startswith(unsound + shown(text)[:100])
        reopens(ben, "driver")
        assert modal(ben).value("success_metric").strip() == typed(text)
        ben.closes()
        ana.types("/meshfit record", in_="payments")
        assert card(ana).thread[-2].files


def test_a_question_is_repeated_as_it_was_typed(slack: Slack):
    ana = slack.person("ana")
    for text in HOSTILE:
        ana.dms(text)
        ana.types(f"/meshfit ask {text}", in_="payments")
        assert aside(ana).blocks
        ana.types("/meshfit ask", in_="payments")
        ana.fills("question", text)
        ana.submits()
        assert modal(ana).title == "Answer"


def test_a_pilots_metric_is_shown_as_it_was_typed(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit pilot", in_="payments")
    checklist = posted(ana)[-1]
    for person, text in zip(itertools.cycle([ana, slack.person("ben")]), HOSTILE, strict=False):
        slack.until(lambda: False, 0.35)
        person.presses("Write the metric", on=checklist)
        person.fills("metric", text)
        person.submits()
        assert f"*Goal:* {shown(text)[:100]}" in checklist.all_text


def test_a_nul_is_kept_nowhere(house: House):
    ana = house.slack.person("ana")
    ana.types("/meshfit ask does a mesh\0 replace an API gateway", in_="payments")
    ana.types("/meshfit pilot", in_="payments")
    checklist = posted(ana)[-1]
    ana.presses("Write the metric", on=checklist)
    ana.fills("metric", "rollbacks fall\0 by 30 percent")
    ana.submits()
    assert "*Goal:* rollbacks fall by 30 percent" in checklist.all_text
    kept = house.kept()
    assert [row["text"] for row in kept["asked"]] == ["does a mesh replace an API gateway"]
    assert "\\u0000" not in repr(kept)
    assert "\\x00" not in repr(kept)


def test_half_of_a_pair_is_kept_nowhere_and_a_whole_one_stays(house: House):
    ana = house.slack.person("ana")
    ana.mentions("does a mesh \U0001f680 replace an API\ud83d gateway", in_="payments")
    (asked,) = house.kept()["asked"]
    assert asked["text"] == "does a mesh \U0001f680 replace an API gateway"


def test_notes_and_reasons_come_back_as_they_were_typed(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    for text in HOSTILE:
        picks_question(ana, "zero_trust")
        ana.chooses("zero_trust", "na")
        ana.fills("zero_trust.reason", text)
        ana.fills("zero_trust.note", text)
        ana.fills("zero_trust.because", text)
        ana.submits()
        picks_question(ben, "zero_trust")
        assert modal(ben).value("zero_trust.reason").strip() == typed(text)
        assert modal(ben).value("zero_trust.note").strip() == typed(text)
        ben.closes()
        assert f"Why: {shown(text)[:60]}" in card(ana).thread[-1].all_text
    ana.types("/meshfit record", in_="payments")
    assert card(ana).thread[-2].files


def test_a_typed_channel_call_in_a_command_calls_nobody(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit @channel @here #payments @ben", in_="payments")
    assert "<!channel>" not in str(aside(ana).blocks)
    ana.types("/meshfit xyzzy @channel @here #payments @ben", in_="payments")
    assert "&lt;!channel&gt;" in aside(ana).all_text
    assert "<!channel>" not in str(aside(ana).blocks)


def test_too_much_text_is_stopped_at_the_form_or_beside_the_field(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    turns_to(ana)
    opens_alone(ana, "zero_trust")
    ana.fills("zero_trust.note", "n" * 501)
    assert ana.submits() is None
    assert "500" in ana.errors["zero_trust.note"]
    ana.submits(unchecked=True)
    assert "at most 500 fit" in str(ana.errors)
    ana.fills("zero_trust.note", "n" * 500)
    ana.submits()
    assert modal(ana).title == "Change 1 of 7"


def test_codes_that_no_menu_offers_are_refused(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    turns_to(ana)
    entry = {"text": {"type": "plain_text", "text": "x"}, "value": "drop table"}
    modal(ana).view.state["zero_trust"]["answer"] = {
        "type": "static_select",
        "selected_option": entry,
    }
    ana.submits(unchecked=True)
    assert "cannot be" in ana.errors["zero_trust"].lower()


def tells_everything(person: Person, secret: str) -> None:
    """Say the same words wherever words can be said."""
    shares_quick_path(person)
    changes(person, driver="identity", success_metric=f"{secret} 95 %")
    person.types(f"/meshfit ask {secret}", in_="payments")
    person.mentions(secret, in_="payments")
    person.dms(secret)
    person.types(f"/meshfit {secret}", in_="payments")
    person.types("/meshfit pilot", in_="payments")
    person.presses("Write the metric", on=posted(person)[-1])
    person.fills("metric", secret)
    person.submits()


def test_nothing_that_people_say_reaches_the_log(house: House, caplog: pytest.LogCaptureFixture):
    slack, secret = house.slack, "zwiebelkuchen"
    ana, ben = slack.person("ana"), slack.person("ben")
    tells_everything(ana, secret)
    names_owner(ana, ben)
    slack.fail_next("chat.postMessage", "invalid_arguments")
    ana.mentions(f"{secret} again", in_="payments")
    house.slack.send("interactive", "block_actions", unheard_of(slack, ana, secret))
    slack.settle()
    log = caplog.text
    assert "reference" in log
    assert secret not in log
    for private in ("U0ANA", slack.token, slack.app_token, slack.signing_secret, "trigger_id"):
        assert private not in log
    assert not re.search(r"\b(between|identity)\b", log)
    caplog.clear()


def unheard_of(slack: Slack, person: Person, value: str) -> dict[str, object]:
    """A press on a button that no version ever had, with something private as its value."""
    shown = card(person)
    payload = slack.interactions.message_action(person.user, shown.message, shown.find("Why"), None)
    payload["actions"][0] |= {"action_id": "never_was", "value": value}
    return payload


def test_a_body_that_makes_no_sense_is_answered_and_not_quoted(
    house: House, caplog: pytest.LogCaptureFixture
):
    slack = house.slack
    ana = slack.person("ana")
    walks_quick_path(ana)
    modal(ana).view.body["private_metadata"] = '{"channel": "zwiebelkuchen", "mode": 7}'
    ana.submits(unchecked=True)
    assert "from an earlier version of meshfit" in modal(ana).all_text
    assert "zwiebelkuchen" not in caplog.text


def test_a_service_may_be_named_like_a_choice_of_the_menu(slack: Slack):
    ana = slack.person("ana")
    plans(ana, slack.person("ben"), {"-": ["chatty"], "nodes": ["grpc"], "ledger": ["batch"]})
    seals(ana)
    ana.presses("Measure", on=checklist(ana))
    measures(ana, "service:-", "figures")
    ana.fills("p95.baseline", 20)
    ana.fills("p95.mesh", 21)
    ana.submits()
    assert "-: +1 ms (kept)" in modal(ana).all_text


def test_a_mention_of_many_half_mentions_is_read_in_no_time(slack: Slack):
    began = time.thread_time()
    assert question({"text": "<@A|" * 10_000}).count("<@A|") == 10_000
    assert question({"text": "<@U1|ana> &lt;b&gt; &amp;amp; &#" + "9" * 5000}).startswith(
        "<b> &amp;"
    )
    assert time.thread_time() - began < 1
