"""`meshfit playground`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from bot.errors import BadInput


@click.command()
@click.option("--port", default=3210, show_default=True, help="On 127.0.0.1 only.")
@click.option(
    "--db",
    type=Path,
    default=Path("meshfit-playground.db"),
    show_default=True,
    help="Its database; the conversations are kept in a file beside it.",
)
@click.option("--reset", is_flag=True, help="Forget what was there and begin afresh.")
@click.option("--socket", is_flag=True, help="Let meshfit connect in Socket Mode, not over HTTP.")
def playground(port: int, db: Path, reset: bool, socket: bool) -> None:
    """Try the bot in the browser, in a local Slack look-alike; no token needed."""
    if any(find_spec(part) is None for part in ("playground", "flask", "websockets")):
        raise BadInput(
            "The playground is an extra that is not installed here: pip install "
            "'meshfit[playground]' gets it, and in a checkout make demo does."
        )
    from playground import command

    command.play(port, db, reset=reset, socket=socket)
