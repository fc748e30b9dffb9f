"""The pilot as a team lives it: planned, sealed, measured, drilled, owned, judged, closed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.pack import Pack
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import (
    checklist,
    closes,
    drills,
    drops,
    fills_aim,
    layered,
    measures,
    plans,
    reaches,
    reaches_step,
    sample,
    seals,
    takes_a_role,
    types_figures,
)
from tests.journeys.story import aside, card, modal, names_owner, posted, shares_quick_path

NIGHTHAWK = "fortio_json_by_nighthawk"
LIKE = ([f"{NIGHTHAWK}/made-1.json"], [f"{NIGHTHAWK}/made-2.json"])
UNLIKE = ([f"{NIGHTHAWK}/made-1.json"], ["fortio_json/made-1.json"])


def test_the_one_reason_can_only_be_one(slack: Slack):
    ana = slack.person("ana")
    ana.presses("Plan", on=checklist(ana))
    asked = next(each for each in modal(ana).blocks if each["block_id"] == "driver")
    assert asked["element"]["type"] == "radio_buttons"
    fills_aim(ana)
    ana.submits()
    assert modal(ana).title == "Plan 2 of 2: the slice"


def test_the_thread_says_which_traits_the_slice_still_misses(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben, {"checkout": ["http"], "ledger": ["http"], "mailer": ["http"]})
    line = checklist(ben).thread[-1].all_text
    for trait in ("chatty", "batch", "grpc", "other_team"):
        assert pack.traits[trait].missing in line
    assert pack.traits["http"].missing not in line
    plans(ana, ben)
    assert "Nothing is missing." in checklist(ben).thread[-1].all_text
    assert "3 services: checkout, ledger, nightly" in checklist(ben).all_text


def test_one_service_cannot_be_named_twice(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana)
    ana.submits()
    for at in (1, 2):
        ana.fills(f"service_{at}", "checkout")
    ana.submits()
    assert "checkout is named twice" in ana.errors["service_1"]
    assert set(ana.errors) == {"service_1", "service_2"}
    ana.fills("service_2", "ledger")
    ana.submits()
    ana.fills("service_3", "checkout")
    ana.submits()
    assert list(ana.errors) == ["service_3"]
    assert ben.sees("payments")[-1].thread == []


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_whoever_changes_the_mesh_alone_answers_nothing_anew(slack: Slack, answer: str):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ben.presses("Plan", on=checklist(ben))
    ben.submits()
    reaches_step(ben, "can_live")
    ben.chooses("can_live", answer)
    ben.submits()
    ana.presses("Plan", on=checklist(ana))
    ana.chooses("mesh", "linkerd")
    ana.submits()
    reaches_step(ana, "can_live")
    assert modal(ana).value("can_live") == answer
    ana.submits()
    assert ana.modal is None
    assert "Linkerd" in checklist(ana).thread[-1].all_text


def test_a_slice_has_as_many_rows_as_the_pack_allows_services(house: House, tmp_path: Path):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    house.restart(layered(tmp_path / "ours", "plan: {fewest: 2, most: 8}\n"))
    plans(ana, ben, {f"service-{at}": ["http"] for at in range(8)})
    assert "8 services: service-0, " in checklist(ben).all_text
    house.restart(layered(tmp_path / "fewer", "plan: {fewest: 2, most: 6}\n"))
    ana.presses("Plan", on=checklist(ana))
    ana.submits()
    reaches_step(ana, "service_8")
    assert modal(ana).value("service_8") == "service-7"
    assert not modal(ana).has("service_9")
    for at in (7, 8):
        ana.fills(f"service_{at}", "")
    ana.submits()
    ana.chooses("can_live", "yes")
    ana.submits()
    assert "6 services: service-0, " in checklist(ben).all_text
    assert "A slice has" not in checklist(ben).thread[-1].all_text


def test_budgets_wait_for_a_plan(slack: Slack):
    ana = slack.person("ana")
    ana.presses("Budgets", on=checklist(ana))
    assert ana.modal is None
    assert "The plan comes before the budgets. It lacks:\n• " in aside(ana).all_text
    assert aside(ana).buttons == ["Plan"]
    ana.presses("Plan", on=aside(ana))
    assert modal(ana).callback_id == "pilot_plan"


def test_sealing_posts_the_fingerprint_and_an_amendment_says_who_and_why(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    first = seals(ana, p95_added=8)
    assert "Budgets, version 1" in first.all_text
    assert "8 ms" in first.all_text
    takes_a_role(ben)
    ben.presses("Budgets", on=checklist(ben))
    ben.fills("p95_added", 12)
    ben.fills("p50_percent", 5)
    reaches_step(ben, "reason")
    ben.fills("reason", "the <!channel> asked & we agreed")
    ben.submits()
    second = checklist(ana).thread[-1]
    assert "version 2" in second.all_text
    assert "p95 latency, added: 8 ms → 12 ms (looser)" in second.all_text
    assert "p50 latency, added in percent: 10 % → 5 %" in second.all_text
    assert "the &lt;!channel&gt; asked &amp; we agreed" in second.all_text
    fingerprints = {each.all_text.split("`")[1] for each in (first, second)}
    assert len(fingerprints) == 2


def test_an_amendment_needs_a_reason_and_a_change(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    ana.presses("Budgets", on=checklist(ana))
    reaches_step(ana, "reason")
    assert ana.submits() is None  # Slack's own client asks for the reason
    ana.fills("reason", "just so")
    ana.submits()
    assert "othing" in modal(ana).all_text
    assert len(checklist(ana).thread) == 2


def test_typed_figures_need_both_sides_and_are_judged(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    types_figures(ana, "checkout", p95=("120", ""))
    assert list(ana.errors) == ["p95.mesh"]
    assert "both sides" in ana.errors["p95.mesh"]
    ana.closes()
    types_figures(ana, "checkout", p50=("forty", "40"), p95=("120", "-5"))
    assert set(ana.errors) == {"p50.baseline", "p95.mesh"}
    assert "below 0" in ana.errors["p95.mesh"]
    ana.closes()
    types_figures(ana, "checkout", p50=("40 41", "42 42"), p95=("120 122", "125 126"))
    ben.types("/meshfit verdict", in_="payments")
    aside_text = aside(ben).all_text
    assert "p95 latency, added, checkout" in aside_text
    assert "Pass" in aside_text
    assert "<@U0BEN>" in aside_text  # whom to ask for what is missing


def test_typed_figures_belong_to_a_service_or_to_the_nodes(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    measures(ana, "-", "figures")
    asked = [each["block_id"] for each in modal(ana).blocks if each["type"] == "input"]
    assert asked == ["cpu.baseline", "cpu.mesh", "memory.baseline", "memory.mesh"]
    ana.closes()
    measures(ana, "checkout", "figures")
    assert not modal(ana).has("cpu.baseline")
    ana.closes()
    types_figures(ana, "checkout", error_rate=("0.2 % 0.3 %", "0.2% 0.3"))
    assert ana.modal is None
    line = checklist(ana).thread[-1].all_text
    assert "*Measured:* failed calls checkout: +0 percentage points" in line


def test_a_second_clock_is_told_which_one_runs(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    for person, drill in ((ana, "payroll"), (ben, "debugging")):
        person.types("/meshfit drills", in_="payments")
        person.presses(f"do.{drill}/drill_clock", on=aside(person))
    assert pack.drills["payroll"].title in aside(ben).all_text
    assert "Record that drill first" in aside(ben).all_text


def test_a_clock_is_stopped_by_anyone_and_records_nothing(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.payroll/drill_clock", on=aside(ana))
    stale = aside(ana)
    ben.types("/meshfit drills", in_="payments")
    ben.presses("Stop the clock", on=aside(ben))
    assert "The clock runs" not in aside(ben).all_text
    assert "Stop the clock" not in aside(ben).buttons
    ana.presses("Stop the clock", on=stale)
    assert "stopped already" in aside(ana).all_text
    ben.presses("do.debugging/drill_clock", on=aside(ben))
    assert "The clock runs for" in aside(ben).all_text
    assert len(checklist(ana).thread) == 1


def test_a_drill_that_left_the_pack_leaves_a_clock_that_can_be_stopped(house: House, pack: Pack):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    plans(ana, ben)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.payroll/drill_clock", on=aside(ana))
    house.close()
    house.clock = lambda: datetime.now(UTC) - timedelta(hours=5)
    house.open()
    ben.types("/meshfit drills", in_="payments")
    ben.presses("do.payroll/drill_record", on=aside(ben))
    assert "initial_value" not in modal(ben).find("minutes").element
    ben.closes()
    kept = {key: each for key, each in pack.drills.items() if key != "payroll"}
    house.restart(pack.model_copy(update={"drills": kept}))
    ana.presses("do.payroll/drill_record", on=aside(ana))
    assert "no longer in the knowledge pack" in aside(ana).all_text
    ben.types("/meshfit drills", in_="payments")
    assert "The clock runs for a drill that is no longer in the knowledge pack" in (
        aside(ben).all_text
    )
    ben.presses("Stop the clock", on=aside(ben))
    assert "The clock runs" not in aside(ben).all_text


def test_an_unlike_pair_is_refused_then_a_like_pair_is_accepted(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    drops(ana, "ledger", *UNLIKE)
    assert modal(ana).title == "These runs are unlike"
    assert "Different" in modal(ana).all_text
    ana.closes()
    ben.types("/meshfit verdict", in_="payments")
    assert "p95 latency, added, ledger" in aside(ben).all_text
    assert "Not measured yet." in aside(ben).all_text
    drops(ana, "ledger", *LIKE)
    assert "Single observation" in modal(ana).all_text
    assert "1 run without the mesh, 1 run with it" in modal(ana).all_text
    ben.types("/meshfit verdict", in_="payments")
    assert "one run a side" in aside(ben).all_text


def test_the_pack_says_how_unlike_runs_may_be(house: House, tmp_path: Path):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", [f"{NIGHTHAWK}/made-1.json"], [])
    ana.closes()
    drops(ana, "ledger", [], [f"{NIGHTHAWK}/made-3.json"])
    assert "20 and 600/s, more than 5 % apart" in modal(ana).all_text
    ana.closes()
    house.restart(layered(tmp_path / "ours", "tolerances: {rate: {percent: 97}}\n"))
    drops(ana, "ledger", [], [f"{NIGHTHAWK}/made-2.json"])
    assert "1 run without the mesh, 2 runs with it" in modal(ana).all_text
    assert not modal(ana).has("refusal")


def test_a_refusal_is_set_aside_one_at_a_time_with_a_reason_on_the_record(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    drops(ana, "ledger", [f"{NIGHTHAWK}/made-1.json"], [f"{NIGHTHAWK}/made-3.json"])
    assert "Override one reason" in modal(ana).all_text
    offered = [each["value"] for each in modal(ana).find("refusal").element["options"]]
    assert offered
    for left in range(len(offered), 0, -1):
        values = [each["value"] for each in modal(ana).find("refusal").element["options"]]
        assert len(values) == left
        ana.chooses("refusal", values[0])
        ana.fills("reason", "we only look at the shape")
        ana.submits()
    assert not modal(ana).has("refusal")
    ben.types("/meshfit verdict", in_="payments")
    assert "we only look at the shape" in aside(ben).all_text
    name, content = sample(f"{NIGHTHAWK}/made-3.json")
    ana.closes()
    measures(ana, "ledger", "files")
    ana.uploads("files.mesh", [(name, content.replace(b'QPS": 600', b'QPS": 900'))])
    ana.submits()
    assert "20 and 900/s" in modal(ana).all_text
    assert modal(ana).has("refusal")


def test_files_are_dropped_one_by_one(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", LIKE[0], [])
    assert "A run with the mesh is still needed" in modal(ana).all_text
    ana.closes()
    drops(ana, "ledger", [], LIKE[1])
    assert "Single observation" in modal(ana).all_text


def test_a_wrong_first_run_makes_way_for_the_right_one(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", UNLIKE[1], [])
    ana.closes()
    drops(ana, "ledger", [], LIKE[1])
    assert modal(ana).title == "These runs are unlike"
    ana.closes()
    drops(ana, "ledger", LIKE[0], [])
    assert "1 run without the mesh, 1 run with it" in modal(ana).all_text
    assert "Single observation" in modal(ana).all_text


def test_both_sides_given_anew_take_the_place_of_all_that_was_refused(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", UNLIKE[1], [])
    ana.closes()
    drops(ana, "ledger", ["oha_json/made-1.json"], LIKE[1])
    ana.closes()
    drops(ana, "ledger", *LIKE)
    assert "1 run without the mesh, 1 run with it" in modal(ana).all_text


def test_runs_that_can_be_compared_and_are_wrong_all_the_same_are_begun_anew(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", LIKE[1], LIKE[0])
    assert "27.93 → 22.11 ms" in modal(ana).all_text
    ana.closes()
    measures(ana, "ledger", "files")
    ana.chooses("earlier", "anew")
    ana.uploads("files.baseline", [sample(LIKE[0][0])])
    ana.uploads("files.mesh", [sample(LIKE[1][0])])
    ana.submits()
    assert "1 run without the mesh, 1 run with it" in modal(ana).all_text
    assert "22.11 → 27.93 ms" in modal(ana).all_text


def test_the_same_run_twice_is_one_observation(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", *LIKE)
    ana.closes()
    drops(ana, "ledger", *LIKE)
    assert "counted here already" in modal(ana).all_text
    ana.closes()
    drops(ana, "checkout", LIKE[0] * 2, [])
    assert "counted here already" in modal(ana).all_text


def test_a_load_test_is_not_of_the_nodes(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "-", *LIKE)
    assert "choose the service" in modal(ana).all_text
    assert "Nothing of these files was stored." in modal(ana).all_text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and more", "zip"),
        (b"\x00\x01\x02" * 500, "result"),
        (b"{" * 5000, "result"),
    ],
)
def test_a_broken_file_gets_one_sentence_and_nothing_is_kept(slack: Slack, content, said):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    measures(ana, "ledger", "files")
    ana.uploads("files.baseline", [("odd.bin", content or b" ")])
    ana.submits()
    assert "odd.bin" in modal(ana).all_text
    assert "Nothing of these files was stored." in modal(ana).all_text
    ana.closes()
    drops(ana, "ledger", LIKE[0], [])
    assert "1 run without the mesh, 0 runs with it" in modal(ana).all_text


def test_cpu_and_memory_of_nodes_are_read_from_kubectl_top(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    drops(ana, "-", ["kubectl_top/local-1.txt"], ["kubectl_top/local-1.txt"])
    assert "cores" in modal(ana).all_text
    ana.closes()
    ben.types("/meshfit verdict", in_="payments")
    assert "CPU per node" in aside(ben).all_text


def test_readings_of_nodes_are_shown_as_theirs_whatever_service_was_chosen(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", ["kubectl_top/local-1.txt"], ["kubectl_top/local-1.txt"])
    form_text = modal(ana).all_text
    assert "*The nodes:* 1 file without the mesh, 1 file with it." in form_text
    assert "• CPU, node-a: 1.874 → 1.874 cores" in form_text
    assert "not for ledger" in form_text
    ana.closes()
    drops(ana, "-", ["kubectl_top/made-1.txt"], ["kubectl_top/made-1.txt"])
    assert "`kubectl top nodes`" in modal(ana).all_text
    assert "Nothing of these files was stored." in modal(ana).all_text


def test_the_payroll_drill_runs_against_a_clock(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.payroll/drill_clock", on=aside(ana))
    assert "The clock runs for" in aside(ana).all_text
    ana.presses("do.payroll/drill_record", on=aside(ana))
    assert float(modal(ana).value("minutes")) >= 0
    for field, value in {"expected": "A list.", "seen": "A list.", "proof": "ticket 7"}.items():
        ana.fills(field, value)
    ana.chooses("side", "mesh")
    ana.chooses("as_expected", "yes")
    ana.submits()
    assert "ticket 7" in checklist(ben).thread[-1].all_text
    ana.types("/meshfit drills", in_="payments")
    assert "The clock runs" not in aside(ana).all_text
    assert "<@U0ANA>" in aside(ana).all_text


LISTED = {
    "target": "pay/payroll[Deployment]",
    "anybody": False,
    "callers": [{"workload": f"pay/{name}", "ports": "TCP 80", "by": []} for name in ("web", "hr")],
    "shut_out": [],
    "not_judged": [{"what": "enforcement", "why": "nobody can see it", "workloads": []}],
}


def starts_payroll(person: Person) -> None:
    """The clock, then the form with everything but the callers."""
    person.types("/meshfit drills", in_="payments")
    person.presses("do.payroll/drill_clock", on=aside(person))
    person.presses("do.payroll/drill_record", on=aside(person))
    for field, value in {"expected": "A list.", "seen": "A list."}.items():
        person.fills(field, value)
    person.chooses("side", "mesh")
    person.chooses("as_expected", "yes")


def test_the_payroll_drill_takes_the_callers_that_were_printed(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    starts_payroll(ana)
    assert "--json --proof proof.html" in modal(ana).all_text
    ana.uploads("callers.file", [("callers.json", json.dumps(LISTED).encode())])
    ana.submits()
    assert "Recorded." in modal(ana).all_text
    line = checklist(ben).thread[-1].all_text
    assert "callers (meshfit callers): 2 may call pay/payroll[Deployment], 1 not judged" in line
    assert "pay/hr" in line
    ana.closes()
    ana.types("/meshfit drills", in_="payments")
    assert "The clock runs" not in aside(ana).all_text
    assert "2 may call pay/payroll[Deployment]" in aside(ana).all_text


def test_callers_may_be_pasted_and_what_is_none_stops_nothing(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    starts_payroll(ana)
    ana.fills("callers", "{}")
    ana.submits()
    assert "is no list of callers" in ana.errors["callers"]
    ana.uploads("callers.file", [("dump", b'{"apiVersion": "v1", "kind": "List", "items": []}')])
    ana.fills("callers", "")
    ana.submits()
    assert "stopped after its first kilobytes" in modal(ana).all_text
    ana.closes()
    ana.types("/meshfit drills", in_="payments")
    assert "The clock runs" in aside(ana).all_text
    ana.presses("Stop the clock", on=aside(ana))
    starts_payroll(ana)
    ana.fills("callers", "pay/web\npay/hr\n")
    ana.submits()
    assert "callers (by hand): 2 may call it" in checklist(ben).thread[-1].all_text


def test_only_the_payroll_drill_asks_for_callers(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.debugging/drill_record", on=aside(ana))
    assert not modal(ana).has("callers")


def test_blank_roles_are_said_and_the_named_accept_for_themselves(slack: Slack, pack: Pack):
    ana, ben, cleo = (slack.person(each) for each in ("ana", "ben", "cleo"))
    plans(ana, ben)
    ana.presses("Owners", on=checklist(ana))
    role, *others = pack.roles
    ana.chooses(role, cleo)
    ana.submits()
    line = checklist(ana).thread[-1]
    assert pack.roles[others[0]].blank in line.all_text
    assert "<@U0CLEO> (asked, has not answered)" in line.all_text
    assert "has not said yes" not in line.all_text
    ben.presses("I accept my roles", on=line)
    assert "You are not asked for a role" in checklist(ben).thread[-1].all_text
    cleo.presses("I accept my roles", on=line)
    assert "<@U0CLEO> (accepted)" in checklist(ana).thread[-1].all_text
    assert f"1 of {len(pack.roles)} roles accepted" in checklist(ana).all_text


def keeps_all(slack: Slack, pack: Pack) -> None:
    """Every budget kept, every role accepted; the goal is not measured."""
    ana, ben = slack.person("ana"), slack.person("ben")
    seals(ana)
    kept = {"p50": ("40 41", "40 41"), "p95": ("100 101", "100 101"), "error_rate": ("0 0", "0 0")}
    for service in ("checkout", "ledger"):
        types_figures(ana, service, **kept)
    types_figures(ana, "-", cpu=("2 2", "2 2"), memory=("900 900", "900 900"))
    for drill in pack.drills:
        for side in ("baseline", "mesh"):
            drills(ana, drill, side, 5)
    ana.presses("Owners", on=checklist(ana))
    for role in pack.roles:
        ana.chooses(role, ben)
        ana.chooses(f"{role}.backup", ana)
    ana.submits()
    ben.presses("I accept my roles", on=checklist(ben).thread[-1])


def passes(slack: Slack, pack: Pack) -> None:
    """A pilot in which every budget was kept and every role accepted."""
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    keeps_all(slack, pack)
    reaches(ana, 96, where="the dashboard")


def test_a_pilot_that_kept_its_budgets_is_closed_and_the_card_learns_it(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    passes(slack, pack)
    ana.types("/meshfit verdict", in_="payments")
    assert "Roll on" in aside(ana).all_text
    assert "Missing" not in aside(ana).all_text
    ana.presses("Close the pilot", on=aside(ana), confirm=True)
    assert "The pilot passed." in checklist(ana).thread[-1].all_text
    assert "closed, passed" in checklist(ana).all_text
    assert "Stops it" not in card(ana).all_text
    ana.types("/meshfit verdict", in_="payments")
    assert "Close the pilot" not in aside(ana).buttons


def test_a_pilot_cannot_be_closed_while_more_must_be_measured(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    ana.types("/meshfit verdict", in_="payments")
    assert "Close the pilot" not in aside(ana).buttons
    ana.presses("Post in the thread", on=aside(ana))
    assert "Asked for by <@U0ANA>" in checklist(ben).thread[-1].all_text


def test_everything_survives_a_restart(house: House):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    plans(ana, ben)
    seals(ana)
    drops(ana, "ledger", LIKE[0], [])
    ana.closes()
    house.restart()
    drops(ana, "ledger", [], LIKE[1])
    assert "Single observation" in modal(ana).all_text
    assert "Budgets sealed, version 1" in checklist(ben).all_text


def test_the_card_learns_of_the_owner_once_every_role_is_accepted(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    assert "Stops it" in card(ana).all_text
    plans(ana, ben)
    ana.presses("Owners", on=checklist(ana))
    for role in pack.roles:
        ana.chooses(role, ben)
    ana.submits()
    assert "Stops it" in card(ana).all_text
    ben.presses("I accept my roles", on=checklist(ben).thread[-1])
    assert "Stops it" not in card(ana).all_text
    assert "Owner: nobody → named" in card(ana).thread[-1].all_text
    assert f"*Owner:* <@U0BEN>, who accepted all {len(pack.roles)} roles" in card(ana).all_text
    assert "1 person answered" in card(ana).all_text


def test_who_closes_a_pilot_has_answered_nothing_and_whose_word_it_stands_by_stays(
    slack: Slack, pack: Pack
):
    ana, ben, cleo = slack.person("ana"), slack.person("ben"), slack.person("cleo")
    shares_quick_path(ana)
    cleo.presses("I own this", on=names_owner(ana, cleo))
    passes(slack, pack)
    assert "1 person answered" in card(ana).all_text
    closes(ben)
    assert "the pilot passed" in card(ana).all_text
    assert "*Owner:* <@U0CLEO>, who accepted" in card(ana).all_text
    assert "1 person answered" in card(ana).all_text


def test_no_form_opens_on_a_closed_pilot_and_nothing_is_ticked(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    passes(slack, pack)
    stale = list(checklist(ana).message.blocks)
    closes(ana)
    ended = list(checklist(ana).message.blocks)
    checklist(ana).message.blocks[:] = stale
    step = f"step.{next(iter(pack.steps))}"
    for button in ("Plan", "Budgets", "Measure", "Owners", "Measure the goal", step):
        ana.presses(button, on=checklist(ana))
        assert ana.modal is None
        assert "This pilot is closed" in aside(ana).all_text
    ana.types("/meshfit measure", in_="payments")
    assert ana.modal is None
    assert checklist(ana).message.blocks == stale
    checklist(ana).message.blocks[:] = ended


def test_a_closed_pilot_says_so_and_offers_what_still_works(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    passes(slack, pack)
    closes(ben)
    shown = checklist(ana)
    assert "Service mesh pilot: closed, passed" in shown.all_text
    assert "(closed by <@U0BEN>, <!date^" in shown.all_text
    assert "`/meshfit rollout` goes on from here" in shown.all_text
    assert "may tick" not in shown.all_text
    assert "*Next:* open the rollout, one policy scope at a time." in shown.all_text
    assert shown.buttons == ["Rollout", "Verdict", "Start a new pilot"]
    ana.presses("Verdict", on=shown)
    assert "This pilot is closed: it passed" in aside(ana).all_text
    assert "Next:" not in aside(ana).all_text
    ana.types("/meshfit drills", in_="payments")
    assert "This pilot is closed: it passed" in aside(ana).all_text
    assert aside(ana).buttons == []
    ana.presses("Rollout", on=shown)
    assert "Mesh rollout: not begun" in posted(ben)[-1].all_text
    assert "Of the pilot that was closed" in posted(ben)[-1].all_text


def test_a_pilot_that_failed_points_to_a_new_one_alone(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana)
    types_figures(ana, "checkout", p95=("100 101", "900 901"))
    closes(ana)
    assert "Service mesh pilot: closed, failed" in checklist(ben).all_text
    assert "/meshfit rollout" not in checklist(ben).all_text
    assert "`/meshfit pilot` offers a new one" in checklist(ben).all_text
    assert "*Next:* mend what failed, then start a new pilot." in checklist(ben).all_text
    assert checklist(ben).buttons == ["Start a new pilot", "Verdict"]
    before = len(posted(ben))
    ben.types("/meshfit pilot", in_="payments")
    alone = aside(ben)
    assert "*This pilot is closed: it failed*" in alone.all_text
    assert "*Stop" in alone.all_text
    assert alone.buttons == ["Start a new pilot", "Verdict"]
    assert len(posted(ben)) == before
    ben.presses("Start a new pilot", on=alone)
    assert "0 of 5 steps done" in checklist(ana).all_text


def test_to_measure_before_there_is_a_plan_leads_to_the_plan(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ana.types("/meshfit measure", in_="payments")
    assert "no pilot yet" in aside(ana).all_text
    ana.presses("Start the pilot", on=aside(ana))
    ana.types("/meshfit measure", in_="payments")
    assert "it names no service yet" in aside(ana).all_text
    ana.presses("Plan", on=aside(ana))
    assert modal(ana).callback_id == "pilot_plan"
    ana.dismisses()
    ana.presses("Measure", on=checklist(ana))
    assert aside(ana).buttons == ["Plan"]
    plans(ana, ben)
    ana.types("/meshfit measure", in_="payments")
    assert modal(ana).title == "Measure"


def test_a_drill_that_others_may_feel_is_told_in_the_thread_when_it_begins(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.control_plane/drill_clock", on=aside(ana))
    line = checklist(ben).thread[-1].all_text
    assert "<@U0ANA> started the clock of *The control plane is gone*, <!date^" in line
    assert "for 30 minutes. Stop early when: the error rate of the slice moves" in line
    ben.types("/meshfit drills", in_="payments")
    ben.presses("Stop the clock", on=aside(ben))
    line = checklist(ben).thread[-1].all_text
    assert "<@U0BEN> stopped the clock of *The control plane is gone*; nothing was rec" in line
    before = len(checklist(ben).thread)
    ana.types("/meshfit drills", in_="payments")
    ana.presses("do.payroll/drill_clock", on=aside(ana))
    assert [each for each in checklist(ben).thread[before:] if not each.ephemeral] == []
