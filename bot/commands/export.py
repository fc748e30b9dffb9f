"""`meshfit export`."""

from __future__ import annotations

import click


@click.command()
@click.option("--workspace", metavar="ID", help="Only this one: a team id, or an organisation's.")
def export(workspace: str | None) -> int:
    """Print everything that is held as JSON lines, with counts at the end."""
    from bot.terminal import held as command

    return command.export(workspace)
