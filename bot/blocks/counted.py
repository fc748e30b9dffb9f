"""What was counted, beside the question it would answer: offered, never filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.words import cut, escaped
from bot.domain.evidence.model import OLD_AFTER, Counted
from bot.domain.model import Answer, Value
from bot.domain.pack import Question
from bot.domain.replies import QuestionPage
from bot.domain.words import on_day

Shown = Callable[[Question, Value], str]
"""How an answer's value is said."""


def is_taken(one: Counted | None, mine: Answer | None) -> bool:
    """Whether an answer is what was counted, and says so."""
    if one is None or mine is None:
        return False
    return (mine.value, mine.evidence) == (one.value, one.evidence)


def beside(
    question_page: QuestionPage, question: Question, shown: Shown, *, taken: bool
) -> list[Block]:
    """What evidence says of a question: counted with a way to take it, or only seen."""
    one, hint = question_page.counted.get(question.id), question_page.hints.get(question.id)
    if one is not None:
        text = told(question, one, shown) + old(one.day, question_page.today)
        place = f"{question.id}.counted"
        if taken:
            return [kit.context(place, f"{text} _This is your answer._")]
        return [kit.section(place, text, take(one))]
    if hint and question_page.seen:
        seen = f"{cut(escaped(hint), 500)} ({on_day(question_page.seen)}; a hint, no answer)"
        return [
            kit.context(f"{question.id}.seen", seen + old(question_page.seen, question_page.today))
        ]
    return []


def told(question: Question, one: Counted, shown: Shown) -> str:
    """`Counted 12 Nov 2026: *34 services*, at most, …`."""
    how = _HOW.get(one.evidence, "A guess")
    if one.of_teams:
        how = f"From the teams{'' if one.evidence == 'counted' else ', not all of it counted'}"
    return f"{how}, {on_day(one.day)}: *{shown(question, one.value)}*, {escaped(one.words, 600)}."


_HOW = {"counted": "Counted", "measured": "Measured"}


def take(one: Counted) -> Element:
    """The button that makes it the answer."""
    kind = "counted" if one.evidence == "counted" else "a guess"
    return kit.button(ids.TAKE, f"Take it: {kind} {one.day:%-d %b}", one.question)


def old(day: date, today: date | None) -> str:
    """What evidence of long ago says of itself."""
    if today is None or today - day <= OLD_AFTER:
        return ""
    return f" *{(today - day).days} days old: look again.*"
