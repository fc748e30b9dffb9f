"""What a look counted → an answers file for `meshfit assess`: the rest as blanks to fill in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap

from bot.domain.evidence.model import LookSummary
from bot.domain.pack import Pack, Question

WIDTH = 96
NOTE = "Counted in a cluster on {day}, at most: workloads that a Service selects."


def answers_file(pack: Pack, look: LookSummary) -> str:
    """YAML with every question of the checklist, page by page; what is blank counts as unknown."""
    lines = [
        f"# Answers for `meshfit assess`, begun from a look at a cluster on {look.seen:%-d %b %Y}.",
        "# What was counted is filled in as counted: change it where you know better. The rest is",
        "# blank, with its question and the codes to choose from; what stays blank is not known.",
        "answers:",
    ]
    hints = look.hints
    for page in pack.pages.values():
        questions = pack.asked_on(page.id)
        if questions:
            lines += ["", f"  # {page.title}"]
        for question in questions:
            lines += _question(question, hints.get(question.id, ""), look)
    return "\n".join(lines) + "\n"


def _question(question: Question, hint: str, look: LookSummary) -> Iterator[str]:
    codes = [option.code for option in question.options]
    allowed = f" [{' | '.join(codes)}]" if codes else ""
    if question.kind == "number":
        allowed = f" [a number: {question.unit}]"
    elif question.kind == "choices":
        allowed = f" [a list: {', '.join(codes)}]"
    for text in (question.label + allowed, hint):
        yield from (f"  # {line}" for line in wrap(text, WIDTH, break_on_hyphens=False))
    if question.id == "services" and look.offered.services:
        note = json.dumps(NOTE.format(day=f"{look.seen:%-d %b %Y}"))
        yield f"  services: {{value: {look.offered.services}, evidence: counted, note: {note}}}"
    else:
        yield f"  {question.id}:"
