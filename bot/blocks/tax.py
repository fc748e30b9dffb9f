"""The calculator alone: the hours without an assessment, nothing stored and nothing posted."""

from __future__ import annotations

from bot.blocks import detail, ids, kit
from bot.blocks.surfaces import Payload, modal
from bot.blocks.words import typed
from bot.domain.model import Answers, Tax
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import HOUR_INPUTS, SETUP_HOURS


def calculator(pack: Pack, filled: Answers, tax: Tax | None = None) -> Payload:
    """The fields, and above them the sum once there is one."""
    intro = kit.context(
        "intro",
        "A calculator: it stores and posts nothing. It begins with our source article's example, "
        "save the hours for running a mesh: those are ours. Put in your own.",
    )
    result = [kit.section("sum", "\n".join(detail.sums(pack, tax)))] if tax else []
    fields = [
        kit.field(
            each.id,
            each.label,
            _number(each, filled),
            each.hint,
            optional=each.id == SETUP_HOURS,
        )
        for each in (pack.questions[question] for question in (*HOUR_INPUTS, SETUP_HOURS))
    ]
    return modal(ids.CALCULATOR, "Hours a month", [intro, *result, *fields], submit="Calculate")


def _number(question: Question, filled: Answers) -> kit.Element:
    given = filled.get(question.id)
    value = typed(given.value) if given and isinstance(given.value, int | float) else ""
    return kit.number_input(
        ids.ANSWER,
        value,
        least=f"{question.least:g}",
        most=None if question.most is None else f"{question.most:.0f}",
        whole=question.whole,
    )
