"""An acknowledgement reaches Slack the moment it is given, in time, and is never taken back.

Bolt by itself only looks every 10 ms whether a listener has acknowledged, forgets that it has when
the listener fails afterwards, acknowledges an event before anything of it is kept, and after three
seconds lets the next listener that matches have the request. `tests/test_acknowledging.py` names
what of Bolt's inside this rests on.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from slack_bolt import Ack, App, BoltRequest, BoltResponse

from bot.blocks import notice
from bot.blocks.surfaces import Payload

P = ParamSpec("P")
T = TypeVar("T")

ACK_S = 2.4
"""Slack waits for three seconds, the way to it and back included."""
Late = Callable[[BoltResponse], None]


class UntilAcknowledged(Executor):
    """Runs listeners in the threads of another; to submit one is to wait for what Slack is told."""

    def __init__(self, threads: Executor) -> None:
        self.threads = threads
        self._request = threading.local()

    def middleware(
        self,
        req: BoltRequest,
        body: dict[str, Any],
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
    ) -> BoltResponse:
        """Give the request an acknowledgement that can be waited for."""
        self._request.context = req.context
        req.context["ack"] = _Lasting(is_event="event" in body)
        return next()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin the listener, and return when it has acknowledged or come to its end.

        One that takes longer is acknowledged for: what it says later goes another way.
        """
        context = self._request.context
        ack: _Lasting = context["ack"]
        acting: Callable[[Callable[[], T]], T] = context.get("acting") or (lambda act: act())
        future = self.threads.submit(lambda: acting(lambda: fn(*args, **kwargs)))
        future.add_done_callback(ack.ends)
        if not ack.told.wait(ACK_S):
            ack.gives_up_waiting(context)
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
    """Tells that it was given, and ignores the nothing that Bolt puts there after a failure.

    An event is acknowledged at the end of its listener, when all that it owes is kept; one that
    was not kept, or takes too long, Slack sends again.
    """

    def __init__(self, *, is_event: bool) -> None:
        self.told, self.is_event = threading.Event(), is_event
        self._given: BoltResponse | None = None
        self._late: Late | None = None
        self._turn = threading.Lock()
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def response(self) -> BoltResponse | None:
        """What Slack is told; each time a new one, since Bolt alters what it gets."""
        return self._given and _copied(self._given)

    @response.setter
    def response(self, response: BoltResponse | None) -> None:
        if response is None:
            return
        with self._turn:
            late, self._late = self._late, None
            if late is None:
                self._given = _copied(response)
        if late is not None:
            late(response)
        elif not self.is_event:
            self.told.set()

    def ends(self, work: Future[Any]) -> None:
        """The listener came to its end, or could not keep what it did."""
        if self.is_event and work.exception() is not None:
            self._given = BoltResponse(status=503, body="")
        self.told.set()

    def gives_up_waiting(self, context: Any) -> None:  # noqa: ANN401 - Bolt's, with ours in it
        """Acknowledge for a listener that is late; an event is left to be sent again."""
        with self._turn:
            if self.is_event:
                self._given = BoltResponse(status=503, body="")
            elif self._given is None:
                self._given, self._late = _still(context)


def _still(context: Any) -> tuple[BoltResponse, Late | None]:  # noqa: ANN401 - as above
    """Still working, where Slack shows an acknowledgement; and the way for what comes after it."""
    answer, act = context["respond"], context["act"]

    def said(response: BoltResponse) -> None:
        held = json.loads(response.body) if response.body.startswith("{") else {}
        if "view" in held or "errors" in held or "response_action" in held:
            answer.late(f"late-{act.body['trigger_id']}", _shown(held))
        elif held:
            answer(**held)

    if "command" in act.body:
        still = {"response_type": "ephemeral", **notice.plain(notice.STILL)}
        return BoltResponse(status=200, body=still), said
    if act.body.get("type") == "view_submission":
        view = notice.view(notice.STILL) | {"external_id": f"late-{act.body['trigger_id']}"}
        return BoltResponse(status=200, body={"response_action": "push", "view": view}), said
    return BoltResponse(status=200, body=""), None


def _shown(held: dict[str, Any]) -> Payload:
    """What would have been an acknowledgement, as a view."""
    if faults := held.get("errors"):
        return notice.view(" ".join(faults.values()))
    view: Payload | None = held.get("view")
    return view or notice.view(notice.SAVED)


def _copied(response: BoltResponse) -> BoltResponse:
    return BoltResponse(status=response.status, body=response.body, headers=dict(response.headers))
