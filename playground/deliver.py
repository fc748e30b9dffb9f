"""How a request reaches the app: signed HTTP, or (see socket_mode) a WebSocket envelope."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from playground.clock import Clock

Json: TypeAlias = Any
Kind: TypeAlias = Literal["command", "interactive", "event"]
ACK_SECONDS = 3.0


@dataclass(frozen=True)
class Answer:
    """What the app said: an HTTP-like status, its body decoded where it is JSON, and how fast."""

    status: int
    body: Json
    ms: float
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether it was acknowledged in time."""
        return self.status == 200


class Delivery(Protocol):
    """A way to the app."""

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Answer:
        """Send one request and wait for its acknowledgement; `retry` is (number, reason)."""
        ...


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """Slack's signature of a request (Slack: verifying requests)."""
    base = f"v0:{timestamp}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def encode(kind: Kind, payload: Json) -> tuple[str, bytes]:
    """Content type and body: events are JSON, the others forms."""
    if kind == "event":
        return "application/json", json.dumps(payload).encode()
    form = payload if kind == "command" else {"payload": json.dumps(payload)}
    return "application/x-www-form-urlencoded", urllib.parse.urlencode(form).encode()


def decode(body: bytes) -> Json:
    """JSON where it is JSON, else text; None when empty."""
    text = body.decode("utf-8", "replace")
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


class HttpDelivery:
    """Signed POST requests to the app's one address, as Slack sends them."""

    def __init__(self, url: str, secret: str, clock: Clock) -> None:
        self._url = urllib.parse.urlsplit(url)
        self._secret = secret
        self._clock = clock

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Answer:
        """POST and wait at most three seconds; 0 stands for no answer in time."""
        content_type, body = encode(kind, payload)
        headers = {"Content-Type": content_type}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        return self.post(body, headers)

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST raw bytes with a fresh signature, unless the headers already hold one."""
        stamp = int(self._clock.now())
        signed = {
            "X-Slack-Request-Timestamp": str(stamp),
            "X-Slack-Signature": sign(self._secret, stamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(
            self._url.hostname or "", self._url.port, timeout=ACK_SECONDS
        )
        try:
            connection.request("POST", self._url.path or "/", body, {**signed, **headers})
            response = connection.getresponse()
            read, status = response.read(), response.status
            got = {name.lower(): value for name, value in response.getheaders()}
        except (OSError, http.client.HTTPException):
            read, status, got = b"", 0, {}
        finally:
            connection.close()
        return Answer(status, decode(read), (time.perf_counter() - begun) * 1000, got)
