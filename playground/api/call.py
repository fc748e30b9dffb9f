"""One call of a Web API method: what it may touch, and the checks that many methods share."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.errors import SlackRefuses
from playground.strict.checks import Fault
from playground.strict.payloads import check_message
from playground.tokens import Tokens
from playground.world import Channel, World

Json: TypeAlias = Any


@dataclass(frozen=True)
class Call:
    """A call's arguments and the workspace that it acts on; `root` is this server's address."""

    world: World
    tokens: Tokens
    args: Mapping[str, Json]
    root: str
    open_socket: Callable[[], str]
    granted: frozenset[str] = frozenset()
    forgets: bool = False

    def flag(self, name: str) -> bool:
        """A true or false argument, however it was sent."""
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def decoded(self, name: str) -> Json:
        """An argument that is JSON, or JSON as text in a form; None when absent."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            wrong = "invalid_blocks_format" if name == "blocks" else "invalid_json"
            raise SlackRefuses(wrong) from None

    def channel(self) -> Channel:
        """The channel that the bot may write in; raises as Slack does where it may not."""
        channel = self.known_channel()
        if self.world.bot.id not in channel.members:
            raise SlackRefuses("not_in_channel")
        return channel

    def public_channel(self) -> Channel:
        """The same for a message, where a scope opens public channels without an invitation."""
        return self.known_channel() if "chat:write.public" in self.granted else self.channel()

    def known_channel(self, name: str = "channel") -> Channel:
        """A channel that the bot can see: private ones only from inside."""
        channel = self.world.channels.get(str(self.args[name]))
        outside = channel and self.world.bot.id not in channel.members
        if channel is None or (outside and channel.kind != "public"):
            raise SlackRefuses("channel_not_found")
        return channel

    def content(self) -> tuple[str, list[Json]]:
        """Text and blocks of a message, checked; raises as Slack refuses (`no_text` and so on)."""
        blocks = self.decoded("blocks") or []
        text = str(self.args.get("text") or "")
        if "markdown_text" in self.args:
            if text or blocks:
                raise SlackRefuses("markdown_text_conflict")
            blocks = [{"type": "markdown", "text": self.args["markdown_text"]}]
        if not text.strip() and not blocks:
            raise SlackRefuses("no_text")
        if faults := check_message(blocks):
            raise SlackRefuses("invalid_blocks", faults)
        return text[:40_000], blocks


Run: TypeAlias = Callable[[Call], dict[str, Json]]


@dataclass(frozen=True)
class Method:
    """A Web API method: what it does, what it needs and how often it may be called."""

    run: Run
    tier: int
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    token: str = "xoxb-"

    def check(self, args: Mapping[str, Json], granted: frozenset[str]) -> None:
        """Refuse a call without its scope, or with missing or unknown arguments."""
        if self.scopes and not granted & set(self.scopes):
            raise SlackRefuses("missing_scope")
        faults = [Fault("", f"missing required field: {n}") for n in self.needs if n not in args]
        known = {*self.needs, *self.may, "team_id"}  # Bolt's clients add team_id to every call
        faults += [Fault(f"/{n}", f"invalid additional property: {n}") for n in args.keys() - known]
        if faults:
            raise SlackRefuses("invalid_arguments", faults)


def words(text: str) -> tuple[str, ...]:
    """The names in a line of names."""
    return tuple(text.split())
