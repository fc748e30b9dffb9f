"""The one way to read a view's fields: a typed value, or a fault beside the field.

What no screen of meshfit can hold is `Forged`: one sentence, whatever it is. What a person may well
have typed is a fault; `check` says them all at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from bot.domain.model.filled_in import FilledIn, Said
from bot.domain.numbers import read_number
from bot.errors import BadAnswers
from bot.listeners.held import USER, Forged, began, held_by, state

MOST = 3000
"""Characters that Slack's largest field takes."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHANNEL = re.compile(r"[CG][A-Z0-9_]{1,30}")
_NEEDED = "Needs an answer."


class Form:
    """The fields of one view, by block; of a form in steps those of the steps before, too."""

    def __init__(self, body: Mapping[str, Any], before: FilledIn | None = None) -> None:
        self._elements = state(body)
        here = {
            block: {element: held_by(value) for element, value in elements.items()}
            for block, elements in self._elements.items()
        }
        self._fields: Mapping[str, Mapping[str, Said]] = {
            **(before.fields if before else {}),
            **here,
        }
        drawn = began((body.get("view") or {}).get("blocks"))
        earlier = before.began if before else {}
        self._began = None if drawn is None else {**drawn, **earlier}
        self._faults: dict[str, str] = {}

    @property
    def filled(self) -> FilledIn:
        """Everything that is filled in so far, to be kept until the last step."""
        return FilledIn(fields=self._fields, began=self._began or {})

    def check(self) -> None:
        """Raise `BadAnswers` (block → sentence) where a field that was read cannot be used."""
        if self._faults:
            raise BadAnswers(self._faults)

    def check_step(self) -> None:
        """The same of the fields that this step shows: others are still to come."""
        shown = {block: fault for block, fault in self._faults.items() if block in self._elements}
        if shown:
            raise BadAnswers(shown)

    def fault(self, block: str, sentence: str) -> None:
        """Something about a field that only its form can tell."""
        self._faults.setdefault(block, sentence)

    def altered(self) -> frozenset[str]:
        """The blocks that this person altered; all of them where nothing is known of the view."""
        return frozenset(
            block
            for block in self._fields
            if self._began is None
            or (block in self._began and (self._said(block) or None) != self._began[block])
        )

    def said(self, element: str) -> dict[str, Said]:
        """What every block with this element holds; a menu among the buttons has another."""
        return {
            block: elements[element]
            for block, elements in self._fields.items()
            if element in elements
        }

    def text(self, block: str, most: int = MOST) -> str:
        """What was typed, without blanks around it; empty where nothing was."""
        typed = (self._one(block) or "").strip()
        if len(typed) > most:
            self._faults[block] = f"Is {len(typed)} characters long, at most {most} fit."
        return typed

    def needed(self, block: str, most: int = MOST) -> str:
        """The same of a field that must not be empty."""
        typed = self.text(block, most)
        if not typed:
            self._faults[block] = _NEEDED
        return typed

    def code(self, block: str, offered: Collection[str], *, optional: bool = False) -> str:
        """The one that was chosen of what is offered; empty where none was and none needs be."""
        typed = self._one(block) or ""
        if typed and typed not in offered:
            raise Forged
        if not typed and not optional:
            self._faults[block] = _NEEDED
        return typed

    def several(self, block: str) -> tuple[str, ...]:
        """All that were chosen, whatever is offered."""
        typed = self._said(block)
        return typed if isinstance(typed, tuple) else (typed,) if typed else ()

    def codes(self, block: str, offered: Collection[str]) -> tuple[str, ...]:
        """All that were chosen of what is offered."""
        chosen = self.several(block)
        if not set(chosen) <= set(offered):
            raise Forged
        return chosen

    def user(self, block: str) -> str:
        """A person's id; empty where nobody was chosen."""
        typed = self._one(block) or ""
        if typed and not USER.fullmatch(typed):
            raise Forged
        return typed

    def users(self, block: str, most: int = 100) -> tuple[str, ...]:
        """The ids of all who were chosen, each once; empty where nobody was."""
        typed = self._said(block) or ()
        if not isinstance(typed, tuple) or len(typed) > most:
            raise Forged
        return tuple(dict.fromkeys(typed))

    def channel(self, block: str) -> str:
        """A channel's id; empty where none was chosen."""
        typed = self._one(block) or ""
        if typed and not _CHANNEL.fullmatch(typed):
            raise Forged
        return typed

    def number(self, block: str) -> float | None:
        """A number of 0 or more, or None where none was typed."""
        typed = self.text(block)
        if not typed:
            return None
        try:
            value = read_number(typed)
            if value < 0:
                raise ValueError("cannot be below 0")
        except ValueError as error:
            self._faults[block] = f"{error}."
            return None
        return value

    def needed_number(self, block: str) -> float:
        """The same of a field that must not be empty."""
        number = self.number(block)
        if number is None:
            self._faults.setdefault(block, _NEEDED)
        return number or 0.0

    def day(self, block: str) -> date:
        """A day, which must be chosen."""
        typed = self._one(block) or ""
        try:
            return date.fromisoformat(typed if _DAY.fullmatch(typed) else "")
        except ValueError:
            self._faults[block] = "Choose a day."
            return date.min

    def day_if_any(self, block: str) -> date | None:
        """A day, or None where none was chosen."""
        return self.day(block) if self._one(block) else None

    def texts(self) -> dict[str, str]:
        """Every field that holds one thing, where the form's own fields are not fixed."""
        values = {block: self._said(block) for block in self._fields}
        return {block: value for block, value in values.items() if isinstance(value, str) and value}

    def files(self, block: str) -> list[Mapping[str, Any]]:
        """The files dropped into one field, each with its id."""
        files = next(iter(self._elements.get(block, {}).values()), {}).get("files") or []
        if not isinstance(files, list) or not all(
            isinstance(each, dict) and isinstance(each.get("id"), str) for each in files
        ):
            raise Forged
        return files

    def _one(self, block: str) -> str | None:
        typed = self._said(block)
        if isinstance(typed, tuple):
            raise Forged
        return typed

    def _said(self, block: str) -> Said:
        return next(iter(self._fields.get(block, {}).values()), None)
