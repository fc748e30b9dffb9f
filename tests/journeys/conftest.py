"""One Slack, one meshfit, one database a test; and what must hold after every story."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import knowledge
from bot.domain.pack import Pack, Synonyms
from bot.store import Address
from playground.clock import HandClock
from playground.manifest import read_manifest
from playground.slack import Slack
from tests.journeys.claims import nobody_is_said_to_have_done_what_they_did_not
from tests.journeys.house import House
from tests.journeys.plans import Statements
from tests.journeys.screens import what_slack_holds_is_sound
from tests.journeys.wiring import every_id_hangs_in_the_gallery
from tests.postgres import a_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shipped() -> Pack:
    return knowledge.load()


@pytest.fixture(scope="session")
def pack(shipped: Pack) -> Pack:
    """The shipped pack, with few of its answers: so that its search is ready at once."""
    asked = shipped.entries["faq-api-gateway"]
    kept = (asked.id, *asked.related, "takeaway-adopt", "takeaway-not-ready")
    entries = {key: each for key, each in shipped.entries.items() if key in kept or each.blind}
    return shipped.model_copy(update={"entries": entries, "synonyms": Synonyms()})


@pytest.fixture
def transport() -> str:
    """Over which road requests come; a test may ask for "socket", or for both."""
    return "http"


@pytest.fixture(params=["sqlite", "postgres"] if os.environ.get("TEST_POSTGRES") else ["sqlite"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    """A database that nobody has used; with TEST_POSTGRES=1 every story is told on both kinds."""
    return tmp_path / "meshfit.db" if request.param == "sqlite" else a_database()


@pytest.fixture(scope="session")
def statements() -> Iterator[Statements]:
    """What every story asks of the database; each is looked at once."""
    watched = Statements()
    with pytest.MonkeyPatch.context() as patch:
        watched.watch(patch)
        yield watched


@pytest.fixture
def house(
    database: Address,
    pack: Pack,
    transport: str,
    caplog: pytest.LogCaptureFixture,
    statements: Statements,
) -> Iterator[House]:
    """A workspace with meshfit installed; ends by asking whether anything went wrong unsaid."""
    caplog.set_level(logging.INFO)
    with Slack(manifest=read_manifest(ROOT / "manifest.yml"), clock=HandClock()) as slack:
        house = House(slack, pack, database, transport)
        house.open()
        try:
            yield house
        finally:
            house.close()
    assert slack.faults == []
    assert [each.getMessage() for each in caplog.get_records("call") if each.levelno > 30] == []
    assert slack.token not in caplog.text
    assert slack.signing_secret not in caplog.text
    assert not isinstance(database, Path) or statements.walks(database) == []
    what_slack_holds_is_sound(slack)
    every_id_hangs_in_the_gallery(slack)
    nobody_is_said_to_have_done_what_they_did_not(slack, house)


@pytest.fixture
def slack(house: House) -> Slack:
    return house.slack
