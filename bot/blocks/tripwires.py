"""What would reopen the question, each to be answered yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.values import WireKey
from bot.blocks.words import person
from bot.domain.dates.model import Tripwire
from bot.domain.words import on_day

MOST = 10


def rows(wires: Sequence[Tripwire]) -> list[Block]:
    """Each with both answers; a yes opens the question that it is about."""
    if not wires:
        return []
    head = "*Has any of this happened?* A yes opens the question that it changes."
    blocks = [kit.section("wires", head)]
    for each in wires[:MOST]:
        key = str(WireKey(assessment=each.assessment, wire=each.id))
        blocks += [
            kit.section(f"wire.{each.id}", f"• {each.text}{_said(each)}"),
            kit.actions(
                f"wire.do.{each.id}",
                kit.button(ids.WIRE_YES, "Yes", key),
                kit.button(ids.WIRE_NO, "No", key),
            ),
        ]
    return blocks


def _said(wire: Tripwire) -> str:
    if not wire.said or wire.said_on is None:
        return ""
    return f" _({wire.said}, says {person(wire.by)}, {on_day(wire.said_on)})_"
