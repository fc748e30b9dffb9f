"""Names that Slack knows: bot scopes, bot events, and the scope without which an event never comes.

From the manifest types of Slack's own `@slack/web-api` 8.2.0 and its reference of events and
scopes, with the agent events that those types do not list yet.
"""

from __future__ import annotations

_EVENTS_BY_SCOPE = {
    "": """agent_session_stopped agent_session_title_changed app_home_opened app_uninstalled
        grid_migration_finished grid_migration_started tokens_revoked""",
    "app_mentions:read": "app_mention",
    "assistant:write": """app_context_changed assistant_thread_context_changed
        assistant_thread_started""",
    "calls:read": "call_rejected",
    "channels:history": "channel_history_changed message.channels",
    "channels:read": """channel_archive channel_created channel_deleted channel_left channel_rename
        channel_shared channel_unarchive channel_unshared""",
    "channels:read groups:read": """channel_id_changed member_joined_channel
        member_left_channel""",
    "conversations.connect:manage": """shared_channel_invite_accepted
        shared_channel_invite_approved shared_channel_invite_declined""",
    "conversations.connect:write": "shared_channel_invite_received",
    "dnd:read": "dnd_updated_user",
    "emoji:read": "emoji_changed",
    "files:read": "file_change file_created file_deleted file_public file_shared file_unshared",
    "groups:history": "group_history_changed message.groups",
    "groups:read": """group_archive group_close group_deleted group_left group_open group_rename
        group_unarchive""",
    "im:history": "im_history_changed message.im",
    "im:read": "im_close im_created im_open",
    "links:read": "link_shared",
    "metadata.message:read": """message_metadata_deleted message_metadata_posted
        message_metadata_updated""",
    "mpim:history": "message.mpim",
    "pins:read": "pin_added pin_removed",
    "reactions:read": "reaction_added reaction_removed",
    "team:read": "email_domain_changed team_domain_change team_rename",
    "usergroups:read": """subteam_created subteam_members_changed subteam_self_added
        subteam_self_removed subteam_updated""",
    "users:read": """team_join user_change user_huddle_changed user_profile_changed
        user_status_changed""",
}

EVENT_SCOPES = {
    event: tuple(scopes.split())
    for scopes, events in _EVENTS_BY_SCOPE.items()
    for event in events.split()
}
"""Event → the scopes of which one is enough; empty where none is needed."""

_BOT_SCOPES = """
    app_mentions:read assistant:write bookmarks:read bookmarks:write calls:read calls:write
    canvases:read canvases:write channels:history channels:join channels:manage channels:read
    channels:write.invites channels:write.topic chat:write chat:write.customize chat:write.public
    commands conversations.connect:manage conversations.connect:read conversations.connect:write
    datastore:read datastore:write dnd:read emoji:read files:read files:write groups:history
    groups:read groups:write groups:write.invites groups:write.topic im:history im:read im:write
    incoming-webhook links.embed:write links:read links:write lists:read lists:write
    metadata.message:read mpim:history mpim:read mpim:write mpim:write.invites mpim:write.topic
    pins:read pins:write reactions:read reactions:write reminders:read reminders:write
    remote_files:read remote_files:share remote_files:write search:read.files search:read.public
    team.billing:read team.preferences:read team:read triggers:read triggers:write usergroups:read
    usergroups:write users.profile:read users:read users:read.email users:write
    workflow.steps:execute"""

BOT_SCOPES = frozenset(_BOT_SCOPES.split())

AGENT_VIEW_EVENTS = (
    "agent_session_stopped",
    "agent_session_title_changed",
    "app_context_changed",
    "app_home_opened",
    "app_mention",
    "message.im",
)
"""What an app with `agent_view` is told: opened, asked, looked elsewhere, stopped, renamed."""
