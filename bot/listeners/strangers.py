"""Actors from other workspaces (Slack Connect) may read along; they may not act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltContext, BoltResponse

from bot.blocks import notice
from bot.listeners.delivery import private
from bot.listeners.responding import Responder

REFUSAL = (
    "This meshfit belongs to another workspace, so only its members can use it here. You can read "
    "along, and ask one of them to answer for you."
)


def refuse(
    body: dict[str, Any],
    context: BoltContext,
    respond: Responder,
    next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
) -> BoltResponse:
    """Let members of the installing workspace through, and tell others politely why not."""
    if not is_foreign(body, context):
        return next()
    answer: BoltResponse = context["acting"](lambda: _refused(body, context, respond))
    return answer


def _refused(body: Mapping[str, Any], context: BoltContext, respond: Responder) -> BoltResponse:
    """Say why not, where that is seen; once, for that too is an act."""
    refusal = notice.plain(REFUSAL)
    match body.get("type"):
        case "event_callback" if context.channel_id and context.actor_user_id:
            if body["event"].get("type") == "app_mention":
                respond.aside(refusal)
        case "view_submission":
            answer = {"response_action": "update", "view": notice.view(REFUSAL)}
            return BoltResponse(status=200, body=answer)
        case None:
            return BoltResponse(status=200, body=private(refusal))
        case _ if context.response_url:
            respond(**private(refusal))
    return BoltResponse(status=200)


def is_foreign(body: Mapping[str, Any], context: BoltContext) -> bool:
    """Whether whoever acted belongs to another team than the one that installed meshfit."""
    user = body.get("user")
    actor: Mapping[str, Any] = user if isinstance(user, Mapping) else body.get("event", body)
    team = actor.get("team_id") or actor.get("user_team") or actor.get("team")
    enterprise = actor.get("enterprise_id") or context.actor_enterprise_id
    home = context.authorize_result
    if not team or home is None or not (home.team_id or home.enterprise_id):
        return False  # nobody said whose installation this is, so nobody can be told from it
    if enterprise and home.enterprise_id:
        return bool(enterprise != home.enterprise_id)
    return team not in (home.team_id, home.enterprise_id)
