"""What the desk hands back → the view that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import ids, pages, phrases, result
from bot.blocks.carried import PageMeta, ResultMeta
from bot.blocks.surfaces import Payload
from bot.domain.pack import Pack
from bot.domain.replies import PrivateResult, QuestionPage
from bot.errors import BadAnswers
from bot.listeners.act import Act
from bot.listeners.forms import Forged

_CLOSED = frozenset({"not_found", "hash_conflict"})
"""The person closed the view, or a newer picture of it is already there."""


def guided(pack: Pack, shown: QuestionPage | PrivateResult) -> Payload:
    """A page of the guided modal, or the private result that ends it."""
    match shown:
        case QuestionPage():
            where, page = shown.caller.channel, shown.page.id
            meta = PageMeta(
                channel=where, page=page, mode=shown.mode, marks=shown.marks, alone=shown.alone
            )
            return pages.page(shown, str(meta))
        case PrivateResult():
            held = ResultMeta(channel=shown.caller.channel, marks=shown.marks)
            return result.view(pack, shown, str(held))


def redraw(client: WebClient, act: Act, view: Payload) -> None:
    """Replace the open view as it was pressed; one that was closed meanwhile stays closed."""
    _update(client, act, view, hash=(act.body.get("view") or {}).get("hash"))


def _update(client: WebClient, act: Act, view: Payload, *, hash: str | None) -> None:  # noqa: A002
    open_view = act.body.get("view") or {}
    if "id" not in open_view:
        raise Forged
    try:
        client.views_update(view_id=open_view["id"], hash=hash, view=view)
    except SlackApiError as error:
        if error.response.get("error") not in _CLOSED:
            raise


def errors(bad: BadAnswers, body: Mapping[str, Any]) -> dict[str, str]:
    """Each fault beside the field it is about; a missing reason beside the reason's own field.

    None where a field is not in the view: Slack would show the person nothing at all.
    """
    inputs = {
        block.get("block_id")
        for block in (body.get("view") or {}).get("blocks") or ()
        if block.get("type") == "input"
    }
    found = {}
    for question, fault in bad.faults.items():
        own = question + ids.REASON
        beside = own if "reason" in fault and own in inputs else question
        found[beside] = phrases.capital(fault)
    return found if found.keys() <= inputs else {}
