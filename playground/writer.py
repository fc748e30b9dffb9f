"""What a person at Slack writes: commands, mentions, direct messages, files."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from playground.answers import after_command, slackbot
from playground.deliver import Answer
from playground.forms import Unreachable
from playground.onlooker import Onlooker
from playground.surfaces import ShownMessage
from playground.world import Channel, File, Message

Json: TypeAlias = Any
QUIET = Answer(200, None, 0.0)


class Writer:
    """Somebody at the composer. Each line waits until the app has answered it."""

    def __init__(self, eyes: Onlooker) -> None:
        self._slack, self.user, self.id = eyes.slack, eyes.user, eyes.id
        self._room = eyes.room

    def types(
        self,
        text: str,
        in_: str = "dm",
        thread: ShownMessage | None = None,
        files: Iterable[tuple[str, bytes]] = (),
    ) -> Answer:
        """Enter a line in the composer: a slash command, a mention or plain words, with files."""
        room = self._room(in_)
        if text.startswith("/"):
            if thread:
                raise Unreachable("slash commands do not work in threads")
            return self._commands(room, text)
        return self._says(room, text, thread, files)

    def mentions(self, text: str, in_: str, thread: ShownMessage | None = None) -> Answer:
        """`@meshfit …` in a channel, or in a thread of it."""
        return self.types(f"@{self._slack.world.bot.name} {text}", in_, thread)

    def dms(
        self,
        text: str,
        thread: ShownMessage | None = None,
        files: Iterable[tuple[str, bytes]] = (),
    ) -> Answer:
        """A direct message to the app."""
        return self._says(self._room("dm"), text, thread, files)

    def shares_file(
        self, name: str, content: bytes, in_: str = "dm", thread: ShownMessage | None = None
    ) -> Answer:
        """Drop a file into a conversation, or into a thread of it, without a word."""
        return self._says(self._room(in_), "", thread, [(name, content)])

    def _commands(self, room: Channel, line: str) -> Answer:
        slack, (name, _, text) = self._slack, line.partition(" ")
        if name == "/invite":
            return self._invites(room, text)
        if name not in slack.manifest.commands:
            with slack.lock:
                slackbot(slack.world, self.id, room.id, f"{name} is not a valid command.")
            return QUIET
        if not slack.world.is_member(self.user):
            raise Unreachable("commands are for members of the installing workspace")
        named = "<@{0.id}|{0.name}>" if slack.manifest.commands[name] else ""
        sent = self._encoded(text.strip(), named)
        with slack.lock:
            form = slack.interactions.command(self.user, room, name, sent)
        answer = slack.send("command", name, form)
        with slack.lock:
            slack.fault(after_command(slack.world, self.id, room.id, line, answer))
        slack.settle()
        return answer

    def _invites(self, room: Channel, text: str) -> Answer:
        bot = self._slack.world.bot
        if text.strip() == f"@{bot.name}":
            with self._slack.lock:
                room.members.add(bot.id)
                slackbot(self._slack.world, self.id, room.id, f"{bot.name} was added.")
        return QUIET

    def _encoded(self, text: str, named: str = "<@{0.id}>") -> str:
        """Text as Slack sends it: three characters escaped, names turned into ids.

        `named` is the form that a mention takes; empty where the app asked for no such thing.
        """
        world = self._slack.world
        sent = html.escape(text, quote=False)
        if not named:
            return sent
        people = {user.name: named.format(user) for user in world.users.values()}
        rooms = {c.name: f"<#{c.id}|{c.name}>" for c in world.channels.values() if c.name}
        wide = {"here": "<!here>", "channel": "<!channel>", "everyone": "<!everyone>"}
        known = {**people, **wide}
        sent = re.sub(r"(?<![\w<])@([\w-]+)", lambda m: known.get(m[1], m[0]), sent)
        return re.sub(r"(?<![\w<&])#([\w-]+)", lambda m: rooms.get(m[1], m[0]), sent)

    def _says(
        self,
        room: Channel,
        text: str,
        thread: ShownMessage | None,
        files: Iterable[tuple[str, bytes]],
    ) -> Answer:
        slack, world = self._slack, self._slack.world
        if self.id not in room.members:
            raise Unreachable(f"{self.user.name} is not in {room.name}")
        with slack.lock:
            root = (thread.message.thread_ts or thread.ts) if thread else None
            ids = [self.keeps(name, content, room.id).id for name, content in files]
            ts, words = world.new_ts(), self._encoded(text)
            message = world.add(Message(ts, room.id, self.id, words, thread_ts=root, files=ids))
            events = list(self._events_for(room, message))
        answer = QUIET
        for event in events:
            answer = slack.send("event", str(event["event"]["type"]), event)
        if events:
            slack.settle()
        return answer

    def _events_for(self, room: Channel, message: Message) -> Iterator[Json]:
        """What Slack sends for a message, as far as the app subscribed to it and is there."""
        bot, events = self._slack.world.bot, self._slack.manifest.events
        make = self._slack.interactions
        if bot.id not in room.members:
            return
        if "file_shared" in events:
            for file in message.files:
                yield make.file_shared(file, room, self.user)
        if room.kind == "im" and "message.im" in events:
            yield make.message_event("message", message, self.user)
        if room.kind != "im" and f"<@{bot.id}>" in message.text and "app_mention" in events:
            yield make.message_event("app_mention", message, self.user)

    def keeps(self, name: str, content: bytes, channel: str = "") -> File:
        """A file that is uploaded, shared in a conversation or not yet."""
        world = self._slack.world
        file = File(world.new_id("F"), name, len(content), self.id, content=content, done=True)
        file.channels |= {channel} if channel else set()
        world.files[file.id] = file
        return file
