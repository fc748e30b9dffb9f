"""Around the card: why, what if, the other side; the calculator, the example, help and typos."""

from __future__ import annotations

import pytest

from bot.blocks import notice
from bot.domain.pack import Pack
from playground.slack import Slack
from tests.journeys.story import (
    aside,
    card,
    changes,
    modal,
    more,
    posted,
    reply,
    shares_quick_path,
    walks_quick_path,
)


def test_why_names_the_rule_its_reasons_its_sources_and_who_gains(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.types("/meshfit why", in_="payments")
    by_command = aside(ben).all_text
    assert "Rule `no_owner` decided" in by_command
    assert "*What to do:*" in by_command
    article = pack.sources["article"]
    assert f"*{article.title}.* {article.interest}" in by_command
    ben.presses("Why", on=card(ben))
    assert aside(ben).all_text == by_command
    assert len(posted(ana)) == 1


def test_what_if_lists_what_is_in_the_teams_hands_first(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.types("/meshfit whatif", in_="payments")
    aside_text = aside(ana).all_text
    hands, facts = aside_text.index("*In your hands*"), aside_text.index("*Not in your hands*")
    assert hands < aside_text.index("1. Owner: named or agreed → *Pilot first*") < facts
    assert "*Changes nothing:*" in aside_text
    ben.presses("What if", on=card(ben))
    assert aside(ben).all_text == aside_text


def test_a_what_if_is_posted_in_the_thread_only_when_asked_for(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.presses("What if", on=card(ana))
    assert len(card(ben).thread) == 1
    ana.presses("Post in the thread", on=aside(ana))
    assert "Asked for by <@U0ANA>" in card(ben).thread[-1].all_text
    assert "1. Owner: named" in card(ben).thread[-1].all_text
    assert len(posted(ben)) == 1
    ben.types("/meshfit summary", in_="payments")
    aside_text = aside(ben).all_text
    for part in (
        "Not yet",
        "*Hours and money.*",
        "*Risk.*",
        "*What is asked of you.* Find an owner",
    ):
        assert part in aside_text
    ben.presses("Post in the thread", on=aside(ben))
    assert "*What is asked of you.*" in card(ana).thread[-1].all_text
    ana.presses("Argue the other side", on=reply(ana, "More"))
    assert "One change would lift it: Owner: named" in card(ben).thread[-1].all_text
    changes(ana, problem_location="inside")
    ana.presses("Argue the other side", on=reply(ana, "More"))
    argued = card(ben).thread[-1].all_text
    assert "Two changes together would lift it: " in argued
    assert "Zero trust: needed today. A mesh helps most when: " in argued


def test_what_if_finds_an_owner_from_where_it_stands(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    ana.types("/meshfit whatif", in_="payments")
    ana.presses("Find an owner", on=aside(ana))
    ana.chooses("owner_user", cleo)
    ana.submits()
    assert "<@U0CLEO> was asked" in card(ana).all_text


def test_the_other_side_is_argued_from_the_teams_own_answers(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.presses("Argue the other side", on=card(ben).thread[0])
    line = card(ana).thread[-1].all_text
    assert "The other side of “Not yet”" in line
    assert "asked for by <@U0BEN>" in line
    assert "A mesh helps most when: Identity, mTLS and policy must hold everywhere" in line
    assert pack.reasons["zero_trust"].text not in line


def test_a_double_click_on_argue_posts_once(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    detail = card(ana).thread[0]
    ana.presses("Argue the other side", on=detail)
    ana.presses("Argue the other side", on=detail)
    assert len(card(ana).thread) == 2


def test_the_calculator_begins_with_the_articles_example_and_stores_nothing(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit tax", in_="payments")
    assert "except the hours for running a mesh: those are ours" in modal(ana).all_text
    assert modal(ana).value("incidents_per_month") == "2"
    ana.submits()
    assert "36 on incidents + 40 on upkeep = 76" in modal(ana).all_text
    assert "30.4 (0.19 FTE" in modal(ana).all_text
    ana.fills("mesh_hours_per_month", 200)
    ana.submits()
    assert "Hours a month" in modal(ana).title
    ana.closes()
    assert posted(ana) == []
    ana.types("/meshfit delete", in_="payments")
    assert "I keep nothing of yours" in aside(ana).all_text


def test_the_calculator_says_beside_the_field_what_it_cannot_read(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit tax", in_="payments")
    ana.fills("saving_percent", 95)
    assert ana.submits() is None
    ana.submits(unchecked=True)
    assert "at most 90" in ana.errors["saving_percent"]
    ana.fills("saving_percent", 40)
    ana.fills("teams", "1,000")
    ana.submits(unchecked=True)
    assert "ould be 1000" in ana.errors["teams"]


def test_the_example_is_nobodys_card_and_leads_to_ones_own(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types("/meshfit", in_="payments")
    ana.presses("See an example", on=aside(ana))
    assert "An example, not your team." in aside(ana).all_text
    assert aside(ana).buttons == ["Start with our answers"]
    assert ben.sees("payments") == []
    ben.types("/meshfit", in_="payments")
    ana.presses("Start with our answers", on=aside(ana))
    assert modal(ana).title == "1 of 2: What you need"
    assert modal(ana).value("zero_trust") is None


def test_help_lists_five_commands_first_and_each_of_them_works(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit help", in_="payments")
    help_text = aside(ana)
    first = next(each for each in help_text.blocks if each["block_id"] == "first")
    assert first["text"]["text"].count("`/meshfit") == 5
    for words, _ in (*notice.FIRST, *notice.MORE):
        assert f"`{f'/meshfit {words}'.strip()}`" in help_text.all_text
        before = len(ana.sees("payments"))
        ana.types(f"/meshfit {words}".removesuffix("…"), in_="payments")
        assert ana.modal or len(ana.sees("payments")) > before or words in ("record", "report")
        if ana.modal:
            ana.closes()
        else:
            assert "I don't know" not in ana.last("payments").all_text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("asess", "assess"), ("wathif", "whatif"), ("recrod", "record"), ("Helpp", "help")],
)
def test_a_typo_gets_the_nearest_command(slack: Slack, typed: str, meant: str):
    ana = slack.person("ana")
    ana.types(f"/meshfit {typed}", in_="payments")
    assert f"Did you mean `/meshfit {meant}`?" in aside(ana).all_text


@pytest.mark.parametrize(("typed", "meant"), [("whatiff", "whatif"), ("asses", "assess")])
def test_a_slip_in_a_word_gets_the_word(slack: Slack, typed: str, meant: str):
    ana = slack.person("ana")
    ana.types(f"/meshfit {typed}", in_="payments")
    assert f"Did you mean `/meshfit {meant}`?" in aside(ana).all_text


@pytest.mark.parametrize("word", ["why", "whatif", "record", "sources"])
def test_who_has_not_shared_yet_is_shown_the_way_to_their_result(slack: Slack, word: str):
    ana = slack.person("ana")
    walks_quick_path(ana)
    ana.closes()
    ana.types(f"/meshfit {word}", in_="payments")
    assert "/meshfit assess starts one, or shows the result" in aside(ana).all_text
    ana.types("/meshfit assess", in_="payments")
    assert modal(ana).callback_id == "quick_result"


def test_help_is_named_once(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit hlep", in_="payments")
    assert aside(ana).all_text.count("/meshfit help") == 1


@pytest.mark.parametrize("typed", ["ASSESS", "  assess  ", "assess please"])
def test_capitals_and_spaces_do_not_matter(slack: Slack, typed: str):
    ana = slack.person("ana")
    ana.types(f"/meshfit {typed}", in_="payments")
    assert modal(ana).callback_id == "page"


@pytest.mark.parametrize("typed", ["qqqqqq", "🤷", "<script>alert(1)</script>", "*", "x" * 3000])
def test_nonsense_is_answered_and_never_with_silence(slack: Slack, typed: str):
    ana = slack.person("ana")
    ana.types(f"/meshfit {typed}", in_="payments")
    assert "I don't know" in aside(ana).all_text
    assert "/meshfit help" in aside(ana).all_text


def test_every_screen_of_an_outcome_agrees_with_the_others(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    result = walks_quick_path(ana, problem_location="inside")
    assert "A mesh won't fix this" in result.all_text
    ana.submits()
    assert "Should we add a service mesh? A mesh won't fix this" in card(ana).all_text
    changes(ben, problem_location="between")
    assert "*A mesh won't fix this → Not yet*" in card(ana).thread[-1].all_text
    assert "Should we add a service mesh? Not yet" in card(ana).all_text


def test_the_detail_names_meshes_with_their_maturity_and_what_would_do_instead(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, platform_owner="named")
    changes(ana, gateway_enough="yes", l7_scope="selective")
    detail = more(ana).all_text
    advice = detail[detail.index("Where the proxy runs") :]
    assert "Meshes that come so" in advice
    assert "As of" in advice
    assert "Instead" in advice
    assert "Limits:" in advice
