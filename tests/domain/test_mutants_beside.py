"""Nor may a way to Adopt, or what does not go together, move without a test that notices."""

from __future__ import annotations

import random
from functools import cache

import pytest
from pydantic import ValidationError

from bot.domain.decision.facts import derive, state
from bot.domain.decision.table import DecisionTable
from bot.domain.decision.worlds import Worlds
from bot.domain.pack.condition import Condition
from tests.domain.mutants import mutants_beside
from tests.domain.situations import PACK
from tests.domain.test_mutants import ASKED, drawn, saved
from tests.domain.test_table import REASONS, hours, measured, needs, size
from tests.domain.turning_points import around

pytestmark = pytest.mark.exhaustive

HOURS = (
    "incidents_per_month",
    "hours_per_incident",
    "teams",
    "drift_hours_per_team",
    "mesh_hours_per_month",
)
_NOT_BELOW = "no number is below 0: it asks whether one is known"
_ONE_TEAM = "who names teams names one at least: it asks whether they are known"
_TREND = (
    "with two needs and hours that pay, a rising trend is proof, and an unknown one asked first"
)
_CLUSTERS = "nothing simpler meets several clusters, until the pack says so"
_MANY = "a way further up asks first, or the requirement is met"
SURVIVORS = {
    **{
        f"to_adopt.{name}.ways.{at}.when.not.{number}.at_least: 0 → -1": _NOT_BELOW
        for name in ("worth", "proof")
        for at, number in enumerate(HOURS)
    },
    **{
        f"to_adopt.{name}.ways.2.when.not.teams.at_least: 0 → 1": _ONE_TEAM
        for name in ("worth", "proof")
    },
    "contradictions.few_yet_many_teams_unknown.when.not.teams.at_least: 1 → 0": _ONE_TEAM,
    **{f"to_adopt.proof.ways.{at}.when.open_now.at_most: 1 → 2": _TREND for at in (6, 7, 8, 9)},
    "to_adopt.proof.ways.5.when.trend: unknown → gone": _TREND,
    "to_adopt.many.ways.1.when.few_services: yes → gone": _MANY,
    "to_adopt.many.ways.2.when.small: True → gone": _MANY,
    "to_adopt.need.ways.3.when.clusters_coverable: False → gone": _CLUSTERS,
    "to_adopt.need.ways.7.when.clusters_covered: False → gone": _CLUSTERS,
    "to_adopt.proof.ways.9.when.clusters_coverable: False → gone": _CLUSTERS,
}
"""Mutant → why no answers could tell it from the pack. They say what is meant, and stay."""
RATIOS = [each for each in around("saved_per_mesh_hour") if each < 0.9]
"""Hours saved for each hour of running it: about where what was said may be halved."""


NEXT_TO_NOTHING = {
    "saving_percent": (*around("saving_percent"), 40.0, 40.0),
    "incidents_per_month": (None, *around("incidents_per_month"), 2.0),
    "hours_per_incident": (None, *around("hours_per_incident"), 18.0),
    "drift_hours_per_team": (None, *around("drift_hours_per_team"), 0.0, 4.0),
}
ONE_MORE_NEED = {
    "zero_trust": "unknown",
    "encryption_scope": "encryption",
    "traffic_management": "yes",
    "traffic_features": (),
    "gateway_enough": "no",
    "observability": "no",
    "multi_cluster": "no",
    "driver": "traffic",
    "trend": "rising",
    "clusters": "several",
    "pilot_result": "none",
    "incidents_per_month": 2.0,
    "hours_per_incident": 18.0,
    "teams": 10.0,
    "drift_hours_per_team": 4.0,
    "saving_percent": 40.0,
    "mesh_hours_per_month": 10.0,
}
"""A second need would be proof; nobody knows it, and something simpler meets it."""


def ratio(s):
    mesh = s["mesh_hours_per_month"]
    known = None not in [s[name] for name in HOURS] and mesh > 0
    return round(round(saved(s), 6) / mesh, 6) if known else 0


def nothing_to_save(s):
    no_incidents = 0 in (s["incidents_per_month"], s["hours_per_incident"])
    return s["saving_percent"] == 0 or (s["drift_hours_per_team"] == 0 and no_incidents)


