"""What a person has before their eyes, ready to be read by a test or drawn by a page."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.screen import HOLDS, State, Widget, find, texts, widgets
from playground.world import Message, View, World

Json: TypeAlias = Any


@dataclass(frozen=True)
class Surface(ABC):
    """Blocks on a screen."""

    world: World
    user: str

    @property
    @abstractmethod
    def blocks(self) -> list[Json]:
        """The blocks, from top to bottom."""

    @property
    @abstractmethod
    def state(self) -> State:
        """What this person chose and typed here."""

    @property
    def all_text(self) -> str:
        """Every word in the blocks, one text object a line."""
        return "\n".join(texts(self.blocks))

    @property
    def buttons(self) -> list[str]:
        """The words on the buttons."""
        return [w.label for w in widgets(self.blocks) if w.kind == "button"]

    def find(self, name: str) -> Widget:
        """The element with this action id, block id or label; raises LookupError."""
        return find(self.blocks, name)

    def has(self, name: str) -> bool:
        """Whether there is exactly one element of that name."""
        try:
            return bool(self.find(name))
        except LookupError:
            return False

    def value(self, name: str) -> Json:
        """What an element holds: typed text, values of options, ids; None when empty."""
        widget = self.find(name)
        fresh = widget.begins_with() or {}
        entry = self.state.get(widget.block_id, {}).get(widget.action_id, fresh)
        value = entry.get(HOLDS[widget.kind].key)
        if isinstance(value, list):
            return [item.get("value", item) if isinstance(item, dict) else item for item in value]
        return value["value"] if isinstance(value, dict) and "value" in value else value


@dataclass(frozen=True)
class ShownMessage(Surface):
    """A message as one person sees it."""

    message: Message

    @property
    def blocks(self) -> list[Json]:
        """The blocks, from top to bottom."""
        return self.message.blocks

    @property
    def state(self) -> State:
        """What this person chose and typed in the message."""
        return self.message.states.get(self.user, {})

    @property
    def text(self) -> str:
        """The plain text, which screen readers and notifications use."""
        return self.message.text

    @property
    def ts(self) -> str:
        """Slack's name for the message within its channel."""
        return self.message.ts

    @property
    def author(self) -> str:
        """Who wrote it, by user id."""
        return self.message.user

    @property
    def by_bot(self) -> bool:
        """Whether the app wrote it."""
        return self.message.user == self.world.bot.id

    @property
    def ephemeral(self) -> bool:
        """Only visible to this person."""
        return self.message.only_for is not None

    @property
    def edited(self) -> bool:
        """Whether Slack marks it as edited."""
        return self.message.edited

    @property
    def files(self) -> list[str]:
        """Names of the attached files."""
        return [self.world.files[f].name for f in self.message.files]

    @property
    def thread(self) -> list[ShownMessage]:
        """The replies that this person sees, oldest first."""
        return [
            ShownMessage(self.world, self.user, m)
            for m in self.world.visible(self.user, self.message.channel)
            if m.thread_ts == self.message.ts
        ]


@dataclass(frozen=True)
class ShownView(Surface):
    """A modal or the Home tab as one person sees it."""

    view: View

    @property
    def blocks(self) -> list[Json]:
        """The blocks, from top to bottom."""
        blocks: list[Json] = self.view.body["blocks"]
        return blocks

    @property
    def state(self) -> State:
        """What this person chose and typed in the view."""
        return self.view.state

    @property
    def title(self) -> str:
        """The title of a modal; empty for Home."""
        return str(self.view.body.get("title", {}).get("text", ""))

    @property
    def submit(self) -> str | None:
        """The words on the submit button; None when there is none."""
        return (self.view.body.get("submit") or {}).get("text")

    @property
    def callback_id(self) -> str:
        """The app's own name for this kind of view."""
        return str(self.view.body.get("callback_id", ""))

    @property
    def inputs(self) -> list[str]:
        """The ids of the input blocks."""
        return [w.block_id for w in widgets(self.blocks) if w.is_input]

    @property
    def errors(self) -> dict[str, str]:
        """What stands beside the fields after a refused submission, by block id."""
        return self.view.errors

    @property
    def trouble(self) -> str | None:
        """Slack's banner when the app's answer was missing or wrong."""
        return self.view.trouble
