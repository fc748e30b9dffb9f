"""What a channel does together: differing, undoing, owning, changing answers, coming back."""

from __future__ import annotations

import pytest

from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    card,
    changes,
    fills_page,
    modal,
    names_owner,
    opens_alone,
    posted,
    reply,
    says_no,
    shares_quick_path,
    starts,
    turns_to,
    walks_quick_path,
)


def test_a_second_person_sees_the_teams_answers_beside_the_questions_unselected(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    starts(ben)
    assert "The team's answer: *yes* · <@U0ANA>" in modal(ben).all_text
    assert modal(ben).value("zero_trust") is None


def test_who_contradicts_nobody_adds_their_voice_and_changes_nothing(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    result = walks_quick_path(ben, observability="unknown")
    assert "You contradict none of its answers" in result.all_text
    ben.submits()
    assert "2 people answered" in card(ana).all_text
    assert len(card(ana).thread) == 1
    assert len(posted(ana)) == 1


def test_a_differing_answer_that_changes_the_outcome_is_said_to_everyone(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    result = walks_quick_path(ben, platform_owner="planned")
    assert "Owner: you say agreed, the team says nobody" in result.all_text
    ben.chooses("differs.platform_owner", "Change the team's answer")
    ben.submits()
    assert "Pilot first" in card(ana).all_text
    turned = reply(ana, "Undo")
    assert "<@U0BEN>: Owner: nobody → agreed" in turned.all_text
    assert "*Not yet → Pilot first, then decide*" in turned.all_text
    assert turned.message.broadcast
    assert "1 other answer noted" in card(ana).all_text


def test_a_differing_answer_that_is_only_noted_stands_beside_the_teams(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    walks_quick_path(ben, platform_owner="named")
    ben.chooses("differs.platform_owner", "Only note that I see it differently")
    ben.submits()
    assert "Not yet" in card(ana).all_text
    assert "1 other answer noted" in card(ana).all_text
    assert "Owner: <@U0BEN> says named" in card(ana).thread[0].all_text
    assert len(card(ana).thread) == 1


def test_each_difference_is_asked_for_and_none_is_chosen_for_the_person(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    walks_quick_path(ben, platform_owner="named", measurement_ready="no")
    assert ben.submits() is None
    assert set(ben.errors) == {"differs.platform_owner", "differs.measurement_ready"}
    ben.chooses("differs.platform_owner", "change")
    ben.chooses("differs.measurement_ready", "note")
    ben.submits()
    assert "Owner: nobody → named" in reply(ana, "Undo").all_text
    assert "Measuring" not in reply(ana, "Undo").all_text


def test_a_change_that_turns_nothing_stays_in_the_thread(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    changes(ana, observability="yes")
    turned = reply(ana, "Undo")
    assert "Same telemetry everywhere: no → yes" in turned.all_text
    assert not turned.message.broadcast
    assert len(posted(ana)) == 1


def test_undo_gives_back_the_answer_and_says_who_did_it(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, platform_owner="named")
    turned = reply(ana, "Undo")
    ana.presses("Undo", on=turned)
    assert "Undone by <@U0ANA>." in turned.all_text
    assert turned.buttons == []
    assert "Should we add a service mesh? Not yet" in card(ana).all_text
    assert [each for each in card(ana).thread if "Undo" in each.buttons] == []
    assert len(card(ana).thread) == 2


def test_undo_is_refused_once_somebody_answered_since(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    changes(ben, platform_owner="planned")
    first = reply(ana, "Undo")
    changes(cleo, platform_owner="unknown")
    ana.presses("Undo", on=first)
    assert "Owner was answered again since" in card(ana).thread[-1].all_text
    assert card(ana).thread[-1].ephemeral
    assert "Can't say yet" in card(ana).all_text


def test_undo_a_second_time_is_refused(house: House):
    slack = house.slack
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    changes(ben, platform_owner="planned")
    turned = reply(ana, "Undo")
    pressed_before_it_went = dict(turned.message.blocks[-1]["elements"][0])
    ana.presses("Undo", on=turned)
    turned.message.blocks[-1] = {
        "type": "actions",
        "block_id": "do",
        "elements": [pressed_before_it_went],
    }
    cleo.presses("Undo", on=turned)
    assert "already undone" in card(cleo).thread[-1].all_text
    turned.message.blocks.pop()


def test_the_owner_is_asked_and_only_their_own_word_counts(slack: Slack):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    assert "<@U0CLEO>: <@U0ANA> named you" in request.all_text
    assert "<@U0CLEO> was asked by <@U0ANA> and has not answered" in card(ana).all_text
    assert "*Stops it:* no owner" in card(ana).all_text
    assert [each for each in card(ana).thread if "Undo" in each.buttons] == []
    ben.presses("I own this", on=request)
    assert "Only the person who was named" in card(ben).thread[-1].all_text
    assert "has not answered" in card(ana).all_text
    cleo.presses("I own this", on=request)
    assert request.buttons == []
    assert "<@U0CLEO> accepted to own this" in request.all_text
    assert "*Owner:* <@U0CLEO>, who accepted" in card(ana).all_text
    assert "Find an owner" not in card(ana).buttons
    assert "1 person answered" in card(ana).all_text
    assert "other answer" not in card(ana).all_text


def test_an_owner_whom_nobody_here_accepted_to_be_is_said_to_be_such(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana, platform_owner="named")
    assert "the team says that it has an owner; nobody has accepted here" in card(ana).all_text
    assert "Stops it" not in card(ana).all_text


def test_another_answer_about_the_owner_ends_what_was_accepted(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    cleo.presses("I own this", on=names_owner(ana, cleo))
    changes(ana, platform_owner="none")
    assert "who accepted" not in card(ana).all_text
    ana.presses("Undo", on=reply(ana, "Undo"))
    assert "nobody has accepted here" in card(ana).all_text


def test_who_answered_something_before_they_accepted_goes_on_having_answered(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    changes(cleo, platform_owner="planned")
    cleo.presses("I own this", on=names_owner(ana, cleo))
    assert "2 people answered" in card(ana).all_text


def test_who_accepted_is_not_held_to_what_they_had_said_before(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ana.presses("Find an owner", on=card(ana))
    ana.chooses("owner_user", ana)
    ana.submits()
    changes(ben, platform_owner="none")
    changes(ben, platform_owner="named")
    assert "nobody has accepted here" in card(ana).all_text
    assert "other answer" not in card(ana).all_text
    assert "<@U0ANA> says nobody" not in "".join(each.all_text for each in card(ana).thread)


def test_the_owner_may_decline(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    request = names_owner(ana, cleo)
    before = card(ana).all_text.split("*Owner:*")[0]
    says_no(cleo, "Not me", on=request)
    assert "<@U0CLEO> will not be the owner" in request.all_text
    assert card(ana).all_text.startswith(before)
    assert "*Owner:*" not in card(ana).all_text
    assert "*Stops it:* no owner" in card(ana).all_text
    assert "Find an owner" in card(ana).buttons


def test_the_owner_may_accept_from_home(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana)
    names_owner(ana, cleo)
    cleo.opens_home()
    assert "You were named as owner of a mesh in <#C0PAYMENTS>" in cleo.home.all_text
    cleo.presses("I own this", on=cleo.home)
    assert "*Owner:* <@U0CLEO>" in card(ana).all_text
    assert "Waits for you" not in cleo.home.all_text
    assert "Teams in which I took part" in cleo.home.all_text


def test_to_decline_is_no_veto(slack: Slack):
    ana, cleo = slack.person("ana"), slack.person("cleo")
    shares_quick_path(ana, platform_owner="planned")
    outcome = card(ana).all_text.split("\n")[0]
    says_no(cleo, "Not me", on=names_owner(ana, cleo))
    assert card(ana).all_text.split("\n")[0] == outcome
    assert "Stops it" not in card(ana).all_text


def test_naming_oneself_is_accepting(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.presses("Find an owner", on=card(ana))
    ana.chooses("owner_user", ana)
    ana.submits()
    assert "*Owner:* <@U0ANA>, who accepted" in card(ana).all_text
    assert not [each for each in card(ana).thread if "I own this" in each.buttons]


def test_change_answers_begins_with_the_question_and_shows_that_one_alone(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.presses("Change answers", on=card(ben))
    assert "*Owner:* nobody" in modal(ben).all_text
    ben.presses("first.platform_owner/answer_one")
    assert modal(ben).title == "Change one answer"
    ben.chooses("platform_owner", "planned")
    ben.fills("platform_owner.note", "The platform team")
    ben.fills("platform_owner.because", "Agreed in <the> team's meeting.")
    ben.presses("Another question")
    line = reply(ana, "Undo").all_text
    assert "Owner: nobody → agreed" in line
    assert "Why: Agreed in &lt;the&gt; team's meeting." in line
    ben.chooses("which/answer_one", "services")
    assert not modal(ben).has("teams")
    ben.fills("services.because", "Counted.")
    ben.submits()
    assert "Nothing is changed here yet" in ben.errors["services.because"]
    ben.fills("services", 60)
    ben.submits()
    assert ben.modal is None
    assert "Services: not answered → 60\nWhy: Counted." in reply(ana, "Undo").all_text


def test_an_undo_edits_the_line_it_undoes_and_says_so_where_that_was_deleted(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    for owner in ("named", "planned"):
        changes(ben, platform_owner=owner)
    before = len(posted(ana)), len(card(ana).thread)
    ana.presses("Undo", on=reply(ana, "Undo"))
    assert "Undone by <@U0ANA>." in card(ana).thread[-1].all_text
    assert (len(posted(ana)), len(card(ana).thread)) == before
    line = reply(ana, "Undo")
    undo = line.find("Undo")
    payload = slack.interactions.message_action(ana.user, line.message, undo, None)
    slack.world.messages[line.message.channel].remove(line.message)
    slack.send("interactive", "block_actions", payload)
    slack.settle()
    assert "Undone by <@U0ANA>." in card(ana).thread[-1].all_text
    assert "Not yet" in card(ana).all_text


def test_a_need_that_does_not_apply_takes_a_reason_and_leaves_the_count(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    turns_to(ana)
    opens_alone(ana, "multi_cluster")
    ana.chooses("multi_cluster", "na")
    ana.submits()
    assert "needs a reason" in ana.errors["multi_cluster.reason"]
    ana.fills("multi_cluster.reason", "We run one cluster by law.")
    ana.submits()
    assert modal(ana).title == "Change 1 of 7"
    line = "Several clusters: no → does not apply: We run one cluster by law."
    assert line in reply(ana, "Undo").all_text
    assert "0 of 7 answers counted or measured ·" in card(ana).all_text
    assert modal(ana).value("multi_cluster") == "na"
    assert "We run one cluster by law." in modal(ana).all_text
    ana.submits()
    ana.presses("Back")
    opens_alone(ana, "multi_cluster")
    assert modal(ana).value("multi_cluster.reason") == "We run one cluster by law."


def test_an_error_stands_beside_the_field_and_nothing_is_saved_meanwhile(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    ana.presses("Change answers", on=card(ana))
    ana.chooses("which/page_whole", "platform")
    ana.fills("services", "many")
    ana.fills("teams", 10)
    ana.submits(unchecked=True)
    assert "ust be a number" in ana.errors["services"]
    ana.fills("services", 60)
    ana.submits()
    line = reply(ana, "Undo").all_text
    assert "Services: not answered → 60" in line
    assert "Teams: not answered → 10" in line


def test_jumping_to_another_page_saves_what_was_changed_here(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    turns_to(ana)
    ana.chooses("zero_trust", "no")
    ana.chooses("Go to page", "Hours a month")
    assert modal(ana).title == "Change 4 of 7"
    assert "Zero trust: yes → no" in reply(ana, "Undo").all_text
    ana.fills("incidents_per_month", 3)
    opens_alone(ana, "incidents_per_month")
    assert "Incidents a month: not answered → 3" in reply(ana, "Undo").all_text
    ana.chooses("incidents_per_month.evidence", "measured")
    ana.presses("Back")
    ana.presses("Back")
    assert modal(ana).title == "Change 3 of 7"
    line = "Incidents a month: 3, now with another note or evidence"
    assert line in reply(ana, "Undo").all_text


def test_an_emptied_field_is_an_answer_taken_back(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ana, services=60)
    ben.presses("Change answers", on=card(ben))
    ben.chooses("which/page_whole", "platform")
    assert modal(ben).value("services") == "60"
    ben.fills("services", None)
    ben.submits()
    assert "Services: 60 → not answered" in reply(ana, "Undo").all_text


def test_saving_pages_without_a_change_says_nothing(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    turns_to(ana)
    while ana.modal:
        ana.submits()
    assert len(card(ana).thread) == 1


def test_a_page_that_lay_open_takes_back_nothing_that_others_saved_meanwhile(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    turns_to(ana)
    changes(ben, zero_trust="no")
    ana.chooses("observability", "yes")
    opens_alone(ana, "observability")
    line = reply(ana, "Undo").all_text
    assert "Same telemetry everywhere: no → yes" in line
    assert "Zero trust" not in line
    ana.chooses("observability.evidence", "measured")
    ana.submits()
    opens_alone(ana, "observability")
    assert modal(ana).value("observability.evidence") == "measured"


def test_big_and_broken_numbers_come_back_as_they_were_typed(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ana, mesh_hours_per_month=12345.67, services=100000)
    before = len(card(ana).thread)
    ben.presses("Change answers", on=card(ben))
    ben.chooses("which/page_whole", "hours")
    assert modal(ben).value("mesh_hours_per_month") == "12345.67"
    ben.submits()
    assert len(card(ana).thread) == before


def test_still_true_is_noted_on_the_card_with_who(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    ben.types("/meshfit", in_="payments")
    assert "Owner: nobody" in aside(ben).all_text
    ben.presses("Still true", on=aside(ben))
    assert "(<@U0BEN>)" in card(ana).all_text
    assert "Noted on the card" in aside(ben).all_text
    assert "Still true" not in aside(ben).buttons


def test_after_a_month_the_card_is_asked_whether_it_still_holds(house: House):
    ana = house.slack.person("ana")
    shares_quick_path(ana)
    house.ages(days=30)
    ana.types("/meshfit", in_="payments")
    assert aside(ana).buttons == [
        "Find an owner",
        "Still true",
        "Something changed",
        "Go to the card",
        "Post it here again",
        "Give my own answers",
    ]
    ana.presses("Something changed", on=aside(ana))
    ana.chooses("which/page_whole", "need")
    assert modal(ana).title == "Change 1 of 7"
    assert modal(ana).value("zero_trust") == "yes"


def test_the_card_posted_again_is_the_live_one(slack: Slack):
    ana = slack.person("ana")
    old = shares_quick_path(ana)
    ana.types("/meshfit", in_="payments")
    ana.presses("Post it here again", on=aside(ana))
    assert card(ana).ts != old.ts
    assert "live one" in aside(ana).all_text
    changes(ana, platform_owner="named")
    assert "Pilot first" in card(ana).all_text
    assert "Should we add a service mesh? Not yet" in old.all_text


def test_a_new_assessment_closes_the_old_one_which_stays_readable(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    old = shares_quick_path(ben)
    ben.types("/meshfit assess new", in_="payments")
    ben.presses("Start afresh", on=aside(ben), confirm=False)
    assert ben.modal is None
    ben.presses("Start afresh", on=aside(ben), confirm=True)
    assert modal(ben).title == "1 of 2: What you need"
    assert "Closed by <@U0BEN>" in old.all_text
    assert old.buttons == []
    fills_page(ben, "need")
    ben.submits()
    fills_page(ben, "hold", platform_owner="named")
    ben.submits()
    ben.submits()
    assert "Pilot first" in card(ana).all_text
    ana.types("/meshfit history", in_="payments")
    assert aside(ana).buttons == ["Read", "Read"]


@pytest.mark.parametrize("words", ["why", "whatif", "record", "assess new"])
def test_without_a_shared_assessment_one_is_told_how_to_start(slack: Slack, words: str):
    ana = slack.person("ana")
    ana.types(f"/meshfit {words}", in_="payments")
    assert "/meshfit assess" in aside(ana).all_text
