"""The rollout by policy scope: where it stands, what is open, exceptions; and recipes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.blocks import ids, kit
from bot.blocks.kit import Block, Element
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import PilotException, PilotLine
from bot.blocks.words import count, cut, day, escaped, on_day, person
from bot.domain.pack import Pack
from bot.domain.pack.pilot import Recipe
from bot.domain.pack.rollout import Line, Stage
from bot.domain.pilot.model import Dossier, Filled, PolicyException, RolloutState

Open = Sequence[tuple[str, str, Line]]
"""(stage id, line id, line) of what is not ticked and not known yet."""
MOST_LINES = 20
LANGUAGES = {"promql": "PromQL", "shell": "shell", "yaml": "YAML", "javascript": "JavaScript"}


def card(pack: Pack, dossier: Dossier, open_lines: Open, today: date) -> Payload:
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
    blocks += _exceptions(dossier.exceptions, board, today, (46 - len(blocks)) // 2)
    return message(
        *blocks,
        kit.actions(
            "do",
            kit.button(ids.ADVANCE, "Go to the next stage", board, style="primary"),
            *([kit.button(ids.GO_BACK_STAGE, "Go back one stage", board)] if state.stage else []),
            kit.button(ids.ADD_EXCEPTION, "Add an exception", board),
        ),
        kit.context("foot", f"By policy scope, not by service count. Everyone here may tick.{of}"),
    )


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
        lines.append(f"_({pack.sources[gate.source].cite})_")
    else:
        mesh = pack.meshes[state.mesh].mesh if state.mesh in pack.meshes else "this mesh"
        lines.append(
            f"*Apply and watch:* none of our sources says how {mesh} does this stage, so its own "
            "documentation has to. What is asked for below holds with every mesh."
        )
        lines += [f"*Undo:* {stage.back}"] if stage.back else []
    return [kit.section("gate", cut("\n".join(lines), 3000))]


def _lines(pack: Pack, state: RolloutState, board: str, open_lines: Open) -> list[Block]:
    def at(line: str) -> str:
        return str(PilotLine(pilot=board, line=line))

    blocks = [
        kit.section(
            f"open.{stage}.{line}",
            f"☐ {known.text}{' _Ticks itself._' if known.given else ''}",
            None if known.given else kit.button(ids.TICK_LINE, "Done", at(f"{stage}.{line}")),
        )
        for stage, line, known in open_lines[:MOST_LINES]
    ]
    ticked = [
        kit.section(
            f"done.{key}",
            f"☑ {known.text}",
            kit.button(ids.UNTICK_LINE, "Not done", at(key)),
        )
        for key in sorted(state.ticked)
        if (known := _line(pack.stages.get(key.split(".")[0]), key))
        and key.split(".")[0] == state.stage
    ]
    last = state.stage == list(pack.stages)[-1]
    said = "*Before the rollout is complete:*" if last else "*Before the next stage:*"
    if last and not blocks:
        said = "*The rollout is complete:* this is the last stage, and all that it asks for holds."
    title = [kit.section("open", said)] if blocks or last else []
    return [*title, *blocks, *ticked[:MOST_LINES]]


def _line(stage: Stage | None, key: str) -> Line | None:
    lines: Mapping[str, Line] = {**stage.enter, **stage.leave} if stage else {}
    return lines.get(key.partition(".")[2])


def _exceptions(held: Sequence[PolicyException], board: str, today: date, most: int) -> list[Block]:
    """Those that end first on top, so that what blocks is always seen; the rest is counted."""
    open_ones = sorted((each for each in held if not each.closed), key=lambda each: each.ends_on)
    blocks = []
    for each in open_ones[:most]:
        key = str(PilotException(pilot=board, exception=each.id))
        buttons: tuple[Element, ...] = (
            kit.button(ids.RENEW_EXCEPTION, "New date", key),
            kit.button(ids.END_EXCEPTION, "It is over", key),
        )
        if each.asks:
            buttons = (
                kit.button(ids.APPROVE, "I approve it", key, style="primary"),
                kit.button(ids.REFUSE, "I refuse it", key),
                *buttons,
            )
        blocks += [
            kit.section(f"exception.{each.id}", _told(each, today)),
            kit.actions(f"exception.do.{each.id}", *buttons),
        ]
    left = len(open_ones) - most
    if left > 0:
        said = f"{count(left, 'more exception')}, ending later, shown once these are over."
        blocks.append(kit.context("exceptions.more", said))
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
    said = f"approved by {person(each.approver)}"
    if each.proposed:
        until, who = on_day(each.proposed.ends_on), person(each.proposed.approver)
        said += f" (a new date, {until}, is *not approved*: {who} was asked and has not answered)"
    return said


def exception(meta: str) -> Payload:
    """A service that a policy does not hold for yet."""
    service = kit.field("service", "Which service?", kit.text_input(ids.ANSWER, most=80))
    blocks = [service, *_agreed("", None)]
    return modal(ids.EXCEPTION, "Add an exception", blocks, submit="Add", meta=meta)


def renewal(held: PolicyException, meta: str) -> Payload:
    """A new end date for an exception; somebody is asked to approve it anew."""
    said = f"*{escaped(held.service, 120)}*, until {on_day(held.ends_on)} so far."
    blocks = [kit.section("held", said), *_agreed(held.reason, held.ends_on)]
    return modal(ids.RENEWAL, "Ask for a new date", blocks, submit="Ask", meta=meta)


def _agreed(reason: str, ends_on: date | None) -> list[Block]:
    """What is asked of every end date; the approver is never filled in."""
    why = kit.text_input(ids.ANSWER, reason, most=500, lines=True)
    until = kit.date_picker(ids.ANSWER, ends_on.isoformat() if ends_on else None)
    who = kit.user_select(ids.ANSWER, "Choose")
    return [
        kit.field("reason", "Why does the policy not hold for it?", why),
        kit.field("approver", "Who is to approve it?", who, "They are asked, and may refuse."),
        kit.field("ends_on", "Until when?", until, "An exception ends."),
    ]


def recipes(pack: Pack, mesh: str | None) -> Payload:
    """`/meshfit howto`: the queries and commands there are."""
    known = [
        each for each in pack.recipes.values() if not each.meshes or mesh in (None, *each.meshes)
    ]
    choices = [(each.id, cut(_titled(pack, each, mesh), 75)) for each in known][:100]
    menu = kit.select(ids.RECIPE, choices, empty="Choose a recipe")
    titles = "\n".join(
        f"• {_titled(pack, each, mesh)} · {LANGUAGES[each.language]}" for each in known
    )
    return message(
        kit.section("recipes", cut(f"*How to measure, degrade and roll out*\n{titles}", 3000)),
        kit.actions("menu", menu),
    )


def _titled(pack: Pack, recipe: Recipe, mesh: str | None) -> str:
    """A recipe's title; as long as no mesh is chosen, with the meshes that it is for."""
    if mesh is not None or not recipe.meshes:
        return recipe.title
    names = dict.fromkeys(pack.meshes[each].mesh for each in recipe.meshes if each in pack.meshes)
    return f"{recipe.title} ({', '.join(names)})"


def blanks(pack: Pack, recipe: str, names: Sequence[str], meta: str) -> Payload:
    """The names that a recipe needs from the team."""
    known = pack.recipes[recipe]
    fields = [
        kit.field(name, name.replace("_", " ").capitalize(), kit.text_input(ids.ANSWER, most=120))
        for name in names
    ]
    said = kit.section("recipe", f"*{known.title}*")
    return modal(ids.FILL, "Your names", [said, *fields], submit="Show it", meta=meta)


def filled(pack: Pack, done: Filled) -> Payload:
    """The recipe, ready to be copied."""
    note = f"\n{done.note}" if done.note else ""
    return modal(
        "filled",
        "Recipe",
        [
            kit.section("title", f"*{done.title}*{note}"),
            kit.section("text", f"```\n{escaped(done.text, 2900)}\n```"),
            kit.context("source", f"{pack.sources[done.source].cite} ({LANGUAGES[done.language]})"),
        ],
    )
