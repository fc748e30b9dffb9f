"""The decision table against a second reading of it, over every combination of core answers."""

from functools import cache
from itertools import chain, pairwise, product
from math import prod
from typing import NamedTuple

import pytest
from hypothesis import given, settings

from bot.domain.decision.facts import state
from bot.domain.decision.rules import outcome_of
from bot.domain.decision.worlds import Worlds
from bot.domain.model import Answer
from tests.domain.situations import CORE, PACK, answers_of, any_answers, likely_answers
from tests.domain.turning_points import LOOKS, around, numbers

pytestmark = pytest.mark.exhaustive

SIGNALS = ("zero_trust", "traffic_management", "observability", "multi_cluster")
HOLDS = ("problem_location", "few_services", "platform_owner", "measurement_ready")
RANK = {"adopt": 2, "pilot": 1}
"""What goes ahead; every other outcome is level."""

RISING = dict.fromkeys(SIGNALS, ("no", "becoming", "yes"))
GOING_ON = {
    "problem_location": (("between", "mixed", "inside"), ("unknown", "inside")),
    "few_services": (("no", "yes"), ("unknown", "yes")),
    "platform_owner": (("named", "planned", "none"), ("unknown", "none")),
    "measurement_ready": (("yes", "soon", "no"), ("unknown", "no")),
    "pilot_result": (("passed", "running", "failed"), ("passed", "none", "failed")),
}

STRONG = answers_of(
    services=60,
    teams=10,
    clusters="several",
    threat_level="high",
    incidents_per_month=3,
    hours_per_incident=20,
    drift_hours_per_team=4,
    mesh_hours_per_month=20,
    trend="rising",
    driver="traffic",
    success_metric="Canaries lower the rollback rate by 30 %",
    gateway_enough="no",
)
DEAR = {"mesh_hours_per_month": Answer(value=500.0)}
PASSED = answers_of(pilot_result="passed")


def costs(saved_per_mesh_hour):
    """Hours of running it beside the 40 a month that the strong case saves."""
    return STRONG | {"mesh_hours_per_month": Answer(value=40 / saved_per_mesh_hour)}


RATIOS = sorted(LOOKS.bounds["saved_per_mesh_hour"])
DEPTHS = {
    "quick": {},
    "strong": STRONG,
    "passed": STRONG | PASSED | answers_of(clusters="complex"),
    "dear": STRONG | DEAR | answers_of(threat_level="low"),
    **{
        f"saves {each} an hour": costs(each) for each in around("saved_per_mesh_hour") if each > 0.9
    },
    **{f"saves {each} an hour, passed": costs(each) | PASSED for each in RATIOS},
    "nobody's hours": STRONG | answers_of(mesh_hours_per_month=0),
    "one language": answers_of(services=40) | {"languages": Answer(value=("go",))},
    "covered": answers_of(
        clusters="one",
        uniform_stack="yes",
        threat_level="low",
        gateway_enough="yes",
        instrumentation_strong="yes",
    ),
    "there": STRONG | answers_of(existing_mesh="linkerd"),
    "there and dear": DEAR
    | answers_of(
        existing_mesh="other",
        teams=2,
        incidents_per_month=1,
        hours_per_incident=2,
        drift_hours_per_team=1,
    ),
}
"""What the deep path may already have said when the core questions are answered."""


class Needs(NamedTuple):
    """The needs of docs/design.md §5, read a second time and by hand."""

    any: bool
    open: set[str]
    open_now: set[str]
    none_unknown: bool


def of(*names):
    """A reading that rests on these answers alone, worked out once for each of them."""

    def once(reading):
        known = cache(lambda *values: reading(dict(zip(names, values, strict=True))))
        return lambda s: known(*map(s.__getitem__, names))

    return once


@of(
    *SIGNALS,
    *("driver", "clusters", "uniform_stack", "threat_level", "languages", "encryption_scope"),
    *("gateway_enough", "traffic_features", "instrumentation_strong", "shared_library_realistic"),
)
def needs(s):
    asked = dict(zip(("identity", "traffic", "telemetry", "clusters"), SIGNALS, strict=True))
    now = {need for need, question in asked.items() if s[question] == "yes"}
    now |= {"glue"} if s["driver"] == "glue" else set()
    soon = {need for need, question in asked.items() if s[question] == "becoming"}
    low = s["clusters"] == "one" and s["uniform_stack"] == "yes" and s["threat_level"] == "low"
    languages = set(s["languages"])
    one_language = len(languages) == 1 and not languages & {"vendor_sdks", "other"}
    coverage = {
        "identity": s["encryption_scope"] == "encryption"
        or (low and len(languages) < 2 and "vendor_sdks" not in languages),
        "traffic": s["gateway_enough"] == "yes" or grpc_alone(s),
        "telemetry": s["instrumentation_strong"] == "yes" or one_language,
        "glue": s["shared_library_realistic"] == "yes",
    }
    covered = {need for need, holds in coverage.items() if holds}
    known = all(s[question] != "unknown" for question in SIGNALS)
    return Needs(bool(now | soon), (now | soon) - covered, now - covered, known)


