"""One Slack, one meshfit, one database a test; and what must hold after every story."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.pack import Pack, Synonyms
from bot.listeners import acknowledging
from bot.store import Address
from bot.store.health import opened
from playground import deliver, socket_mode
from playground.clock import HandClock
from playground.manifest import read_manifest
from playground.people import Person
from playground.slack import Slack
from playground.world import User
from tests.journeys.claims import Witness, nobody_is_said_to_have_done_what_they_did_not
from tests.journeys.house import UNHURRIED_S, House
from tests.journeys.plans import Statements
from tests.journeys.screens import what_slack_holds_is_sound
from tests.journeys.wiring import every_id_hangs_in_the_gallery
from tests.postgres import a_ready_database
from tests.shipped import SHIPPED

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shipped() -> Pack:
    return SHIPPED


@pytest.fixture(scope="session")
def pack(shipped: Pack) -> Pack:
    """The shipped pack, with few of its answers: so that its search is ready at once."""
    asked = shipped.entries["faq-api-gateway"]
    kept = (asked.id, *asked.related, "takeaway-adopt", "takeaway-not-ready")
    entries = {key: each for key, each in shipped.entries.items() if key in kept or each.blind}
    return shipped.model_copy(update={"entries": entries, "synonyms": Synonyms()})


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is late because the machine is slow; stories of what is late say so themselves."""
    monkeypatch.setattr(acknowledging, "ACK_S", UNHURRIED_S)
    for road in (deliver, socket_mode):
        monkeypatch.setattr(road, "ACK_SECONDS", 2 * UNHURRIED_S)


@pytest.fixture
def transport() -> str:
    """Over which road requests come; a test may ask for "socket", or for both."""
    return "http"


ON_BOTH = {"test_deliveries", "test_many", "test_owed", "test_records", "test_team"}
"""Stories of claims, leases, what is owed, sharing, deleting and workspaces."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """With TEST_POSTGRES=1 every story is told on both databases, in CI those of `ON_BOTH`."""
    if "database" not in metafunc.fixturenames:
        return
    chosen = os.environ.get("CI") and metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
    kinds = ["sqlite", "postgres"] if os.environ.get("TEST_POSTGRES") or chosen else ["sqlite"]
    metafunc.parametrize("database", kinds, indirect=True)


@pytest.fixture(scope="session")
def up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that nobody has used, in today's schema: copied for each story."""
    path = tmp_path_factory.mktemp("up-to-date") / "meshfit.db"
    opened(path).close()
    return path


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, up_to_date: Path) -> Address:
    """A database that nobody has used."""
    if request.param == "postgres":
        return a_ready_database()
    return Path(shutil.copy(up_to_date, tmp_path))


@pytest.fixture(scope="session")
def statements() -> Iterator[Statements]:
    """What every story asks of the database; each is looked at once."""
    watched = Statements()
    with pytest.MonkeyPatch.context() as patch:
        watched.watch(patch)
        yield watched


@pytest.fixture
def witness(monkeypatch: pytest.MonkeyPatch) -> Witness:
    """Who did what in the story, as it was written down."""
    seen = Witness()
    seen.watch(monkeypatch)
    return seen


@pytest.fixture
def house(
    database: Address,
    pack: Pack,
    transport: str,
    caplog: pytest.LogCaptureFixture,
    statements: Statements,
    witness: Witness,
) -> Iterator[House]:
    """A workspace with meshfit installed; ends by asking whether anything went wrong unsaid."""
    caplog.set_level(logging.INFO)
    with Slack(manifest=read_manifest(ROOT / "manifest.yml"), clock=HandClock()) as slack:
        house = House(slack, pack, database, transport)
        statements.watching = True
        house.open()
        try:
            yield house
        finally:
            house.close()
            statements.watching = False
    assert slack.faults == []
    assert [each.getMessage() for each in caplog.get_records("call") if each.levelno > 30] == []
    assert slack.token not in caplog.text
    assert slack.signing_secret not in caplog.text
    assert not isinstance(database, Path) or statements.walks(database) == []
    what_slack_holds_is_sound(slack)
    every_id_hangs_in_the_gallery(slack)
    nobody_is_said_to_have_done_what_they_did_not(slack, house, witness)


@pytest.fixture
def later(house: House) -> Callable[..., None]:
    """Let days pass, with a restart, under another pack or the same."""

    def passes(days: int, pack: Pack | None = None) -> None:
        house.clock = lambda: datetime.now(UTC) + timedelta(days=days)
        house.restart(pack)

    return passes


@pytest.fixture
def led(house: House) -> None:
    """cleo leads."""
    house.led_by("U0CLEO")


@pytest.fixture
def slack(house: House) -> Slack:
    return house.slack


@pytest.fixture
def five(slack: Slack) -> list[Person]:
    """Five people of the channel."""
    for name in ("dora", "finn"):
        user = User(f"U0{name.upper()}", name, name.title(), slack.world.team)
        slack.world.users[user.id] = user
        room = slack.channel("payments")
        slack.world.channels[room.id] = replace(room, members=room.members | {user.id})
    return [slack.person(each) for each in ("ana", "ben", "cleo", "dora", "finn")]
