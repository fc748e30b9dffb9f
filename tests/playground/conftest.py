"""A small Slack and a small app on either transport: the fake is itself under test here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, Response, request
from slack_bolt import App
from slack_bolt.adapter.flask import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground.clock import HandClock
from playground.idle import CountedExecutor
from playground.server import Door
from playground.slack import Slack
from tests.playground.sample_app import register


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def slack(clock: HandClock) -> Iterator[Slack]:
    with Slack(clock=clock) as running:
        yield running


@pytest.fixture
def web(slack: Slack) -> WebClient:
    return WebClient(slack.token, base_url=slack.api_url, retry_handlers=[])


def bolt(slack: Slack) -> App:
    client = WebClient(slack.token, base_url=slack.api_url)
    executor = CountedExecutor()
    slack.app_is_idle = executor.idle
    app = App(client=client, signing_secret=slack.signing_secret, listener_executor=executor)
    register(app)
    return app


@contextmanager
def over_http(slack: Slack) -> Iterator[None]:
    handler, door = SlackRequestHandler(bolt(slack)), Flask("sample")

    @door.post("/slack/events")
    def events() -> Response:
        return handler.handle(request)

    running = Door(door)
    running.open()
    slack.connect(f"http://127.0.0.1:{running.port}/slack/events")
    try:
        yield
    finally:
        running.close()


@contextmanager
def over_socket(slack: Slack) -> Iterator[None]:
    client = WebClient(slack.app_token, base_url=slack.api_url)
    handler = SocketModeHandler(bolt(slack), slack.app_token, web_client=client, ping_interval=1)
    handler.connect()
    assert slack.delivery.wait_connected()
    try:
        yield
    finally:
        handler.close()


Transport = Callable[[Slack], object]


@pytest.fixture(params=[over_http, over_socket], ids=["http", "socket"])
def app(request: pytest.FixtureRequest, slack: Slack) -> Iterator[None]:
    with request.param(slack):
        yield


@pytest.fixture
def http_app(slack: Slack) -> Iterator[None]:
    with over_http(slack):
        yield


def no_threads_left() -> set[str]:
    return {t.name for t in threading.enumerate() if t.name in ("slack-web-api", "socket-mode")}
