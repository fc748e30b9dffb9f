"""`meshfit compare`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.commands.group import as_json


class SidesCommand(click.Command):
    """A command some of whose options take every file up to the next option."""

    sides = frozenset({"--base", "--mesh"})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Repeat the option before each further file, as click wants it."""
        side, spread = "", list[str]()
        for arg in args:
            name, _, _ = arg.partition("=")
            if not arg.startswith("-") and side and spread[-1] != side:
                spread.append(side)
            spread.append(arg)
            if arg.startswith("-") and arg != "-":
                side = name if name in self.sides else ""
        return super().parse_args(ctx, spread)


@click.command(cls=SidesCommand)
@click.option("--base", multiple=True, required=True, metavar="FILE", help="Without the mesh.")
@click.option("--mesh", multiple=True, required=True, metavar="FILE", help="With the mesh.")
@click.option(
    "--override",
    multiple=True,
    metavar="ID=REASON",
    help="Compare in spite of one refusal, and say why.",
)
@click.option("--run", multiple=True, metavar="N", help="Of several in a file: N, or 1000/s.")
@click.option("--report", type=Path, metavar="FILE", help="Write a page to hand on.")
@as_json
def compare(base: tuple[str, ...], mesh: tuple[str, ...], *, as_json: bool, **wanted: Any) -> int:  # noqa: ANN401
    """Compare results without and with the mesh: one or more files a side.

    Runs that are unlike are refused, each reason with its id. --override target="same service,
    another host" sets one of them aside.
    """
    from bot.terminal import compare as command

    return command.compare(base, mesh, command.CompareOptions(**wanted), as_json=as_json)
