"""Where in a pilot something was measured: the menus that ask for it, and what they are worth."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks.values import PilotTarget
from bot.blocks.words import cut
from bot.domain.pilot.model import Dossier

ALL = "-"
"""The choice of no service: figures of nodes."""


def services(dossier: Dossier) -> list[tuple[str, str]]:
    """(value, name) of each service; the mark before it keeps any name apart from `ALL`."""
    return [(f"service:{each.name}"[:150], each.name) for each in dossier.plan.services]


def measured(dossier: Dossier) -> list[tuple[str, str]]:
    """The same as a menu, with the nodes beside them."""
    return [
        *((value, cut(name, 75)) for value, name in services(dossier)),
        (ALL, "The nodes, not one service"),
    ]


def targets(pilots: Sequence[Dossier]) -> list[tuple[str, str]]:
    """(`pilot:service`, label) of everything that a result may be used for."""
    return [
        (
            str(PilotTarget(pilot=pilot.board.id, service=each.name))[:150],
            cut(each.name if len(pilots) == 1 else f"{each.name} · {pilot.board.metric}", 75),
        )
        for pilot in pilots
        for each in pilot.plan.services
    ][:100]
