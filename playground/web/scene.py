"""What one browser window shows: somebody's view of one place in the workspace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage, ShownView
from playground.traffic import Exchange
from playground.web.dates import clock, day
from playground.web.drawn import Drawn, draw
from playground.web.mrkdwn import Reader
from playground.world import Channel, User

Json: TypeAlias = Any
GROUPED_SECONDS = 300
MOST_DRAWN = 100


@dataclass(frozen=True)
class Row:
    """A message in the list; `fresh` begins a group, `day` is set on the first of a day."""

    shown: ShownMessage
    author: User
    fresh: bool
    day: str | None

    @property
    def time(self) -> str:
        """Hours and minutes."""
        return clock(self.shown.ts)

    @property
    def ref(self) -> str:
        """How the page names this message to the server."""
        return f"{self.shown.message.channel}:{self.shown.ts}"


@dataclass(frozen=True)
class Window:
    """A person at a place (`home`, `dm` or a channel's name), perhaps with a thread open."""

    slack: Slack
    person: Person
    place: str
    thread_ts: str | None = None

    @property
    def reader(self) -> Reader:
        """Who reads here."""
        return Reader(self.slack.world, self.person.user.name)

    @property
    def name(self) -> str:
        """The handle of the person."""
        return self.person.user.name

    @property
    def channel(self) -> Channel:
        """The conversation; Home lives beside the direct message."""
        return self._conversation("dm" if self.place == "home" else self.place)

    def _conversation(self, place: str) -> Channel:
        world = self.slack.world
        return world.direct(self.person.id) if place == "dm" else self.slack.channel(place)

    @property
    def title(self) -> str:
        """The heading of the pane."""
        return "meshfit" if self.place in ("home", "dm") else self.place

    @property
    def channels(self) -> list[Channel]:
        """The channels that this person sees."""
        ours = self.slack.world.is_member(self.person.user)
        rooms = [c for c in self.slack.world.channels.values() if c.kind != "im"]
        return [c for c in rooms if self.person.id in c.members or (ours and c.kind == "public")]

    @property
    def people(self) -> list[User]:
        """Everybody one can act as."""
        return [user for user in self.slack.world.users.values() if not user.is_bot]

    @property
    def bot_is_here(self) -> bool:
        """Whether the app is a member of this conversation."""
        return self.slack.world.bot.id in self.channel.members

    @property
    def rows(self) -> list[Row]:
        """The newest messages outside threads; in direct messages answers follow their question."""
        roots = self._roots[-MOST_DRAWN:]
        if self.place != "dm":
            return list(self._rows(roots))
        return list(self._rows([m for root in roots for m in (root, *root.thread)]))

    @property
    def undrawn(self) -> int:
        """How many older messages are kept and not drawn."""
        return max(0, len(self._roots) - MOST_DRAWN)

    @property
    def _roots(self) -> list[ShownMessage]:
        return self.person.sees("dm" if self.place == "home" else self.place)

    @property
    def thread(self) -> list[Row]:
        """The root of the open thread and its replies; empty when none is open."""
        root = self.slack.world.message(self.channel.id, self.thread_ts or "")
        if root is None:
            return []
        shown = ShownMessage(self.slack.world, self.person.id, root)
        return list(self._rows([shown, *shown.thread]))

    def _rows(self, messages: list[ShownMessage]) -> Iterator[Row]:
        before, now = None, self.slack.clock.now()
        for shown in messages:
            heading = day(shown.ts, now)
            new_day = before is None or day(before.ts, now) != heading
            near = before is not None and float(shown.ts) - float(before.ts) < GROUPED_SECONDS
            same = before is not None and (before.author, before.ephemeral) == (
                shown.author,
                shown.ephemeral,
            )
            author = self.slack.world.users[shown.author]
            yield Row(shown, author, new_day or not (near and same), heading if new_day else None)
            before = shown

    @property
    def modals(self) -> list[ShownView]:
        """The stack, the top one last."""
        views = self.slack.world.modals.get(self.person.id, [])
        return [ShownView(self.slack.world, self.person.id, view) for view in views]

    @property
    def prompts(self) -> list[Json]:
        """What the app suggests to ask, in its direct message."""
        return self.slack.world.prompts.get(self.channel.id, [])

    @property
    def status(self) -> str:
        """What the app says it is doing here."""
        status = self.slack.world.status.get(self.channel.id, "")
        return "" if status in ("active", "closed", "suspended") else status

    def newest(self, channel: Channel) -> str:
        """The timestamp of the last message that this person sees in a channel."""
        seen = [m.ts for m in self.slack.world.visible(self.person.id, channel.id)]
        return seen[-1] if seen else ""

    def draw(self, shown: ShownMessage | ShownView) -> Drawn:
        """A surface, ready for the templates."""
        return draw(shown, self.reader)


def pretty(value: Json) -> str:
    """JSON laid out for reading."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def verdict(exchange: Exchange) -> str:
    """In a few words, how an exchange went."""
    if exchange.note:
        return exchange.note
    if isinstance(exchange.response, dict) and exchange.response.get("error"):
        return str(exchange.response["error"])
    return "ok" if exchange.status == 200 else f"status {exchange.status}"
