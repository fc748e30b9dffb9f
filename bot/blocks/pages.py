"""The guided modal: one page of questions, with what is known filled in."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from bot.blocks import fields, ids, kit
from bot.blocks.counted import beside, is_taken
from bot.blocks.kit import Block, Element
from bot.blocks.surfaces import Payload, modal
from bot.blocks.words import day, escaped, how_long, person
from bot.domain.model import Answer, Value
from bot.domain.pack import Question
from bot.domain.pack.limits import MOST_INPUTS
from bot.domain.replies import QuestionPage
from bot.domain.team import TeamAnswer
from bot.domain.words import on_day, some

ALREADY = "We already run one"
MORE = "How you know, a note, or why it does not apply"


def page(question_page: QuestionPage, meta: str) -> Payload:
    """One page; `meta` travels with it and comes back."""
    blocks = [*_intro(question_page)]
    for question in question_page.questions:
        blocks += _question(question_page, question)
    if question_page.mode == "team" and len(question_page.questions) < MOST_INPUTS:
        blocks.append(fields.because(question_page))
    return modal(
        ids.PAGE,
        _title(question_page),
        [*blocks, *_ways(question_page)],
        submit=_submit(question_page),
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
            return some(value, unit)


def _phrase(question: Question, code: str) -> str:
    if code == "na":
        return "does not apply"
    option = question.option(code)
    return (option.phrase or option.text) if option else escaped(code, 60)


def _title(question_page: QuestionPage) -> str:
    if question_page.alone:
        return "Change one answer" if question_page.mode == "team" else "More about one answer"
    if question_page.mode == "team":
        return f"Change {question_page.number} of {question_page.of}"
    return f"{question_page.number} of {question_page.of}: {question_page.page.title}"


def _submit(question_page: QuestionPage) -> str:
    if question_page.mode == "team" or question_page.alone:
        return "Save"
    return "See my result" if question_page.number == question_page.of else "Next"


def _intro(question_page: QuestionPage) -> tuple[Block, ...]:
    lines = [
        how_long(question_page.asks) if question_page.asks else "",
        question_page.page.intro or "",
    ]
    if question_page.mode == "team":
        title = question_page.page.title
        lines = [f"*{title}.* What you save or leave by the buttons below becomes the "
                 "team's answer. The thread shows it, and it can be undone."]  # fmt: skip
    elif question_page.team:
        lines.append(
            "The team's answers stand beside the questions. Answer as you see it: where you "
            "differ you will be asked what to do."
        )
    text = " ".join(line for line in lines if line)
    return _introduced(question_page.there, text)


@lru_cache(maxsize=64)
def _introduced(there: str, text: str) -> tuple[Block, ...]:
    """A page's own words, drawn once; on the first a way out for whoever runs one already."""
    intro = (kit.context("intro", text),) if text else ()
    if not there:
        return intro
    button = kit.button(ids.TO_THERE, ALREADY, there)
    return kit.section("already", "Does a service mesh run here in production?", button), *intro


def _question(question_page: QuestionPage, question: Question) -> list[Block]:
    mine = question_page.mine.get(question.id)
    required = question.required and (question_page.mode == "own")
    taken = is_taken(question_page.counted.get(question.id), mine)
    renamed = taken or fields.is_derived(mine)
    blocks = [
        fields.field(question, mine.value if mine else None, required, question_page.alone, renamed)
    ]
    if question.id in question_page.team:
        blocks.append(_beside(question, question_page.team[question.id]))
    blocks += beside(question_page, question, shown, taken=taken)
    worked = fields.worksheet(question.id, question_page.counted_to_run, mine)
    blocks += worked
    if not question_page.alone:
        return [*blocks, *_behind(question_page, question, mine, worked=bool(worked))]
    if question.kind in fields.BACKED:
        blocks += fields.backing(question.id, mine, fields.name(taken=renamed))
    if question.may_not_apply:
        blocks.append(fields.reason(question.id, mine))
    return blocks


def _behind(
    question_page: QuestionPage, question: Question, mine: Answer | None, *, worked: bool
) -> list[Block]:
    """How an answer is known, where that does not stand beside the worksheet already."""
    if mine is None or not _opens(question_page) or (worked and mine.evidence == "derived"):
        return []
    return fields.behind(question, mine)


def _opens(question_page: QuestionPage) -> bool:
    """Whether a question of this page can be opened alone; on the quick pages nobody asks."""
    return question_page.page.path == "deep" or question_page.mode == "team"


def _beside(question: Question, team: TeamAnswer) -> Block:
    text = shown(question, team.answer.value)
    return kit.context(
        f"{question.id}.team",
        f"The team's answer: *{text}* · {person(team.respondent)}, {day(team.at)}",
    )


def _ways(question_page: QuestionPage) -> list[Block]:
    """Back, another page, straight to the result; leaving keeps what is filled in."""
    elements: list[Element] = []
    if question_page.within:
        elements.append(kit.button(ids.BACK, "Back", question_page.page.id))
    elif question_page.alone:
        elements.append(kit.button(ids.OTHER_QUESTION, "Another question"))
    elif question_page.number > 1:
        elements.append(
            kit.button(ids.BACK, "Back", question_page.pages[question_page.number - 2].id)
        )
    more = [
        (q.id, q.short)
        for q in question_page.questions
        if q.kind in fields.BACKED or q.may_not_apply
    ]
    if more and _opens(question_page) and not question_page.alone:
        elements.append(kit.select(ids.MORE_ABOUT, more, empty=MORE))
    if _opens(question_page):
        pages = [(each.id, each.title) for each in question_page.pages]
        elements.append(kit.select(ids.GO_TO_PAGE, pages, empty="Go to page"))
    if (
        question_page.mode == "own"
        and question_page.page.path == "deep"
        and not question_page.alone
    ):
        elements.append(kit.button(ids.SKIP_TO_RESULT, "See my result now"))
    return [kit.actions("ways", *elements)] if elements else []
