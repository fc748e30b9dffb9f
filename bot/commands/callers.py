"""`meshfit callers`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.compare import SidesCommand
from bot.commands.group import as_json


class BeforeAndAfter(SidesCommand):
    """`--after` takes every file up to the next option."""

    sides = frozenset({"--after"})


@click.command(cls=BeforeAndAfter)
@click.argument("words", nargs=-1, required=True, metavar="NAMESPACE/NAME FILE…|-")
@click.option("--all", "everybody", is_flag=True, help="Every workload, a line each; name none.")
@click.option(
    "--after", multiple=True, metavar="FILE", help="A later dump: what opened and closed since."
)
@click.option("--proof", type=Path, metavar="FILE", help="Write a page for an auditor.")
@click.option("--root", metavar="NAMESPACE", help="Istio's, where it is another.")
@as_json
def callers(
    words: tuple[str, ...],
    after: tuple[str, ...],
    *,
    everybody: bool,
    proof: Path | None,
    root: str | None,
    as_json: bool,
) -> int:
    """Who may call a workload, by what `kubectl get … -o json` printed, and which policy lets it.

    Reads NetworkPolicies, AdminNetworkPolicies, Istio's and Linkerd's policies, here, on this
    machine. It says who may call, never who does; what nobody can tell is said too.
    """
    from bot.terminal import callers as command

    target, files = ("", words) if everybody else (words[0], words[1:])
    wanted = command.CallerOptions(target, files, after, proof, root or "")
    return command.callers(wanted, as_json=as_json)
