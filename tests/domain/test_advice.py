"""What stands beside the outcome: reasons, blockers, actions, unknowns, shape, the other side."""

from itertools import permutations

import pytest
from hypothesis import given, settings

from bot.domain.answers import deadline, parse_answers
from bot.domain.decision import decide, outcome_of
from bot.domain.decision.adopting import contradictions_in
from bot.domain.decision.facts import facts_of
from bot.domain.decision.looks import Looks
from bot.domain.decision.reasons import blockers_in, reasons_in
from bot.domain.decision.shape import alternatives_in, shape_for
from bot.domain.decision.tax import tax_of
from bot.domain.decision.trials import trials_of
from bot.domain.model import Answer
from bot.domain.pack.condition import Bounds
from bot.domain.pack.vocabulary import COUNTS
from tests.domain.situations import CORE, PACK, SKETCH, answers_of, any_answers, likely_answers
from tests.domain.turning_points import CONDITIONS, STEPS, bounds


def advise(**values):
    return decide(PACK, answers_of(**values))


FACTS = {
    name: facts_of(PACK, parse_answers(PACK, each.answers)) for name, each in PACK.examples.items()
}


def ids(items):
    return [each.id for each in items]


@pytest.mark.parametrize("name", PACK.examples)
def test_every_example_gets_its_advice(name):
    example = PACK.examples[name]
    advice = decide(PACK, parse_answers(PACK, example.answers))
    assert (advice.outcome, advice.rule) == (example.outcome, example.rule)
    assert set(example.reasons) <= set(ids(advice.reasons))
    assert set(example.blockers) == set(ids(advice.blockers))


def test_the_examples_begin_with_the_articles_own_and_reach_every_rule():
    assert len(PACK.examples) >= 22
    assert next(iter(PACK.examples)) == "article" or "article" in PACK.examples
    assert {each.rule for each in PACK.examples.values()} == set(PACK.rules)


COUNTED = {name for name, each in PACK.questions.items() if each.whole} | {*COUNTS}
"""Of what is counted the two numbers next to the one that decides have an example each."""


def _asks_whether_known(name, side, number):
    question = PACK.questions.get(name)
    return question is not None and side == "at_least" and number <= question.least


_BOUNDS = [
    (where, condition, *bound) for where, condition in CONDITIONS for bound in bounds(condition)
]
NUMBERS = [each for each in _BOUNDS if not _asks_whether_known(*each[2:])]
KNOWN = [each for each in _BOUNDS if _asks_whether_known(*each[2:])]


@pytest.mark.parametrize(
    ("where", "condition", "name", "side", "number"),
    NUMBERS,
    ids=[f"{where}-{name}-{side}-{number}" for where, _, name, side, number in NUMBERS],
)
def test_a_number_has_examples_on_either_side(where, condition, name, side, number):
    """All of them turn on which side of it they lie; none can lie below 0."""
    step = STEPS.get(name, 1)
    up = step if side in ("above", "at_most") else -step
    inclusive, beyond = number, number + up
    found = set()
    for facts in FACTS.values():
        ends = [condition.holds(facts | {name: end}) for end in (inclusive, beyond)]
        if facts[name] is not None and ends[0] != ends[1]:
            found.add(facts[name])
    if name in COUNTED:
        assert {inclusive, beyond} <= found, (where, sorted(found))
    else:
        assert len({Bounds(**{side: number}).holds(each) for each in found}) == 2, sorted(found)


@pytest.mark.parametrize(
    ("where", "condition", "name", "side", "number"),
    KNOWN,
    ids=[f"{where}-{name}" for where, _, name, _, _ in KNOWN],
)
def test_what_asks_whether_a_number_is_known_has_examples_of_both(
    where, condition, name, side, number
):
    """All of them turn on it."""
    found = {
        facts[name] is None
        for facts in FACTS.values()
        if condition.holds(facts | {name: None}) != condition.holds(facts | {name: number})
    }
    assert found == {True, False}