def grpc_alone(s):
    """Whether of traffic control gRPC balancing is asked for, and nothing else."""
    return set(s["traffic_features"]) == {"grpc_balancing"}


class Hours(NamedTuple):
    """What the hours say, read a second time."""

    pays: bool
    more: bool
    """Saved hours are more than those of running it, in millionths of these, and these are some."""
    with_a_fifth: bool
    """Saved hours are 1.2 times those of running it, and running it takes some."""
    never: bool
    """Running it takes some hours, and all of today's would not pay for them."""


def hours(s):
    names = ("incidents_per_month", "hours_per_incident", "teams", "drift_hours_per_team")
    figures = [s[name] for name in (*names, "mesh_hours_per_month")]
    if None in figures:
        return Hours(pays=False, more=False, with_a_fifth=False, never=False)
    incidents, each, teams, drift, mesh = figures
    total = round(incidents * each + teams * drift, 6)
    saved = round(total * s["saving_percent"] / 100, 6)
    ratio = round(saved / mesh, 6) if mesh else 0
    return Hours(saved > mesh, more=ratio > 1, with_a_fifth=ratio >= 1.2, never=0 < mesh >= total)


def size(s):
    """Few services as said (numbers may speak for an unknown), a clash, under 10 in one team."""
    over_15 = s["services"] is not None and s["services"] > 15
    several = s["teams"] is not None and s["teams"] > 1
    one = s["teams"] in (0, 1)
    small = s["services"] is not None and s["services"] < 10 and one
    few = "no" if s["few_services"] == "unknown" and over_15 and several else s["few_services"]
    clash = (few == "yes" and over_15 and not one) or (few == "no" and small)
    return few, clash, small


def measured(s):
    """Whether it can be measured; what was piloted was."""
    passed = s["pilot_result"] == "passed"
    return s["measurement_ready"] == "yes" or (passed and s["measurement_ready"] == "unknown")


REASONS = {"identity", "traffic", "telemetry", "clusters", "glue"}


def ready(s, need, hours, mandate):
    """Row 7."""
    passed = s["pilot_result"] == "passed"
    pays = hours.with_a_fifth or (passed and hours.more)
    at_once = (
        len(need.open_now) >= 2
        and hours.with_a_fifth
        and s["trend"] == "rising"
        and s["clusters"] != "complex"
    )
    return (
        s["platform_owner"] == "named"
        and measured(s)
        and s["driver"] in REASONS & need.open_now
        and s["metric_sound"]
        and (pays or mandate)
        and (passed or at_once)
    )


def expected_there(s, need, hours, mandate):
    """docs/design.md §5 where a mesh runs already."""
    coverable = "identity" not in needs({**s, "zero_trust": "yes"}).open
    zero, threat = s["zero_trust"], s["threat_level"]
    duty = not coverable and threat != "low"
    duty &= zero == "unknown" or (zero == "yes" and threat == "unknown")
    if hours.never and not mandate:
        return "undecided" if duty else "leave"
    if not need.open:
        return "leave" if need.none_unknown else "undecided"
    return "keep"


def expected(s):
    """The table of docs/design.md §5 read by hand, its outcomes alone, from the top."""
    need, figures, (few, clash, small) = needs(s), hours(s), size(s)
    mandate = "identity" in need.open_now and s["threat_level"] in ("regulated", "high")
    stopped = s["platform_owner"] == "none" or s["measurement_ready"] == "no"
    unknown = {s["problem_location"], few, s["platform_owner"]}
    if not measured(s):
        unknown.add(s["measurement_ready"])
    if s["existing_mesh"] not in ("none", "unknown"):
        return expected_there(s, need, figures, mandate)
    rows = (
        (s["problem_location"] == "inside", "alternative"),
        (clash, "undecided"),
        (few == "yes" or (few != "no" and small), "not_yet"),
        (need.none_unknown and not need.any, "not_yet"),
        (need.none_unknown and not need.open, "alternative"),
        (stopped or s["pilot_result"] == "failed", "not_yet"),
        ("unknown" in unknown or not need.open, "undecided"),
        (figures.never and not mandate, "not_yet"),
        (not need.open_now and not (figures.pays and s["trend"] == "rising"), "not_yet"),
        (ready(s, need, figures, mandate), "adopt"),
    )
    return next((outcome for holds, outcome in rows if holds), "pilot")


