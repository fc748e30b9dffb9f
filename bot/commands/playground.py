"""`meshfit playground`."""

from __future__ import annotations

from pathlib import Path

import click


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
    from playground import command

    command.play(port, db, reset=reset, socket=socket)
