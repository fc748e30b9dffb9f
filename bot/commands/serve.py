"""`meshfit serve`."""

from __future__ import annotations

import gc

import click


@click.command()
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    metavar="N",
    help="So many processes that share the port.",
)
@click.option("--inherited", type=int, hidden=True, help="The port of who began this process.")
def serve(workers: int, inherited: int | None) -> None:
    """Serve Slack: Socket Mode when SLACK_APP_TOKEN is set, else HTTP; /healthz in both."""
    gc.disable()  # all that is made for the start stays: to look for what could go is a tenth of it
    from bot.terminal.environment import environment, knowledge_pack

    settings = environment()
    pack = knowledge_pack(settings)
    if workers > 1:
        from bot import workers as several

        gc.enable()
        several.serve(settings, workers)
    else:
        from bot import serving

        serving.serve(settings, pack, inherited)
