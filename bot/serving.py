"""`meshfit serve`: the same listeners behind HTTP or a Socket Mode connection, ended cleanly.

gunicorn holds the port in both modes: /healthz always, /slack/events in HTTP mode. One worker, so
that one process holds the threads, the claims and the writer's turn.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.workers.base import Worker
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError

from bot.app import THREADS, Built, build_app, web_client
from bot.domain.pack import Pack
from bot.door import door
from bot.errors import BadInput
from bot.settings import Settings

GRACE_S = 20
"""How long SIGTERM waits for requests in flight."""
HANG_UP_S = 3
"""How long a connection in Socket Mode is given to close."""

log = logging.getLogger(__name__)


class Server(BaseApplication):
    """gunicorn around one app that is built inside its only worker."""

    def __init__(self, settings: Settings, pack: Pack) -> None:
        self.settings, self.pack = settings, pack
        self.built: Built | None = None
        self.socket: SocketModeHandler | None = None
        super().__init__()

    def load_config(self) -> None:
        """One worker with many threads; nothing else listens or writes beside it."""
        for key, value in {
            "bind": f"{self.settings.host}:{self.settings.port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "graceful_timeout": GRACE_S,
            "timeout": 0,
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "meshfit",
            "worker_exit": self.finish,
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Any:  # noqa: ANN401 - a WSGI app, which gunicorn's types narrow down
        """Build the app; in Socket Mode connect as well."""
        self.built = build_app(self.settings, self.pack)
        gc.freeze()  # what stays need not be looked through for garbage ever again
        gc.enable()
        token = self.settings.slack_app_token
        if token is None:
            return door(self.built)
        self.socket = SocketModeHandler(
            self.built.app, token.get_secret_value(), web_client=web_client(self.settings)
        )
        self.socket.connect()  # type: ignore[no-untyped-call]
        return door(self.built, self.socket)

    def finish(self, _server: object, _worker: Worker) -> None:
        """Take nothing new, then wait for what the listeners still do."""
        if self.socket is not None:
            hang_up(self.socket)
        if self.built is not None:
            self.built.executor.shutdown(wait=True)


def hang_up(socket: SocketModeHandler) -> None:
    """Close the connection. slack_sdk waits for a reader that can miss the end: only so long."""
    closing = threading.Thread(target=socket.close, daemon=True)
    closing.start()
    closing.join(HANG_UP_S)


def serve(settings: Settings, pack: Pack) -> None:
    """Check the tokens, then serve until SIGTERM. Raises `BadInput` when a token is missing."""
    check_tokens(settings)
    # With both set, Bolt would turn on OAuth and ignore the token.
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    mode = "Socket Mode" if settings.slack_app_token else "HTTP"
    log.info("meshfit serves in %s on %s:%s", mode, settings.host, settings.port)
    Server(settings, pack).run()


def check_tokens(settings: Settings) -> None:
    """Whether Slack would let meshfit in. Raises `BadInput` saying which token is off."""
    if settings.slack_bot_token is None:
        raise BadInput("SLACK_BOT_TOKEN is not set: copy it from OAuth & Permissions of your app.")
    if settings.slack_app_token is None and settings.slack_signing_secret is None:
        raise BadInput(
            "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: set one."
        )
    try:
        web_client(settings).auth_test()
    except SlackApiError as error:
        said = error.response.get("error")
        raise BadInput(
            f"Slack refuses SLACK_BOT_TOKEN ({said}): check it, or reinstall the app."
        ) from None
    except OSError as error:
        raise BadInput(f"Slack cannot be reached at {settings.slack_api_url}: {error}.") from None
