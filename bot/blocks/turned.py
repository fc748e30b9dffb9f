"""What somebody changed of the team's answers, as the thread is told it."""

from __future__ import annotations

from bot.blocks import ids, kit, phrases
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, day, escaped, person
from bot.domain.model import Answer
from bot.domain.pack import Pack
from bot.domain.snapshots.model import Since, rules_since
from bot.domain.team import Changed, ChangeSet, Standing


def told(pack: Pack, changes: ChangeSet) -> Payload:
    """What one person changed, for the thread, with Undo until it is undone."""
    lines = [turn(pack, each) for each in changes.changes[:20]]
    if changes.turns:
        lines.append(f"*{changes.title_before} → {changes.title_after}*")
    lines += [f"Why: {escaped(changes.why, 400)}"] if changes.why else []
    section = kit.section("turn", cut(f"{person(changes.respondent)}: " + "\n".join(lines), 3000))
    if changes.undone_by:
        return message(section, kit.context("undone", f"Undone by {person(changes.undone_by)}."))
    return message(section, kit.actions("do", kit.button(ids.UNDO, "Undo", changes.id)))


def withdrawn(before: str, now: Standing) -> Payload:
    """For the thread, where the outcome turned because somebody deleted their answers."""
    outcome = f"*{before} → {now.advice.title}*"
    return message(
        kit.section("turn", f"Somebody deleted their answers, so they no longer count.\n{outcome}")
    )


MOST = 5
"""Changes that somebody who comes back is told."""


def since(pack: Pack, since: Since | None, now: Standing) -> list[Block]:
    """For whoever comes back: what others changed, and what that did; `now` may be by rules too."""
    rules = rules_since(now)
    lines = [f"_Since it was answered other rules came: {rules}._"] if rules else []
    if since is not None:
        every = [(each, made) for made in since.changes for each in made.changes]
        turns = [f"• {turn(pack, each)} ({person(made.respondent)})" for each, made in every]
        left = len(turns) - MOST
        more = [f"• {left} more: `/meshfit changes {since.at:%Y-%m-%d}`"] if left > 0 else []
        title = now.advice.title
        outcome = [] if since.title == title else [f"*{since.title} → {title}*"]
        head = f"*Since you were here* (your last word: {day(since.at)})"
        lines = [head, *turns[:MOST], *more, *outcome, *lines]
    return [kit.section("since", cut("\n".join(lines), 3000))] if lines else []


def turn(pack: Pack, changed: Changed) -> str:
    """One answer that became another, in a line."""
    question = pack.questions.get(changed.question)
    if question is None:
        return changed.question

    def said(answer: Answer | None) -> str:
        return phrases.answered(question, answer) if answer else "not answered"

    if changed.before and changed.after and changed.before.value == changed.after.value:
        return f"{question.short}: {said(changed.after)}, now with another note or evidence"
    return (
        f"{question.short}: {said(changed.before)} → {said(changed.after)}{derived(changed.after)}"
    )


def derived(answer: Answer | None) -> str:
    """What a figure was worked out from, where it was."""
    if answer is None or answer.evidence != "derived" or not answer.note:
        return ""
    return f" (derived: {escaped(answer.note, 500)})"
