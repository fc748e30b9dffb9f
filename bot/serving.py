"""`meshfit serve`: the same listeners behind HTTP or a Socket Mode connection, ended cleanly.

waitress holds the port in both modes: /healthz always, /slack/events in HTTP mode. It takes a whole
request before any thread sees it, so that whoever sends half of one holds up nobody. What two
processes must agree on lies in the database.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from bot.app import THREADS, Built, build_app, web_client
from bot.arriving import Arriving, look_at_tokens
from bot.domain.pack import Pack
from bot.door import MOST_BYTES, door
from bot.errors import NotHad
from bot.settings import Settings
from bot.telemetry import DueWork
from bot.telemetry.logs import set_up
from bot.telemetry.metrics import show

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

GRACE_S = 20  # SIGTERM waits so long for requests in flight
HANG_UP_S = 3
"""How long a connection in Socket Mode is given to close."""
COMES_S = 1
"""How long it waits for what whoever has connected by then is about to ask."""
READ_S = 10
"""Within so long a request must have arrived whole, however steadily it drips."""
IDLE_S = 60
"""How long a connection may stay open and ask nothing."""
DAY_S = 24 * 60 * 60
CONNECTIONS = 800
"""At a time; below the 1,024 open files that a process is commonly allowed."""
MOST_HEADERS = 16 * 2**10
IN_MEMORY = 64 * 2**10
"""Of an unfinished request; the rest of it waits on disk."""
M_ARENA_MAX = -8
"""How glibc's mallopt calls the most heaps."""

log = logging.getLogger(__name__)


class Channel(HTTPChannel):
    """A connection that knows since when its present request has been arriving."""

    since: float | None = None

    def received(self, data: bytes) -> bool:
        """Take what came."""
        begun = self.since or time.monotonic()
        taken = super().received(data)
        self.since = begun if self.request is not None else None
        return taken

    @property
    def waits(self) -> bool:
        """Whether an answer is due there, or what is asked still arrives or is about to."""
        comes = self.since or self.last_activity == self.creation_time
        lately = self.last_activity > time.time() - COMES_S
        return bool((comes and lately) or self.requests or self.total_outbufs_len)


