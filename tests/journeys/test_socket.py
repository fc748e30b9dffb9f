"""The main stories once more over Socket Mode: the same listeners, another road."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.pack import Pack
from playground.slack import Slack
from tests.journeys import test_ask as ask
from tests.journeys import test_assessment as assessment
from tests.journeys import test_pilot as pilot
from tests.journeys import test_team as team
from tests.journeys import test_trouble as trouble
from tests.journeys.house import House
from tests.journeys.pilots import checklist, drills, plans, types_figures
from tests.journeys.story import card, posted, shares_quick_path

GATEWAY = "Does a service mesh replace an API gateway?"

STORIES: list[Callable[[Slack], None]] = [
    assessment.test_a_quick_result_kept_private_posts_nothing_and_is_found_again,
    assessment.test_the_deep_path_counts_the_hours_and_shows_them_on_the_card,
    team.test_a_differing_answer_that_changes_the_outcome_is_said_to_everyone,
    team.test_the_owner_is_asked_and_only_their_own_word_counts,
    team.test_an_error_stands_beside_the_field_and_nothing_is_saved_meanwhile,
    pilot.test_a_metric_that_can_be_checked_passes_the_smell_test,
    trouble.test_naming_an_owner_delivered_again_asks_once,
    trouble.test_a_partner_may_read_the_card_and_press_nothing,
    trouble.test_a_button_of_an_earlier_version_says_so,
]


@pytest.fixture
def transport() -> str:
    return "socket"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__[5:])
def test_over_a_socket(slack: Slack, story: Callable[[Slack], None]):
    story(slack)


def test_questions_over_a_socket(slack: Slack, pack: Pack):
    ask.test_by_command_only_the_one_who_asked_sees_the_answer(slack, pack)
    ask.test_by_mention_inside_a_thread_the_answer_stays_there(slack, pack)


@pytest.mark.parametrize("what", ["/meshfit", "block_actions", "app_mention"])
def test_a_redelivered_envelope_is_acted_on_once(slack: Slack, what: str):
    trouble.test_what_slack_delivers_again_is_done_once(slack, what)


def test_a_socket_that_broke_is_opened_again_by_a_new_process(house: House):
    ana = house.slack.person("ana")
    shares_quick_path(ana)
    house.restart()
    ana.mentions(GATEWAY, in_="payments")
    assert "Helpful" in posted(ana)[-1].thread[0].buttons
    assert "Not yet" in card(ana).all_text


def test_a_drill_and_figures_delivered_again_are_recorded_once(house: House):
    slack = house.slack
    ana = slack.person("ana")
    plans(ana, ana)
    drills(ana, "control_plane", "mesh", 3)
    again = slack.redeliver(slack.traffic.sent("view_submission")[-1])
    assert "It is saved" in str(again.body)
    types_figures(ana, "checkout", p95=("100 101", "101 102"))
    slack.redeliver(slack.traffic.sent("view_submission")[-1])
    kinds = [each["kind"] for each in house.kept()["pilot_log"]]
    assert (kinds.count("drill"), kinds.count("measurement")) == (1, 1)
    lines = [each.all_text for each in checklist(ana).thread]
    assert len([each for each in lines if "The control plane is gone" in each]) == 1
