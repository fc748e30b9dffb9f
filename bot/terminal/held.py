"""What the database holds: copied and put back, printed as JSON lines and taken in again."""

from __future__ import annotations

from pathlib import Path

import click

from bot.errors import BadInput, Faults
from bot.store import named
from bot.store.backup import backup as copy
from bot.store.bringing import NOTHING
from bot.store.bringing import bring_in as take_in
from bot.store.export import export as rows
from bot.store.restore import restore as put_back
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


def restore(source: Path) -> int:
    """Put a backup in the database's place; answers the exit code."""
    target = environment().db
    kept = put_back(source, target)
    click.echo(f"{source} stands at {named(target)}, checked.")
    if kept is not None:
        click.echo(f"What stood there is kept as {kept}: delete it once you no longer need it.")
    return 0


def bring_in(file: Path) -> int:
    """Take in an export, all of it or none; answers the exit code."""
    target = environment().db
    try:
        with click.open_file(str(file), encoding="utf-8") as lines:
            counts = take_in(target, lines)
    except UnicodeDecodeError:
        raise Faults([f"{file} is no text in UTF-8. {NOTHING}"]) from None
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).") from None
    for table, many in counts.items():
        click.echo(f"{table:<14}{many:>9,}")
    click.echo(f"Taken into {named(target)}: {sum(counts.values()):,} rows.")
    return 0
