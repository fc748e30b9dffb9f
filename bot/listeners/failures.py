"""The one error handler: a failure becomes words in the place where the person is looking."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from slack_bolt import BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import notice
from bot.blocks.surfaces import Payload
from bot.blocks.words import escaped
from bot.errors import BadAnswers, MeshfitError, NotKept, NotYours, Stale
from bot.listeners import screens
from bot.listeners.delivery import private
from bot.listeners.responding import Responder
from bot.outbox import access
from bot.outbox.refusals import UNREADABLE, passes
from bot.telemetry import logs

log = logging.getLogger(__name__)

SLACK_SAID = {
    "expired_trigger_id": "Slack gave up waiting before I could open the form. Press once more.",
    "exchanged_trigger_id": "That form was opened already. Press once more if you closed it.",
    "invalid_trigger_id": "Slack knows nothing of that press any more. Press once more.",
    "ratelimited": "Slack asks me to slow down. What you saved is safe; try again in a minute.",
}
"""What Slack refuses in the course of things, in words for the person."""
ILL = "Slack had trouble just now. What you saved is safe; try again in a minute."


def handle(
    error: Exception,
    body: dict[str, Any],
    context: BoltContext,
    client: WebClient,
    respond: Responder,
    response: BoltResponse | None,
) -> BoltResponse | None:
    """Named failures say what happened; others show a reference that is also in the log."""
    if context.authorize_result is None:  # nobody is known to have sent it
        return BoltResponse(status=401)
    if isinstance(error, BoltUnhandledRequestError) and "event" in body:
        return BoltResponse(status=200)  # nobody pressed anything, so nobody waits for words
    if isinstance(error, BadAnswers) and response is not None and (beside := _beside(error, body)):
        return BoltResponse(status=200, body={"response_action": "errors", "errors": beside})
    if isinstance(error, NotKept) and response is not None and "event" in body:
        return BoltResponse(status=503)  # not acknowledged: Slack sends it again
    context["not_kept"] = isinstance(error, NotKept)
    context["outcome"] = outcome = _outcome(error)
    if outcome == "failed":
        context.get("failed", _uncounted)("listener")
    sentence = _said(error)
    if response is None:
        _tell(sentence, body, context, client, respond)
        return None
    return _instead_of_ack(sentence, body, context, client, respond)


def _said(error: Exception) -> Payload:
    match error:
        case BoltUnhandledRequestError():
            log.warning("nothing listens to this %s", error.request.body.get("type") or "command")
            return notice.plain(
                "That button or form is from an earlier version of meshfit. `/meshfit` shows what "
                "stands now."
            )
        case MeshfitError():
            return _told(error)
        case SlackApiError() if access.is_withdrawn(error):
            log.warning("Slack says that the app's access was withdrawn: %s", _named(error))
            return notice.plain(access.SAID)
        case SlackApiError() if words := SLACK_SAID.get(str(error.response.get("error"))):
            return notice.plain(words)
        case _ if passes(error):
            log.warning("Slack is ill: %s", _named(error))
            return notice.plain(ILL)
    reference = logs.reference()
    log.error("reference %s: %s", reference, _named(error), exc_info=_without_payload(error))
    return notice.plain(notice.trouble(reference))


def _uncounted(_where: str) -> None:
    """Where nobody looks on."""


def _outcome(error: Exception) -> str:
    """What it is counted as."""
    match error:
        case NotKept():
            return "not_kept"
        case MeshfitError() | BoltUnhandledRequestError():
            return "refused"
        case SlackApiError() if access.is_withdrawn(error):
            return "withdrawn"
        case SlackApiError() if str(error.response.get("error")) in SLACK_SAID:
            return "refused_by_slack"
        case _ if passes(error):
            return "refused_by_slack"
    return "failed"


def _told(error: MeshfitError) -> Payload:
    if isinstance(error, NotKept):
        log.error("nothing was kept of a request: the database %s", error.why)
    if isinstance(error, Stale):
        return notice.meanwhile(error.changes)
    if isinstance(error, NotYours):
        return notice.not_yours(error)
    return notice.plain(escaped(error.sentence, 2900))


def _beside(bad: BadAnswers, body: Mapping[str, Any]) -> dict[str, str]:
    """Faults that can stand beside their fields; none where a field is not in the view."""
    return screens.errors(bad, body) if body.get("type") == "view_submission" else {}


def _named(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return f"Slack answered {error.response.get('error')}"
    return type(error).__name__


def _without_payload(error: Exception) -> Exception:
    """Keep where it happened and drop what it says: messages of errors can quote answers."""
    return Exception("details withheld").with_traceback(error.__traceback__)


def _instead_of_ack(
    payload: Payload,
    body: Mapping[str, Any],
    context: BoltContext,
    client: WebClient,
    respond: Responder,
) -> BoltResponse:
    """Answer in the acknowledgement where Slack shows one, beside it elsewhere."""
    if body.get("type") == "view_submission":
        view = notice.view(payload["text"])
        return BoltResponse(status=200, body={"response_action": "push", "view": view})
    if body.get("command"):
        return BoltResponse(status=200, body=private(payload))
    is_told = _tell(payload, body, context, client, respond)
    return BoltResponse(status=200 if is_told else 503)  # else Slack says that it failed


def _tell(
    payload: Payload,
    body: Mapping[str, Any],
    context: BoltContext,
    client: WebClient,
    respond: Responder,
) -> bool:
    """Tell the person where they look; whether that is on its way."""
    try:
        _tell_there(payload, body, context, client, respond)
    except NotKept:
        log.warning("could not tell the person: that cannot be kept either")
    except (SlackApiError, *UNREADABLE) as unreachable:
        log.warning("could not tell the person: %s", _named(unreachable))
    else:
        return True
    return False


def _tell_there(
    payload: Payload,
    body: Mapping[str, Any],
    context: BoltContext,
    client: WebClient,
    respond: Responder,
) -> None:
    """In a direct message's thread, by response_url, on top of a modal, or by direct message."""
    event = body.get("event", {})
    if context.get("late_view"):
        respond.late(context["late_view"], notice.view(payload["text"]))
    elif context.response_url:
        respond(**private(payload))
    elif body.get("type") == "block_actions" and (body.get("view") or {}).get("type") == "modal":
        _on_top(payload, body, client, respond)
    elif event.get("ts") and context.channel_id and event.get("channel_type") == "im":
        respond.directly(payload, event["ts"])
    elif context.actor_user_id:
        respond.directly(payload)


def _on_top(
    payload: Payload, body: Mapping[str, Any], client: WebClient, respond: Responder
) -> None:
    """On top of the modal; directly where Slack takes no view for this press any more."""
    try:
        client.views_push(trigger_id=body["trigger_id"], view=notice.view(payload["text"]))
    except SlackApiError as refused:
        if access.is_withdrawn(refused):
            raise
        respond.directly(payload)
