"""Many worlds decided in one pass are decided like each of them alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.decision.facts import derive, state
from bot.domain.decision.flips import flips_of
from bot.domain.decision.looks import PACKS, once_a_pack, told_in
from bot.domain.decision.rules import fired
from bot.domain.decision.table import DecisionTable
from bot.domain.decision.trials import Trials, trials_of
from bot.domain.decision.unknowns import unknowns_of
from bot.domain.decision.worlds import Worlds, each_of
from bot.domain.pack.condition import Condition
from tests.domain.situations import PACK, answers_of, any_answers, likely_answers

CONDITIONS = [
    *PACK.facts.values(),
    *(point.when for point in (*PACK.reasons.values(), *PACK.blockers.values())),
    *(shape.when for shape in PACK.shapes.values()),
]
TABLE = DecisionTable(PACK, CONDITIONS)


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=40)
@given(likely_answers, st.lists(any_answers, min_size=1, max_size=12))
def test_each_world_has_the_facts_and_the_rule_that_it_has_alone(answers, others):
    stated = state(PACK, answers)
    variations = [
        tuple((name, fact) for name, fact in state(PACK, other).items() if name in other)
        for other in others
    ]
    worlds = Worlds(TABLE, stated, variations)
    alone = [derive(PACK, {**stated, **dict(changes)}) for changes in variations]
    assert worlds.rules() == [fired(PACK, facts) for facts in alone]
    for condition in (*CONDITIONS, *(rule.when for rule in PACK.rules.values())):
        holds = [at for at, facts in enumerate(alone) if condition.holds(facts)]
        assert list(each_of(worlds.where(condition))) == holds


@pytest.mark.exhaustive
@settings(deadline=None, max_examples=300)
@given(any_answers | likely_answers)
def test_a_single_world_has_the_facts_of_the_definition(answers):
    stated = state(PACK, answers)
    assert Worlds(TABLE, stated, ((),)).last() == derive(PACK, stated)


def test_no_world_has_no_rule():
    assert Worlds(TABLE, state(PACK, {}), []).rules() == []


@settings(deadline=None, max_examples=40)
@given(likely_answers, st.floats(0, 500), st.sampled_from(["teams", "services", "saving_percent"]))
def test_what_is_kept_for_a_number_is_what_it_leads_to(answers, number, question):
    stated = state(PACK, answers)
    trials = Trials(PACK, stated)
    trials.foresee([((question, float(near)),) for near in range(0, 500, 7)])
    expected = fired(PACK, derive(PACK, {**stated, question: number}))
    assert trials.rule((question, number)) == expected


@settings(deadline=None, max_examples=10)
@given(likely_answers | any_answers)
def test_what_is_tried_at_once_comes_to_what_each_of_it_comes_to_alone(answers):
    trials = trials_of(PACK, answers)
    ways, pairs = trials.space.ways, trials.space.tried.pairs.two
    alone = [changes for _, changes in ways]
    tried = [*alone, *(alone[one] + alone[two] for one, two in pairs), ()]
    assert trials.worlds.rules() == Worlds(TABLE, trials.stated, tried).rules()
    assert (trials.facts, trials.now) == (facts := derive(PACK, trials.stated), fired(PACK, facts))


@settings(deadline=None, max_examples=40)
@given(likely_answers | any_answers)
def test_what_is_told_beside_the_rule_is_what_the_facts_say(answers):
    facts = trials_of(PACK, answers).facts
    told = list(told_in(PACK))
    assert [facts.holds(each) for each in told] == [each.holds(facts) for each in told]
    assert any(map(facts.holds, told))


def test_on_a_quick_page_the_table_is_read_once():
    answers = answers_of(zero_trust="yes", platform_owner="none", measurement_ready="yes")
    trials = trials_of(PACK, answers)
    flips_of(PACK, answers, trials)
    unknowns_of(PACK, answers, trials)
    assert trials.count == trials.space.many


def test_facts_of_one_world_count_what_is_needed_and_what_is_covered():
    answers = answers_of(
        zero_trust="yes",
        clusters="one",
        uniform_stack="yes",
        threat_level="low",
        traffic_management="becoming",
        observability="unknown",
        multi_cluster="no",
        languages=("go",),
    )
    facts = derive(PACK, state(PACK, answers))
    assert (facts["needs"], facts["open_needs"], facts["open_now"]) == (2, 1, 0)
    assert (facts["unknown_needs"], facts["language_count"]) == (1, 1)
    assert (facts["covered_by_one_stack"], facts["covered_by_one_language"]) == (True, False)
    flags = ("now", "soon", "covered", "open", "open_now")
    assert [facts[f"identity_{flag}"] for flag in flags] == [True, False, True, False, False]
    assert [facts[f"traffic_{flag}"] for flag in flags] == [False, True, False, True, False]


def nested(levels: int) -> Condition:
    inner = Condition.model_validate({"services": {"above": 3}})
    for _ in range(levels):
        inner = Condition.model_validate({"not": inner})
    return inner


def test_what_is_long_or_deep_is_read_like_anything_else():
    def every(key: str, way: str) -> Condition:
        each = [{"services": {way: at}, "teams": {"at_least": 1}} for at in range(3000)]
        return Condition.model_validate({key: each})

    wide = [every(key, way) for key in ("any", "all") for way in ("above", "below")]
    conditions = [*wide, nested(299), nested(300)]
    stated = state(PACK, answers_of(teams=2))
    variations = [(("services", float(many)),) for many in (0, 1, 3, 4, 2999, 3000)]
    worlds = Worlds(DecisionTable(PACK, conditions), stated, variations)
    for condition in conditions:
        holds = [condition.holds({**stated, **dict(changes)}) for changes in variations]
        assert list(each_of(worlds.where(condition))) == [at for at, so in enumerate(holds) if so]


def test_packs_that_take_turns_are_read_once_each():
    read, packs = [], [PACK.model_copy() for _ in range(PACKS + 1)]
    made = once_a_pack(lambda pack: (read.append(pack), pack)[1])
    for _ in range(2):
        assert all(made(pack) is pack for pack in packs[:PACKS])
    assert len(read) == PACKS
    assert made(packs[PACKS]) is packs[PACKS]
    assert made(packs[0]) is packs[0]
    assert len(read) == PACKS + 2
