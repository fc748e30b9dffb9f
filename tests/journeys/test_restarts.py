"""The stories of a team's decision, with a new process between every two things that people do."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest

from playground.people import Person
from playground.writer import Writer
from tests.journeys import (
    test_actions,
    test_behind,
    test_digest,
    test_leads,
    test_nominations,
    test_platform,
    test_recording,
    test_reminders,
    test_rights,
    test_rounds,
    test_settings,
    test_then,
)
from tests.journeys.house import House

Story = Callable[..., None]
STORIES: list[Story] = [
    test_actions.test_a_line_is_taken_late_and_done_and_the_card_counts_it,
    test_actions.test_who_is_offered_a_line_is_asked_and_has_not_taken_it,
    test_behind.test_who_comes_back_is_told_what_others_changed_since_their_own_word,
    test_nominations.test_an_owner_who_is_named_hears_it_once_and_accepts_there,
    test_nominations.test_roles_are_asked_for_in_one_message_and_answered_from_anywhere,
    test_recording.test_with_nobody_to_accept_it_anybodys_confirm_makes_it_accepted,
    test_reminders.test_who_is_asked_in_a_round_may_be_reminded_before_it_closes,
    test_reminders.test_what_would_reopen_a_decision_is_asked_when_its_day_comes_and_a_yes_leads_on,
    test_reminders.test_a_pilot_an_exception_and_whoever_was_asked_in_it_are_remembered,
    test_rounds.test_four_are_named_and_the_last_of_them_ends_it_in_the_first_card,
    test_rounds.test_a_round_on_an_answered_card_names_nobody_where_it_is_anonymous,
    test_then.test_what_changed_since_a_record_and_between_two,
]
OF_LEADS: list[Story] = [
    test_digest.test_once_a_month_it_tells_what_changed_and_only_that,
    test_leads.test_who_shares_is_told_who_else_sees_it_and_can_take_it_back,
    test_leads.test_leads_see_where_the_teams_stand_that_show_it,
    test_rights.test_closing_and_deleting_are_too_and_answers_are_everybodys,
    test_platform.test_a_lead_decides_for_all_from_what_the_teams_answered,
    test_settings.test_a_lead_changes_them_in_two_steps_and_they_hold_at_once,
]


@pytest.fixture
def restless(house: House, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What people did, each with a process of its own."""
    done: list[str] = []

    def anew(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def acted(*given: Any, **named: Any) -> Any:
            house.restart()
            done.append(act.__name__)
            return act(*given, **named)

        return acted

    for of, each in (
        (Writer, "types"),
        (Person, "presses"),
        (Person, "submits"),
        (Person, "opens_home"),
    ):
        monkeypatch.setattr(of, each, anew(getattr(of, each)))
    return done


@pytest.mark.exhaustive
@pytest.mark.timeout(600)
@pytest.mark.parametrize("story", [*STORIES, *OF_LEADS], ids=lambda story: story.__name__)
def test_nothing_hangs_on_the_process(
    house: House, restless: list[str], story: Story, request: pytest.FixtureRequest
):
    if story in OF_LEADS:
        house.led_by("U0CLEO")
    if story.__module__ == test_digest.__name__:
        house.clock = lambda: test_digest.IN_NOVEMBER
    if story.__module__ == test_reminders.__name__:
        house.slack.withhold("users:read")
    story(**{each: request.getfixturevalue(each) for each in inspect.signature(story).parameters})
    assert len(restless) > 3
