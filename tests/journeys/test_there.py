"""A team that runs a mesh already: three pages about keeping it, and none about adding it."""

from __future__ import annotations

from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownView
from tests.journeys.story import aside, card, modal, starts

ANSWERS = {
    "existing_mesh": "linkerd",
    "mesh_wish": "keep",
    "platform_owner": "none",
    "zero_trust": "yes",
    "traffic_management": "no",
    "observability": "no",
    "multi_cluster": "no",
    "incidents_per_month": 4,
    "hours_per_incident": 10,
    "teams": 5,
    "drift_hours_per_team": 4,
    "saving_percent": 40,
    "mesh_hours_per_month": 20,
}


def walks(person: Person, **answers: object) -> ShownView:
    """The short path from the page on top, up to the private result."""
    left, titles = {**ANSWERS, **answers}, []
    while modal(person).callback_id == "page":
        titles.append(modal(person).title)
        for question in [each for each in left if modal(person).has(each)]:
            person.chooses(question, left.pop(question))
        person.submits()
    assert not left
    assert titles == ["1 of 3: The mesh you run", "2 of 3: What you need", "3 of 3: Hours a month"]
    return modal(person)


def test_three_pages_ask_whether_to_keep_it_and_the_card_says_so(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.presses("We already run one", on=aside(ana))
    assert "whether to keep it" in modal(ana).all_text
    assert "Who runs the mesh" in modal(ana).all_text
    result = walks(ana)
    assert result.title == "Your result"
    assert "Keep it: an owner within 90 days, or the way out" in result.all_text
    ana.submits()
    shown = card(ana).all_text
    assert "We run a service mesh. Should we keep it? Keep it" in shown
    assert "Should we add" not in shown
    assert "Stops it" not in shown
    assert "*To look at:* no owner" in shown
    assert "60 a month without the mesh" in shown
    below = card(ana).thread[0].all_text
    assert "What Adopt still takes" not in below
    assert "Without the mesh: 40 on incidents + 20 on upkeep = 60" in below
    ana.types("/meshfit summary", in_="payments")
    assert "*Risk.* Nobody with time runs it." in aside(ana).all_text


def test_needs_and_hours_are_asked_as_if_the_mesh_were_gone(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.presses("We already run one", on=aside(ana))
    for question in ("existing_mesh", "platform_owner"):
        ana.chooses(question, ANSWERS[question])
    ana.submits()
    assert "as if the mesh were gone" in modal(ana).all_text
    for question in ("zero_trust", "traffic_management", "observability", "multi_cluster"):
        ana.chooses(question, "no")
    ana.submits()
    assert "As if the mesh were gone" in modal(ana).all_text
    assert "would come from the network between services without the mesh?" in modal(ana).all_text
    ana.submits()
    assert "Find the way out: nothing you need asks for it" in modal(ana).all_text
    ana.presses("Change an answer")
    assert modal(ana).title == "1 of 3: The mesh you run"


def test_the_first_line_of_the_first_page_leads_there_and_keeps_what_was_chosen(slack: Slack):
    ana = slack.person("ana")
    starts(ana)
    assert modal(ana).all_text.index("We already run one") < modal(ana).all_text.index(
        "8 questions"
    )
    ana.chooses("zero_trust", "yes")
    ana.presses("We already run one")
    assert modal(ana).title == "1 of 3: The mesh you run"
    ana.chooses("existing_mesh", "consul")
    ana.chooses("platform_owner", "named")
    ana.submits()
    assert modal(ana).value("zero_trust") == "yes"
    ana.closes()
    ana.types("/meshfit assess", in_="payments")
    assert modal(ana).title == "2 of 3: What you need"


def test_who_says_that_none_runs_comes_to_the_checklist(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit help", in_="payments")
    ana.presses("We already run one", on=aside(ana))
    ana.chooses("existing_mesh", "none")
    ana.chooses("platform_owner", "named")
    ana.submits()
    assert modal(ana).title == "1 of 2: What you need"


def test_which_mesh_runs_must_be_said(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.presses("We already run one", on=aside(ana))
    ana.chooses("platform_owner", "named")
    assert ana.submits() is None
    assert modal(ana).title == "1 of 3: The mesh you run"


def test_home_offers_it_too(slack: Slack):
    ana = slack.person("ana")
    ana.opens_home()
    ana.presses("We already run one", on=ana.home)
    assert modal(ana).title == "1 of 3: The mesh you run"


def test_change_answers_asks_in_the_words_of_a_mesh_that_runs(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit", in_="payments")
    ana.presses("We already run one", on=aside(ana))
    walks(ana)
    ana.submits()
    ana.presses("Change answers", on=card(ana))
    ana.chooses("which/page_whole", "hours")
    assert "How many hours a month does running the mesh take?" in modal(ana).all_text
    ana.chooses("page_goto", "hold")
    assert "Who runs the mesh" in modal(ana).all_text
