"""Change answers begins with the question: those that weigh most, all of them, or a whole page."""

from __future__ import annotations

import html

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.pages import brief
from bot.blocks.surfaces import Payload, modal
from bot.domain.pack import Pack, Question
from bot.domain.replies import ToChange

NOT_ANSWERED = "not answered"


def chooser(pack: Pack, shown: ToChange, meta: str) -> Payload:
    """One press shows one question alone; the whole pages are one press away, too."""
    groups = [
        (page.title, [(each.id, html.unescape(_line(shown, each, ""))) for each in asked])
        for page, asked in shown.pages
    ]
    pages = [(page.id, page.title) for page, _ in shown.pages]
    return modal(
        ids.CHOOSE_QUESTION,
        "Change answers",
        [
            kit.context(
                "intro",
                "Which answer? It is shown alone. What you save becomes the team's answer; the "
                "thread shows it, and it can be undone.",
            ),
            *(_first(shown, pack.questions[each]) for each in shown.first),
            kit.actions(
                "which",
                kit.grouped_select(ids.ANSWER_ONE, groups, "Choose a question"),
                kit.select(ids.WHOLE_PAGE, pages, empty="Or a whole page"),
            ),
        ],
        meta=meta,
    )


def _first(shown: ToChange, question: Question) -> Block:
    word = "Change" if question.id in shown.answered else "Answer"
    button = kit.button(ids.ANSWER_ONE, word, question.id)
    return kit.section(f"first.{question.id}", _line(shown, question, "*"), button)


def _line(shown: ToChange, question: Question, mark: str) -> str:
    answer = shown.answered.get(question.id)
    text = brief(question, answer.answer.value) if answer else NOT_ANSWERED
    return f"{mark}{question.short}:{mark} {text}"
