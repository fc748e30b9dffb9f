"""What a person at Slack sees."""

from __future__ import annotations

from playground.forms import Unreachable
from playground.surfaces import ShownMessage, ShownView
from playground.workspace import Workspace
from playground.world import Channel, User


class Onlooker:
    """Somebody in the workspace, looking at it."""

    def __init__(self, slack: Workspace, user: User) -> None:
        self.slack = slack
        self.user = user
        self.id = user.id

    def sees(self, channel: str) -> list[ShownMessage]:
        """The messages of a channel outside threads, oldest first; replies are in `.thread`."""
        room = self.room(channel)
        return [
            ShownMessage(self.slack.world, self.id, m)
            for m in self.slack.world.visible(self.id, room.id)
            if m.thread_ts is None or m.broadcast
        ]

    def last(self, channel: str = "dm") -> ShownMessage:
        """The newest message of a channel outside threads; raises IndexError when empty."""
        return self.sees(channel)[-1]

    @property
    def modal(self) -> ShownView | None:
        """The modal on top, or None."""
        stack = self.slack.world.modals.get(self.id)
        return ShownView(self.slack.world, self.id, stack[-1]) if stack else None

    @property
    def home(self) -> ShownView | None:
        """The app's Home tab, once published."""
        view = self.slack.world.homes.get(self.id)
        return ShownView(self.slack.world, self.id, view) if view else None

    @property
    def errors(self) -> dict[str, str]:
        """What stands beside the fields of the modal on top, by block id."""
        return dict(self.top().errors)

    def top(self) -> ShownView:
        """The modal on top; raises `Unreachable` where there is none."""
        modal = self.modal
        if modal is None:
            raise Unreachable(f"{self.user.name} has no modal open")
        return modal

    def room(self, name: str) -> Channel:
        """A conversation by name, `dm` for the one with the app; raises when out of sight."""
        outsider = not self.slack.world.is_member(self.user)
        if name == "dm" and outsider:
            raise Unreachable("the app's messages are for members of the installing workspace")
        room = self.slack.world.direct(self.id) if name == "dm" else self.slack.channel(name)
        if self.id not in room.members and (room.kind != "public" or outsider):
            raise Unreachable(f"{self.user.name} cannot see {name}")
        return room
