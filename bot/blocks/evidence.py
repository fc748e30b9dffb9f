"""Evidence: what is there, from when, what it would answer, what it changed; how to add more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.blocks import ids, kit, phrases
from bot.blocks.counted import is_taken, old, take, told
from bot.blocks.incidents import figures
from bot.blocks.kit import Block, Element
from bot.blocks.pages import shown
from bot.blocks.surfaces import Payload, message
from bot.blocks.turned import turn
from bot.blocks.words import cut, day, escaped, person
from bot.domain.evidence.model import Counted, EvidenceChange, Gathered, KeptExport, KeptLook
from bot.domain.evidence.model.handed_over import KeptEvidence
from bot.domain.pack import Pack
from bot.domain.team import ChangeSet
from bot.domain.words import count, listed, number, on_day

_SEVERITIES = {
    "breaks": ("breaks", "break"),
    "configure": ("needs a setting", "need a setting"),
    "loses": ("loses something", "lose something"),
    "info": ("is worth knowing", "are worth knowing"),
}
MOST_EXPORTS, MOST_TURNS = 5, 8


def overview(pack: Pack, gathered: Gathered) -> Payload:
    """`/meshfit evidence`: everything, each thing with where it comes from and from when."""
    return message(
        kit.section("evidence", _opening(gathered)),
        *([_look(gathered.look, gathered.today)] if gathered.look else []),
        *(_offer(pack, gathered, each) for each in gathered.counted),
        *([_estimate(gathered.look)] if gathered.look else []),
        *(_export(each, gathered.today) for each in gathered.exports[:MOST_EXPORTS]),
        *figures(pack, gathered),
        *_turned(pack, gathered.turned),
        kit.actions("do", *_ways(gathered)),
    )


def _opening(gathered: Gathered) -> str:
    if gathered.look or gathered.exports:
        return "*What was counted instead of guessed.* The team's answers stay until you take one."
    return (
        "*Nothing was counted here yet.* A look at your cluster and your incidents take the place "
        "of guesses. A cluster is read on your machine, and its summary comes here; of an export "
        "of incidents I drop names, mails and descriptions as I read it."
    )


def _look(kept: KeptLook, today: date) -> Block:
    look, offered = kept.look, kept.look.offered
    worst = [
        count(many, *words)
        for severity, words in _SEVERITIES.items()
        if (many := sum(each.severity == severity for each in look.findings))
    ]
    lines = [
        f"*A look at a cluster, {on_day(look.seen)}*{old(look.seen, today)}",
        f"{count(offered.services, 'service')} {look.bound}, {offered.pods:,} running pods of "
        f"apps, {count(offered.nodes, 'node')}. Findings: {listed(worst) if worst else 'none'}; "
        f"{count(len(look.not_judged), 'check')} could not be made.",
        _origin(kept),
    ]
    return kit.section(f"kept.{kept.id}", "\n".join(lines), _drop(kept))


def _export(kept: KeptExport, today: date) -> Block:
    export = kept.summary
    left = [f"{many} {why}" for why, many in export.left_out.items()]
    lines = [
        f"*Incidents from {escaped(export.format, 60)}, {on_day(export.first)} to "
        f"{on_day(export.last)}*{old(export.last, today)}",
        f"{export.counted} counted. Left out: {listed(left) if left else 'none'}."
        + (f" Not read: {export.skipped} without a title or a start." if export.skipped else ""),
        _origin(kept),
    ]
    return kit.section(f"kept.{kept.id}", "\n".join(lines), _drop(kept))


def _origin(kept: KeptEvidence) -> str:
    return f"{escaped(kept.name, 150)}, added by {person(kept.user)}, {day(kept.at)}"


def _drop(kept: KeptEvidence) -> Element:
    asks = (
        "Delete this evidence?",
        "What people confirmed of its incidents goes too. Answers that were taken from it stay.",
        "Delete",
    )
    return kit.button(ids.DROP_EVIDENCE, "Delete", kept.id, style="danger", confirm=asks)


def _offer(pack: Pack, gathered: Gathered, one: Counted) -> Block:
    """What was counted, and the answer that stands, which a difference leaves as it is."""
    question, answer = pack.questions[one.question], gathered.answered.get(one.question)
    lines = [f"*{question.short}.* {told(question, one, shown)}{old(one.day, gathered.today)}"]
    if answer is None:
        lines.append("Not answered yet.")
    elif is_taken(one, answer.answer):
        return kit.section(f"counted.{one.question}", f"{lines[0]}\n_This is the answer._")
    else:
        text = phrases.answered(question, answer.answer)
        kind = f" ({phrases.evidence(answer)})" if phrases.evidence(answer) else ""
        differs = "also says" if answer.answer.value == one.value else "says otherwise:"
        lines.append(f"{person(answer.respondent)} {differs} {text}{kind}.")
    return kit.section(f"counted.{one.question}", "\n".join(lines), take(one))


def _estimate(kept: KeptLook) -> Block:
    if kept.look.cut:
        text = "The dump ends in the middle: nothing of it is counted, here or in the estimate."
        return kit.context("estimate", text)
    offered = kept.look.offered
    cores = f" of {number(offered.node_vcpu)} vCPU" if offered.node_vcpu else ""
    return kit.context(
        "estimate",
        f"`/meshfit estimate` begins with {count(offered.services, 'service')}, "
        f"{count(offered.pods, 'pod')}, {count(offered.nodes, 'node')}{cores}, where the channel "
        "has not counted them yet.",
    )


def _turned(pack: Pack, turned: tuple[EvidenceChange, ...]) -> list[Block]:
    """What evidence changed, the newest first."""
    if not turned:
        return []
    lines = [_change(pack, each.changes) for each in turned[:MOST_TURNS]]
    return [kit.section("turned", cut("*What it changed*\n" + "\n".join(lines), 3000))]


def _change(pack: Pack, done: ChangeSet) -> str:
    parts = " · ".join(turn(pack, each) for each in done.changes[:3])
    outcome = f" *{done.title_before} → {done.title_after}*" if done.turns else ""
    undone = f" Undone by {person(done.undone_by)}." if done.undone_by else ""
    return f"• {cut(parts, 300)} ({person(done.respondent)}, {day(done.at)}).{outcome}{undone}"


def _ways(gathered: Gathered) -> Iterator[Element]:
    first = None if gathered.look or gathered.exports else "primary"
    if gathered.open:
        many = f"Go through {count(len(gathered.open), 'incident')}"
        yield kit.button(ids.GO_THROUGH, many, "open", style="primary")
    elif gathered.incidents:
        yield kit.button(ids.GO_THROUGH, "Look at each again", "all")
    yield kit.button(
        ids.ADD_LOOK, "Add a cluster's summary", "look", style="primary" if first else None
    )
    yield kit.button(ids.ADD_INCIDENTS, "Add incidents", "incidents")
