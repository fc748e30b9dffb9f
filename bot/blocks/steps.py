"""Long forms a step at a time: one view, at most eight inputs, what was filled in shown again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.blocks import ids, kit
from bot.blocks.carried import ViewMeta
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, inputs_in, modal
from bot.domain.model.filled_in import FilledIn, Said
from bot.domain.pack.limits import MOST_INPUTS

NOTHING = FilledIn()
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
"""What Slack takes as what a field for a number begins with."""
_BEGINS = {
    "static_select": "initial_option",
    "radio_buttons": "initial_option",
    "multi_static_select": "initial_options",
    "checkboxes": "initial_options",
    "users_select": "initial_user",
    "multi_users_select": "initial_users",
    "conversations_select": "initial_conversation",
    "datepicker": "initial_date",
    "plain_text_input": "initial_value",
    "number_input": "initial_value",
}
"""Kind of element → where what it begins with stands."""


class Steps(NamedTuple):
    """A form before it is drawn: its fields step by step, and what is pressed after the last."""

    callback: str
    title: str
    submit: str
    pages: Sequence[Sequence[Block]]
    close: str = "Close"


def step(form: Steps, at: int, meta: ViewMeta, filled: FilledIn = NOTHING) -> Payload:
    """One step of a form, with what is filled in; a form of one step is that step."""
    many = len(form.pages)
    more = at + 1 < many
    return modal(
        form.callback,
        form.title,
        [
            *([kit.context("step", _place(at + 1, many))] if many > 1 else []),
            *(_filled(each, filled) for each in form.pages[at]),
            *([_back(form.callback)] if at else []),
        ],
        submit="Next" if more else form.submit,
        close=form.close,
        meta=str(meta.model_copy(update={"step": at, "more": more})),
    )


def pages_of(groups: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Groups of blocks that belong together, as many on a page as it has room for."""
    pages: list[list[Block]] = [[]]
    for group in groups:
        if inputs_in(pages[-1]) + inputs_in(group) > MOST_INPUTS:
            pages.append([])
        pages[-1] += group
    return pages


def _place(at: int, many: int) -> str:
    last = "" if at == many else " Nothing is saved before the last."
    return f"Step {at} of {many}.{last}"


def _back(callback: str) -> Block:
    return kit.actions("step_back", kit.button(callback + ids.STEP_BACK, "Back"))


def _filled(block: Block, filled: FilledIn) -> Block:
    """An input as it was left; what its element cannot begin with is left out."""
    elements = filled.fields.get(block["block_id"], {}) if block["type"] == "input" else {}
    if not elements or block["element"]["type"] not in _BEGINS:
        return block
    element, place = dict(block["element"]), _BEGINS[block["element"]["type"]]
    element.pop(place, None)
    begins = _begin(element, place, elements.get(element["action_id"]))
    return block | {"element": element | ({place: begins} if begins else {})}


def _begin(element: Mapping[str, Any], place: str, value: Said) -> object:
    """What an element begins with, where that was left in it."""
    several = value if isinstance(value, tuple) else (value,)
    if "options" in element:
        chosen = [each for each in element["options"] if each["value"] in several]
        return chosen if place == "initial_options" else next(iter(chosen), None)
    if element["type"] == "number_input":
        return value if isinstance(value, str) and _NUMBER.fullmatch(value) else None
    return list(value) if isinstance(value, tuple) else value
