"""The drills, as cards, and the form that records one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.measure import AGAIN, SIDES
from bot.blocks.pilot_end import ended
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import PilotDrill
from bot.blocks.words import capital, cut, day, escaped, inside, moment, person, typed
from bot.domain.pack import Pack
from bot.domain.pack.pilot import Drill
from bot.domain.pilot.model import CallersSeen, Clock, Dossier, DrillResult
from bot.domain.words import count

MINUTES = "minutes"
CALLERS, CALLERS_FILE = "callers", "callers.file"
COMMAND = "meshfit callers payments/payroll look-*.json --json --proof proof.html > callers.json"
MOST_CALLERS = 20


def cards(pack: Pack, dossier: Dossier) -> Payload:
    """Every drill: what to do, what to watch, when to stop, what was seen so far."""
    title, board = (
        "*Drills*, once without the mesh where that makes sense, and once with it",
        dossier.board,
    )
    blocks = []
    for drill in pack.drills.values():
        blocks.append(kit.section(f"drill.{drill.id}", cut(_told(drill, dossier), 3000)))
        if board.result is None:
            blocks.append(_do(drill, PilotDrill(pilot=board.id, drill=drill.id)))
    if board.result is not None:
        return message(kit.section("drills", f"{title}\n{ended(board)}"), *blocks)
    return message(kit.section("drills", title), *blocks, *_clock(pack, dossier))


def _do(drill: Drill, at: PilotDrill) -> Block:
    key = str(at)
    return kit.actions(
        f"do.{drill.id}",
        kit.button(ids.START_CLOCK, "Start the clock", key),
        kit.button(ids.RECORD_DRILL, "Record it", key, style="primary"),
    )


def _clock(pack: Pack, dossier: Dossier) -> list[Block]:
    """Which clock runs, and how to stop it without recording anything."""
    clock = dossier.clock
    if clock is None:
        return []
    drill = pack.drills.get(clock.drill)
    running = f"*{drill.title}*" if drill else "a drill that is no longer in the knowledge pack"
    text = f"The clock runs for {running} ({person(clock.by)}). Stopped here, it records nothing."
    key = str(PilotDrill(pilot=dossier.board.id, drill=clock.drill))
    return [kit.section("clock", text, kit.button(ids.STOP_CLOCK, "Stop the clock", key))]


def _told(drill: Drill, dossier: Dossier) -> str:
    lines = [
        f"*{drill.title}*",
        f"*Do:* {drill.do}",
        f"*Watch:* {drill.watch}",
        f"*Stop early when:* {drill.stop_when}",
    ]
    if drill.with_mesh_only:
        lines.append("*Only with the mesh:* there is nothing to do without it.")
    if drill.proof:
        lines.append(f"*Proof, without which it does not count:* {drill.proof}")
    done = [each for each in dossier.drills if each.drill == drill.id]
    return "\n".join([*lines, *(_seen(each) for each in done[-4:])])


def _seen(result: DrillResult) -> str:
    side = SIDES[result.side]
    proof = f" · proof: {escaped(result.proof, 200)}" if result.proof else ""
    proof += f" · {_callers(result.callers)}" if result.callers else ""
    return (
        f"• {side}: {result.told}: {escaped(result.seen, 300)}{proof} "
        f"({person(result.by)}, {day(result.at)})"
    )


def _callers(seen: CallersSeen) -> str:
    """`3 may call payments/payroll[Deployment]`: may, by policies, not does."""
    what = escaped(seen.target, 200) or "it"
    many = len(seen.workloads)
    text = (
        f"anybody may call {what}, {many} in the dump"
        if seen.anybody
        else f"{many} may call {what}"
    )
    more = {"shut out": seen.shut_out, "not judged": seen.not_judged}
    rest = "".join(f", {n} {words}" for words, n in more.items() if n)
    how = {"json": "meshfit callers", "page": "a page of meshfit callers", "list": "by hand"}
    return f"callers ({how[seen.how]}): {text}{rest}"


def started(drill: Drill, clock: Clock) -> Payload:
    """For the thread, where others may feel it: who, since when, for how long."""
    text = (
        f"{person(clock.by)} started the clock of *{drill.title}*, {moment(clock.at)}, for "
        f"{count(drill.lasts or 0, 'minute')}. Stop early when: {inside(drill.stop_when)}"
    )
    return message(kit.section("clock", text))


def stopped(drill: Drill, by: str) -> Payload:
    """The same once it was stopped and nothing recorded."""
    text = f"{person(by)} stopped the clock of *{drill.title}*; nothing was recorded of it."
    return message(kit.section("clock", text))


def done(pack: Pack, result: DrillResult) -> Payload:
    """The form's place, once a drill with a file is recorded."""
    text = f"*{pack.drills[result.drill].title}*\nRecorded. {_seen(result).removeprefix('• ')}"
    return modal("recorded", "Record a drill", [kit.section("recorded", cut(text, 3000))])


