"""`meshfit import`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("import")
@click.argument("file", type=Path)
def bring_in(file: Path) -> int:
    """Take in what `meshfit export` printed (FILE, or - for standard input), all of it or none."""
    from bot.terminal import held as command

    return command.bring_in(file)
