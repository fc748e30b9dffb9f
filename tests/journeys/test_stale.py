"""Two people, one form: what others saved while it lay open is kept, or the form says who did."""

from __future__ import annotations

from bot.blocks.carried import (
    OF_A_FORM,
    ActionMeta,
    LoadMeta,
    OwnerMeta,
    PageMeta,
    PilotMeta,
    ResultMeta,
    SettingsMeta,
)
from bot.domain.pack import Pack
from playground.people import Person
from playground.slack import Slack
from tests.incidents import exports
from tests.journeys.pilots import (
    checklist,
    drills,
    drops,
    fills_aim,
    measures,
    plans,
    reaches_step,
    sample,
    saves,
    seals,
    takes_a_role,
    types_figures,
)
from tests.journeys.story import (
    QUICK,
    aside,
    card,
    changes,
    modal,
    names_owner,
    shares_quick_path,
    turns_to,
    walks_quick_path,
)
from tests.journeys.test_estimate import COUNTED
from tests.journeys.test_evidence import adds_incidents, evidence
from tests.journeys.test_forged import FORMS
from tests.journeys.test_pilot_forms import LIKE, UNLIKE
from tests.journeys.test_rollout import rollout

AWARE = (PilotMeta, PageMeta, ResultMeta, OwnerMeta, LoadMeta, SettingsMeta, ActionMeta)
SAVE_NOTHING = {"ask", "calculator", "recipe_fill", "estimate_post", "worksheet_of_hours"}
ADD_ONLY = {"round", "import", "look_add", "incidents_add"}
SEEN_ALONE = {"round_page", "incident_confirm", "incidents_effort", "declining"}
"""They carry what was seen, or are answered once."""
OF_ONESELF = {"platform_teams", "worksheet_of_round"}
"""A draft of one's own, which nobody else saves."""


def refusal(person: Person) -> str:
    """What lies on top of the form, which is still there beneath it."""
    form_text = modal(person).all_text
    assert "Somebody else saved this while your form was open" in form_text
    person.closes()
    assert modal(person).submit
    return form_text


def test_every_form_that_saves_knows_what_it_was_opened_with():
    aware = {form for form, meta in OF_A_FORM.items() if issubclass(meta, AWARE)}
    assert set(FORMS) - SAVE_NOTHING - ADD_ONLY - SEEN_ALONE - OF_ONESELF <= aware


def both(slack: Slack) -> tuple[Person, Person]:
    """Ana and Ben, with a plan."""
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    return ana, ben


def both_with_a_say(slack: Slack) -> tuple[Person, Person]:
    """The same; Ana began the pilot, and Ben has a role of it, so either may bind others."""
    ana, ben = both(slack)
    takes_a_role(ben)
    return ana, ben


def amends(person: Person, reason: str) -> None:
    """Say why the budgets change, on the last step, and save them."""
    reaches_step(person, "reason")
    person.fills("reason", reason)
    person.submits()


def test_the_second_of_two_first_seals_sees_whose_counts(slack: Slack):
    ana, ben = both_with_a_say(slack)
    for each in (ana, ben):
        each.presses("Budgets", on=checklist(each))
    ana.fills("p95_added", 3)
    saves(ana)
    assert ana.modal is None
    ben.fills("p95_added", 7)
    amends(ben, "We measured it.")
    text = refusal(ben)
    assert "now 3" in text
    assert f"<@{ana.id}>" in text
    ben.presses("Back")
    assert modal(ben).value("p95_added") == "7"
    assert "version 2" not in checklist(ben).all_text


def test_two_like_first_seals_are_one(slack: Slack):
    ana, ben = both_with_a_say(slack)
    for each in (ana, ben):
        each.presses("Budgets", on=checklist(each))
    saves(ana)
    amends(ben, "It is the same.")
    assert "nothing to amend" in modal(ben).all_text
    assert "version 1" in checklist(ana).all_text


def test_an_amendment_is_never_recorded_under_anothers_reason(slack: Slack):
    ana, ben = both_with_a_say(slack)
    seals(ana, p95_added=5, p50_added=2)
    ben.presses("Budgets", on=checklist(ben))
    seals(ana, p95_added=8, reason="The gateway is slow by itself.")
    ben.fills("p50_added", 3)
    amends(ben, "We measured it.")
    assert ben.modal is None
    told_last = checklist(ben).thread[-1].all_text
    assert "2 ms → 3 ms" in told_last
    assert "We measured it." in told_last
    assert "→ 5" not in told_last
    assert "8 ms" in told_last


