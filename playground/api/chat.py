"""chat.*: posting, changing and deleting messages (Slack: Web API reference)."""

from __future__ import annotations

from collections.abc import Mapping

from playground.api.call import Call, Json, Method, words
from playground.errors import SlackRefuses
from playground.payloads import message_payload
from playground.screen import carry, with_ids
from playground.world import Channel, Message

_WRITE = ("chat:write",)
_CONTENT = "text blocks markdown_text metadata parse link_names unfurl_links unfurl_media mrkdwn"


def post_message(call: Call) -> dict[str, Json]:
    """A message that everybody in the channel sees."""
    if str(call.args["channel"]) in call.world.users:
        channel = call.world.direct(str(call.args["channel"]))
    else:
        channel = call.public_channel()
    text, blocks = call.content()
    message = _taken_before(call) or call.world.add(
        Message(
            ts=call.world.new_ts(),
            channel=channel.id,
            user=call.world.bot.id,
            text=text,
            blocks=with_ids(call.world, blocks),
            thread_ts=_thread(call, channel),
            broadcast=call.flag("reply_broadcast"),
            metadata=call.decoded("metadata"),
        )
    )
    if "client_msg_id" in call.args:
        call.world.taken[str(call.args["client_msg_id"])] = (channel.id, message.ts)
    payload = message_payload(call.world, message, call.root)
    return {"channel": channel.id, "ts": message.ts, "message": payload}


def _taken_before(call: Call) -> Message | None:
    """The message that was posted under this id; refuses where it was deleted since.

    Slack documents the refusal and no more of it; that it answers with the first message is what
    the name promises. With `forgets` it knows no id, as it may after a while.
    """
    there = call.world.taken.get(str(call.args.get("client_msg_id", "")))
    if there is None or call.forgets:
        return None
    message = call.world.message(*there)
    if message is None:
        raise SlackRefuses("duplicate_message_not_found")
    return message


def post_ephemeral(call: Call) -> dict[str, Json]:
    """A message for one person's eyes only."""
    channel = call.channel()
    if call.args["user"] not in channel.members:
        raise SlackRefuses("user_not_in_channel")
    text, blocks = call.content()
    message = call.world.add(
        Message(
            ts=call.world.new_ts(),
            channel=channel.id,
            user=call.world.bot.id,
            text=text,
            blocks=with_ids(call.world, blocks),
            thread_ts=_thread(call, channel),
            only_for=str(call.args["user"]),
        )
    )
    return {"message_ts": message.ts}


def _thread(call: Call, channel: Channel) -> str | None:
    """The root of the thread to answer in, or None."""
    named = call.args.get("thread_ts")
    if not named:
        return None
    root = call.world.message(channel.id, str(named))
    if root is None or root.only_for:
        raise SlackRefuses("thread_not_found")
    return root.thread_ts or root.ts


def update(call: Call) -> dict[str, Json]:
    """Change one of the bot's own messages; text without blocks takes the blocks away."""
    message = _own(call, "cant_update_message")
    if len(str(call.args.get("text") or "")) > 4000:
        raise SlackRefuses("msg_too_long")
    text, blocks = call.content()
    message.text, message.blocks = text, with_ids(call.world, blocks)
    message.edited = not blocks
    for person, state in message.states.items():
        message.states[person] = carry(state, message.blocks)
    call.world.changed()
    payload = message_payload(call.world, message, call.root)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": payload}


def delete(call: Call) -> dict[str, Json]:
    """Take one of the bot's own messages away."""
    message = _own(call, "cant_delete_message")
    call.world.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def _own(call: Call, foreign: str) -> Message:
    channel = call.world.channels.get(str(call.args["channel"]))
    if channel is None:
        raise SlackRefuses("channel_not_found")
    message = call.world.message(channel.id, str(call.args["ts"]))
    if message is None or message.only_for:
        raise SlackRefuses("message_not_found")
    if message.user != call.world.bot.id:
        raise SlackRefuses(foreign)
    return message


def get_permalink(call: Call) -> dict[str, Json]:
    """The address of a message."""
    channel = call.known_channel()
    message = call.world.message(channel.id, str(call.args["message_ts"]))
    if message is None or message.only_for:
        raise SlackRefuses("message_not_found")
    place = f"https://{call.world.domain}.slack.com/archives/{channel.id}"
    link = f"{place}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


METHODS: Mapping[str, Method] = {
    "chat.postMessage": Method(
        post_message,
        4,
        _WRITE,
        words("channel"),
        words(f"{_CONTENT} thread_ts reply_broadcast client_msg_id"),
    ),
    "chat.postEphemeral": Method(
        post_ephemeral, 4, _WRITE, words("channel user"), words(f"{_CONTENT} thread_ts")
    ),
    "chat.update": Method(update, 3, _WRITE, words("channel ts"), words(f"{_CONTENT} as_user")),
    "chat.delete": Method(delete, 3, _WRITE, words("channel ts"), words("as_user")),
    "chat.getPermalink": Method(get_permalink, 5, (), words("channel message_ts")),
}