def test_the_numbers_that_are_looked_at_are_found():
    asked = {(where, name) for where, _, name, _, _ in KNOWN}
    assert {
        ("to_adopt.worth.2", "teams"),
        ("contradictions.few_yet_many_teams_unknown", "teams"),
    } <= asked
    named = {(where, name, number) for where, _, name, _, number in NUMBERS}
    assert {("small", "services", 10), ("many", "services", 15), ("small", "teams", 1)} <= named
    assert {("mtls_only", "needs", 1), ("library_alone", "unknown_needs", 0)} <= named
    assert {("leave_or_need", "open_needs", 0), ("one_stack", "language_count", 1)} <= named
    assert {("nothing_to_save", "saving_percent", 0), ("drift", "teams", 1)} <= named
    assert {
        ("too_close", "saved_per_mesh_hour", 1.2),
        ("pays_well", "saved_per_mesh_hour", 1.2),
    } <= named
    assert {
        ("slow_payback", "mesh_hours_per_month", 0),
        ("hours_pay", "mesh_hours_per_month", 0),
        ("to_adopt.many.1", "services", 15),
        ("to_adopt.worth.7", "saved_per_mesh_hour", 0.6),
        ("to_adopt.proof.9", "open_now", 1),
    } <= named


def test_the_card_of_the_sketch():
    advice = decide(PACK, SKETCH)
    assert advice.headline == "Not yet: nobody would run it"
    assert advice.because.startswith("Without an owner for upgrades, policy and on-call")
    speaks_for = [each.phrase for each in advice.reasons if each.speaks == "for"]
    assert speaks_for[:2] == ["zero trust everywhere", "one way to manage traffic"]
    assert "10 teams each tune retries" in speaks_for
    assert [each.phrase for each in advice.blockers] == ["no owner"]
    assert advice.actions[0].startswith("Find an owner")
    assert advice.look_again_days


def test_an_adopt_card_opens_with_whose_problem_it_is():
    advice = decide(PACK, parse_answers(PACK, PACK.examples["article"].answers))
    opening = "Service-to-service behaviour has become the platform's problem here."
    assert advice.because.startswith(opening)
    assert advice.title == "Adopt, in stages"


def test_all_blockers_are_listed_whichever_rule_fires():
    advice = decide(PACK, parse_answers(PACK, PACK.examples["everything-stops-it"].answers))
    assert advice.title == "A mesh won't fix this"
    assert [each.question for each in advice.blockers] == [
        "platform_owner",
        "measurement_ready",
        "problem_location",
    ]
    assert all(each.action in advice.actions for each in advice.blockers)


def test_the_goal_without_a_number_is_a_line_on_the_card():
    texts = [each.text for each in advise(zero_trust="yes", driver="identity").reasons]
    assert "Not named yet: one goal with one number." in texts
    vague = advise(driver="identity", success_metric="more secure")
    assert "metric_vague" in ids(vague.reasons)
    assert "goal_missing" not in ids(vague.reasons)


def test_what_a_reason_asks_for_is_said_only_on_the_way_ahead():
    asked = PACK.reasons["goal_missing"].action
    assert (
        asked
        in decide(PACK, parse_answers(PACK, PACK.examples["quick-path-pilot"].answers)).actions
    )
    assert asked not in decide(PACK, parse_answers(PACK, PACK.examples["slow-sql"].answers)).actions


def test_hours_that_pay_only_as_guessed_are_the_other_side_of_adopting():
    article = parse_answers(PACK, PACK.examples["article"].answers)
    assert ids(decide(PACK, article).other_side) == ["hours_rest_on_guesses"]
    measured = {
        name: Answer(value=answer.value, evidence="measured") for name, answer in article.items()
    }
    assert "hours_rest_on_guesses" not in ids(decide(PACK, measured).reasons)


def test_one_language_weakens_the_wish_for_the_same_telemetry():
    one = answers_of(observability="yes") | {"languages": Answer(value=("go",))}
    reasons = {each.id: each for each in decide(PACK, one).reasons}
    assert reasons["one_language"].phrase == "one language needs one library"
    two = one | {"languages": Answer(value=("go", "vendor_sdks"))}
    assert {"many_languages", "vendor_sdks"} <= set(ids(decide(PACK, two).reasons))
    assert "one_language" not in ids(decide(PACK, two).reasons)


def test_identity_alone_leads_with_the_warning_about_mtls():
    advice = decide(PACK, parse_answers(PACK, PACK.examples["mtls-only"].answers))
    assert advice.alternatives[0].need == "Zero trust"
    assert advice.alternatives[0].text.startswith("Encryption alone is a weak reason for a mesh.")


def test_the_other_side_is_made_of_the_teams_own_answers():
    not_yet = decide(PACK, SKETCH)
    assert not_yet.other_side
    assert {each.speaks for each in not_yet.other_side} == {"for"}
    pilot = decide(PACK, parse_answers(PACK, PACK.examples["trust-zones"].answers))
    assert "complex_clusters" in ids(pilot.other_side)
    assert {each.speaks for each in pilot.other_side} == {"against"}


