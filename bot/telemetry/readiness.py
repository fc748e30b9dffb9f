"""Whether meshfit can do its work now: the database, Slack, the threads; what /readyz answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from typing import TYPE_CHECKING

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.store import Store
from bot.telemetry.logs import QUIET

if TYPE_CHECKING:
    from slack_bolt.adapter.socket_mode import SocketModeHandler

SLACK_REST_S = 15
"""So long what Slack answered last is taken for how it is."""
SLACK_AWAY_S = 120
"""Within so long Slack must have answered."""
SLACK_WAIT_S = 3
THREAD_WAIT_S = 1.0
REST = 20
"""A look at the database rests for so many times as long as it took, and for a second at least."""


class Readiness:
    """Looks at each part when it is asked, and never at two requests' bidding at a time."""

    def __init__(
        self,
        store: Store,
        client: WebClient,
        threads: Executor,
        socket: SocketModeHandler | None,
        withdrawn: Callable[[SlackApiError], bool],
    ) -> None:
        self.store, self.threads, self.socket, self.withdrawn = store, threads, socket, withdrawn
        self.client = type(client)(
            client.token,
            base_url=client.base_url,
            timeout=SLACK_WAIT_S,
            retry_handlers=[],
            logger=QUIET,
        )
        self._turn = threading.Lock()
        self._database: tuple[float, str | None] = (0.0, None)
        self._slack: tuple[float, str | None] = (0.0, None)
        self._answered = self._connected = time.monotonic()

    def faults(self) -> list[str]:
        """What keeps meshfit from its work, a sentence each; none when it is ready."""
        with self._turn:
            return [each for each in self._parts() if each]

    def _parts(self) -> Iterator[str | None]:
        yield self._of_database()
        yield self._of_slack()
        yield self._of_socket()
        yield self._of_threads()

    def _of_database(self) -> str | None:
        rested, fault = self._database
        began = time.monotonic()
        if began >= rested or fault or self.store.moved():
            fault = self.store.unready()
            ended = time.monotonic()
            self._database = (ended + max(1.0, REST * (ended - began)), fault)
        return fault

    def _of_slack(self) -> str | None:
        rested, fault = self._slack
        if time.monotonic() >= rested:
            fault = self._asked()
            self._slack = (time.monotonic() + (1 if fault else SLACK_REST_S), fault)
        return fault

    def _asked(self) -> str | None:
        """What Slack says now; a short silence is none of ill health."""
        try:
            (self.client.auth_test if self.client.token else self.client.api_test)()
        except SlackApiError as error:
            if self.withdrawn(error):
                return "The app's access was withdrawn: install it again and set the new token."
        except Exception:  # no answer, whatever it was: how long there was none counts
            pass
        else:
            self._answered = time.monotonic()
        away = time.monotonic() - self._answered
        return f"Slack has not answered for {away:.0f} s." if away >= SLACK_AWAY_S else None

    def _of_socket(self) -> str | None:
        if self.socket is None or self.socket.client.is_connected():
            self._connected = time.monotonic()
        away = time.monotonic() - self._connected
        if away < SLACK_AWAY_S:
            return None
        return f"There has been no connection in Socket Mode for {away:.0f} s."

    def _of_threads(self) -> str | None:
        turn = self.threads.submit(int)
        try:
            turn.result(THREAD_WAIT_S)
        except TimeoutError:
            turn.cancel()
            return "All threads are at work: what comes now waits."
        return None
