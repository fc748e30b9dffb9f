"""How Slack describes its things to an app: people, messages, files, views."""

from __future__ import annotations

from typing import Any, TypeAlias

from playground.world import Channel, File, Message, User, View, World

Json: TypeAlias = Any


def team_brief(world: World, user: User) -> Json:
    """The workspace in which a person acts, as interactions carry it."""
    return {"id": user.team if world.org_wide else world.team, "domain": world.domain}


def enterprise_brief(world: World, user: User) -> Json:
    """A person's Enterprise Grid organisation, or null."""
    if world.enterprise is None or not world.is_member(user):
        return None
    return {"id": world.enterprise, "name": "Harbour Group"}


def user_brief(user: User) -> Json:
    """A person, as interactions carry them."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team}


def channel_brief(channel: Channel) -> Json:
    """A channel, as interactions carry it."""
    names = {"public": channel.name, "private": "privategroup", "im": "directmessage"}
    return {"id": channel.id, "name": names[channel.kind]}


def message_payload(world: World, message: Message, root: str) -> Json:
    """A message, as the Web API and interactions show it."""
    author = world.users[message.user]
    payload: dict[str, Json] = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": author.team,
    }
    if author.is_bot:
        payload |= {"bot_id": world.bot_id, "app_id": world.app_id}
    if message.blocks:
        payload["blocks"] = message.blocks
    if message.thread_ts:
        payload["thread_ts"] = message.thread_ts
    if message.metadata:
        payload["metadata"] = message.metadata
    if message.files:
        payload["files"] = [file_payload(world.files[f], root) for f in message.files]
    return payload


def file_payload(file: File, root: str) -> Json:
    """A file; its bytes are behind `url_private_download`, for the bot's token only."""
    kind = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else "text"
    address = f"{root}/files-pri/{file.id}/{file.name}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "alt_txt": file.alt_txt,
        "mimetype": _MIME.get(kind, "application/octet-stream"),
        "filetype": kind,
        "size": file.size,
        "user": file.owner,
        "mode": "hosted",
        "is_external": False,
        "url_private": address,
        "url_private_download": address,
        "channels": sorted(file.channels),
    }


_MIME = {
    "json": "application/json",
    "csv": "text/csv",
    "md": "text/markdown",
    "txt": "text/plain",
    "html": "text/html",
    "png": "image/png",
}


def view_payload(world: World, view: View) -> Json:
    """A view with what was typed in it so far."""
    body = view.body
    return {
        "id": view.id,
        "team_id": world.users[view.user].team if world.org_wide else world.team,
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "external_id": body.get("external_id", ""),
        "state": {"values": view.state},
        "hash": view.hash,
        "title": body.get("title", {"type": "plain_text", "text": "View Title"}),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "submit_disabled": False,
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": world.app_id,
        "app_installed_team_id": world.enterprise if world.org_wide else world.team,
        "bot_id": world.bot_id,
    }