def every_core_answer(answers, core=CORE):
    """Rule by combination of the eight core answers, given what the deep path said."""
    base = state(PACK, answers)
    every = list(product(*core.values()))
    ways = [tuple(zip(CORE, codes, strict=True)) for codes in every]
    rules = Worlds(LOOKS.table, base, ways).rules()
    return {
        codes: (rule, {**base, **dict(way)})
        for codes, way, rule in zip(every, ways, rules, strict=True)
    }


@pytest.fixture(scope="module", params=DEPTHS)
def table(request):
    return every_core_answer(DEPTHS[request.param])


def test_the_core_has_49152_combinations(table):
    assert len(table) == 4**4 * 4 * 3 * 4 * 4


def test_every_combination_decides_as_the_design_says(table):
    wrong = [codes for codes, (rule, s) in table.items() if rule.outcome != expected(s)]
    assert wrong == []


SIZES = list(product((None, *numbers("services")), (None, *numbers("teams"))))
"""Services and teams at each number where the table turns, and not said."""


@pytest.mark.parametrize(("services", "teams"), SIZES)
def test_every_size_decides_as_the_design_says(services, teams):
    """With what may stop it, and one need there, open or gone."""
    counts = {"services": services, "teams": teams}
    answers = answers_of(**{name: number for name, number in counts.items() if number is not None})
    core = CORE | dict.fromkeys(SIGNALS, ("no",)) | {"zero_trust": ("yes", "unknown", "no")}
    rules = every_core_answer(answers, core).values()
    assert [(rule.outcome, s) for rule, s in rules if rule.outcome != expected(s)] == []


def test_blockers_never_go_ahead_in_any_combination(table):
    stopping = (("problem_location", "inside"), ("few_services", "yes"))
    stopping += (("platform_owner", "none"), ("measurement_ready", "no"))
    for rule, stated in table.values():
        if any(stated[name] == code for name, code in stopping):
            assert rule.outcome not in RANK


@pytest.mark.parametrize("name", SIGNALS)
def test_a_growing_need_never_moves_down_in_any_combination(table, name):
    assert list(_steps_that(table, name, [("no", "becoming", "yes")], lambda a, b: b < a)) == []


@pytest.mark.parametrize("name", HOLDS)
def test_a_blocker_going_on_never_moves_up_in_any_combination(table, name):
    assert list(_steps_that(table, name, GOING_ON[name], lambda a, b: b > a)) == []


def _steps_that(table, name, ladders, wrong):
    """Combinations where one step on a ladder moves the outcome the wrong way."""
    every, ranks = list(table), [RANK.get(rule.outcome, 0) for rule, _ in table.values()]
    codes, below = CORE[name], list(CORE)[list(CORE).index(name) + 1 :]
    apart = prod(len(CORE[each]) for each in below)
    """How far apart two combinations stand that differ in the next code alone."""
    for lower, upper in chain.from_iterable(map(pairwise, ladders)):
        step = (codes.index(upper) - codes.index(lower)) * apart
        for first in range(codes.index(lower) * apart, len(every), len(codes) * apart):
            stepped = dict(zip(CORE, every[first], strict=True)) | {name: upper}
            assert every[first + step] == tuple(stepped.values())
            for at in range(first, first + apart):
                if wrong(ranks[at], ranks[at + step]):
                    yield every[at], upper


@settings(deadline=None, max_examples=800)
@given(any_answers | likely_answers)
def test_any_answers_decide_as_the_design_says(answers):
    assert outcome_of(PACK, answers)[1] == expected(state(PACK, answers))


@settings(deadline=None, max_examples=300)
@given(any_answers | likely_answers)
def test_beyond_the_core_too_needs_only_lift_and_blockers_only_stop(answers):
    ladders = [(name, ladder, 1) for name, ladder in RISING.items()]
    ladders += [(name, ladder, -1) for name, each in GOING_ON.items() for ladder in each]
    for name, ladder, way in ladders:
        ranks = [
            RANK.get(outcome_of(PACK, answers | answers_of(**{name: code}))[1], 0)
            for code in ladder
        ]
        assert ranks == sorted(ranks, reverse=way < 0), (name, ladder, ranks)


def test_what_the_deep_path_says_reaches_the_rules_that_rest_on_it():
    depths = [DEPTHS[name] for name in ("strong", "passed", "dear", "covered")]
    reached = {rule.id for each in depths for rule, _ in every_core_answer(each).values()}
    assert {"adopt", "adopt_after_pilot", "mtls_only", "hours_say_no", "pilot_passed"} <= reached
