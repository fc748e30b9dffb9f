"""What the screens of a closed pilot say: how it ended, by whom and when, where to go on."""

from __future__ import annotations

from bot.blocks.words import day, person
from bot.domain.team import PilotBoard


def ended(board: PilotBoard) -> str:
    """How a closed pilot ended, as far as it is known, and what goes on from there."""
    by = f" by {person(board.closed_by)}" if board.closed_by else ""
    at = f", {day(board.closed_at)}" if board.closed_at else ""
    onwards = "`/meshfit rollout` goes on from here, " if board.result == "passed" else ""
    return (
        f"*This pilot is closed: it {board.result}*{f' (closed{by}{at})' if by or at else ''}. "
        f"Its record stays as it is. {onwards}`/meshfit pilot` opens a new one."
    )
