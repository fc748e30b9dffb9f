"""Steps and listeners handed what they name; Bolt would gather some thirty things for each.

Bolt asks one listener after the other whether it is meant, so for what stands late in the table of
contents it gathered them more than a hundred times. `tests/test_acknowledging.py` holds that both
hand over the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener import CustomListener
from slack_bolt.middleware import Middleware
from slack_bolt.request.payload_utils import to_event

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


def straighten(app: App) -> None:
    """Put these in the place of all listeners that an app has by now."""
    app._listeners[:] = map(StraightListener, app._listeners)
