"""`meshfit export`."""

from __future__ import annotations

import click

from bot.commands.group import as_json


@click.command()
@click.option("--workspace", metavar="ID", help="Only this one: a team id, or an organisation's.")
@click.option("--missed", is_flag=True, help="What was asked and missed, grouped, with drafts.")
@as_json
def export(workspace: str | None, missed: bool, as_json: bool) -> int:
    """Print everything that is held as JSON lines, with counts at the end; or what was missed."""
    from bot.terminal import held
    from bot.terminal import missed as report

    return report.missed(workspace, as_json=as_json) if missed else held.export(workspace)
