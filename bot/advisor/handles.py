"""The handle that came with somebody's last press or command: in memory, never written down."""

from __future__ import annotations

import threading
from collections import OrderedDict

from bot.domain.team import Workspace

MOST = 5000


class Handles:
    """Of the people who pressed or typed last, in this process; the oldest are dropped."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Workspace, str], str] = OrderedDict()
        self._turn = threading.Lock()

    def note(self, workspace: Workspace, user: str, handle: str) -> None:
        """What Slack called this person just now."""
        with self._turn:
            self._known[workspace, user] = handle
            self._known.move_to_end((workspace, user))
            while len(self._known) > MOST:
                self._known.popitem(last=False)

    def of(self, workspace: Workspace, user: str) -> str:
        """Their handle; empty where they did nothing since the start."""
        with self._turn:
            return self._known.get((workspace, user), "")
