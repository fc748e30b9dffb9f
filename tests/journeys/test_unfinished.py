"""What was acknowledged as *still working* is owed: who dies over it leaves it to the next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.advisor.ask import Asking
from bot.advisor.checklist import Checklist
from bot.advisor.team import Teams
from bot.blocks import notice
from bot.listeners import acknowledging
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.story import (
    aside,
    card,
    fills_page,
    modal,
    posted,
    shares_quick_path,
    starts,
    walks_quick_path,
)

GATEWAY = "does a service mesh replace an API gateway"


class Killed(BaseException):
    """The process is gone: nothing of it goes on."""


class Dying:
    """The first call of a piece of work never comes back; `after` it was done, or before."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch, self.over, self.times = patch, threading.Event(), 0

    def over_(self, where: type, name: str, *, after: bool = False, times: int = 1) -> None:
        """Die over this method of a room, so many times; of nothing else is the end not awaited."""
        real = getattr(where, name)
        self._gives_up_soon()

        def works(*args: Any, **more: Any) -> Any:
            self.times += 1
            if self.times > times:
                return real(*args, **more)
            if after:
                real(*args, **more)
            self.over.wait(60)
            raise Killed

        self.patch.setattr(where, name, works)

    def _gives_up_soon(self) -> None:
        """Of the act that comes next, and of that one alone."""
        lasting, patient_s = acknowledging._Lasting, acknowledging.ACK_S
        gives_up = lasting.gives_up_waiting

        def gives_up_once(*args: Any, **more: Any) -> None:
            acknowledging.ACK_S = patient_s
            gives_up(*args, **more)

        self.patch.setattr(acknowledging, "ACK_S", 0.1)
        self.patch.setattr(lasting, "gives_up_waiting", gives_up_once)


@pytest.fixture
def dying(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dying]:
    dying = Dying(monkeypatch)
    yield dying
    dying.over.set()


def another(house: House, after: float = 30) -> House:
    """The next process on the same database, so many seconds later, past all leases."""
    house.slack.patient = False
    nextly = House(house.slack, house.pack, house.db)
    nextly.clock = lambda: datetime.now(UTC) + timedelta(seconds=after)
    nextly.open()
    return nextly


def taken_up(house: House, dying: Dying, after: float = 30) -> None:
    """Let the next process do what the first died over, and end it again."""
    nextly = another(house, after)
    assert house.slack.until(lambda: _owes_nothing(nextly), 20)
    nextly.close()
    dying.over.set()
    house.slack.app_is_idle = house.idle
    house.slack.patient = True
    house.slack.settle()


def _owes_nothing(house: House) -> bool:
    return nothing_owed(house) and house.idle()


def nothing_owed(house: House) -> bool:
    """Whether every act came to its end, and all that was to be said was."""
    return not [each for each in house.kept()["owed"] if not each["lasting"]]


def unfinished(house: House) -> list[dict[str, Any]]:
    return [each for each in house.kept()["owed"] if each["kind"] == "unfinished"]


def acts(slack: Slack, act: Callable[[], Any]) -> Any:
    """Somebody acts, and nobody waits for what becomes of it."""
    slack.patient = False
    try:
        return act()
    finally:
        slack.patient = True


def test_a_question_is_answered_by_the_next_process(house: House, dying: Dying):
    ana = house.slack.person("ana")
    dying.over_(Asking, "ask")
    acts(house.slack, lambda: ana.types(f"/meshfit ask {GATEWAY}", in_="payments"))
    assert notice.STILL in aside(ana).all_text
    (row,) = unfinished(house)
    assert "response_url" not in row["data"]
    assert "token" not in row["data"]
    taken_up(house, dying)
    assert "Helpful" in aside(ana).buttons
    assert len(house.kept()["asked"]) == 1


def test_a_form_is_saved_by_the_next_process(house: House, dying: Dying):
    ana = house.slack.person("ana")
    walks_quick_path(ana)
    dying.over_(Teams, "share")
    acts(house.slack, ana.submits)
    assert notice.STILL in modal(ana).all_text
    assert posted(ana) == []
    taken_up(house, dying)
    assert notice.SAVED in modal(ana).all_text
    assert len(card(ana).thread) == 1


