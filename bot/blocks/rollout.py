"""The rollout by policy scope: where it stands, what comes next, what is open, exceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.blocks import cites, ids, kit, next_stage, nominations
from bot.blocks.kit import Block, Element
from bot.blocks.next_step import Next
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import PilotException, PilotLine
from bot.blocks.words import cut, day, escaped, person
from bot.domain.pack import Pack
from bot.domain.pack.rollout import Line, Stage
from bot.domain.pilot.model import (
    Dossier,
    OpenLine,
    PolicyException,
    RolloutState,
    StageLine,
)
from bot.domain.words import count, on_day

MOST_LINES = 20


def card(pack: Pack, dossier: Dossier, open_lines: Sequence[OpenLine], today: date) -> Payload:
    """The stages, the present one at length, the lines that are open, the exceptions.

    Of those as many as a message has room for, two blocks each.
    """
    state, board = dossier.rollout, dossier.board.id
    assert state is not None
    ended = dossier.board.closed_at
    of = f" Of the pilot that was closed {day(ended)}." if ended else ""
    blocks = [
        kit.header("headline", f"Mesh rollout: {_title(pack, state.stage)}"),
        kit.section("stages", _stages(pack, state)),
        *_gate(pack, state),
        *_lines(pack, state, board, open_lines),
    ]
    blocks += _exceptions(dossier.exceptions, board, today, (44 - len(blocks)) // 2)
    blocks += nominations.refusals(dossier.declined, dossier.exceptions)
    then = next_stage.of_rollout(pack, dossier, open_lines, today)
    return message(
        *blocks,
        kit.section("next", then.line),
        kit.actions("do", *_buttons(pack, state, board, then)),
        kit.context("foot", f"By policy scope, not by service count. Everyone here may tick.{of}"),
    )


def _buttons(pack: Pack, state: RolloutState, board: str, then: Next) -> list[Element]:
    """What comes next first; after the last stage there is none to go to."""
    onwards = "Go to the next stage" if state.stage else "Begin the first stage"
    last = state.stage == list(pack.stages)[-1]
    others = (
        *([] if last else [(ids.ADVANCE, onwards)]),
        *([(ids.GO_BACK_STAGE, "Go back one stage")] if state.stage else []),
        (ids.ADD_EXCEPTION, "Add an exception"),
    )
    return [
        *([then.primary] if then.action else []),
        *(kit.button(action, word, board) for action, word in others if action != then.action),
    ]


def _title(pack: Pack, stage: str | None) -> str:
    if stage is None:
        return "not begun"
    return pack.stages[stage].title if stage in pack.stages else "a stage that left the pack"


def _stages(pack: Pack, state: RolloutState) -> str:
    ids_ = list(pack.stages)
    at = ids_.index(state.stage) if state.stage in ids_ else -1
    words = ("done", "here", "to come")
    lines = [
        f"{n + 1}. {stage.title}: *{words[(n > at) + (n >= at)]}*"
        for n, stage in enumerate(pack.stages.values())
    ]
    return "\n".join(lines)


def _gate(pack: Pack, state: RolloutState) -> list[Block]:
    """How this mesh does the present stage, how to undo it, what bites."""
    stage = pack.stages.get(state.stage or "") or next(iter(pack.stages.values()))
    gate = stage.gates.get(state.mesh)
    when = "Now" if state.stage == stage.id else "First"
    lines = [f"*{when}: {stage.title}.* {stage.text}"]
    if gate:
        lines += [f"*Apply:* {gate.apply}", f"*Watch:* {gate.watch}", f"*Undo:* {gate.back}"]
        lines += [f"*Trap:* {each}" for each in gate.traps]
        lines.append(f"_({cites.whose(pack, gate.source)})_")
    else:
        mesh = pack.meshes[state.mesh].mesh if state.mesh in pack.meshes else "this mesh"
        lines.append(
            f"*Apply and watch:* none of our sources says how {mesh} does this stage, so its own "
            "documentation has to. What is asked for below holds with every mesh."
        )
        lines += [f"*Undo:* {stage.back}"] if stage.back else []
    return [kit.section("gate", cut("\n".join(lines), 3000))]


def _lines(
    pack: Pack, state: RolloutState, board: str, open_lines: Sequence[OpenLine]
) -> list[Block]:
    def at(line: StageLine) -> str:
        return str(PilotLine(pilot=board, line=str(line)))

    blocks = [
        kit.section(
            f"open.{each.at}",
            f"☐ {each.words.text}{' _Ticks itself._' if each.words.given else ''}",
            None if each.words.given else kit.button(ids.TICK_LINE, "Done", at(each.at)),
        )
        for each in open_lines[:MOST_LINES]
    ]
    ticked = [
        kit.section(
            f"done.{each}",
            f"☑ {line.text}{_by(state, each)}",
            kit.button(ids.UNTICK_LINE, "Not done", at(each)),
        )
        for each in map(StageLine.read, sorted(state.ticked))
        if each.stage == state.stage and (line := _line(pack.stages.get(each.stage), each.name))
    ]
    last = state.stage == list(pack.stages)[-1]
    text = f"*Before {next_stage.coming(pack, state.stage)}:*"
    if last and not blocks:
        text = "*The rollout is complete:* this is the last stage, and all that it asks for holds."
    title = [kit.section("open", text)] if blocks or last else []
    return [*title, *blocks, *ticked[:MOST_LINES]]


def _by(state: RolloutState, line: StageLine) -> str:
    """Whose word it is that a line holds, where that was kept."""
    tick = state.ticked_by.get(str(line))
    return f"\n_Ticked by {person(tick.who)}, {day(tick.at)}; nothing measured it._" if tick else ""


def _line(stage: Stage | None, name: str) -> Line | None:
    lines: Mapping[str, Line] = {**stage.enter, **stage.leave} if stage else {}
    return lines.get(name)


def _exceptions(
    exceptions: Sequence[PolicyException], board: str, today: date, most: int
) -> list[Block]:
    """Those that end first on top, so that what blocks is always seen; the rest is counted."""
    open_ones = sorted(
        (each for each in exceptions if not each.closed), key=lambda each: each.ends_on
    )
    blocks = []
    for each in open_ones[:most]:
        key = str(PilotException(pilot=board, exception=each.id))
        buttons: tuple[Element, ...] = (
            kit.button(ids.RENEW_EXCEPTION, "New date", key),
            kit.button(ids.END_EXCEPTION, "It is over", key),
        )
        if each.asks:
            buttons = (*nominations.answers("exception", key), *buttons)
        blocks += [
            kit.section(f"exception.{each.id}", _told(each, today)),
            kit.actions(f"exception.do.{each.id}", *buttons),
        ]
    left = len(open_ones) - most
    if left > 0:
        text = f"{count(left, 'more exception')}, ending later, shown once these are over."
        blocks.append(kit.context("exceptions.more", text))
    return blocks


def _told(each: PolicyException, today: date) -> str:
    late = " *It has run out and blocks the next stage.*" if each.ends_on < today else ""
    moved = ""
    if each.renewals:
        last = each.renewals[-1]
        times = f", {len(each.renewals)} times so far" if len(each.renewals) > 1 else ""
        moved = (
            f" _(new date asked for by {person(last.by)}, {day(last.at)}; before: "
            f"{on_day(last.before)}{times})_"
        )
    return (
        f"*Exception:* {escaped(each.service, 120)} until {on_day(each.ends_on)}, "
        f"{_approval(each)}: {escaped(each.reason, 600)}{moved}{late}"
    )


def _approval(each: PolicyException) -> str:
    """What the approver has said, and nothing that they have not."""
    if each.approval == "asked":
        return f"*not approved*, {person(each.approver)} was asked and has not answered"
    alone = ", who also asked for it" if each.asked_by == each.approver else ""
    text = f"approved by {person(each.approver)}{alone}"
    if each.proposed:
        until, who = on_day(each.proposed.ends_on), person(each.proposed.approver)
        text += f" (a new date, {until}, is *not approved*: {who} was asked and has not answered)"
    return text


def exception(meta: str) -> Payload:
    """A service that a policy does not hold for yet."""
    service = kit.field("service", "Which service?", kit.text_input(ids.ANSWER, most=80))
    blocks = [service, *_agreed("", None)]
    return modal(ids.EXCEPTION, "Add an exception", blocks, submit="Add", meta=meta)


def renewal(exception: PolicyException, meta: str) -> Payload:
    """A new end date for an exception; somebody is asked to approve it anew."""
    text = f"*{escaped(exception.service, 120)}*, until {on_day(exception.ends_on)} so far."
    blocks = [kit.section("held", text), *_agreed(exception.reason, exception.ends_on)]
    return modal(ids.RENEWAL, "Ask for a new date", blocks, submit="Ask", meta=meta)


def _agreed(reason: str, ends_on: date | None) -> list[Block]:
    """What is asked of every end date; the approver is never filled in."""
    why = kit.text_input(ids.ANSWER, reason, most=500, lines=True)
    until = kit.date_picker(ids.ANSWER, ends_on.isoformat() if ends_on else None)
    who, asked = kit.user_select(ids.ANSWER, "Choose"), "Asked here and directly; may refuse."
    return [
        kit.field("reason", "Why does the policy not hold for it?", why),
        kit.field("approver", "Who is to approve it?", who, asked),
        kit.field("ends_on", "Until when?", until, "An exception ends."),
    ]
