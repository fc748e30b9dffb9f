"""What Adopt takes, what does not go together, what leads upwards, and what stays due meanwhile."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.domain.decision import decide, outcome_of
from bot.domain.decision.facts import derive, is_open, state
from bot.domain.decision.table import DecisionTable
from bot.domain.decision.worlds import Worlds, each_of
from bot.domain.model import Answer
from tests.domain.situations import CORE, PACK, SKETCH, answers_of, any_answers, likely_answers
from tests.domain.test_table import DEPTHS

NINE = ["outside", "many", "owner", "measuring", "need", "reason", "metric", "worth", "proof"]
RANK = {"adopt": 2, "pilot": 1}
NEEDS = {
    "identity": "zero_trust",
    "traffic": "traffic_management",
    "telemetry": "observability",
    "clusters": "multi_cluster",
}
UP = {
    **{question: {("becoming", "yes")} for question in NEEDS.values()},
    "platform_owner": {("none", "planned"), ("none", "named"), ("planned", "named")},
    "measurement_ready": {("no", "soon"), ("no", "yes"), ("soon", "yes")},
    "trend": {("falling", "rising"), ("flat", "rising")},
}
"""The steps up that the card may name, read a second time."""


def in_tenths(answers):
    """Numbers as people give them: hours are rounded, so what is next to nothing saves nothing."""
    return {
        name: each.model_copy(update={"value": round(each.value, 1)})
        if isinstance(each.value, float)
        else each
        for name, each in answers.items()
    }


def example(name):
    return parse_answers(PACK, PACK.examples[name].answers)


def without_a_mesh(answers):
    return {name: each for name, each in answers.items() if name != "existing_mesh"}


def unmet(advice):
    return [each for each in advice.to_adopt if not each.met]


@pytest.mark.exhaustive
@pytest.mark.parametrize("depth", DEPTHS)
def test_adopt_is_all_nine_in_every_combination_of_core_answers(depth):
    ways = [tuple(zip(CORE, codes, strict=True)) for codes in product(*CORE.values())]
    needed = [*(each.met for each in PACK.to_adopt.values()), PACK.facts["mesh_here"]]
    worlds = Worlds(DecisionTable(PACK, needed), state(PACK, DEPTHS[depth]), ways)
    met = worlds.all
    for each in PACK.to_adopt.values():
        met &= worlds.where(each.met)
    met &= ~worlds.where(PACK.facts["mesh_here"])
    adopt = {at for at, rule in enumerate(worlds.rules()) if rule.outcome == "adopt"}
    assert adopt == set(each_of(met))


@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_adopt_is_all_nine(answers):
    answers = without_a_mesh(answers)
    advice = decide(PACK, answers)
    assert [each.id for each in advice.to_adopt] == NINE
    assert (advice.outcome == "adopt") == (not unmet(advice))
    for each in advice.to_adopt:
        assert each.question is None or (not each.met and each.question in PACK.questions)


def better(answers, question):
    """An answer that makes true what the question is asked for."""
    values = {
        "problem_location": "between",
        "few_services": "no",
        "services": 60,
        "platform_owner": "named",
        "measurement_ready": "yes",
        "success_metric": "Rollbacks from 12 to 4",
        "incidents_per_month": 1000,
        "hours_per_incident": 10_000,
        "teams": 10_000,
        "drift_hours_per_team": 1000,
        "threat_level": "high",
        "trend": "rising",
        "pilot_result": "passed",
        **dict.fromkeys(NEEDS.values(), "yes"),
    }
    facts = derive(PACK, state(PACK, answers))
    if question == "driver":
        named = [need for need in NEEDS if facts[f"{need}_open_now"]]
        return answers_of(driver=(named or ["glue"])[0])
    if question == "mesh_hours_per_month":
        saved = facts["saved_hours"]
        return answers_of(mesh_hours_per_month=1.0) | (
            {question: Answer(value=saved / 1.3)} if saved else {}
        )
    return answers_of(**{question: values[question]})


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_where_nothing_is_out_of_reach_making_it_true_gives_adopt(answers):
    answers = in_tenths(without_a_mesh(answers))
    advice = decide(PACK, answers)
    if not all(each.question for each in unmet(advice)):
        return
    for _ in range(20):
        missing = unmet(advice)
        if not missing:
            break
        assert all(each.question for each in missing), [each.id for each in missing]
        answers = answers | better(answers, missing[0].question)
        advice = decide(PACK, answers)
    assert advice.outcome == "adopt"


@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_no_upward_change_weakens_the_team(answers):
    advice = decide(PACK, answers)
    lift = advice.lift
    if lift is None:
        return
    after = answers | {each.question: Answer(value=each.after) for each in lift.changes}
    then = decide(PACK, after)
    assert RANK.get(then.outcome, 0) > RANK.get(advice.outcome, 0)
    assert then.outcome == lift.outcome
    assert then.contradictions == ()
    assert {each.id for each in then.blockers} <= {each.id for each in advice.blockers}
    for each in lift.changes:
        if each.question == "mesh_hours_per_month":
            assert 0 < each.before / 2 <= each.after < each.before
        else:
            assert (each.before, each.after) in UP[each.question]


@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_flips_upwards_stand_first_and_what_leads_down_last(answers):
    advice = decide(PACK, answers)
    now = RANK.get(advice.outcome, 0)
    moves = [RANK.get(flip.outcome, 0) - now for flip in advice.flips]
    ups = [move > 0 for move in moves]
    assert ups == sorted(ups, reverse=True)
    for flip, move in zip(advice.flips, moves, strict=True):
        assert not (flip.holds_back and move > 0)
        assert flip.holds_back or move >= 0
        worse = {("problem_location", "inside"), ("platform_owner", "none")}
        if move <= 0 and worse & {(each.question, each.after) for each in flip.changes}:
            assert flip.holds_back
    backs = [flip.holds_back for flip in advice.flips]
    assert backs == sorted(backs)


@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_the_line_is_there_where_it_must_be(answers):
    advice = decide(PACK, answers)
    line = advice.upward
    reachable = all(each.question for each in unmet(advice))
    if advice.outcome == "undecided":
        assert line.label in ("Find out first", "These disagree")
    elif advice.outcome == "pilot" or (advice.outcome == "not_yet" and reachable):
        assert line.label == "To reach Adopt"
        order = [each.how for each in sorted(unmet(advice), key=lambda each: _place(each.how))]
        assert order == sorted(order, key=_place)
        if any(each.how == "pilot" for each in unmet(advice)) and reachable:
            assert line.parts[-1] == "a passed pilot"
    else:
        assert line is None
    assert line is None or line.parts


def _place(how):
    return ["answer", "do", "await", "pilot", None].index(how)


NO_CLASH = answers_of(
    zero_trust="yes",
    traffic_management="yes",
    observability="yes",
    multi_cluster="no",
    problem_location="between",
    few_services="no",
    platform_owner="named",
    measurement_ready="yes",
    services=60,
    teams=10,
    clusters="several",
    threat_level="regulated",
    mesh_hours_per_month=20,
    driver="traffic",
    success_metric="Rollbacks from 12 to 4",
    instrumentation_strong="no",
    uniform_stack="no",
) | {"languages": Answer(value=("go", "java"))}
CLASHES = [
    (answers_of(instrumentation_strong="yes"), ("observability", "instrumentation_strong")),
    (answers_of(uniform_stack="yes"), ("uniform_stack", "languages")),
    (answers_of(multi_cluster="yes", clusters="one"), ("multi_cluster", "clusters")),
    (answers_of(few_services="yes"), ("few_services", "services", "teams")),
    (answers_of(services=6, teams=1), ("few_services", "services", "teams")),
    (
        answers_of(success_metric="95 % of calls use workload identity"),
        ("driver", "success_metric"),
    ),
    (answers_of(traffic_management="no"), ("driver", "traffic_management")),
    ({"languages": Answer(value=("go",))}, ("observability", "languages")),
    (
        answers_of(pilot_result="passed", measurement_ready="soon"),
        ("pilot_result", "measurement_ready"),
    ),
    (answers_of(mesh_hours_per_month=0), ("platform_owner", "mesh_hours_per_month")),
]


def test_there_is_no_contradiction_where_there_is_none():
    assert decide(PACK, NO_CLASH).contradictions == ()
    assert decide(PACK, {}).contradictions == ()
    named = {name for name in PACK.examples if decide(PACK, example(name)).contradictions}
    assert named == {
        "all-goals-at-once",
        "encryption-for-an-auditor",
        "few-and-many-at-once",
        "keep-although-they-would-leave",
        "sixteen-yet-few",
        "too-many-for-six",
        "no-hours-to-run-it",
        "one-language-telemetry",
        "nothing-saved-for-no-hours",
        "sixteen-services-teams-unknown",
        "slow-to-set-up-free-to-run",
        "uniform-in-two-languages",
        "uniform-with-vendor-sdks",
    }


@pytest.mark.parametrize(("change", "questions"), CLASHES)
def test_answers_that_do_not_go_together_are_named(change, questions):
    contradictions = decide(PACK, NO_CLASH | change).contradictions
    assert [each.questions for each in contradictions] == [questions]
    assert contradictions[0].text


def test_one_team_may_keep_many_services_consistent():
    answers = NO_CLASH | answers_of(few_services="yes", services=60, teams=1)
    advice = decide(PACK, answers)
    assert (advice.outcome, advice.contradictions) == ("not_yet", ())
    unasked = {name: each for name, each in answers.items() if name != "teams"}
    advice = decide(PACK, unasked)
    assert (advice.outcome, advice.unknowns[0]) == ("undecided", "teams")
    assert advice.upward.parts == ("Teams",)
    assert [each.text.endswith("nobody said.") for each in advice.contradictions] == [True]
    assert decide(PACK, unasked | answers_of(teams=9)).upward.label == "These disagree"


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(any_answers, st.data())
def test_an_answer_adds_only_contradictions_that_name_it(answers, data):
    name = data.draw(st.sampled_from(sorted(answers) or ["services"]))
    before = decide(PACK, {key: each for key, each in answers.items() if key != name})
    after = decide(PACK, answers)
    assert all(
        name in each.questions for each in {*after.contradictions} - {*before.contradictions}
    )
    assert decide(PACK, dict(reversed(answers.items()))).contradictions == after.contradictions


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers, any_answers, any_answers)
def test_what_is_said_to_change_nothing_changes_nothing_with_the_open_answers(given_, more, other):
    advice = decide(PACK, given_)
    filled = given_ | {
        name: each for name, each in more.items() if is_open(PACK.questions[name], given_)
    }
    filled = {name: each for name, each in filled.items() if PACK.questions[name].page} | {
        name: each for name, each in given_.items() if not PACK.questions[name].page
    }
    outcome = outcome_of(PACK, filled)[1]
    idle = [
        name
        for name in advice.unknowns
        if name not in advice.decisive and PACK.questions[name].unsaid is None
    ]
    for name in (*advice.inert, *idle):
        if name in other:
            assert outcome_of(PACK, filled | {name: other[name]})[1] == outcome, name


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_what_leads_to_adopt_is_asked_before_what_does_not(answers):
    advice = decide(PACK, answers)
    asked = {each.question for each in unmet(advice) if each.how == "answer"}
    if not all(each.question for each in unmet(advice)):
        return
    for name in asked & {*advice.unknowns}:
        assert name in advice.decisive


@settings(deadline=None, max_examples=40)
@given(any_answers | likely_answers)
def test_every_open_need_has_alternatives_and_is_asked_whether_they_would_do(answers):
    advice = decide(PACK, answers)
    facts = derive(PACK, state(PACK, answers))
    alternatives = {each.need: each for each in advice.alternatives}
    for name, need in PACK.needs.items():
        assert (need.label in alternatives) == bool(
            facts[f"{name}_open"] or facts[f"{name}_covered"]
        )
        if facts[f"{name}_open"]:
            assert alternatives[need.label].question == "Would this be enough?"
            assert alternatives[need.label].options or name == "glue"
    assert (advice.shape is None) or advice.outcome in (*RANK, "keep")
    duty = facts["mandate"] and advice.outcome not in (*RANK, "keep")
    assert bool(advice.duty) == duty
    assert (PACK.duty.action in advice.actions) == duty


@pytest.mark.parametrize("platform", [each.code for each in PACK.questions["platform"].options])
@pytest.mark.parametrize(("need", "question"), NEEDS.items())
def test_wherever_services_run_something_may_meet_a_need_instead(platform, need, question):
    answers = answers_of(**{question: "yes"}) | {"platform": Answer(value=(platform,))}
    alternatives = {each.need: each for each in decide(PACK, answers).alternatives}
    assert alternatives[PACK.needs[need].label].options


def test_the_duty_stays_and_its_alternatives_are_named():
    advice = decide(PACK, example("audited-without-an-owner"))
    assert advice.duty.startswith("The duty stays")
    assert "WireGuard" in advice.duty
    assert "SPIFFE" in advice.duty


def test_the_line_of_the_sketch():
    advice = decide(PACK, SKETCH)
    assert advice.upward.label == "To reach Adopt"
    assert advice.upward.parts == (
        "answer “Threat level”",
        "a named owner",
        "a passed pilot",
    )
    assert [(each.question, each.after) for each in advice.lift.changes] == [
        ("platform_owner", "named")
    ]


def test_each_way_of_being_covered_speaks_in_its_own_words():
    headlines, texts = set(), set()
    for rule in ("mtls_only", "gateway_alone", "instrumentation_alone", "one_language_alone"):
        name = next(key for key, each in PACK.examples.items() if each.rule == rule)
        advice = decide(PACK, example(name))
        headlines.add(advice.headline)
        texts.add(next(each.text for each in advice.alternatives if not each.question))
    assert len(headlines) == len(texts) == 4
    advice = decide(PACK, example("one-language-telemetry"))
    words = " ".join(
        (advice.headline, advice.because, *(each.text for each in advice.alternatives))
    )
    assert "your own instrumentation" not in words.casefold()
    assert "gateway" not in words


PAYBACK = [
    (None, 25, None),
    (260, 20, 26.0),
    (0, 20, 0.0),
    (100, 30, "never"),
    (100, 45, "never"),
]


@pytest.mark.parametrize(("setup", "mesh", "months"), PAYBACK)
def test_setup_hours_give_a_payback(setup, mesh, months):
    answers = example("slow-payback") | answers_of(mesh_hours_per_month=mesh)
    answers.pop("setup_hours")
    tax = decide(PACK, answers | ({} if setup is None else answers_of(setup_hours=setup))).tax
    assert tax.payback_months == months


def test_a_slow_payback_never_speaks_against_a_duty():
    answers = example("slow-payback")
    assert "slow_payback" in {each.id for each in decide(PACK, answers).reasons}
    due = decide(PACK, answers | answers_of(threat_level="regulated"))
    assert "slow_payback" not in {each.id for each in due.reasons}
    quick = decide(PACK, answers | answers_of(setup_hours=240))
    assert "slow_payback" not in {each.id for each in quick.reasons}


def test_actions_come_in_the_articles_order():
    answers = example("quick-path-pilot") | answers_of(
        platform_owner="planned", measurement_ready="soon"
    )
    actions = decide(PACK, answers).actions
    asked = [PACK.reasons[name].action for name in ("goal_missing", "owner_planned")]
    asked += [PACK.reasons["measuring_soon"].action, PACK.rules["pilot"].action]
    assert [each for each in actions if each in asked] == asked


def test_not_now_never_asks_for_an_owner_who_is_there():
    answers = example("next-year") | answers_of(platform_owner="named", measurement_ready="yes")
    advice = decide(PACK, answers)
    assert advice.rule == "not_now"
    assert not any("owner" in each.casefold() for each in advice.actions)
    covered = decide(PACK, answers | answers_of(traffic_management="yes", gateway_enough="yes"))
    assert covered.rule == "not_now"
    assert "not today" not in covered.because


def test_less_retry_code_shows_what_the_team_said():
    row = decide(PACK, example("article")).article_table[4]
    assert row.you == "40 hours a month in 10 teams"
    answers = example("article") | answers_of(shared_library_realistic="yes")
    assert decide(PACK, answers).article_table[4].you == "40 hours a month in 10 teams"


AT_ONCE = {
    name: each
    for name, each in example("a-fifth-to-spare").items()
    if name not in ("trend", "mesh_hours_per_month")
}
PROOFS = [
    ({}, "mesh_hours_per_month"),
    (answers_of(mesh_hours_per_month=25), "trend"),
    (answers_of(mesh_hours_per_month=25, trend="falling"), "pilot_result"),
    (answers_of(mesh_hours_per_month=26), "pilot_result"),
    (answers_of(mesh_hours_per_month=25, clusters="complex"), "pilot_result"),
    (answers_of(pilot_result="failed"), "pilot_result"),
    (answers_of(trend="flat"), "pilot_result"),
    (answers_of(saving_percent=0), "pilot_result"),
    (answers_of(saving_percent=1), "mesh_hours_per_month"),
    (answers_of(drift_hours_per_team=0, incidents_per_month=0), "pilot_result"),
    (answers_of(drift_hours_per_team=0, hours_per_incident=0), "pilot_result"),
    (answers_of(drift_hours_per_team=0), "mesh_hours_per_month"),
    (answers_of(drift_hours_per_team=1, hours_per_incident=0), "mesh_hours_per_month"),
    (answers_of(drift_hours_per_team=0, incidents_per_month=1), "mesh_hours_per_month"),
]


@pytest.mark.parametrize(("more", "question"), PROOFS)
def test_what_would_prove_it_is_asked_where_an_answer_could(more, question):
    proof = decide(PACK, AT_ONCE | more).to_adopt[-1]
    assert (proof.id, proof.question) == ("proof", question)


WORTHS = [
    (answers_of(mesh_hours_per_month=50), "mesh_hours_per_month"),
    (answers_of(mesh_hours_per_month=50.5), None),
    (answers_of(mesh_hours_per_month=59, pilot_result="passed"), "mesh_hours_per_month"),
    (answers_of(mesh_hours_per_month=61, pilot_result="passed"), None),
    (answers_of(mesh_hours_per_month=0), "mesh_hours_per_month"),
    (answers_of(mesh_hours_per_month=0, saving_percent=0), None),
]


@pytest.mark.parametrize(("more", "question"), WORTHS)
def test_no_less_than_half_of_the_hours_is_asked_for(more, question):
    worth = decide(PACK, AT_ONCE | answers_of(threat_level="low") | more).to_adopt[-2]
    assert (worth.id, worth.met, worth.question) == ("worth", False, question)
