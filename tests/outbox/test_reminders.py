"""A quarter of forty teams: nobody is reminded twice, outside hours, or of what is settled."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.advisor import Advisor, Desk
from bot.domain.dates.model import ActionForm, DueNotice, Thing
from bot.domain.model.workplace import Workplace
from bot.domain.pack import Pack
from bot.domain.team import Caller
from bot.store import SqliteStore, holding, migrate
from tests.shipped import SHIPPED
from tests.store.conftest import HOLD, NEED

BEGAN = datetime(2026, 11, 30, 10, tzinfo=UTC)
ZONES = ("America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "Pacific/Auckland")
TEAMS, DAYS = 40, 92


class Quarter:
    """Teams that work, people that say yes or do not, and a clock that goes on by hours."""

    def __init__(self, path: Path, pack: Pack) -> None:
        self.store, self.pack, self.now = migrate(SqliteStore(path)), pack, BEGAN
        self.tossed = random.Random(7)
        self.told: list[tuple[str, str, str, date, datetime, bool]] = []
        self.yes = set[tuple[str, str, str]]()
        self.due: dict[str, date] = {}
        """What is to be done, by this story's own books."""
        self.start()

    def start(self) -> None:
        """A new process."""
        desk = Desk(self.store, self.pack, lambda: self.now)
        self.advisor = Advisor(desk, lambda w: Workplace(time_zone=ZONES[int(w[1:]) % 4]))

    def team(self, at: int) -> Caller:
        """Somebody of a team; four workspaces with ten channels each."""
        user = f"U{at}{self.tossed.choice('ABC')}"
        return Caller(workspace=f"T{at % 4}", channel=f"C{at}", user=user)

    def begins(self, at: int) -> None:
        caller = self.team(at)
        for page in (NEED, HOLD):
            self.advisor.checklist.save(caller, "need", page)
        self.advisor.teams.share(caller, {})

    def acts(self, at: int) -> None:
        """One thing of what a team does in a quarter."""
        caller, toss = self.team(at), self.tossed.random()
        doing = self.advisor.acting.here(caller)
        if toss < 0.35:
            lines = [*(each.line for each in doing.taken), *(key for key, _ in doing.left)]
            line = self.tossed.choice(lines)
            today = self.now.date()
            due = today + timedelta(days=self.tossed.randrange(1, 30))
            action, _ = self.advisor.acting.one(caller, doing.assessment, line)
            wanted = ActionForm(owner=caller.user, due=due, remind=("action",))
            self.advisor.acting.save(caller, doing.assessment, line, wanted, action.written)
            self.yes.add((caller.workspace, caller.user, f"action:{doing.assessment}:{line}"))
            self.due[f"action:{doing.assessment}:{line}"] = due
        elif toss < 0.6 and doing.taken:
            line = self.tossed.choice(doing.taken).line
            self.advisor.acting.settle(caller, doing.assessment, line, "done")
            self.due.pop(f"action:{doing.assessment}:{line}", None)
        elif toss < 0.7:
            self.advisor.teams.confirm(caller)
        elif toss < 0.85:
            self.agrees(caller)
        else:
            self.ends_one(caller)

    def agrees(self, caller: Caller) -> None:
        for each in self.advisor.reminding.here(caller).dated:
            self.advisor.reminding.say_yes(caller, each.thing)
            self.yes.add((caller.workspace, caller.user, str(each.thing)))

    def ends_one(self, caller: Caller) -> None:
        mine = sorted(self.advisor.reminding.here(caller).mine)
        if mine:
            thing = self.tossed.choice(mine)
            self.advisor.reminding.stop(caller, Thing.read(thing))
            self.yes.discard((caller.workspace, caller.user, thing))

    def passes(self) -> None:
        """What is due by now, as the relay takes it."""
        while True:
            with self.store.writing() as db:
                due = holding.claim(db, "relay", self.now, {"dates", "reminder"}, among=True)
            if due is None:
                return
            if due.kind == "dates":
                self.advisor.reminding.follow(due.workspace, due.subject)
            else:
                thing = Thing.read(due.data["thing"])
                notice = self.advisor.reminding.to_tell(due.workspace, due.person, thing, due.id)
                if notice is not None:
                    self.tells(due.workspace, notice)
            with self.store.writing() as db:
                holding.done(db, due)

    def tells(self, workspace: str, notice: DueNotice) -> None:
        reminder = notice.reminder
        is_action = reminder.thing.kind == "action"
        settled = is_action and self.due.get(str(reminder.thing)) != notice.on
        telling = (workspace, reminder.person, str(reminder.thing), notice.on, self.now, settled)
        self.told.append(telling)
        assert telling[:3] in self.yes, telling
        self.advisor.reminding.was_told(workspace, notice, reached=True)


@pytest.mark.exhaustive
def test_in_a_quarter_of_forty_teams_nobody_is_reminded_twice_or_of_what_is_settled(
    tmp_path: Path,
):
    quarter = Quarter(tmp_path / "meshfit.db", SHIPPED)
    for at in range(TEAMS):
        quarter.begins(at)
    for _ in range(DAYS * 6):
        quarter.now += timedelta(hours=4)
        quarter.acts(quarter.tossed.randrange(TEAMS))
        if quarter.tossed.random() < 0.1:
            quarter.start()
        if quarter.tossed.random() < 0.6:  # else nobody is up, and what was due comes late
            quarter.passes()
    told = quarter.told
    assert len(told) > 60
    times = Counter(each[:4] for each in told)
    assert [each for each, many in times.items() if many > 1] == []
    assert [each for each in told if each[5]] == []
    for workspace, *_, at, _ in told:
        there = at.astimezone(ZoneInfo(ZONES[int(workspace[1:]) % 4]))
        assert there.weekday() < 5, there
        assert 9 <= there.hour < 17, there
