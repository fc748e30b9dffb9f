"""Installing by a link: what Bolt's flow is told, where several workspaces are asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import NamedTuple

from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient

from bot.errors import BadInput
from bot.install.stores import Installations, States
from bot.install.vault import MAKE_ONE, Vault
from bot.scopes import NEEDED, OPTIONAL
from bot.settings import Settings
from bot.store import Store, installations, trouble
from bot.store.engine import store_at

log = logging.getLogger(__name__)
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"


class Many(NamedTuple):
    """Installations in many workspaces, and the flow that makes them."""

    installations: Installations
    flow: OAuthFlow


def wanted(settings: Settings) -> bool:
    """Whether several workspaces are asked for. Raises `BadInput` naming what is missing."""
    wants = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "MESHFIT_PUBLIC_URL": settings.public_url,
        "MESHFIT_TOKEN_KEY": settings.token_key,
    }
    if not any(wants.values()):
        return False
    missing = [name for name, value in wants.items() if not value]
    if missing:
        key = f" MESHFIT_TOKEN_KEY seals tokens; make one with {MAKE_ONE}."
        raise BadInput(
            f"To install in many workspaces, set {' and '.join(missing)} too."
            + key * ("MESHFIT_TOKEN_KEY" in missing)
        )
    if settings.slack_bot_token is not None:
        raise BadInput(
            "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: unset one of them."
        )
    return True


def sealed_otherwise(settings: Settings) -> list[str]:
    """Whose tokens no key opens, as far as the database tells. Raises as `wanted` does."""
    if not wanted(settings):
        return []
    assert settings.token_key
    vault = Vault(settings.token_key)
    try:
        with closing(store_at(settings.db)) as store, store.looking() as db:
            sealed = installations.tokens(db) if db and db.has("installations") else []
    except trouble():
        return []
    return vault.faults(sealed)


def many(
    settings: Settings, store: Store, client: WebClient, clock: Callable[[], datetime]
) -> Many | None:
    """The flow where several workspaces are asked for, else None; raises as `wanted` does."""
    if not wanted(settings):
        return None
    secret, key = settings.slack_client_secret, settings.token_key
    assert secret
    assert key
    kept = Installations(store, Vault(key), clock)
    for each in kept.faults():
        log.error(each)
    public = (settings.public_url or "").rstrip("/")
    oauth = OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=secret.get_secret_value(),
        scopes=(*NEEDED, *OPTIONAL),
        user_scopes=(),
        redirect_uri=public + REDIRECT,
        install_path=INSTALL,
        redirect_uri_path=REDIRECT,
        authorization_url=settings.slack_api_url.rstrip("/").removesuffix("/api")
        + "/oauth/v2/authorize",
        installation_store=kept,
        installation_store_bot_only=True,
        state_store=States(store, clock),
    )
    return Many(kept, OAuthFlow(client=client, settings=oauth))
