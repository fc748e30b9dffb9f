"""`meshfit serve`."""

from __future__ import annotations

import gc

import click


@click.command()
def serve() -> None:
    """Serve Slack: Socket Mode when SLACK_APP_TOKEN is set, else HTTP; /healthz in both."""
    gc.disable()  # all that is made for the start stays: to look for what could go is a tenth of it
    from bot import serving
    from bot.terminal.environment import environment, knowledge_pack

    settings = environment()
    serving.serve(settings, knowledge_pack(settings))