def way_of(s):
    """Requirement → how and by which question it is met, where it is not; read a second time."""
    need, figures, (few, _, small) = needs(s), hours(s), size(s)
    now, passed = need.open_now, s["pilot_result"] == "passed"
    mandate = "identity" in now and s["threat_level"] in ("regulated", "high")
    open_now, save = len(now), not nothing_to_save(s)
    missing = [name for name in HOURS if s[name] is None]
    asked = [
        question
        for name, question in ASKED.items()
        if s[question] == "unknown" and name in needs({**s, question: "yes"}).open
    ]
    later = [
        question
        for name, question in ASKED.items()
        if s[question] == "becoming" and name in need.open
    ]
    may = s["trend"] in ("rising", "unknown") and s["clusters"] != "complex"
    may &= s["pilot_result"] != "failed" and save
    at_once = open_now > 1 and figures.with_a_fifth and s["trend"] == "rising"
    at_once &= s["clusters"] != "complex" and s["pilot_result"] != "failed"
    over_15 = s["services"] is not None and s["services"] > 15
    unlike = s["few_services"] == "yes" and over_15 and s["teams"] not in (0, 1)
    fewer = [
        *["few_services"] * ((s["few_services"] == "unknown" and not small) or unlike),
        *["services"] * (s["few_services"] == "no" and small),
    ]
    worth = [
        *(missing if save else ()),
        *["mesh_hours_per_month"] * (s["mesh_hours_per_month"] == 0 and save),
        *["threat_level"] * (s["threat_level"] == "unknown" and "identity" in now),
    ]
    halved = ratio(s) >= 0.6 or (ratio(s) > 0.5 and passed)
    proof = [
        *(missing if may and open_now > 1 else ()),
        *["trend"] * (may and open_now > 1 and figures.with_a_fifth and s["trend"] == "unknown"),
        *(asked if may and open_now == 1 and figures.with_a_fifth else ()),
    ]
    after = passed and figures.more

    def unknown(question):
        return [question] * (s[question] == "unknown")

    return {
        "outside": way(s["problem_location"] in ("between", "mixed"), unknown("problem_location")),
        "many": way(not small and few == "no", fewer),
        "owner": way(
            s["platform_owner"] == "named", unknown("platform_owner"), do="platform_owner"
        ),
        "measuring": way(measured(s), unknown("measurement_ready"), do="measurement_ready"),
        "need": way(open_now > 0, asked, wait=later),
        "reason": way(s["driver"] in REASONS & now, unknown("driver"), do="driver"),
        "metric": way(
            s["metric_sound"], ["success_metric"] * (not s["success_metric"]), do="success_metric"
        ),
        "worth": way(
            figures.with_a_fifth or after or mandate,
            worth,
            do="mesh_hours_per_month" if halved else "",
        ),
        "proof": way(passed or at_once, proof, pilot="pilot_result"),
    }


def way(met, answer=(), wait=(), do="", pilot=""):
    """The first that is there: "" where it is met, None where it is out of reach."""
    hows = (("answer", answer), ("await", wait), ("do", [do]), ("pilot", [pilot]))
    ways = [(how, each) for how, questions in hows for each in questions if each]
    return "" if met else next(iter(ways), None)


def unlike_of(s):
    """Contradiction → whether it is one, read a second time."""
    need, languages = needs(s), set(s["languages"])
    small = size(s)[2]
    over_15 = s["few_services"] == "yes" and s["services"] is not None and s["services"] > 15
    there = s["existing_mesh"] not in ("none", "unknown")
    leaving = there and s["mesh_wish"] == "leave"
    low = s["clusters"] == "one" and s["uniform_stack"] == "yes" and s["threat_level"] == "low"
    encrypts = s["encryption_scope"] == "encryption"
    driver, piloted = s["driver"], s["pilot_result"]
    return {
        "telemetry_in_order": s["observability"] == "yes" and s["instrumentation_strong"] == "yes",
        "telemetry_of_one_language": s["observability"] == "yes"
        and len(languages) == 1
        and not languages & {"vendor_sdks", "other"},
        "uniform_in_several": s["uniform_stack"] == "yes" and len(languages) > 1,
        "one_of_several_clusters": s["multi_cluster"] == "yes" and s["clusters"] == "one",
        "few_yet_many": over_15 and (s["teams"] or 0) > 1,
        "few_yet_many_teams_unknown": over_15 and not s["teams"],
        "many_yet_few": s["few_services"] == "no" and small,
        **{
            f"{name}_without_need": driver == name and s[question] == "no"
            for name, question in ASKED.items()
        },
        "piloted_unmeasured": piloted == "passed" and s["measurement_ready"] in ("soon", "no"),
        "piloted_beside_a_mesh": piloted in ("running", "closed", "passed", "failed") and there,
        "encryption_for_an_auditor": encrypts and s["threat_level"] == "regulated",
        "leaving_with_identity": leaving
        and s["zero_trust"] in ("yes", "becoming")
        and not (encrypts or low),
        **{
            f"leaving_with_{name}": leaving and name in need.open
            for name in ("traffic", "telemetry", "clusters", "glue")
        },
        "run_by_nobody": s["platform_owner"] == "named" and s["mesh_hours_per_month"] == 0,
    }


