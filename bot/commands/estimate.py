"""`meshfit estimate`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.option("--services", type=int, required=True, help="Services that call each other.")
@click.option("--pods", type=int, required=True, help="Pods that would join.")
@click.option("--nodes", type=int, required=True, help="Nodes they run on.")
@click.option("--rps", "rps_per_edge", type=float, required=True, help="Requests/s per edge.")
@click.option("--edges", type=int, help="Pairs that call each other; else one per service.")
@click.option("--waypoints", type=int, help="Replicas of request-level proxies (ambient).")
@click.option("--busy", "busy_percent", type=float, help="CPU in use on the busiest node, %.")
@click.option("--node-vcpu", type=float, help="vCPU of one node; holds the result against them.")
@click.option("--depth", type=int, help="Calls in a row that a request makes; else one call.")
@click.option("--vcpu", "vcpu_hour", type=float, help="Your price of a vCPU-hour.")
@click.option("--gib", "gib_hour", type=float, help="Your price of a GiB-hour of memory.")
@click.option("--mode", multiple=True, help="Only this one; may be given again.")
@as_json
def estimate(mode: tuple[str, ...], as_json: bool, **figures: float | None) -> int:
    """Estimate what a mesh may cost before a pilot: CPU, memory, latency, money, low to high.

    --rps is per edge: what one service sends to one other. All edges together are --rps x --edges.
    """
    from bot.terminal import estimate as command

    return command.estimate(figures, mode, as_json=as_json)
