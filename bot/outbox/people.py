"""What Slack tells of people where whoever installed meshfit lets it: time zones, a user group."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk.errors import SlackApiError

from bot.advisor import Advisor
from bot.blocks import workplace
from bot.outbox.posting import Posting
from bot.outbox.refusals import Barred, calling, named
from bot.store import owed
from bot.store.holding import Due


class People:
    """Without the scope nothing is asked twice: the workspace's own settings hold."""

    def __init__(self, advisor: Advisor, posting: Posting) -> None:
        self.reminding, self.groups, self.posting = advisor.reminding, advisor.groups, posting
        self.store = advisor.desk.store

    def kinds(self) -> dict[str, Callable[[Due], None]]:
        """Kind → what asks for it."""
        return {"zone": self.zone, "lead_group": self.group}

    def zone(self, due: Due) -> None:
        """Where whoever said yes to a reminder lives; their reminders follow."""
        try:
            profile = self.posting.profile(due.person)
        except (SlackApiError, Barred):
            return  # not granted, or gone: the workspace's zone holds
        self.reminding.lives_in(due.caller, str(profile.get("tz") or ""))

    def group(self, due: Due) -> None:
        """Who is in the user group of leads, read anew every day while it is named."""
        group = str(due.data["group"])
        if not group or self.groups.named(due.workspace) != group:
            return
        try:
            workspace, _, name = group.rpartition(":")
            within = {"team_id": workspace} if workspace else {}
            read = self.posting.client.usergroups_users_list
            answer = calling("", read, usergroup=name, **within)
            people = [str(each) for each in answer.get("users") or ()]
        except (SlackApiError, Barred) as error:
            people = []
            if due.person:
                why = named(error) if isinstance(error, SlackApiError) else ""
                with self.store.noting() as db:
                    payload = workplace.group_unread(group, why)
                    owed.say(db, due.caller, "notice", {"message": payload})
        self.groups.read(due.workspace, group, people)
