"""Wiring: settings, pack and store in, a Bolt app out. Nothing connects at import."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from pydantic import SecretStr
from slack_bolt import App
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.advisor import Advisor, Desk, Retention
from bot.advisor.counted_acts import CountedActs
from bot.domain.pack import Pack
from bot.install import Authorizing, Many, many
from bot.listeners import act, envelopes, failures, nul, strangers
from bot.listeners.acknowledging import Acknowledged, UntilAcknowledged
from bot.listeners.handles import NotedHandles
from bot.listeners.installation import Installation
from bot.listeners.limits import Limits
from bot.listeners.once import Once
from bot.listeners.responding import Responding
from bot.listeners.straight import Straight, straighten
from bot.listeners.strays import Strays
from bot.listeners.unfinished import Unfinished
from bot.outbox import access
from bot.outbox.kinds import SLOW, kinds
from bot.outbox.relay import Relay
from bot.outbox.staying import StayingClient
from bot.routes import route
from bot.settings import Settings
from bot.store import Store, health
from bot.telemetry import Counts, Watching, counts
from bot.telemetry.logs import QUIET

THREADS = 64
"""Bolt's own five listener threads make the sixth click miss its three seconds."""
TIMEOUT_S = 5
"""For what is asked of Slack while a form is to open: a trigger is good for three."""

PATIENCE_S = 1.3
"""A request is claimed, then what it does is kept: who waits hears within Slack's three seconds
that the database does not take it."""


class Built(NamedTuple):
    """A Bolt app, its listeners' threads (waited for at the end), and what its door needs."""

    app: App
    executor: Executor
    signing_secret: SecretStr | None
    once: Once
    store: Store
    relay: Relay
    """Brings what is owed to Slack, once it is started."""
    desk: Desk
    sweep: Callable[[], int]
    """Forgets what is older than it is to be kept."""
    many: Many | None = None
    """How workspaces install it by themselves, where that is asked for."""
    counts: Counts = Counts()
    """How it fares, for whoever looks."""


def build_app(settings: Settings, pack: Pack, executor: Executor | None = None) -> Built:
    """The whole of meshfit as a Bolt app; raises `BadInput` when the database is of no use."""
    threads = executor or ThreadPoolExecutor(THREADS, "listener")
    counted = counts(settings.metrics)
    desk, client = _desk(settings, pack, counted), web_client(settings, counted)
    store, group = desk.store, many(settings, desk.store, client, desk.clock)
    app = _bolt(settings, client, runner := UntilAcknowledged(threads), group)
    once, advisor = Once(store, desk.clock), Advisor(desk, settings.workplace)
    for each in (
        nul.take_out,
        Responding(advisor.telling).middleware,
        envelopes.refuse,
        Installation().middleware,
        runner.middleware,
        act.middleware,
        once.middleware,
        strangers.refuse,
        NotedHandles(advisor.handles).middleware,
        Strays(advisor.telling).middleware,
        _limits(advisor, once).middleware,
    ):
        app.use(Straight(each))
    _hang(app, advisor, group)
    carried = kinds(advisor, client, group and group.installations.token)
    relay = Relay(store, desk.clock, carried, SLOW)
    carried["unfinished"] = Unfinished(app, once, relay).kept_for(runner)
    app.watch, relay.counts = Watching(counted), counted
    sweep = Retention(desk, settings.retention_days, advisor.workplaces.every).sweep
    doors = settings.slack_signing_secret, once, store, relay, desk, sweep, group, counted
    return Built(app, threads, *doors)


def _hang(app: App, advisor: Advisor, group: Many | None) -> None:
    """Every journey, its listeners handed what they name."""
    route(app, advisor, group.installations if group else None)
    straighten(app)


def _limits(advisor: Advisor, once: Once) -> Limits:
    """How much one person may ask, counted with the claim of each act."""
    counted = CountedActs(advisor.desk)
    limits = Limits(advisor.workplaces.lately, counted)
    once.beside = lambda db, body, context: limits.count(partial(counted.add, db), body, context)
    return limits


def _desk(settings: Settings, pack: Pack, counted: Counts) -> Desk:
    """The desk over the database, which is opened with it."""
    store = health.opened(settings.db)
    store.patience_s, store.timed = PATIENCE_S, counted.database
    desk = Desk(store, pack)
    desk.noted = counted.noted
    return desk


def _bolt(
    settings: Settings, client: StayingClient, runner: UntilAcknowledged, group: Many | None
) -> Acknowledged:
    """Bolt, for the one workspace whose token is given, or for all that installed it."""
    secret = settings.slack_signing_secret
    app = Acknowledged(
        name="meshfit",  # Bolt would look through every loaded module for one
        logger=_bolts_log(),
        client=client,
        authorize=Authorizing(group.installations) if group else None,  # type: ignore[arg-type]
        oauth_flow=group.flow if group else None,
        signing_secret=secret.get_secret_value() if secret else "socket mode checks none",
        token_verification_enabled=False,
        listener_executor=runner,
        raise_error_for_unhandled_request=True,
        user_facing_authorize_error_message=access.NOT_INSTALLED if group else access.UNCONFIRMED,
    )
    app.error(failures.handle)
    return app


def _bolts_log() -> logging.Logger:
    """Below errors, Bolt quotes the bodies of requests it refuses."""
    log = logging.getLogger("bot.bolt")
    log.setLevel(logging.ERROR)
    return log


def web_client(settings: Settings, counted: Counts | None = None) -> StayingClient:
    """Slack's Web API, asked twice where a connection broke or its server failed.

    A rate limit is not waited for in a listener's thread: what may wait is owed.
    """
    token = settings.slack_bot_token
    client = StayingClient(
        token=token.get_secret_value() if token else None,
        base_url=settings.slack_api_url.rstrip("/") + "/",
        timeout=TIMEOUT_S,
        logger=QUIET,
        retry_handlers=[
            ConnectionErrorRetryHandler(max_retry_count=1),
            ServerErrorRetryHandler(max_retry_count=1),
        ],
    )
    if counted is not None:
        client.told = counted.slack
    return client
