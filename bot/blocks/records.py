"""What was decided before: the history, one old assessment, the decision record, forgetting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.blocks import ids, kit, notice, phrases, then
from bot.blocks.surfaces import Payload, message
from bot.blocks.values import RecordKey
from bot.blocks.words import cut, day, escaped, person
from bot.domain.model.record import Record
from bot.domain.pack import Pack
from bot.domain.replies import Held
from bot.domain.snapshots.model import Snapshot
from bot.domain.team import Assessment, Standing
from bot.domain.words import count


def history(assessments: tuple[Assessment, ...], kept: tuple[Snapshot, ...] = ()) -> Payload:
    """The channel's assessments, newest first, and since when to tell what changed."""
    if not assessments:
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
        for each in assessments
    ]
    since = [kit.actions("since", then.choice(kept))] if kept else []
    return message(kit.section("history", "*Assessments of this channel*"), *rows, *since)


def past(pack: Pack, standing: Standing) -> Payload:
    """One assessment with all its answers, read with the pack it was answered with."""
    lines = [
        f"• {question.short}: {phrases.answered(question, answer.answer)} "
        f"({person(answer.respondent)}, {day(answer.at)})"
        for question in pack.questions.values()
        if (answer := standing.answered.get(question.id))
    ]
    assessment = standing.assessment
    return message(
        kit.section("headline", f"*{standing.advice.headline}.* {standing.advice.because}"),
        kit.section("answers", cut("\n".join(lines) or "No answers are kept.", 3000)),
        kit.context(
            "foot",
            f"Answered with {assessment.pack.name} {assessment.pack.version}. "
            f"This one is {assessment.status}.",
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
    text = f"This channel's card says: *{standing.advice.headline}.* A new assessment closes it."
    return message(
        kit.section("afresh", text),
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


def forgetting(kinds: Held) -> Payload:
    """What can be deleted here, each with its own button."""
    team = kinds.team.assessment.id if kinds.team else ""
    offers = (
        (kinds.mine, ids.ERASE_MINE, "Delete what is mine", "me", _HERE),
        (kinds.team, ids.ERASE_TEAM, "Delete the assessment", team, _WHOLE),
        (kinds.everywhere, ids.ERASE_ME, "Everything about me", "me", _EVERYWHERE),
    )
    buttons = [
        kit.button(button, label, value, style="danger", confirm=confirm)
        for there_is, button, label, value, confirm in offers
        if there_is
    ]
    text = f"I keep {_kinds(kinds.mine)} of yours for this channel."
    if kinds.team:
        text += " You may also delete its assessment as a whole."
    return message(
        kit.section("kept", text),
        *([kit.section("everywhere", _everywhere(kinds.everywhere))] if kinds.everywhere else []),
        *([kit.actions("do", *buttons)] if buttons else []),
    )


_NAMED = ("card", "pilot", "record", "setting")
_STAYS = (
    "*It leaves:* the figures, budgets and plans that teams agreed on, without your name; what "
    "others wrote in their own words; what was posted in Slack; and backups and exports, which "
    "whoever runs meshfit keeps."
)


def _everywhere(kinds: Mapping[str, int]) -> str:
    """What is kept of one person in all channels, and what deleting it would leave."""
    plain = {kind: many for kind, many in kinds.items() if kind not in _NAMED}
    named = {kind: many for kind, many in kinds.items() if kind in _NAMED}
    named_in = f" You are named in {_kinds(named)}." if named else ""
    return (
        f"*Everything about me* reaches every channel of this workspace: {_kinds(plain)} of yours."
        f"{named_in}\n{_STAYS}"
    )


def forgotten(gone: Mapping[str, int]) -> Payload:
    """What was deleted of one person in the whole workspace, and what is left."""
    plain = {kind: many for kind, many in gone.items() if kind not in _NAMED}
    named = {kind: many for kind, many in gone.items() if kind in _NAMED}
    renamed = f" Your name is gone from {_kinds(named)}." if named else ""
    return message(
        kit.section("gone", f"Deleted in every channel: {_kinds(plain)} of yours.{renamed}"),
        kit.context("stays", _STAYS),
    )


def deleted(gone: Mapping[str, int]) -> Payload:
    """What was deleted of one person."""
    return notice.plain(f"Deleted: {_kinds(gone)} of yours.")


def _kinds(mine: Mapping[str, int]) -> str:
    """`8 answers, 2 questions`."""
    return ", ".join(count(many, kind) for kind, many in mine.items()) or "nothing"


def waits(record: Record) -> Payload:
    """Below a record that is proposed, where anybody's word would make it accepted."""
    key = RecordKey(assessment=record.standing.assessment.id, number=str(record.number))
    button = kit.button(ids.CONFIRM_RECORD, "Confirm", str(key), style="primary")
    text = (
        f"Record {record.number:04} was written as proposed. If you know that it was decided so, "
        "press *Confirm*: your name goes on the record, and its file follows as accepted."
    )
    return message(kit.section("waits", text), kit.actions("do", button))


def confirmed(number: int, user: str) -> Payload:
    """The same once somebody pressed."""
    text = f"Record {number:04}: Confirmed by {person(user)}. Its file follows as accepted."
    return message(kit.section("waits", text))


PIECE = 2700
"""Characters of the record in a message, escaped; a section takes 3,000."""


def in_text(posted: str, people: Sequence[str], why: str) -> Payload:
    """A record whose file Slack did not take comes as messages; Slack shows the people's names."""
    who = f"\nIn it: {', '.join(f'{each} is {person(each)}' for each in people)}" if people else ""
    text = (
        f"{cut(posted, 1200)}\nSlack did not take it as a file ({escaped(why, 60)}), so its text "
        f"follows.{who}"
    )
    return message(kit.section("record", cut(text, 3000)))


def piece(text: str, at: int, of: int) -> Payload:
    """One of these messages."""
    return message(kit.section("record", f"{at} of {of}\n```\n{text}\n```"))


def pieces(text: str) -> Iterator[str]:
    """The text, escaped, in pieces that end with a line, or within one that is too long."""
    sentence = ""
    for line in text.strip().replace("```", "'''").split("\n"):
        parts = [line[at : at + 500] for at in range(0, len(line), 500)] or [""]
        for part in (*parts[:-1], f"{parts[-1]}\n"):
            safe = escaped(part, PIECE)
            if len(sentence) + len(safe) > PIECE:
                yield sentence.rstrip("\n")
                sentence = ""
            sentence += safe
    yield sentence.rstrip("\n")
