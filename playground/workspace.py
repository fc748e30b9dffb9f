"""A workspace: its world, tokens, traffic and trouble, and the way to the app."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

from playground.clock import Clock, RealClock
from playground.deliver import Answer, Delivery, HttpDelivery, Kind
from playground.illness import Illness
from playground.interactions import VERIFICATION, Interactions
from playground.manifest import Manifest
from playground.tokens import Tokens
from playground.traffic import Exchange, Traffic
from playground.trouble import Trouble
from playground.world import Channel, World, harbour

Json: TypeAlias = Any
IDLE_S = 30.0
"""An app that tells when it is idle is waited for: on a machine with much to do it takes long."""


class Workspace:
    """What is known on Slack's side, and requests to the app; its own doors are `Slack`'s."""

    token = "xoxb-playground"
    app_token = "xapp-playground"
    signing_secret = "playground-signing-secret"

    def __init__(self, manifest: Manifest | None, clock: Clock | None, world: World | None) -> None:
        self.clock = clock or RealClock()
        self.world = world or harbour(self.clock)
        self.manifest = manifest or Manifest()
        self.tokens = Tokens(self.world)
        self.traffic = Traffic()
        self.trouble, self.illness = Trouble(self.clock), Illness(self.clock)
        self.lock = threading.RLock()
        # What a person would have seen go wrong that was the app's fault; a clean run has none.
        self.faults: list[str] = []
        # Says whether the app has nothing left to do; without it, silence on the line must do.
        self.app_is_idle: Callable[[], bool] | None = None
        # Whether a person's action returns only when the app is done; a browser need not wait.
        self.patient = True
        self.closing = False
        self._delivery: Delivery | None = None
        self.stands_at("http://127.0.0.1")

    def stands_at(self, root: str) -> None:
        """Say under which address its Web API is reached."""
        self.root, self.api_url = root, f"{root}/api/"
        self.interactions = Interactions(self.world, self.tokens, root)

    def connect(self, url: str) -> HttpDelivery:
        """From now on send to the app's HTTP address."""
        delivery = HttpDelivery(url, self.signing_secret, self.clock)
        self._delivery = delivery
        return delivery

    def open_socket(self) -> str:
        """A Socket Mode address; from the first one on, requests travel that way."""
        from playground.socket_mode import SocketDelivery  # noqa: PLC0415

        if not isinstance(self._delivery, SocketDelivery):
            self._delivery = SocketDelivery(self.world.app_id)
        return self._delivery.open()

    @property
    def delivery(self) -> Delivery:
        """The way to the app; raises when there is none yet."""
        if self._delivery is None:
            raise RuntimeError("the app is not connected: call connect(), or let it open a socket")
        return self._delivery

    def send(
        self, kind: Kind, what: str, payload: Json, retry: tuple[int, str] | None = None
    ) -> Answer:
        """Send one request to the app, write it down, and note a missing acknowledgement."""
        exchange = self.traffic.record(self.clock.now(), "to_app", what, payload, kind)
        with self.traffic.busy(exchange):
            answer = self.delivery.send(kind, payload, retry)
        exchange.status, exchange.response = answer.status, answer.body
        exchange.ms, exchange.headers = answer.ms, dict(answer.headers)
        if not answer.ok:
            self.fault(f"{what} was not acknowledged (status {answer.status})", exchange)
        return answer

    def fault(self, says: str, exchange: Exchange | None = None) -> None:
        """Remember something that went visibly wrong."""
        if says:
            self.faults.append(says)
            if exchange:
                exchange.note = says

    def redeliver(
        self, exchange: Exchange, number: int = 1, reason: str = "http_timeout"
    ) -> Answer:
        """Send a request again, as Slack does when it saw no acknowledgement."""
        kind: Any = exchange.kind
        answer = self.send(kind, exchange.what, exchange.request, (number, reason))
        self.settle()
        return answer

    def event(self, event: dict[str, Json]) -> Answer:
        """Send any event (`app_uninstalled`, `message` with a subtype …)."""
        answer = self.send("event", str(event["type"]), self.interactions.event(event))
        self.settle()
        return answer

    def verify_url(self) -> Answer:
        """Slack's question when an address is first entered; the challenge must come back."""
        body = {"token": VERIFICATION, "challenge": "harbour-light", "type": "url_verification"}
        return self.send("event", "url_verification", body)

    def check_ssl(self) -> Answer:
        """Slack's probe of a slash command's address."""
        return self.send("command", "ssl_check", {"ssl_check": "1", "token": VERIFICATION})

    def channel(self, name: str) -> Channel:
        """A channel by name or id; raises StopIteration when there is none."""
        wanted = name.removeprefix("#")
        return next(c for c in self.world.channels.values() if wanted in (c.name, c.id))

    def fail_next(self, method: str, error: str, times: int = 1, retry_after: int = 1) -> None:
        """Let the next calls of a Web API method fail (`ratelimited` is a 429)."""
        self.trouble.fail_next(method, error, times, retry_after)

    def refuse_block(self, block_type: str) -> None:
        """Answer `invalid_blocks` to every message that holds such a block."""
        self.trouble.refuse_block(block_type)

    def grant(self, *scopes: str) -> None:
        """Let the app have exactly these scopes."""
        self.manifest = replace(self.manifest, scopes=frozenset(scopes))

    def withhold(self, *scopes: str) -> None:
        """Take these away, as whoever installs an app may do with its optional ones."""
        self.grant(*self.manifest.scopes - {*scopes})

    def until(self, holds: Callable[[], object], seconds: float = 20.0) -> bool:
        """Whether something comes true within this time."""
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                return False
            time.sleep(0.005)
        return True

    def settle(self, quiet: float = 0.12, most: float = 6.0) -> None:
        """Wait until the app has finished what it does after acknowledging.

        Where that can be asked it is waited for; else so long without traffic is taken for it.
        """
        if not self.patient:
            return
        if self.app_is_idle:
            idle = self.app_is_idle
            self.until(lambda: idle() and not self.traffic.serving, IDLE_S)
            return
        end, seen, since = time.monotonic() + most, self.traffic.count, time.monotonic()
        while time.monotonic() < min(end, since + quiet):
            time.sleep(0.01)
            if self.traffic.serving or self.traffic.count != seen:
                seen, since = self.traffic.count, time.monotonic()