SHAPES = [
    ({"l7_scope": "none"}, "node_connections"),
    ({"l7_scope": "none", "traffic_management": "yes"}, "node_requests"),
    ({"l7_scope": "selective", "restart_tolerance": "yes"}, "node_selective"),
    ({"l7_scope": "everywhere"}, "sidecar"),
    ({"l7_scope": "everywhere", "per_pod_overhead": "fine"}, "sidecar"),
    ({"l7_scope": "everywhere", "per_pod_overhead": "matters"}, "try_both"),
    ({"l7_scope": "everywhere", "restart_tolerance": "no"}, "try_both"),
    ({"restart_tolerance": "no"}, "node_first"),
    ({"per_pod_overhead": "fine"}, "either"),
    (
        {
            "uniform_stack": "yes",
            "shared_library_realistic": "yes",
            "per_pod_overhead": "matters",
            "l7_scope": "everywhere",
        },
        "proxyless",
    ),
]


@pytest.mark.parametrize(("said", "shape"), SHAPES)
def test_where_the_proxy_runs(said, shape):
    advised = shape_for(PACK, trials_of(PACK, answers_of(**said)).facts)
    assert advised.id == shape
    assert advised.rollout.startswith("Rollout: by policy scope")
    assert advised.adds_to_run


def test_every_shape_is_shown_to_be_reached():
    assert {shape for _, shape in SHAPES} == set(PACK.shapes)


def test_without_an_answer_about_proxies_there_is_no_shape():
    assert advise(zero_trust="yes", services=40).shape is None


def test_basic_needs_ask_for_the_simplest_mesh():
    answers = {"few_services": "no", "problem_location": "between", "zero_trust": "yes"}
    answers |= {"platform_owner": "named", "measurement_ready": "yes"}
    assert advise(**answers, l7_scope="none").shape.simplest.startswith(
        "Take the simplest mesh that meets this one need."
    )
    assert advise(**answers, l7_scope="everywhere").shape.simplest == ""
    two = advise(**answers, traffic_management="yes", l7_scope="none")
    assert two.shape.simplest == ""


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ({"pilot_failed_by": "goal"}, "it missed its goal. A second"),
        ({"pilot_failed_by": "budgets"}, "it broke a budget. A second"),
        ({"pilot_failed_by": "both"}, "it missed its goal and broke a budget. A second"),
        ({}, "it missed its goal, broke a budget, or both. A second"),
    ],
)
def test_a_pilot_that_failed_says_by_what_where_that_is_known(by, said):
    advice = advise(pilot_result="failed", platform_owner="named", observability="yes", **by)
    assert advice.rule == "pilot_failed"
    assert said in advice.because
    (blocker,) = [each for each in advice.blockers if each.id == "pilot_failed"]
    assert blocker.text == f"The pilot {said.removeprefix('it ').removesuffix(' A second')}"


def test_the_comparison_table_has_the_teams_own_column():
    rows = advise(
        zero_trust="yes", traffic_management="becoming", observability="no", gateway_enough="yes"
    ).article_table
    assert [row.need for row in rows] == [
        "Zero trust",
        "Traffic control",
        "Same telemetry everywhere",
        "Several clusters",
        "Less retry code",
    ]
    assert rows[3].alternative_when.startswith("Our source, a web article, names none")
    assert [row.you for row in rows] == [
        "Needed today",
        "Needed within a year; the alternative fits",
        "Not needed",
        "Not answered",
        "Not answered",
    ]
    other = advise(driver="identity").article_table
    assert other[4].you == "Not the main reason", "nobody was asked whether it is needed"
    na = {"multi_cluster": Answer(value="na", reason="One cluster.")}
    assert decide(PACK, na).article_table[3].you == "Does not apply"
    assert advise(zero_trust="unknown").article_table[0].you == "Don't know"


def test_unknowns_are_ranked_by_whether_they_can_change_the_outcome():
    advice = decide(PACK, parse_answers(PACK, PACK.examples["owner-unknown"].answers))
    assert advice.unknowns[0] == "platform_owner"
    assert "pilot_result" not in advice.unknowns
    inert = advice.unknowns.index("l7_scope")
    assert inert > advice.unknowns.index("platform_owner")


