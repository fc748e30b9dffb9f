"""An acknowledgement reaches Slack the moment it is given, in time, and is never taken back.

Bolt by itself only looks every 10 ms whether a listener has acknowledged, forgets that it has when
the listener fails afterwards, acknowledges an event before anything of it is kept, and after three
seconds lets the next listener that matches have the request. `tests/test_acknowledging.py` names
what of Bolt's inside this rests on.
"""

from __future__ import annotations

import contextvars
import json
import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from copy import copy
from queue import Empty, SimpleQueue
from typing import Any, ParamSpec, TypeVar

from slack_bolt import Ack, App, BoltRequest, BoltResponse

from bot.blocks import notice
from bot.blocks.surfaces import Payload

P = ParamSpec("P")
T = TypeVar("T")
Keeps = Callable[[Any, Future[Any]], None]
"""Keeps what somebody asked for while its listener still works; raises where it cannot."""

ACK_S = 2.4
"""Slack waits for three seconds, the way to it and back included."""
Late = Callable[[BoltResponse], None]
log = logging.getLogger(__name__)


Watch = Callable[[BoltRequest, Callable[[BoltRequest], BoltResponse]], BoltResponse]


def unwatched(req: BoltRequest, answers: Callable[[BoltRequest], BoltResponse]) -> BoltResponse:
    """Nobody looks on."""
    return answers(req)


def unkept(_context: object, _work: Future[Any]) -> None:
    """Nobody keeps it."""


class UntilAcknowledged(Executor):
    """Runs listeners in the threads of another; to submit one is to wait for what Slack is told."""

    keeps: Keeps = staticmethod(unkept)

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
        again = bool(req.context.get("again"))
        req.context["ack"] = _Lasting(is_event="event" in body, again=again)
        return next()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin the listener, and return when it has acknowledged or come to its end.

        One that takes longer is acknowledged for, once what was asked of it is kept: what it says
        later goes another way.
        """
        context = self._request.context
        ack: _Lasting = context["ack"]
        acting: Callable[[Callable[[], T]], T] = context.get("acting") or (lambda act: act())
        beneath = contextvars.copy_context()  # the reference, in a thread of its own
        future = self.threads.submit(beneath.run, lambda: acting(lambda: fn(*args, **kwargs)))
        future.add_done_callback(ack.ends)
        if not ack.told_within(None if ack.again else ACK_S):
            ack.gives_up_waiting(context, kept=ack.is_event or self._keeps(context, future))
        return future

    def _keeps(self, context: Any, work: Future[Any]) -> bool:  # noqa: ANN401 - Bolt's, with ours
        try:
            self.keeps(context, work)
        except Exception as ill:  # whatever the database has: then it is not acknowledged either
            log.warning("a late act could not be kept (%s)", type(ill).__name__)
            return False
        return True


class Acknowledged(App):
    """A Bolt app that answers with the acknowledgement given, whatever became of its listener.

    When a listener fails after it acknowledged, Bolt makes a 500 of the answer that it shares with
    the thread that sends it.
    """

    watch: Watch = staticmethod(unwatched)
    """Who looks on: counts, and gives the request its reference."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Apply all middleware, run the listener, and say what Slack is told."""
        return self.watch(req, self._answered)

    def _init_context(self, req: BoltRequest) -> None:
        """As Bolt does, with a copy of our own client: Bolt's follows redirects, and tells nobody.

        It may be given the token of another workspace.
        """
        client, team = copy(self.client), req.context.team_id
        client.default_params = {"team_id": team} if team else {}
        req.context.update(
            logger=self.logger,
            token=self._token,
            client=client,
            listener_runner=self.listener_runner,
        )

    def _answered(self, req: BoltRequest) -> BoltResponse:
        try:
            answer = super().dispatch(req)
        except Exception as stumbled:  # over the shape of a kind that nothing here listens to
            log.warning("a request was not understood (%s)", type(stumbled).__name__)
            answer = BoltResponse(status=400)
        ack = req.context.get("ack")
        return (ack.response if isinstance(ack, _Lasting) else None) or answer


class _Lasting(Ack):
    """Tells that it was given, and ignores the nothing that Bolt puts there after a failure.

    An event is acknowledged at the end of its listener, when all that it owes is kept; one that
    was not kept, or takes too long, Slack sends again. What is done `again` nobody waits for.
    """

    def __init__(self, *, is_event: bool, again: bool = False) -> None:
        self.is_event, self.again = is_event, again
        self._told = SimpleQueue[None]()
        self._given: BoltResponse | None = None
        self._late: Late | None = None
        self._turn = threading.Lock()
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def response(self) -> BoltResponse | None:
        """What Slack is told; each time a new one, since Bolt alters what it gets."""
        return copy(self._given)

    @response.setter
    def response(self, response: BoltResponse | None) -> None:
        if response is None:
            return
        with self._turn:
            late, self._late = self._late, None
            if late is None:
                self._given = copy(response)
        if late is not None:
            late(response)
        elif not (self.is_event or self.again):
            self._told.put(None)

    def told_within(self, seconds: float | None) -> bool:
        """Wait for as long until there is something to tell Slack."""
        try:
            self._told.get(timeout=seconds)
        except Empty:
            return False
        return True

    def ends(self, work: Future[Any]) -> None:
        """The listener came to its end, or could not keep what it did."""
        if work.exception() is not None and (self.is_event or self._given is None):
            self._given = BoltResponse(status=503, body="")
        self._told.put(None)

    def gives_up_waiting(self, context: Any, *, kept: bool) -> None:  # noqa: ANN401 - as above
        """Acknowledge for a listener that is late; what is kept nowhere Slack is to call failed."""
        with self._turn:
            context["outcome"] = "late"
            if self.is_event or not (kept or self._given):
                self._given = BoltResponse(status=503, body="")
            elif self._given is None:
                self._given, self._late = _still(context)


def _still(context: Any) -> tuple[BoltResponse, Late | None]:  # noqa: ANN401 - as above
    """Still working, where Slack shows an acknowledgement; and the way for what comes after it."""
    answer, body = context["respond"], context["act"].body
    if "command" in body:
        still = {"response_type": "ephemeral", **notice.plain(notice.STILL)}
        return BoltResponse(status=200, body=still), lambda response: _by_its_address(
            answer, response
        )
    if body.get("type") == "view_submission":
        context["late_view"] = name = waits_as(body)
        view = notice.view(notice.STILL) | {"external_id": name}
        pushed = BoltResponse(status=200, body={"response_action": "push", "view": view})
        return pushed, lambda response: answer.late(name, shown(said_in(response)))
    return BoltResponse(status=200, body=""), None


def _by_its_address(answer: Callable[..., None], response: BoltResponse) -> None:
    if words := said_in(response):
        answer(**words)


def waits_as(body: Mapping[str, Any]) -> str:
    """What the view is called that a person has before them until their form is saved."""
    return f"late-{body.get('trigger_id')}"


def said_in(response: BoltResponse) -> dict[str, Any]:
    """What an acknowledgement says; empty where it says nothing."""
    body = response.body or ""
    if body.startswith("{"):
        return dict(json.loads(body))
    return {"text": body} if body else {}


def shown(answer: Mapping[str, Any]) -> Payload:
    """What would have been an acknowledgement of a form, as a view."""
    if faults := answer.get("errors"):
        return notice.view(" ".join(faults.values()))
    if text := answer.get("text"):
        return notice.view(text)
    view: Payload | None = answer.get("view")
    return view or notice.view(notice.SAVED)
