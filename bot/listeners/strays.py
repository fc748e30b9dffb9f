"""Cards and boards that are not the live ones: a press on one turns it into a link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltResponse

from bot.advisor.telling import Telling
from bot.blocks import strays
from bot.blocks.values import About
from bot.listeners.act import Act


class Strays:
    """A second card can stand where Slack took one and forgot its id, or it was posted anew."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

    def middleware(
        self,
        body: dict[str, Any],
        act: Act,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Look at the message that a button stands on; what was pressed is done all the same."""
        blocks = (body.get("message") or {}).get("blocks")
        ts = (body.get("container") or {}).get("message_ts")
        if body.get("type") == "block_actions" and isinstance(blocks, list) and isinstance(ts, str):
            self._look(act, ts, [each for each in blocks if isinstance(each, dict)])
        return next()

    def _look(self, act: Act, ts: str, blocks: list[dict[str, Any]]) -> None:
        subject = act.pressed(About).subject
        if strays.is_card(blocks):
            self.telling.card_pressed(act.caller, subject, ts)
        elif strays.is_board(blocks):
            self.telling.board_pressed(act.caller, subject, ts)
