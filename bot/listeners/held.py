"""What the fields of a view hold, and what they held when it was drawn, as Slack sends them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.model.filled_in import Said
from bot.errors import BadInput

Element = Mapping[str, Any]
USER = re.compile(r"[UW][A-Z0-9_]{1,30}")


class Forged(BadInput):
    """What meshfit never put on a screen came back from one."""

    def __init__(self) -> None:
        super().__init__(
            "That form or button sent something that I did not put there, so nothing was done. "
            "Close it, and open it again."
        )


def state(body: Mapping[str, Any]) -> Mapping[str, Mapping[str, Element]]:
    """Block → element → what it holds; blocks without any are left out."""
    view = body.get("view") or {}
    values = (view.get("state") or {}).get("values") or {}
    return {block: elements for block, elements in values.items() if elements}


def held_by(element: Element) -> Said:
    """What an element holds, whichever kind it is; raises `Forged` for what none can hold."""
    match element:
        case {"selected_option": option}:
            return None if option is None else _value(option)
        case {"selected_options": options}:
            if not isinstance(options or [], list):
                raise Forged
            return tuple(_value(each) for each in options or [])
        case {"selected_users": people}:
            if not isinstance(people or [], list) or not all(map(_is_person, people or [])):
                raise Forged
            return tuple(people or [])
        case (
            {"selected_user": said}
            | {"selected_date": said}
            | {"selected_conversation": said}
            | {"value": said}
        ):
            if said is not None and not isinstance(said, str):
                raise Forged
            return said
    return None


def began(blocks: object) -> dict[str, Said] | None:
    """Block → what it held when its view was drawn, as it would be read; None for no blocks."""
    if not isinstance(blocks, list):
        return None
    fields = (each for each in blocks if isinstance(each, dict) and each.get("type") == "input")
    return {str(each.get("block_id")): _initial(each.get("element")) for each in fields}


def _initial(element: object) -> Said:
    match element:
        case {"initial_option": option}:
            return held_by({"selected_option": option})
        case {"initial_options": options}:
            return held_by({"selected_options": options}) or None
        case {"initial_users": people}:
            return held_by({"selected_users": people}) or None
        case (
            {"initial_user": said}
            | {"initial_date": said}
            | {"initial_conversation": said}
            | {"initial_value": said}
        ):
            return held_by({"value": said}) or None
    return None


def _is_person(user: object) -> bool:
    return isinstance(user, str) and bool(USER.fullmatch(user))


def _value(option: object) -> str:
    match option:
        case {"value": str() as code}:
            return code
    raise Forged
