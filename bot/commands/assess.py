"""`meshfit assess`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.argument("file")
@as_json
def assess(file: str, as_json: bool) -> int:
    """Advise on the answers in FILE: JSON or YAML, question id to value.

    With - documents are read from standard input, divided by lines of ---.
    """
    from bot.terminal import assess as command

    return command.assess(file, as_json=as_json)
