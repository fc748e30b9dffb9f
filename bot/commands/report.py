"""`meshfit report`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--workspace", required=True, metavar="ID", help="A team's id, or an organisation's.")
@click.option("--channel", required=True, metavar="ID", help="The channel whose decision is meant.")
@click.option("--output", type=Path, metavar="FILE", help="The page to write; -o for short.")
@click.option("-o", "short", type=Path, hidden=True)
def report(workspace: str, channel: str, output: Path | None, short: Path | None) -> int:
    """Write a channel's decision, with its pilot and all it rests on, as a page for a review."""
    from bot.terminal import review as command

    file = output or short
    if file is None:
        raise click.UsageError("Missing option '-o': name the page to write.")
    return command.review(workspace, channel, file)