def test_a_page_goes_on_in_the_view_that_waits(house: House, dying: Dying):
    ana = house.slack.person("ana")
    starts(ana)
    fills_page(ana, "need")
    dying.over_(Checklist, "save")
    acts(house.slack, ana.submits)
    taken_up(house, dying)
    assert modal(ana).title == "2 of 2: Reasons to wait"
    assert len(house.kept()["answers"]) == 4


def test_a_press_is_done_by_the_next_process(house: House, dying: Dying):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    ben.types("/meshfit", in_="payments")
    dying.over_(Teams, "confirm")
    acts(house.slack, lambda: ben.presses("Still true", on=aside(ben)))
    taken_up(house, dying)
    assert "(<@U0BEN>)" in card(ana).all_text


@pytest.mark.parametrize("closed", [False, True])
def test_what_was_kept_and_not_shown_is_said_to_be_saved(house: House, dying: Dying, closed: bool):
    ana = house.slack.person("ana")
    walks_quick_path(ana)
    dying.over_(Teams, "share", after=True)
    acts(house.slack, ana.submits)
    if closed:
        ana.closes()
    taken_up(house, dying)
    assert len(posted(ana)) == 1
    said = ana.last("dm").all_text if closed else modal(ana).all_text
    assert notice.DONE_UNSEEN in said


@pytest.mark.parametrize("kind", ["command", "press", "form"])
def test_what_kills_a_second_time_is_not_tried_again_and_the_person_is_told(
    house: House, dying: Dying, kind: str
):
    ana, slack = house.slack.person("ana"), house.slack
    match kind:
        case "command":
            dying.over_(Asking, "ask", times=2)
            acts(slack, lambda: ana.types(f"/meshfit ask {GATEWAY}", in_="payments"))
        case "press":
            shares_quick_path(ana)
            ana.types("/meshfit", in_="payments")
            dying.over_(Teams, "confirm", times=2)
            acts(slack, lambda: ana.presses("Still true", on=aside(ana)))
        case _:
            walks_quick_path(ana)
            dying.over_(Teams, "share", times=2)
            acts(slack, ana.submits)
    second = another(house)
    assert slack.until(lambda: dying.times == 2)
    third = another(house, 60)
    assert slack.until(lambda: not unfinished(third) and third.relay.idle(), 20)
    text = modal(ana).all_text if kind == "form" else aside(ana).all_text
    assert notice.NOT_DONE in text
    dying.over.set()
    third.close()
    second.close()
    slack.app_is_idle = house.idle
    slack.patient = True


def test_what_lay_for_long_is_not_done_behind_anybodys_back(house: House, dying: Dying):
    ana = house.slack.person("ana")
    walks_quick_path(ana)
    dying.over_(Teams, "share")
    acts(house.slack, ana.submits)
    house.relay.end(0)  # its hands, whose clock is an hour behind
    taken_up(house, dying, after=3600)
    assert notice.NOT_DONE in modal(ana).all_text
    assert posted(ana) == []


def test_a_late_act_that_ends_by_itself_leaves_nothing_behind(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    ana, go_on = house.slack.person("ana"), threading.Event()
    monkeypatch.setattr(acknowledging, "ACK_S", 0.1)
    real = Asking.ask
    monkeypatch.setattr(Asking, "ask", lambda *at, **more: (go_on.wait(60), real(*at, **more))[1])
    acts(house.slack, lambda: ana.types(f"/meshfit ask {GATEWAY}", in_="payments"))
    assert len(unfinished(house)) == 1
    go_on.set()
    house.slack.settle()
    assert "Helpful" in aside(ana).buttons
    assert unfinished(house) == []


def test_what_is_late_and_cannot_be_kept_is_not_acknowledged(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    ana, go_on = house.slack.person("ana"), threading.Event()
    monkeypatch.setattr(acknowledging, "ACK_S", 0.1)
    real = Asking.ask
    monkeypatch.setattr(Asking, "ask", lambda *at, **more: (go_on.wait(60), real(*at, **more))[1])

    def fails(*_: Any) -> None:
        raise OSError("disk full")

    runner = house.app.listener_runner.listener_executor
    monkeypatch.setattr(runner, "keeps", fails)
    assert not acts(house.slack, lambda: _types(ana)).ok
    go_on.set()
    house.slack.settle()
    house.slack.faults.clear()
    caplog.clear()


def _types(person: Person) -> Any:
    return person.types(f"/meshfit ask {GATEWAY}", in_="payments")
