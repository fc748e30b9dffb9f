"""The handle that Slack sends with a press or a command, noted for a record that is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from bot.advisor.handles import Handles
from bot.listeners import payloads


class NotedHandles:
    """Of whoever acts; nothing of it is stored."""

    def __init__(self, handles: Handles) -> None:
        self.handles = handles

    def middleware(
        self,
        body: dict[str, Any],
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Note it, whatever comes of the act."""
        who = body.get("user")
        person = who if isinstance(who, dict) else {}
        handle = person.get("username") or person.get("name") or body.get("user_name")
        if context.actor_user_id and handle and isinstance(handle, str):
            self.handles.note(payloads.workspace(context), context.actor_user_id, handle)
        return next()
