"""An answers file for `meshfit assess`: what a look counted, and the rest as blanks to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap

from bot.domain.evidence.model import Counted, LookSummary, counted
from bot.domain.pack import Pack, Question

WIDTH = 96
BLANK = (
    "# Answers for `meshfit assess`. Each question stands above its blank with the codes to choose",
    "# from; what stays blank is not known.",
    "answers:",
)


def answers_file(pack: Pack, look: LookSummary | None = None) -> str:
    """YAML with every question of the checklist, page by page; what is blank counts as unknown."""
    lines = _begun(look) if look else [*BLANK]
    hints, known = (look.hints, counted(look)) if look else ({}, {})
    for page in pack.pages.values():
        questions = [each for each in pack.asked_on(page.id) if each.page == page.id]
        if questions:
            lines += ["", f"  # {page.title}"]
        for question in questions:
            hint = hints.get(question.id) or _hint(question, look)
            lines += _question(question, hint, known.get(question.id))
    return "\n".join(lines) + "\n"


def _begun(look: LookSummary) -> list[str]:
    begun = (
        f"# Answers for `meshfit assess`, begun from a look at a cluster on {look.seen:%-d %b %Y}."
    )
    if look.cut:
        return [
            begun,
            "# The dump ends in the middle, so nothing of it is filled in. What stays blank is not",
            "# known.",
            "answers:",
        ]
    return [
        begun,
        "# What was counted is filled in as counted: change it where you know better. The rest is",
        "# blank, with its question and the codes to choose from; what stays blank is not known.",
        "answers:",
    ]


def _hint(question: Question, look: LookSummary | None) -> str:
    """What counts, for whoever has only this file before them."""
    return "" if look else question.hint


def _question(question: Question, hint: str, counted: Counted | None) -> Iterator[str]:
    codes = [option.code for option in question.options]
    allowed = f" [{' | '.join(codes)}]" if codes else ""
    if question.kind == "number":
        allowed = f" [a number: {question.unit}]"
    elif question.kind == "date":
        allowed = " [a day, like 2027-03-01]"
    elif question.kind == "choices":
        allowed = f" [a list: {', '.join(codes)}]"
    for text in (question.label + allowed, hint):
        yield from (f"  # {line}" for line in wrap(text, WIDTH, break_on_hyphens=False))
    yield f"  {question.id}:" + (f" {_filled(counted)}" if counted else "")


def _filled(counted: Counted) -> str:
    answer = counted.answer
    value, note = (json.dumps(each, ensure_ascii=False) for each in (answer.value, answer.note))
    value = value.removesuffix(".0")
    return f"{{value: {value}, evidence: {answer.evidence}, note: {note}}}"
