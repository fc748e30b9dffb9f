"""The yardstick: Bolt behind Flask, as most apps have it, and gunicorn set up as meshfit's.

`python -m bench.bare PORT VIEW_FILE`. A command opens the view in the file, which is the page that
meshfit draws, so that both make the same Web API call; a page is acknowledged and not kept.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from gunicorn.app.base import BaseApplication
from slack_bolt import Ack, App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_sdk import WebClient

THREADS = 64
COMMAND, PAGE = "/meshfit", "page"


def forget(_page: str) -> None:
    """Keep nothing of a page."""


def bolt(view: dict[str, Any], keep: Callable[[str], None]) -> App:
    """A command that opens a modal, and a page that is acknowledged."""
    app = App(
        client=WebClient(os.environ.pop("SLACK_BOT_TOKEN"), os.environ["SLACK_API_URL"]),
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        listener_executor=ThreadPoolExecutor(THREADS),
    )

    @app.command(COMMAND)
    def open_modal(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view(PAGE)
    def page(ack: Ack, body: dict[str, Any]) -> None:
        keep(json.dumps(body["view"]["state"]))
        ack()

    return app


def door(app: App) -> Flask:
    """The two addresses that meshfit has."""
    flask = Flask("bare")
    events = SlackRequestHandler(app)

    @flask.get("/healthz")
    def healthz() -> dict[str, bool]:
        return {"ok": True}

    @flask.post("/slack/events")
    def slack_events() -> Response:
        return events.handle(request)

    return flask


class Server(BaseApplication):
    """The same gunicorn as in `bot/serving.py`."""

    def __init__(
        self, port: int, view: dict[str, Any], keep: Callable[[str], None] = forget
    ) -> None:
        self.port, self.view, self.keep = port, view, keep
        super().__init__()

    def load_config(self) -> None:
        """One worker with many threads."""
        for key, value in {
            "bind": f"127.0.0.1:{self.port}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": THREADS,
            "timeout": 0,
            "control_socket_disable": True,
            "loglevel": "warning",
        }.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """Build the app inside the worker."""
        return door(bolt(self.view, self.keep))


if __name__ == "__main__":
    Server(int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))).run()
