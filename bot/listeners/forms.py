"""The one way to read a view's fields: a typed value, or a fault beside the field.

What no screen of meshfit can hold is `Forged`: one sentence, whatever it is. What a person may well
have typed is a fault; `check` says them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from bot.domain.numbers import read_number
from bot.errors import BadAnswers, BadInput

Element = Mapping[str, Any]
MOST = 3000
"""Characters that Slack's largest field takes."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_USER = re.compile(r"[UW][A-Z0-9_]{1,30}")
_NEEDED = "Needs an answer."


class Forged(BadInput):
    """What meshfit never put on a screen came back from one."""

    def __init__(self) -> None:
        super().__init__(
            "That form or button sent something that I did not put there, so nothing was done. "
            "Close it, and open it again."
        )


class Form:
    """The fields of one view, by block."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._fields = state(body)
        self._began = _began((body.get("view") or {}).get("blocks"))
        self._faults: dict[str, str] = {}

    def check(self) -> None:
        """Raise `BadAnswers` (block → sentence) where a field that was read cannot be used."""
        if self._faults:
            raise BadAnswers(self._faults)

    def altered(self) -> frozenset[str]:
        """The blocks that this person altered; all of them where nothing is known of the view."""
        return frozenset(
            block
            for block in self._fields
            if self._began is None
            or (block in self._began and (self._said(block) or None) != self._began[block])
        )

    def said(self, element: str) -> dict[str, str | tuple[str, ...] | None]:
        """What every block with this element holds; a menu among the buttons has another."""
        return {
            block: held_by(elements[element])
            for block, elements in self._fields.items()
            if element in elements
        }

    def text(self, block: str, most: int = MOST) -> str:
        """What was typed, without blanks around it; empty where nothing was."""
        said = (self._one(block) or "").strip()
        if len(said) > most:
            self._faults[block] = f"Is {len(said)} characters long, at most {most} fit."
        return said

    def needed(self, block: str, most: int = MOST) -> str:
        """The same of a field that must not be empty."""
        said = self.text(block, most)
        if not said:
            self._faults[block] = _NEEDED
        return said

    def code(self, block: str, offered: Collection[str], *, optional: bool = False) -> str:
        """The one that was chosen of what is offered; empty where none was and none needs be."""
        said = self._one(block) or ""
        if said and said not in offered:
            raise Forged
        if not said and not optional:
            self._faults[block] = _NEEDED
        return said

    def codes(self, block: str, offered: Collection[str]) -> tuple[str, ...]:
        """All that were chosen of what is offered."""
        said = self._said(block)
        chosen = said if isinstance(said, tuple) else (said,) if said else ()
        if not set(chosen) <= set(offered):
            raise Forged
        return chosen

    def user(self, block: str) -> str:
        """A person's id; empty where nobody was chosen."""
        said = self._one(block) or ""
        if said and not _USER.fullmatch(said):
            raise Forged
        return said

    def number(self, block: str) -> float | None:
        """A number of 0 or more, or None where none was typed."""
        said = self.text(block)
        if not said:
            return None
        try:
            found = read_number(said)
            if found < 0:
                raise ValueError("cannot be below 0")
        except ValueError as error:
            self._faults[block] = f"{error}."
            return None
        return found

    def needed_number(self, block: str) -> float:
        """The same of a field that must not be empty."""
        found = self.number(block)
        if found is None:
            self._faults.setdefault(block, _NEEDED)
        return found or 0.0

    def day(self, block: str) -> date:
        """A day, which must be chosen."""
        said = self._one(block) or ""
        try:
            return date.fromisoformat(said if _DAY.fullmatch(said) else "")
        except ValueError:
            self._faults[block] = "Choose a day."
            return date.min

    def day_if_any(self, block: str) -> date | None:
        """A day, or None where none was chosen."""
        return self.day(block) if self._one(block) else None

    def texts(self) -> dict[str, str]:
        """Every field that holds one thing, where the form's own fields are not fixed."""
        held = {block: self._said(block) for block in self._fields}
        return {block: said for block, said in held.items() if isinstance(said, str) and said}

    def files(self, block: str) -> list[Mapping[str, Any]]:
        """The files dropped into one field, each with its id."""
        held = next(iter(self._fields.get(block, {}).values()), {}).get("files") or []
        if not isinstance(held, list) or not all(
            isinstance(each, dict) and isinstance(each.get("id"), str) for each in held
        ):
            raise Forged
        return held

    def _one(self, block: str) -> str | None:
        said = self._said(block)
        if isinstance(said, tuple):
            raise Forged
        return said

    def _said(self, block: str) -> str | tuple[str, ...] | None:
        return held_by(next(iter(self._fields.get(block, {}).values()), {}))


def state(body: Mapping[str, Any]) -> Mapping[str, Mapping[str, Element]]:
    """Block → element → what it holds; blocks without any are left out."""
    view = body.get("view") or {}
    values = (view.get("state") or {}).get("values") or {}
    return {block: held for block, held in values.items() if held}


def held_by(element: Element) -> str | tuple[str, ...] | None:
    """What an element holds, whichever kind it is; raises `Forged` for what none can hold."""
    match element:
        case {"selected_option": option}:
            return None if option is None else _value(option)
        case {"selected_options": options}:
            if not isinstance(options or [], list):
                raise Forged
            return tuple(_value(each) for each in options or [])
        case {"selected_user": said} | {"selected_date": said} | {"value": said}:
            if said is not None and not isinstance(said, str):
                raise Forged
            return said
    return None


def _began(blocks: object) -> dict[str, str | tuple[str, ...] | None] | None:
    """Block → what it held when its view was drawn, as it would be read; None for no blocks."""
    if not isinstance(blocks, list):
        return None
    fields = (each for each in blocks if isinstance(each, dict) and each.get("type") == "input")
    return {str(each.get("block_id")): _initial(each.get("element")) for each in fields}


def _initial(element: object) -> str | tuple[str, ...] | None:
    match element:
        case {"initial_option": option}:
            return held_by({"selected_option": option})
        case {"initial_options": options}:
            return held_by({"selected_options": options}) or None
        case {"initial_user": said} | {"initial_date": said} | {"initial_value": said}:
            return held_by({"value": said}) or None
    return None


def _value(option: object) -> str:
    match option:
        case {"value": str() as code}:
            return code
    raise Forged
