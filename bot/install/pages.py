"""The two addresses that a browser opens to install meshfit, and comes back to from Slack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from slack_bolt import BoltRequest, BoltResponse

from bot.install.flow import INSTALL, REDIRECT, Many

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MOST_QUERY = 2048
"""Slack's code and our state stay well below."""


def pages(many: Many) -> dict[str, WSGIApplication]:
    """Path → what answers there."""
    return {
        INSTALL: _page(many.flow.handle_installation),
        REDIRECT: _page(many.flow.handle_callback),
    }


def _page(answer: Callable[[BoltRequest], BoltResponse]) -> WSGIApplication:
    """A page of Bolt's flow; nobody has signed what comes in, so little of it is looked at."""

    def show(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] != "GET" or len(query) > MOST_QUERY:
            response = BoltResponse(status=404, body="Not found")
        else:
            cookie = environ.get("HTTP_COOKIE", "")
            response = answer(BoltRequest(body="", query=query, headers={"cookie": cookie}))
        headers = [(name, each) for name, values in response.headers.items() for each in values]
        start_response(f"{response.status} {HTTPStatus(response.status).phrase}", headers)
        return [response.body.encode()]

    return show
