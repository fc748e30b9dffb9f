"""What the app was granted and subscribed to, as its manifest says (Slack: app manifest)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_SCOPES = (
    "commands chat:write app_mentions:read im:history im:read im:write users:read files:write "
    "files:read assistant:write channels:read groups:read team:read"
)
_EVENTS = "app_home_opened app_mention file_shared message.im app_uninstalled tokens_revoked"


@dataclass(frozen=True)
class Shortcut:
    """A shortcut in the message or the global menu."""

    name: str
    callback_id: str
    type: str = "message"


@dataclass(frozen=True)
class Manifest:
    """Scopes, events, slash commands (name to should_escape) and shortcuts."""

    scopes: frozenset[str] = frozenset(_SCOPES.split())
    events: frozenset[str] = frozenset(_EVENTS.split())
    commands: Mapping[str, bool] = field(default_factory=lambda: {"/meshfit": True})
    hints: Mapping[str, str] = field(default_factory=lambda: {"/meshfit": "[help]"})
    shortcuts: tuple[Shortcut, ...] = (Shortcut("Ask meshfit about this", "ask_about_message"),)

    def shortcut(self, name: str) -> Shortcut:
        """The shortcut with this name in the menu; raises LookupError when there is none."""
        among = next((s for s in self.shortcuts if name in (s.name, s.callback_id)), None)
        if among is None:
            raise LookupError(f"no shortcut {name!r} in {[s.name for s in self.shortcuts]}")
        return among


def read_manifest(path: Path) -> Manifest:
    """The parts of a manifest file that decide what Slack lets the app do and what it sends."""
    document: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    features = document.get("features", {})
    scopes = document.get("oauth_config", {}).get("scopes", {})
    subscriptions = document.get("settings", {}).get("event_subscriptions", {})
    return Manifest(
        scopes=frozenset([*scopes.get("bot", []), *scopes.get("bot_optional", [])]),
        events=frozenset(subscriptions.get("bot_events", [])),
        commands={c["command"]: c.get("should_escape", False) for c in features["slash_commands"]},
        hints={c["command"]: c.get("usage_hint", "") for c in features["slash_commands"]},
        shortcuts=tuple(
            Shortcut(s["name"], s["callback_id"], s["type"]) for s in features.get("shortcuts", [])
        ),
    )