@cache
def tried():
    """The states of the decision, and some of them again where what is beside it turns."""
    lot, ways = random.Random(9), list(drawn()[1])
    for at, each in enumerate(drawn()[1][:3000]):
        answers = dict(each)
        match at % 4:
            case 0 if None not in [answers[name] for name in HOURS] and saved(answers) > 0:
                answers["mesh_hours_per_month"] = round(saved(answers), 6) / lot.choice(RATIOS)
            case 1:
                answers |= {"existing_mesh": "kuma", "mesh_wish": "leave"}
            case 2:
                answers |= {name: lot.choice(numbers) for name, numbers in NEXT_TO_NOTHING.items()}
            case 3:
                answers |= ONE_MORE_NEED
        ways.append(tuple(answers.items()))
    base = state(PACK, {})
    return [{**base, **dict(each)} for each in ways], ways


ALWAYS = Condition()


def worlds(pack):
    """The states, with all that is asked of the way to Adopt and of contradictions."""
    asked = pack.to_adopt.values()
    beside = [*(each.met for each in asked), *(way.when for each in asked for way in each.ways)]
    beside += [ALWAYS, *(each.when for each in pack.contradictions.values())]
    return Worlds(DecisionTable(pack, beside), state(PACK, {}), tried()[1])


@cache
def facts():
    return [derive(PACK, each) for each in tried()[0]]


def as_shipped(condition):
    """The states in which one condition holds, as the shipped facts are."""
    return sum(1 << at for at, each in enumerate(facts()) if condition.holds(each))


@cache
def read_again():
    """Requirement, or contradiction, and what is said of it → the states of which it is said."""
    found = {}
    for at, s in enumerate(tried()[0]):
        for name, value in (*way_of(s).items(), *unlike_of(s).items()):
            found[name, value] = found.get((name, value), 0) | 1 << at
    return found


def as_a_pack_tells(pack, where, name):
    """The same of one, as a pack tells it."""
    if name in pack.contradictions:
        here = where(pack.contradictions[name].when)
        found = {(name, True): here, (name, False): where(ALWAYS) ^ here}
    else:
        found, asked = {(name, ""): where(pack.to_adopt[name].met)}, pack.to_adopt[name]
        left = where(ALWAYS) ^ found[name, ""]
        for each in asked.ways:
            here = where(each.when) & left
            left ^= here
            said = (each.how, each.question)
            found[name, said] = found.get((name, said), 0) | here
        found[name, None] = left
    return {said: here for said, here in found.items() if here}


@cache
def expected_of(name):
    return {said: here for said, here in read_again().items() if said[0] == name}


NAMES = sorted({*PACK.to_adopt, *PACK.contradictions} - {"metric_of_another_reason"})
"""Whether a metric is another reason's is read off its words, which no state has."""


def test_every_requirement_and_contradiction_is_read_again():
    assert {name for name, _ in read_again()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_as_it_is_read_again(name):
    assert as_a_pack_tells(PACK, as_shipped, name) == expected_of(name)


def is_noticed(mutant):
    """Whether it is refused where it is read, or tells itself from the second reading."""
    try:
        pack = mutant.pack
    except (ValidationError, KeyError):
        return True
    if mutant.section != "facts":
        return as_a_pack_tells(pack, as_shipped, mutant.item) != expected_of(mutant.item)
    many = worlds(pack).where
    return any(as_a_pack_tells(pack, many, name) != expected_of(name) for name in PACK.to_adopt)


def test_every_mutant_is_noticed():
    survivors = [mutant.name for mutant in mutants_beside() if not is_noticed(mutant)]
    assert sorted(survivors) == sorted(SURVIVORS)
