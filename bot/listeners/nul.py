"""No text that comes in holds a NUL: nobody types one, and PostgreSQL keeps none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

NUL = "\0"
_AS_SENT = ("%00", "u0000")
"""A NUL in a form, and in JSON, itself perhaps in a form."""


def take_out(
    req: BoltRequest,
    next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
) -> BoltResponse:
    """Take every NUL out of a request's texts before anything reads them."""
    if not req.raw_body or any(each in req.raw_body for each in _AS_SENT):
        req.body = without(req.body)
    return next()


def without(what: Any) -> Any:  # noqa: ANN401 - JSON as it comes
    """The same JSON, its texts and names without NUL."""
    if isinstance(what, str):
        return what.replace(NUL, "")
    if isinstance(what, dict):
        return {without(name): without(each) for name, each in what.items()}
    return [without(each) for each in what] if isinstance(what, list) else what
