"""A question whose answers differ at a round's close: every side with its count, then reasons."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.pages import brief
from bot.blocks.values import RoundSide
from bot.blocks.words import capital, cut, day, escaped, person
from bot.domain.pack import Pack
from bot.domain.rounds.model import AnswerSide, Came, Spread
from bot.domain.words import count

A_ROW = 25
"""Buttons of a row."""
MOST_SIDES = 2 * A_ROW
"""Of one question; two rows for each fit beside sixteen questions."""
_MOST_NAMES = 40
_A_SECTION = 3000
_NARROWER = (_A_SECTION, 1000, 400, 200, 100, 40)
"""Characters of one side's line, until all lines fit."""
_TOO_FEW = "Too few to show what they say without names."
_Reason = tuple[int, str]
"""The place of a side, and the line below it."""


def rows(pack: Pack, came: Came, spread: Spread, at: int) -> list[Block]:
    """*Take this one* for each side that is not the team's answer; none once it is closed."""
    question, team = pack.questions[spread.question], came.team.get(spread.question)
    buttons: list[Element] = [
        kit.button(
            f"{ids.TAKE_SIDE}{place}",
            cut(f"Take this one: {html.unescape(brief(question, side.answer.value))}", 75),
            str(RoundSide(round=came.round.id, question=spread.question, side=side.id)),
        )
        for place, side in enumerate(spread.sides[:MOST_SIDES])
        if came.can_take and (team is None or team.answer.value != side.answer.value)
    ]
    return [
        kit.actions(f"take.{at}" + (f".{start}" if start else ""), *buttons[start : start + A_ROW])
        for start in range(0, len(buttons), A_ROW)
    ]


def sections(pack: Pack, came: Came, spread: Spread, at: int, most: int) -> list[Block]:
    """At most so many; reasons that do not fit are counted, the rest always stands."""
    question = pack.questions[spread.question]
    head = f"*{question.short}*" + (f": {_alike(spread)}" if spread.many > 1 else "")
    sides = [_side(brief(question, each.answer.value), each) for each in spread.sides[:MOST_SIDES]]
    if spread.unshown:
        head += f": {count(spread.unshown, 'answer')}. {_TOO_FEW}"
    tail = [*_more(came, spread), *_team(pack, came, spread)]
    texts = next(
        fitting
        for width in _NARROWER
        if len(fitting := _filled(head, [cut(each, width) for each in sides], tail, spread, most))
        <= most
        or width == _NARROWER[-1]
    )
    return [
        kit.section(f"apart.{at}" + (f".{place}" if place else ""), text)
        for place, text in enumerate(texts)
    ]


def _alike(spread: Spread) -> str:
    most = spread.sides[0].many
    return f"{most} of {spread.many} alike" if most > 1 else f"no two of {spread.many} alike"


def silent(spread: Spread) -> str:
    """Who abstained, or how many; empty where nobody did."""
    if not spread.abstained:
        return ""
    return f"not the area of {_names(spread.abstainers) or spread.abstained}"


def _filled(
    head: str, sides: Sequence[str], tail: Sequence[str], spread: Spread, most: int
) -> list[str]:
    """The sections' texts, with as many reasons as they hold: each side's first, then seconds."""
    every, shown = sum(len(each.reasons) for each in spread.sides), list[_Reason]()

    def texts(reasons_shown: Sequence[_Reason]) -> list[str]:
        return packed(
            [head, *_below(sides, reasons_shown), *_left_out(every - len(reasons_shown)), *tail]
        )

    for each in _reasons(spread):
        if len(texts([*shown, each])) <= most:
            shown.append(each)
    return texts(shown)


def _reasons(spread: Spread) -> Iterator[_Reason]:
    """In turn, so that no side's fill the place of another's."""
    of_sides = [
        [(place, f"    “{escaped(why, 2500)}”" + (f" {person(by)}" if by else ""))
         for by, why in side.reasons]
        for place, side in enumerate(spread.sides[:MOST_SIDES])
    ]  # fmt: skip
    return (each for turn in zip_longest(*of_sides) for each in turn if each)


def _below(sides: Sequence[str], reasons: Sequence[_Reason]) -> Iterable[str]:
    for place, side in enumerate(sides):
        yield side
        yield from (line for of, line in reasons if of == place)


def _left_out(many: int) -> list[str]:
    return [f"{count(many, 'reason')} left out here: too long for one message."] if many else []


def packed(lines: Iterable[str]) -> list[str]:
    """The lines, each whole, in as few texts as sections hold."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= _A_SECTION:
            texts[-1] += "\n" + line
        else:
            texts.append(line)
    return texts


def _side(text: str, side: AnswerSide) -> str:
    who = f": {_names(side.people)}" if side.people else ""
    return f"• {side.many} × {text}{who}"  # noqa: RUF001


def _names(people: Sequence[str]) -> str:
    rest = len(people) - _MOST_NAMES
    shown = ", ".join(map(person, people[:_MOST_NAMES]))
    return f"{shown} and {rest} more" if rest > 0 else shown


def _more(came: Came, spread: Spread) -> list[str]:
    """The sides that are neither shown nor offered, and who abstained."""
    rest = spread.sides[MOST_SIDES:]
    how = " To take one of them, use *Change answers* on the card." if came.can_take else ""
    many = sum(each.many for each in rest)
    text = f"{count(len(rest), 'more answer')} by {count(many, 'person', 'people')} left out here."
    unanswered = capital(silent(spread))
    return [*([f"{text}{how}"] if rest else []), *([f"{unanswered}."] if unanswered else [])]


def _team(pack: Pack, came: Came, spread: Spread) -> list[str]:
    team = came.team.get(spread.question)
    if team is None:
        return []
    text = cut(brief(pack.questions[spread.question], team.answer.value), 600)
    by = f"{person(team.respondent)}, " if came.round.names == "open" else ""
    return [f"The team's answer: *{text}* ({by}{day(team.at)})."]
