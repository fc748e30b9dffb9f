"""The one thing to do now in a rollout, in a line and with the one button that does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.blocks import ids
from bot.blocks.next_step import Next
from bot.blocks.values import PilotLine
from bot.blocks.words import escaped, person
from bot.domain.pack import Pack
from bot.domain.pilot.model import Dossier, OpenLine
from bot.domain.words import count


def of_rollout(pack: Pack, dossier: Dossier, open_lines: Sequence[OpenLine], today: date) -> Next:
    """What keeps the rollout from its next stage, or that stage; at times no button does it."""
    state, board = dossier.rollout, dossier.board.id
    stage = state.stage if state else None
    if stage and stage not in pack.stages:
        text = "go back: this stage is no longer in the knowledge pack."
        return Next(text, "Go back one stage", ids.GO_BACK_STAGE, board)
    if kept := _excepted(dossier, today):
        return Next(kept, "", "", board)
    if open_lines:
        ended = dossier.board.result is not None
        return _open_line(board, open_lines, coming(pack, stage), ended=ended)
    order = list(pack.stages.values())
    at = list(pack.stages).index(stage) + 1 if stage else 0
    if at >= len(order):
        return Next("nothing: this is the last stage, and what it asks for holds.", "", "", board)
    word = "Go to the next stage" if stage else "Begin the first stage"
    return Next(f"{order[at].title}; all that it asks for holds.", word, ids.ADVANCE, board)


def coming(pack: Pack, stage: str | None) -> str:
    """What the open lines stand before."""
    if stage is None:
        return "the first stage"
    return "the rollout is complete" if stage == list(pack.stages)[-1] else "the next stage"


def _excepted(dossier: Dossier, today: date) -> str:
    """What an exception waits for; empty where none keeps the rollout."""
    open_ones = [each for each in dossier.exceptions if not each.closed]
    if late := [each for each in open_ones if each.ends_on < today]:
        return f"end the exception of {escaped(late[0].service, 120)}, or ask for a new date."
    if asked := [each for each in open_ones if each.approval != "approved"]:
        name, who = escaped(asked[0].service, 120), person(asked[0].approver)
        return f"hear from {who}, who was asked to approve the exception of {name}."
    return ""


def _open_line(board: str, open_lines: Sequence[OpenLine], before: str, *, ended: bool) -> Next:
    """The first line that does not hold: ticked by somebody, or by the pilot's own figures."""
    by_people = [each for each in open_lines if not each.words.given]
    if not by_people:
        text = f"what ticks itself on the pilot's checklist: “{open_lines[0].words.text}”"
        if ended:  # another would begin by that button
            return Next(text, "Verdict", ids.VERDICT, board)
        return Next(text, "Go to the pilot", ids.START_PILOT, board)
    first = by_people[0]
    left = f" ({count(len(open_lines), 'line')} open before {before})"
    at = str(PilotLine(pilot=board, line=str(first.at)))
    text = f"make it so, then tick it: “{first.words.text}”{left}"
    return Next(text, "It is so: tick it", ids.TICK_LINE, at)
