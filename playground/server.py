"""Slack's own addresses over real HTTP: the Web API, uploads, downloads, response URLs."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from flask import Blueprint, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from playground.answers import respond
from playground.api import METHODS
from playground.api.call import Call
from playground.deliver import decode
from playground.errors import SlackRefuses
from playground.illness import Ailment, broken_off
from playground.traffic import Exchange

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from playground.workspace import Workspace

Json: TypeAlias = Any
Run: TypeAlias = Callable[[dict[str, Json]], dict[str, Json]]


def web_api(slack: Workspace) -> Blueprint:
    """The routes that the app calls."""
    routes = Blueprint("slack", __name__)

    @routes.route("/api/<method>", methods=["GET", "POST"])
    def api(method: str) -> Response:
        return answered(slack, method, arguments(), lambda args: call(slack, method, args))

    @routes.post("/response/<path:secret>")
    def response_url(secret: str) -> Response:
        def run(args: dict[str, Json]) -> dict[str, Json]:
            slack.trouble.look_at(args)
            respond(slack.world, slack.tokens.respond(secret), args)
            return {}

        return answered(slack, "response_url", decode(request.get_data()) or {}, run, refused=404)

    routes.add_url_rule("/upload/v1/<file_id>", "upload", partial(_upload, slack), methods=["POST"])
    routes.add_url_rule("/files-pri/<file_id>/<path:name>", "download", partial(_download, slack))
    return routes


def _upload(slack: Workspace, file_id: str) -> Response:
    """The bytes of an announced file."""
    file = slack.world.files.get(file_id)
    if file is None or file.done:
        return Response("file_not_found", 404)
    file.content = request.get_data(parse_form_data=False)
    return Response(f"OK - {len(file.content)}")


def _download(slack: Workspace, file_id: str, name: str) -> Response:
    """A file's bytes for the bot's token; Slack shows anybody else a page to sign in."""
    file = slack.world.files.get(file_id)
    if file is None or file.name != name or token() != slack.token:
        return Response("<!DOCTYPE html><title>Sign in</title>", 200, mimetype="text/html")
    return Response(file.content, mimetype="application/octet-stream")


def call(slack: Workspace, method: str, args: dict[str, Json]) -> dict[str, Json]:
    """One Web API call; raises SlackRefuses."""
    spec = METHODS.get(method)
    if spec is None:
        raise SlackRefuses("unknown_method")
    if not token():
        raise SlackRefuses("not_authed")
    if token() not in (slack.token, slack.app_token):
        raise SlackRefuses("invalid_auth")
    if not token().startswith(spec.token):
        raise SlackRefuses("not_allowed_token_type")
    spec.check(args, slack.manifest.scopes)
    context = Call(
        slack.world,
        slack.tokens,
        args,
        slack.root,
        slack.open_socket,
        slack.manifest.scopes,
        slack.trouble.forgets,
    )
    blocks = context.decoded("blocks") if "blocks" in spec.may else None
    slack.trouble.strike(method, spec.tier, {**args, "blocks": blocks})
    return spec.run(context)


def token() -> str:
    """Whose call it is, as far as it says."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or request.values.get("token", "")


def arguments() -> dict[str, Json]:
    """What the call says beside its token."""
    if request.is_json:
        sent = decode(request.get_data())
        return sent if isinstance(sent, dict) else {}
    return {name: value for name, value in request.values.items() if name != "token"}


def answered(
    slack: Workspace, what: str, args: dict[str, Json], run: Run, refused: int = 200
) -> Response:
    """Run one call under the lock, write it down, and answer as Slack does, when it is well."""
    exchange = slack.traffic.record(slack.clock.now(), "to_slack", what, args)
    with slack.traffic.busy(exchange):
        ailment = slack.illness.of(what)
        if ailment is not None and not ailment.after:
            return _ill(slack, exchange, ailment)
        headers, status = {}, 200
        try:
            with slack.lock:
                body = {"ok": True, **run(args)}
        except SlackRefuses as refusal:
            body, status = refusal.body(), refused
            if refusal.retry_after:
                headers, status = {"Retry-After": str(refusal.retry_after)}, 429
        if ailment is not None:
            return _ill(slack, exchange, ailment)
        exchange.status, exchange.response = status, body
        return Response(json.dumps(body), status, headers, mimetype="application/json")


def _ill(slack: Workspace, exchange: Exchange, ailment: Ailment) -> Response:
    """The answer of a Slack that is ill, or none."""
    exchange.status, exchange.response = ailment.status or 0, ailment.body
    if ailment.status is None:
        slack.illness.hangs(ailment)
        broken_off(request.environ)
    return Response(ailment.body, ailment.status or 500, dict(ailment.headers))


# How often the server looks whether it shall stop.
POLL_SECONDS = 0.02


class _Quiet(WSGIRequestHandler):
    """No access log: the inspector shows every request."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Door:
    """A threaded server on a loopback port, in the background; raises OSError when it is taken."""

    def __init__(self, app: WSGIApplication, port: int = 0) -> None:
        # Bound here, because werkzeug would end the whole program over a port that is taken.
        with socket.create_server(("127.0.0.1", port)) as bound:
            self.port: int = bound.getsockname()[1]
            self._server: BaseWSGIServer = make_server(
                "127.0.0.1",
                self.port,
                app,
                threaded=True,
                request_handler=_Quiet,
                fd=bound.fileno(),
            )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), name="slack-web-api"
        )

    def open(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def close(self) -> None:
        """Stop serving and free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
