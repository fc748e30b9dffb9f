"""`meshfit backup` and `meshfit export`: what the database holds, copied or as JSON lines."""

from __future__ import annotations

from pathlib import Path

import click

from bot.store import named
from bot.store.backup import backup as copy
from bot.store.export import export as rows
from bot.terminal.environment import environment
from bot.terminal.output import say_json


def backup(target: Path) -> int:
    """Copy the database while the bot may run; answers the exit code."""
    source = environment().db
    copy(source, target)
    click.echo(f"{named(source)} copied to {target}, {target.stat().st_size:,} bytes, checked.")
    return 0


def export(workspace: str | None) -> int:
    """Print everything held as JSON lines, the counts last; answers the exit code."""
    for each in rows(environment().db, workspace):
        say_json(each, lines=True)
    return 0
