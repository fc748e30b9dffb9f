"""`python -m bench [NAME…]`: run the benches named, or all of them."""

from __future__ import annotations

import importlib

import click

BENCHES = ("search", "thinking", "interactions", "loadtests")
"""Modules of this folder with a `main()` that measures, then prints its table."""


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(BENCHES))
def main(names: tuple[str, ...]) -> None:
    """Measure and print one table for each bench."""
    for name in names or BENCHES:
        importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main(prog_name="python -m bench")
