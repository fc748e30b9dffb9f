"""What the store promises, kept on either database: turns, claims, and what is owed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.advisor import Advisor, Desk
from bot.domain.pack import Pack
from bot.errors import BadInput, MeshfitError, NotKept, Unanswered
from bot.store import Address, Store, assessments, deliveries, holding, owed, pilots
from bot.store.engine import store_at
from bot.store.health import faults, opened
from bot.store.schema import migrations
from tests.journeys.story import at_once
from tests.postgres import a_database
from tests.store.conftest import AT, HERE, HOLD, NEED, by

MANY = 16
BEGIN = (
    "import sys; from pathlib import Path; from pydantic import SecretStr; "
    "from bot.store.health import opened; where = sys.argv[1]; sys.stdin.read(1); "
    "opened(SecretStr(where) if '://' in where else Path(where)); print('done')"
)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, path: Path) -> Address:
    return path if request.param == "sqlite" else a_database()


@pytest.fixture
def store(where: Address) -> Iterator[Store]:
    with closing(opened(where)) as store:
        store.clock = lambda: AT
        yield store


@pytest.fixture
def advisor(store: Store, pack: Pack) -> Advisor:
    return Advisor(Desk(store, pack, lambda: AT))


@pytest.mark.exhaustive
def test_of_processes_that_begin_at_once_one_migrates_and_the_others_wait(where: Address):
    address = str(where) if isinstance(where, Path) else where.get_secret_value()
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN, address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for process in begun:
        assert process.stdin is not None
        process.stdin.write("go")
        process.stdin.flush()
    outputs = [process.communicate(timeout=60) for process in begun]
    assert outputs == [("done\n", "")] * 6
    with closing(store_at(where)) as store, store.reading() as db:
        assert migrations.applied(db) == migrations.known
        assert not migrations.pending(db)


def test_a_start_waits_for_another_that_migrates_beyond_the_patience_of_an_act(where: Address):
    with closing(store_at(where)) as first, closing(store_at(where)) as second:
        second.patience_s = 0.2
        begins = threading.Thread(target=migrations.migrate, args=[second])
        first.prepare()
        with first.writing() as db:
            migrations.apply(db)
            begins.start()
            begins.join(0.7)
            assert begins.is_alive()
        begins.join(30)
        with second.writing() as db:
            assert migrations.applied(db) == migrations.known
        assert second.patience_s == 0.2


@pytest.mark.exhaustive
def test_drafts_that_are_shared_at_once_become_one_team_and_changes_at_once_lose_nothing(
    advisor: Advisor, store: Store
):
    people = [by(f"U{n}") for n in range(MANY)]
    for at in people:
        for page in (NEED, HOLD):
            advisor.checklist.save(at, "need", page)
    at_once([lambda at=at: advisor.teams.share(at, {}) for at in people])
    team = advisor.teams.card(HERE)
    assert len(team.respondents) == MANY
    numbers = ["services", "teams", "incidents_per_month", "hours_per_incident"]
    turns = [{numbers[n % 4]: {"value": n + 1}} for n in range(MANY)]
    at_once(
        [
            lambda who=who, turn=turn: advisor.teams.change(who, turn)
            for who, turn in zip(people, turns, strict=True)
        ]
    )
    assert set(numbers) <= set(advisor.teams.card(HERE).answered)
    with store.reading() as db:
        [many] = db.execute("SELECT COUNT(*) FROM assessments WHERE status <> 'draft'").fetchone()
        [changes] = db.execute("SELECT COUNT(*) FROM changesets").fetchone()
    assert (many, changes) == (1, MANY)


@pytest.mark.exhaustive
def test_teams_of_one_workspace_that_write_at_once_never_lock_one_another_out(
    advisor: Advisor, store: Store
):
    def walk(n: int) -> None:
        who = by(f"U{n}", channel=f"C{n % 4}")
        for page in (NEED, HOLD):
            advisor.checklist.save(who, "need", page)
        advisor.teams.share(who, {})
        advisor.asking.ask(who, "Does a service mesh replace an API gateway?")
        advisor.pilots.open(who)
        advisor.teams.confirm(who)
        advisor.telling.home(who)

    at_once([lambda n=n: walk(n) for n in range(MANY)])
    with store.reading() as db:
        numbers = [row[0] for row in db.execute("SELECT written FROM asked")]
        [teams] = db.execute("SELECT COUNT(*) FROM assessments WHERE status = 'open'").fetchone()
    assert len(set(numbers)) == MANY
    assert teams == 4


def test_a_team_waits_for_itself_and_for_who_writes_for_everybody_and_for_no_other(store: Store):
    inside, leave, order = threading.Event(), threading.Event(), list[str]()

    def hold() -> None:
        with store.writing(HERE):
            inside.set()
            assert leave.wait(20)
            order.append("holder")

    def follow(name: str, who: object) -> threading.Thread:
        def write() -> None:
            with store.writing(who):
                order.append(name)

        thread = threading.Thread(target=write)
        thread.start()
        return thread

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(10)
    if (store.reading.__qualname__).startswith("Postgres"):
        follow("another", by("U1", channel="C0OTHER")).join(10)
        assert order == ["another"]
    waiting = [follow("same", by("U2")), follow("everybody", None)]
    leave.set()
    for each in (holder, *waiting):
        each.join(10)
    assert order.index("holder") < min(order.index("same"), order.index("everybody"))


def test_hands_that_reach_for_the_same_rows_bring_each_once_and_a_line_in_its_order(store: Store):
    rows, brought, turn = 120, list[tuple[str, int]](), threading.Lock()
    with store.writing() as db:
        for at in range(rows):
            owed.say(db, HERE, "said", {"at": at}, line=f"line {at % 10}")
        for at in range(10):
            owed.redraw(db, HERE, "card", str(at))

    def work(name: str) -> None:
        while True:
            with store.noting() as db:
                due = holding.claim(db, name, AT, ["slow"], among=False)
            if due is None:
                with store.reading() as db:
                    if not holding.pending(db, AT):
                        return
                continue
            with turn:
                brought.append((due.line, due.data.get("at", -1)))
            with store.noting() as db:
                holding.done(db, due)

    at_once([lambda n=n: work(f"hand {n}") for n in range(4)])
    assert set(Counter(brought).values()) == {1}
    assert len(brought) == rows + 10
    for line in range(10):
        order = [at for name, at in brought if name == f"line {line}"]
        assert order == sorted(order)


def test_of_one_delivery_one_process_has_the_claim(store: Store):
    def claim(holder: str) -> str:
        with store.noting() as db:
            return deliveries.claim(db, "T0HARBOUR", "Ev1", holder, AT)

    claimed = at_once([lambda n=n: claim(f"process {n}") for n in range(8)])
    assert Counter(claimed) == {"mine": 1, "busy": 7}


def test_whoever_waits_in_vain_hears_that_it_is_busy(store: Store, where: Address):
    with closing(store_at(where)) as other, store.writing():
        other.patience_s = 0.3
        with pytest.raises(NotKept) as told, other.writing():
            pass
    assert "the database is busy with something else" in told.value.sentence


def test_what_came_later_is_newest_though_the_clock_was_set_back(store: Store, pack: Pack):
    times = iter([AT, AT - timedelta(days=3)])
    pilots_begun = list[str]()
    for at in times:
        advisor = Advisor(Desk(store, pack, lambda at=at: at))
        for page in (NEED, HOLD):
            advisor.checklist.save(HERE, "need", page)
        advisor.teams.share(HERE, {})
        advisor.teams.close(HERE)
        pilots_begun.append(advisor.pilots.open(HERE).board.id)
        with store.writing(HERE) as db:
            pilots.close(db, HERE, pilots_begun[-1], "failed", at)
    with store.reading() as db:
        begun = [each.started_at for each in assessments.history_of(db, HERE)]
        last = pilots.of_team(db, HERE)
    assert begun == [AT - timedelta(days=3), AT]
    assert last
    assert last.id == pilots_begun[1]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql://u:hidden@127.0.0.1:1/m", "Connection refused"),
        ("postgresql://u:%zzhidden@127.0.0.1:1/m", "ProgrammingError"),
    ],
)
def test_a_server_that_does_not_answer_is_told_at_once_and_may_come_later(address: str, why: str):
    """Exit code 1, not that of wrong usage: whoever runs it begins it again."""
    pytest.importorskip("psycopg", reason="needs the extra meshfit[postgres]")
    began = time.monotonic()
    with pytest.raises(MeshfitError, match=why) as told:
        opened(SecretStr(address))
    assert type(told.value) is (Unanswered if "refused" in why else BadInput)
    [fault] = faults(SecretStr(address))
    assert why in fault
    assert "hidden" not in f"{told.value} {fault}"
    assert time.monotonic() - began < 8
