"""Budgets before the first run: one digest for the same terms, amendments in the open."""

import hashlib
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.model import Seal
from bot.domain.pilot.seal import (
    amend,
    canonical,
    changes,
    default_limits,
    digest_of,
    intact,
    limits_of,
    seal,
)
from bot.errors import BadAnswers, BadInput, Refused
from tests.domain.pilots import DAY_ONE, SEAL
from tests.domain.situations import PACK

LIMITS = st.dictionaries(st.sampled_from(list(PACK.budgets)), st.floats(0, 1e6), min_size=1)


def sealed(limits):
    return seal(PACK, limits, by="U1", at=DAY_ONE)


def amended(limits, reason="The load is higher than we thought.", seals=(SEAL,)):
    at = DAY_ONE + timedelta(days=2)
    return amend(PACK, seals, limits, by="U2", at=at, reason=reason)


@given(LIMITS, st.randoms())
def test_the_digest_does_not_depend_on_the_order(limits, random):
    shuffled = list(limits)
    random.shuffle(shuffled)
    one, other = sealed(limits), sealed({name: limits[name] for name in shuffled})
    assert one == other
    backwards = dict(reversed(one.terms.items()))
    assert digest_of(backwards) == one.digest


@given(LIMITS, LIMITS)
def test_two_sets_of_limits_have_one_digest_only_if_they_are_the_same(one, other):
    same = sealed(one).terms == sealed(other).terms
    assert (sealed(one).digest == sealed(other).digest) is same


@given(LIMITS)
def test_a_seal_survives_being_stored(limits):
    kept = Seal.model_validate_json(sealed(limits).model_dump_json())
    assert kept == sealed(limits)
    assert intact(kept)
    assert limits_of(kept) == limits


def test_a_whole_number_and_the_same_float_are_one_limit():
    assert sealed({"p95_added": 10}).digest == sealed({"p95_added": 10.0}).digest


def test_anybody_can_work_the_digest_out_again():
    text = canonical(SEAL.terms)
    assert json.loads(text)["p95_added"] == {
        "change": "absolute", "drill": None, "limit": 10.0, "metric": "p95", "noise": 0.0,
        "unit": "ms",
    }  # fmt: skip
    assert " " not in text.replace("percentage points", "")
    assert hashlib.sha256(text.encode()).hexdigest().startswith(SEAL.digest)
    assert len(SEAL.digest) == 12


def test_terms_that_were_moved_by_hand_do_not_match():
    loose = SEAL.terms["p95_added"].model_copy(update={"limit": 1000.0})
    forged = SEAL.model_copy(update={"terms": {**SEAL.terms, "p95_added": loose}})
    assert intact(SEAL)
    assert not intact(forged)


def test_the_defaults_are_those_of_the_pack():
    assert limits_of(SEAL) == {each.id: each.limit for each in PACK.budgets.values()}


@pytest.mark.parametrize(("limits", "field"), [
    ({"p95_aded": 3}, "p95_aded"),
    ({"p95_added": float("nan")}, "p95_added"),
    ({"p95_added": float("inf")}, "p95_added"),
    ({"payroll_minutes": -1}, "payroll_minutes"),
    ({"p95_percent": -100}, "p95_percent"),
])  # fmt: skip
def test_a_limit_that_cannot_be_is_named_beside_its_field(limits, field):
    with pytest.raises(BadAnswers) as caught:
        sealed({**limits, "error_rate": 1})
    assert list(caught.value.faults) == [field]


def test_a_mesh_may_be_asked_to_improve_things():
    assert limits_of(sealed({"p95_added": -5, "p95_percent": -10}))["p95_added"] == -5


def test_nothing_cannot_be_sealed():
    with pytest.raises(BadInput, match="at least one budget"):
        sealed({})


def test_an_amendment_is_dated_and_says_who_and_why():
    second = amended({**default_limits(PACK), "p95_added": 20})
    assert (second.version, second.by, second.at) == (2, "U2", DAY_ONE + timedelta(days=2))
    assert second.reason == "The load is higher than we thought."
    assert second.digest != SEAL.digest


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_amendment_needs_a_reason(reason):
    with pytest.raises(BadInput, match="Say why"):
        amended({"p95_added": 20}, reason)


def test_an_amendment_that_changes_nothing_is_refused():
    with pytest.raises(Refused, match="nothing to amend"):
        amended(default_limits(PACK))


def test_what_an_amendment_changed_is_told_with_its_direction():
    limits = default_limits(PACK)
    del limits["memory_node"]
    second = amended(limits | {"p95_added": 20, "p50_added": 1})
    third = amended(default_limits(PACK), seals=(SEAL, second))
    by_budget = {
        each.budget: (each.before, each.after, each.looser) for each in changes(SEAL, second)
    }
    assert by_budget == {
        "p50_added": (3, 1, False),
        "p95_added": (10, 20, True),
        "memory_node": (15, None, True),
    }
    back = {each.budget: (each.before, each.after, each.looser) for each in changes(second, third)}
    assert back["memory_node"] == (None, 15, False)
    assert third.version == 3
    assert third.digest == SEAL.digest


@given(LIMITS, LIMITS)
def test_changes_are_what_differs_and_nothing_else(one, other):
    moved = {each.budget for each in changes(sealed(one), sealed(other))}
    assert moved == {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