class Entrance(TcpWSGIServer):
    """waitress on one port, out of patience with requests that never become whole."""

    channel_class = Channel
    ending = False

    def __init__(
        self, app: WSGIApplication, limits: Adjustments, taken: socket.socket | None = None
    ) -> None:
        self.open: dict[int, Any] = {}
        super().__init__(app, map=self.open, adj=limits, _sock=taken, bind_socket=taken is None)

    @property
    def channels(self) -> list[Channel]:
        """Who is connected."""
        return [each for each in self.open.values() if isinstance(each, Channel)]

    def maintenance(self, now: int) -> None:
        """Every second: close what is idle for long, and what takes too long to arrive."""
        super().maintenance(now)
        latest = time.monotonic() - READ_S
        for channel in self.channels:
            if channel.since is not None and channel.since < latest:
                channel.will_close = True

    def run_until_asked(self) -> None:
        """Serve until SIGTERM or SIGINT, then answer what was asked by then."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: self.end())
        while not self.ending:
            self._turn()
        before = -1
        while before < len(self.open) < CONNECTIONS:  # whom a port that closes would turn away
            before = len(self.open)
            self.handle_accept()
        wasyncore.dispatcher.close(self)  # nothing new comes in
        until = time.monotonic() + GRACE_S
        while any(each.waits for each in self.channels) and time.monotonic() < until:
            self._turn()
        self.task_dispatcher.shutdown(timeout=1)

    def end(self) -> None:
        """Ask it to stop, from wherever."""
        self.ending = True
        self.pull_trigger()

    def _turn(self) -> None:
        wasyncore.loop(1, use_poll=True, map=self.open, count=1)


def entrance(
    settings: Settings, built: Built, mode: SocketModeHandler | None, inherited: int | None = None
) -> Entrance:
    """The port, taken here or by who began this process. Raises `BadInput` if it cannot be had."""
    taken = None if inherited is None else socket.socket(fileno=inherited)
    within = door(built, mode)
    try:
        return Entrance(within, _limits(settings), taken)
    except (OSError, ValueError) as error:  # waitress knows no host of that name
        raise NotHad(f"{settings.host}:{settings.port}", error) from None


def _limits(settings: Settings) -> Adjustments:
    return Adjustments(
        host=settings.host,
        port=settings.port,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_S,
        cleanup_interval=1,
        max_request_header_size=MOST_HEADERS,
        max_request_body_size=MOST_BYTES,
        inbuf_overflow=IN_MEMORY,
        log_socket_errors=False,
        ident=None,
    )


def finish(built: Built, mode: SocketModeHandler | None) -> None:
    """Hang up, and wait for what the listeners still do, but not for ever."""
    if mode is not None:
        hang_up(mode)
    built.relay.end(GRACE_S)
    waiting = threading.Thread(target=built.executor.shutdown, daemon=True)
    waiting.start()
    waiting.join(GRACE_S)
    if waiting.is_alive():
        log.error("listeners were still at work after %s s", GRACE_S)
        logging.shutdown()
        os._exit(0)  # the interpreter would wait for their threads
    built.store.close()


def hang_up(mode: SocketModeHandler) -> None:
    """Close the connection. slack_sdk waits for a reader that can miss the end: only so long."""
    closing = threading.Thread(target=mode.close, daemon=True)
    closing.start()
    closing.join(HANG_UP_S)


def serve(settings: Settings, pack: Pack, inherited: int | None = None) -> None:
    """Serve until SIGTERM, however long Slack takes to answer at first.

    `inherited` is the port of a process that began this one as one of several.
    Raises `BadInput` when a token is missing or refused, or the database or port cannot be had.
    """
    look_at_tokens(settings)
    share_one_heap()
    # With both set, Bolt would turn on OAuth and ignore the token.
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)
    set_up(settings.log_level, settings.log_format)
    built = build_app(settings, pack)
    gc.freeze()  # what stays need not be looked through for garbage ever again
    gc.enable()
    mode = _socket_mode(settings, built)
    serving = entrance(settings, built, mode, inherited)
    if settings.metrics and inherited is None:
        show(settings.metrics, built.counts, DueWork(built.store, built.desk.clock))
    log.info("meshfit serves in %s on %s:%s", _mode(mode), settings.host, settings.port)
    arriving = Arriving(settings, mode, serving.end)
    arriving.start()
    built.relay.start()
    for work in (lambda: build_index(built), lambda: sweep_daily(built, arriving.stopped)):
        threading.Thread(target=work, daemon=True).start()
    serving.run_until_asked()
    arriving.stopped.set()
    finish(built, mode)
    if arriving.refused is not None:
        raise arriving.refused


def share_one_heap() -> None:
    """Let all threads share one heap, where the C library is glibc.

    It would give them up to eight a core, and what is free in one is of no use to the others.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, 1)


def build_index(built: Built) -> None:
    """Build what questions are found by, and give back what only building it took."""
    _ = built.desk.index
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def _socket_mode(settings: Settings, built: Built) -> SocketModeHandler | None:
    token = settings.slack_app_token
    if token is None:
        return None
    client = web_client(settings)
    return SocketModeHandler(built.app, token.get_secret_value(), web_client=client)


def _mode(mode: SocketModeHandler | None) -> str:
    return "Socket Mode" if mode else "HTTP"


def sweep_daily(built: Built, stopped: threading.Event) -> None:
    """Forget what is old, at the start and every day from then."""
    while True:
        try:
            if gone := built.sweep():
                log.info("%s old rows were forgotten, see MESHFIT_RETENTION_DAYS", gone)
        except Exception as error:  # tomorrow is another day, and what it says may quote
            log.error("what is old could not be forgotten: %s", type(error).__name__)
        if stopped.wait(DAY_S):
            return
