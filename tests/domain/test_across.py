"""Answers of several teams put together, as the pack says: summed, weighed, joined, counted."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from bot.domain.across import across
from bot.domain.answers import parse_answers
from bot.domain.evidence.model import Counted
from bot.domain.model import Answers
from bot.domain.pack import Pack, Question
from tests.shipped import SHIPPED

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return SHIPPED


def teams(pack: Pack, *answers: dict[str, object]) -> list[Answers]:
    return [parse_answers(pack, each) for each in answers]


def counted(value: object) -> dict[str, object]:
    return {"value": value, "evidence": "counted"}


def one(pack: Pack, question: str, *answers: dict[str, object]) -> Counted | None:
    return across(pack, teams(pack, *answers), TODAY).offered.get(question)


def test_numbers_are_summed_over_those_who_said_one_and_the_others_are_told(pack: Pack):
    together = one(pack, "services", {"services": counted(12)}, {"services": 5}, {"teams": 2})
    assert together is not None
    assert (together.value, together.evidence) == (17, "guess")
    assert together.words == "the sum of 2 of 3 teams; 1 did not say"
    sure = one(pack, "services", {"services": counted(12)}, {"services": counted(5)})
    assert sure is not None
    assert (sure.evidence, sure.words) == ("counted", "the sum of 2 of 2 teams")
    assert sure.answer.note == "From teams, 29 Nov 2026: the sum of 2 of 2 teams."
    assert one(pack, "services", {"services": 60_000}, {"services": 60_000}) is None
    assert one(pack, "services", {"teams": 1}) is None


def test_means_are_weighed_so_that_the_hours_add_up(pack: Pack):
    a = {"incidents_per_month": 9, "hours_per_incident": 2, "teams": 1, "drift_hours_per_team": 8}
    b = {"incidents_per_month": 1, "hours_per_incident": 12, "teams": 3, "drift_hours_per_team": 4}
    for each, by, total in (
        ("hours_per_incident", "incidents_per_month", 9 * 2 + 1 * 12),
        ("drift_hours_per_team", "teams", 1 * 8 + 3 * 4),
    ):
        weighed, weight = one(pack, each, a, b), one(pack, by, a, b)
        assert weighed is not None
        assert weight is not None
        assert float(str(weighed.value)) * float(str(weight.value)) == total
    none = {"incidents_per_month": 0, "hours_per_incident": 3}
    assert one(pack, "hours_per_incident", none, {"hours_per_incident": 7}) is None


def test_choices_are_joined_needs_counted_and_the_rest_asked_anew(pack: Pack):
    put_together = across(
        pack,
        teams(
            pack,
            {"languages": ["go"], "zero_trust": "yes", "platform_owner": "named"},
            {"languages": ["java", "go"], "zero_trust": "becoming", "mesh_hours_per_month": 8},
            {"zero_trust": {"value": "na", "reason": "no calls"}, "measurement_ready": "yes"},
            {"zero_trust": "yes"},
            {"saving_percent": 40},
        ),
        TODAY,
    )
    assert put_together.offered["languages"].value == ("go", "java")
    assert put_together.seen["zero_trust"] == (
        "Yes, today: 2 of 5 · Not yet, but within a year: 1 of 5 · Does not apply: 1 of 5 · "
        "not answered: 1 of 5"
    )
    anew = {"platform_owner", "measurement_ready", "mesh_hours_per_month", "saving_percent"}
    assert not anew & (put_together.offered.keys() | put_together.seen.keys())
    assert across(pack, [], TODAY).seen == {}


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "choice", "across": "sum"},
        {"kind": "number", "across": "join"},
        {"kind": "number", "across": "mean"},
        {"kind": "number", "across": "sum", "across_by": "teams"},
    ],
)
def test_the_pack_says_a_way_that_fits_the_question(said: dict[str, str]):
    with pytest.raises(ValidationError, match="across"):
        Question(id="q", label="How many?", short="Many", **said)
