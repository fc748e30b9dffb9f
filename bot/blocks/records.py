"""What was decided before: the history, one old assessment, the decision record, forgetting."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import ids, kit, notice, phrases
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import count, cut, day, person
from bot.domain.pack import Pack
from bot.domain.replies import Held
from bot.domain.team import Assessment, Standing


def history(held: tuple[Assessment, ...]) -> Payload:
    """The channel's assessments, newest first."""
    if not held:
        return message(
            kit.section("none", "Nothing was shared here yet. `/meshfit assess` starts one.")
        )
    rows = [
        kit.section(
            f"past.{each.id}",
            f"*{day(each.started_at)}: {each.title or 'not decided'}* ({each.status})\n"
            f"Started by {person(each.started_by)} · rules {each.pack.version}",
            kit.button(ids.READ, "Read", each.id),
        )
        for each in held
    ]
    return message(kit.section("history", "*Assessments of this channel*"), *rows)


def past(pack: Pack, standing: Standing) -> Payload:
    """One assessment with all its answers, read with the pack it was answered with."""
    lines = [
        f"• {question.short}: {phrases.answered(question, given.answer)} "
        f"({person(given.respondent)}, {day(given.at)})"
        for question in pack.questions.values()
        if (given := standing.given.get(question.id))
    ]
    held = standing.assessment
    return message(
        kit.section("headline", f"*{standing.advice.headline}.* {standing.advice.because}"),
        kit.section("answers", cut("\n".join(lines) or "No answers are kept.", 3000)),
        kit.context(
            "foot",
            f"Answered with {held.pack.name} {held.pack.version}. This one is {held.status}.",
        ),
    )


def start_afresh(standing: Standing) -> Payload:
    """Asks before the open assessment is closed for a new one."""
    confirm = (
        "Close the open assessment?",
        "It stays readable under /meshfit history. The channel then has no card until the new one "
        "is shared.",
        "Close it",
    )
    button = kit.button(
        ids.START_AFRESH, "Start afresh", standing.assessment.id, style="danger", confirm=confirm
    )
    said = f"This channel's card says: *{standing.advice.headline}.* A new assessment closes it."
    return message(
        kit.section("afresh", said),
        kit.actions("do", button, kit.button(ids.EDIT, "Change answers instead", "open")),
    )


_HERE = ("Delete what you said here?", "It is gone for good, your draft too.", "Delete")
_EVERYWHERE = (
    "Delete everything about you?",
    "Your answers, notes, drafts, questions, ratings, files and estimates in every channel are "
    "gone for good. Cards, pilots and records say “a former member” instead of you.",
    "Delete",
)
_WHOLE = (
    "Delete the team's assessment?",
    "All answers, everyone's, are gone for good, with its evidence, records and undo.",
    "Delete",
)


def forgetting(held: Held) -> Payload:
    """What can be deleted here, each with its own button."""
    team = held.team.assessment.id if held.team else ""
    offers = (
        (held.mine, ids.ERASE_MINE, "Delete what is mine", "me", _HERE),
        (held.team, ids.ERASE_TEAM, "Delete the assessment", team, _WHOLE),
        (held.everywhere, ids.ERASE_ME, "Everything about me", "me", _EVERYWHERE),
    )
    buttons = [
        kit.button(button, label, value, style="danger", confirm=confirm)
        for there_is, button, label, value, confirm in offers
        if there_is
    ]
    said = f"I keep {_kinds(held.mine)} of yours for this channel."
    if held.team:
        said += " You also started its assessment, so you can delete it as a whole."
    return message(
        kit.section("kept", said),
        *([kit.section("everywhere", _everywhere(held.everywhere))] if held.everywhere else []),
        *([kit.actions("do", *buttons)] if buttons else []),
    )


_NAMED = ("card", "pilot", "record")
_STAYS = (
    "*It leaves:* the figures, budgets and plans that teams agreed on, without your name; what "
    "others wrote in their own words; what was posted in Slack; and backups and exports, which "
    "whoever runs meshfit keeps."
)


def _everywhere(held: Mapping[str, int]) -> str:
    """What is kept of one person in all channels, and what deleting it would leave."""
    said = {kind: many for kind, many in held.items() if kind not in _NAMED}
    named = {kind: many for kind, many in held.items() if kind in _NAMED}
    named_in = f" You are named in {_kinds(named)}." if named else ""
    return (
        f"*Everything about me* reaches every channel of this workspace: {_kinds(said)} of yours."
        f"{named_in}\n{_STAYS}"
    )


def forgotten(gone: Mapping[str, int]) -> Payload:
    """What was deleted of one person in the whole workspace, and what is left."""
    said = {kind: many for kind, many in gone.items() if kind not in _NAMED}
    named = {kind: many for kind, many in gone.items() if kind in _NAMED}
    renamed = f" Your name is gone from {_kinds(named)}." if named else ""
    return message(
        kit.section("gone", f"Deleted in every channel: {_kinds(said)} of yours.{renamed}"),
        kit.context("stays", _STAYS),
    )


def deleted(gone: Mapping[str, int]) -> Payload:
    """What was deleted of one person."""
    return notice.plain(f"Deleted: {_kinds(gone)} of yours.")


def _kinds(mine: Mapping[str, int]) -> str:
    """`8 answers, 2 questions`."""
    return ", ".join(count(many, kind) for kind, many in mine.items()) or "nothing"
