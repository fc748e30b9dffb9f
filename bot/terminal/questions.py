"""`meshfit questions`: what the checklist asks, for whoever fills in a file."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from bot.domain.model import Evidence
from bot.domain.pack import Pack, Question
from bot.domain.words import number
from bot.errors import BadInput
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json

KNOWN = get_args(Evidence)


def questions(page: str | None, *, as_json: bool) -> int:
    """Every question of the checklist, or those of one page; answers the exit code."""
    pack = knowledge_pack(environment())
    chosen = [_page(pack, page)] if page is not None else [each.id for each in pack.checklist]
    if as_json:
        asked = [_printed(each) for name in chosen for each in pack.asked_on(name)]
        say_json({"questions": asked, "evidence": list(KNOWN)})
    else:
        from bot.terminal.prose import prose  # noqa: PLC0415 - not needed for JSON

        lines = [line for name in chosen for line in _page_lines(pack, name)]
        say(prose("\n".join([*lines, f"How you know an answer (evidence): {', '.join(KNOWN)}."])))
    return 0


def _page(pack: Pack, text: str) -> str:
    """A page by its id or its number."""
    ids = [each.id for each in pack.checklist]
    if text.isdigit() and 1 <= int(text) <= len(ids):
        return ids[int(text) - 1]
    name = text.strip().lower()
    if name in ids:
        return name
    near = [] if text.isdigit() else get_close_matches(name, ids, 1, 0.0)
    meant = f" (did you mean {near[0]}?)" if near else ""
    raise BadInput(f"There is no page {text}{meant}. Pages: {', '.join(ids)}, or 1 to {len(ids)}.")


def _printed(question: Question) -> dict[str, Any]:
    """A question as `--json` prints it; what its kind does not have is null or empty."""
    numeric = question.kind == "number"
    return {
        "id": question.id,
        "page": question.page,
        "kind": question.kind,
        "label": question.label,
        "hint": question.hint,
        "codes": [
            {"code": each.code, "text": each.text, "also": list(each.also)}
            for each in question.options
        ],
        "may_not_apply": question.may_not_apply,
        "unit": question.unit or None,
        "least": question.least if numeric else None,
        "most": question.most,
        "whole": question.whole,
        "quick": question.required,
    }


def _page_lines(pack: Pack, name: str) -> Iterator[str]:
    place = [each.id for each in pack.checklist].index(name) + 1
    yield f"*Page {place}, {name}: {pack.pages[name].title}*"
    for question in pack.asked_on(name):
        yield ""
        yield f"*{question.id}*: {question.label}"
        yield from filter(None, [question.hint])
        yield from (f"• {line}" if listed else line for line, listed in taken(question))
    yield ""


def taken(question: Question) -> Iterator[tuple[str, bool]]:
    """What may be answered, a line each; whether it is a code to choose."""
    for option in question.options:
        names = f" (also {', '.join(option.also)})" if option.also else ""
        yield f"{option.code}: {option.text}{names}", True
    if question.kind == "choices":
        yield "Several may be chosen.", False
    elif question.kind == "number":
        most = f" to {number(question.most)}" if question.most is not None else " or more"
        yield f"A number, {number(question.least)}{most}: {question.unit}.", False
    elif question.kind == "text":
        yield "A text.", False
    elif question.kind == "date":
        yield "A day, like 2027-03-01.", False
    if question.may_not_apply:
        yield "na, with a reason: it does not apply to us.", False
