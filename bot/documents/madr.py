"""The decision record: a Markdown file in MADR form, https://adr.github.io/madr/."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.blocks import phrases
from bot.blocks.pages import brief, shown
from bot.blocks.words import person
from bot.documents.deciders import Names, acceptance, named, status
from bot.documents.markdown import literal
from bot.documents.once import once
from bot.domain.model import Advice, Goal, Reason
from bot.domain.pack import Pack, Question
from bot.domain.replies import Record
from bot.domain.team import Standing, TeamAnswer
from bot.domain.words import leaving, side_labels

KEEPING = ("keep", "leave")
"""What there is to choose from where a mesh runs; elsewhere it is the rest."""

NOBODY: Names = {}


def title(record: Record) -> str:
    """`0002: Not yet: nobody would run it`."""
    return f"{record.number:04}: {record.standing.advice.headline}"


def posted(record: Record) -> str:
    """What accompanies the file in the thread."""
    last, stands = record.supersedes, status(record.standing)
    after = f" It supersedes record {last.number:04} of {last.at:%-d %b %Y}." if last else ""
    why = f" {acceptance(record.standing, NOBODY)}" if stands == "proposed" else ""
    said = f"Decision record {title(record)}, written for {person(record.by)}, {stands}."
    return f"{said}{why}{after}"


def madr(pack: Pack, record: Record, names: Mapping[str, str] = NOBODY) -> str:
    """The whole file; `names` are those of the people in it, by their ids."""
    standing = record.standing
    sections = [
        _front(record, names),
        f"# {standing.advice.headline}",
        f"## Context and Problem Statement\n\n{_asked(standing)} meshfit decided by rule "
        f"`{standing.advice.rule}` from the answers below.",
        _drivers(pack, standing),
        _options(pack, standing),
        _outcome_of(pack, standing, names),
        _answers(pack, standing, names),
    ]
    return once("\n\n".join(sections))


def _front(record: Record, names: Names) -> str:
    last, held = record.supersedes, record.standing.assessment
    deciders = ", ".join(named(each, names) for each in record.standing.respondents)
    rows = [
        "---",
        f"status: {status(record.standing)}",
        f"date: {record.at:%Y-%m-%d}",
        f"decision-makers: {_yaml(deciders)}",
        f"record: {_yaml(f'{record.number:04}')}",
        *([f"supersedes: {_yaml(f'{last.number:04} ({last.title})')}"] if last else []),
        f"assessment: {held.id}",
        *([f"card: {_yaml(held.card_link)}"] if held.card_link else []),
        "---",
    ]
    return "\n".join(rows)


def _yaml(text: str) -> str:
    """Text as YAML reads it back: `0010` is no number, and a colon ends nothing."""
    return json.dumps(text, ensure_ascii=False)


def _asked(standing: Standing) -> str:
    if standing.advice.there:
        return "This team runs a service mesh. Should it keep it?"
    return "Should this team add a service mesh?"


def _drivers(pack: Pack, standing: Standing) -> str:
    """What speaks for a mesh here; what speaks against one stands under the consequences."""
    advice = standing.advice
    lines = [f"* {_reason(pack, each)}" for each in advice.reasons if each.speaks != "against"]
    if advice.driver:
        lines.insert(0, f"* Primary driver: {pack.drivers[advice.driver].label}")
    named_as = phrases.called(pack, (each.source for each in advice.reasons))
    tail = f"\n\n{named_as}" if named_as else ""
    return "## Decision Drivers\n\n" + ("\n".join(lines) or "* None was named.") + tail


def _reason(pack: Pack, reason: Reason) -> str:
    return f"{reason.text} ({phrases.behind(pack, reason)})"


def _options(pack: Pack, standing: Standing) -> str:
    advice = standing.advice
    lines = [
        f"* {advice.title} (chosen)" if key == advice.outcome else f"* {words.title}"
        for key, words in pack.outcomes.items()
        if (key in KEEPING) == advice.there or key == advice.outcome
    ]
    lines += [
        f"* Instead of a mesh: {each.text}" for each in advice.alternatives if not each.question
    ]
    return "## Considered Options\n\n" + "\n".join(lines)


def _outcome_of(pack: Pack, standing: Standing, names: Names) -> str:
    advice = standing.advice
    because = phrases.inside(advice.because)
    turns = [f"* {phrases.turn(pack, each).replace('*', '')}" for each in advice.turns[:5]]
    actions = [f"* {each}" for each in advice.actions]
    return "\n\n".join(
        [
            f"## Decision Outcome\n\nChosen option: “{advice.title}”, because {because}",
            acceptance(standing, names),
            "### Consequences\n\n" + "\n".join(_consequences(pack, standing)),
            "### Confirmation",
            *_shown_by(standing, names),
            *_leaving(advice),
            "Do:\n\n" + "\n".join(actions or ["* Nothing yet."]),
            "Look again when one of these is true:\n\n" + "\n".join(turns or ["* Nothing known."]),
            *_dissent(pack, standing, names),
        ]
    )


def _consequences(pack: Pack, standing: Standing) -> list[str]:
    """The hours, what speaks against it, what stops it; what speaks for it stands above."""
    advice, tax = standing.advice, standing.advice.tax
    when = "without the mesh" if advice.there else "today"
    worse = "for" if advice.outcome == "leave" else "against"
    lines = []
    if tax is not None:
        lines.append(
            f"* Hours a month: {tax.total_hours:g} {when}, {tax.saved_hours:g} saved at "
            f"{tax.saving_percent:g} %, {tax.mesh_hours:g} to run it, {tax.net_hours:g} net"
        )
    bad = [each for each in advice.reasons if each.speaks == worse]
    lines += [f"* Bad, because {phrases.inside(_reason(pack, each))}" for each in bad]
    lines += [f"* {side_labels(advice)[2]}: {each.text}" for each in advice.blockers]
    return lines or ["* None were named."]


def _dissent(pack: Pack, standing: Standing, names: Names) -> list[str]:
    """Who answered otherwise, and what they wrote beside it."""
    lines = [
        f"* {question.short}: {named(each.respondent, names)} says "
        f"{literal(brief(question, each.answer.value), 500)}{_note(each)}"
        for each in standing.dissent
        if (question := pack.questions.get(each.question))
    ]
    return ["### Against it\n\nAnswered otherwise than the team:\n\n" + "\n".join(lines)] * bool(
        lines
    )


def _note(given: TeamAnswer) -> str:
    said = " ".join(literal(each, 500) for each in (given.answer.note, given.answer.reason) if each)
    return f": {said}" if said else ""


def _leaving(advice: Advice) -> list[str]:
    lines = [f"* {each}" for each in leaving(advice)]
    return ["Must run before it goes:\n\n" + "\n".join(lines)] if lines else []


def _shown_by(standing: Standing, names: Names) -> list[str]:
    metric = standing.given.get("success_metric")
    if metric is None:
        return []
    said, goal = f"Shown by: {literal(str(metric.answer.value), 500)}", standing.goal
    same = goal is not None and goal.metric == metric.answer.value
    return [f"{said}. {_stands(goal, names)}" if goal and same and goal.aim is not None else said]


def _stands(goal: Goal, names: Names) -> str:
    """The pilot's number: today, aim, reached, by whom, when, how known."""
    unit = f" {literal(goal.unit, 60)}" if goal.unit else ""
    planned = f"Today {goal.today or 0:g}{unit}, aim {goal.aim or 0:g}{unit}"
    found = goal.reached
    if found is None:
        later = f"shows on {goal.shows_on:%Y-%m-%d}" if goal.shows_on else "not measured yet"
        return f"{planned}; {later}."
    word = "reached" if goal.stands == "reached" else "missed with"
    by = f"{found.known}, by {named(found.by, names)}, {found.at:%Y-%m-%d}"
    where = f" Seen in: {literal(found.where, 500)}" if found.where else ""
    return f"{planned}; {word} {found.value:g}{unit} ({by}).{where}"


