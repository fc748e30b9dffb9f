"""`meshfit serve --workers N`: one port, and several processes that take requests from it.

The port belongs to this process, so that what waits in its queue outlives a worker; each worker
is a `meshfit serve` of its own, begun again when it dies. This one opens the database first, so
that its schema is new before any of them looks, and answers /metrics for them all.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import closing

from bot.errors import BadInput, NotHad
from bot.settings import Settings
from bot.store import Store, health
from bot.store.engine.owing import now
from bot.telemetry import DueWork, counts
from bot.telemetry.counts import SHARED
from bot.telemetry.logs import set_up
from bot.telemetry.metrics import show

BACKLOG = 1024
LOOKS_S = 0.2
RESTS_S = 1.0
"""A worker that dies at once is begun again no more often than this."""
GRACE_S = 45
"""How long SIGTERM waits for all of them; each ends what is in flight."""
REFUSED = 2
"""The exit code of a start that no second one would mend."""
log = logging.getLogger(__name__)


class Workers:
    """The processes, and what they are begun with."""

    def __init__(self, many: int, port: socket.socket) -> None:
        self.port, self.ending = port, threading.Event()
        self.running = [self._begun() for _ in range(many)]

    def _begun(self) -> subprocess.Popen[bytes]:
        port = self.port.fileno()
        command = [sys.executable, "-m", "bot", "serve", "--inherited", str(port)]
        return subprocess.Popen(command, pass_fds=[port])

    def watch(self) -> None:
        """Until asked to end; raises `BadInput` where a worker says that it cannot start."""
        while not self.ending.wait(LOOKS_S):
            for at, each in enumerate(self.running):
                code = each.poll()
                if code is None:
                    continue
                if code == REFUSED:
                    raise BadInput("A worker could not start: what it said stands above.")
                log.error("worker %s ended with %s and is begun again", each.pid, code)
                self.ending.wait(RESTS_S)
                if not self.ending.is_set():
                    self.running[at] = self._begun()

    def end(self) -> None:
        """Ask each to end, and wait for that, but not for ever."""
        for each in self.running:
            each.terminate()
        for each in self.running:
            try:
                each.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                log.error("worker %s was still at work after %s s", each.pid, GRACE_S)
                each.kill()
                each.wait()


def serve(settings: Settings, many: int) -> None:
    """Serve with so many processes until SIGTERM. Raises `BadInput` as one process does."""
    set_up(settings.log_level, settings.log_format)
    with (
        tempfile.TemporaryDirectory(prefix="meshfit-counts-") as folder,
        closing(health.opened(settings.db)) as store,
        _listening(settings) as port,
    ):
        if settings.metrics:
            _show(settings.metrics, store, folder)
        workers = Workers(many, port)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: workers.ending.set())
        try:
            workers.watch()
        finally:
            workers.end()


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server(
            (settings.host, settings.port), family=family, backlog=BACKLOG, reuse_port=False
        )
    except OSError as error:
        raise NotHad(f"{settings.host}:{settings.port}", error) from None


def _show(address: str, store: Store, folder: str) -> None:
    """/metrics of all workers, who count in a folder that the library looks for by its variable."""
    os.environ[SHARED] = folder
    show(address, counts(address), DueWork(store, now))
