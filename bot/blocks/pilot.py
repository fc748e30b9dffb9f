"""The pilot checklist: one card, five steps, who ticked what and when."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import cites, goal, ids, kit, next_step, pilot_end
from bot.blocks.along import along
from bot.blocks.kit import Block, Element
from bot.blocks.pilot_end import end_of, ended
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import PilotStep
from bot.blocks.words import cut, day, escaped, person
from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL, Step, StepKnown
from bot.domain.pilot.model import Dossier, Result
from bot.domain.team import PilotBoard, Tick
from bot.domain.words import count

FIELD = "metric"


def checklist(pack: Pack, dossier: Dossier) -> Payload:
    """The team's live checklist; edited in place at every tick."""
    board = dossier.board
    if board.result:
        return _closed(pack, dossier)
    done = sum(_is_done(step, dossier) for step in pack.steps.values())
    blocks = [
        kit.header("headline", f"Service mesh pilot: {done} of {len(pack.steps)} steps done"),
        kit.section("goal", goal.on_board(dossier)),
        *along(pack, dossier),
    ]
    known = _known(pack, dossier)
    for at, step in enumerate(pack.steps.values(), 1):
        blocks += _step(at, step, dossier, known.get(step.id, ""))
    explain = kit.select(
        ids.EXPLAIN,
        [(_worth(board, each), cut(each.title, 75)) for each in pack.steps.values()],
        empty="Explain a step",
    )
    by = person(board.started_by)
    started = f"Opened by {by}. Steps tick themselves; anyone here may tick one too."
    then = next_step.of_pilot(pack, dossier)
    work = [(action, word) for action, word in _WORK if action != then.action]
    return message(
        *blocks,
        kit.section("next", then.line),
        kit.actions("work", then.primary, *(kit.button(*each, board.id) for each in work)),
        kit.actions("do", *_number(dossier, then.action), explain),
        kit.context("foot", started),
    )


def _number(dossier: Dossier, next_action: str) -> list[Element]:
    """The goal's own button: written down first, measured once the plan says where it should be."""
    if dossier.goal.aim is None:
        return [kit.button(ids.WRITE_METRIC, "Write the metric", dossier.board.id)]
    if next_action == ids.GOAL:
        return []
    return [kit.button(ids.GOAL, "Measure the goal", dossier.board.id)]


def _closed(pack: Pack, dossier: Dossier) -> Payload:
    """What is left of the checklist: how it ended, what it held, and what still works."""
    board, known = dossier.board, _known(pack, dossier)
    steps = []
    for at, step in enumerate(pack.steps.values(), 1):
        tick = board.ticks.get(step.id)
        mark = f"\n{_ticked(step, tick, dossier)}" if tick else ""
        text = f"\n_{known[step.id]}_" if step.id in known else ""
        steps.append(kit.section(f"step.{step.id}", f"*{at}. {step.title}*{text}{mark}"))
    then = pilot_end.of_closed(dossier)
    return message(
        kit.header("headline", f"Service mesh pilot: closed, {end_of(board)}"),
        kit.section("ended", ended(board)),
        kit.section("goal", goal.on_board(dossier)),
        *steps,
        kit.section("next", then.line),
        kit.actions("work", *pilot_end.buttons(dossier, then)),
        kit.context("foot", f"Opened by {person(board.started_by)}."),
    )


_WORK = (
    (ids.PLAN, "Plan"),
    (ids.BUDGETS, "Budgets"),
    (ids.MEASURE, "Measure"),
    (ids.DRILLS, "Drills"),
    (ids.ROLES, "Owners"),
    (ids.VERDICT, "Verdict"),
)
"""The forms behind the steps."""


