"""The fields of one question: its answer, how that is known, a note, a reason, why it changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.words import escaped, typed
from bot.domain.model import Answer, Value
from bot.domain.pack import Question
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.replies import QuestionPage
from bot.domain.words import listed

EVIDENCE = (
    ("guess", "A guess"),
    ("counted", "Counted: tickets, calendars, bills"),
    ("measured", "Measured: metrics, traces"),
    ("derived", "Derived: worked out from other figures"),
)
BACKED = ("choice", "choices", "number")
"""The kinds of which one may say how the answer is known."""
MOST_WHY = 300
"""Characters of why an answer changes."""
NOT_APPLICABLE = ("na", "Does not apply (say why below)")
STILL_NOT = ("na", "Does not apply")
"""On a page, where that was answered before: why stands with the question alone."""


def name(*, taken: bool) -> str:
    """What a field's element is called; by another name Slack draws it anew."""
    return ids.ANSWER_TAKEN if taken else ids.ANSWER


@lru_cache(maxsize=2048)
def field(
    question: Question, value: Value | None, required: bool, alone: bool, taken: bool = False
) -> Block:
    """The input of one question. Drawn once for each value it may start with."""
    more = []
    if question.may_not_apply and (alone or value == "na"):
        more.append(NOT_APPLICABLE if alone else STILL_NOT)
    return kit.field(
        question.id,
        question.label,
        element(question, value, name(taken=taken), more),
        hint(question),
        optional=not required,
    )


def hint(question: Question) -> str:
    """What helps to answer it, with its unit where the label does not say it."""
    if question.unit and question.unit.split()[0] not in question.label.lower():
        unit = "percent" if question.unit == "%" else question.unit
        return f"{question.hint} In {unit}.".strip()
    return question.hint


def element(
    question: Question, value: Value | None, name: str, more: Sequence[kit.Choice] = ()
) -> Element:
    """What a question is answered with; `more` are choices beside its own options."""
    choices = [(each.code, each.text) for each in question.options]
    match question.kind:
        case "choice":
            chosen = value if isinstance(value, str) else None
            return kit.select(name, [*choices, *more], chosen)
        case "choices":
            return kit.multi_select(name, choices, value if isinstance(value, tuple) else ())
        case "number":
            return kit.number_input(
                name,
                typed(value) if isinstance(value, int | float) else "",
                least=f"{question.least:g}",
                most=None if question.most is None else f"{question.most:.0f}",
                whole=question.whole,
            )
        case "date":
            return kit.date_picker(ids.ANSWER, value if isinstance(value, str) else None)
        case "text":
            return kit.text_input(
                name, value if isinstance(value, str) else "", most=300, lines=True
            )


def behind(question: Question, mine: Answer) -> list[Block]:
    """What was said of an answer when it stood alone."""
    how = dict(EVIDENCE).get(mine.evidence or "", "").partition(":")[0]
    parts = [*([how] if how else []), *(escaped(each, 300) for each in (mine.note, mine.reason))]
    text = " · ".join(filter(None, parts))
    return [kit.context(f"{question.id}.behind", text)] if text else []


def worksheet(question: str, counted: tuple[str, ...], mine: Answer | None) -> list[Block]:
    """Below the hours to run a mesh: a way to work them out, where the pack has chores."""
    return [_worked_out(counted, mine)] if question == MESH_HOURS and counted else []


def is_derived(mine: Answer | None) -> bool:
    """Whether it was worked out: its field has a name of its own, so that the sum shows in it."""
    return mine is not None and mine.evidence == "derived"


def _worked_out(counted: tuple[str, ...], mine: Answer | None) -> Block:
    """A way to work it out, or what it was worked out from."""
    button = kit.button(ids.WORKSHEET, "Work it out")
    text = f"Instead of guessing: add up {listed(counted)}."
    if mine and is_derived(mine) and mine.note:
        text = f"Derived: {escaped(mine.note, 500)}."
    return kit.section("worksheet", text, button)


def backing(question: str, mine: Answer | None, name: str) -> list[Block]:
    """How the answer is known, and a note or link; both may stay empty."""
    evidence = kit.select(name, EVIDENCE, mine.evidence if mine else None, "Not said")
    note = kit.text_input(
        name, mine.note if mine else "", most=500, empty="Where it comes from, or a link"
    )
    return [
        kit.field(question + ids.EVIDENCE, "How do you know?", evidence, optional=True),
        kit.field(question + ids.NOTE, "Note", note, optional=True),
    ]


def because(question_page: QuestionPage) -> Block:
    """One line for the thread; its block goes by the page, so that no other page shows it."""
    return why(question_page.questions[0].id if question_page.alone else question_page.page.id)


def why(place: str) -> Block:
    """One line for the thread, wherever a team's answer changes."""
    element = kit.text_input(ids.BECAUSE, most=MOST_WHY)
    hint = "The thread shows it beside the change."
    return kit.field(place + ids.BECAUSE, "Why does it change?", element, hint, optional=True)


def reason(question: str, mine: Answer | None) -> Block:
    """Why it does not apply."""
    element = kit.text_input(ids.ANSWER, mine.reason if mine else "", most=300)
    return kit.field(
        question + ids.REASON,
        "If it does not apply: why?",
        element,
        "It then leaves the count, so it needs a reason.",
        optional=True,
    )
