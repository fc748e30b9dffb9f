"""`meshfit ask`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.argument("question")
@as_json
def ask(question: str, as_json: bool) -> int:
    """Answer a QUESTION about service meshes; with - one on each line of standard input."""
    from bot.terminal import ask as command

    return command.ask(question, as_json=as_json)
