"""What was decided before: the history, one old assessment, the decision record, forgetting."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.blocks import ids, kit, notice, phrases
from bot.blocks.pages import shown
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import count, cut, day, escaped, person
from bot.domain.pack import Pack
from bot.domain.sheet import Held, Record
from bot.domain.team import Assessment, Given, Standing


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


def title(record: Record) -> str:
    """`0002: Not yet: nobody would run it`."""
    return f"{record.number:04}: {record.standing.advice.headline}"


def posted(record: Record) -> str:
    """What accompanies the file in the thread."""
    last = record.supersedes
    after = f" It supersedes record {last.number:04} of {last.at:%-d %b %Y}." if last else ""
    return f"Decision record {title(record)}, written for {person(record.by)}.{after}"


def madr(pack: Pack, record: Record) -> str:
    """The decision as a Markdown file in MADR form: https://adr.github.io/madr/."""
    return "\n\n".join(
        [
            _front(record),
            f"# {record.standing.advice.headline}",
            "## Context and Problem Statement\n\nShould this team add a service mesh? meshfit "
            f"decided by rule `{record.standing.advice.rule}` from the answers below.",
            _drivers(pack, record.standing),
            _options(pack, record.standing),
            _outcome_of(pack, record.standing),
            _answers(pack, record.standing),
        ]
    )


def _front(record: Record) -> str:
    last = record.supersedes
    held = record.standing.assessment
    rows = [
        "---",
        "status: accepted",
        f"date: {record.at:%Y-%m-%d}",
        f"decision-makers: {', '.join(record.standing.respondents)}",
        f"record: {_yaml(f'{record.number:04}')}",
        *([f"supersedes: {_yaml(f'{last.number:04} ({last.title})')}"] if last else []),
        f"assessment: {held.id}",
        "---",
    ]
    return "\n".join(rows)


def _yaml(text: str) -> str:
    """Text as YAML reads it back: `0010` is no number, and a colon ends nothing."""
    return json.dumps(text, ensure_ascii=False)


def _drivers(pack: Pack, standing: Standing) -> str:
    advice = standing.advice
    lines = [f"* {each.text} ({pack.sources[each.source].cite})" for each in advice.reasons]
    if advice.driver:
        lines.insert(0, f"* Primary driver: {pack.drivers[advice.driver].label}")
    return "## Decision Drivers\n\n" + ("\n".join(lines) or f"* {advice.because}")


def _options(pack: Pack, standing: Standing) -> str:
    advice = standing.advice
    lines = [
        f"* {advice.title} (chosen)" if key == advice.outcome else f"* {words.title}"
        for key, words in pack.outcomes.items()
    ]
    lines += [f"* Instead of a mesh: {each.text}" for each in advice.alternatives]
    return "## Considered Options\n\n" + "\n".join(lines)


def _outcome_of(pack: Pack, standing: Standing) -> str:
    advice = standing.advice
    good = [
        f"* Good, because {phrases.inside(each.text)}"
        for each in advice.reasons
        if each.speaks == "for"
    ]
    against = [each.text for each in advice.reasons if each.speaks == "against"]
    bad = [f"* Bad, because {phrases.inside(each)}" for each in against]
    bad += [f"* Stops it: {each.text} What removes it: {each.action}" for each in advice.blockers]
    tax = advice.tax
    if tax is not None:
        good.append(
            f"* Hours a month: {tax.total_hours:g} today, {tax.saved_hours:g} saved at "
            f"{tax.saving_percent:g} %, {tax.mesh_hours:g} to run a mesh, {tax.net_hours:g} net"
        )
    because = phrases.inside(advice.because)
    turns = [f"* {phrases.turn(pack, each).replace('*', '')}" for each in advice.turns[:5]]
    actions = [f"* {each}" for each in advice.actions]
    return "\n\n".join(
        [
            f"## Decision Outcome\n\nChosen option: “{advice.title}”, because {because}",
            "### Consequences\n\n" + "\n".join([*good, *bad] or ["* None were named."]),
            "### Confirmation\n\nDo:\n\n" + "\n".join(actions or ["* Nothing yet."]),
            "Look again when one of these is true:\n\n" + "\n".join(turns or ["* Nothing known."]),
        ]
    )


def _answers(pack: Pack, standing: Standing) -> str:
    head = "| Question | Answer | How known | Who (Slack id) | When |\n|---|---|---|---|---|"
    rows = [
        _row(question.label, shown(question, given.answer.value), given)
        for question in pack.questions.values()
        if (given := standing.given.get(question.id))
    ]
    name = standing.advice.pack
    return (
        f"## More Information\n\nRests on knowledge pack {name.name} {name.version} and these "
        "answers:\n\n" + "\n".join([head, *rows]) + "\n"
    )


def _row(label: str, said: str, given: Given) -> str:
    known = given.answer.evidence or "not said"
    why = " ".join(escaped(each, 500) for each in (given.answer.note, given.answer.reason) if each)
    cells = [label, said, f"{known}: {why}" if why else known, given.respondent]
    flat = [" ".join(each.replace("|", "\\|").split()) for each in cells]
    return f"| {' | '.join(flat)} | {given.at:%Y-%m-%d} |"
