"""Evidence: what is there, from when, what it would answer, what it changed; how to add more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.blocks import ids, kit, phrases
from bot.blocks.card import turn
from bot.blocks.counted import is_taken, old, take, told
from bot.blocks.incidents import figures
from bot.blocks.kit import Block, Element
from bot.blocks.pages import shown
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import count, cut, day, escaped, number, on_day, person
from bot.domain.evidence.model import Counted, Gathered, KeptExport, KeptLook, Turned
from bot.domain.evidence.model.kept import Kept
from bot.domain.pack import Pack
from bot.domain.team import ChangeSet
from bot.domain.words import listed

_SEVERITIES = {"breaks": "break", "configure": "need a setting", "loses": "lose something"}
MOST_EXPORTS, MOST_TURNS = 5, 8


def overview(pack: Pack, found: Gathered) -> Payload:
    """`/meshfit evidence`: everything, each thing with where it comes from and from when."""
    return message(
        kit.section("evidence", _opening(found)),
        *([_look(found.look, found.today)] if found.look else []),
        *(_offer(pack, found, each) for each in found.counted),
        *([_estimate(found.look)] if found.look else []),
        *(_export(each, found.today) for each in found.exports[:MOST_EXPORTS]),
        *figures(pack, found),
        *_turned(pack, found.turned),
        kit.actions("do", *_ways(found)),
    )


def _opening(found: Gathered) -> str:
    if found.look or found.exports:
        return "*What was counted instead of guessed.* The team's answers stay until you take one."
    return (
        "*Nothing was counted here yet.* A look at your cluster and your incidents take the place "
        "of guesses. A cluster is read on your machine, and its summary comes here; of an export "
        "of incidents I drop names, mails and descriptions as I read it."
    )


def _look(kept: KeptLook, today: date) -> Block:
    look, offered = kept.look, kept.look.offered
    worst = [
        f"{many} {words}"
        for severity, words in _SEVERITIES.items()
        if (many := sum(each.severity == severity for each in look.findings))
    ]
    lines = [
        f"*A look at a cluster, {on_day(look.seen)}*{old(look.seen, today)}",
        f"{count(offered.services, 'service')} at most, {offered.pods:,} running pods of apps, "
        f"{count(offered.nodes, 'node')}. Findings: {listed(worst) if worst else 'none'}; "
        f"{count(len(look.not_judged), 'thing')} not judged.",
        _origin(kept),
    ]
    return kit.section(f"kept.{kept.id}", "\n".join(lines), _drop(kept))


def _export(kept: KeptExport, today: date) -> Block:
    said = kept.told
    left = [f"{many} {why}" for why, many in said.left_out.items()]
    lines = [
        f"*Incidents from {escaped(said.format, 60)}, {on_day(said.first)} to "
        f"{on_day(said.last)}*{old(said.last, today)}",
        f"{said.counted} counted. Left out: {listed(left) if left else 'none'}."
        + (f" Not read: {said.skipped} without a title or a start." if said.skipped else ""),
        _origin(kept),
    ]
    return kit.section(f"kept.{kept.id}", "\n".join(lines), _drop(kept))


def _origin(kept: Kept) -> str:
    return f"{escaped(kept.name, 150)}, added by {person(kept.user)}, {day(kept.at)}"


def _drop(kept: Kept) -> Element:
    asks = (
        "Delete this evidence?",
        "What people confirmed of its incidents goes too. Answers that were taken from it stay.",
        "Delete",
    )
    return kit.button(ids.DROP_EVIDENCE, "Delete", kept.id, style="danger", confirm=asks)


def _offer(pack: Pack, found: Gathered, one: Counted) -> Block:
    """What was counted, and the answer that stands, which a difference leaves as it is."""
    question, given = pack.questions[one.question], found.given.get(one.question)
    lines = [f"*{question.short}.* {told(question, one, shown)}{old(one.day, found.today)}"]
    if given is None:
        lines.append("Not answered yet.")
    elif is_taken(one, given.answer):
        return kit.section(f"counted.{one.question}", f"{lines[0]}\n_This is the answer._")
    else:
        said = phrases.answered(question, given.answer)
        kind = f" ({phrases.evidence(given)})" if phrases.evidence(given) else ""
        differs = "also says" if given.answer.value == one.value else "says otherwise:"
        lines.append(f"{person(given.respondent)} {differs} {said}{kind}.")
    return kit.section(f"counted.{one.question}", "\n".join(lines), take(one))


def _estimate(kept: KeptLook) -> Block:
    offered = kept.look.offered
    cores = f" of {number(offered.node_vcpu)} vCPU" if offered.node_vcpu else ""
    return kit.context(
        "estimate",
        f"`/meshfit estimate` begins with {count(offered.services, 'service')}, "
        f"{count(offered.pods, 'pod')}, {count(offered.nodes, 'node')}{cores}, where the channel "
        "has not counted them yet.",
    )


def _turned(pack: Pack, turned: tuple[Turned, ...]) -> list[Block]:
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


def _ways(found: Gathered) -> Iterator[Element]:
    first = None if found.look or found.exports else "primary"
    if found.open:
        many = f"Go through {count(len(found.open), 'incident')}"
        yield kit.button(ids.GO_THROUGH, many, "open", style="primary")
    elif found.incidents:
        yield kit.button(ids.GO_THROUGH, "Look at each again", "all")
    yield kit.button(ids.ADD_LOOK, "Add a look", "look", style="primary" if first else None)
    yield kit.button(ids.ADD_INCIDENTS, "Add incidents", "incidents")
