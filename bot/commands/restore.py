"""`meshfit restore`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=Path)
def restore(file: Path) -> int:
    """Put the backup FILE in the database's place, with the bot stopped; the old one is kept."""
    from bot.terminal import held as command

    return command.restore(file)
