"""The decision record: a Markdown file in MADR form, https://adr.github.io/madr/."""

from __future__ import annotations

import json

from bot.blocks import phrases
from bot.blocks.pages import shown
from bot.blocks.words import person
from bot.documents.markdown import literal
from bot.domain.model import Goal
from bot.domain.pack import Pack, Question
from bot.domain.replies import Record
from bot.domain.team import Standing, TeamAnswer


def title(record: Record) -> str:
    """`0002: Not yet: nobody would run it`."""
    return f"{record.number:04}: {record.standing.advice.headline}"


def posted(record: Record) -> str:
    """What accompanies the file in the thread."""
    last = record.supersedes
    after = f" It supersedes record {last.number:04} of {last.at:%-d %b %Y}." if last else ""
    return f"Decision record {title(record)}, written for {person(record.by)}.{after}"


def madr(pack: Pack, record: Record) -> str:
    """The whole file."""
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
        f"status: {'proposed' if record.standing.advice.outcome == 'undecided' else 'accepted'}",
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
    lines += [
        f"* Instead of a mesh: {each.text}" for each in advice.alternatives if not each.question
    ]
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
            "### Confirmation",
            *_shown_by(standing),
            "Do:\n\n" + "\n".join(actions or ["* Nothing yet."]),
            "Look again when one of these is true:\n\n" + "\n".join(turns or ["* Nothing known."]),
        ]
    )


def _shown_by(standing: Standing) -> list[str]:
    metric = standing.given.get("success_metric")
    if metric is None:
        return []
    said, goal = f"Shown by: {literal(str(metric.answer.value), 500)}", standing.goal
    same = goal is not None and goal.metric == metric.answer.value
    return [f"{said}. {_stands(goal)}" if goal and same and goal.aim is not None else said]


def _stands(goal: Goal) -> str:
    """The pilot's number: today, aim, reached, by whom, when, how known."""
    unit = f" {literal(goal.unit, 60)}" if goal.unit else ""
    planned = f"Today {goal.today or 0:g}{unit}, aim {goal.aim or 0:g}{unit}"
    found = goal.reached
    if found is None:
        later = f"shows on {goal.shows_on:%Y-%m-%d}" if goal.shows_on else "not measured yet"
        return f"{planned}; {later}."
    word = "reached" if goal.stands == "reached" else "missed with"
    by = f"{found.known}, by {literal(found.by)}, {found.at:%Y-%m-%d}"
    where = f" Seen in: {literal(found.where, 500)}" if found.where else ""
    return f"{planned}; {word} {found.value:g}{unit} ({by}).{where}"


def _answers(pack: Pack, standing: Standing) -> str:
    head = "| Question | Answer | How known | Who (Slack id) | When |\n|---|---|---|---|---|"
    rows = [
        _row(question.label, _said(question, given), given)
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


def _row(label: str, said: str, given: TeamAnswer) -> str:
    known = given.answer.evidence or "not said"
    why = " ".join(literal(each, 500) for each in (given.answer.note, given.answer.reason) if each)
    flat = " ".join(label.replace("|", "\\|").split())
    cells = [flat, said, f"{known}: {why}" if why else known, literal(given.respondent)]
    return f"| {' | '.join(cells)} | {given.at:%Y-%m-%d} |"
