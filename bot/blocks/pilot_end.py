"""How a pilot ended, and what whoever asks for a closed one is shown."""

from __future__ import annotations

from bot.blocks import goal, ids, kit
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import day, person
from bot.domain.pilot.model import Dossier
from bot.domain.team import PilotBoard


def over(dossier: Dossier) -> Payload:
    """The channel's closed pilot, for whoever asks for its pilot; a new one is a press away."""
    board = dossier.board
    verdict = dossier.verdict
    return message(
        kit.section("ended", ended(board)),
        kit.section("goal", goal.on_board(dossier)),
        kit.section("verdict", f"*{verdict.title}.* {verdict.because}"),
        kit.actions(
            "do",
            kit.button(ids.START_PILOT, "Start a new pilot", "new", style="primary"),
            kit.button(ids.VERDICT, "Verdict", board.id),
            *([kit.button(ids.ROLLOUT, "Rollout", board.id)] if board.result == "passed" else []),
        ),
    )


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
