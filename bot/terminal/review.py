"""`meshfit report`: one channel's decision, read from the database, as a page."""

from __future__ import annotations

from pathlib import Path

import click

from bot.advisor import Advisor, Desk
from bot.documents.review import review as page
from bot.domain.team import Caller
from bot.errors import BadInput
from bot.store.export import reading
from bot.store.health import opened
from bot.terminal.environment import environment, knowledge_pack


def review(workspace: str, channel: str, output: Path) -> int:
    """Write the page; answers the exit code.

    Raises `BadInput` for a workspace that is not held or a file that cannot be written, `Refused`
    where the channel has shared nothing.
    """
    settings = environment()
    pack = knowledge_pack(settings)
    with reading(settings.db, workspace) as (_, known):
        pass
    if isinstance(settings.db, Path) and output.resolve() == settings.db.resolve():
        raise BadInput(f"{output} is the database: name another file to write.")
    desk = Desk(opened(settings.db), pack)
    caller = Caller(workspace=known or workspace, channel=channel, user="")
    review = Advisor(desk).reviews.review(caller)
    try:
        output.write_text(page(pack, review), "utf-8")
    except OSError as error:
        raise BadInput(f"{output} cannot be written ({error.strerror}): name another.") from None
    click.echo(f"{review.standing.advice.headline}: the page is in {output}.")
    return 0
