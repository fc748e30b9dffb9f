"""Socket Mode: a WebSocket endpoint that hands envelopes to the app (Slack: Socket Mode)."""

from __future__ import annotations

import itertools
import json
import threading
import time
import uuid
from contextlib import suppress
from typing import Any, TypeAlias

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from playground.deliver import ACK_SECONDS, Answer, Kind

Json: TypeAlias = Any
_TYPES = {"command": "slash_commands", "interactive": "interactive", "event": "events_api"}
MOST_CONNECTIONS = 10
# Slack's client looks up only when something arrives: frequent pings let it close at once.
PING_SECONDS = 0.2


class SocketDelivery:
    """Serves the connections that `apps.connections.open` gave leave for."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._connections: list[ServerConnection] = []
        self._turn = itertools.count()
        self._answers: dict[str, Json] = {}
        self._news = threading.Condition()
        self._server: Server = serve(self._connection, "127.0.0.1", 0, ping_interval=PING_SECONDS)
        self._port = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="socket-mode")
        self._thread.start()

    def open(self) -> str:
        """A fresh address, good for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return f"ws://127.0.0.1:{self._port}/link/?ticket={ticket}&app_id={self._app_id}"

    def wait_connected(self, seconds: float = 10.0) -> bool:
        """Whether the app has connected within this time."""
        with self._news:
            return self._news.wait_for(lambda: bool(self._connections), seconds)

    def send(self, kind: Kind, payload: Json, retry: tuple[int, str] | None = None) -> Answer:
        """One envelope to one of the connections; waits for its acknowledgement."""
        name = str(uuid.uuid4())
        envelope = {
            "envelope_id": name,
            "type": _TYPES[kind],
            "payload": payload,
            "accepts_response_payload": kind != "event",
        }
        if retry:
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        begun = time.perf_counter()
        with self._news:
            if not self._news.wait_for(lambda: bool(self._connections), ACK_SECONDS):
                return Answer(0, None, ACK_SECONDS * 1000)
            connection = self._connections[next(self._turn) % len(self._connections)]
        with suppress(ConnectionClosed):  # then nobody will acknowledge it
            connection.send(json.dumps(envelope))
        with self._news:
            answered = self._news.wait_for(lambda: name in self._answers, ACK_SECONDS)
            body = self._answers.pop(name, None)
        return Answer(200 if answered else 0, body, (time.perf_counter() - begun) * 1000)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to come again, as Slack does every few hours."""
        with self._news:
            leaving = list(self._connections)
        for connection in leaving:
            connection.send(json.dumps({"type": "disconnect", "reason": reason}))

    def close(self) -> None:
        """Stop listening and hang up."""
        self._server.shutdown()
        self._thread.join()
        with self._news:
            leaving = list(self._connections)
        for connection in leaving:
            connection.close()

    def _connection(self, connection: ServerConnection) -> None:
        path = connection.request.path if connection.request else ""
        ticket = path.partition("ticket=")[2].partition("&")[0]
        if ticket not in self._tickets or len(self._connections) >= MOST_CONNECTIONS:
            connection.close(1008, "too_many_websockets" if self._connections else "no ticket")
            return
        self._tickets.discard(ticket)
        self._greet(connection)
        try:
            for text in connection:
                self._acknowledged(json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            with self._news:
                self._connections.remove(connection)

    def _greet(self, connection: ServerConnection) -> None:
        with self._news:
            self._connections.append(connection)
            self._news.notify_all()
        hello = {
            "type": "hello",
            "num_connections": len(self._connections),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "playground", "approximate_connection_time": 18060},
        }
        connection.send(json.dumps(hello))

    def _acknowledged(self, message: Json) -> None:
        with self._news:
            self._answers[message["envelope_id"]] = message.get("payload")
            self._news.notify_all()