def _known(pack: Pack, dossier: Dossier) -> dict[str, str]:
    """Step → what its form holds so far, in a line."""
    plan, seal = dossier.plan, dossier.seal
    known = {}
    if driver := pack.drivers.get(plan.driver or ""):
        mesh = pack.meshes.get(plan.mesh or "")
        known["driver"] = f"{driver.label}{f', {mesh.label}' if mesh else ''}"
    if plan.services:
        names = ", ".join(escaped(each.name, 60) for each in plan.services)
        known["slice"] = f"{count(len(plan.services), 'service')}: {names}"
    if seal:
        judged = [row.result for row in dossier.verdict.rows if row.budget != GOAL]
        results = ", ".join(
            f"{judged.count(each)} {word}" for each, word in _RESULTS if each in judged
        )
        known["measure"] = f"Budgets sealed, version {seal.version} `{seal.digest}`: {results}"
    if dossier.owners:
        accepted = sum(1 for each in dossier.owners.values() if each.holder)
        known["ownership"] = f"{accepted} of {count(len(pack.roles), 'role')} accepted"
    if dossier.rollout and (stage := pack.stages.get(dossier.rollout.stage or "")):
        known["rollout"] = f"At: {stage.title}"
    return known


_RESULTS: tuple[tuple[Result, str], ...] = (
    ("pass", "kept"),
    ("fail", "broken"),
    ("inconclusive", "inconclusive"),
    ("missing", "missing"),
)


def stands_here(link: str) -> Payload:
    """For whoever asks for a checklist that is there already."""
    return message(kit.section("here", f"<{link}|The checklist stands here.> It is up to date."))


def explanation(pack: Pack, step: str) -> Payload:
    """One step at length, for the one who asked."""
    known = pack.steps[step]
    checks = "\n".join(f"• {each}" for each in known.checks)
    return message(
        kit.section("step", cut(f"*{known.title}*\n{known.text}", 3000)),
        *([kit.section("checks", cut(checks, 3000))] if checks else []),
        kit.context("smell", f"Smell test: {known.smell_test} ({cites.whose(pack, known.source)})"),
    )


def metric(pack: Pack, board: PilotBoard, meta: str) -> Payload:
    """Where success is written down as one metric."""
    examples = [each for driver in pack.drivers.values() for each in driver.metrics[:1]]
    element = kit.text_input(ids.ANSWER, board.metric, most=goal.LONGEST, lines=True)
    return modal(
        ids.METRIC,
        "One metric",
        [
            kit.section("examples", "For example:\n" + "\n".join(f"• {each}" for each in examples)),
            kit.field(
                FIELD,
                "How will you know that it worked?",
                element,
                "One sentence that names a quantity, where it should go, and a unit or share.",
            ),
        ],
        submit="Save",
        meta=meta,
    )


def _step(at: int, step: Step, dossier: Dossier, known: str) -> list[Block]:
    """A step that ticks itself, and beside it who ticked it."""
    board = dossier.board
    tick, done = board.ticks.get(step.id), _is_done(step, dossier)
    action, word = (ids.TICK, "Done") if tick is None else (ids.UNTICK, "Not done")
    button = kit.button(action, word, _worth(board, step))
    mark = "☑" if done else "☐"
    lines = [f"{mark} *{at}. {step.title}*", step.smell_test, *([f"_{known}_"] if known else [])]
    if tick:
        lines.append(_ticked(step, tick, dossier))
    return [kit.section(f"step.{step.id}", "\n".join(lines), button)]


def _worth(board: PilotBoard, step: Step) -> str:
    return str(PilotStep(pilot=board.id, step=step.id))


NOTHING_MEASURED = "nothing is measured yet"
_NOT_YET: Mapping[StepKnown, str] = {
    "metric_sound": "no number that one can check is planned yet",
    "slice_complete": "the slice is not complete yet",
    "measured": "not everything is measured yet",
    "owners_named": "not every role is accepted yet",
    "rollout_begun": "the rollout has not begun",
}


def _is_done(step: Step, dossier: Dossier) -> bool:
    """By what is there; where only a person can tell, by their tick."""
    return step.given in dossier.known if step.given else step.id in dossier.board.ticks


def _ticked(step: Step, tick: Tick, dossier: Dossier) -> str:
    """A person's tick, and what is not there beside it."""
    text = f"Ticked by {person(tick.who)}, {day(tick.at)}"
    if step.given is None or _is_done(step, dossier):
        return text
    bare = step.given == "measured" and not (dossier.measurements or dossier.drills)
    return f"{text}; {NOTHING_MEASURED if bare else _NOT_YET[step.given]}."
