"""No text that comes in holds a NUL: nobody types one, and PostgreSQL keeps none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

NUL = "\0"
_AS_SENT = re.compile(r"%00|(\\|%5C)u(0000|D[89A-F])", re.IGNORECASE)
"""A NUL in a form, and in JSON, itself perhaps in a form; half of a pair, or a whole one."""


def take_out(
    req: BoltRequest,
    next: Callable[[], BoltResponse],  # noqa: A002 - Bolt injects it by this name
) -> BoltResponse:
    """Take these out of a request's texts before anything reads them."""
    if not req.raw_body or _AS_SENT.search(req.raw_body):
        req.body = without(req.body)
    return next()


def without(what: Any) -> Any:  # noqa: ANN401 - JSON as it comes
    """The same JSON, its texts and names as they can be kept."""
    if isinstance(what, str):
        return what.replace(NUL, "").encode(errors="ignore").decode()
    if isinstance(what, dict):
        return {without(name): without(each) for name, each in what.items()}
    return [without(each) for each in what] if isinstance(what, list) else what
