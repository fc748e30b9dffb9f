"""What meshfit asks Slack for: its bot's scopes, as in `manifest.yml` (a test holds them alike)."""

from __future__ import annotations

NEEDED = (
    "app_mentions:read",
    "assistant:write",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",
)

OPTIONAL = {
    "chat:write.public": "meshfit has to be invited to a public channel before it posts there",
    "users:read": "records and reports show handles or ids of people in place of their names, and "
    "reminders keep to the hours of the workspace's time zone",
    "usergroups:read": "no user group can lead, people are named one by one",
}
"""Scope → what holds without it; whoever installs meshfit may leave it out."""
