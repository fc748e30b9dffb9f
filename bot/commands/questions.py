"""`meshfit questions`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.option("--page", metavar="PAGE", help="Only one page, by its id or its number.")
@as_json
def questions(page: str | None, as_json: bool) -> int:
    """List what the checklist asks: ids, the codes of their answers, hints."""
    from bot.terminal import questions as command

    return command.questions(page, as_json=as_json)
