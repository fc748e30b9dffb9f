"""The calculator alone: the hours without an assessment, nothing stored and nothing posted."""

from __future__ import annotations

from bot.blocks import fields, hours, ids, kit
from bot.blocks.carried import HoursMeta
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, modal
from bot.blocks.words import typed
from bot.domain.model import Answer, Answers, Tax
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import HOUR_INPUTS, MESH_HOURS, SETUP_HOURS


def calculator(
    pack: Pack, filled: Answers, tax: Tax | None = None, *, channel: str = ""
) -> Payload:
    """The fields, and above them the sum once there is one."""
    intro = kit.context(
        "intro",
        "A calculator: it stores and posts nothing. It begins with our source article's example, "
        "except the hours for running a mesh: those are ours. Put in your own.",
    )
    derived = fields.is_derived(filled.get(MESH_HOURS))
    result = [kit.section("sum", "\n".join(hours.sums(pack, tax, derived=derived)))] if tax else []
    asked = [pack.questions[question] for question in (*HOUR_INPUTS, SETUP_HOURS)]
    blocks = [block for each in asked for block in _field(pack, each, filled)]
    figures = {each.id: _held(filled[each.id]) for each in asked if each.id in filled}
    return modal(
        ids.CALCULATOR, "Hours a month", [intro, *result, *blocks], submit="Calculate",
        meta=str(HoursMeta(channel=channel, filled=figures)),
    )  # fmt: skip


def _held(answer: Answer) -> Answer:
    """A figure, with what it was worked out from."""
    return answer if fields.is_derived(answer) else Answer(value=answer.value)


def _field(pack: Pack, question: Question, filled: Answers) -> list[Block]:
    optional, number = question.id == SETUP_HOURS, _number(question, filled)
    counted = tuple(each.counted for each in pack.chores.values())
    return [
        kit.field(question.id, question.label, number, question.hint, optional=optional),
        *fields.worksheet(question.id, counted, filled.get(question.id)),
    ]


def _number(question: Question, filled: Answers) -> kit.Element:
    answer = filled.get(question.id)
    value = typed(answer.value) if answer and isinstance(answer.value, int | float) else ""
    return kit.number_input(
        fields.name(taken=fields.is_derived(answer)),
        value,
        least=f"{question.least:g}",
        most=None if question.most is None else f"{question.most:.0f}",
        whole=question.whole,
    )
