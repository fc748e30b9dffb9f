"""`meshfit check`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--knowledge", type=Path, metavar="DIR", help="A pack's folder, not the one in use.")
@click.option("--schema", is_flag=True, help="Print a JSON Schema of a pack's files for editors.")
def check(knowledge: Path | None, schema: bool) -> int:
    """Check knowledge pack, manifest, database and tokens, and list every fault."""
    from bot.terminal import check as command

    return command.print_schema(knowledge) if schema else command.check(knowledge)
