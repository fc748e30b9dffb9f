"""When something is in the way: the channel, Slack's limits, deleted things, second deliveries."""

from __future__ import annotations

import pytest

from bot.store.export import export
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    at_once,
    card,
    changes,
    fills_page,
    modal,
    more,
    names_owner,
    posted,
    reply,
    shares_quick_path,
    starts,
    turns_to,
    walks_quick_path,
)

GATEWAY = "Does a service mesh replace an API gateway?"


def newest_direct(person: Person) -> str:
    """The newest direct message from meshfit."""
    return person.last("dm").all_text


@pytest.mark.parametrize("room", ["incidents", "vault"])
def test_where_meshfit_is_not_in_the_channel_nothing_is_lost_and_it_says_how_to_invite(
    slack: Slack, room: str
):
    slack.withhold("chat:write.public")
    ana = slack.person("ana")
    walks_quick_path(ana, room)
    ana.submits()
    assert "/invite @meshfit" in newest_direct(ana)
    assert posted(ana, room) == []
    ana.types(f"/meshfit ask {GATEWAY}", in_=room)
    assert "Helpful" in aside(ana, room).buttons
    for words in ("pilot", "record"):
        ana.types(f"/meshfit {words}", in_=room)
        assert "/invite @meshfit" in aside(ana, room).all_text
    ana.types("/meshfit", in_=room)
    ana.presses("Post it here again", on=aside(ana, room))
    assert "/invite @meshfit" in aside(ana, room).all_text
    ana.types("/invite @meshfit", in_=room)
    ana.types("/meshfit", in_=room)
    slack.until(lambda: False, 0.75)
    ana.presses("Post it here again", on=aside(ana, room))
    assert "Should we add a service mesh? Not yet" in card(ana, room).all_text
    ana.types("/meshfit record", in_=room)
    assert card(ana, room).thread[-2].files == ["0001-service-mesh.md"]


def test_with_its_optional_scope_it_posts_in_a_public_channel_without_being_invited(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, "incidents")
    assert "Should we add a service mesh? Not yet" in card(ben, "incidents").all_text
    assert "*For*" in more(ben, "incidents").all_text
    ben.types("/meshfit pilot", in_="incidents")
    assert "Service mesh pilot" in posted(ana, "incidents")[-1].all_text
    ana.types("/meshfit record", in_="incidents")  # a file takes an invitation all the same
    assert "/invite @meshfit" in aside(ana, "incidents").all_text
    assert [each.files for each in card(ana, "incidents").thread if each.files] == []
    ana.types("/invite @meshfit", in_="incidents")
    ana.types("/meshfit record", in_="incidents")
    assert card(ana, "incidents").thread[-2].files == ["0001-service-mesh.md"]


def test_a_private_channel_takes_an_invitation_whatever_was_granted(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana, "vault")
    ana.submits()
    assert "/invite @meshfit" in newest_direct(ana)
    assert posted(ana, "vault") == []


def test_an_answer_can_be_posted_where_meshfit_is_not_a_member(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types(f"/meshfit ask {GATEWAY}", in_="incidents")
    ana.presses("Post here", on=aside(ana, "incidents"))
    assert "<@U0ANA> asked" in posted(ben, "incidents")[-1].all_text


def test_a_slack_without_charts_gets_the_same_figures_in_words(slack: Slack):
    slack.refuse_block("data_visualization")
    slack.refuse_block("table")
    ana = slack.person("ana")
    shares_quick_path(ana)
    changes(
        ana,
        incidents_per_month=2,
        hours_per_incident=18,
        teams=10,
        drift_hours_per_team=4,
        mesh_hours_per_month=20,
    )
    detail = card(ana).thread[0]
    assert "36 on incidents + 40 on upkeep = 76" in detail.all_text
    detail = more(ana)
    assert {each["type"] for each in detail.blocks} <= {"section", "context", "actions"}
    assert "Your primary need | A mesh helps most when" in detail.text


def test_a_rate_limit_is_waited_for(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana)
    slack.fail_next("chat.postMessage", "ratelimited", retry_after=3)
    assert ana.submits().ms < 3000
    assert "Not yet" in card(ana).all_text
    first, second, *_ = slack.traffic.calls("chat.postMessage")
    assert (first.status, second.status) == (429, 200)


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "ratelimited"])
def test_trouble_of_slacks_own_is_waited_for_and_nobody_need_know(slack: Slack, error: str):
    ana = slack.person("ana")
    walks_quick_path(ana)
    slack.fail_next("chat.postMessage", error, times=3)
    ana.submits()
    assert "Not yet" in card(ana).all_text
    assert len(card(ana).thread) == 1
    assert ana.sees("dm") == []


