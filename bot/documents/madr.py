"""The decision record: a Markdown file in MADR form, https://adr.github.io/madr/."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import cites, phrases
from bot.blocks.pages import brief, shown
from bot.blocks.words import inside, person
from bot.documents import across, checklist, reopening
from bot.documents.deciders import Names, acceptance, named, to_measure
from bot.documents.front import front
from bot.documents.markdown import literal
from bot.documents.once import once
from bot.documents.other_numbers import other_numbers
from bot.domain.model import GOES_AHEAD, Advice, Goal, Reason
from bot.domain.model.record import Record
from bot.domain.pack import Pack, Question
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
    last, stands = record.supersedes, record.status
    after = f" It supersedes record {last.number:04} of {last.at:%-d %b %Y}." if last else ""
    if record.again:
        return f"Decision record {title(record)}, {stands} now. {_by_mention(record)}{after}"
    why = f" {_by_mention(record)}" if stands == "proposed" else ""
    text = f"Decision record {title(record)}, written for {person(record.by)}, {stands}."
    return f"{text}{why}{after}"


def _by_mention(record: Record) -> str:
    """By whose word it stands, each as Slack shows them."""
    return acceptance(record, NOBODY, person)


def madr(pack: Pack, record: Record, names: Mapping[str, str] = NOBODY) -> str:
    """The whole file; `names` are those of the people in it, by their ids."""
    standing = record.standing
    sections = [
        front(record, names),
        f"# {standing.advice.headline}",
        f"## Context and Problem Statement\n\n{_asked(standing)} meshfit decided by rule "
        f"`{standing.advice.rule}` from the answers below.",
        _drivers(pack, standing),
        _options(pack, standing),
        _outcome_of(pack, record, names),
        _answers(pack, standing, names),
    ]
    return once("\n\n".join(sections))


def _asked(standing: Standing) -> str:
    if standing.advice.there:
        return "This team runs a service mesh. Should it keep it?"
    return "Should this team add a service mesh?"


def _drivers(pack: Pack, standing: Standing) -> str:
    """What speaks for what was decided; what speaks against it stands under the consequences."""
    advice = standing.advice
    worse = _worse(advice)
    lines = [f"* {_reason(pack, each)}" for each in advice.reasons if each.speaks != worse]
    lines += [f"* {each}" for each in _stopped(advice)]
    if advice.driver:
        lines.insert(0, f"* Primary driver: {pack.drivers[advice.driver].label}")
    named_as = cites.called(pack, cites.sources_of(pack, advice.reasons))
    tail = f"\n\n{named_as}" if named_as else ""
    return "## Decision Drivers\n\n" + ("\n".join(lines) or "* None was named.") + tail


def _stopped(advice: Advice) -> list[str]:
    """What stops a mesh, where that is what was decided."""
    stops = not advice.there and advice.outcome not in GOES_AHEAD
    return [each.text for each in advice.blockers] if stops else []


def _worse(advice: Advice) -> str:
    """The side that speaks against what was decided; neither does while nothing is."""
    if advice.outcome == "undecided":
        return ""
    return "against" if advice.outcome in (*GOES_AHEAD, "keep") else "for"


def _reason(pack: Pack, reason: Reason) -> str:
    return f"{reason.text} ({cites.behind(pack, reason)})"


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


def _outcome_of(pack: Pack, record: Record, names: Names) -> str:
    standing, advice = record.standing, record.standing.advice
    because = inside(advice.because)
    turns = [f"* {phrases.turn(pack, each).replace('*', '')}" for each in advice.turns[:5]]
    return "\n\n".join(
        [
            f"## Decision Outcome\n\nChosen option: “{advice.title}”, because {because}",
            acceptance(record, names),
            "### Consequences\n\n" + "\n".join(_consequences(pack, standing)),
            "### Confirmation",
            *_shown_by(standing, names),
            *_leaving(advice),
            "Do:\n\n" + checklist.markdown(standing, names),
            "Look again when one of these is true:\n\n" + "\n".join(turns or ["* Nothing known."]),
            *reopening.markdown(standing, names),
            *_dissent(pack, standing, names),
        ]
    )


def _consequences(pack: Pack, standing: Standing) -> list[str]:
    """The hours, what speaks against what was decided, what stops a mesh."""
    advice, tax = standing.advice, standing.advice.tax
    when = "without the mesh" if advice.there else "today"
    lines = []
    if tax is not None:
        share = f"{tax.saving_percent:g} %{cites.assumed(pack, tax)}"
        lines.append(
            f"* Hours a month: {tax.total_hours:g} {when}, {tax.saved_hours:g} saved at "
            f"{share}, {tax.mesh_hours:g} to run it, {tax.net_hours:g} net. "
            f"{phrases.payback(tax)}".rstrip(" .")
        )
    bad = [each for each in advice.reasons if each.speaks == _worse(advice)]
    lines += [f"* Bad, because {inside(_reason(pack, each))}" for each in bad]
    if not _stopped(advice):
        lines += [f"* {side_labels(advice)[2]}: {each.text}" for each in advice.blockers]
    return lines or ["* None were named."]


def _dissent(pack: Pack, standing: Standing, names: Names) -> list[str]:
    """Who answered otherwise, and what they wrote beside it."""
    lines = [
        f"* {question.short}: {named(each.respondent, names)} says "
        f"{_said(question, each, short=True)}{_note(each)}"
        for each in standing.dissent
        if (question := pack.questions.get(each.question))
    ]
    return [
        "### Against it\n\nSaid by somebody, and not the team's answer:\n\n" + "\n".join(lines)
    ] * bool(lines)


def _note(theirs: TeamAnswer) -> str:
    words = [literal(each, 500) for each in (theirs.answer.note, theirs.answer.reason) if each]
    return f": {' '.join(words)}" if words else ""


def _leaving(advice: Advice) -> list[str]:
    lines = [f"* {each}" for each in leaving(advice)]
    return ["Must run before it goes:\n\n" + "\n".join(lines)] if lines else []


def _shown_by(standing: Standing, names: Names) -> list[str]:
    metric, goal = standing.answered.get("success_metric"), standing.goal
    earlier = other_numbers(goal, names) if goal else []
    if metric is None:
        return earlier
    line = f"Shown by: {literal(str(metric.answer.value), 500)}"
    same = goal is not None and goal.metric == metric.answer.value
    now = f"{line}. {_stands(goal, names)}" if goal and same and goal.aim is not None else line
    return [now, *earlier]


def _stands(goal: Goal, names: Names) -> str:
    """The pilot's number: today, aim, reached, by whom, when, how known."""
    unit = f" {literal(goal.unit, 60)}" if goal.unit else ""
    planned = f"Today {goal.today or 0:g}{unit}, aim {goal.aim or 0:g}{unit}"
    reached = goal.reached
    if reached is None:
        if goal.shows_on is None:
            return f"{planned}; not measured yet."
        who = to_measure(goal, lambda user: named(user, names))
        return f"{planned}; not measured yet: shows on {goal.shows_on:%Y-%m-%d}, {who}."
    word = "reached" if goal.stands == "reached" else "missed with"
    by = f"{reached.known}, by {named(reached.by, names)}, {reached.at:%Y-%m-%d}"
    early = f", before {goal.early:%Y-%m-%d}, when it was to show" if goal.early else ""
    where = f" Seen in: {literal(reached.where, 500)}" if reached.where else ""
    return f"{planned}; {word} {reached.value:g}{unit} ({by}){early}.{where}"


