"""`meshfit facts`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.argument("query", nargs=-1)
@as_json
def facts(query: tuple[str, ...], as_json: bool) -> int:
    """Print what was measured and documented about meshes, with sources; QUERY narrows it down."""
    from bot.terminal import facts as command

    return command.facts(" ".join(query), as_json=as_json)
