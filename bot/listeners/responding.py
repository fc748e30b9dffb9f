"""The way back to a person: owed like everything else, and said at once where it cannot be kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from bot.advisor.telling import Telling
from bot.domain.team import Caller
from bot.listeners.held import Forged
from bot.outbox.staying import StayingWebhook

DIRECTLY_S = 3
log = logging.getLogger(__name__)


class Responding:
    """Puts the way back where Bolt and every listener find it, as `respond`."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

    def middleware(
        self,
        context: BoltContext,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Before anything can fail."""
        context["respond"] = Responder(self.telling, context)
        return next()


class Responder:
    """At the address that came with what somebody did; what came from nowhere has none."""

    def __init__(self, telling: Telling, context: BoltContext) -> None:
        self.telling, self.context = telling, context

    def __call__(self, **payload: Any) -> None:  # noqa: ANN401 - a message as Slack has it
        """Owe it; where nothing can be kept, say it now."""
        address = self.context.response_url
        if address is None:
            raise Forged
        try:
            if not self.context.get("not_kept"):
                self.telling.answer(self.caller(address), payload, self._unfinished)
                return
        except Exception as ill:  # whatever the database has; it is said beside the real failure
            log.warning("an answer could not be kept (%s), so it is said now", type(ill).__name__)
        StayingWebhook(address, timeout=DIRECTLY_S, retry_handlers=[]).send_dict(payload)

    def directly(self, payload: Mapping[str, Any], thread: str = "") -> None:
        """To the person, in a direct message, or in the thread of one."""
        message = {"message": payload, "thread": thread} if thread else {"message": payload}
        self.telling.notice(self.caller(), message, self._unfinished)

    def late(self, external_id: str, view: Mapping[str, Any]) -> None:
        """In the view that was put up to wait for it."""
        self.telling.late(self.caller(), external_id, view, self._unfinished)

    def aside(self, payload: Mapping[str, Any]) -> None:
        """To the person alone, in the channel where they wrote."""
        self.telling.aside(self.caller(), payload)

    @property
    def _unfinished(self) -> str:
        return str(self.context.get("unfinished") or "")

    def caller(self, address: str = "") -> Caller:
        """Who acted, and where they are answered."""
        return Caller(
            workspace=str(self.context.get("installation") or ""),
            channel=self.context.channel_id or "",
            user=self.context.actor_user_id or "",
            answer_at=address,
        )
