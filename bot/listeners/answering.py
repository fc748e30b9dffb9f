"""A page of questions as it came back: what was filled in, and what was altered."""

from __future__ import annotations

from bot.blocks import ids
from bot.blocks.result import DIFFERS
from bot.domain.replies import Choices
from bot.listeners.forms import Form

_SUFFIXES = {ids.EVIDENCE: "evidence", ids.NOTE: "note", ids.REASON: "reason"}


def fields(form: Form) -> dict[str, object]:
    """A page's answers: question id → {value, evidence, note, reason}; an empty field is None."""
    page: dict[str, dict[str, object]] = {}
    for block, chosen in {**form.said(ids.ANSWER), **form.said(ids.ANSWER_TAKEN)}.items():
        name, part = _split(block)
        answer = page.setdefault(name, {})
        if chosen or part != "value":
            answer[part] = chosen or None
    return {name: answer if "value" in answer else None for name, answer in page.items()}


def altered(form: Form) -> dict[str, object]:
    """Of a page's answers those that this person altered: what others saved meanwhile stays."""
    moved = {_split(block)[0] for block in form.altered()}
    return {name: answer for name, answer in fields(form).items() if name in moved}


def choices(form: Form) -> Choices:
    """What becomes of my differing answers: question id → change or note."""
    return {
        block.removeprefix(DIFFERS): "change" if chosen == "change" else "note"
        for block, chosen in form.said(ids.ANSWER).items()
        if block.startswith(DIFFERS)
    }


def _split(block: str) -> tuple[str, str]:
    for suffix, part in _SUFFIXES.items():
        if block.endswith(suffix):
            return block.removesuffix(suffix), part
    return block, "value"
