"""`meshfit assess`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.argument("file", required=False)
@click.option("--blank", is_flag=True, help="Print an answers file to fill in.")
@click.option("--there", is_flag=True, help="Ask about a mesh that runs: should we keep it?")
@as_json
def assess(file: str | None, blank: bool, there: bool, as_json: bool) -> int:
    """Advise on the answers in FILE: JSON or YAML, question id to value.

    With - documents are read from standard input, divided by lines of ---. Without FILE the
    questions are asked here, one after the other.
    """
    from bot.terminal import asking
    from bot.terminal import assess as command

    if blank:
        return asking.blank(file, as_json=as_json)
    if file:
        return command.assess(file, as_json=as_json)
    return asking.asked(as_json=as_json, there=there)
