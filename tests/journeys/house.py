"""meshfit at work beside a fake Slack: opened, closed, opened again on the same database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import build_app, web_client
from bot.domain.pack import Pack
from bot.door import door
from bot.outbox.relay import Pace
from bot.settings import Settings
from bot.store import Address, Database
from bot.store.engine import store_at
from playground.idle import CountedExecutor
from playground.server import Door
from playground.slack import Slack

QUICK_PACE = Pace(first=0.02, longest=0.2, look=0.02)
UNHURRIED_S = 15.0
"""What a story waits for where it is not about waiting: a slow machine is no other story."""


class House:
    """One running meshfit; `slack` outlives it, as Slack would."""

    def __init__(self, slack: Slack, pack: Pack, db: Address, transport: str = "http") -> None:
        self.slack, self.pack, self.db, self.transport = slack, pack, db, transport
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.settings = Settings(
            slack_bot_token=slack.token,
            slack_signing_secret=slack.signing_secret,
            slack_app_token=slack.app_token,
            slack_api_url=slack.api_url,
            MESHFIT_DB=db,
            MESHFIT_PACK_OWNERS="U0ANA",
        )

    def open(self) -> None:
        """Start; every person's action from now on waits until the listeners have returned."""
        self.executor = CountedExecutor()
        built = build_app(self.settings, self.pack, self.executor)
        assert built.desk.index  # as at a start: no acknowledgement waits for it
        built.desk.clock = built.store.clock = built.relay.clock = built.once.clock = self.clock
        self.app, self.relay, self.store = built.app, built.relay, built.store
        self.relay.pace, self.store.patience_s = QUICK_PACE, UNHURRIED_S
        self.relay.start()
        self.slack.app_is_idle = self.idle
        if self.transport == "socket":
            self.entrance = SocketModeHandler(
                built.app, self.slack.app_token, web_client=web_client(self.settings)
            )
            self.entrance.connect()
            assert self.slack.delivery.wait_connected()
            return
        self.entrance = Door(door(built))
        self.entrance.open()
        self.slack.connect(f"http://127.0.0.1:{self.entrance.port}/slack/events")

    def idle(self) -> bool:
        """Whether every listener has returned, and all that is owed has arrived."""
        return self.executor.idle() and self.relay.idle()

    def close(self) -> None:
        """Stop; nothing is left but the database."""
        self.entrance.close()
        self.executor.shutdown()
        assert self.relay.end(10)
        self.store.close()

    def restart(self, pack: Pack | None = None) -> None:
        """A new process on the same database, perhaps with another knowledge pack."""
        self.close()
        self.pack = pack or self.pack
        self.open()

    def ages(self, days: int) -> None:
        """Let everything that was said here be so much older; the house is closed meanwhile."""
        self.close()
        with closing(store_at(self.db)) as store, store.writing() as db:
            for table, columns in db.columns().items():
                for column in columns:
                    if column == "at" or column.endswith("_at"):
                        _ages(db, table, column, timedelta(days))
        self.open()

    def led_by(self, *people: str) -> House:
        """The same, with leads whom the environment names."""
        self.settings = self.settings.model_copy(update={"leads": ",".join(people)})
        self.restart()
        return self

    def kept(self) -> dict[str, list[dict[str, Any]]]:
        """Table → its rows."""
        with closing(store_at(self.db)) as store, store.reading() as db:
            return {table: list(db.query(f"SELECT * FROM {table}")) for table in db.columns()}


def _ages(db: Database, table: str, column: str, by: timedelta) -> None:
    times = {row[0] for row in db.execute(f"SELECT {column} FROM {table}")}
    for each in sorted(filter(None, times)):
        older = (datetime.fromisoformat(each) - by).isoformat()
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [older, each])
