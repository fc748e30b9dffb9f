"""The search for contradictions, against trying everything."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.knowledge import load
from bot.knowledge.solver import Solver
from tests.knowledge.conftest import SMALL

PACK: Pack = load(SMALL)
VALUES = {
    "owner": ("named", "nobody", "unknown"),
    "encrypted": ("yes", "no", "unknown"),
    "services": (None, *range(1, 14), 500),
    "goal": (True, False),
}

tests = st.one_of(
    st.fixed_dictionaries({"owner": st.lists(st.sampled_from(VALUES["owner"]), min_size=1)}),
    st.fixed_dictionaries({"encrypted": st.sampled_from(VALUES["encrypted"])}),
    st.fixed_dictionaries({"goal": st.booleans()}),
    st.fixed_dictionaries({"small": st.booleans()}),
    st.fixed_dictionaries({"tiny": st.booleans()}),
    st.builds(
        lambda bound, limit: {"services": {bound: limit}},
        st.sampled_from(["above", "below", "at_least", "at_most"]),
        st.integers(1, 12),
    ),
)
conditions = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=6,
).map(Condition.model_validate)
demands = st.lists(st.tuples(conditions, st.booleans()), min_size=1, max_size=4)


def situations():
    for values in product(*VALUES.values()):
        facts = dict(zip(VALUES, values, strict=True))
        for name, condition in PACK.facts.items():
            facts[name] = condition.holds(facts)
        yield facts


EVERYTHING = list(situations())


@settings(max_examples=150, deadline=None)
@given(demands)
def test_possible_exactly_when_some_situation_meets_all_demands(demands):
    written = [*(condition for condition, _ in demands), *PACK.facts.values()]
    possible = Solver(PACK, written).possible(demands)
    assert possible == any(
        all(condition.holds(facts) is wanted for condition, wanted in demands)
        for facts in EVERYTHING
    )


@pytest.mark.parametrize(
    ("condition", "possible"),
    [
        ({"languages": ["go"], "not": {"languages": ["java"]}}, True),
        ({"languages": ["go"], "not": {"languages": ["go", "java"]}}, False),
        ({"pays": True, "not": {"pays": True}}, False),
        ({"not": {"any": [{"pays": True}, {"pays": False}]}}, True),
        ({"net_hours": {"above": 1, "below": 1.5}}, True),
        ({"net_hours": {"below": -7}}, True),
        ({"any": []}, True),
    ],
    ids=str,
)
def test_lists_flags_and_figures(condition, possible):
    read = Condition.model_validate(condition)
    assert Solver(PACK, [read]).possible([(read, True)]) is possible
