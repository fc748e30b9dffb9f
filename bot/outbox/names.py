"""What people are called, asked of Slack when a file is written; it stands in the file alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from slack_sdk.errors import SlackApiError

from bot.advisor.handles import Handles
from bot.domain.team import Workspace
from bot.outbox.posting import Posting
from bot.outbox.refusals import named

NO_SCOPE = frozenset({"missing_scope", "not_allowed_token_type"})


class Names:
    """By `users:read`, which is optional; else by the handle of their last press; else not."""

    def __init__(self, posting: Posting, handles: Handles) -> None:
        self.posting, self.handles = posting, handles

    def of(self, workspace: Workspace, people: Iterable[str]) -> Mapping[str, str]:
        """Id → name, of whoever can be named."""
        names, may_ask = dict[str, str](), True
        for each in people:
            name = ""
            if may_ask:
                try:
                    name = self.posting.called(each)
                except SlackApiError as error:
                    may_ask = named(error) not in NO_SCOPE
            if name_shown := name or self.handles.of(workspace, each):
                names[each] = name_shown
        return names
