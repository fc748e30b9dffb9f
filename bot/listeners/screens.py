"""What the desk hands back → the view that shows it."""

from __future__ import annotations

from slack_bolt import Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import ids, pages, phrases, result
from bot.blocks.surfaces import Payload, without_native
from bot.domain.pack import Pack
from bot.domain.replies import PrivateResult, QuestionPage
from bot.errors import BadAnswers
from bot.listeners.forms import Forged
from bot.listeners.payloads import Body, Meta

_CLOSED = frozenset({"not_found", "hash_conflict"})
"""The person closed the view, or a newer picture of it is already there."""


def guided(pack: Pack, shown: QuestionPage | PrivateResult) -> Payload:
    """A page of the guided modal, or the private result that ends it."""
    match shown:
        case QuestionPage():
            meta = Meta(channel=shown.caller.channel, page=shown.page.id, mode=shown.mode)
            return pages.page(shown, meta.model_dump_json())
        case PrivateResult():
            return result.view(pack, shown, Meta(channel=shown.caller.channel).model_dump_json())


def redraw(client: WebClient, body: Body, view: Payload) -> None:
    """Replace the open view; one that was closed meanwhile stays closed."""
    held = body.get("view") or {}
    if "id" not in held:
        raise Forged
    try:
        client.views_update(view_id=held["id"], hash=held.get("hash"), view=view)
    except SlackApiError as error:
        if error.response.get("error") not in _CLOSED:
            raise


def replace(client: WebClient, body: Body, view: Payload) -> None:
    """Replace a view that this process itself has changed since the payload was sent."""
    redraw(client, {"view": {"id": body["view"]["id"]}}, view)


def respond_native(respond: Respond, payload: Payload) -> None:
    """Reply with tables and charts, or without them where Slack refuses."""
    if respond(**payload).status_code != 200:
        respond(**without_native(payload))


def errors(bad: BadAnswers, body: Body) -> dict[str, str]:
    """Each fault beside the field it is about; a missing reason beside the reason's own field."""
    inputs = {
        block.get("block_id")
        for block in body["view"].get("blocks") or ()
        if block.get("type") == "input"
    }
    found = {}
    for question, fault in bad.faults.items():
        own = question + ids.REASON
        beside = own if "reason" in fault and own in inputs else question
        found[beside] = phrases.capital(fault)
    return found
