"""From what a browser reports to what a person does."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from playground.deliver import Answer
from playground.forms import Unreachable
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage, ShownView, Surface

Json: TypeAlias = Any
Act: TypeAlias = Callable[[Slack, Person, Json], Answer | None]


def act(slack: Slack, person: Person, wish: Json) -> None:
    """Do one thing; raises Unreachable or LookupError when it cannot be done (any more)."""
    name = str(wish.get("act"))
    if name not in ACTS:
        raise LookupError(f"no such act: {name}")
    ACTS[name](slack, person, wish)


def _surface(slack: Slack, person: Person, wish: Json) -> Surface:
    kind, ref = wish["surface"]["kind"], str(wish["surface"]["ref"])
    if kind == "message":
        channel, _, ts = ref.partition(":")
        message = slack.world.message(channel, ts)
        if message is None:
            raise Unreachable("that message is gone")
        return ShownMessage(slack.world, person.id, message)
    view = slack.world.find_view(ref)
    if view is None or view.user != person.id:
        raise Unreachable("that view is gone")
    return ShownView(slack.world, person.id, view)


def _fill(slack: Slack, person: Person, wish: Json) -> Surface:
    """The surface, after everything typed in the browser was carried over."""
    surface = _surface(slack, person, wish)
    for field in wish.get("fields", []):
        person.types_into(_name(field), field["value"], surface)
    return surface


def _name(wish: Json) -> str:
    return f"{wish['block']}/{wish['action']}"


def _files(wish: Json) -> list[tuple[str, bytes]]:
    return [(f["name"], base64.b64decode(f["content"])) for f in wish.get("files", [])]


def _type(slack: Slack, person: Person, wish: Json) -> Answer:
    root = slack.world.message(person.room(wish["in"]).id, str(wish.get("thread")))
    thread = ShownMessage(slack.world, person.id, root) if root else None
    return person.types(wish["text"], wish["in"], thread, _files(wish))


def _press(slack: Slack, person: Person, wish: Json) -> Answer:
    surface = _fill(slack, person, wish)
    return person.presses(_name(wish), surface, wish.get("confirm"))


def _choose(slack: Slack, person: Person, wish: Json) -> Answer:
    surface = _fill(slack, person, wish)
    return person.chooses(_name(wish), wish["value"], surface, wish.get("confirm"))


def _rate(slack: Slack, person: Person, wish: Json) -> Answer:
    return person.rates(_name(wish), bool(wish["value"]), _surface(slack, person, wish))


def _upload(slack: Slack, person: Person, wish: Json) -> Answer:
    _fill(slack, person, wish)
    return person.uploads(_name(wish), _files(wish))


def _submit(slack: Slack, person: Person, wish: Json) -> Answer | None:
    _fill(slack, person, wish)
    return person.submits()


def _shortcut(slack: Slack, person: Person, wish: Json) -> Answer:
    surface = _surface(slack, person, wish)
    if not isinstance(surface, ShownMessage):
        raise Unreachable("shortcuts belong to messages")
    return person.shortcut(wish["name"], surface)


ACTS: Mapping[str, Act] = {
    "type": _type,
    "press": _press,
    "choose": _choose,
    "rate": _rate,
    "upload": _upload,
    "submit": _submit,
    "shortcut": _shortcut,
    "close": lambda _slack, person, _wish: person.closes(),
    "dismiss": lambda _slack, person, _wish: person.dismisses(),
    "open_home": lambda _slack, person, wish: person.opens_home(wish["tab"]),
}
