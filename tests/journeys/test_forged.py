"""What no screen sends: every id, with any value and any state, is refused in a sentence or done.

Slack sends what its clients send, and a client can be made to send anything.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt import BoltRequest

from bot.blocks import carried, ids, values
from bot.domain.pack import Pack
from playground.manifest import read_manifest
from playground.people import Person
from playground.screen import widgets
from playground.slack import Slack
from tests.blocks.gallery import gallery
from tests.incidents import exports
from tests.journeys.conftest import ROOT
from tests.journeys.gathering import adds_incidents
from tests.journeys.house import House
from tests.journeys.pilots import checklist, fills_aim
from tests.journeys.rounds import opens
from tests.journeys.story import aside, names_owner, shares_quick_path

EXAMPLES = int(os.environ.get("FORGED", "6"))
"""Of each id, a run. FORGED=100 looks further."""


@cache
def screens() -> tuple[dict[str, set[tuple[str, str]]], tuple[str, ...]]:
    """Form → the fields (block, element) that it may have; and every button and menu."""
    forms: dict[str, set[tuple[str, str]]] = {}
    actions = set[str]()
    for _, payload in gallery():
        for each in widgets(payload["blocks"]):
            if "submit" in payload and each.is_input:
                forms.setdefault(payload["callback_id"], set()).add((each.block_id, each.action_id))
            if not each.is_input or each.block.get("dispatch_action"):
                actions.add(each.action_id)
        if "submit" in payload:
            forms.setdefault(payload["callback_id"], set())
    return forms, tuple(sorted(actions))


FORMS, ACTIONS = screens()


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
        named = [
            str(row[column])
            for table, rows in house.kept().items()
            if table not in ("deliveries", "owed", "packs")
            for row in rows
            for column in ("id", "line", "wire", "export", "key")
            if row.get(column)
        ]
        self.ids = [*dict.fromkeys(named), "C0PAYMENTS", "C0PARTNERS"]

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

    def takes(self, body: dict[str, Any]) -> None:
        """Send it; nothing may be amiss but what the person is told."""
        said, body = Heard(), {**body, **self.new(body)}
        logging.getLogger().addHandler(said)
        try:
            answer = self.house.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
            assert self.slack.until(self.house.idle, 10)
        finally:
            logging.getLogger().removeHandler(said)
        assert (said.errors, answer.status < 500) == ([], True)


PARTS = """- : yes no na with mesh driver measure crash istio C0PAYMENTS D0 need hold result
p95_added policy traffic named service:ledger nodes before.driver"""
NUMBERS = """1_000 nan NaN inf -inf 1e999 -1 0 1e3 12,5 1,000 0x10 2026-02-30 2026-11-28 2026-W01
99999-01-01 -- \u0661\u0662 \u00bd"""
WORDS = ["", "  ", "\x00", "x" * 400, "9" * 400, *PARTS.split(), *NUMBERS.split()]


def worths(known_ids: list[str]) -> st.SearchStrategy[str]:
    """What a button or an option may be worth: what is known, joined, and anything else."""
    known = st.sampled_from([*known_ids, *WORDS])
    pairs = st.lists(known, min_size=2, max_size=3).map(":".join)
    return st.one_of(known, pairs, st.text(max_size=40))


def elements(ids: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What a field may be said to hold."""
    value = worths(ids)
    wrong = st.one_of(
        st.none(),
        st.integers(),
        st.booleans(),
        st.lists(value, max_size=2),
        st.dictionaries(st.sampled_from(["value", "x"]), value, max_size=1),
    )
    option = st.one_of(st.fixed_dictionaries({"value": value}), st.just({}), wrong)
    anything = st.one_of(value, wrong)
    file = st.one_of(wrong, st.fixed_dictionaries({"id": anything}))
    return st.one_of(
        st.just({}),
        st.fixed_dictionaries({"value": anything}),
        st.fixed_dictionaries({"selected_option": option}),
        st.fixed_dictionaries({"selected_options": st.one_of(wrong, st.lists(option, max_size=3))}),
        st.fixed_dictionaries({"selected_user": anything}),
        st.fixed_dictionaries({"selected_users": st.one_of(wrong, st.lists(value, max_size=3))}),
        st.fixed_dictionaries({"selected_conversation": anything}),
        st.fixed_dictionaries({"selected_date": anything}),
        st.fixed_dictionaries({"files": st.one_of(wrong, st.lists(file, max_size=2))}),
    )


