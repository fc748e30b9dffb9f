"""A person at Slack: what they type, press and see. Reads like the story of a test."""

from __future__ import annotations

from typing import Any, TypeAlias

from playground.answers import after_submission
from playground.deliver import Answer
from playground.forms import Unreachable, chosen, complaints
from playground.onlooker import Onlooker
from playground.payloads import file_payload
from playground.screen import Widget, find, options
from playground.surfaces import ShownMessage, ShownView, Surface
from playground.workspace import Workspace
from playground.world import User, View
from playground.writer import QUIET, Writer

Json: TypeAlias = Any
_PRESSED = frozenset({"button", "icon_button", "feedback_buttons"})


class Person:
    """Somebody in the workspace. Everything they do waits until the app has answered."""

    def __init__(self, slack: Workspace, user: User) -> None:
        self._slack, self.user, self.id = slack, user, user.id
        self._eyes = eyes = Onlooker(slack, user)
        self._pen = pen = Writer(eyes)
        self.sees, self.last, self.room = eyes.sees, eyes.last, eyes.room
        self.types, self.mentions = pen.types, pen.mentions
        self.dms, self.shares_file = pen.dms, pen.shares_file

    @property
    def modal(self) -> ShownView | None:
        """The modal on top, or None."""
        return self._eyes.modal

    @property
    def home(self) -> ShownView | None:
        """The app's Home tab, once published."""
        return self._eyes.home

    @property
    def errors(self) -> dict[str, str]:
        """What stands beside the fields of the modal on top, by block id."""
        return self._eyes.errors

    def presses(self, name: str, on: Surface | None = None, confirm: bool | None = None) -> Answer:
        """Press a button by its words or action id: in the modal on top, or on a surface.

        A button with a dialog needs `confirm`. Pressing the modal's own submit or close works too.
        """
        surface = on or self._eyes.top()
        if isinstance(surface, ShownView) and on is None and not _among(surface, name):
            if name == surface.submit:
                return self.submits() or QUIET
            if name == _close_words(surface):
                return self.closes()
        widget = find(self._fresh(surface).blocks, name, _PRESSED)
        if not self._confirms(widget, confirm):
            return QUIET
        return self._acts(surface, widget, None)

    def rates(self, name: str, positive: bool, on: Surface) -> Answer:
        """Press one of two feedback buttons."""
        widget = find(self._fresh(on).blocks, name, frozenset({"feedback_buttons"}))
        side = widget.element["positive_button" if positive else "negative_button"]
        return self._acts(on, widget, {"text": side["text"], "value": side["value"]})

    def chooses(
        self, name: str, value: Json, on: Surface | None = None, confirm: bool | None = None
    ) -> Answer:
        """Choose in a select, radio, checkbox, picker or menu; lists for several, None for none."""
        surface = on or self._eyes.top()
        widget = find(self._fresh(surface).blocks, name)
        if not self._confirms(widget, confirm):
            return QUIET
        if widget.kind == "overflow":
            return self._acts(surface, widget, _menu_item(widget, value))
        entry = self._sets(surface, widget, value)
        if widget.is_input and not widget.block.get("dispatch_action"):
            return QUIET
        return self._acts(surface, widget, entry)

    def types_into(self, name: str, value: Json, on: Surface) -> None:
        """Let a field hold a value, telling nobody yet."""
        self._sets(on, find(self._fresh(on).blocks, name), value)

    def _sets(self, surface: Surface, widget: Widget, value: Json) -> Json:
        entry = chosen(widget, value)
        with self._slack.lock:
            self._state(surface).setdefault(widget.block_id, {})[widget.action_id] = entry
        return entry

    def fills(self, name: str, text: str | float | None, on: Surface | None = None) -> Answer:
        """Type into a field, or empty it with None."""
        return self.chooses(name, text, on)

    def uploads(self, name: str, files: list[tuple[str, bytes]]) -> Answer:
        """Put files into a file input of the modal on top."""
        with self._slack.lock:
            kept = [self._pen.keeps(file, content) for file, content in files]
            payloads = [file_payload(file, self._slack.root) for file in kept]
        return self.chooses(name, payloads)

    def submits(self, unchecked: bool = False) -> Answer | None:
        """Press the submit button; None when Slack's client kept the form for its errors.

        `unchecked` sends what no honest client would, as an attacker may.
        """
        shown = self._eyes.top()
        if shown.submit is None:
            raise Unreachable(f"{shown.title} has no submit button")
        slack, view = self._slack, shown.view
        problems = complaints(shown.blocks, view.state)
        if problems and not unchecked:
            view.errors = problems
            slack.world.changed()
            return None
        with slack.lock:
            payload = slack.interactions.submission(self.user, view)
        answer = slack.send("interactive", "view_submission", payload)
        with slack.lock:
            slack.fault(after_submission(slack.world, view, answer))
        slack.settle()
        return answer

    def closes(self) -> Answer:
        """Cancel the modal on top; the one beneath shows again."""
        view = self._eyes.top().view
        stack = self._slack.world.modals[self.id]
        gone = list(stack) if view.body.get("clear_on_close") else [view]
        return self._leaves(gone, view, is_cleared=len(gone) > 1)

    def dismisses(self) -> Answer:
        """Press the X: the whole stack goes; the app hears of the root view."""
        stack = list(self._slack.world.modals.get(self.id, []))
        if not stack:
            raise Unreachable(f"{self.user.name} has no modal open")
        return self._leaves(stack, stack[0], is_cleared=True)

    def opens_home(self, tab: str = "home") -> Answer:
        """Open the app's Home tab (or its Messages tab)."""
        slack = self._slack
        with slack.lock:
            body = slack.interactions.home_opened(self.user, tab, slack.world.homes.get(self.id))
        answer = slack.send("event", "app_home_opened", body)
        slack.settle()
        return answer

    def shortcut(self, name: str, on: ShownMessage | None = None) -> Answer:
        """A shortcut from a message's menu, or a global one."""
        slack = self._slack
        chosen = slack.manifest.shortcut(name)
        if (chosen.type == "message") != (on is not None):
            raise Unreachable(f"{name} is a {chosen.type} shortcut")
        with slack.lock:
            payload = slack.interactions.shortcut(self.user, chosen, on.message if on else None)
        answer = slack.send("interactive", str(payload["type"]), payload)
        slack.settle()
        return answer

    def _acts(self, surface: Surface, widget: Widget, act: Json) -> Answer:
        slack = self._slack
        with slack.lock:
            if isinstance(surface, ShownMessage):
                payload = slack.interactions.message_action(self.user, surface.message, widget, act)
            else:
                payload = slack.interactions.view_action(self.user, _view(surface), widget, act)
        answer = slack.send("interactive", "block_actions", payload)
        slack.settle()
        return answer

    def _confirms(self, widget: Widget, confirm: bool | None) -> bool:
        dialog = widget.element.get("confirm")
        if dialog and confirm is None:
            raise Unreachable(f"asks {dialog['text']['text']!r} first: say confirm=True or False")
        return not dialog or bool(confirm)

    def _fresh(self, surface: Surface) -> Surface:
        """The surface, if it is still on this person's screen."""
        world = self._slack.world
        if isinstance(surface, ShownMessage):
            there = world.message(surface.message.channel, surface.ts) is surface.message
            if not there or surface.message.only_for not in (None, self.id):
                raise Unreachable("that message is not on the screen")
        elif world.find_view(_view(surface).id) is None or _view(surface).user != self.id:
            raise Unreachable("that view is not on the screen")
        return surface

    def _state(self, surface: Surface) -> dict[str, dict[str, Json]]:
        if isinstance(surface, ShownMessage):
            return surface.message.states.setdefault(self.id, {})
        return _view(surface).state

    def _leaves(self, gone: list[View], top: View, is_cleared: bool) -> Answer:
        slack = self._slack
        with slack.lock:
            slack.world.modals[self.id] = [
                view for view in slack.world.modals[self.id] if view not in gone
            ]
            slack.world.changed()
            payload = slack.interactions.closing(self.user, top, is_cleared)
        if not top.body.get("notify_on_close"):
            return QUIET
        answer = slack.send("interactive", "view_closed", payload)
        slack.settle()
        return answer


def _view(surface: Surface) -> View:
    if not isinstance(surface, ShownView):
        raise TypeError(f"not a view: {surface!r}")
    return surface.view


def _among(surface: Surface, name: str) -> bool:
    try:
        return bool(find(surface.blocks, name, _PRESSED))
    except LookupError:
        return False


def _close_words(surface: ShownView) -> str:
    return str((surface.view.body.get("close") or {}).get("text", "Cancel"))


def _menu_item(widget: Widget, value: str) -> Json:
    for option in options(widget.element):
        if value in (option["value"], option["text"]["text"]):
            return option
    raise Unreachable(f"{value!r} is not in the menu {widget.action_id}")
