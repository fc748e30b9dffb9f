"""`meshfit inspect`."""

from __future__ import annotations

from typing import Literal

import click

from bot.commands.group import as_json


@click.command()
@click.argument("file")
@click.option(
    "--as",
    "quantity",
    type=click.Choice(["cpu", "memory"]),
    help="What a Prometheus query measured, which its answer does not say.",
)
@as_json
def inspect(file: str, quantity: Literal["cpu", "memory"] | None, as_json: bool) -> int:
    """Read a load test's result, or CPU and memory, from FILE and print what is in it."""
    from bot.terminal import inspect as command

    return command.inspect(file, as_json=as_json, quantity=quantity)
