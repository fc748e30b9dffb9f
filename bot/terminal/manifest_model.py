"""The parts of an app manifest that the rules look at, with Slack's defaults.

A manifest that passes Slack's schema fits; what no rule looks at is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, Field


class _Command(BaseModel):
    command: str
    url: str | None = None
    should_escape: bool = False


class _Shortcut(BaseModel):
    callback_id: str


class _AppHome(BaseModel):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = True


class _BotUser(BaseModel):
    display_name: str


class _Features(BaseModel):
    app_home: _AppHome = _AppHome()
    bot_user: _BotUser | None = None
    slash_commands: tuple[_Command, ...] = ()
    shortcuts: tuple[_Shortcut, ...] = ()
    agent_view: Mapping[str, object] | None = None
    assistant_view: Mapping[str, object] | None = None


class _Scopes(BaseModel):
    bot: tuple[str, ...] = ()
    bot_optional: tuple[str, ...] = ()


class _OAuth(BaseModel):
    scopes: _Scopes = _Scopes()
    redirect_urls: tuple[str, ...] = ()


class _Events(BaseModel):
    bot_events: tuple[str, ...] = ()
    request_url: str | None = None


class _Interactivity(BaseModel):
    is_enabled: bool = False
    request_url: str | None = None
    message_menu_options_url: str | None = None


class _Settings(BaseModel):
    event_subscriptions: _Events = _Events()
    interactivity: _Interactivity = _Interactivity()
    socket_mode_enabled: bool = False
    token_rotation_enabled: bool = False


class _Metadata(BaseModel):
    major_version: int = 1


class _Display(BaseModel):
    background_color: str = "#000"


class Manifest(BaseModel):
    """One app, as its manifest describes it to Slack."""

    metadata: _Metadata = Field(default=_Metadata(), alias="_metadata")
    display_information: _Display
    features: _Features = _Features()
    oauth_config: _OAuth = _OAuth()
    settings: _Settings = _Settings()

    @property
    def granted(self) -> tuple[str, ...]:
        """The bot's scopes that nobody can leave out."""
        return self.oauth_config.scopes.bot

    @property
    def optional(self) -> tuple[str, ...]:
        """Those that whoever installs it may leave out."""
        return self.oauth_config.scopes.bot_optional

    @property
    def subscribed(self) -> tuple[str, ...]:
        """The bot's events."""
        return self.settings.event_subscriptions.bot_events
