"""What no screen sends: every id, with any value and any state, is refused in a sentence or done.

Slack sends what its clients send, and a client can be made to send anything.
"""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_bolt import BoltRequest

from bot.blocks import ids, values
from bot.blocks.carried import CardMeta
from bot.domain.pack import Pack
from playground.manifest import read_manifest
from playground.people import Person
from playground.slack import Slack
from tests.incidents import exports
from tests.journeys.conftest import ROOT
from tests.journeys.forging import WHO, Forger, screens
from tests.journeys.gathering import adds_incidents
from tests.journeys.house import House
from tests.journeys.pilots import checklist, fills_aim
from tests.journeys.rounds import opens
from tests.journeys.story import aside, names_owner, shares_quick_path

EACH = int(os.environ.get("FORGED", "12"))
"""Of each id, a run. FORGED=1000 looks further."""
FORMS, ACTIONS = screens()
NUMBERED = re.compile(r"[1-9][0-9]*$")
"""One of several buttons that are alike: the first is looked at."""


class World:
    """A workspace in which everything has happened, and what its things are called."""

    def __init__(self, house: House) -> None:
        self.house, self.slack = house, house.slack
        ana = self.slack.person("ana")
        shares_quick_path(ana)
        ana.types("/meshfit pilot", in_="payments")
        ana.presses("Plan", on=checklist(ana))
        fills_aim(ana)
        ana.submits()
        ana.fills("service_1", "ledger")
        ana.fills("service_2", "checkout")
        ana.submits()
        ana.types("/meshfit ask does a mesh replace an API gateway", in_="payments")
        self._goes_on(ana)
        self.sent = 0
        self.known = self._known(house.pack)
        self.began = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(house.db)) as there:
            there.backup(self.began)

    def as_it_was(self, seed: str) -> Forger:
        """Whatever was done to it since; and somebody who knows what is there."""
        with closing(sqlite3.connect(self.house.db)) as there:
            self.began.backup(there)
        return Forger(self.known, seed)

    def _known(self, pack: Pack) -> dict[str, list[str]]:
        """What forms and buttons call a thing → the ids of those that are there."""
        kept = self.house.kept()
        named = {
            "pilot": "pilots",
            "assessment": "assessments",
            "subject": "assessments",
            "round": "rounds",
            "sent": "imports",
            "file": "imports",
            "export": "evidence",
            "nomination": "nominations",
        }
        rows = {name: [str(each["id"]) for each in kept[table]] for name, table in named.items()}
        found = rows | {
            "line": [str(each["line"]) for each in kept["actions"]],
            "incident": [str(each["key"]) for each in kept["evidence_incidents"]],
            "wire": list(pack.tripwires),
            "page": list(pack.pages),
            "question": list(pack.questions),
            "drill": list(pack.drills),
            "modes": list(pack.modes),
            "service": ["ledger", "checkout", "mesh"],
            "endpoint": ["", "/pay"],
        }
        return {name: them for name, them in found.items() if them}

    def _goes_on(self, ana: Person) -> None:
        """A round, an owner who was asked, a line that was taken, a record, another team."""
        ben = self.slack.person("ben")
        opens(ana, ben)
        names_owner(ana, ben)
        ana.types("/meshfit actions", in_="payments")
        ana.presses("Take it", on=aside(ana))
        ana.submits()
        ana.types("/meshfit record", in_="payments")
        shares_quick_path(ana, "partners")
        adds_incidents(ana, exports.incident_io())

    def new(self, body: dict[str, Any]) -> dict[str, str]:
        """What makes it another than the last, which was acted on already."""
        self.sent += 1
        return {} if "event" in body else {"trigger_id": f"forged-{self.sent}"}

    def takes(self, body: dict[str, Any]) -> str:
        """Send it, and read the answer; nothing may be amiss but what the person is told."""
        said, body = Heard(), {**body, **self.new(body)}
        logging.getLogger().addHandler(said)
        try:
            answer = self.house.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
            assert self.slack.until(self.house.idle, 10)
        finally:
            logging.getLogger().removeHandler(said)
        assert (said.errors, answer.status < 500) == ([], True)
        return str(answer.body)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, shipped: Pack) -> Iterator[World]:
    with Slack(manifest=read_manifest(ROOT / "manifest.yml")) as slack:
        house = House(slack, shipped, tmp_path_factory.mktemp("forged") / "meshfit.db")
        house.open()
        try:
            house.settings = house.settings.model_copy(update={"acts": 100_000})
            house.led_by("U0ANA")
            world = World(house)
            with closing(world.began):
                yield world
        finally:
            house.close()


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_forged_form_reaches_the_general_handler(world: World, form: str):
    forger = world.as_it_was(form)
    for _ in range(EACH):
        world.takes(forger.submission(form, FORMS[form]))


