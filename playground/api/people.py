"""users.*, conversations.*, team.* and the app's own methods (Slack: Web API reference)."""

from __future__ import annotations

from collections.abc import Mapping

from playground.api.call import Call, Json, Method, words
from playground.errors import SlackRefuses
from playground.world import Channel, User

_READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
_READ = tuple(_READ_SCOPES.values())
MOST_PROMPTS = 4


def auth_test(call: Call) -> dict[str, Json]:
    """Who the token belongs to."""
    world = call.world
    return {
        "url": f"https://{world.domain}.slack.com/",
        "team": world.name,
        "team_id": world.enterprise if world.org_wide else world.team,
        "user": world.bot.name,
        "user_id": world.bot.id,
        "bot_id": world.bot_id,
        "enterprise_id": world.enterprise,
        "is_enterprise_install": world.org_wide,
    }


def connections_open(call: Call) -> dict[str, Json]:
    """A Socket Mode address, good for one connection."""
    return {"url": call.open_socket()}


def team_info(call: Call) -> dict[str, Json]:
    """The workspace."""
    world = call.world
    return {"team": {"id": world.team, "name": world.name, "domain": world.domain}}


def users_info(call: Call) -> dict[str, Json]:
    """One person."""
    user = call.world.users.get(str(call.args["user"]))
    if user is None:
        raise SlackRefuses("user_not_found")
    return {"user": user_payload(call, user)}


def usergroup_people(call: Call) -> dict[str, Json]:
    """Who is in a user group; with an organisation's token it is one of a workspace of it."""
    if call.world.enterprise and not call.args.get("team_id"):
        raise SlackRefuses("missing_argument")
    people = call.world.groups.get(str(call.args["usergroup"]))
    if people is None:
        raise SlackRefuses("no_such_subteam")
    return {"users": list(people)}


def user_payload(call: Call, user: User) -> dict[str, Json]:
    """A person as Slack describes them; outsiders carry `is_stranger`."""
    profile = {"real_name": user.real_name, "display_name": user.name, "team": user.team}
    return {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "is_bot": user.is_bot,
        "is_restricted": False,
        "is_stranger": not call.world.is_member(user),
        "tz": user.tz,
        "tz_offset": 0,
        "profile": profile,
    }


def conversations_open(call: Call) -> dict[str, Json]:
    """The direct message with a person."""
    users = call.decoded("users") if "[" in str(call.args["users"]) else call.args["users"]
    names = users.split(",") if isinstance(users, str) else users
    if len(names) != 1 or names[0] not in call.world.users:
        raise SlackRefuses("user_not_found")
    return {"channel": {"id": call.world.direct(names[0]).id}}


def conversations_info(call: Call) -> dict[str, Json]:
    """One channel."""
    return {"channel": channel_payload(call, call.known_channel())}


def channel_payload(call: Call, channel: Channel) -> dict[str, Json]:
    """A channel as Slack describes it."""
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": channel.kind == "public",
        "is_private": channel.kind != "public",
        "is_im": channel.kind == "im",
        "is_member": call.world.bot.id in channel.members,
        "is_ext_shared": channel.shared,
        "is_archived": False,
    }


def conversations_members(call: Call) -> dict[str, Json]:
    """Who is in a channel, page by page."""
    members = sorted(call.known_channel().members)
    start, limit = int(call.args.get("cursor") or 0), int(call.args.get("limit") or 100)
    more = str(start + limit) if start + limit < len(members) else ""
    page = members[start : start + limit]
    return {"members": page, "response_metadata": {"next_cursor": more}}


def set_status(call: Call) -> dict[str, Json]:
    """What the agent is doing in a conversation."""
    channel = call.known_channel("channel_id" if "channel_id" in call.args else "channel")
    call.world.status[channel.id] = str(call.args.get("status", ""))
    call.world.changed()
    return {}


def set_prompts(call: Call) -> dict[str, Json]:
    """Up to four suggestions above the composer of a direct message."""
    channel = call.known_channel("channel_id")
    prompts = call.decoded("prompts")
    sound = isinstance(prompts, list) and 1 <= len(prompts) <= MOST_PROMPTS
    if not sound or any(set(prompt) != {"title", "message"} for prompt in prompts):
        raise SlackRefuses("invalid_arguments")
    call.world.prompts[channel.id] = prompts
    call.world.changed()
    return {}


def set_title(call: Call) -> dict[str, Json]:
    """The title of an agent's conversation; checked, not shown."""
    call.known_channel("channel_id")
    return {}


METHODS: Mapping[str, Method] = {
    "auth.test": Method(auth_test, 5),
    "apps.connections.open": Method(connections_open, 3, token="xapp-"),
    "team.info": Method(team_info, 3, ("team:read",)),
    "users.info": Method(users_info, 4, ("users:read",), words("user"), words("include_locale")),
    "usergroups.users.list": Method(
        usergroup_people,
        2,
        ("usergroups:read",),
        words("usergroup"),
        words("include_disabled team_id"),
    ),
    "conversations.open": Method(
        conversations_open, 3, ("im:write",), words("users"), words("return_im")
    ),
    "conversations.info": Method(
        conversations_info, 3, _READ, words("channel"), words("include_locale include_num_members")
    ),
    "conversations.members": Method(
        conversations_members, 4, _READ, words("channel"), words("cursor limit")
    ),
    "agents.sessions.setStatus": Method(
        set_status,
        3,
        ("chat:write",),
        words("channel_id status"),
        words("thread_ts title initiator_user_id"),
    ),
    "assistant.threads.setStatus": Method(
        set_status,
        4,
        ("chat:write",),
        words("channel_id status"),
        words("thread_ts loading_messages"),
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        set_prompts, 4, ("assistant:write",), words("channel_id prompts"), words("thread_ts title")
    ),
    "assistant.threads.setTitle": Method(
        set_title, 4, ("assistant:write",), words("channel_id thread_ts title")
    ),
}
