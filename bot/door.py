"""The HTTP door: health for anybody, everything else for Slack alone.

Nothing is parsed, acted on, kept or answered beyond 401 before the signature over the very bytes
that came in holds; whatever goes wrong until then ends in that same 401.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.signature import SignatureVerifier

from bot.app import Built
from bot.install import pages
from bot.listeners import envelopes
from bot.listeners.once import BUSY
from bot.outbox import access
from bot.telemetry import Readiness

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES = 2**20
"""Of one request; Slack's largest, a view of 250 kB with what was typed, stay well below."""
ANSWERS = 64
"""That are remembered, the last ones."""
REFUSED = BoltResponse(status=401, body={"error": "invalid request"})
MALFORMED = BoltResponse(status=400, body={"error": "malformed request"})
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found"}
_HEADERS = (
    "x-slack-request-timestamp",
    "x-slack-signature",
    "x-slack-retry-num",
    "x-slack-retry-reason",
)
_NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)


def door(built: Built, socket: SocketModeHandler | None = None) -> WSGIApplication:
    """Health in both modes, Slack's requests where no socket brings them."""
    readiness = Readiness(
        built.store, built.app.client, built.executor, socket, withdrawn=access.is_withdrawn
    )
    rooms: dict[str, WSGIApplication] = {"/healthz": alive, "/readyz": ready(readiness)}
    if socket is None and built.signing_secret is not None:
        secret = built.signing_secret.get_secret_value()
        rooms["/slack/events"] = SlackRequests(built.app, secret)
    if built.many is not None:
        rooms |= pages(built.many)

    def enter(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return rooms.get(environ["PATH_INFO"], nowhere)(environ, start_response)

    return enter


def nowhere(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Every other address."""
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"Not found"]


class SlackRequests:
    """Requests that Slack signed, handed to Bolt, each once.

    The same bytes again, from whoever recorded them, are not acted on; they get the same answer
    while it is remembered, for a proxy may have asked twice, and 503 where another process had them
    and came to no end: nothing is called done that is not. Events are claimed by their own id,
    further in, since Slack does send them again.
    """

    def __init__(self, app: App, signing_secret: str) -> None:
        self.app = app
        self.verifier = SignatureVerifier(signing_secret)
        self._answered: deque[tuple[str, BoltResponse]] = deque(maxlen=ANSWERS)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        answer = self.answer(environ)
        body = answer.body.encode()
        headers = [(name, each) for name, values in answer.headers.items() for each in values]
        reason = _REASONS.get(answer.status, "Answered")
        start_response(f"{answer.status} {reason}", [*headers, ("Content-Length", str(len(body)))])
        return [body]

    def answer(self, environ: WSGIEnvironment) -> BoltResponse:
        """401 for whoever is not Slack, 400 for what makes no sense, else what Bolt says."""
        if environ["REQUEST_METHOD"] != "POST":
            return BoltResponse(status=404, body="Not found")
        body = self._signed(environ)
        if body is None:
            return REFUSED
        try:
            request = BoltRequest(body=body.decode(), headers=_headers(environ))
        except Exception:  # whatever the body made Bolt's reading stumble over
            return MALFORMED
        if not envelopes.is_sound(request.body, self.app.client.base_url):
            return MALFORMED
        request.context["sound"] = request.body
        if request.body.get("type") == "event_callback":
            return self.app.dispatch(request)
        return self._once(request, environ["HTTP_X_SLACK_SIGNATURE"])

    def _once(self, request: BoltRequest, signature: str) -> BoltResponse:
        """Act, or answer as it was answered before; the claim further in knows what came before."""
        if before := dict(self._answered.copy()).get(signature):
            return before
        request.context["signature"] = signature
        answer = self.app.dispatch(request)
        if became := request.context.get("replayed"):
            return BoltResponse(status=200) if became == "done" else BUSY
        self._answered.append((signature, answer))
        return answer

    def _signed(self, environ: WSGIEnvironment) -> bytes | None:
        """The body, if Slack signed it within the last five minutes."""
        stamp = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        length = environ.get("CONTENT_LENGTH", "")
        if not (signature.isascii() and _NUMBER.fullmatch(stamp) and _NUMBER.fullmatch(length)):
            return None
        if int(length) > MOST_BYTES:
            return None
        try:
            body = environ["wsgi.input"].read(int(length))
            holds = len(body) == int(length) and self.verifier.is_valid(body, stamp, signature)
        except Exception:  # a line that broke, bytes that are no text: nobody is known to be there
            return None
        return body if holds else None


def alive(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """/healthz: the process answers."""
    return _said({"ok": True}, start_response)


def ready(readiness: Readiness) -> WSGIApplication:
    """/readyz: whether it can do its work, or a sentence for each thing that keeps it from it."""

    def answer(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        faults = readiness.faults()
        return _said({"ok": False, "why": faults} if faults else {"ok": True}, start_response)

    return answer


def _said(body: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    status = "200 OK" if body["ok"] else "503 Service Unavailable"
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


def _headers(environ: WSGIEnvironment) -> dict[str, str | Sequence[str]]:
    """Of the headers, which nobody signed, those that Bolt and meshfit need."""
    return {
        "content-type": environ.get("CONTENT_TYPE", ""),
        **{
            name: environ[key]
            for name in _HEADERS
            if (key := f"HTTP_{name.upper().replace('-', '_')}") in environ
        },
    }
