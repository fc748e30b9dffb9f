"""`meshfit backup`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=Path)
def backup(file: Path) -> int:
    """Copy the database to FILE, consistent even while the bot runs."""
    from bot.terminal import held as command

    return command.backup(file)
