"""An acknowledgement reaches Slack the moment it is given, and is never taken back.

Bolt by itself only looks every 10 ms whether a listener has acknowledged, and forgets that it has
when the listener fails afterwards.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from slack_bolt import Ack, App, BoltRequest, BoltResponse

P = ParamSpec("P")
T = TypeVar("T")

ACK_S = 3
"""Slack waits no longer."""


class UntilAcknowledged(Executor):
    """Runs listeners in the threads of another; to submit one is to wait for what Slack is told."""

    def __init__(self, threads: Executor) -> None:
        self.threads = threads
        self._request = threading.local()

    def middleware(
        self,
        req: BoltRequest,
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Give the request an acknowledgement that can be waited for."""
        self._request.told = threading.Event()
        req.context["ack"] = _Lasting(self._request.told)
        return next()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin the listener, and return when it has acknowledged or come to its end."""
        told: threading.Event = self._request.told
        future = self.threads.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda _: told.set())
        told.wait(ACK_S)
        return future


class Acknowledged(App):
    """A Bolt app that answers with the acknowledgement given, whatever became of its listener.

    When a listener fails after it acknowledged, Bolt makes a 500 of the answer that it shares with
    the thread that sends it.
    """

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Apply all middleware, run the listener, and say what Slack is told."""
        answer = super().dispatch(req)
        ack = req.context.get("ack")
        return (ack.response if isinstance(ack, _Lasting) else None) or answer


class _Lasting(Ack):
    """Tells that it was given, and ignores the nothing that Bolt puts there after a failure."""

    def __init__(self, told: threading.Event) -> None:
        self._told = told
        self._given: BoltResponse | None = None
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def response(self) -> BoltResponse | None:
        """What Slack is told; each time a new one, since Bolt alters what it gets."""
        return self._given and _copied(self._given)

    @response.setter
    def response(self, response: BoltResponse | None) -> None:
        if response is not None:
            self._given = _copied(response)
            self._told.set()


def _copied(response: BoltResponse) -> BoltResponse:
    return BoltResponse(status=response.status, body=response.body, headers=dict(response.headers))
