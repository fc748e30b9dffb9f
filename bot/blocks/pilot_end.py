"""How a pilot ended, and what whoever asks for a closed one is shown."""

from __future__ import annotations

from bot.blocks import goal, ids, kit
from bot.blocks.kit import Element
from bot.blocks.next_step import Next, measured_after
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import day, person
from bot.domain.pilot.model import Dossier
from bot.domain.team import PilotBoard


def of_closed(dossier: Dossier) -> Next:
    """What goes on from a pilot that is closed: its rollout, another pilot, its goal to come."""
    board, reached = dossier.board, dossier.goal
    if board.result == "passed":
        return Next(_rollout(dossier), "Rollout", ids.ROLLOUT, board.id)
    if board.result == "failed":
        text = "mend what failed, then start a new pilot."
        return Next(text, "Start a new pilot", ids.START_PILOT, "new")
    if reached.reached is None and reached.aim is not None:
        return measured_after(reached, board.id)
    text = "read what kept it without a result, then start a new pilot."
    return Next(text, "Start a new pilot", ids.START_PILOT, "new")


def _rollout(dossier: Dossier) -> str:
    """Begun, or to begin; not before the team's card says so, where there is one."""
    if dossier.rollout is not None and dossier.rollout.stage is not None:
        return "go on with the rollout."
    waits = dossier.team is not None and dossier.team.advice.outcome != "adopt"
    once = " once the team's card says *Adopt*" if waits else ""
    return f"open the rollout{once}, one policy scope at a time."


def title(dossier: Dossier) -> str:
    """The verdict's; a pilot that is closed does not run."""
    verdict = dossier.verdict
    closed = verdict.whole == "running" and dossier.board.result
    return "Closed before the goal shows" if closed else verdict.title


def over(dossier: Dossier) -> Payload:
    """The channel's closed pilot, for whoever asks for its pilot; a new one is a press away."""
    then = of_closed(dossier)
    return message(
        kit.section("ended", ended(dossier.board)),
        kit.section("goal", goal.on_board(dossier)),
        kit.section("verdict", f"*{title(dossier)}.* {dossier.verdict.because}"),
        kit.section("next", then.line),
        kit.actions("do", *buttons(dossier, then)),
    )


def buttons(dossier: Dossier, then: Next) -> list[Element]:
    """What is next first; the verdict and another pilot stay in reach."""
    board = dossier.board.id
    others = (
        (ids.VERDICT, "Verdict", board),
        *([(ids.GOAL, "Measure the goal again", board)] if _again(dossier) else []),
        (ids.START_PILOT, "Start a new pilot", "new"),
    )
    return [then.primary, *(kit.button(*each) for each in others if each[0] != then.action)]


def _again(dossier: Dossier) -> bool:
    """Whether the goal was measured after the end, so that it may be measured anew."""
    return dossier.goal_open and dossier.goal.reached is not None


def end_of(board: PilotBoard) -> str:
    """How it ended, after "it": passed, failed, or was closed without a result."""
    return "ended without a result" if board.result == "open" else str(board.result)


def ended(board: PilotBoard) -> str:
    """How a closed pilot ended, as far as it is known, and what goes on from there."""
    by = f" by {person(board.closed_by)}" if board.closed_by else ""
    at = f", {day(board.closed_at)}" if board.closed_at else ""
    onwards = "`/meshfit rollout` goes on from here, " if board.result == "passed" else ""
    return (
        f"*This pilot is closed: it {end_of(board)}*{f' (closed{by}{at})' if by or at else ''}. "
        f"Its record stays as it is. {onwards}`/meshfit pilot` offers a new one."
    )
