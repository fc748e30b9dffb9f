"""`meshfit serve` as it runs: killed in the middle, stopped in good order, knocked at."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.blocks import notice
from bot.store import holding
from bot.store.engine import store_at
from bot.store.export import export
from playground.clock import RealClock
from playground.manifest import read_manifest
from playground.people import Person
from playground.slack import Slack
from playground.world import User
from tests.journeys.house import House
from tests.journeys.life import Life, seen
from tests.journeys.story import QUICK, at_once, card, fills_page, modal, posted
from tests.served import ROOT, Served
from tests.shipped import SHIPPED

pytestmark = pytest.mark.exhaustive

KILLS = 5
SEED = 20261123
GATEWAY = "Does a service mesh replace an API gateway?"


over_http = pytest.mark.parametrize("served", ["http"], indirect=True)


class Diary:
    """What one person was told is saved; nothing else counts."""

    def __init__(self, person: Person, room: str, served: Served) -> None:
        self.person, self.room, self.served = person, room, served
        self.services = 0
        self.attempt = 0
        self.asked = set[str]()

    def goes_on(self) -> None:
        """Answer and ask again and again, until nobody answers any more."""
        while self._saves_a_page() and self._asks():
            pass

    def _saves_a_page(self) -> bool:
        person, slack = self.person, self.person._slack
        slack.world.modals[person.id] = []
        if not person.types("/meshfit assess", in_=self.room).ok:
            return False
        if not self._comes(lambda: person.modal and "result" in person.modal.callback_id):
            return False
        person.presses("Go deeper")
        if not self._comes(lambda: modal(person).title.startswith("3 of 7")):
            return False
        self.attempt += 1
        person.fills("services", self.attempt)
        answer = person.submits()
        if answer is None or not answer.ok:
            return False
        assert answer.body["response_action"] == "update"
        self.services = self.attempt
        return True

    def _comes(self, there: Callable[[], object]) -> bool:
        """Wait for what is to come, however long that takes while somebody serves."""
        self.person._slack.until(lambda: there() or not self.served.runs(), 30)
        return bool(there())

    def _asks(self) -> bool:
        question = f"{self.person.user.name} asks for the {self.attempt}th time"
        answer = self.person.types(f"/meshfit ask {question}", in_=self.room)
        if answer.ok:
            self.asked.add(question)
        return answer.ok


@over_http
def test_nothing_that_was_acknowledged_is_missing_after_kills_at_random(
    served: Served, slack: Slack
):
    chance = random.Random(SEED)
    rooms = ("payments", "platform", "partners")
    diaries = [
        Diary(slack.person(name), room, served)
        for name, room in zip(("ana", "ben", "cleo"), rooms, strict=True)
    ]
    for diary in diaries:
        walks(diary.person, diary.room)
    for _ in range(KILLS):
        threads = [threading.Thread(target=each.goes_on) for each in diaries]
        for thread in threads:
            thread.start()
        assert somebody_is_heard(slack, diaries)
        time.sleep(chance.uniform(0.0, 0.6))
        served.kill()
        for thread in threads:
            thread.join()
        nothing_is_missing(served.db, diaries)
        served.begin()
    assert sum(each.services for each in diaries) >= KILLS
    for diary in diaries:
        diary.person.types("/meshfit", in_=diary.room)
        assert "all 8 answered" in diary.person.last(diary.room).all_text


def somebody_is_heard(slack: Slack, diaries: list[Diary]) -> bool:
    """Wait until at least one more page is acknowledged."""
    before = sum(each.services for each in diaries)
    return slack.until(lambda: sum(each.services for each in diaries) > before, 60)


def walks(person: Person, room: str = "payments") -> None:
    """The quick path, up to the private result."""
    opens(person, room)
    for page in QUICK:
        fills_page(person, page)
        person.submits()
    assert modal(person).callback_id == "quick_result"


def opens(person: Person, room: str = "payments") -> None:
    """`/meshfit assess`, and the wait for its modal."""
    person.types("/meshfit assess", in_=room)
    assert sees(person, lambda: person.modal)


def sees(person: Person, there: Callable[[], object]) -> bool:
    """Whether something comes into a person's sight."""
    return person._slack.until(there, 10.0)


