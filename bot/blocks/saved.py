"""Figures of a pilot that were saved: what the form then says, the thread's line, all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.values import PilotSaving
from bot.blocks.words import cut, escaped, person
from bot.domain.pilot.model import Dossier, Saving
from bot.domain.words import count, listed

MOST_BROKEN = 3


def typed(saving: Saving) -> Payload:
    """What stands where the form was, once typed figures are saved."""
    lines = ["*Saved.* The pilot's thread says so too.", *(f"• {_line(e)}" for e in saving.lines)]
    return modal("typed", "Measure", [kit.section("typed", cut("\n".join(lines), 3000))])


def saved(dossier: Dossier, saving: Saving) -> Payload:
    """One saving in a line for the thread, the worst figure first; the rest behind *More*."""
    rest = len(saving.lines) - 1
    more = f", and {count(rest, 'figure')} more" if rest else ""
    by = f"{person(saving.by)}, {escaped(saving.origin, 400)}"
    text = f"*Measured:* {_line(saving.lines[0])}{more}; by {by}."
    key = str(PilotSaving(pilot=dossier.board.id, at=saving.at or "-"))
    button = kit.button(ids.FIGURES, "More", key) if rest else None
    return message(
        kit.section("saved", cut(f"{text}{_in_place(saving.broke)}{_why(saving)}", 3000), button)
    )


def _why(saving: Saving) -> str:
    """Why it was measured again, or why unlike runs were compared."""
    again = saving.reason if saving.broke or not saving.overridden else ""
    unlike = (escaped(each, 600) for each in saving.overridden)
    return "".join(
        (
            f" Measured again: {escaped(again, 600)}" if again else "",
            *(f" Unlike runs were compared, with a reason: {each}" for each in unlike),
        )
    )


def _in_place(broke: Sequence[str]) -> str:
    """What was broken before, so that nobody has to look for it in the verdict."""
    named = [escaped(each, 300) for each in broke[:MOST_BROKEN]]
    more = [f"{count(len(broke) - MOST_BROKEN, 'figure')} more"] * (len(broke) > MOST_BROKEN)
    return f" In place of {listed([*named, *more])}." if broke else ""


def rest(saving: Saving) -> Payload:
    """Every figure of one saving, for whoever asks for more."""
    by = f"by {person(saving.by)}, {escaped(saving.origin, 400)}"
    lines = "\n".join(f"• {_line(each)}" for each in saving.lines)
    return message(
        kit.section("figures", cut(lines, 3000)),
        kit.context("by", f"Saved in one go, {by}. The worst stands first."),
    )


def _line(figure: str) -> str:
    return escaped(figure, 400)
