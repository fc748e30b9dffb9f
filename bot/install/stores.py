"""What Bolt's OAuth flow keeps, on our tables."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from logging import Logger
from typing import Any

from slack_bolt import BoltContext
from slack_bolt.error import BoltError
from slack_sdk.oauth import InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from bot.errors import Refused
from bot.install.vault import Vault
from bot.store import Store, installations
from bot.store.installations import Installed

log = logging.getLogger(__name__)
ROTATES = (
    "Nothing was installed: this app's token rotation is on, so a token ends in twelve hours. "
    "Slack lets nobody turn it off: make the app anew from manifest.yml."
)
WITHIN = timedelta(minutes=10)
"""Whoever sets out to install comes back from Slack within so long."""


class Installations(InstallationStore):
    """One row a workspace, or an organisation that installed it for all of its own."""

    def __init__(self, store: Store, vault: Vault, clock: Callable[[], datetime]) -> None:
        self.store, self.vault, self.clock = store, vault, clock

    @property
    def logger(self) -> Logger:
        """Where Slack's library writes what it has to say."""
        return log

    def save(self, installation: Installation) -> None:
        """Keep what Slack gave for the code; raises `BoltError` where it ends in twelve hours."""
        bot = installation.to_bot()
        if bot.bot_refresh_token:
            log.error(ROTATES)
            raise BoltError(ROTATES)
        wide = bool(bot.is_enterprise_install)
        installed = Installed(
            workspace=str((bot.enterprise_id if wide else bot.team_id) or ""),
            enterprise=bot.enterprise_id,
            team=bot.team_id,
            wide=wide,
            app=str(bot.app_id or ""),
            bot_id=str(bot.bot_id or ""),
            bot_user=str(bot.bot_user_id or ""),
            scopes=",".join(bot.bot_scopes or ()),
            token=self.vault.seal(bot.bot_token),
            by=str(installation.user_id or ""),
            at=self.clock(),
        )
        with self.store.writing() as db:
            installations.keep(db, installed)
        log.info("installed in %s", installation.enterprise_id or installation.team_id)

    def of(self, enterprise: str | None, team: str | None) -> Installed | None:
        """The installation that serves a team's requests."""
        with self.store.reading() as db:
            return installations.of(db, enterprise, team)

    def token(self, workspace: str) -> str | None:
        """The token of one installation, by the key under which its rows are kept."""
        installed = self.of(workspace, workspace)
        return self.opened(installed) if installed else None

    def opened(self, installed: Installed) -> str | None:
        """Its token; None where it was sealed with another key, as the log says then."""
        try:
            return self.vault.open(installed.token)
        except Refused as error:
            log.error("%s", error.sentence)
            return None

    def faults(self) -> list[str]:
        """How many workspaces cannot be served, since no key opens their tokens; none is well."""
        with self.store.reading() as db:
            return self.vault.faults(installations.tokens(db))

    def revoked(self, body: dict[str, Any], context: BoltContext) -> None:
        """Slack says that tokens are worth nothing: forget the bot's, unless it was given since."""
        if body["event"].get("tokens", {}).get("bot"):
            with self.store.writing() as db:
                installed = installations.of(db, context.enterprise_id, context.team_id)
                if installed:
                    installations.forget(db, installed.workspace, body["event_time"])


class States(OAuthStateStore):
    """Who set out to install, so that nobody is sent back here who did not."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self.store, self.clock = store, clock

    @property
    def logger(self) -> Logger:
        """Where Slack's library writes what it has to say."""
        return log

    def issue(self, *_: Any, **__: Any) -> str:  # noqa: ANN401 - as the library has it
        """A new state."""
        state, now = secrets.token_urlsafe(24), self.clock()
        with self.store.writing() as db:
            installations.begin(db, state, now, now + WITHIN)
        return state

    def consume(self, state: str) -> bool:
        """Whether it was issued and not used; once."""
        with self.store.writing() as db:
            return installations.end(db, state, self.clock())