def recorded(pack: Pack, result: DrillResult, before: DrillResult | None = None) -> Payload:
    """One drill, for the thread; with the run that it took the place of, where it says why."""
    lines = [
        f"*{pack.drills[result.drill].title}*",
        f"Expected: {escaped(result.expected, 800)}",
        _seen(result),
    ]
    if before and result.reason:
        turn = f"{before.told} → {result.told}"
        lines.append(f"Done again: {turn}, by {person(result.by)}: {escaped(result.reason, 500)}")
    if result.callers:
        shown = [escaped(each, 200) for each in result.callers.workloads[:MOST_CALLERS]]
        more = len(result.callers.workloads) - len(shown)
        lines += [f"> {each}" for each in shown] + ([f"> and {more} more"] if more > 0 else [])
        lines.append(f"_SHA-256 of the list: {result.callers.digest[:16]}…_")
    return message(kit.section("drill", cut("\n".join(lines), 3000)))


def _sides(drill: Drill) -> list[tuple[str, str]]:
    """With the mesh, and without it where there is anything to do then."""
    every = [(side, capital(words)) for side, words in SIDES.items()]
    return [each for each in every if each[0] == "mesh" or not drill.with_mesh_only]


def again() -> list[Block]:
    """Why it is done again, for a form after a run that failed."""
    hint = "Needed where it broke a budget or was not as expected; the reason stays."
    why = kit.text_input(ids.ANSWER, most=500, lines=True)
    return [kit.field(AGAIN, "Why is it done again?", why, hint, optional=True)]


def form(drill: Drill, minutes: float | None, meta: str, why: Sequence[Block] = ()) -> Payload:
    """Expected, seen, minutes; the clock's time is filled in when it ran."""
    sides = _sides(drill)
    yes_no = (("yes", "Yes"), ("no", "No"))
    initial = "" if minutes is None else typed(minutes)
    return modal(
        ids.RECORD_DRILL,
        "Record a drill",
        [
            kit.section("drill", cut(f"*{drill.title}*\n{drill.do}", 3000)),
            kit.field("side", "Which side?", kit.radio(ids.ANSWER, sides)),
            _text("expected", "What did you expect?", drill.expected_with),
            _text("seen", "What did you see?", ""),
            kit.field("as_expected", "Was it as expected?", kit.radio(ids.ANSWER, yes_no)),
            kit.field(
                MINUTES,
                "How many minutes did it take?",
                kit.number_input(ids.ANSWER, initial, least="0", most=None, whole=False),
                "Leave it empty where the drill was broken off before its end.",
                optional=True,
            ),
            *why,
            *(_lists(paste=not why) if drill.asks_callers else ()),
            _text("proof", "Proof", drill.proof or "A link, or what was seen.", optional=True),
        ],
        submit="Record",
        meta=meta,
    )


def _lists(*, paste: bool) -> list[Block]:
    """A list of callers: as a file, or pasted where a form of eight fields has room for it."""
    box = kit.text_input(ids.ANSWER, most=3000, lines=True)
    typed_in = kit.field(CALLERS, "Or paste them", box, "One workload a line.", optional=True)
    return [
        kit.section(
            "callers.how", f"*The callers*, on the machine with the dump:\n```{COMMAND}```"
        ),
        kit.field(
            CALLERS_FILE,
            "callers.json, or proof.html",
            kit.file_input(ids.ANSWER, 1),
            "Names are kept: the target and who may call it. The dump itself stays with you.",
            optional=True,
        ),
        *([typed_in] if paste else ()),
    ]


def _text(block_id: str, label: str, hint: str, *, optional: bool = False) -> kit.Block:
    element = kit.text_input(ids.ANSWER, most=1000, lines=True)
    return kit.field(block_id, label, element, hint, optional=optional)
