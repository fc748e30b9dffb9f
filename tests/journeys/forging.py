"""Requests that no screen of ours sends: near to what one does send, with something amiss.

What is wrong everywhere is refused at the first look; so most are right but for one part or two,
and reach as deep as an honest one. All of it comes from one seed.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any, Literal, Union, get_args, get_origin

from bot.blocks import carried
from bot.domain.model import Frozen
from playground.screen import HOLDS, Widget, widgets
from tests.blocks.gallery import gallery

PARTS = """- : yes no na with mesh driver measure crash istio C0PAYMENTS D0 need hold result
p95_added policy traffic named service:ledger nodes before.driver"""
NUMBERS = """1_000 nan NaN inf -inf 1e999 -1 0 1e3 12,5 1,000 0x10 2026-02-30 2026-11-28 2026-W01
99999-01-01 -- \u0661\u0662 \u00bd"""
WORDS = ["", "  ", "\x00", "x" * 400, "9" * 400, *PARTS.split(), *NUMBERS.split()]
ODD: list[Any] = [None, 7, -1, True, 1.5, [], {}, ["x"], [None], {"x": "y"}, {"value": {}}, "x"]
CHANNELS = ["C0PAYMENTS", "C0PARTNERS", "C0PLATFORM", "D0ANA", "", "x"]
PEOPLE = ["U0ANA", "U0BEN", "U0CLEO", "U0NOBODY"]
WHO = {
    "user": {"id": "U0ANA", "team_id": "T0HARBOUR"},
    "team": {"id": "T0HARBOUR"},
    "trigger_id": "1.2.x",
}
Fields = Mapping[tuple[str, str], Widget]


@cache
def screens() -> tuple[dict[str, dict[tuple[str, str], Widget]], dict[str, list[str]]]:
    """Form → the fields (block, element) that it may have; button or menu → what it is worth."""
    forms: dict[str, dict[tuple[str, str], Widget]] = {}
    actions: dict[str, list[str]] = {}
    for _, payload in gallery():
        if "submit" in payload:
            forms.setdefault(payload["callback_id"], {})
        for each in widgets(payload["blocks"]):
            if "submit" in payload and each.is_input:
                forms[payload["callback_id"]][each.block_id, each.action_id] = each
            if not each.is_input or each.block.get("dispatch_action"):
                worth = [each.element.get("value"), *_options(each)]
                actions.setdefault(each.action_id, []).extend(filter(None, worth))
    return forms, {name: sorted(set(worth)) for name, worth in sorted(actions.items())}


def _options(widget: Widget) -> list[str]:
    return [each["value"] for each in widget.element.get("options", ())]


class Forger:
    """Makes them up for a workspace, whose things it knows by their kinds: `pilot` → ids."""

    def __init__(self, known: Mapping[str, list[str]], seed: str) -> None:
        self.known, self.chance = known, Random(seed)
        self.ids = sorted({each for them in known.values() for each in them})

    def submission(self, form: str, fields: Fields) -> dict[str, Any]:
        """A form that is handed in."""
        return {**WHO, "type": "view_submission", "view": self.view(form, fields)}

    def press(self, action: str, worth: list[str]) -> dict[str, Any]:
        """A press of a button, or a choice of a menu, in a message, in a view, or nowhere."""
        value, how = self._worth(worth), self.chance.random()
        said = {"value": value} if how < 0.5 else {"selected_option": {"value": value}}
        if how > 0.95:
            said = {self.chance.choice(["value", "selected_option"]): self._one(ODD)}
        message = {"channel": {"id": self._channel()}, "container": {"message_ts": "1.2"}}
        view = {"view": self.view(self._form(action), {}), "container": {"view_id": "V1"}}
        where: dict[str, Any] = self._one([message, message, view, view, {}])
        pressed = {"action_id": action, "block_id": "x", **said}
        return {**WHO, **where, "type": "block_actions", "actions": [pressed]}

    def view(self, form: str, fields: Fields) -> dict[str, Any]:
        """A view with its fields as they should be but for some, or with none."""
        amiss = self._one([0.0, 0.1, 0.3, 1.0])
        state = {
            block: {element: self._said(widget, amiss)}
            for (block, element), widget in fields.items()
            if self.chance.random() < 0.8
        }
        drawn = {"blocks": [each.block for each in fields.values()]}
        shown = self._one([{"values": state}] * 8 + [{"values": {}}, {}, None])
        return {
            "id": "V1",
            "type": "modal",
            "callback_id": form,
            "private_metadata": self._carried(form),
            **(drawn if self.chance.random() < 0.5 else {}),
            **({} if shown is None else {"state": shown}),
        }

    def _one(self, them: list[Any]) -> Any:
        return self.chance.choice(them)

    def _form(self, action: str) -> str:
        step = action.removesuffix(".step_back")
        return step if step in carried.OF_A_FORM else self._one(["x", *carried.OF_A_FORM])

    def _channel(self) -> str:
        return str(self._one([CHANNELS[0]] * 12 + CHANNELS))

    def _worth(self, like: list[str]) -> str:
        """As a button is worth, about something that is there; or one part of it another."""
        parts = (self._one(like) if like else self._word()).split(":")
        at = self.chance.randrange(len(parts))
        parts[0] = self._thing() if len(parts[0]) >= 16 else parts[0]
        if self.chance.random() < 0.4:
            parts[at] = self._word()
        return ":".join(parts)

    def _thing(self) -> str:
        return str(self._one(self._one(list(self.known.values()))))

    def _word(self) -> str:
        return str(self._one([self._one(WORDS), self._thing(), str(self.chance.randrange(99))]))

    def _said(self, widget: Widget, amiss: float) -> Any:
        """What a field is said to hold."""
        holds = HOLDS[widget.kind]
        if self.chance.random() >= amiss:
            return {holds.key: self._held(widget, self._usual(widget))}
        how, other = self.chance.random(), self._one(list(HOLDS.values())).key
        if how < 0.75:  # of the right kind: what is of another ends every form at its first look
            return {holds.key: self._held(widget, self._word())}
        return self._one([{holds.key: self._one(ODD)}, {other: self._word()}, self._one(ODD)])

    def _usual(self, widget: Widget) -> str:
        match widget.kind:
            case "static_select" | "radio_buttons" | "checkboxes" | "multi_static_select":
                return str(self._one(_options(widget) or ["x"]))
            case "users_select" | "multi_users_select":
                return str(self._one(PEOPLE))
            case "conversations_select":
                return self._channel()
            case "datepicker":
                return f"20{self.chance.randrange(24, 30)}-0{self.chance.randrange(1, 10)}-11"
            case "number_input":
                return str(self._one(["0", "1", "5", "12", "100", "2.5"]))
            case _:
                return str(self._one(["", "5", "10 ms", "ledger", "99.9 %", "95 % of calls"]))

    def _held(self, widget: Widget, value: str) -> Any:
        """A value where an element of this kind has it."""
        holds = HOLDS[widget.kind]
        one: Any = {"value": value} if "option" in holds.key else value
        one = {"id": value} if holds.key == "files" else one
        return [one] if holds.many else one

    def _carried(self, form: str) -> str:
        """What the form carries, with one part amiss at times; or anything."""
        if self.chance.random() < 0.07:
            return str(self._one(["", "{", "[]", "null", "{}", "7", '{"channel": 7}']))
        said = self._model(carried.OF_A_FORM.get(form, carried.ViewMeta))
        if self.chance.random() < 0.2:
            said[self._one(sorted(said))] = self._one([*ODD, self._word(), self._word()])
        return json.dumps(said)

    def _model(self, kind: type[Frozen]) -> dict[str, Any]:
        return {
            name: self._value(name, field.annotation) for name, field in kind.model_fields.items()
        }

    def _value(self, name: str, kind: Any) -> Any:
        """What a part of this name and type may well be."""
        if name == "channel":
            return self._channel()
        plain: dict[Any, list[Any]] = {
            int: [0, 0, 1, 2, 7, 10**6, -1],
            bool: [True, False],
            str: self.known.get(name) or [self._word() or "x"],
        }
        if kind in plain:
            return self._one(plain[kind])
        if get_origin(kind) is Literal:
            return self._one(list(get_args(kind)))
        if get_origin(kind) in (Union, types.UnionType):
            return self._value(name, self._one(list(get_args(kind))))
        return self._many(kind)

    def _many(self, kind: Any) -> Any:
        """Nothing, several things, or something beside a name."""
        if kind is type(None):
            return None
        if get_origin(kind) is tuple:
            return [self._value("", get_args(kind)[0]) for _ in range(self.chance.randrange(3))]
        if isinstance(kind, type) and issubclass(kind, Frozen):
            return self._model(kind)
        if get_args(kind)[1] is not str:
            return {}
        return {self._word(): self._word() for _ in range(self.chance.randrange(3))}
