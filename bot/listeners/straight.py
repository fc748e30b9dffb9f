"""Steps and listeners handed what they name; Bolt would gather some thirty things for each.

Bolt asks one listener after the other whether it is meant, so what stands late in the table of
contents waited for two hundred to say no. Here only those are asked that have its id. That both
hand over the same, and find the same, holds `tests/test_acknowledging.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener import CustomListener, Listener
from slack_bolt.middleware import Middleware
from slack_bolt.request.payload_utils import is_event, to_event

HANDED: Mapping[str, Callable[[BoltRequest], Any]] = {
    "req": lambda req: req,
    "body": lambda req: req.body,
    "event": lambda req: to_event(req.body),
    "context": lambda req: req.context,
    "client": lambda req: req.context.client,
    "ack": lambda req: req.context.ack,
    "respond": lambda req: req.context.respond,
    "act": lambda req: req.context["act"],
}
"""What one may name, as Bolt calls it, and where it is."""
Handed = Callable[[BoltRequest], dict[str, Any]]


def handed_to(function: Callable[..., object], besides: str = "") -> Handed:
    """What a function names, of a request. Raises `KeyError` for what nobody hands it."""
    named = [each for each in inspect.signature(function).parameters if each != besides]
    parts = [(each, HANDED[each]) for each in named]
    return lambda req: {name: of(req) for name, of in parts}


class Straight(Middleware):
    """One step before the listeners, as Bolt runs it."""

    def __init__(self, step: Callable[..., BoltResponse]) -> None:
        self.step, self._handed = step, handed_to(step, "next")

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt hands it to each
        next: Callable[[], BoltResponse],  # noqa: A002 - as above
    ) -> BoltResponse:
        """Take the step."""
        return self.step(**self._handed(req), next=next)


class StraightListener(CustomListener):
    """One listener as Bolt registered it, asked whether it is meant, and run."""

    def __init__(self, registered: Any) -> None:  # noqa: ANN401 - Bolt's, of which it takes all
        self.__dict__ = dict(vars(registered))
        self._asked = [(each.func, handed_to(each.func)) for each in registered.matchers]
        self._handed = handed_to(registered.ack_function)

    def is_named(self, req: BoltRequest) -> bool:
        """Whether it is registered for this kind and id, which its first matcher tells."""
        function, handed = self._asked[0]
        return bool(function(**handed(req)))

    def matches(self, *, req: BoltRequest, resp: BoltResponse) -> bool:  # noqa: ARG002 - as above
        """Whether each of its matchers says so."""
        return all(function(**handed(req)) for function, handed in self._asked)

    def run_ack_function(
        self,
        *,
        request: BoltRequest,
        response: BoltResponse,  # noqa: ARG002 - as above
    ) -> BoltResponse | None:
        """Act."""
        return self.ack_function(**self._handed(request))


class Meant(Listener):
    """Stands for the listeners of all acts: of what is pressed, submitted or typed."""

    matchers = middleware = lazy_functions = ()
    auto_acknowledgement = False

    def __init__(self, listeners: Sequence[StraightListener]) -> None:
        self.listeners = listeners
        self._of: dict[tuple[str, str], list[StraightListener]] = {}

    def matches(self, *, req: BoltRequest, resp: BoltResponse) -> bool:
        """Whether one of those that have its id is meant: the first that says so."""
        asked = [] if is_event(req.body) else self._named(req)
        meant = next((each for each in asked if each.matches(req=req, resp=resp)), None)
        req.context["meant"] = meant
        return meant is not None

    def _named(self, req: BoltRequest) -> list[StraightListener]:
        """Those registered for its kind and id; remembered, but for ids that nobody has."""
        name = _name(req.body)
        if name not in self._of:
            if not (named := [each for each in self.listeners if each.is_named(req)]):
                return []
            self._of[name] = named
        return self._of[name]

    def run_ack_function(
        self, *, request: BoltRequest, response: BoltResponse
    ) -> BoltResponse | None:
        """Let the one that is meant act."""
        meant: StraightListener = request.context["meant"]
        return meant.run_ack_function(request=request, response=response)

    ack_function = run_ack_function  # type: ignore[assignment] # of which Bolt takes the name


def _name(body: Mapping[str, Any]) -> tuple[str, str]:
    """Kind and id of an act: by these alone Bolt tells what it is registered for."""
    if "command" in body:
        return "command", body["command"]
    acted = (body.get("actions") or [{}])[0]
    view = body.get("view") or {}
    kind = str(body.get("type"))
    if kind == "block_actions":
        return kind, str(acted.get("action_id"))
    return kind, str(body.get("callback_id") or view.get("callback_id"))


def straighten(app: App) -> None:
    """Put these in the place of all listeners that an app has by now."""
    straight = [*map(StraightListener, app._listeners)]
    events = [each for each in straight if each.auto_acknowledgement]
    acts = [each for each in straight if not each.auto_acknowledgement]
    app._listeners[:] = [Meant(acts), *events]
