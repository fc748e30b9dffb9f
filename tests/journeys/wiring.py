"""Whether a story met an id that the gallery does not know, and so nothing was held to its ear."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from playground.screen import widgets
from playground.slack import Slack
from tests.blocks.gallery import gallery


def every_id_hangs_in_the_gallery(slack: Slack) -> None:
    """Every button, menu and form that stands anywhere at the end of a story."""
    assert set(met(slack)) - known() == set()


def met(slack: Slack) -> Iterator[str]:
    """The ids on everybody's screens: pressed ones in messages and views, and forms."""
    world = slack.world
    messages = (each for room in world.messages.values() for each in room)
    views = [*world.homes.values(), *(view for stack in world.modals.values() for view in stack)]
    for blocks in (*(each.blocks for each in messages), *(view.body["blocks"] for view in views)):
        yield from (each.action_id for each in widgets(blocks))
    yield from (view.body["callback_id"] for view in views if view.body.get("submit"))


@cache
def known() -> frozenset[str]:
    """The ids of every screen that meshfit can draw."""
    drawn = [payload for _, payload in gallery()]
    actions = {each.action_id for payload in drawn for each in widgets(payload["blocks"])}
    return frozenset(actions | {payload.get("callback_id", "") for payload in drawn})
