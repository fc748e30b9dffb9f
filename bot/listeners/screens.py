"""What the desk hands back → the view that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import ids, pages, result, to_change
from bot.blocks.carried import PageMeta, ResultMeta, ViewMeta
from bot.blocks.steps import step
from bot.blocks.surfaces import Payload
from bot.blocks.words import capital
from bot.domain.pack import Pack
from bot.domain.replies import PrivateResult, QuestionPage, ToChange
from bot.errors import BadAnswers
from bot.listeners.act import OpenView

_CLOSED = frozenset({"not_found", "hash_conflict"})
"""The person closed the view, or a newer picture of it is already there."""


def guided(pack: Pack, shown: QuestionPage | PrivateResult) -> Payload:
    """A page of the guided modal, or the private result that ends it."""
    match shown:
        case QuestionPage():
            return pages.page(shown, str(meta(shown)))
        case PrivateResult():
            carried = ResultMeta(channel=shown.caller.channel, marks=shown.marks)
            return step(result.view(pack, shown), 0, carried)


def meta(shown: QuestionPage) -> PageMeta:
    """What a page carries until it comes back."""
    return PageMeta(
        channel=shown.caller.channel,
        page=shown.page.id,
        mode=shown.mode,
        marks=shown.marks,
        alone=shown.alone,
        within=shown.within,
    )


def chooser(pack: Pack, shown: ToChange) -> Payload:
    """The form that asks which of the team's answers changes."""
    return to_change.chooser(pack, shown, str(ViewMeta(channel=shown.caller.channel)))


def redraw(client: WebClient, pressed_in: OpenView, view: Payload) -> None:
    """Replace an open view as it was pressed; one that was closed meanwhile stays closed."""
    try:
        client.views_update(view_id=pressed_in.id, hash=pressed_in.hash, view=view)
    except SlackApiError as error:
        if error.response.get("error") not in _CLOSED:
            raise


def errors(bad: BadAnswers, body: Mapping[str, Any]) -> dict[str, str]:
    """Each fault beside the field it is about; a missing reason beside the reason's own field.

    None where no field is in the view: Slack would show the person nothing at all.
    """
    inputs = {
        block.get("block_id")
        for block in (body.get("view") or {}).get("blocks") or ()
        if block.get("type") == "input"
    }
    faults = {}
    for question, fault in bad.faults.items():
        own = question + ids.REASON
        beside = own if "reason" in fault and own in inputs else question
        faults[beside] = capital(fault)
    return {block: fault for block, fault in faults.items() if block in inputs}