def _answers(pack: Pack, standing: Standing, names: Names) -> str:
    head = "| Question | Answer | How known | Who | When |\n|---|---|---|---|---|"
    there = standing.advice.there
    asked = [each.where_one_runs() if there else each for each in pack.questions.values()]
    rows = [
        _row(question.label, _said(question, answer), answer, names)
        for question in asked
        if (answer := standing.answered.get(question.id))
    ]
    name = standing.advice.pack
    whole = across.stands_on(standing.stands_on)
    return (
        f"## More Information\n\n{whole}{' ' if whole else ''}"
        f"Rests on knowledge pack {name.name} {name.version} and these answers:\n\n"
        + "\n".join([head, *rows])
        + "\n\nWith hours, pilot and runs as one page: `/meshfit report` in the channel"
        + f"{_lies(standing)}.\n"
    )


def _lies(standing: Standing) -> str:
    """Where the page comes to lie."""
    link = standing.assessment.card_link
    return f", which puts it into the thread of the card, <{link}>" if link else ""


def _said(question: Question, theirs: TeamAnswer, *, short: bool = False) -> str:
    """An answer; what was typed freely is text and nothing else."""
    if question.kind == "text":
        return literal(str(theirs.answer.value))
    return (brief if short else shown)(question, theirs.answer.value).replace("|", "\\|")


def _row(label: str, text: str, theirs: TeamAnswer, names: Names) -> str:
    known = theirs.answer.evidence or "not said"
    flat = " ".join(label.replace("|", "\\|").split())
    who = named(theirs.respondent, names)
    cells = [flat, text, f"{known}{_note(theirs)}", who]
    return f"| {' | '.join(cells)} | {theirs.at:%Y-%m-%d} |"