def _answers(pack: Pack, standing: Standing, names: Names) -> str:
    head = "| Question | Answer | How known | Who | When |\n|---|---|---|---|---|"
    rows = [
        _row(question.label, _said(question, given), given, names)
        for question in pack.questions.values()
        if (given := standing.given.get(question.id))
    ]
    name = standing.advice.pack
    return (
        f"## More Information\n\nRests on knowledge pack {name.name} {name.version} and these "
        "answers:\n\n"
        + "\n".join([head, *rows])
        + "\n\nWith hours, pilot and runs as one page: `/meshfit report` in the channel.\n"
    )


def _said(question: Question, given: TeamAnswer) -> str:
    """An answer; what was typed freely is text and nothing else."""
    said = shown(question, given.answer.value)
    return literal(said) if question.kind == "text" else said.replace("|", "\\|")


def _row(label: str, said: str, given: TeamAnswer, names: Names) -> str:
    known = given.answer.evidence or "not said"
    why = " ".join(literal(each, 500) for each in (given.answer.note, given.answer.reason) if each)
    flat = " ".join(label.replace("|", "\\|").split())
    who = named(given.respondent, names)
    cells = [flat, said, f"{known}: {why}" if why else known, who]
    return f"| {' | '.join(cells)} | {given.at:%Y-%m-%d} |"
