"""No number, outcome or condition of the shipped decision may move without a test that notices.

Random answers, most of them at the numbers where the decision turns, are decided by the pack and by
a second reading, written by hand: `tests/domain/test_table.py`, docs/design.md, and here what those
do not tell apart. Each mutant must then be refused, or be told from the pack, or stand in
`SURVIVORS` with the reason why nobody could see it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.decision.facts import derive, state
from bot.domain.decision.table import DecisionTable
from bot.domain.decision.worlds import Worlds
from bot.domain.model import Facts
from bot.domain.pack import Question
from bot.domain.pack.condition import Condition
from tests.domain.mutants import Mutant, mutants
from tests.domain.situations import PACK
from tests.domain.test_table import expected, grpc_alone, hours, measured, needs, ready, size
from tests.domain.turning_points import around, numbers

pytestmark = pytest.mark.exhaustive

DESIGN = (Path(__file__).parents[2] / "docs/design.md").read_text("utf-8")
WRITTEN = {
    rule: (outcome, int(days) if days.isdigit() else None)
    for rule, outcome, days in re.findall(r"^\| `(\w+)` \| (\w+) \| (\d+|-) \|", DESIGN, re.M)
}
"""Rule → its outcome and the days until somebody looks again, as the design has them."""
MANY, SEED = 5000, 20261128
FEW = 500
"""States that are tried first: most mutants tell themselves within them."""
ALONE = {"identity": "mtls_only", "traffic": "gateway_alone", "glue": "library_alone"}
_TEAMS = "the row stands only where teams are unknown or more than one"
_GLUE = "glue is needed only as the main reason, so that the need says so already"
_PASSED = "looked at only below the row of a passed pilot, or by rows that ask for one"
_NO = "who says no, and is small, contradicts himself: a row above"
SURVIVORS = {
    "rules.few_yet_many.asks.teams.not.teams.at_least: 1 → 0": _TEAMS,
    "rules.few_yet_many.asks.teams.not.teams.at_least: 1 → 2": _TEAMS,
    "facts.reason_open.any.4.driver: glue → gone": _GLUE,
    "reasons.reason_covered.when.any.3.driver: glue → gone": _GLUE,
    "facts.pays_after_pilot.pilot_result: passed → gone": _PASSED,
    "facts.too_close.not: {'pilot_result': 'passed'} → gone": _PASSED,
    "facts.worth_it.any.0: {'pays_well': True} → gone": "after a pilot, paying well is paying",
    "rules.few_services.when.any.1.few_services: unknown → gone": _NO,
}
"""Mutant → why no answers could tell it from the pack. They say what is meant, and stay."""


def rule_of(s):
    """The row that fires, read a second time."""
    need, figures, (few, _, small) = needs(s), hours(s), size(s)
    wanted = need.open | covered(s)
    mandate = "identity" in need.open_now and s["threat_level"] in ("regulated", "high")
    running, passed, closed = (
        s["pilot_result"] == each for each in ("running", "passed", "closed")
    )
    over_15 = s["services"] is not None and s["services"] > 15
    close = figures.more and not figures.with_a_fifth and not passed
    unknown = "unknown" in (s["problem_location"], few, s["platform_owner"])
    unknown |= s["measurement_ready"] == "unknown" and not measured(s)
    done = need.none_unknown and not need.open
    alone = next(iter(wanted)) if done and len(wanted) == 1 else ""
    strong = s["instrumentation_strong"] == "yes"
    if s["existing_mesh"] not in ("none", "unknown"):
        return rule_there(s)
    rows = (
        (s["problem_location"] == "inside", "inside_services"),
        (few == "yes" and over_15 and s["teams"] not in (0, 1), "few_yet_many"),
        (few == "no" and small, "many_yet_few"),
        (few == "yes" or (few != "no" and small), "few_services"),
        (done and not wanted, "no_need"),
        (alone == "identity" and s["encryption_scope"] == "encryption", "encryption_alone"),
        (alone == "traffic" and grpc_alone(s), "grpc_balancing_alone"),
        (alone in ALONE, ALONE.get(alone)),
        (alone and strong, "instrumentation_alone"),
        (alone, "one_language_alone"),
        (done, "covered"),
        (s["platform_owner"] == "none", "no_owner"),
        (s["measurement_ready"] == "no", "not_measuring"),
        (s["pilot_result"] == "failed", "pilot_failed"),
        (unknown, "hold_off_unknown"),
        (not need.open, "needs_unknown"),
        (figures.never and not mandate, "hours_say_no"),
        (not need.open_now and not (figures.pays and s["trend"] == "rising"), "not_now"),
        (ready(s, need, figures, mandate), "adopt_after_pilot" if passed else "adopt"),
        (passed, "pilot_passed"),
        (close and running, "too_close_running"),
        (running, "pilot_running"),
        (closed, "pilot_closed"),
        (close, "too_close"),
    )
    return next((rule for holds, rule in rows if holds), "pilot")


def rule_there(s):
    """The row that fires where a mesh runs already, read a second time."""
    outcome, dear = expected(s), hours(s).never
    mandate = "identity" in needs(s).open_now and s["threat_level"] in ("regulated", "high")
    if outcome == "keep":
        rows = (
            (s["existing_mesh"] == "app_mesh", "keep_another"),
            (s["platform_owner"] == "none", "keep_with_an_owner"),
            (s["mesh_wish"] in ("other_mode", "other_mesh"), "keep_changed"),
        )
        return next((rule for holds, rule in rows if holds), "keep")
    for_hours = dear and not mandate
    if outcome == "leave":
        return "leave_for_hours" if for_hours else "leave_without_need"
    return "leave_or_duty" if for_hours else "leave_or_need"


def covered(s):
    """The needs that something simpler meets."""
    every = needs({**s, **OPEN})
    return every.open - needs(s).open


OPEN = {
    "clusters": "complex",
    "gateway_enough": "no",
    "instrumentation_strong": "no",
    "shared_library_realistic": "no",
    "languages": (),
    "encryption_scope": "unknown",
    "traffic_features": (),
}


def reasons_of(s):
    """Which of the reasons with more than one part are said, read a second time."""
    need, figures = needs(s), hours(s)
    later = {each: s[asked] == "becoming" for each, asked in ASKED.items()}
    mesh = s["mesh_hours_per_month"] or 0
    met = covered(s)
    mandate = "identity" in need.open_now and s["threat_level"] in ("regulated", "high")
    languages, driver = set(s["languages"]), s["driver"]
    there = s["existing_mesh"] not in ("none", "unknown")
    return {
        "hours_pay": figures.pays and mesh > 0,
        "drift": (s["teams"] or 0) > 1 and (s["drift_hours_per_team"] or 0) > 0,
        "many_languages": s["observability"] in ("yes", "becoming") and len(languages) > 1,
        "hours_do_not_pay": known(s) and not figures.pays and not figures.never and mesh > 0,
        "hours_rest_on_guesses": figures.pays and mesh > 0 and not pays_at_worst(s),
        "slow_payback": not there and not mandate and mesh > 0 and (payback(s) or 0) > 24,
        "hours_not_rising": not there and s["trend"] in ("falling", "flat"),
        "mtls_alone": need.open | met == {"identity"},
        "complex_clusters": not there
        and s["clusters"] == "complex"
        and s["pilot_result"] != "passed",
        "driver_without_need": driver in ASKED and s[ASKED[driver]] == "no",
        "mtls_in_services": s["own_tls"] == "all" and s["zero_trust"] in ("yes", "becoming"),
        "opaque_to_proxies": s["own_tls"] in ("some", "all")
        and bool({"traffic", "telemetry"} & need.open),
        "reason_covered": driver in met,
        "reason_later": driver in ASKED and later[driver] and driver not in met,
        "goal_missing": driver == "unknown" or not s["success_metric"],
        "metric_vague": s["success_metric"] and not s["metric_sound"],
        "mesh_hours_zero": s["mesh_hours_per_month"] == 0,
        "owner_unknown": there and s["platform_owner"] == "unknown",
        "measuring_unknown": there and s["measurement_ready"] == "unknown",
    }


def places_of(s):
    """Whether alternatives for Kubernetes, and for its nodes, can be had, read a second time."""
    where, elsewhere = set(s["platform"]), {"ecs", "nomad", "vms"}
    nodes = {"self_run", "eks", "gke", "aks", "openshift"}
    return {
        "kubernetes": where & (nodes | {"serverless"}) or not where & elsewhere,
        "nodes_of_kubernetes": where & nodes or not where & (elsewhere | {"serverless"}),
    }


def blockers_of(s):
    """What stops it, read a second time."""
    small = size(s)[2]
    return {
        "no_owner": s["platform_owner"] == "none",
        "not_measuring": s["measurement_ready"] == "no",
        "inside_services": s["problem_location"] == "inside",
        "few_services": s["few_services"] == "yes" or (s["few_services"] == "unknown" and small),
        "pilot_failed": s["pilot_result"] == "failed",
    }


ASKED = {
    "identity": "zero_trust",
    "traffic": "traffic_management",
    "telemetry": "observability",
    "clusters": "multi_cluster",
}


def known(s):
    """Whether all hours were given."""
    names = ("incidents_per_month", "hours_per_incident", "teams", "drift_hours_per_team")
    return None not in [s[name] for name in (*names, "mesh_hours_per_month")]


def saved(s, less=1.0):
    """Hours a month that a mesh would save, with every estimate scaled."""
    today = s["incidents_per_month"] * s["hours_per_incident"] * less * less
    today += s["teams"] * s["drift_hours_per_team"] * less
    return round(today, 6) * s["saving_percent"] / 100 * less


def payback(s):
    """Months until the hours that come once are earned back."""
    if not known(s) or s["setup_hours"] is None or not hours(s).pays:
        return None
    return round(s["setup_hours"] / round(round(saved(s), 6) - s["mesh_hours_per_month"], 6), 6)


def pays_at_worst(s):
    """Whether it pays with every guess 30 % off against the mesh, as far as one may say."""
    most = PACK.questions["mesh_hours_per_month"].most
    return saved(s, 0.7) > min(s["mesh_hours_per_month"] * 1.3, most)


def asked_of(s):
    """Question → whether it is to be found out first, for the rows that ask."""
    few = size(s)[0]
    return {
        "teams": not s["teams"],
        "threat_level": s["threat_level"] == "unknown",
        "problem_location": s["problem_location"] == "unknown",
        "few_services": few == "unknown",
        "platform_owner": s["platform_owner"] == "unknown",
        "measurement_ready": s["measurement_ready"] == "unknown" and not measured(s),
        **{question: s[question] == "unknown" for question in ASKED.values()},
    }


LIKELY = {
    "problem_location": ("between", "mixed"),
    "few_services": ("no", "no", "unknown"),
    "platform_owner": ("named", "named", "planned"),
    "measurement_ready": ("yes", "yes", "soon", "unknown"),
    "services": (60.0,),
    "teams": (10.0,),
    "incidents_per_month": (2.0,),
    "hours_per_incident": (18.0,),
    "drift_hours_per_team": (4.0,),
    "saving_percent": (40.0,),
    "trend": ("rising", "rising", "flat"),
    "zero_trust": ("yes", "yes", "becoming", "no"),
    "traffic_management": ("yes", "yes", "becoming", "no"),
    "driver": ("identity", "traffic", "identity", "traffic", "telemetry", "clusters", "glue"),
    "pilot_result": ("none", "closed", "running", "passed"),
    "existing_mesh": ("none", "none", "none", "unknown", "linkerd", "app_mesh"),
    "encryption_scope": ("unknown", "unknown", "identity", "encryption"),
    "traffic_features": ((), (), ("grpc_balancing",), ("grpc_balancing", "retries"), ("canaries",)),
}
"""What stops nothing, so that the rows further down come up often."""
ONE_NEED = {
    "zero_trust": ("yes", "becoming", "no"),
    "traffic_management": ("no", "no", "no", "yes"),
    "observability": ("no", "no", "no", "becoming"),
    "multi_cluster": ("no", "no", "no", "unknown"),
    "clusters": ("one", "one", "one", "several"),
    "uniform_stack": ("yes", "yes", "yes", "no"),
    "threat_level": ("low", "low", "low", "high"),
}
"""One need or none, so that something simpler meets it alone."""
NOTHING_STOPS_IT = {
    "existing_mesh": ("none",),
    "problem_location": ("between",),
    "few_services": ("no",),
    "platform_owner": ("named",),
    "measurement_ready": ("yes",),
    "pilot_result": ("passed", "none", "failed"),
    "trend": ("rising",),
    "success_metric": (True,),
}
"""Only needs, the main reason and the hours are left to decide."""
ONE_HOUR = {
    "incidents_per_month": (0.0,),
    "hours_per_incident": (18.0,),
    "teams": (2.0,),
    "drift_hours_per_team": (1.0,),
}
"""Two hours a month in all."""


def _drawn(question: Question, lot: random.Random, likely: bool) -> object:
    if likely and question.id in LIKELY:
        return lot.choice(LIKELY[question.id])
    match question.kind:
        case "number":
            return question.default if lot.random() < 0.1 else lot.choice(numbers(question.id))
        case "choices":
            codes = [each.code for each in question.options]
            return tuple(lot.sample(codes, lot.choice((0, 1, 1, 2))))
        case "text" | "date":
            return lot.random() < 0.8
    return lot.choice([each.code for each in question.options] + ["unknown"])


def _hours_that_turn(answers: dict, lot: random.Random) -> dict:
    """Hours of running it, and once for setting it up, at which the rest of what is told turns."""
    turned = {}
    if known(answers) and lot.random() < 0.5:
        total, less = saved(answers | {"saving_percent": 100}), saved(answers)
        turning = [round(less / each, 6) for each in around("saved_per_mesh_hour")]
        turning += [total - 1, total, total + 1]
        turned["mesh_hours_per_month"] = lot.choice(turning)
    left = saved(answers) - (answers | turned)["mesh_hours_per_month"] if known(answers) else 0
    if left > 0 and answers["setup_hours"] is not None:
        turned["setup_hours"] = round(left, 6) * lot.choice(around("payback_months"))
    allowed = {name: PACK.questions[name] for name in turned}
    return {name: x for name, x in turned.items() if allowed[name].least <= x <= allowed[name].most}


@cache
def drawn() -> tuple[list[dict], list[tuple]]:
    """The states, and each as a variation of nobody's answers.

    Each question has a lot of its own, so that a new one leaves the others as they were drawn.
    """
    lots = {name: random.Random(f"{SEED} {name}") for name in PACK.questions}
    lot, ways = random.Random(SEED), []
    for at in range(MANY):
        answers = {q.id: _drawn(q, lots[q.id], likely=at % 3 > 0) for q in PACK.questions.values()}
        if lot.random() < 0.5:
            answers["existing_mesh"] = "none"
        if at % 7 == 0:
            answers |= {name: lot.choice(some) for name, some in ONE_HOUR.items()}
        if at % 5 == 0:
            answers |= {name: lot.choice(codes) for name, codes in ONE_NEED.items()}
        if at % 4 == 0:
            answers |= {name: lot.choice(codes) for name, codes in NOTHING_STOPS_IT.items()}
        answers |= _hours_that_turn(answers, lot)
        answers["metric_sound"] = answers["success_metric"] and lot.random() < 0.8
        ways.append(tuple(answers.items()))
    base = state(PACK, {})
    return [{**base, **dict(way)} for way in ways], ways


def worlds(pack, upto: int = MANY, beside=()) -> Worlds:
    return Worlds(DecisionTable(pack, beside), state(PACK, {}), drawn()[1][:upto])


@cache
def as_shipped() -> list[Facts]:
    """Worked out once: most mutants only change what is said of it."""
    return [derive(PACK, each) for each in drawn()[0]]


@cache
def read_again() -> tuple[list[str], list[dict], list[dict]]:
    """Of each state: the row; what holds, by reason, blocker or fact; what is to be found out."""
    states = drawn()[0]
    return (
        [rule_of(s) for s in states],
        [reasons_of(s) | blockers_of(s) | places_of(s) for s in states],
        [asked_of(s) for s in states],
    )


PLACES = {name: Condition.model_validate({name: True}) for name in places_of(state(PACK, {}))}


def whens(pack):
    """Reason, blocker or fact → the condition that it holds."""
    points = {**pack.reasons, **pack.blockers}
    return {name: each.when for name, each in points.items()} | PLACES


def test_the_pack_decides_as_it_is_read_again():
    rules, reasons, asked = read_again()
    fired = [rule.id for rule in worlds(PACK).rules()]
    wrong = [(a, b) for a, b in zip(fired, rules, strict=True) if a != b]
    assert wrong == []
    assert set(fired) == set(PACK.rules)
    when_said = whens(PACK)
    for facts, said, ask, rule in zip(as_shipped(), reasons, asked, fired, strict=True):
        told = {name: when_said[name].holds(facts) for name in said}
        assert told == {name: bool(holds) for name, holds in said.items()}
        for question, when in PACK.rules[rule].asks.items():
            assert when.holds(facts) == ask[question], (rule, question)


def is_noticed(mutant: Mutant) -> bool:
    """Whether it is refused where it is read, or tells itself from the second reading."""
    try:
        changed, pack = mutant.changed, mutant.pack
    except (ValidationError, KeyError):
        return True
    if mutant.section in ("reasons", "blockers"):
        said = read_again()[1]
        return mutant.item in said[0] and any(
            changed.when.holds(facts) != bool(each[mutant.item])
            for facts, each in zip(as_shipped(), said, strict=True)
        )
    written = WRITTEN.get(mutant.item)
    if mutant.section == "rules" and (changed.outcome, changed.look_again_days) != written:
        return True
    return any(_tells(pack, upto) for upto in (FEW, MANY))


def _tells(pack, upto: int) -> bool:
    """Whether a pack tells itself from the second reading within the first so many states."""
    when_said, whole = whens(pack), (1 << upto) - 1
    asks = [when for rule in pack.rules.values() for when in rule.asks.values()]
    many = worlds(pack, upto, (*when_said.values(), *asks))
    return (
        [rule.id for rule in many.rules()] != read_again()[0][:upto]
        or any(many.where(when_said[name]) != value & whole for name, value in told_at().items())
        or any(
            (many.where(when) ^ asked_at()[question]) & fired_at()[rule.id] & whole
            for rule in pack.rules.values()
            for question, when in rule.asks.items()
        )
    )


def _bits(holds: Iterable[object]) -> int:
    """The states of which it holds, as worlds."""
    return sum(1 << at for at, each in enumerate(holds) if each)


@cache
def told_at() -> dict[str, int]:
    said = read_again()[1]
    return {name: _bits(each[name] for each in said) for name in said[0]}


@cache
def asked_at() -> dict[str, int]:
    asked = read_again()[2]
    return {name: _bits(each[name] for each in asked) for name in asked[0]}


@cache
def fired_at() -> dict[str, int]:
    return {rule: _bits(each == rule for each in read_again()[0]) for rule in PACK.rules}


def survivors() -> Iterator[str]:
    return (mutant.name for mutant in mutants() if not is_noticed(mutant))


def test_every_mutant_is_noticed():
    assert sorted(survivors()) == sorted(SURVIVORS)
