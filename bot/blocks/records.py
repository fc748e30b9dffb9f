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


def forgetting(held: Held) -> Payload:
    """What can be deleted here, each with its own button."""
    buttons = []
    if held.mine:
        confirm = ("Delete what you said here?", "It is gone for good, your draft too.", "Delete")
        buttons.append(
            kit.button(ids.ERASE_MINE, "Delete what is mine", "me", style="danger", confirm=confirm)
        )
    if held.team:
        confirm = (
            "Delete the team's assessment?",
            "All answers, everyone's, are gone for good, with its records and undo.",
            "Delete",
        )
        team = held.team.assessment.id
        buttons.append(
            kit.button(
                ids.ERASE_TEAM, "Delete the assessment", team, style="danger", confirm=confirm
            )
        )
    said = f"I keep {_kinds(held.mine)} of yours for this channel."
    if held.team:
        said += " You also started its assessment, so you can delete it as a whole."
    return message(kit.section("kept", said), *([kit.actions("do", *buttons)] if buttons else []))


def deleted(gone: Mapping[str, int]) -> Payload:
    """What was deleted of one person."""
    return notice.plain(f"Deleted: {_kinds(gone)} of yours.")


def _kinds(mine: Mapping[str, int]) -> str:
    """`8 answers, 2 questions`."""
    return ", ".join(count(many, kind) for kind, many in mine.items()) or "nothing"
