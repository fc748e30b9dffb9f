"""A round's close where much was said: what must stand stands, what is left out is counted."""

from __future__ import annotations

from bot.blocks import round_result
from bot.domain.model import Answer
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.rounds.agreeing import spreads, withheld
from bot.domain.rounds.model import (
    AnswerSide,
    AtClose,
    Came,
    Outlook,
    RoundAnswer,
    Spread,
)
from bot.domain.team import TeamAnswer
from playground.strict.payloads import check_message
from tests.blocks.rounds_gallery import OF_A_ROUND, a_round
from tests.blocks.widest import AT, ID, PERSON
from tests.shipped import SHIPPED

X = "\N{MULTIPLICATION SIGN}"
OWNER = "platform_owner"
TEAM = TeamAnswer(question=OWNER, answer=Answer(value="named"), respondent=PERSON, at=AT)


def side(value: str | float, many: int = 1, reasons: tuple[str, ...] = ()) -> AnswerSide:
    """Without names."""
    return AnswerSide(
        id=f"{value}"[:8],
        answer=Answer(value=value),
        many=many,
        people=(),
        reasons=tuple(("", each) for each in reasons),
    )


AT_CLOSE = AtClose(agreed=(), counted=(), beside=False)


def drawn(*shown: Spread, came_to: AtClose = AT_CLOSE) -> tuple[list[str], list[str]]:
    """(Each section's text, each button's label) of an anonymous round's close."""
    round_ = a_round(names="anonymous", closed_at=AT, assessment=ID, at_close=came_to)
    came = Came(round=round_, spreads=shown, team={OWNER: TEAM}, can_take=True)
    said = round_result.result(SHIPPED, came)
    check_message(said)
    blocks = said["blocks"]
    labels = [
        each["text"]["text"] for b in blocks if b["type"] == "actions" for each in b["elements"]
    ]
    return [b["text"]["text"] for b in blocks if b["type"] == "section"], labels


def two_sides(spread: str, many: int) -> Spread:
    """Two sides, the greater with so many reasons as long as the form takes."""
    long = tuple(f"{at:02} " + "&" * 490 + " end" for at in range(many))
    return Spread(
        question=spread,
        sides=(side("planned", many, long), side("none", 1, ("only <me>",))),
        abstained=3,
    )


def test_a_reason_stands_whole_as_long_as_the_form_takes_it() -> None:
    text = "\n".join(drawn(two_sides(OWNER, 2))[0])
    assert text.count("&amp; end”") == 2
    assert "left out" not in text


def test_sides_abstainers_and_the_teams_answer_stand_however_long_the_reasons_are() -> None:
    others = [each.id for each in OF_A_ROUND if each.id in SHIPPED.questions and each.id != OWNER]
    sections, _ = drawn(*(two_sides(each, 39) for each in (OWNER, *others[:15])))
    owner = "\n".join(sections).partition("*Owner*")[2].partition("\n*")[0]
    assert f"• 39 {X} agreed\n    “00 &amp;" in owner
    assert f"• 1 {X} nobody\n    “only &lt;me&gt;”" in owner
    assert "Not the area of 3." in owner
    assert "The team's answer: *named*" in owner
    shown = owner.count(" end”")
    assert shown >= 1
    assert f"{39 - shown} reasons left out here" in owner


def test_where_each_says_otherwise_nobody_is_said_to_be_alike() -> None:
    none, two = ((side("planned", many), side("none")) for many in (1, 2))
    assert "*Owner*: no two of 2 alike" in drawn(Spread(question=OWNER, sides=none))[0][1]
    assert "*Owner*: 2 of 3 alike" in drawn(Spread(question=OWNER, sides=two))[0][1]


def test_every_answer_has_its_button_and_beyond_fifty_it_is_said_how_the_rest_is_taken() -> None:
    numbers = tuple(side(float(at)) for at in range(10, 70))
    few, labels = drawn(Spread(question=MESH_HOURS, sides=numbers[:30]))
    assert len(labels) == 30
    assert "\n".join(few).count(f"• 1 {X}") == 30
    assert "left out" not in "\n".join(few)
    many, labels = drawn(Spread(question=MESH_HOURS, sides=numbers))
    assert len(labels) == 50
    rest = "10 more answers by 10 people left out here. To take one of them, use *Change answers*"
    assert rest in "\n".join(many)


def test_of_a_question_that_too_few_answered_only_their_number_is_shown() -> None:
    said = [RoundAnswer(person=f"U{at}", question=OWNER, answer=None) for at in range(3)]
    alone = RoundAnswer(person="U9", question=OWNER, answer=Answer(value="none", note="my words"))
    (spread,) = spreads([OWNER], [*said, alone], named=False)
    assert not spread.agreed
    sections, labels = drawn(spread)
    text = "\n".join(sections)
    assert "*Owner*: 1 answer. Too few to show what they say" in text
    assert "Not the area of 3." in text
    assert "nobody" not in text
    assert "my words" not in text
    assert labels == []
    assert withheld([*said, alone], named=False) == {OWNER: 1}
    assert withheld([*said, alone], named=True) == {}
    (gone,) = spreads([OWNER], said, named=False, withheld={OWNER: 1})
    assert gone == spread, "it is told alike once what was said is gone"
    assert spreads([OWNER], [alone], named=True)[0].many == 1
    four = [each.model_copy(update={"answer": alone.answer}) for each in [*said, alone]]
    assert spreads([OWNER], four, named=False)[0].agreed


def test_what_was_alike_stands_whole_and_outcomes_that_do_not_fit_are_counted() -> None:
    asked = [each.id for each in OF_A_ROUND if each.id in SHIPPED.questions]
    who = {"abstained": 40, "abstainers": (PERSON,) * 40}
    alike = [Spread(question=each, sides=(side("x", 2),), **who) for each in asked]
    outcomes = tuple(Outlook(headline=f"{at} {'x' * 240}", many=2) for at in range(20))
    came_to = AtClose(agreed=tuple(asked), counted=outcomes, beside=True)
    text = "\n".join(drawn(*alike, came_to=came_to)[0])
    assert all(f"• {SHIPPED.questions[each].short}: " in text for each in asked)
    assert text.count(f"<@{PERSON}>") == 40 * len(asked) == 640
    shown = text.count(f"2 {X} ")
    assert 0 < shown < 20
    assert f"and {2 * (20 - shown)} people whose outcomes do not fit here." in text


def test_outcomes_of_before_are_not_said_to_leave_out_what_they_were_made_of() -> None:
    few = Spread(question=OWNER, sides=(), unshown=1)
    counted = {"agreed": (), "counted": [{"headline": "Keep", "many": 4}], "beside": False}
    before, now = (AtClose.model_validate({**counted, **more}) for more in ({}, {"left_out": True}))
    assert "alone would come to:*" in drawn(few, came_to=before)[0][0]
    assert "come to, leaving out what too few answered:*" in drawn(few, came_to=now)[0][0]
