"""Slack's own clients, which follow no redirect: what is meant for Slack goes nowhere else."""

from __future__ import annotations

import os
import ssl
from functools import cache, lru_cache
from http.client import HTTPResponse, HTTPSConnection
from typing import Any
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.errors import BadInput
from bot.outbox.hosts import is_slacks
from bot.telemetry import TellingClient


class _Stay(HTTPRedirectHandler):
    """A redirect could carry the token, or somebody's words, elsewhere."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:  # noqa: ANN401
        """Refuse."""


class _Trusting(HTTPSHandler):
    """Every connection trusts the same certificates: to read them takes longer than an act does."""

    def https_open(self, req: Request) -> HTTPResponse:
        """As it is, but for the context."""
        return self.do_open(HTTPSConnection, req, context=trusted())


def trusted() -> ssl.SSLContext:
    """Whom this machine trusts; read anew where the file that says so is another, or came late."""
    file = ssl.get_default_verify_paths().cafile
    return _as_of(file, os.stat(file).st_mtime_ns if file else None)


@lru_cache(maxsize=1)
def _as_of(_file: str | None, _written: int | None) -> ssl.SSLContext:
    return ssl.create_default_context()


@cache
def opener(proxy: str | None = None) -> OpenerDirector:
    """What asks an address and no other; without a `proxy`, through that of the environment."""
    through = [] if proxy is None else [ProxyHandler({"http": proxy, "https": proxy})]
    return build_opener(_Stay, _Trusting, *through)


def _read(answer: HTTPResponse) -> dict[str, Any]:
    text = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
    return {"status": answer.status, "headers": answer.headers, "body": text}


class StayingClient(TellingClient):
    """Slack's Web API."""

    def _perform_urllib_http_request_internal(self, _url: str, req: Request) -> dict[str, Any]:
        with opener(self.proxy).open(req, timeout=self.timeout) as answer:
            return _read(answer)

    def send(self, address: str, content: bytes) -> None:
        """The bytes of a file, to where Slack wants them; raises `OSError` where it takes none."""
        if not is_slacks(address, self.base_url):
            raise BadInput("Slack named an address for a file that is none of its own.")
        req = Request(address, data=content, method="POST")
        with opener(self.proxy).open(req, timeout=self.timeout):
            pass


class StayingWebhook(WebhookClient):
    """An address for an answer."""

    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        with opener(self.proxy).open(req, timeout=self.timeout) as answer:
            read = _read(answer)
        return WebhookResponse(
            url=url, status_code=read["status"], body=read["body"], headers=read["headers"]
        )