def has_card(person: Person) -> bool:
    """Whether the card stands in the channel, with its detail below."""
    found = [each for each in posted(person) if "Change answers" in each.buttons]
    return bool(found and found[0].thread)


def nothing_is_missing(db: Path, diaries: list[Diary]) -> None:
    """Every page and question that was acknowledged is in the database, which is sound."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        asked = {row[0] for row in connection.execute("SELECT text FROM asked")}
        for diary in diaries:
            kept = connection.execute(
                "SELECT answer FROM answers WHERE respondent = ? AND question = 'services'",
                [diary.person.id],
            ).fetchone()
            saved = int(json.loads(kept[0])["value"]) if kept else 0
            assert saved in (diary.services, diary.attempt)
            assert diary.asked <= asked


def test_what_was_acknowledged_and_not_yet_posted_is_posted_by_the_next_start(
    served: Served, slack: Slack
):
    ana = slack.person("ana")
    walks(ana)
    slack.fail_next("chat.postMessage", "ratelimited", retry_after=10)
    assert ana.submits().ok
    served.kill()
    assert posted(ana) == []
    served.begin()
    assert slack.until(lambda: has_card(ana), 60)
    assert "Should we add a service mesh? Not yet" in card(ana).all_text


@over_http
def test_kills_at_random_points_lose_nothing_and_do_nothing_twice(served: Served, slack: Slack):
    chance = random.Random(SEED)
    slack.illness.delay = 0.15
    people = [slack.person(name) for name in ("ana", "ben", "cleo")]
    for person in people:
        walks(person)
        assert person.submits().ok
    assert slack.until(lambda: has_card(people[0]), 30)
    detail = card(people[0]).thread[0]
    argued = 0
    for number in range(KILLS):
        for person in people:
            person.mentions(f"{GATEWAY} {number} {person.user.name}", in_="payments")
        argued += sum(person.presses("Argue the other side", on=detail).ok for person in people[:1])
        time.sleep(chance.uniform(0.0, 0.5))
        served.kill()
        served.begin()
        for each in [x for x in slack.traffic.sent("app_mention") if x.status != 200]:
            assert slack.until(lambda again=each: slack.redeliver(again).ok, 60)
    asked = [each for each in posted(people[0]) if GATEWAY in each.message.text]
    assert len(asked) == KILLS * len(people)
    assert slack.until(lambda: all(each.thread for each in asked), 30)
    arguments = "The other side of"
    assert slack.until(lambda: heard(people[0], arguments) >= argued, 30)
    time.sleep(0.5)  # whatever is said twice, is said by then
    assert [len(each.thread) for each in asked] == [1] * len(asked)
    assert heard(people[0], arguments) == argued
    assert len([each for each in posted(people[0]) if "Change answers" in each.buttons]) == 1
    slack.faults.clear()


SLOW = """
import time
from bot.advisor.team import Teams
from bot.__main__ import main
Teams.share = lambda *_, **more: time.sleep(600)
main()
"""
"""A machine on which to share takes ten minutes."""


@over_http
def test_what_was_still_worked_on_when_it_was_killed_is_done_after_the_next_start(
    served: Served, slack: Slack
):
    ana = slack.person("ana")
    served.kill()
    served.program = ("-c", SLOW)
    served.begin()
    walks(ana)
    assert ana.submits().ok
    assert notice.STILL in modal(ana).all_text
    served.kill()
    assert posted(ana) == []
    served.program = ("-m", "bot")
    served.begin()
    assert slack.until(lambda: has_card(ana), 45)  # a lease of the dead, and one of its delivery
    assert slack.until(lambda: notice.SAVED in modal(ana).all_text, 10)
    assert len([each for each in posted(ana) if "Change answers" in each.buttons]) == 1


def heard(person: Person, words: str) -> int:
    """How often the card's thread says this."""
    return sum(words in each.all_text for each in card(person).thread)


