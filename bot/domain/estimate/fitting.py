"""The estimate against the nodes given: more vCPU than they have is a fault in the input."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.estimate.model import Expected, Load, Range, several
from bot.domain.words import number
from bot.errors import BadInput


class MoreThanTheNodesHave(BadInput):
    """Calls that the nodes given cannot carry, whatever the mode."""


def possible(load: Load, modes: Iterable[Expected]) -> None:
    """Raises `MoreThanTheNodesHave` where no mode that is known could carry the calls.

    Only against a size that somebody gave: what is assumed refuses nobody.
    """
    known = [(each.cpu.low, each) for each in modes if each.cpu.low is not None]
    if load.node_vcpu is None or not known:
        return
    least, mode = min(known, key=lambda each: each[0])
    if least > load.nodes * load.node_vcpu:
        raise MoreThanTheNodesHave(_too_many(load, load.node_vcpu, mode.cpu))


def misfit(load: Load, assumed: float, cpu: Range, reserved: Range) -> str:
    """Why one mode cannot run on the nodes, or may not; empty where nothing speaks against it.

    `assumed` is the vCPU of a node where the load does not give it.
    """
    each = load.node_vcpu or assumed
    there = load.nodes * each
    if (cpu.low or 0) > there:
        return _too_many(load, each, cpu)
    if (reserved.low or 0) > there:
        return f"It does not fit: it sets {reserved.ends} aside, and {_nodes(load, each)}."
    if max(cpu.high or 0, reserved.high or 0) > there:
        return f"It may not fit: its upper end is more than the nodes have; {_nodes(load, each)}."
    return ""


def _too_many(load: Load, each: float, cpu: Range) -> str:
    least = number(cpu.low or 0)
    return (
        f"The counts do not go together: the calls alone need {least} vCPU at least, and "
        f"{_nodes(load, each)}. Look at the requests a second (on each edge), the edges and the "
        "nodes."
    )


def _nodes(load: Load, each: float) -> str:
    """What there is, and by whose word."""
    taken = "taken at" if load.node_vcpu is None else "of"
    nodes, have = several(load.nodes, "node"), "has" if load.nodes == 1 else "have"
    return f"{nodes} {taken} {number(each)} vCPU {have} {number(load.nodes * each)}"
