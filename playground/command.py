"""`meshfit playground`: the small Slack with the real meshfit behind it, until Ctrl-C.

The only place in the playground that knows the bot: it starts both and joins them.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import Built, build_app, web_client
from bot.domain.pack import Pack
from bot.door import door
from bot.errors import BadInput
from bot.serving import hang_up
from bot.settings import Settings
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.manifest import SHIPPED
from playground.manifest import read_manifest
from playground.memory import Memory
from playground.server import Door
from playground.slack import Slack
from playground.web.pages import Pages

ENDS_S = 10
"""How long a call of meshfit's to this Slack may take at the end."""


def play(port: int, db: Path, reset: bool, socket: bool) -> None:
    """Serve the playground on a loopback port until SIGINT or SIGTERM.

    Raises BadInput when the port is taken.
    """
    if reset:
        forget(db)
    settings = environment()
    pack = knowledge_pack(settings)
    with opened(port, db) as slack, meshfit(slack, settings, pack, db, socket):
        print(  # noqa: T201 - the one line that a person needs
            f"meshfit playground: {slack.root}  (nothing leaves this machine; Ctrl-C ends it)",
            flush=True,
        )
        _wait()


def forget(db: Path) -> None:
    """Delete a playground's database and its conversations."""
    for suffix in ("", "-wal", "-shm"):
        db.with_name(db.name + suffix).unlink(missing_ok=True)
    _conversations(db).unlink(missing_ok=True)


def _conversations(db: Path) -> Path:
    return db.with_name(f"{db.stem}.slack.json")


@contextmanager
def opened(port: int, db: Path) -> Iterator[Slack]:
    """A small Slack with its pages, and with what was said in it before."""
    pages = Pages()
    try:
        slack = Slack(read_manifest(SHIPPED), port=port, pages=(pages.blueprint,))
    except OSError as error:
        raise BadInput(
            f"Port {port} is taken ({error.strerror}): give another, --port N."
        ) from None
    pages.slack = slack
    slack.patient = False
    memory = Memory(_conversations(db), slack.world, slack.lock)
    memory.load()
    with slack:
        memory.begin()
        try:
            yield slack
        finally:
            memory.end()


@contextmanager
def meshfit(slack: Slack, settings: Settings, pack: Pack, db: Path, socket: bool) -> Iterator[None]:
    """The real app, reached by signed HTTP requests or over its own WebSocket connection."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):  # with both, Bolt turns on OAuth
        os.environ.pop(name, None)
    ours = settings.model_copy(
        update={
            "slack_bot_token": SecretStr(slack.token),
            "slack_signing_secret": SecretStr(slack.signing_secret),
            "slack_api_url": slack.api_url,
            "db": db,
        }
    )
    built = build_app(ours, pack)
    connected = _over_socket(slack, built, ours) if socket else _over_http(slack, built)
    built.relay.start()
    try:
        with connected:
            yield
    finally:
        built.executor.shutdown(wait=True)
        built.relay.end(ENDS_S)


@contextmanager
def _over_http(slack: Slack, built: Built) -> Iterator[None]:
    running = Door(door(built))
    running.open()
    slack.connect(f"http://127.0.0.1:{running.port}/slack/events")
    try:
        yield
    finally:
        running.close()


@contextmanager
def _over_socket(slack: Slack, built: Built, settings: Settings) -> Iterator[None]:
    handler = SocketModeHandler(built.app, slack.app_token, web_client=web_client(settings))
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        hang_up(handler)


def _wait() -> None:
    """Until somebody says stop."""
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    stopped.wait()