def test_an_unknown_that_matters_with_another_stands_before_one_that_never_does():
    answers = {"problem_location": "between", "measurement_ready": "yes", "platform_owner": "named"}
    unknown = [name for name in CORE if name not in answers]
    both = [
        (one, two)
        for one, two in permutations(unknown, 2)
        if any(
            _outcome(answers, {one: a, two: b}) != _outcome(answers, {two: b})
            for a in CORE[one]
            for b in CORE[two]
        )
    ]
    advice = advise(**answers)
    ranked = advice.unknowns
    assert both
    asked = [name for name in ranked if PACK.questions[name].unsaid is None]
    assert {one for one, _ in both} <= set(advice.decisive) == set(asked[: len(advice.decisive)])
    assert "l7_scope" not in advice.decisive
    assert "l7_scope" not in Looks(PACK).names
    for one, _ in both:
        assert ranked.index(one) < ranked.index("l7_scope")


def _outcome(answers, more):
    return outcome_of(PACK, answers_of(**answers, **more))[1]


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(likely_answers | any_answers)
def test_an_unknown_that_decides_alone_stands_before_those_that_cannot(answers):
    advice = decide(PACK, answers)
    choices = [name for name in advice.unknowns if PACK.questions[name].kind == "choice"]
    decisive = [_can_decide(answers, name, advice.outcome) for name in choices]
    assert decisive == sorted(decisive, reverse=True)
    missing = {name for name, each in PACK.questions.items() if each.page and _open(answers, name)}
    assert set(advice.unknowns) == missing
    assert len(advice.unknowns) == len(missing)


def _open(answers, name):
    return name not in answers or answers[name].value == "unknown"


def _can_decide(answers, name, outcome):
    codes = [option.code for option in PACK.questions[name].options if option.code != "unknown"]
    return any(
        outcome_of(PACK, answers | answers_of(**{name: code}))[1] != outcome for code in codes
    )


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(any_answers)
def test_same_answers_same_advice_and_always_complete(answers):
    advice = decide(PACK, answers)
    assert advice == decide(PACK, dict(reversed(answers.items())))
    assert advice.headline
    assert advice.because
    assert advice.actions[0]
    assert advice.reasons
    texts = [advice.headline, advice.because, *advice.actions]
    texts += [text for each in advice.reasons for text in (each.text, each.phrase)]
    assert not any("None" in text or "{" in text or "unknown number" in text for text in texts)
    for each in (*advice.reasons, *advice.blockers):
        assert each.source in PACK.sources


def visible(answers):
    facts = trials_of(PACK, answers).facts
    return (
        outcome_of(PACK, answers),
        contradictions_in(PACK, facts),
        reasons_in(PACK, facts),
        blockers_in(PACK, facts),
        shape_for(PACK, facts),
        alternatives_in(PACK, facts),
        tax_of(PACK, answers),
        deadline(answers),
    )


RICH = parse_answers(PACK, PACK.examples["article"].answers) | answers_of(
    l7_scope="everywhere", restart_tolerance="yes", per_pod_overhead="fine", observability="yes"
)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", PACK.questions)
def test_every_question_changes_something_that_is_seen(name):
    question = PACK.questions[name]
    values = {
        "number": [question.least, 7.0, question.most],
        "text": ["vague", "95 % of calls use workload identity"],
        "choices": [(option.code,) for option in question.options],
        "choice": [option.code for option in question.options],
        "date": ["2027-03-01", "2027-06-01"],
    }[question.kind]
    lone = {key: answer for key, answer in RICH.items() if key != "few_services"}
    low = RICH | answers_of(clusters="one", uniform_stack="yes", threat_level="low")
    glue = RICH | answers_of(driver="glue")
    node = RICH | answers_of(l7_scope="selective", restart_tolerance="no", windows_nodes="no")
    there = RICH | answers_of(existing_mesh="linkerd", pilot_result="passed")
    failed = RICH | answers_of(pilot_result="failed")
    bases = (RICH, lone, low, glue, node, there, failed)
    seen = {
        (base, str(visible(start | {name: Answer(value=value)})))
        for base, start in enumerate(bases)
        for value in values
    }
    assert len(seen) > len(bases)


def test_the_advice_prints_with_the_names_of_the_contract():
    shown = decide(PACK, SKETCH).model_dump(mode="json", by_alias=True)
    contract = "outcome rule headline reasons blockers actions flips unknowns tax driver shape"
    assert {*contract.split(), "alternatives", "pack"} <= shown.keys()
    assert set(shown["flips"][0]["changes"][0]) == {"question", "from", "to"}
    assert {"question", "text", "action"} <= shown["blockers"][0].keys()
    assert shown["pack"] == {"name": "meshfit", "version": "1.0"}
