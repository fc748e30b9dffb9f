"""What Slack answers when the app's access is gone, and what people are told then."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

WITHDRAWN = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""Slack's names for a token that is worth nothing; all else may pass. Source: docs.slack.dev."""

SAID = (
    "The app's access was withdrawn, so I can neither read nor post here. What you saved is kept. "
    "Ask whoever installed meshfit to install it again."
)
UNCONFIRMED = "Slack did not confirm just now who I am, so nothing was done. Try again in a minute."
"""Said when `auth.test` fails; Bolt would ask to reinstall the app."""


NOT_INSTALLED = (
    "meshfit is not installed in this workspace (any more), so nothing was done. Ask whoever runs "
    "it for the link to install it."
)
"""Said where several workspaces are served and this is none of them."""


def is_withdrawn(error: SlackApiError) -> bool:
    """Whether Slack refused a call because the token is worth nothing any more."""
    return error.response.get("error") in WITHDRAWN
