"""`meshfit look`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.commands.group import as_json

Option = Any
"""What click hands on: a flag, a path or nothing."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…|-")
@click.option("--mode", multiple=True, help="The mode, or mesh, considered; may be given again.")
@click.option("--all", "everything", is_flag=True, help="Every finding and object, with sources.")
@click.option("--summary", type=Path, metavar="FILE", help="Write counts and ids, no names.")
@click.option("--names", is_flag=True, help="Let the summary name the objects.")
@click.option("--answers", type=Path, metavar="FILE", help="Write answers for meshfit assess.")
@as_json
def look(files: tuple[str, ...], mode: tuple[str, ...], *, as_json: bool, **wanted: Option) -> int:
    """Look at what `kubectl get … -o json` printed: counts, findings, what was not judged.

    Everything is read here, on this machine; with - from a pipe.
    """
    from bot.terminal import look as command

    return command.look(files, command.LookOptions(modes=mode, **wanted), as_json=as_json)
