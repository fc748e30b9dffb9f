"""Each request is served with the token of the workspace that it comes from."""

from __future__ import annotations

from typing import Any

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize

from bot.install.stores import Installations


class Authorizing(Authorize):
    """Looks the installation up; Slack is not asked, for it tells us when it revokes a token."""

    def __init__(self, installations: Installations) -> None:
        self.installations = installations

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: Any,  # noqa: ANN401 - who acted elsewhere does not matter
    ) -> AuthorizeResult | None:
        """What Bolt needs to know; None where nobody installed, or no key opens the token."""
        installed = self.installations.of(enterprise_id, team_id)
        token = self.installations.opened(installed) if installed else None
        if installed is None or token is None:
            return None
        context["installation"] = installed.workspace
        return AuthorizeResult(
            enterprise_id=installed.enterprise,
            team_id=installed.team,
            user_id=user_id,
            bot_id=installed.bot_id,
            bot_user_id=installed.bot_user,
            bot_token=token,
            bot_scopes=installed.scopes.split(","),
        )
