"""A locked database: nothing is acknowledged that is not kept, and people hear that it is not."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from bot.domain.pack import Pack
from bot.outbox.staying import StayingWebhook
from playground.manifest import read_manifest
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.journeys.conftest import ROOT
from tests.journeys.house import House
from tests.journeys.story import QUICK, aside, at_once, modal, shares_quick_path, starts
from tests.store.conftest import every_row

BUSY = "Nothing of this was saved: the database is busy with something else."


@pytest.fixture
def ill(tmp_path: Path, pack: Pack, caplog: pytest.LogCaptureFixture) -> Iterator[House]:
    """A house whose log may tell of trouble."""
    caplog.set_level(logging.CRITICAL, "bot")
    with Slack(manifest=read_manifest(ROOT / "manifest.yml")) as slack:
        house = House(slack, pack, tmp_path / "meshfit.db")
        house.open()
        try:
            yield house
        finally:
            house.close()


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another process holds the writer's lock meanwhile, and nobody is patient with it.

    Nothing that is owed can be noted then: who acts waits for the listeners alone.
    """
    patient_s, house.store.patience_s = house.store.patience_s, 0.2
    house.slack.app_is_idle = house.executor.idle
    with closing(sqlite3.connect(house.db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    house.store.patience_s, house.slack.app_is_idle = patient_s, house.idle


def saves_page(person: Person) -> None:
    for question, answer in QUICK["need"].items():
        person.chooses(question, answer)
    person.submits()


def test_a_page_that_cannot_be_kept_is_not_taken(ill: House):
    ana = ill.slack.person("ana")
    starts(ana)
    before = every_row(ill.db)
    with locked(ill):
        saves_page(ana)
        assert BUSY in modal(ana).all_text
        assert every_row(ill.db) == before
    ana.closes()
    ana.closes()
    starts(ana)
    saves_page(ana)
    assert len(every_row(ill.db)["answers"]) == 4


def test_what_is_pressed_or_typed_meanwhile_is_answered(ill: House):
    ana = ill.slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit", in_="payments")
    shown = aside(ana)
    before = kept(ill)
    with locked(ill):
        ana.presses("Still true", on=shown)
        assert [BUSY in each.all_text for each in asides_to(ana)] == [False, False, True]
        for typed in ("pilot", "why"):
            ana.types(f"/meshfit {typed}", in_="payments")
        assert [BUSY in each.all_text for each in asides_to(ana)] == [
            False,
            False,
            True,
            True,
            True,
        ]
    assert kept(ill) == before
    ana.types("/meshfit pilot", in_="payments")
    assert len(every_row(ill.db)["pilots"]) == 1


def test_where_slack_takes_no_answer_either_it_is_not_acknowledged(
    ill: House, monkeypatch: pytest.MonkeyPatch
):
    def away(*_: object) -> None:
        raise URLError("refused")

    ana = ill.slack.person("ana")
    shares_quick_path(ana)
    ana.types("/meshfit", in_="payments")
    monkeypatch.setattr(StayingWebhook, "send_dict", away)
    with locked(ill):
        assert ana.presses("Still true", on=aside(ana)).status == 503
    ill.slack.faults.clear()


@pytest.mark.parametrize("lost", ["deleted", "emptied", "replaced"])
def test_what_would_go_into_a_file_that_is_gone_is_not_taken(ill: House, lost: str):
    ana = ill.slack.person("ana")
    ana.types("/meshfit", in_="payments")
    if lost == "emptied":
        os.truncate(ill.db, 0)
    else:
        Path(ill.db).unlink()
    if lost == "replaced":
        Path(ill.db).write_text("somebody else's")
    ana.types("/meshfit pilot", in_="payments")
    line = "Nothing of this was saved: the database is no longer the file that I opened."
    assert line in aside(ana).all_text
    assert ill.store.unready()
    if lost == "replaced":
        assert Path(ill.db).read_text() == "somebody else's"


def asides_to(person: Person) -> list[ShownMessage]:
    """What only this person sees in the channel."""
    return [each for each in person.sees("payments") if each.ephemeral]


def kept(house: House) -> dict[str, list[tuple[object, ...]]]:
    """What people said and did."""
    passing = {"deliveries", "owed", "writings"}
    return {name: rows for name, rows in every_row(house.db).items() if name not in passing}


def test_a_mention_meanwhile_is_not_acknowledged_so_that_slack_sends_it_again(ill: House):
    ana = ill.slack.person("ana")
    with locked(ill):
        ana.mentions("what is a mesh?", in_="payments")
        assert every_row(ill.db)["asked"] == []
    assert any("503" in str(each) for each in ill.slack.faults)
    ill.slack.faults.clear()


def test_threads_that_wait_for_the_same_lock_are_told_together(ill: House):
    """Each waits for its turn and for the lock once, not for all who came before."""
    people = [ill.slack.person(name) for name in ("ana", "ben", "cleo")]
    with locked(ill):
        at_once([lambda each=each: each.types("/meshfit pilot", in_="payments") for each in people])
        assert all(BUSY in aside(each).all_text for each in people)
    assert every_row(ill.db)["pilots"] == []
