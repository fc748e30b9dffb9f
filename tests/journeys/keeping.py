"""Whether anything was kept after its acknowledgement: killed in between, it would be lost."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import Ack

from bot.listeners.acknowledging import UntilAcknowledged
from bot.store import SqliteStore


class KeptLate:
    """Which listeners acknowledged an act before they kept what it changed."""

    def __init__(self) -> None:
        self.found = set[str]()
        self._now = threading.local()

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """Look on from now."""
        acknowledges, submits, writes = Ack.__call__, UntilAcknowledged.submit, SqliteStore.writing

        def acknowledge(ack: Any, *given: Any, **more: Any) -> Any:
            self._now.told = not ack.is_event
            return acknowledges(ack, *given, **more)

        def submit(runner: Any, act: Callable[[], Any]) -> Any:
            def anew() -> Any:
                self._now.told = False
                return act()

            return submits(runner, anew)

        @contextmanager
        def writing(store: SqliteStore, *team: Any) -> Iterator[Any]:
            if getattr(self._now, "told", False):
                self.found.add(_listener())
            with writes(store, *team) as db:
                yield db

        patch.setattr(Ack, "__call__", acknowledge)
        patch.setattr(UntilAcknowledged, "submit", submit)
        patch.setattr(SqliteStore, "writing", writing)


def _listener() -> str:
    """The listener that is at work in this thread, by file and function."""
    frames = [each for each in traceback.extract_stack() if "/bot/listeners/" in each.filename]
    at = [each for each in frames if not each.filename.endswith(("acknowledging.py", "once.py"))]
    return f"{at[0].filename.rpartition('/')[2]} {at[0].name}" if at else "nobody"