def test_sigterm_finishes_what_is_in_flight_and_the_next_start_what_is_owed(
    served: Served, slack: Slack
):
    ana, ben = slack.person("ana"), slack.person("ben")
    walks(ana)
    slack.fail_next("chat.postMessage", "ratelimited", retry_after=10)
    assert ana.submits().ok
    served.ask_to_stop()
    assert served.ended(within=60) == 0
    if served.mode == "http":
        assert not ben.types("/meshfit", in_="payments").ok
    assert posted(ana) == []
    served.begin()
    assert slack.until(lambda: has_card(ana), 60)
    assert len(card(ana).thread) == 1
    assert "Traceback" not in served.log


@over_http
def test_sixteen_people_who_submit_at_once_lose_nothing(served: Served, slack: Slack):
    people = [newcomer(slack, f"p{at}") for at in range(16)]
    for person in people:
        opens(person)
        fills_page(person, "need")
    answers = at_once([person.submits for person in people])
    assert all(each.ok for each in answers)
    assert max(each.ms for each in answers) < 3000
    assert all(modal(each).title == "2 of 2: Reasons to wait" for each in people)
    rows = [each["row"] for each in export(served.db) if each.get("table") == "answers"]
    assert len(rows) == 16 * 4
    assert {each["respondent"] for each in rows} == {each.id for each in people}
    assert slack.faults == []


def newcomer(slack: Slack, name: str) -> Person:
    """One more member of the workspace, in every channel of ours."""
    user = User(f"U0{name.upper()}", name, name.capitalize(), slack.world.team)
    slack.world.users[user.id] = user
    slack.channel("payments").members.add(user.id)
    return slack.person(name)


@over_http
def test_the_log_of_a_day_names_nobody_and_nothing(served: Served, slack: Slack):
    ana = slack.person("ana")
    walks(ana)
    ana.submits()
    assert sees(ana, lambda: has_card(ana))
    ana.mentions(f"{GATEWAY} zwiebelkuchen", in_="payments")
    assert sees(ana, lambda: posted(ana)[-1].thread)
    slack.fail_next("chat.postMessage", "invalid_arguments")
    ana.mentions("zwiebelkuchen?", in_="payments")
    assert sees(ana, lambda: "the reference" in " ".join(each.text for each in ana.sees("dm")))
    assert served.end() == 0
    for private in ("zwiebelkuchen", "U0ANA", "C0PAYMENTS", slack.token, slack.signing_secret):
        assert private not in served.log
    assert "meshfit serves in HTTP" in served.log
    assert "reference" in served.log


Seen = tuple[Counter[tuple[str, str]], set[tuple[str, str]]]


def best_of_days(db: Path, due: str) -> Seen:
    """What is seen where nobody is killed and Slack takes no time."""
    with Slack(manifest=read_manifest(ROOT / "manifest.yml"), clock=RealClock()) as slack:
        house = House(slack, SHIPPED, db)
        house.open()
        try:
            life = Life(house.led_by("U0CLEO").slack)
            life.due = due
            life.lives()
            assert house.relay.settle(60)
            return seen(slack)
        finally:
            house.close()


@over_http
def test_a_life_with_kills_at_random_points_shows_what_the_best_of_days_shows(
    served: Served, slack: Slack
):
    chance, kills = random.Random(SEED), 0
    served.more["MESHFIT_LEADS"] = "U0CLEO"
    served.kill()
    served.begin()
    slack.illness.delay = 0.15

    def between() -> None:
        nonlocal kills
        if chance.random() < 0.15:
            time.sleep(chance.uniform(0.0, 0.3))
            served.kill()
            served.begin()
            kills += 1

    life = Life(slack, between)
    life.due = (datetime.now(UTC) + timedelta(days=28)).date().isoformat()
    life.lives()
    assert slack.until(lambda: owes_nothing(served.db), 60)
    for_all, alone = seen(slack)
    best_for_all, best_alone = best_of_days(served.db.with_name("best.db"), life.due)
    assert kills >= KILLS
    assert for_all == best_for_all
    assert best_alone <= alone
    slack.faults.clear()


def owes_nothing(db: Path) -> bool:
    """Whether nothing is due to anybody."""
    with closing(store_at(db)) as store, store.reading() as reading:
        return not holding.waiting(reading, datetime.now(UTC))[0]
