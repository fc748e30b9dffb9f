"""A step before the listeners, handed what it names; Bolt would gather some thirty things for each.

`tests/test_acknowledging.py` holds that both hand over the same.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

HANDED: Mapping[str, Callable[[BoltRequest], Any]] = {
    "req": lambda req: req,
    "body": lambda req: req.body,
    "context": lambda req: req.context,
    "client": lambda req: req.context.client,
    "respond": lambda req: req.context.respond,
    "act": lambda req: req.context["act"],
}
"""What a step may name, as Bolt calls it, and where it is."""


class Straight(Middleware):
    """One step, as Bolt runs it."""

    def __init__(self, step: Callable[..., BoltResponse]) -> None:
        self.step = step
        named = [each for each in inspect.signature(step).parameters if each != "next"]
        self._handed = [(each, HANDED[each]) for each in named]

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt hands it to each
        next: Callable[[], BoltResponse],  # noqa: A002 - as above
    ) -> BoltResponse:
        """Take the step."""
        handed = {name: of(req) for name, of in self._handed}
        return self.step(**handed, next=next)
