"""`meshfit worksheet`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.argument("chores", nargs=-1, metavar="[CHORE=TIMESxHOURS]...")
@as_json
def worksheet(chores: tuple[str, ...], as_json: bool) -> int:
    r"""Work out the hours to run a mesh: how often each chore comes, times the hours it takes.

    \b
    Example, upgrades every month with three hours each:
      meshfit worksheet upgrades=12x3
    """
    from bot.terminal import worksheet as command

    return command.worksheet(chores, as_json=as_json)
