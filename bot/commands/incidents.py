"""`meshfit incidents`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from bot.commands.group import as_json

Option = Any
"""What click hands on: a number, a path or nothing."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…|-")
@click.option("--confirm", is_flag=True, help="Go through them: one key an incident.")
@click.option(
    "--confirmations", type=Path, metavar="FILE", help="Where what you confirmed is kept."
)
@click.option("--people", type=float, help="On an incident that does not say who was; else 1.")
@click.option("--follow-up", type=float, help="Hours after each whose effort nobody counted.")
@click.option("--day-first/--month-first", default=None, help="How 03/04/26 is meant.")
@as_json
def incidents(files: tuple[str, ...], *, as_json: bool, **wanted: Option) -> int:
    """Count the incidents in exports: how many a month, how many hours, which of the network.

    Reads what PagerDuty, incident.io, Jira, ServiceNow, GitHub, Statuspage and others export, and
    spreadsheets as CSV. Everything is read here, on this machine; names and mails are dropped.
    """
    from bot.terminal import incidents as command

    return command.incidents(files, command.IncidentOptions(**wanted), as_json=as_json)
