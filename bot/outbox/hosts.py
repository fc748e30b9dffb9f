"""Slack's own addresses: the only ones that an answer or the bot's token is sent to."""

from __future__ import annotations

import re
from typing import NamedTuple

SLACKS = ("slack.com", "slack-gov.com")
"""Slack's domains; it answers and keeps files on hosts below them."""
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?][!-~]*)?",
    re.ASCII | re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}


class WebOrigin(NamedTuple):
    """Where an address leads, before its path."""

    scheme: str
    host: str
    port: int


def origin(address: str) -> WebOrigin | None:
    """The origin of a plain address; None for one that two readers could read differently."""
    read = _ADDRESS.fullmatch(address)
    if read is None:
        return None
    scheme = read["scheme"].lower()
    return WebOrigin(scheme, read["host"].lower(), int(read["port"] or _PORTS[scheme]))


def is_slacks(address: object, api_root: str) -> bool:
    """Whether that is Slack: by https on a host of its own, or where the API root is set to be."""
    there = origin(address) if isinstance(address, str) else None
    if there is None:
        return False
    if there == origin(api_root):
        return True
    ours = any(there.host == each or there.host.endswith(f".{each}") for each in SLACKS)
    return ours and there[::2] == ("https", 443)
