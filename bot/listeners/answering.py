"""A page of questions as it came back: what was filled in, and what was altered."""

from __future__ import annotations

from collections.abc import Collection

from bot.advisor.shown_page import ShownPage
from bot.blocks import ids
from bot.blocks.carried import PageMeta
from bot.blocks.fields import MOST_WHY
from bot.blocks.result import DIFFERS
from bot.domain.replies import Choices, LeadsTick
from bot.listeners.act import Act
from bot.listeners.forms import Form

_SUFFIXES = {ids.EVIDENCE: "evidence", ids.NOTE: "note", ids.REASON: "reason"}


def fields(form: Form) -> dict[str, object]:
    """A page's answers: question id → {value, evidence, note, reason}; an empty field is None."""
    answers: dict[str, dict[str, object]] = {}
    for block, chosen in {**form.said(ids.ANSWER), **form.said(ids.ANSWER_TAKEN)}.items():
        name, part = _split(block)
        answer = answers.setdefault(name, {})
        if chosen or part != "value":
            answer[part] = chosen or None
    return {name: answer if "value" in answer else None for name, answer in answers.items()}


def altered(form: Form) -> dict[str, object]:
    """Of a page's answers those that this person altered: what others saved meanwhile stays."""
    moved = {_split(block)[0] for block in form.altered()}
    return {name: answer for name, answer in fields(form).items() if name in moved}


def page(act: Act) -> ShownPage:
    """Which page lies open."""
    meta = act.carried(PageMeta)
    return ShownPage(meta.page, meta.mode, meta.marks, meta.alone, meta.within)


def filled(act: Act) -> dict[str, object]:
    """What is kept of it when it is left: of the team's answers what was altered, else all."""
    return altered(act.form) if act.carried(PageMeta).mode == "team" else fields(act.form)


def why(form: Form, changed: Collection[str]) -> str:
    """Why an answer changes, where somebody said so; a reason for no change is a fault."""
    for block in form.said(ids.BECAUSE):
        typed = form.text(block, MOST_WHY)
        if typed and not changed:
            form.fault(block, "Nothing is changed here yet, so there is nothing to explain.")
        return typed
    return ""


def choices(form: Form) -> Choices:
    """What becomes of my differing answers: question id → change or note."""
    return {
        block.removeprefix(DIFFERS): "change" if chosen == "change" else "note"
        for block, chosen in form.said(ids.ANSWER).items()
        if block.startswith(DIFFERS)
    }


def for_leads(form: Form) -> LeadsTick | None:
    """What the tick for the leads says; None where the form had none."""
    for block, ticked in form.said(ids.TO_LEADS).items():
        return LeadsTick(on=bool(ticked), altered=block in form.altered())
    return None


def _split(block: str) -> tuple[str, str]:
    for suffix, part in _SUFFIXES.items():
        if block.endswith(suffix):
            return block.removesuffix(suffix), part
    return block, "value"