def test_a_budget_that_two_amend_is_refused_to_the_second(slack: Slack):
    ana, ben = both_with_a_say(slack)
    seals(ana, p95_added=5)
    ben.presses("Budgets", on=checklist(ben))
    seals(ana, p95_added=8, reason="The gateway is slow by itself.")
    ben.fills("p95_added", 6)
    amends(ben, "We measured it.")
    text = refusal(ben)
    assert "now 8 ms" in text
    assert f"<@{ana.id}>" in text
    ben.presses("Back")
    ben.fills("p95_added", 8)
    saves(ben)
    assert "nothing to amend" in modal(ben).all_text


def test_an_amendment_without_a_reason_is_shown_beside_its_field(slack: Slack):
    ana, _ = both(slack)
    seals(ana)
    ana.presses("Budgets", on=checklist(ana))
    ana.fills("p95_added", 9)
    reaches_step(ana, "reason")
    ana.fills("reason", "  ")
    ana.submits(unchecked=True)
    assert "reason" in ana.errors


def test_the_aim_keeps_what_another_saved_meanwhile(slack: Slack):
    ana, ben = both(slack)
    ben.presses("Plan", on=checklist(ben))
    ana.presses("Plan", on=checklist(ana))
    ana.fills("baseline", 20)
    ana.submits()
    ana.dismisses()
    ben.fills("target", 90)
    ben.submits()
    saves(ben)
    assert ben.modal is None
    assert "today 20 %, aim 90 %" in checklist(ben).thread[-1].all_text


def test_the_aim_is_refused_where_both_altered_the_same(slack: Slack):
    ana, ben = both(slack)
    ben.presses("Plan", on=checklist(ben))
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana, mesh="linkerd", baseline=20)
    ana.submits()
    ben.chooses("mesh", "istio_sidecar")
    ben.fills("target", 90)
    ben.submits()
    text = refusal(ben)
    assert "the mesh: now" in text
    assert f"<@{ana.id}>" in text
    assert modal(ben).state["target"]["answer"]["value"] == "90"
    assert "95" in checklist(ana).thread[-1].all_text


def test_a_row_of_the_slice_that_another_changed_is_not_changed_back(slack: Slack):
    ana, ben = both(slack)
    for each in (ana, ben):
        each.presses("Plan", on=checklist(each))
        each.submits()
    ana.fills("service_1", "basket")
    saves(ana)
    reaches_step(ben, "service_4")
    ben.fills("service_4", "search")
    saves(ben)
    assert ben.modal is None
    line = checklist(ben).thread[-1].all_text
    assert all(name in line for name in ("basket", "ledger", "nightly", "search"))
    assert "checkout" not in line


def test_a_row_of_the_slice_that_both_changed_is_refused(slack: Slack):
    ana, ben = both(slack)
    for each in (ana, ben):
        each.presses("Plan", on=checklist(each))
        each.submits()
    ana.fills("service_1", "basket")
    saves(ana)
    ben.fills("service_1", "till")
    saves(ben)
    assert "service 1: now basket" in refusal(ben)