def test_what_slack_refuses_for_a_reason_of_ours_is_said_with_a_reference(
    slack: Slack, caplog: pytest.LogCaptureFixture
):
    ana = slack.person("ana")
    walks_quick_path(ana)
    slack.fail_next("chat.postMessage", "invalid_arguments")
    ana.submits()
    assert "the reference" in newest_direct(ana)
    reference = newest_direct(ana).rpartition("reference ")[2].rstrip(".")
    assert f"reference {reference}: card, Slack answered invalid_arguments" in caplog.text
    caplog.clear()
    ana.types("/meshfit", in_="payments")
    ana.presses("Post it here again", on=aside(ana))
    assert "Not yet" in card(ana).all_text


def test_a_card_that_somebody_deleted_comes_back_with_the_next_change(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    gone = shares_quick_path(ana)
    slack.world.remove(gone.message)
    ben.types("/meshfit", in_="payments")
    ben.presses("Still true", on=aside(ben))
    assert "(<@U0BEN>)" in card(ana).all_text
    assert card(ana).ts != gone.ts
    assert len(card(ana).thread) == 1


def test_a_detail_that_somebody_deleted_comes_back_too(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    slack.world.remove(card(ana).thread[0].message)
    changes(ana, observability="yes")
    assert "*For*" in card(ana).thread[0].all_text


@pytest.mark.parametrize("what", ["/meshfit", "block_actions", "app_mention", "message"])
def test_what_slack_delivers_again_is_done_once(slack: Slack, what: str):
    ana = slack.person("ana")
    shares_quick_path(ana)
    match what:
        case "/meshfit":
            ana.types("/meshfit pilot", in_="payments")
        case "block_actions":
            ana.presses("Argue the other side", on=card(ana).thread[0])
        case "app_mention":
            ana.mentions(GATEWAY, in_="payments")
        case "message":
            ana.dms(GATEWAY)
    before = len(slack.traffic.calls("chat.postMessage"))
    for number in (1, 2):
        assert slack.redeliver(slack.traffic.sent(what)[-1], number).ok
    assert len(slack.traffic.calls("chat.postMessage")) == before


def test_an_event_delivered_again_after_a_restart_is_still_done_once(house: House):
    ana = house.slack.person("ana")
    ana.mentions(GATEWAY, in_="payments")
    house.restart()
    house.slack.redeliver(house.slack.traffic.sent("app_mention")[0])
    assert len(ana.last("payments").thread) == 1


def test_a_page_delivered_again_gets_the_same_answer_and_saves_nothing_twice(house: House):
    slack = house.slack
    ana = slack.person("ana")
    starts(ana)
    fills_page(ana, "need")
    first = ana.submits()
    again = slack.redeliver(slack.traffic.sent("view_submission")[-1])
    assert again.body["view"]["blocks"] == first.body["view"]["blocks"]
    rows = [each for each in export(house.db) if each.get("table") == "answers"]
    assert len(rows) == 4


def test_sharing_delivered_again_posts_one_card(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    again = slack.redeliver(slack.traffic.sent("view_submission")[-1])
    assert again.body == {"response_action": "clear"}
    assert len(posted(ana)) == 1
    assert len(card(ana).thread) == 1


def test_sharing_with_a_double_click_posts_one_card(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana)
    payload = slack.interactions.submission(ana.user, modal(ana).view)
    at_once([lambda: slack.send("interactive", "view_submission", payload)] * 3)
    slack.settle()
    assert len(posted(ana)) == 1
    assert len(card(ana).thread) == 1


def test_naming_an_owner_delivered_again_asks_once(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    before = len(card(ana).thread)
    slack.redeliver(slack.traffic.sent("view_submission")[-1])
    assert len(card(ana).thread) == before


@pytest.mark.parametrize(
    "button",
    ["Argue the other side", "Undo", "Post in the thread", "Post here", "Post it here again"],
)
def test_a_double_click_acts_once(slack: Slack, button: str):
    ana = slack.person("ana")
    shares_quick_path(ana)
    match button:
        case "Argue the other side":
            shown = card(ana).thread[0]
        case "Undo":
            changes(ana, platform_owner="named")
            shown = reply(ana, "Undo")
        case "Post in the thread":
            ana.types("/meshfit whatif", in_="payments")
            shown = aside(ana)
        case "Post here":
            ana.types(f"/meshfit ask {GATEWAY}", in_="payments")
            shown = aside(ana)
        case _:
            ana.types("/meshfit", in_="payments")
            shown = aside(ana)
    before, widget = everything_posted(ana), shown.find(button)
    for _ in range(3):
        payload = slack.interactions.message_action(ana.user, shown.message, widget, None)
        slack.send("interactive", "block_actions", payload)
    slack.settle()
    card_and_detail = {"Post it here again": 2, "Undo": 0}.get(button, 1)
    assert everything_posted(ana) == before + card_and_detail


def everything_posted(person: Person) -> int:
    """Messages that everybody sees, replies included."""
    return sum(1 + len(each.thread) for each in posted(person) if not each.message.thread_ts)


def test_two_people_who_share_at_the_same_moment_get_one_card(slack: Slack):
    people = [slack.person(name) for name in ("ana", "ben", "cleo")]
    for person in people:
        walks_quick_path(person)
    at_once([person.submits for person in people])
    slack.settle()
    cards = [each for each in posted(people[0]) if "Change answers" in each.buttons]
    assert len(cards) == 1
    assert "3 people answered" in cards[0].all_text
    assert sum("*For*" in each.all_text for each in cards[0].thread) == 1


def test_the_card_ends_as_the_last_of_several_changes_left_it(slack: Slack):
    people = [slack.person(name) for name in ("ana", "ben", "cleo")]
    shares_quick_path(people[0])
    for person, page in zip(people, ("need", "platform", "hours"), strict=True):
        turns_to(person, page)
    people[0].chooses("observability", "yes")
    people[1].fills("services", 60)
    people[2].fills("incidents_per_month", 2)
    at_once([person.submits for person in people])
    slack.settle()
    assert " of 10 answers counted or measured" in card(people[0]).all_text
    assert len(card(people[0]).thread) == 4


def test_a_partner_from_another_workspace_is_told_politely_by_mention(slack: Slack):
    dmitri = slack.person("dmitri")
    dmitri.mentions(GATEWAY, in_="partners")
    assert "belongs to another workspace" in aside(dmitri, "partners").all_text
    assert len(posted(dmitri, "partners")) == 1


def test_a_partner_may_read_the_card_and_press_nothing(slack: Slack):
    ana, dmitri = slack.person("ana"), slack.person("dmitri")
    shares_quick_path(ana, "partners")
    for button in ("Change answers", "Why", "What if", "Find an owner"):
        dmitri.presses(button, on=card(dmitri, "partners"))
        assert dmitri.modal is None
        assert "belongs to another workspace" in aside(dmitri, "partners").all_text
    dmitri.presses("Argue the other side", on=card(dmitri, "partners").thread[0])
    assert len([each for each in card(ana, "partners").thread if not each.ephemeral]) == 1


def test_a_partners_command_or_submission_is_refused(house: House):
    slack = house.slack
    ana, dmitri = slack.person("ana"), slack.person("dmitri")
    starts(ana, "partners")
    fills_page(ana, "need")
    payload = slack.interactions.submission(dmitri.user, modal(ana).view)
    said = slack.send("interactive", "view_submission", payload)
    assert "belongs to another workspace" in str(said.body)
    room = slack.channel("partners")
    form = slack.interactions.command(dmitri.user, room, "/meshfit", "pilot")
    said = slack.send("command", "/meshfit", {**form, "team_id": dmitri.user.team})
    assert "belongs to another workspace" in str(said.body)
    assert posted(ana, "partners") == []
    assert [each for each in export(house.db) if each.get("table") == "answers"] == []


def test_an_expired_trigger_says_to_press_again(slack: Slack):
    ana = slack.person("ana")
    slack.fail_next("views.open", "expired_trigger_id")
    ana.types("/meshfit assess", in_="payments")
    assert "Press once more" in aside(ana).all_text
    ana.types("/meshfit assess", in_="payments")
    assert modal(ana).callback_id == "page"


def test_a_modal_closed_meanwhile_stays_closed_and_nothing_is_lost(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana)
    ana.presses("Go deeper")
    ana.fills("services", 60)
    shown, widget = modal(ana), modal(ana).find("Back")
    payload = slack.interactions.view_action(ana.user, shown.view, widget, None)
    ana.closes()
    assert slack.send("interactive", "block_actions", payload).ok
    slack.settle()
    assert ana.modal is None
    ana.types("/meshfit assess", in_="payments")
    ana.presses("Go deeper")
    assert modal(ana).value("services") == "60"


def test_an_answer_closed_meanwhile_stays_closed(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit ask", in_="payments")
    ana.fills("question", GATEWAY)
    ana.submits()
    shown, widget = modal(ana), modal(ana).find("rel1")
    payload = slack.interactions.view_action(ana.user, shown.view, widget, None)
    ana.closes()
    slack.send("interactive", "block_actions", payload)
    slack.settle()
    assert ana.modal is None


def test_a_button_of_an_earlier_version_says_so(slack: Slack):
    ana = slack.person("ana")
    shown = shares_quick_path(ana)
    element = shown.message.blocks[-2]["elements"][0]
    before, element["action_id"] = element["action_id"], "card_v0_owner"
    ana.presses("Find an owner", on=shown)
    element["action_id"] = before
    assert "earlier version" in aside_in_thread_or_channel(ana)


def aside_in_thread_or_channel(person: Person) -> str:
    """What only this person sees, below the card or beside it."""
    below = [each for each in card(person).thread if each.ephemeral]
    return (below or [aside(person)])[-1].all_text


def test_a_form_of_an_earlier_version_says_so(slack: Slack):
    ana = slack.person("ana")
    starts(ana)
    fills_page(ana, "need")
    modal(ana).view.body["callback_id"] = "page_v0"
    ana.submits()
    assert "earlier version" in modal(ana).all_text
    ana.dismisses()


def test_buttons_on_what_was_deleted_say_what_to_do(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    ana.types("/meshfit whatif", in_="payments")
    stale = aside(ana)
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete the assessment", on=aside(ana), confirm=True)
    cleo.presses("I own this", on=request)
    assert "closed or deleted" in request.thread[-1].all_text if request.thread else True
    ana.presses("Post in the thread", on=stale)
    assert "no shared assessment yet" in aside(ana).all_text
    ben.types("/meshfit why", in_="payments")
    assert "/meshfit assess" in aside(ben).all_text


def test_sharing_after_the_draft_was_deleted_elsewhere_says_so(slack: Slack):
    ana = slack.person("ana")
    walks_quick_path(ana)
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete what is mine", on=aside(ana), confirm=True)
    ana.submits()
    assert "/meshfit assess" in modal(ana).all_text
    assert posted(ana) == []


def test_an_app_that_lost_a_scope_says_that_it_did_not_work(
    slack: Slack, caplog: pytest.LogCaptureFixture
):
    ana = slack.person("ana")
    shares_quick_path(ana)
    slack.grant("commands", "chat:write", "app_mentions:read", "im:history")
    ana.types("/meshfit record", in_="payments")
    line = " ".join(each.all_text for each in card(ana).thread)
    assert "Slack did not take it as a file (missing_scope)" in line
    assert "## Decision Outcome" in line
    ana.types("/meshfit report", in_="payments")
    assert "the reference" in aside(ana).all_text
    assert "missing_scope" in caplog.text
    caplog.clear()


@pytest.mark.parametrize("error", ["internal_error", "fatal_error", "service_unavailable"])
def test_a_form_that_slack_was_too_ill_to_open_is_no_fault_of_ours(slack: Slack, error: str):
    ana = slack.person("ana")
    slack.fail_next("views.open", error)
    ana.types("/meshfit assess", in_="payments")
    assert "Slack had trouble just now" in aside(ana).all_text
    ana.types("/meshfit assess", in_="payments")
    assert modal(ana).callback_id == "page"


def test_access_that_was_withdrawn_is_called_so(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit help", in_="payments")
    slack.fail_next("views.open", "token_revoked")
    ana.types("/meshfit assess", in_="payments")
    assert "The app's access was withdrawn" in aside(ana).all_text


@pytest.mark.parametrize("error", ["internal_error", "fatal_error"])
def test_a_slack_that_does_not_confirm_the_token_is_no_reason_to_reinstall(
    slack: Slack, house: House, caplog: pytest.LogCaptureFixture, error: str
):
    house.restart()
    ana = slack.person("ana")
    slack.fail_next("auth.test", error)
    ana.types("/meshfit help", in_="payments")
    aside_text = aside(ana).text
    assert "Try again in a minute" in aside_text
    assert "reinstall" not in aside_text
    caplog.clear()
    ana.types("/meshfit help", in_="payments")
    assert "helps you decide" in aside(ana).all_text
