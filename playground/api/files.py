"""files.*: upload in three steps, and looking one up (Slack: Web API reference)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from playground.api.call import Call, Json, Method, words
from playground.errors import SlackRefuses
from playground.payloads import file_payload
from playground.strict.payloads import check_message
from playground.world import Channel, File, Message, World


def get_upload_url(call: Call) -> dict[str, Json]:
    """Step one: announce name and size, get an address to send the bytes to."""
    length = str(call.args["length"])
    if not length.isdigit() or int(length) < 1 or not call.args["filename"]:
        raise SlackRefuses("invalid_arguments")
    if len(str(call.args.get("alt_txt") or "")) > 1000:
        raise SlackRefuses("alt_txt_too_large")
    name, bot = str(call.args["filename"]), call.world.bot.id
    file = File(
        call.world.new_id("F"), name, int(length), bot, alt_txt=call.args.get("alt_txt", "")
    )
    call.world.files[file.id] = file
    return {"upload_url": f"{call.root}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> dict[str, Json]:
    """Step three: the bytes are there; share the file in a channel or keep it private."""
    files = [_uploaded(call, item) for item in call.decoded("files") or []]
    if not files:
        raise SlackRefuses("invalid_arguments")
    channels = _targets(call)
    if call.args.get("thread_ts") and len(channels) != 1:
        raise SlackRefuses("invalid_arguments")
    if faults := check_message(call.decoded("blocks") or []):
        raise SlackRefuses("invalid_blocks", faults)
    for file in files:
        file.done = True
        file.channels |= {channel.id for channel in channels}
    for channel in channels:
        _share(call, channel, files)
    return {"files": [{"id": file.id, "title": file.title or file.name} for file in files]}


def _uploaded(call: Call, item: Mapping[str, Json]) -> File:
    file = call.world.files.get(str(item.get("id")))
    if file is None or len(file.content) != file.size:
        raise SlackRefuses("file_not_found")
    file.title = str(item.get("title") or file.name)
    return file


def _targets(call: Call) -> list[Channel]:
    named = call.args.get("channel_id") or call.args.get("channels") or ""
    channels = []
    for name in filter(None, str(named).split(",")):
        channel = call.world.channels.get(name)
        if channel is None:
            raise SlackRefuses("channel_not_found")
        if call.world.bot.id not in channel.members:
            raise SlackRefuses("not_in_channel")
        channels.append(channel)
    return channels


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    call.world.add(
        Message(
            ts=call.world.new_ts(),
            channel=channel.id,
            user=call.world.bot.id,
            text=str(call.args.get("initial_comment") or ""),
            thread_ts=call.args.get("thread_ts"),
            files=[file.id for file in files],
        )
    )


def info(call: Call) -> dict[str, Json]:
    """One file, with the address from which the bot may fetch it."""
    file = call.world.files.get(str(call.args["file"]))
    if file is None or not file.done:
        raise SlackRefuses("file_not_found")
    file.looks += 1
    shares = _shares(call.world, file) if file.looks > 1 else {}
    return {"file": {**file_payload(file, call.root), "shares": shares}}


def _shares(world: World, file: File) -> Json:
    """Where it stands: public or private, by channel, each with its message and thread."""
    shares: dict[str, dict[str, list[Json]]] = {}
    for message in itertools.chain.from_iterable(world.messages.values()):
        if file.id in message.files:
            kind = "public" if world.channels[message.channel].kind == "public" else "private"
            share = {"ts": message.ts, "source": "UNKNOWN", "is_silent_share": False}
            thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
            shares.setdefault(kind, {}).setdefault(message.channel, []).append({**share, **thread})
    return shares


METHODS: Mapping[str, Method] = {
    "files.getUploadURLExternal": Method(
        get_upload_url, 4, ("files:write",), words("filename length"), words("alt_txt snippet_type")
    ),
    "files.completeUploadExternal": Method(
        complete_upload,
        4,
        ("files:write",),
        words("files"),
        words("channel_id channels thread_ts initial_comment blocks"),
    ),
    "files.info": Method(info, 4, ("files:read",), words("file"), words("count page")),
}
