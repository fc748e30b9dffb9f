"""What a Slack workspace holds: people, channels, messages, views and files, in memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from playground.clock import Clock

Json = Any


@dataclass
class User:
    """A person or a bot; `team` is the workspace that it belongs to."""

    id: str
    name: str
    real_name: str
    team: str
    is_bot: bool = False
    tz: str = "Europe/Lisbon"


@dataclass
class Channel:
    """A conversation; `members` are user ids. A direct message is of kind `im`."""

    id: str
    name: str
    kind: Literal["public", "private", "im"]
    members: set[str]
    shared: bool = False


@dataclass
class File:
    """An uploaded file; `done` once the upload was completed, `channels` where it was shared.

    `looks` counts who asked for it: Slack shares late, so the first look tells no message yet.
    """

    id: str
    name: str
    size: int
    owner: str
    title: str = ""
    alt_txt: str = ""
    content: bytes = b""
    done: bool = False
    looks: int = 0
    channels: set[str] = field(default_factory=set)


@dataclass
class Message:
    """A message; `only_for` is the one person who sees it when it is ephemeral."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    only_for: str | None = None
    edited: bool = False
    files: list[str] = field(default_factory=list)
    metadata: Json | None = None
    # What each person has chosen or typed in the inputs of this message.
    states: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)


@dataclass
class View:
    """One modal or home view, as one person sees it; `state` is what they typed so far."""

    id: str
    user: str
    body: dict[str, Json]
    hash: str
    root: str
    previous: str | None = None
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None


@dataclass
class World:
    """One workspace and the app installed in it."""

    clock: Clock
    team: str
    name: str
    domain: str
    bot: User
    app_id: str = "A0MESHFIT"
    bot_id: str = "B0MESHFIT"
    enterprise: str | None = None
    # The organisation's other workspaces, where the app was installed for the whole of it.
    siblings: frozenset[str] = frozenset()
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, list[Message]] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    # What an agent says it is doing, and what it suggests, by channel.
    status: dict[str, str] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    # Every `client_msg_id` that was taken, and where its message stands.
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    # User groups: id to the people in it.
    groups: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0
    _last_ts: float = 0.0
    _serial: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def org_wide(self) -> bool:
        """Whether the app is installed in the organisation, not in one workspace."""
        return bool(self.siblings)

    def is_member(self, user: User) -> bool:
        """Whether a person belongs to what the app is installed in."""
        return user.team == self.team or user.team in self.siblings

    def new_id(self, prefix: str) -> str:
        """An id that this workspace never used before."""
        return f"{prefix}{next(self._serial):08X}"

    def renumber(self, last: int) -> None:
        """Go on numbering after an id that was given before this run."""
        self._serial = itertools.count(last + 1)

    def new_ts(self) -> str:
        """A message timestamp later than any other."""
        self._last_ts = max(self.clock.now(), self._last_ts + 0.000001)
        return f"{self._last_ts:.6f}"

    def changed(self) -> None:
        """Something that a person could see is different now."""
        self.version += 1

    def add(self, message: Message) -> Message:
        """Put a message where it belongs."""
        self.messages.setdefault(message.channel, []).append(message)
        self.changed()
        return message

    def message(self, channel: str, ts: str) -> Message | None:
        """The message with this timestamp."""
        return next((m for m in self.messages.get(channel, []) if m.ts == ts), None)

    def remove(self, message: Message) -> None:
        """Take a message away."""
        self.messages[message.channel].remove(message)
        self.changed()

    def visible(self, user: str, channel: str) -> Iterator[Message]:
        """What this person sees in a channel, oldest first, replies included."""
        for message in self.messages.get(channel, []):
            if message.only_for in (None, user):
                yield message

    def find_view(self, view_id: str | None = None, external_id: str | None = None) -> View | None:
        """An open view (modal or home), by Slack's id or by the app's own."""
        every = itertools.chain(self.homes.values(), *self.modals.values())
        for view in every:
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        return None

    def direct(self, user: str) -> Channel:
        """The direct message between the bot and a person, made when first needed."""
        for channel in self.channels.values():
            if channel.kind == "im" and channel.members == {user, self.bot.id}:
                return channel
        made = Channel(self.new_id("D"), "", "im", {user, self.bot.id})
        self.channels[made.id] = made
        return made


def harbour(clock: Clock, team: str = "T0HARBOUR") -> World:
    """The workspace that the playground opens with: three colleagues and one outside partner."""
    bot = User("U0MESHFIT", "meshfit", "meshfit", team, is_bot=True)
    world = World(clock, team, "Harbour", "harbour", bot)
    people = [
        User("U0ANA", "ana", "Ana Reyes", team),
        User("U0BEN", "ben", "Ben Okafor", team),
        User("U0CLEO", "cleo", "Cleo Lindqvist", team),
        User("U0DMITRI", "dmitri", "Dmitri Petrov", "T0PARTNER"),
    ]
    slackbot = User("USLACKBOT", "slackbot", "Slackbot", team, is_bot=True)
    world.users = {user.id: user for user in [*people, bot, slackbot]}
    ours = {user.id for user in people if user.team == team}
    rooms = [
        Channel("C0PAYMENTS", "payments", "public", ours | {bot.id}),
        Channel("C0PLATFORM", "platform", "public", ours | {bot.id}),
        Channel("C0INCIDENTS", "incidents", "public", set(ours)),
        Channel("C0VAULT", "vault", "private", set(ours)),
        Channel("C0PARTNERS", "partners", "public", ours | {bot.id, "U0DMITRI"}, shared=True),
    ]
    world.channels = {room.id: room for room in rooms}
    for user in sorted(ours):
        world.direct(user)
    return world


def harbour_group(clock: Clock) -> World:
    """The harbour as one workspace of an organisation that installed the app for all of them.

    Eve works in another of its workspaces and is in the payments channel, which both share.
    """
    world = harbour(clock)
    world.enterprise, world.siblings = "E0GROUP", frozenset({"T0DOCKS"})
    eve = User("U0EVE", "eve", "Eve Castellano", "T0DOCKS")
    world.users[eve.id] = eve
    world.channels["C0PAYMENTS"].members.add(eve.id)
    world.direct(eve.id)
    return world
