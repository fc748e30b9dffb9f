"""What every command prints with: JSON for scripts, a console for people, one line for errors."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.errors import MeshfitError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDEST = 100
"""Columns; beyond that lines are hard to follow, however wide the window."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""Why an open file takes no more; an error that names its file is about another one."""


def console() -> Console:
    """Standard output for people: as wide as the window up to a limit; obeys NO_COLOR."""
    from rich.console import Console  # noqa: PLC0415 - JSON output need not wait for it

    out = Console(highlight=False, markup=False, emoji=False)
    out.width = min(out.width, WIDEST)
    return out


def say(*parts: RenderableType) -> None:
    """Draw on standard output; no line ends in blanks, which copying would carry along."""
    out = console()
    with out.capture() as drawn:
        out.print(*parts)
    lines = (line.rstrip() for line in drawn.get().splitlines())
    click.echo("\n".join(lines), color=True)


def say_line(text: str) -> None:
    """One line on standard output, however long, for whoever counts lines."""
    click.echo(visible(" ".join(text.split())))


def say_as_it_is(text: str) -> None:
    """Lines that somebody copies into a file, however long: nothing is wrapped or steered."""
    click.echo("\n".join(map(visible, text.split("\n"))))


def say_json(value: object, *, lines: bool = False) -> None:
    """One JSON document in UTF-8, on a line of its own when there are several."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=None if lines else 2)
    click.echo(text.encode())


def say_error(text: str) -> None:
    """One line on standard error; nothing in it can steer the terminal."""
    try:
        click.echo(f"meshfit: {visible(' '.join(text.split()))}", err=True)
    except OSError:
        _give_up(sys.stderr)  # the exit code still says it


def cannot_write(error: Exception) -> bool:
    """Whether a command failed because its output takes no more, which is then said."""
    if not isinstance(error, OSError) or error.errno not in _FULL or error.filename is not None:
        return False
    _give_up(sys.stdout)
    say_error(
        f"the output could not be written: {error.strerror}. Make room, or send it elsewhere."
    )
    return True


def _give_up(stream: TextIO) -> None:
    """Let what a stream still holds vanish, so that the end of the program does not fail on it."""
    with suppress(OSError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def say_wrong(error: MeshfitError, *, as_json: bool) -> None:
    """That one of several things is wrong: in its place as JSON, else on standard error."""
    if as_json:
        say_json({"error": error.sentence}, lines=True)
    else:
        say_error(error.sentence)


def visible(text: str) -> str:
    """Text that cannot steer a terminal, whatever it quotes."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
