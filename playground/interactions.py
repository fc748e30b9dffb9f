"""What Slack sends to the app when a person does something, shaped exactly as Slack shapes it."""

from __future__ import annotations

from typing import Any, TypeAlias

from playground.manifest import Shortcut
from playground.payloads import (
    channel_brief,
    enterprise_brief,
    message_payload,
    team_brief,
    user_brief,
    view_payload,
)
from playground.screen import HOLDS, Widget
from playground.tokens import Tokens
from playground.world import Channel, Message, User, View, World

Json: TypeAlias = Any
# Deprecated by Slack, still sent; an app must not rely on it.
VERIFICATION = "verification-token-do-not-use"


class Interactions:
    """Builds requests; `root` is the address under which the app reaches this Slack."""

    def __init__(self, world: World, tokens: Tokens, root: str) -> None:
        self._world = world
        self._tokens = tokens
        self.root = root

    def _response_url(self, user: User, channel: str, message: Message | None = None) -> str:
        return f"{self.root}/response/{self._tokens.new_response(user.id, channel, message)}"

    def _envelope(self, kind: str, user: User) -> dict[str, Json]:
        return {
            "type": kind,
            "token": VERIFICATION,
            "api_app_id": self._world.app_id,
            "team": team_brief(self._world, user),
            "enterprise": enterprise_brief(self._world, user),
            "is_enterprise_install": self._world.org_wide,
            "user": user_brief(user),
        }

    def _in_view(self, kind: str, user: User) -> dict[str, Json]:
        """From a view, an organisation's payloads name no workspace at all."""
        envelope = self._envelope(kind, user)
        return {**envelope, "team": None} if self._world.org_wide else envelope

    def command(self, user: User, channel: Channel, command: str, text: str) -> dict[str, str]:
        """The form of a slash command."""
        return {
            "token": VERIFICATION,
            "team_id": user.team if self._world.org_wide else self._world.team,
            "team_domain": self._world.domain,
            **({"enterprise_id": self._world.enterprise} if self._world.enterprise else {}),
            "channel_id": channel.id,
            "channel_name": channel_brief(channel)["name"],
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text,
            "api_app_id": self._world.app_id,
            "is_enterprise_install": "true" if self._world.org_wide else "false",
            "response_url": self._response_url(user, channel.id),
            "trigger_id": self._tokens.new_trigger(user.id),
        }

    def message_action(self, user: User, message: Message, widget: Widget, act: Json) -> Json:
        """`block_actions` from a message; an ephemeral message itself is not sent along."""
        channel = self._world.channels[message.channel]
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload = {
            **self._envelope("block_actions", user),
            "container": container,
            "trigger_id": self._tokens.new_trigger(user.id),
            "channel": channel_brief(channel),
            "state": {"values": message.states.get(user.id, {})},
            "response_url": self._response_url(user, channel.id, message),
            "actions": [self._action(widget, act)],
        }
        if message.only_for is None:
            payload["message"] = message_payload(self._world, message, self.root)
        return payload

    def view_action(self, user: User, view: View, widget: Widget, act: Json) -> Json:
        """`block_actions` from a modal or the Home tab: no channel and no response_url."""
        return {
            **self._in_view("block_actions", user),
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._tokens.new_trigger(user.id, view.id),
            "view": view_payload(self._world, view),
            "actions": [self._action(widget, act)],
        }

    def _action(self, widget: Widget, act: Json) -> Json:
        action = {
            "type": widget.kind,
            "action_id": widget.action_id,
            "block_id": widget.block_id,
            "action_ts": self._world.new_ts(),
        }
        if widget.kind in HOLDS:
            return {**action, **act}
        if widget.kind == "overflow":
            return {**action, "selected_option": act}
        shown = {k: widget.element[k] for k in ("text", "value", "style") if k in widget.element}
        return {**action, **shown, **(act or {})}

    def submission(self, user: User, view: View) -> Json:
        """`view_submission` with every input's value."""
        return {
            **self._in_view("view_submission", user),
            "trigger_id": self._tokens.new_trigger(user.id, view.id),
            "view": view_payload(self._world, view),
            "response_urls": [],
        }

    def closing(self, user: User, view: View, is_cleared: bool) -> Json:
        """`view_closed`: Cancel on one view, or the X on the whole stack."""
        return {
            **self._in_view("view_closed", user),
            "view": view_payload(self._world, view),
            "is_cleared": is_cleared,
        }

    def shortcut(self, user: User, shortcut: Shortcut, message: Message | None) -> Json:
        """A message shortcut carries the message; a global one only the person."""
        payload = {
            **self._envelope("message_action" if message else "shortcut", user),
            "callback_id": shortcut.callback_id,
            "action_ts": self._world.new_ts(),
            "trigger_id": self._tokens.new_trigger(user.id),
        }
        if message:
            channel = self._world.channels[message.channel]
            payload |= {
                "message_ts": message.ts,
                "channel": channel_brief(channel),
                "message": message_payload(self._world, message, self.root),
                "response_url": self._response_url(user, channel.id),
            }
        return payload

    def event(self, event: dict[str, Json]) -> Json:
        """The outer body of an event."""
        world = self._world
        return {
            "token": VERIFICATION,
            "team_id": world.team,
            "context_team_id": world.team,
            "context_enterprise_id": world.enterprise,
            "api_app_id": world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": world.new_id("Ev"),
            "event_time": int(world.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": world.enterprise,
                    "team_id": None if world.org_wide else world.team,
                    "user_id": world.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": world.org_wide,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": world.new_id("EC"),
        }

    def message_event(self, kind: str, message: Message, user: User) -> Json:
        """`app_mention`, or `message` in a direct message; files make it a `file_share`."""
        channel = self._world.channels[message.channel]
        event: dict[str, Json] = {
            **message_payload(self._world, message, self.root),
            "type": kind,
            "client_msg_id": self._world.new_id("cm"),
            "channel": channel.id,
            "event_ts": message.ts,
        }
        if kind == "message":
            event["channel_type"] = "im"
        if message.files:
            event["subtype"] = "file_share"
        body = self.event(event)
        return {**body, "is_ext_shared_channel": channel.shared, "user_team": user.team}

    def file_shared(self, file: str, channel: Channel, user: User) -> Json:
        """`file_shared`: ids alone; in which thread it stands only `files.info` tells."""
        event = {
            "type": "file_shared",
            "file_id": file,
            "file": {"id": file},
            "user_id": user.id,
            "channel_id": channel.id,
            "event_ts": self._world.new_ts(),
        }
        return {**self.event(event), "is_ext_shared_channel": channel.shared}

    def home_opened(self, user: User, tab: str, view: View | None) -> Json:
        """`app_home_opened`, with the view that is there already."""
        event: dict[str, Json] = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": self._world.direct(user.id).id,
            "tab": tab,
            "event_ts": self._world.new_ts(),
        }
        if view and tab == "home":
            event["view"] = view_payload(self._world, view)
        return self.event(event)
