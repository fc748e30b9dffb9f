"""Who belongs to the installing workspace, told from what Slack says and what it leaves out."""

from __future__ import annotations

import pytest
from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult

from bot.listeners.strangers import is_foreign


def context(team: str | None, enterprise: str | None = None) -> BoltContext:
    home = AuthorizeResult(enterprise_id=enterprise, team_id=team, bot_token="xoxb-x")
    return BoltContext({"authorize_result": home})


@pytest.mark.parametrize(
    ("body", "home", "foreign"),
    [
        ({"user": {"id": "U1", "team_id": "T1"}}, context("T1"), False),
        ({"user": {"id": "U1", "team_id": "T2"}}, context("T1"), True),
        ({"command": "/meshfit", "team_id": "T1"}, context("T1"), False),
        ({"command": "/meshfit", "team_id": "T2"}, context("T1"), True),
        ({"event": {"user": "U1", "user_team": "T2", "team": "T1"}}, context("T1"), True),
        (
            {"user": {"id": "U1", "team_id": "T2", "enterprise_id": "E1"}},
            context("T1", "E1"),
            False,
        ),
        ({"user": {"id": "U1"}}, context("T1"), False),
        ({"user": {"id": "U1", "team_id": "T1"}}, context(None), False),
    ],
)
def test_members_and_strangers_are_told_apart(body, home, foreign):
    assert is_foreign(body, home) is foreign
