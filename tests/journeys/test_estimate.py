"""Before the pilot: what a mesh may cost here, in ranges, and what the advice rests on."""

from __future__ import annotations

from bot.domain.pack import Pack
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, fills_aim, plans
from tests.journeys.story import aside, card, modal, posted, shares_quick_path, turns_to

REFINED = ("busy_percent", "node_vcpu", "depth", "vcpu_hour", "gib_hour")
COUNTED = {"services": 60, "pods": 300, "nodes": 12, "rps_per_edge": 50}


def estimates(person: Person, **more: float) -> None:
    """Fill the form in and have it worked out."""
    person.types("/meshfit estimate", in_="payments")
    for field, value in {**COUNTED, **more}.items():
        if field not in REFINED:
            person.fills(field, value)
    person.submits()
    finer = {field: value for field, value in more.items() if field in REFINED}
    if finer:
        person.presses("Prices, nodes, calls in a row")
        for field, value in finer.items():
            person.fills(field, value)
        person.submits()


def test_ranges_are_shown_privately_and_posted_only_when_asked(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    estimates(ana)
    form_text = modal(ana).all_text
    for mode in pack.overhead:
        assert pack.modes[mode].title in form_text
    assert " to " in form_text
    assert "reserved:" in form_text
    assert "set aside" not in form_text
    assert posted(ben) == []
    ana.submits()
    assert "Estimated for <@U0ANA>" in posted(ben)[-1].all_text
    assert any(block["type"] == "table" for block in posted(ben)[-1].blocks)


def test_what_was_counted_is_filled_in_again(house: House):
    ana = house.slack.person("ana")
    estimates(ana, vcpu_hour=0.04, gib_hour=0.005)
    assert "Money:" in modal(ana).all_text
    ana.closes()
    house.restart()
    ana.types("/meshfit estimate", in_="payments")
    assert modal(ana).value("pods") == "300"
    ana.submits()
    assert "Money:" in modal(ana).all_text
    ana.presses("Prices, nodes, calls in a row")
    assert modal(ana).value("gib_hour") == "0.005"


def test_a_price_needs_both_halves(slack: Slack):
    ana = slack.person("ana")
    estimates(ana, vcpu_hour=0.04)
    assert "needs both" in ana.errors["gib_hour"]


def test_more_than_the_nodes_have_is_said_beside_the_field(slack: Slack):
    ana = slack.person("ana")
    estimates(ana, rps_per_edge=1_000_000, node_vcpu=8)
    assert "12 nodes of 8 vCPU have 96" in ana.errors["node_vcpu"]
    ana.closes()
    estimates(ana, node_vcpu=8)
    ana.closes()
    ana.types("/meshfit estimate", in_="payments")
    ana.fills("rps_per_edge", 1_000_000)
    ana.submits()
    assert "12 nodes of 8 vCPU have 96" in ana.errors["rps_per_edge"]


def test_no_form_of_the_estimate_holds_more_than_eight_inputs(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    ana.types("/meshfit estimate", in_="payments")
    first = [each for each in modal(ana).blocks if each["type"] == "input"]
    estimates(ana)
    ana.presses("Prices, nodes, calls in a row")
    second = [each for each in modal(ana).blocks if each["type"] == "input"]
    assert (len(first), len(second)) == (7, 5)


def test_depth_idle_cost_and_money_are_posted(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    estimates(ana, depth=3, node_vcpu=2, vcpu_hour=0.04, gib_hour=0.005)
    form_text = modal(ana).all_text
    assert "3 calls in a row, p90: 1.89 to 7.95 ms" in form_text
    assert "CPU idle: measure it, on top" in form_text
    ana.submits()
    post = posted(ben)[-1].all_text
    for part in ("3 calls in a row, p99", "Money reserved", "decides the bill", "12 nodes of 2"):
        assert part in post


def test_what_is_posted_says_at_which_prices_and_why_no_latency_is_given(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    estimates(ana, busy_percent=85, depth=3, vcpu_hour=0.04, gib_hour=0.005)
    assert pack.estimate
    assert modal(ana).all_text.count(pack.estimate.rows) == 0
    ana.submits()
    post = posted(ben)[-1].all_text
    assert post.count(pack.estimate.busy) == 1
    prices = "a month of 730 hours at the prices given: 0.04 for a vCPU-hour, 0.005 for a GiB-hour."
    assert prices in post
    for mode in pack.overhead:
        assert pack.overhead[mode].cpu.why in post


def test_no_pods_is_refused_beside_the_field(slack: Slack):
    ana = slack.person("ana")
    estimates(ana, pods=0)
    assert "pods" in ana.errors


def test_the_estimate_takes_the_place_of_not_estimated_yet(slack: Slack, pack: Pack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    turns_to(ana, "hours")
    hours = {"incidents_per_month": 2, "hours_per_incident": 18, "drift_hours_per_team": 4}
    for field, value in {**hours, "mesh_hours_per_month": 20}.items():
        ana.fills(field, value)
    ana.chooses("page_goto", "platform")
    ana.fills("teams", 10)
    ana.submits()
    ana.closes()
    assert pack.tax.proxies in card(ana).thread[0].all_text
    estimates(ana)
    ana.closes()
    line = card(ana).thread[0].all_text
    assert pack.tax.proxies not in line
    assert "Proxies on top (estimated, not measured):" in line
    assert "measure it" not in line
    assert "how far CPU and memory go, only measuring tells." in line


def test_sources_are_listed_for_the_current_advice(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    ben.types("/meshfit sources", in_="payments")
    assert "no shared assessment yet" in aside(ben).all_text
    shares_quick_path(ana)
    ben.types("/meshfit sources", in_="payments")
    assert pack.sources["article"].title in aside(ben).all_text
    assert f"). {pack.sources['article'].interest}" in aside(ben).all_text
    assert posted(ben)[-1].has("Change answers")


def test_the_budgets_begin_with_the_estimate_and_the_verdict_shows_it(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    estimates(ana)
    ana.closes()
    plans(ana, ben)
    ana.presses("Plan", on=checklist(ana))
    fills_aim(ana, mesh="istio_sidecar")
    ana.submits()
    ana.closes()
    ana.presses("Budgets", on=checklist(ana))
    title = pack.modes["istio_sidecar"].title
    upper = pack.overhead["istio_sidecar"].latency["p99"].high
    assert title in modal(ana).all_text
    assert float(modal(ana).value("p95_added")) == round(upper, 2)
    assert float(modal(ana).value("p50_added")) == round(upper, 2) < 3
    ana.closes()
    ben.types("/meshfit verdict", in_="payments")
    assert "Estimated before anybody measured" in aside(ben).all_text
    assert title in aside(ben).all_text