@pytest.mark.parametrize("action", [each for each in ACTIONS if not NUMBERED.search(each)])
def test_no_forged_press_reaches_the_general_handler(world: World, action: str):
    forger = world.as_it_was(action)
    for _ in range(EACH):
        world.takes(forger.press(action, ACTIONS[action]))


def test_an_exception_of_a_rollout_that_nobody_began_is_not_entered(world: World):
    world.as_it_was("")
    (pilot,) = world.known["pilot"]
    meta = CardMeta(channel="C0PAYMENTS", pilot=pilot, written=10**6, card="1.2")
    said = {
        "service": {"x": {"value": "legacy"}},
        "reason": {"x": {"value": "speaks no TLS"}},
        "approver": {"x": {"selected_user": "U0BEN"}},
        "ends_on": {"x": {"selected_date": "2099-01-01"}},
    }
    form = {"id": "V1", "callback_id": ids.EXCEPTION, "private_metadata": str(meta)}
    view = {**form, "type": "modal", "state": {"values": said}}
    answer = world.takes({**WHO, "type": "view_submission", "view": view})
    assert "This pilot has no rollout yet." in answer


def test_a_press_in_no_view_is_answered_too(world: World):
    pressed = [{"action_id": ids.UNDO, "block_id": "x", "value": "x"}]
    world.takes({**WHO, "type": "block_actions", "view": None, "actions": pressed})


@pytest.mark.parametrize("user", [{}, {"user": None}, {"user": ""}, {"user": {}}])
def test_a_home_that_nobody_opened_is_drawn_for_nobody(world: World, user: dict[str, Any]):
    opened = {"type": "app_home_opened", "tab": "home", "channel": "D0ANA", **user}
    sent = {"type": "event_callback", "team_id": "T0HARBOUR", "event_id": f"Ev{user}"}
    world.takes({**sent, "event": opened})
    owed = [each for each in world.house.kept()["owed"] if each["kind"] == "home"]
    assert owed == []


VALUED = {
    ids.TICK: values.PilotStep,
    ids.EXPLAIN: values.PilotStep,
    ids.START_CLOCK: values.PilotDrill,
    ids.RECORD_DRILL: values.PilotDrill,
    ids.STOP_CLOCK: values.PilotDrill,
    ids.TICK_LINE: values.PilotLine,
    ids.RENEW_EXCEPTION: values.PilotException,
    ids.END_EXCEPTION: values.PilotException,
    ids.PLAN: values.Single,
    ids.READ: values.Single,
}


UNREADABLE = [("", each) for each in VALUED] + [
    (value, action)
    for value in ("x", ":")
    for action, kind in VALUED.items()
    if kind is not values.Single
]


@pytest.mark.parametrize(("value", "action"), UNREADABLE)
def test_a_button_of_another_version_is_answered_with_a_sentence(
    world: World, action: str, value: str
):
    pressed = [{"action_id": action, "block_id": "x", "value": value}]
    world.takes({**WHO, "type": "block_actions", "actions": pressed})
    assert "This button is from an earlier version" in world.slack.person("ana").last().all_text


@pytest.mark.parametrize("kind", dict.fromkeys(VALUED.values()))
@given(data=st.data())
@settings(derandomize=True, database=None)
def test_what_a_button_is_worth_reads_back_as_it_was_written(
    kind: type[values.Value], data: st.DataObject
):
    *first, last = kind.model_fields
    word = st.text(st.characters(exclude_characters=":"), min_size=1, max_size=40)
    parts = {each: data.draw(word) for each in first} | {
        last: data.draw(st.text(min_size=1, max_size=40))
    }
    assert kind.read(str(kind(**parts))) == kind(**parts)


class Heard(logging.Handler):
    """Errors and worse that were logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        trace = record.exc_info and record.exc_info[2]
        where = ""
        while trace is not None:
            where = f"{trace.tb_frame.f_code.co_filename.split('/bot/')[-1]}:{trace.tb_lineno}"
            trace = trace.tb_next
        self.errors.append(f"{record.getMessage()} at {where}")