METAS = [each for each in vars(carried).values() if isinstance(each, type(carried.ViewMeta))]
CARRIED = sorted({part for meta in METAS for part in meta.model_fields} - {"channel"})
"""Whatever any view carries."""


def metas(ids: list[str], form: str) -> st.SearchStrategy[str]:
    """What a view may be said to carry: what its form does, with other values; or anything."""
    some = worths(ids)
    own = carried.OF_A_FORM.get(form, carried.ViewMeta).model_fields.keys() - {"channel", "mode"}
    channel = st.sampled_from(["C0PAYMENTS", "C0PLATFORM", "", "x"])
    like = st.fixed_dictionaries({"channel": channel, **dict.fromkeys(sorted(own), some)})
    meta = st.fixed_dictionaries(
        {"channel": channel},
        optional={
            **{part: some for part in CARRIED if part not in ("mode", "modes")},
            "mode": st.sampled_from(["own", "team", "x"]),
            "modes": st.one_of(some, st.lists(some, max_size=3)),
        },
    )
    return st.one_of(
        like.map(json.dumps),
        meta.map(json.dumps),
        st.sampled_from(["", "{", "[]", "null", "{}", "7"]),
    )


@st.composite
def views(draw: st.DrawFn, ids: list[str], form: str) -> dict[str, Any]:
    """A view with some of its fields, or fields of others, or none."""
    fields = sorted(FORMS.get(form, ())) or [("x", "x")]
    chosen = draw(st.lists(st.sampled_from(fields), unique=True, max_size=len(fields)))
    state = {block: {element: draw(elements(ids))} for block, element in chosen}
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": form,
        "private_metadata": draw(metas(ids, form)),
        **({"blocks": [input_(block) for block, _ in fields]} if draw(st.booleans()) else {}),
        **draw(st.sampled_from([{"state": {"values": state}}, {"state": {}}, {}])),
    }


def input_(block: str) -> dict[str, Any]:
    return {"type": "input", "block_id": block, "element": {"type": "plain_text_input"}}


WHO = {
    "user": {"id": "U0ANA", "team_id": "T0HARBOUR"},
    "team": {"id": "T0HARBOUR"},
    "trigger_id": "1.2.x",
}


def submissions(ids: list[str], form: str) -> st.SearchStrategy[dict[str, Any]]:
    return views(ids, form).map(lambda view: {**WHO, "type": "view_submission", "view": view})


@st.composite
def presses(draw: st.DrawFn, ids: list[str], action: str) -> dict[str, Any]:
    """A press of a button, or a choice of a menu, in a message, in a view, or nowhere."""
    option = st.one_of(st.none(), st.just({}), st.fixed_dictionaries({"value": worths(ids)}))
    worth = st.fixed_dictionaries({}, optional={"value": worths(ids), "selected_option": option})
    message = {"channel": {"id": "C0PAYMENTS"}, "container": {"message_ts": "1.2"}}
    where = draw(st.one_of(st.just({}), st.just(message), views(ids, "x").map(in_view)))
    actions = [{"action_id": action, "block_id": "x", **draw(worth)}]
    return {**WHO, **where, "type": "block_actions", "actions": actions}


def in_view(view: dict[str, Any]) -> dict[str, Any]:
    return {"view": view, "container": {"view_id": "V1"}}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, shipped: Pack) -> Iterator[World]:
    with Slack(manifest=read_manifest(ROOT / "manifest.yml")) as slack:
        house = House(slack, shipped, tmp_path_factory.mktemp("forged") / "meshfit.db")
        house.open()
        try:
            house.settings = house.settings.model_copy(update={"acts": 100_000})
            house.led_by("U0ANA")
            yield World(house)
        finally:
            house.close()


BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("form", sorted(FORMS))
@BOUNDED
@given(data=st.data())
def test_no_forged_form_reaches_the_general_handler(world: World, form: str, data: st.DataObject):
    world.takes(data.draw(submissions(world.ids, form)))


@pytest.mark.parametrize("action", ACTIONS)
@BOUNDED
@given(data=st.data())
def test_no_forged_press_reaches_the_general_handler(
    world: World, action: str, data: st.DataObject
):
    world.takes(data.draw(presses(world.ids, action)))


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
