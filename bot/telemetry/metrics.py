"""/metrics, at an address of its own, so that nobody who routes Slack's requests routes it too."""

from __future__ import annotations

from typing import Any

from bot.errors import NotHad
from bot.telemetry.counts import Counts, DueWork, seen

Ending = Any
"""The library's server, which ends with `shutdown`."""


def placed(address: str) -> tuple[str, int]:
    """`9464` and `host:9464` as host and port; a port alone is on loopback."""
    host, _, port = address.rpartition(":")
    return host.strip("[]") or "127.0.0.1", int(port)


def show(address: str, counted: Counts, due: DueWork) -> Ending:
    """Answer at the address, from a thread of its own. Raises `NotHad` where it cannot be had."""
    from prometheus_client import start_http_server  # noqa: PLC0415 - an extra

    host, port = placed(address)
    try:
        server, _ = start_http_server(port, host, registry=seen(counted, due))
    except OSError as error:
        raise NotHad(f"{host}:{port}", error, "MESHFIT_METRICS") from None
    return server
