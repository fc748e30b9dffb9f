"""The guard that reads every story's screens would notice a claim without its act."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from playground.screen import texts
from tests.blocks.gallery import gallery
from tests.journeys.claims import CLAIMS, acts, claimed, mentioning, more_than, unclaimed
from tests.journeys.house import House
from tests.journeys.story import card, names_owner, shares_quick_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*Owner:* <@U0CLEO>, who accepted.", ("accepted", "U0CLEO")),
        ("<@U0CLEO> owns this, with time set aside.", ("accepted", "U0CLEO")),
        ("*Exception:* old until 1 Jan, approved by <@U0BEN>: why", ("approved", "U0BEN")),
        ("<@U0CLEO> will not be the owner. Why: no time", ("declined", "U0CLEO")),
        ("• <@U0CLEO> said no. Why: no time", ("declined", "U0CLEO")),
        ("<@U0BEN> refused a new date of the exception for old.", ("declined", "U0BEN")),
        ("updated today · still true <!date^1^x|1 Jan> (<@U0ANA>) · rules", ("confirmed", "U0ANA")),
        ("reached 96 % (measured, <@U0ANA>, today)", ("measured", "U0ANA")),
    ],
)
def test_a_claim_is_read_where_it_stands(text: str, said: tuple[str, str]):
    assert claimed(text) == {said}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("You accepted to run the mesh of <#C0PAYMENTS>.", ("accepted", "U0CLEO")),
        ("You approved the exception in <#C0PAYMENTS>.", ("approved", "U0CLEO")),
        ("You took it on in <#C0PAYMENTS>: Find an owner", ("took", "U0CLEO")),
        ("You said no to what you were asked for in the pilot", ("declined", "U0CLEO")),
        ("You are not asked any more to approve an exception: that was taken back.", None),
    ],
)
def test_what_is_said_to_somebody_alone_is_said_of_them(text: str, said: tuple[str, str] | None):
    assert claimed(text, "U0CLEO") == ({said} if said else set())


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            "Owner: Ana Reyes (U0ANA), U0BEN, who accepted.",
            {("accepted", "U0ANA"), ("accepted", "U0BEN")},
        ),
        ('decision-makers: "Ana Reyes (U0ANA)"', {("decided", "U0ANA")}),
        ('consulted: "Ana Reyes (U0ANA)"', {("answered", "U0ANA")}),
        ("<tr><td>Upgrades</td><td>U0BEN</td><td>-</td><td>yes</td></tr>", {("accepted", "U0BEN")}),
        ("<tr><td>Upgrades</td><td>U0BEN</td><td>-</td><td>no</td></tr>", set()),
        ("<td>ledger</td><td>old</td><td>approved by U0BEN</td>", {("approved", "U0BEN")}),
        (
            "<li>Budgets sealed, version 1 (ab12), by U0BEN on 1 Nov 2026.</li>",
            {("sealed", "U0BEN")},
        ),
    ],
)
def test_a_report_and_a_record_claim_the_same(document: str, said: set[tuple[str, str]]):
    assert claimed(mentioning(document)) == said


def test_no_sentence_says_that_somebody_did_something_without_being_held_to_it():
    """A new screen is met here by what it says: its sentence is a claim with an act, or none."""
    rooms = [Path(bot.__file__).parent / each for each in ("blocks", "documents")]
    every = {line for room in rooms for path in room.rglob("*.py") for line in sentences(path)}
    drawn = {
        line
        for _, payload in gallery()
        for text in texts(payload["blocks"])
        for line in text.split("\n")
        if "<@" in line
    }
    assert len(every) > 1000
    assert [each for each in sorted(every | drawn) if unclaimed(each)] == []


def test_a_sentence_that_says_more_than_is_held_is_found():
    assert unclaimed("*Agreed:* <@U0X> confirmed the plan")
    assert unclaimed("<@U0X> has approved this")
    assert not unclaimed("<@U0X> was asked by <@U0X> and has not answered")
    assert more_than(1, "2 people answered")
    assert not more_than(2, "2 people answered")


def sentences(path: Path) -> Iterator[str]:
    """The lines of text of a module, with a mention in each gap; no ids, no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    parts = {
        id(part)
        for each in ast.walk(tree)
        if isinstance(each, ast.JoinedStr)
        for part in each.values
    }
    for each in ast.walk(tree):
        text = ""
        if isinstance(each, ast.JoinedStr):
            said = (str(p.value) if isinstance(p, ast.Constant) else "<@U0X>" for p in each.values)
            text = "".join(said)
        elif isinstance(each, ast.Constant) and id(each) not in docs | parts:
            text = str(each.value)
        yield from (line for line in text.split("\n") if " " in line)


def test_to_be_asked_is_no_claim():
    asked = (
        "<@U0CLEO> was asked by <@U0ANA> and has not answered. <@U0BEN> (asked, has not answered)"
    )
    assert claimed(asked) == set()


def test_without_rows_nobody_did_anything(house: House):
    assert acts([]) == {kind: set() for kind in CLAIMS}
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    shares_quick_path(ana)
    cleo.presses("I own this", on=names_owner(ana, cleo))
    assert ("accepted", "U0CLEO") in claimed(card(ana).message.text)
