"""Whose meshfit this is: the one key of all that is held, whatever a payload calls the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.team import Workspace

_LAST = frozenset({"app_uninstalled", "tokens_revoked"})
"""Events that come when the token is withdrawn."""


class Installation:
    """What the bot's token was given for; asked of Slack once.

    In an organisation that installed meshfit for all its workspaces, commands, views and events
    name different teams; the token belongs to the organisation.
    """

    def __init__(self) -> None:
        self._known: Workspace | None = None

    def middleware(
        self,
        body: dict[str, Any],
        context: BoltContext,
        client: WebClient,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Put the installation's key where every listener finds it."""
        if "installation" not in context:  # else told by what authorised the request
            context["installation"] = self._known or self._ask(body, client)
        return next()

    def _ask(self, body: Mapping[str, Any], client: WebClient) -> Workspace:
        """Ask once; an uninstalled app's token tells no longer, but its event does."""
        try:
            answer: Mapping[str, Any] = client.auth_test().data  # type: ignore[assignment]
        except (SlackApiError, OSError):
            if body.get("event", {}).get("type") not in _LAST:
                raise
            granted = body.get("authorizations") or [body]
            return named(granted[0])
        self._known = named(answer)
        return self._known


def named(answer: Mapping[str, Any]) -> Workspace:
    """The enterprise where it was installed for all of it, else the team."""
    wide = answer.get("is_enterprise_install") and answer.get("enterprise_id")
    return str(wide or answer.get("team_id") or "")
