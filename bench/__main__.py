"""`python -m bench [NAME…]`: run the benches named, or all of them.

`python -m bench search FILE… [--split]` is `python -m bench.search`, which has options of its own.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Sequence
from typing import Any

import click

from bench import search
from bench.options import Options

BENCHES = ("search", "thinking", "interactions", "outbox", "loadtests")
"""Modules of this folder with a `main()` that measures, then prints its table."""
LONG = ("alarms", "history", "soak")
"""The same, which take minutes and are run only by name."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([*BENCHES, *LONG]))
@click.option("--db", help="postgresql://…, an empty database; without it a SQLite file.")
@click.option("--workers", type=int, default=1, help="Processes of `meshfit serve`.")
@click.option("--many", type=int, default=Options().many, help="Assessments of `history`.")
@click.option("--minutes", type=int, default=Options().minutes, help="Of `soak`.")
def main(names: tuple[str, ...], **chosen: Any) -> None:
    """Measure and print one table for each bench."""
    options = Options(**chosen)
    for name in names or BENCHES:
        measure = importlib.import_module(f"bench.{name}").main
        try:
            measure(options) if "options" in inspect.signature(measure).parameters else measure()
        except RuntimeError as error:  # of what it measured: the machine may have too much to do
            raise click.ClickException(f"{name}: {error}") from error


def started(arguments: Sequence[str]) -> None:
    """Run what a command line asks for."""
    first, *rest = arguments or [""]
    if first == "search" and not {*rest} <= {*BENCHES, *LONG}:
        search.command(rest, prog_name="python -m bench search")
    main(arguments, prog_name="python -m bench")


if __name__ == "__main__":
    started(sys.argv[1:])
