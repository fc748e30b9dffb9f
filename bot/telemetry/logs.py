"""Lines of the log, as text or JSON, each with the reference of the request that it is about."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TextIO

from bot.errors import BadInput

_REFERENCE: ContextVar[str] = ContextVar("reference", default="-")
TEXT = "%(asctime)s %(levelname)s %(name)s [%(reference)s] %(message)s"
WITH_PASSWORD = re.compile(r"://\S*@")
"""User and password of an address."""
QUIET = logging.getLogger("bot.slack")
"""For slack_sdk, which calls each attempt that fails an error and quotes what came instead."""
QUIET.setLevel(logging.CRITICAL)
_FIELDS = ["asctime", "levelname", "name", "reference", "message"]


def reference() -> str:
    """What the present request goes by, in the log and to the person; a new one outside of any."""
    reference = _REFERENCE.get()
    return reference if reference != "-" else _new()


def _new() -> str:
    return secrets.token_hex(4).upper()


@contextmanager
def under_one_reference() -> Iterator[None]:
    """All that is logged herein carries the same new reference."""
    before = _REFERENCE.set(_new())
    try:
        yield
    finally:
        _REFERENCE.reset(before)


def _refer(record: logging.LogRecord) -> bool:
    record.reference = _REFERENCE.get()
    return True


class _Careful(logging.StreamHandler[TextIO]):
    """Leaves out who a library says it logs in as at a proxy or a server, in a traceback too."""

    def format(self, record: logging.LogRecord) -> str:
        return WITH_PASSWORD.sub("://", super().format(record))


def set_up(level: str, form: str) -> None:
    """Write to standard error. Raises `BadInput` where JSON is asked for and cannot be written."""
    handler = _Careful()
    handler.addFilter(_refer)
    handler.setFormatter(_as_json() if form == "json" else logging.Formatter(TEXT))
    logging.basicConfig(level=level, handlers=[handler])
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _as_json() -> logging.Formatter:
    try:
        from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415 - an extra
    except ImportError:
        raise BadInput(
            "MESHFIT_LOG_FORMAT is json, and what writes it is not installed: pip install "
            "'meshfit[watch]', or leave it out."
        ) from None
    names = {"asctime": "at", "levelname": "level", "name": "logger"}
    formatter: logging.Formatter = JsonFormatter(_FIELDS, rename_fields=names)
    return formatter
