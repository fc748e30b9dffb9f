"""Each request of Slack's and each call to it, counted; and a request's reference."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Self

from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.telemetry.counts import Counts
from bot.telemetry.logs import under_one_reference

Told = Callable[[str, str], None]
KINDS = {
    "block_actions": "button",
    "view_submission": "form",
    "view_closed": "form closed",
    "block_suggestion": "suggestion",
    "message_action": "shortcut",
    "shortcut": "shortcut",
    "event_callback": "event",
}
"""What Slack calls it → what it is counted as."""


class Watching:
    """Wraps what answers a request."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        counts.begin({*KINDS.values(), "command", "other"})

    def __call__(
        self, req: BoltRequest, answers: Callable[[BoltRequest], BoltResponse]
    ) -> BoltResponse:
        """Answer it, and count how that went until Slack is told."""
        began = time.perf_counter()
        req.context["failed"] = self.counts.failed
        with under_one_reference():
            answer = answers(req)
        outcome = str(req.context.get("outcome") or ("done" if answer.status < 400 else "refused"))
        self.counts.interaction(kind_of(req.body), outcome, time.perf_counter() - began)
        return answer


def kind_of(body: Mapping[str, Any]) -> str:
    """One of few names; what a stranger sent is none of them."""
    return "command" if "command" in body else KINDS.get(str(body.get("type")), "other")


def nothing(_method: str, _result: str) -> None:
    """Tell nobody."""


class TellingClient(WebClient):
    """Slack's Web API; of each call it tells the method and how it went."""

    told: Told = staticmethod(nothing)

    def api_call(self, api_method: str, **more: Any) -> Any:  # noqa: ANN401 - as the library has it
        """Call, and tell."""
        try:
            answer = super().api_call(api_method, **more)
        except SlackApiError as error:
            limited = error.response.status_code == 429
            self.told(api_method, "rate_limited" if limited else "refused")
            raise
        except Exception:
            self.told(api_method, "no_answer")
            raise
        self.told(api_method, "ok")
        return answer

    def speaking(self, token: str | None, **more: Any) -> Self:  # noqa: ANN401 - as above
        """The same Slack under a token, telling whom this one tells."""
        other = type(self)(token, base_url=self.base_url, **more)
        other.told = self.told
        return other
