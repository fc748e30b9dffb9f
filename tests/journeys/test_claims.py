"""The guard that reads every story's screens would notice a claim without its act."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.store.export import export
from playground.screen import texts
from tests.blocks.gallery import gallery
from tests.journeys.acts import Act, acts
from tests.journeys.claims import Said, claimed, meant, mentioning, more_than, unclaimed, untrue
from tests.journeys.house import House
from tests.journeys.story import card, names_owner, shares_quick_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("*Owner:* <@U0CLEO>, who accepted.", ("owner", "U0CLEO", "")),
        ("*Owner:* <@U0CLEO>, who accepted all 4 roles", ("role", "U0CLEO", "")),
        ("<@U0CLEO> accepted to own this, with time set aside.", ("owner", "U0CLEO", "")),
        ("*Exception:* old until 1 Jan, approved by <@U0BEN>: why", ("approved", "U0BEN", "old")),
        ("• Upgrades: <@U0BEN> (accepted), backup <@U0ANA>", ("role", "U0BEN", "Upgrades")),
        ("• Owner: <@U0BEN> says nobody", ("answered", "U0BEN", "Owner")),
        ("• Owner (the team has none yet): <@U0BEN> says no", ("answered", "U0BEN", "Owner")),
        ("<@U0CLEO> will not be the owner. Why: no time", ("declined owner", "U0CLEO", "")),
        ("• <@U0CLEO> said no. Why: no time", ("declined role", "U0CLEO", "")),
        (
            "<@U0BEN> refused a new date of the exception for old.",
            ("declined approved", "U0BEN", "old"),
        ),
        (
            "updated today · still true <!date^1^x|1 Jan> (<@U0ANA>) · rules",
            ("still true", "U0ANA", ""),
        ),
        ("Record 0002: Confirmed by <@U0ANA>.", ("confirmed", "U0ANA", "0002")),
        ("reached 96 % (measured, <@U0ANA>, today)", ("measured", "U0ANA", "96")),
        (
            "Fewer rollbacks | Aim: 7 % | 6.5 % | Pass. Before 10 %. Measured by <@U0ANA> on 1 Jan",
            ("measured", "U0ANA", "6.5"),
        ),
        ("Shows on 1 Jan, to be measured by <@U0BEN>, who accepted.", ("measurer", "U0BEN", "")),
        ("☑ *3. Measure*\n_Ticked by <@U0BEN>, today._", ("ticked", "U0BEN", "Measure")),
        ("(closed by <@U0BEN>, today)", ("ended", "U0BEN", "")),
        ("*A round closed by <@U0BEN> on 1 Jan*", ("closed", "U0BEN", "")),
    ],
)
def test_a_claim_is_read_where_it_stands(text: str, said: tuple[str, str, str]):
    assert claimed(text) == {said}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("You accepted to run the mesh of <#C0PAYMENTS>.", ("owner", "U0CLEO", "")),
        (
            "You approved the exception for old in <#C0PAYMENTS>.",
            ("approved", "U0CLEO", "old"),
        ),
        ("You took it on in <#C0PAYMENTS>: Find an owner", ("took", "U0CLEO", "Find an owner")),
        ("You said no to what you were asked for in the pilot", ("declined role", "U0CLEO", "")),
        ("You are not asked any more to approve an exception: that was taken back.", None),
    ],
)
def test_what_is_said_to_somebody_alone_is_said_of_them(
    text: str, said: tuple[str, str, str] | None
):
    assert claimed(text, "U0CLEO") == ({said} if said else set())


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            "Owner: Ana Reyes (U0ANA), U0BEN, who accepted.",
            {("owner", "U0ANA", ""), ("owner", "U0BEN", "")},
        ),
        ('decision-makers: "Ana Reyes (U0ANA)"', {("decided", "U0ANA", "")}),
        ('consulted: "Ana Reyes (U0ANA)"', {("answered", "U0ANA", "")}),
        (
            "<tr><td>Upgrades</td><td>ben (U0BEN)</td><td>-</td><td>yes</td></tr>",
            {("role", "U0BEN", "Upgrades")},
        ),
        ("<tr><td>Upgrades</td><td>U0BEN</td><td>-</td><td>no</td></tr>", set()),
        (
            "<td>ledger</td><td>old</td><td>approved by Ben Okafor (U0BEN)</td>",
            {("approved", "U0BEN", "ledger")},
        ),
        (
            "<li>Budgets sealed, version 1 (ab12), by U0BEN on 1 Nov 2026.</li>",
            {("sealed", "U0BEN", "1")},
        ),
    ],
)
def test_a_report_and_a_record_claim_the_same(document: str, said: set[tuple[str, str, str]]):
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
    assert unclaimed("<@U0X> answered")
    assert not unclaimed("<@U0X> was asked by <@U0X> and has not answered")
    assert more_than(1, "2 people answered")
    assert not more_than(2, "2 people answered")


COUNTING = {"count": "3 people", "len": "3", "answered": "3", "asked": "3"}
"""What gives a number and no person, by the name of a function or a field."""


def gap(part: ast.expr) -> str:
    """What stands where a sentence has a gap: a number where it counts, else somebody."""
    held = part.value if isinstance(part, ast.FormattedValue) else part
    called = held.func if isinstance(held, ast.Call) else held
    name = getattr(called, "attr", getattr(called, "id", ""))
    return COUNTING.get(name, "<@U0X>")


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
            text = "".join(
                str(p.value) if isinstance(p, ast.Constant) else gap(p) for p in each.values
            )
        elif isinstance(each, ast.Constant) and id(each) not in docs | parts:
            text = str(each.value)
        yield from (line for line in text.split("\n") if " " in line)


@pytest.mark.parametrize(
    ("text", "place", "held"),
    [
        ("• Upgrades: <@U0BEN> (accepted)", "C1", True),
        ("• Upgrades: <@U0BEN> (accepted)", "C2", False),
        ("• Policy writer: <@U0BEN> (accepted)", "C1", False),
        ("*Owner:* <@U0BEN>, who accepted.", "C1", False),
        ("*Exception:* a &lt;b&gt; until 1 Jan, approved by <@U0BEN>: why", "C1", True),
        ("*Exception:* other until 1 Jan, approved by <@U0BEN>: why", "C1", False),
        ("You approved the exception for a &lt;b&gt; in <#C1>.", "D1", True),
        ("You approved the exception for a &lt;b&gt; in <#C2>.", "D1", False),
    ],
)
def test_an_act_answers_for_no_other_thing_nor_place(text: str, place: str, held: bool):
    done = [Act("role", "U0BEN", ("Upgrades",), "C1"), Act("approved", "U0BEN", ("a <b>",), "C1")]
    (said,) = claimed(text, "U0BEN")
    assert said.is_held(done, meant(text, place)) is held


def test_to_be_asked_is_no_claim():
    asked = (
        "<@U0CLEO> was asked by <@U0ANA> and has not answered. <@U0BEN> (asked, has not answered)"
    )
    assert claimed(asked) == set()


def test_without_rows_nobody_did_anything(house: House):
    assert acts([]) == set()
    ana, cleo = house.slack.person("ana"), house.slack.person("cleo")
    shares_quick_path(ana)
    cleo.presses("I own this", on=names_owner(ana, cleo))
    message = card(ana).message
    assert Said("owner", "U0CLEO") in claimed(message.text)
    rows = [each for each in export(house.db) if "row" in each]
    assert untrue([(message.text, "", message.channel)], rows) == []
    assert [each for each, _ in untrue([(message.text, "", "C0PLATFORM")], rows)] != []
