"""The guided modal: one page of questions, with what is known filled in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bot.blocks import ids, kit
from bot.blocks.counted import beside, fitting, is_taken
from bot.blocks.kit import Block, Element
from bot.blocks.surfaces import Payload, modal
from bot.blocks.words import day, escaped, number, on_day, person, typed
from bot.domain.model import Answer, Value
from bot.domain.pack import Question
from bot.domain.replies import QuestionPage
from bot.domain.team import TeamAnswer

EVIDENCE = (
    ("guess", "A guess"),
    ("counted", "Counted: tickets, calendars, bills"),
    ("measured", "Measured: metrics, traces"),
)
ALREADY = "We already run one"
NOT_APPLICABLE = ("na", "Does not apply (say why below)")


def page(sheet: QuestionPage, meta: str) -> Payload:
    """One page; `meta` travels with it and comes back."""
    deep = sheet.page.path == "deep" or sheet.mode == "team"
    blocks = [*_intro(sheet)]
    for question in sheet.questions:
        blocks += _question(sheet, question, deep=deep)
    return modal(
        ids.PAGE,
        _title(sheet),
        fitting([*blocks, *_ways(sheet)]),
        submit=_submit(sheet),
        meta=meta,
    )


def shown(question: Question, value: Value) -> str:
    """An answer's value as people read it: the option's words, or the number with its unit."""
    return _said(question, value, question.unit)


def brief(question: Question, value: Value) -> str:
    """The same after the question's short name, whose words need not be said twice."""
    return _said(question, value, question.rest_of_unit)


def _said(question: Question, value: Value, unit: str) -> str:
    match value:
        case tuple():
            between = " or " if question.kind == "choice" else ", "
            return between.join(_phrase(question, code) for code in value)
        case str() if question.kind == "text":
            return escaped(value, 300)
        case str() if question.kind == "date":
            return on_day(date.fromisoformat(value))
        case str():
            return _phrase(question, value)
        case _:
            return f"{number(value)} {unit}".rstrip()


def _phrase(question: Question, code: str) -> str:
    if code == "na":
        return "does not apply"
    option = question.option(code)
    return (option.phrase or option.text) if option else escaped(code, 60)


def _title(sheet: QuestionPage) -> str:
    if sheet.alone:
        return "Change one answer"
    if sheet.mode == "team":
        return f"Change {sheet.number} of {sheet.of}"
    return f"{sheet.number} of {sheet.of}: {sheet.page.title}"


def _submit(sheet: QuestionPage) -> str:
    if sheet.mode == "team":
        return "Save"
    return "See my result" if sheet.number == sheet.of else "Next"


def _intro(sheet: QuestionPage) -> list[Block]:
    lines = [sheet.page.intro or ""]
    if sheet.mode == "team":
        lines = [f"*{sheet.page.title}.* What you save or leave by the buttons below becomes the "
                 "team's answer. The thread shows it, and it can be undone."]  # fmt: skip
    elif sheet.team:
        lines.append(
            "The team's answers stand beside the questions. Answer as you see it: where you "
            "differ you will be asked what to do."
        )
    text = " ".join(line for line in lines if line)
    return [*_already(sheet), *([kit.context("intro", text)] if text else [])]


def _already(sheet: QuestionPage) -> list[Block]:
    """The first line of the first page, so that nobody answers about adding what they have."""
    if not sheet.there:
        return []
    button = kit.button(ids.TO_THERE, ALREADY, sheet.there)
    return [kit.section("already", "Does a service mesh run here in production?", button)]


def _question(sheet: QuestionPage, question: Question, *, deep: bool) -> list[Block]:
    mine = sheet.mine.get(question.id)
    required = question.required and (sheet.mode == "own")
    changing = sheet.mode == "team"
    taken = is_taken(sheet.counted.get(question.id), mine)
    blocks = [_field(question, mine.value if mine else None, required, changing, taken)]
    if question.id in sheet.team:
        blocks.append(_beside(question, sheet.team[question.id]))
    blocks += beside(sheet, question, shown, taken=taken)
    if deep and question.kind not in ("text", "date"):
        blocks += _backing(question.id, mine, _name(taken))
    if changing and question.may_not_apply:
        blocks.append(_reason(question.id, mine))
    return blocks


def _name(taken: bool) -> str:
    """What a field's element is called; by another name Slack draws it anew."""
    return ids.ANSWER_TAKEN if taken else ids.ANSWER


@lru_cache(maxsize=2048)
def _field(
    question: Question, value: Value | None, required: bool, changing: bool, taken: bool = False
) -> Block:
    """The input of one question. Drawn once for each value it may start with."""
    hint = question.hint
    if question.unit and question.unit.split()[0] not in question.label.lower():
        hint = f"{hint} In {'percent' if question.unit == '%' else question.unit}.".strip()
    return kit.field(
        question.id,
        question.label,
        _element(question, value, changing, _name(taken)),
        hint,
        optional=not required,
    )


def _element(question: Question, value: Value | None, changing: bool, name: str) -> Element:
    choices = [(each.code, each.text) for each in question.options]
    match question.kind:
        case "choice":
            if changing and question.may_not_apply:
                choices.append(NOT_APPLICABLE)
            return kit.select(name, choices, value if isinstance(value, str) else None)
        case "choices":
            chosen = value if isinstance(value, tuple) else ()
            return kit.multi_select(name, choices, chosen)
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


def _beside(question: Question, team: TeamAnswer) -> Block:
    said = shown(question, team.answer.value)
    return kit.context(
        f"{question.id}.team",
        f"The team's answer: *{said}* · {person(team.respondent)}, {day(team.at)}",
    )


def _backing(question: str, mine: Answer | None, name: str) -> list[Block]:
    """How the answer is known, and a note or link; both may stay empty."""
    evidence = kit.select(name, EVIDENCE, mine.evidence if mine else None, "Not said")
    note = kit.text_input(
        name, mine.note if mine else "", most=500, empty="Where it comes from, or a link"
    )
    return [
        kit.field(question + ids.EVIDENCE, "How do you know?", evidence, optional=True),
        kit.field(question + ids.NOTE, "Note", note, optional=True),
    ]


def _reason(question: str, mine: Answer | None) -> Block:
    element = kit.text_input(ids.ANSWER, mine.reason if mine else "", most=300)
    return kit.field(
        question + ids.REASON,
        "If it does not apply: why?",
        element,
        "It then leaves the count, so it needs a reason.",
        optional=True,
    )


def _ways(sheet: QuestionPage) -> list[Block]:
    """Back, another page, straight to the result; leaving keeps what is filled in."""
    elements: list[Element] = []
    if sheet.number > 1 and not sheet.alone:
        elements.append(kit.button(ids.BACK, "Back", sheet.pages[sheet.number - 2].id))
    if sheet.mode == "team" or sheet.page.path == "deep":
        pages = [(each.id, each.title) for each in sheet.pages]
        elements.append(kit.select(ids.GO_TO_PAGE, pages, empty="Go to page"))
    if sheet.mode == "own" and sheet.page.path == "deep":
        elements.append(kit.button(ids.SKIP_TO_RESULT, "See my result now"))
    return [kit.actions("ways", *elements)] if elements else []