def test_the_metric_is_written_by_the_first_and_told_to_the_second(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    checklist(ana)
    for each in (ana, ben):
        each.presses("Write the metric", on=checklist(each))
    ana.fills("metric", "Rollbacks go from 4 to 1 a month")
    ana.submits()
    ben.fills("metric", "p95 stays below 40 ms")
    ben.submits()
    assert "Rollbacks go from 4 to 1" in refusal(ben)
    assert f"<@{ana.id}>" in checklist(ben).all_text
    assert "p95 stays" not in checklist(ben).all_text


def test_a_metric_that_lay_open_in_the_plan_is_not_put_back(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    ben.presses("Plan", on=checklist(ben))
    turns_to(ana, pack.questions["success_metric"].page or "")
    ana.fills("success_metric", "Rollbacks go from 4 to 1 a month")
    ana.chooses("page_goto", next(iter(QUICK)))
    ben.chooses("mesh", "linkerd")
    ben.submits()
    ben.submits()
    assert "Rollbacks go from 4 to 1" in checklist(ben).thread[-1].all_text
    assert f"(<@{ana.id}>)" in checklist(ben).all_text


def test_numbers_of_a_metric_that_is_another_by_now_are_refused(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    ben.presses("Plan", on=checklist(ben))
    turns_to(ana, pack.questions["success_metric"].page or "")
    ana.fills("success_metric", "Rollbacks go from 4 to 1 a month")
    ana.chooses("page_goto", next(iter(QUICK)))
    ben.fills("target", 90)
    ben.submits()
    assert "where it should be: now empty" in refusal(ben)


def test_the_second_to_measure_the_goal_learns_of_the_first(slack: Slack):
    ana, ben = both(slack)
    for each, value in ((ana, 96), (ben, 91)):
        each.presses("Measure the goal", on=checklist(each))
        each.fills("reached", value)
        each.chooses("known", "counted")
    ana.submits()
    assert ana.modal is None
    ben.submits()
    assert "what the goal came to" in refusal(ben)


def test_an_accepted_role_is_never_gone_in_silence(slack: Slack, pack: Pack):
    ana, ben = both(slack)
    first, second, *_ = pack.roles
    ana.presses("Owners", on=checklist(ana))
    ana.chooses(first, ben)
    ana.submits()
    ana.presses("Owners", on=checklist(ana))
    ben.presses("I accept my roles", on=checklist(ben).thread[-1])
    ana.chooses(first, ana)
    ana.submits()
    text = refusal(ana)
    assert pack.roles[first].title in text
    assert f"<@{ben.id}>" in text
    ana.dismisses()
    ana.presses("Owners", on=checklist(ana))
    ana.chooses(second, ana)
    ana.submits()
    assert f"<@{ben.id}> (accepted)" in checklist(ana).thread[-1].all_text
    ana.presses("Owners", on=checklist(ana))
    ana.chooses(first, ana)
    ana.submits()
    assert f"took it from <@{ben.id}>, who had accepted it" in checklist(ana).thread[-1].all_text


def test_a_role_named_while_the_form_lay_open_stays_named(slack: Slack, pack: Pack):
    ana, ben = both(slack)
    first, second, *_ = pack.roles
    ben.presses("Owners", on=checklist(ben))
    ana.presses("Owners", on=checklist(ana))
    ana.chooses(first, ben)
    ana.submits()
    ben.presses("I accept my roles", on=checklist(ben).thread[-1])
    ben.chooses(second, ben)
    ben.submits()
    assert f"<@{ben.id}> (accepted)" in checklist(ana).thread[-1].all_text


def test_figures_that_another_typed_meanwhile_are_not_replaced(slack: Slack):
    ana, ben = both(slack)
    seals(ana)
    ben.presses("Measure", on=checklist(ben))
    types_figures(ana, "service:ledger", p95=("20", "21"))
    measures(ben, "service:ledger", "figures")
    ben.fills("p95.baseline", 30)
    ben.fills("p95.mesh", 50)
    ben.submits()
    assert "p95 of ledger" in refusal(ben)
    ben.presses("Back")
    measures(ben, "service:checkout", "figures")
    ben.submits()
    assert "Saved." in modal(ben).all_text


def test_a_drill_that_both_recorded_is_told_to_the_second(slack: Slack, pack: Pack):
    ana, ben = both(slack)
    drill = next(each.id for each in pack.drills.values() if not each.with_mesh_only)
    ben.types("/meshfit drills", in_="payments")
    ben.presses(f"do.{drill}/drill_record", on=aside(ben))
    drills(ana, drill, "mesh", 3)
    ben.chooses("side", "mesh")
    ben.fills("expected", "Calls go on.")
    ben.fills("seen", "They did.")
    ben.chooses("as_expected", "yes")
    ben.submits()
    assert "this drill with the mesh" in refusal(ben)
    ben.chooses("side", "baseline")
    ben.submits()
    assert ben.modal is None


def test_a_clock_started_while_the_form_lay_open_goes_on(slack: Slack, pack: Pack):
    ana, ben = both(slack)
    drill = next(iter(pack.drills))
    ben.types("/meshfit drills", in_="payments")
    ben.presses(f"do.{drill}/drill_record", on=aside(ben))
    ana.types("/meshfit drills", in_="payments")
    ana.presses(f"do.{drill}/drill_clock", on=aside(ana))
    ben.chooses("side", "mesh")
    ben.fills("expected", "Calls go on.")
    ben.fills("seen", "They did.")
    ben.chooses("as_expected", "yes")
    ben.submits()
    assert ben.modal is None
    ben.types("/meshfit drills", in_="payments")
    assert f"The clock runs for *{pack.drills[drill].title}* (<@{ana.id}>)" in aside(ben).all_text


def test_runs_begun_anew_do_not_sweep_away_what_another_just_dropped(slack: Slack):
    ana, ben = both(slack)
    seals(ana)
    ben.presses("Measure", on=checklist(ben))
    drops(ana, "service:ledger", [LIKE[0][0]], [])
    measures(ben, "service:ledger", "files")
    ben.chooses("earlier", "anew")
    ben.uploads("files.baseline", [sample(LIKE[0][0])])
    ben.submits()
    assert "runs of ledger" in refusal(ben)


def test_a_refusal_is_set_aside_for_the_runs_that_were_seen(slack: Slack):
    ana, ben = both(slack)
    seals(ana)
    drops(ben, "service:ledger", *UNLIKE)
    drops(ana, "service:ledger", [], UNLIKE[1])
    offered = [each["value"] for each in modal(ben).find("refusal").element["options"]]
    ben.chooses("refusal", offered[0])
    ben.fills("reason", "The pods were restarted in between.")
    ben.submits()
    assert "runs of ledger" in refusal(ben)


def test_one_exception_a_service_of_two_who_add_it_at_once(slack: Slack):
    ana, ben = both_with_a_say(slack)
    rollout(ana)
    for each in (ana, ben):
        each.presses("Add an exception", on=rollout(each))
        excepts(each, "2026-12-20")
    ana.submits()
    assert ana.modal is None
    ben.submits()
    assert "an exception for ledger" in refusal(ben)


def test_a_new_date_that_another_agreed_on_meanwhile_stays(slack: Slack):
    ana, ben = both_with_a_say(slack)
    ana.presses("Add an exception", on=rollout(ana))
    excepts(ana, "2026-12-20")
    ana.submits()
    for each in (ana, ben):
        each.presses("New date", on=rollout(each))
        agrees(each)
    ana.chooses("ends_on", "2027-02-01")
    ana.submits()
    assert ana.modal is None
    ben.chooses("ends_on", "2027-03-01")
    ben.submits()
    assert "now until 1 Feb 2027" in refusal(ben)


def excepts(person: Person, ends_on: str) -> None:
    person.fills("service", "ledger")
    agrees(person)
    person.chooses("ends_on", ends_on)


def agrees(person: Person) -> None:
    person.fills("reason", "It is replaced in spring.")
    person.chooses("approver", person)


def test_an_answer_that_both_changed_is_told_to_the_second(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    turns_to(ben)
    changes(ana, observability="yes")
    ben.chooses("observability", "becoming")
    ben.submits()
    text = refusal(ben)
    assert f"(<@{ana.id}>)" in text
    assert modal(ben).state["observability"]["answer"]["selected_option"]["value"] == "becoming"
    ben.chooses("observability", "no")
    ben.chooses("multi_cluster", "yes")
    ben.submits()
    assert modal(ben).callback_id == "page"


def test_leaving_a_page_does_not_change_what_another_just_changed(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    turns_to(ben)
    changes(ana, observability="yes")
    ben.chooses("observability", "becoming")
    ben.chooses("page_goto", next(iter(QUICK)))
    refusal(ben)


def test_a_team_answer_that_turned_while_i_looked_is_not_overruled(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    walks_quick_path(ben, observability="yes")
    changes(ana, observability="becoming")
    ben.chooses("differs.observability", "change")
    ben.submits()
    assert f"(<@{ana.id}>)" in refusal(ben)
    ben.chooses("differs.observability", "note")
    ben.submits()
    assert ben.modal is None


def test_the_second_to_name_an_owner_learns_of_the_first(slack: Slack):
    ana, ben, cleo = (slack.person(each) for each in ("ana", "ben", "cleo"))
    shares_quick_path(ana)
    ben.presses("Find an owner", on=card(ben))
    names_owner(ana, cleo)
    ben.chooses("owner_user", ben)
    ben.submits()
    text = refusal(ben)
    assert f"the owner: now <@{cleo.id}> (<@{ana.id}>)" in text


def test_the_second_to_count_learns_who_counted_otherwise(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    for each in (ana, ben):
        each.types("/meshfit estimate", in_="payments")
        for field, value in COUNTED.items():
            each.fills(field, value)
    ben.fills("pods", 250)
    ana.submits()
    ben.submits()
    assert f"what would be meshed (<@{ana.id}>)" in refusal(ben)
    ben.fills("pods", COUNTED["pods"])
    ben.submits()
    assert ben.modal
    assert modal(ben).callback_id == "estimate_post"


def test_the_second_to_say_what_an_incident_was_learns_what_the_first_said(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    adds_incidents(ana, exports.incident_io())
    for each in (ana, ben):
        evidence(each)
        each.presses("Go through 4 incidents", on=aside(each))
    ana.chooses("network.0", "none")
    ana.submits()
    ben.chooses("network.0", "amplifier")
    ben.submits()
    assert f"what the network was to it: now none (<@{ana.id}>)" in refusal(ben)
    ben.chooses("network.0", "none")
    ben.submits()
    assert "Incident 2" in modal(ben).title


def test_effort_is_answered_once(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    adds_incidents(ana, exports.statuspage())
    for each in (ana, ben):
        evidence(each)
        each.presses("Go through 4 incidents", on=aside(each))
    for each, people in ((ana, 3), (ben, 5)):
        each.fills("people", people)
        each.fills("follow_up", 2)
        each.submits()
    assert "what nobody counted: now 3 people, 2 hours" in refusal(ben)
