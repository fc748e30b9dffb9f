"""Whoever is named hears it once and answers anywhere; who does not want it is not written to."""

from __future__ import annotations

from bot.domain.pack import Pack
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.house import House
from tests.journeys.pilots import checklist, plans
from tests.journeys.story import (
    aside,
    card,
    changes,
    modal,
    named_directly,
    names_owner,
    reply,
    says_no,
    shares_quick_path,
)
from tests.journeys.test_actions import day, takes, what_to_do
from tests.journeys.test_rollout import adds_exception, rollout


def direct(person: Person) -> list[ShownMessage]:
    """What was said to this person alone about being named."""
    words = (
        *("named you", "approve an exception", "approve a new date", "whether you do this"),
        *(
            "You accepted",
            "You said",
            "You are not asked",
            "You refused",
            "You approved",
            "You took",
        ),
    )
    return [each for each in person.sees("dm") if any(w in each.all_text for w in words)]


def names_for_roles(person: Person, **named: Person) -> ShownMessage:
    """Owners, and the message in the pilot's thread."""
    person.presses("Owners", on=checklist(person))
    for role, who in named.items():
        person.chooses(role, who)
    person.submits()
    assert person.modal is None, person.errors
    return checklist(person).thread[-1]


def test_an_owner_who_is_named_hears_it_once_and_accepts_there(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    (asked,) = direct(cleo)
    assert "<@U0ANA> named you as the one who would run the mesh of <#C0PAYMENTS>" in asked.all_text
    assert asked.buttons == ["I own this", "Not me", "Go to the card", "Don't ask me this way"]
    cleo.presses("I own this", on=asked)
    (asked,) = direct(cleo)
    assert asked.all_text == "You accepted to run the mesh of <#C0PAYMENTS>."
    assert asked.buttons == []
    assert "<@U0CLEO> accepted to own this" in request.all_text
    assert request.buttons == []
    assert "*Owner:* <@U0CLEO>, who accepted" in card(ana).all_text


def test_whoever_accepted_is_told_when_that_is_taken_back(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    cleo.presses("I own this", on=direct(cleo)[0])
    ana.presses("Undo", on=reply(ana, "Undo"))
    gone = "That does not stand any more."
    assert request.all_text == f"<@U0CLEO> accepted to own this, with time set aside. {gone}"
    first, second = direct(cleo)
    assert first.all_text == f"You accepted to run the mesh of <#C0PAYMENTS>. {gone}"
    assert second.all_text.startswith(first.all_text)
    assert second.buttons == ["Go to the card"]
    changes(ana, services=40)
    assert len(direct(cleo)) == 2
    cleo.presses("I own this", on=names_owner(ana, cleo))
    assert [gone in each.all_text for each in direct(cleo)].count(False) >= 1
    assert "*Owner:* <@U0CLEO>, who accepted" in card(ana).all_text


def test_who_takes_back_their_own_word_is_not_told_so(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    cleo.presses("I own this", on=direct(cleo)[0])
    cleo.presses("Undo", on=reply(cleo, "Undo"))
    assert "That does not stand any more." in request.all_text
    assert len(direct(cleo)) == 1


def test_a_no_may_say_why_and_everybody_sees_it_in_the_thread(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    before = card(ana).all_text.split("*Owner:*")[0]
    says_no(cleo, "Not me", on=direct(cleo)[0], why="On <leave> until March")
    assert "<@U0CLEO> will not be the owner. Why: On &lt;leave&gt; until March" in request.all_text
    (message,) = direct(cleo)
    assert "You said that you will not run the mesh" in message.all_text
    assert "On &lt;leave&gt; until March" in message.all_text
    assert card(ana).all_text.startswith(before)


def test_a_form_that_says_no_opens_for_whoever_is_asked_alone(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    ben.presses("Not me", on=request)
    assert ben.modal is None
    assert "Only the person who was named" in card(ben).thread[-1].all_text
    cleo.presses("Not me", on=request)
    assert "as it was before you were asked" in modal(cleo).all_text
    cleo.dismisses()
    assert "I own this" in request.buttons
    assert "has not answered" in card(ana).all_text


def test_whoever_is_not_asked_any_more_is_told_who_was_named_instead(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    first = names_owner(ana, cleo)
    names_owner(ana, ben)
    (message,) = direct(cleo)
    assert "You are not asked any more" in message.all_text
    assert "<@U0BEN> was named since" in message.all_text
    assert message.buttons == []
    assert "<@U0CLEO> was asked to be the owner. <@U0BEN> was named since." in first.all_text
    ben.presses("I own this", on=direct(ben)[0])
    assert "*Owner:* <@U0BEN>, who accepted" in card(ana).all_text


def test_a_request_of_an_assessment_that_is_over_says_so(house: House):
    slack = house.slack
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    ana.types("/meshfit assess new", in_="payments")
    ana.presses("Start afresh", on=aside(ana), confirm=True)
    assert "what it was about is over" in direct(cleo)[0].all_text
    ana.dismisses()
    shares_quick_path(ana)
    names_owner(ana, cleo)
    assert "named you" in direct(cleo)[1].all_text
    ana.types("/meshfit delete", in_="payments")
    ana.presses("Delete the assessment", on=aside(ana), confirm=True)
    assert "what it was about is over" in direct(cleo)[1].all_text
    assert direct(cleo)[1].buttons == []


def test_who_wants_no_such_messages_gets_none_in_this_workspace_until_they_say_so(house: House):
    slack = house.slack
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    cleo.presses("Don't ask me this way", on=direct(cleo)[0])
    (message,) = direct(cleo)
    assert message.buttons == ["I own this", "Not me", "Go to the card"]
    assert "I no longer write to you when somebody names you" in message.all_text
    plans(ana, ben)
    names_for_roles(ana, upgrades=cleo)
    assert len(direct(cleo)) == 1
    cleo.opens_home()
    assert "You were named for *" in cleo.home.all_text
    assert "I do not write to you when somebody names you" in cleo.home.all_text
    cleo.presses("Write to me again", on=cleo.home)
    assert "I do not write to you" not in cleo.home.all_text
    names_for_roles(ana, policy_writer=cleo)
    assert len(direct(cleo)) == 1  # the same request goes on
    cleo.presses("I accept my roles", on=cleo.home)
    names_owner(ana, ben)
    names_owner(ana, cleo)
    assert len(direct(cleo)) == 2
    cleo.types("/meshfit delete", in_="payments")
    cleo.presses("Everything about me", on=aside(cleo), confirm=True)
    assert [each for each in house.kept()["left_alone"] if each["person"] == "U0CLEO"] == []
    assert [each for each in house.kept()["nominations"] if each["person"] == "U0CLEO"] == []


def test_roles_are_asked_for_in_one_message_and_answered_from_anywhere(slack: Slack, pack: Pack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    plans(ana, ben)
    first, second, *_ = pack.roles
    names_for_roles(ana, **{first: cleo})
    names_for_roles(ana, **{second: cleo})
    (asked,) = direct(cleo)
    assert pack.roles[first].title in asked.all_text
    assert pack.roles[second].title in asked.all_text
    cleo.opens_home()
    assert cleo.home.all_text.count("You were named for *") == 1
    line = checklist(ana).thread[-1]
    says_no(cleo, "Not me", on=cleo.home, why="No time")
    assert "Waits for you" not in cleo.home.all_text
    assert "• <@U0CLEO> said no. Why: No time" in line.all_text
    assert f"{pack.roles[first].title}: nobody" in line.all_text
    assert "You said no to what you were asked for" in direct(cleo)[0].all_text
    line = names_for_roles(ana, **{first: cleo})
    assert "said no" not in line.all_text
    cleo.presses("I accept my roles", on=named_directly(cleo, "I accept my roles"))
    assert "<@U0CLEO> (accepted)" in line.all_text
    assert f"1 of {len(pack.roles)} roles accepted" in checklist(ana).all_text


def test_the_card_names_who_has_every_role_from_their_word_on_and_no_longer(
    slack: Slack, pack: Pack
):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana, platform_owner="named")
    plans(ana, ben)
    names_for_roles(ana, **dict.fromkeys(pack.roles, cleo))
    assert "nobody has accepted here" in card(ana).all_text
    cleo.presses("I accept my roles", on=named_directly(cleo, "I accept my roles"))
    every = f"*Owner:* <@U0CLEO>, who accepted all {len(pack.roles)} roles"
    assert every in card(ana).all_text
    first = next(iter(pack.roles))
    board = names_for_roles(ana, **{first: ana, f"{first}.backup": ben})
    assert every not in card(ana).all_text
    assert "<@U0ANA> (accepted), backup <@U0BEN> (named, not asked)" in board.all_text


def offers_again(person: Person, to: Person) -> None:
    """The first line, which somebody spoke of already."""
    person.presses("Change", on=what_to_do(person))
    person.chooses("owner", to)
    person.submits()


def test_who_is_offered_something_to_do_hears_it_and_may_say_why_not(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    takes(ana, owner=cleo, due=day(9))
    request = reply(ana, "I do it")
    asked = named_directly(cleo, "I do it")
    assert "<@U0ANA> asks in <#C0PAYMENTS> whether you do this by " in asked.all_text
    assert "Find an owner" in asked.all_text
    assert asked.buttons == ["I do it", "Not me", "Go to the card", "Don't ask me this way"]
    ben.presses("Not me", on=request)
    assert ben.modal is None
    assert "You are not asked to take this" in card(ben).thread[-1].all_text
    says_no(cleo, "Not me", on=asked, why="On <leave>")
    assert "<@U0CLEO> does not do this: Find an owner" in request.all_text
    assert "Why: On &lt;leave&gt;" in request.all_text
    assert request.buttons == []
    assert "You said that you will not do this in <#C0PAYMENTS>: Find an owner" in asked.all_text
    offers_again(ana, cleo)
    again = named_directly(cleo, "I do it")
    cleo.opens_home()
    assert "<@U0ANA> asks whether you do this" in cleo.home.all_text
    says_no(cleo, "Not me", on=cleo.home)
    assert "Waits for you" not in cleo.home.all_text
    assert "You said that you will not do this" in again.all_text
    offers_again(ana, cleo)
    offers_again(ana, ben)
    assert "You are not asked any more to do something in <#C0PAYMENTS>: <@U0BEN> was named" in (
        direct(cleo)[-1].all_text
    )
    ben.presses("Don't ask me this way", on=named_directly(ben, "I do it"))
    ben.presses("I do it", on=named_directly(ben, "I do it"))
    assert "You took it on in <#C0PAYMENTS>: Find an owner" in direct(ben)[-1].all_text
    assert "<@U0BEN> took this on" in card(ana).thread[-1].all_text


def test_an_approver_hears_it_and_refuses_with_a_reason_that_the_card_shows(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    plans(ana, ben)
    rollout(ana)
    adds_exception(ana, cleo, "2099-01-01")
    (asked,) = direct(cleo)
    assert "approve an exception in <#C0PAYMENTS>: *legacy &lt;b&gt;* until 1 Jan 2099" in (
        asked.all_text
    )
    assert "cannot be changed\nIt is not approved before you say so" in asked.all_text
    says_no(cleo, "I refuse it", on=asked, why="It can speak TLS")
    assert "You refused the exception" in direct(cleo)[0].all_text
    board = rollout(ana).all_text
    assert "<@U0CLEO> refused the exception for legacy &lt;b&gt;. Why: It can speak TLS" in board
    assert "*Exception:*" not in board
    adds_exception(ana, cleo, "2099-01-01")
    cleo.opens_home()
    assert "asks you to approve an exception: *legacy &lt;b&gt;*" in cleo.home.all_text
    cleo.presses("I approve it", on=cleo.home)
    assert "until 1 Jan 2099, approved by <@U0CLEO>" in rollout(ana).all_text
    assert "Waits for you" not in cleo.home.all_text


def test_a_new_date_that_is_refused_leaves_the_old_one(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    plans(ana, ben)
    rollout(ana)
    adds_exception(ana, ben, "2099-01-01")
    ben.presses("I approve it", on=named_directly(ben, "I approve it"))
    ana.presses("New date", on=rollout(ana))
    ana.chooses("approver", cleo)
    ana.fills("ends_on", "2099-02-01")
    ana.submits()
    asked = direct(cleo)[0].all_text
    assert "approve a new date for an exception in <#C0PAYMENTS>: *legacy" in asked
    assert "until 1 Feb 2099" in asked
    assert "It holds until 1 Jan 2099." in asked
    says_no(cleo, "I refuse it", on=direct(cleo)[0])
    board = rollout(ana).all_text
    assert "until 1 Jan 2099, approved by <@U0BEN>" in board
    assert "<@U0CLEO> refused a new date of the exception" in board
    sentence = (
        "You refused a new date of the exception for legacy &lt;b&gt; in <#C0PAYMENTS>: it stays"
    )
    assert sentence in direct(cleo)[0].all_text


def test_who_names_themselves_is_written_to_by_nobody(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.presses("Find an owner", on=card(ana))
    ana.chooses("owner_user", ana)
    ana.submits()
    assert direct(ana) == []


def test_who_wants_no_such_messages_is_not_invited_to_rounds_directly_either(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    ana.types("/meshfit round", in_="payments")
    ana.chooses("people", [ben, cleo])
    ana.submits()
    invited = named_directly(cleo, "Give my answers")
    cleo.presses("Don't ask me this way", on=invited)
    assert "I no longer write to you when somebody names you" in aside(cleo, "dm").all_text
    ana.types("/meshfit round", in_="payments")
    ana.presses("Close now", on=aside(ana), confirm=True)
    ana.types("/meshfit round", in_="payments")
    ana.chooses("people", [ben, cleo])
    ana.submits()
    assert len([each for each in ben.sees("dm") if "Give my answers" in each.buttons]) == 2
    assert len([each for each in cleo.sees("dm") if "Give my answers" in each.buttons]) == 1
    cleo.opens_home()
    assert "asks for your own answers" in cleo.home.all_text
