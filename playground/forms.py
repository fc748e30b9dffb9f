"""Filling in a form as Slack's clients let you: what may be chosen, typed and sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from playground.screen import HOLDS, State, Widget, options, widgets

Json: TypeAlias = Any

_TYPED = {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    "datepicker",
    "timepicker",
}
REQUIRED = "Please complete this required field."


class Unreachable(AssertionError):
    """A person tried what Slack's client would not let them do."""


def chosen(widget: Widget, value: Json) -> dict[str, Json]:
    """The state entry after a person chose or typed `value`; raises Unreachable when they can't.

    Options are named by value or visible text; several as a list; None empties.
    """
    holds = HOLDS.get(widget.kind)
    if holds is None:
        raise Unreachable(f"{widget.kind} {widget.action_id} holds no value")
    if holds.many:
        every = [] if value is None else value if isinstance(value, list | tuple) else [value]
        most = widget.element.get("max_selected_items", len(every))
        if len(every) > most:
            raise Unreachable(f"{widget.action_id} takes at most {most}")
        return {"type": widget.kind, holds.key: [_one(widget, item) for item in every]}
    return {"type": widget.kind, holds.key: None if value is None else _one(widget, value)}


def _one(widget: Widget, value: Json) -> Json:
    offered = options(widget.element)
    if offered:
        for option in offered:
            if value in (option["value"], option["text"]["text"]):
                return option
        raise Unreachable(f"{value!r} is not among {[o['value'] for o in offered]}")
    if widget.kind in _TYPED:
        return str(value)
    return getattr(value, "id", value)


def complaints(blocks: list[Json], state: State) -> dict[str, str]:
    """What Slack's client shows beside the fields instead of sending the form, by block id."""
    beside: dict[str, str] = {}
    for widget in widgets(blocks):
        if not widget.is_input:
            continue
        entry = state[widget.block_id][widget.action_id]
        value = entry[HOLDS[widget.kind].key]
        if value in (None, "", []):
            if not widget.block.get("optional"):
                beside[widget.block_id] = REQUIRED
        elif says := next(iter(_refusals(widget, value)), None):
            beside[widget.block_id] = says
    return beside


def _refusals(widget: Widget, value: Json) -> Iterable[str]:
    if widget.kind == "number_input":
        yield from _number(widget, value)
    elif widget.kind == "plain_text_input":
        if len(value) > widget.element.get("max_length", 3000):
            yield f"Use at most {widget.element.get('max_length', 3000)} characters."
        if len(value) < widget.element.get("min_length", 0):
            yield f"Use at least {widget.element['min_length']} characters."
    elif widget.kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", value):
        yield "Enter an email address."
    elif widget.kind == "url_text_input" and not re.fullmatch(r"https?://\S+", value):
        yield "Enter a valid URL."


def _number(widget: Widget, value: str) -> Iterable[str]:
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        yield "Enter a number."
        return
    if "." in value and not widget.element["is_decimal_allowed"]:
        yield "Enter a whole number."
    low, high = widget.element.get("min_value"), widget.element.get("max_value")
    if low is not None and float(value) < float(low):
        yield f"Enter a number that is {low} or more."
    if high is not None and float(value) > float(high):
        yield f"Enter a number that is {high} or less."
