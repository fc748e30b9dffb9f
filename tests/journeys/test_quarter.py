"""A quarter of forty teams: who said yes is told once for each date, and of nothing settled.

People act at random, by a seed; every message that arrives is held against a book kept here, which
knows only what they did: no rule of when something is due is read from the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.advisor import Advisor, Desk
from bot.domain.dates.due import mark
from bot.domain.dates.model import Action, ActionForm, Thing
from bot.domain.rounds.model import ToAsk
from bot.domain.team import Caller
from bot.errors import MeshfitError
from playground.screen import widgets
from playground.world import Channel, Message, User
from tests.journeys.house import House
from tests.journeys.story import QUICK

TEAMS, DAYS, ACTS_A_DAY = 40, 92, 14
HOURS_OF_A_DAY = (0, 3, 6, 9, 12, 15, 18, 21)
MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
ZONES = {"U0ANA": "America/Los_Angeles", "U0BEN": "Asia/Tokyo"}
LEAVES = "U0FINN"
LEAVES_ON = 45
"""Which of the days is the last one of who leaves."""


@dataclass
class Yes:
    """What somebody said yes to."""

    said: date
    snoozed: date | None = None


@dataclass
class Book:
    """Who said yes to what, what is settled, when what is due, and what was told."""

    yes: dict[tuple[str, str], Yes] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    answered: set[tuple[str, str]] = field(default_factory=set)
    due: dict[str, date] = field(default_factory=dict)
    told: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    again: int = 0
    in_threads: list[str] = field(default_factory=list)

    def agrees(self, user: str, thing: str, today: date) -> None:
        """Whoever said stop begins anew by it; another yes beside the first says nothing."""
        if (user, thing) not in self.yes:
            self.yes[user, thing] = Yes(today)
            self.told = {key: at for key, at in self.told.items() if key[:2] != (user, thing)}

    def answers(self, asked: str) -> None:
        """Whoever was silent is no more; asked anew, that is another silence."""
        self.settled.add(asked)
        self.yes = {key: yes for key, yes in self.yes.items() if key[1] != asked}
        self.told = {key: at for key, at in self.told.items() if key[1] != asked}

    def ends(self, *subjects: str) -> None:
        """An assessment or a round is over, with all that was asked of it."""
        gone = [key for key in self.yes if Thing.read(key[1]).subject in subjects]
        for key in gone:
            self.settled.add(key[1])
            del self.yes[key]


class Quarter:
    """Forty channels of one workspace, eight people, and a clock that this moves."""

    def __init__(self, house: House) -> None:
        self.house, self.world, self.random = (
            house,
            house.slack.world,
            Random(16),
        )
        self.now, self.book = MONDAY, Book()
        self.seen: dict[str, int] = {}
        self.assessments: dict[str, str] = {}
        self.owners: dict[str, tuple[str, str]] = {}
        self.rounds: dict[str, tuple[str, tuple[str, ...], datetime]] = {}
        self.actions: dict[str, tuple[str, Action]] = {}
        house.clock = lambda: self.now
        for name in ("dora", "finn", "gus", "hana", "ivo"):
            user = User(f"U0{name.upper()}", name, name.title(), self.world.team)
            self.world.users[user.id] = user
        everybody = {*self.people, self.world.bot.id}
        for at in range(TEAMS):
            room = Channel(f"C0TEAM{at:02}", f"team-{at:02}", "public", set(everybody))
            self.world.channels[room.id] = room
        self.restarts()
        for at in range(TEAMS):
            self.shares(self.at(f"C0TEAM{at:02}", self.anybody()))
        for person, zone in ZONES.items():
            self.advisor.reminding.lives_in(self.at("", person), zone)

    @property
    def people(self) -> list[str]:
        return sorted(each for each, user in self.world.users.items() if not user.is_bot)

    def anybody(self) -> str:
        return self.random.choice(self.people)

    def at(self, channel: str, user: str) -> Caller:
        return Caller(workspace=self.world.team, channel=channel, user=user)

    @property
    def today(self) -> date:
        return self.now.date()

    def restarts(self) -> None:
        self.house.restart()
        self.advisor = Advisor(Desk(self.house.store, self.house.pack, self.house.clock))

    def shares(self, caller: Caller) -> None:
        for page in QUICK.values():
            self.advisor.checklist.save(caller, "need", page | self.random.choice(SITUATIONS))
        shared = self.advisor.teams.share(caller, {})
        self.assessments[caller.channel] = shared.standing.assessment.id

    # What people do

    def acts(self) -> None:
        """Somebody does something; what is refused, or had nothing to choose from, was no act."""
        does = self.random.choice(
            [self.says_yes, self.takes] * 6
            + [self.names_owner, self.hands_in, self.asks] * 2
            + [self.answers, self.finishes, self.moves, self.confirms, self.closes]
        )
        caller = self.at(f"C0TEAM{self.random.randrange(TEAMS):02}", self.anybody())
        try:
            does(caller)
        except (MeshfitError, LookupError):
            return

    def says_yes(self, caller: Caller) -> None:
        unasked = self.advisor.reminding.here(caller).unasked
        thing = self.random.choice(unasked).thing
        self.advisor.reminding.say_yes(caller, thing)
        self.book.agrees(caller.user, str(thing), self.today)

    def takes(self, caller: Caller) -> None:
        line, _ = self.random.choice(self.advisor.acting.here(caller).left)
        assessment = self.assessments[caller.channel]
        self._due(caller, assessment, line, seen=0, remind=True)

    def moves(self, caller: Caller) -> None:
        channel, action = self.random.choice(list(self.actions.values()))
        there = self.at(channel, action.owner)
        self._due(there, action.assessment, action.line, seen=action.written, remind=False)

    def _due(self, caller: Caller, assessment: str, line: str, *, seen: int, remind: bool) -> None:
        due = self.today + timedelta(days=self.random.randrange(1, 25))
        reminds = ("action",) if remind else ()
        wanted = ActionForm(owner=caller.user, due=due, remind=reminds)
        kept = self.advisor.acting.save(caller, assessment, line, wanted, seen)
        thing = f"action:{assessment}:{line}"
        self.actions[thing] = (caller.channel, kept)
        self.book.due[thing] = due
        if remind:
            self.book.agrees(caller.user, thing, self.today)

    def finishes(self, caller: Caller) -> None:
        thing, (channel, action) = self.random.choice(list(self.actions.items()))
        state = self.random.choice(("done", "dropped"))
        there = self.at(channel, caller.user)
        self.advisor.acting.settle(there, action.assessment, action.line, state)
        self.book.settled.add(thing)
        del self.actions[thing]

    def confirms(self, caller: Caller) -> None:
        self.advisor.teams.confirm(caller)

    def closes(self, caller: Caller) -> None:
        """Whoever began it ends it, and begins another."""
        began = self.advisor.teams.card(caller).assessment.started_by
        there = self.at(caller.channel, began)
        assert self.advisor.teams.close(there)
        over = self.assessments[caller.channel]
        self.owners.pop(caller.channel, None)
        self.book.ends(over)
        self.actions = {
            thing: each for thing, each in self.actions.items() if each[1].assessment != over
        }
        self.shares(there)

    def names_owner(self, caller: Caller) -> None:
        """And wants to hear of it where they stay silent."""
        named, assessment = self.anybody(), self.assessments[caller.channel]
        self.advisor.owning.nominate(caller, named)
        before, thing = self.owners.pop(caller.channel, None), f"owner:{assessment}:{mark(named)}"
        if before and (before[0] != thing or named == caller.user):
            self.book.answers(before[0])
        if named == caller.user:
            return  # who names themselves has accepted
        self.owners[caller.channel] = (thing, named)
        self.book.settled.discard(thing)
        self.advisor.reminding.say_yes(caller, Thing.read(thing))
        self.book.agrees(caller.user, thing, self.today)

    def answers(self, caller: Caller) -> None:
        """Whoever was asked says yes or no."""
        thing, named = self.owners.pop(caller.channel)
        self.book.answers(thing)
        accepts = self.random.random() < 0.3
        subject = Thing.read(thing).subject
        there = self.at(caller.channel, named)
        self.advisor.owning.answer_request(there, subject, accepts=accepts)

    def asks(self, caller: Caller) -> None:
        people = tuple(self.random.sample(self.people, 4))
        until = self.today + timedelta(days=self.random.randrange(2, 9))
        chosen = ToAsk(people=people, until=until, names="anonymous", questions=tuple(EIGHT))
        opened = self.advisor.rounds.open(caller, chosen)
        self.rounds[opened.id] = (caller.channel, people, opened.closes_at)
        thing = Thing(kind="round", subject=opened.id)
        for each in people[:3]:
            self.advisor.reminding.say_yes(self.at(caller.channel, each), thing)
            self.book.agrees(each, str(thing), self.today)

    def hands_in(self, caller: Caller) -> None:
        name, (channel, people, _) = self.random.choice(list(self.rounds.items()))
        person = self.random.choice(people)
        for page in range(2):
            asked = self.advisor.rounds.page(self.at(channel, person), name, page).questions
            said = {each.id: EIGHT[each.id] for each in asked}
            self.advisor.rounds.answer(self.at(channel, person), name, page, said)
        self.book.answered.add((person, f"round:{name}:"))

    # What arrives

    def passes(self) -> None:
        """What is due by now arrives, and is held against the book."""
        for name, (_, _, closes) in list(self.rounds.items()):
            if closes <= self.now:
                self.book.ends(name)
                del self.rounds[name]
        self.house.relay.wake()
        while not self.house.relay.settle(20):
            self.now += timedelta(minutes=1)  # a busy machine let a hand's lease run out
        for room, message in self._arrived():
            (user,) = room.members - {self.world.bot.id}
            things = [w.element["value"] for w in widgets(message.blocks) if w.action_id == DONE]
            for thing in things:
                self._holds(user, thing, message.text)
        threads = (m for room in self.world.messages.values() for m in room)
        self.book.in_threads = [m.text for m in threads if "does not let me write" in m.text]

    def _arrived(self) -> Iterator[tuple[Channel, Message]]:
        for name, room in self.world.channels.items():
            if room.kind == "im":
                said = self.world.messages.get(name, [])
                for message in said[self.seen.get(name, 0) :]:
                    yield room, message
                self.seen[name] = len(said)

    def _holds(self, user: str, thing: str, text: str) -> None:
        book, said = self.book, f"{thing} to {user} at {self.now}: {text}"
        assert (user, thing) in book.yes, f"nobody asked: {said}"
        assert thing not in book.settled, f"settled: {said}"
        assert (user, thing) not in book.answered, f"answered: {said}"
        there = self.now.astimezone(ZoneInfo(ZONES.get(user, "UTC")))
        assert (there.weekday() < 5, 9 <= there.hour < 17) == (True, True), f"asleep: {said}"
        day = re.search(r"\((\d+ \w+ \d+)\)", text)
        key, yes = (user, thing, day[1] if day else ""), book.yes[user, thing]
        if key in book.told:
            assert yes.snoozed, f"twice: {said}"
            assert yes.snoozed <= there.date(), f"before the week was over: {said}"
            book.again += 1
        book.told[key], yes.snoozed = self.now, None
        self._answers(user, thing)

    def _answers(self, user: str, thing: str) -> None:
        """Nothing, Done, Snooze or Stop."""
        does = self.random.choice(("", "done", "snooze", "stop"))
        if does:
            getattr(self.advisor.reminding, does)(self.at("D0", user), Thing.read(thing))
        if does == "stop":
            del self.book.yes[user, thing]
        if does == "snooze":
            self.book.yes[user, thing].snoozed = self.today + timedelta(days=7)

    def leaves(self) -> None:
        """Slack takes no message for them any more, and they press nothing."""
        del self.world.users[LEAVES]

    def nothing_is_lost(self) -> None:
        """Of what was to be done by last week and is open still, whoever said yes was told."""
        for (user, thing), yes in self.book.yes.items():
            due = self.book.due.get(thing)
            if due and thing in self.actions and yes.said <= due <= self.today - timedelta(7):
                told = (user, thing, f"{due:%-d %b %Y}")
                assert told in self.book.told or user == LEAVES, f"{told} was never told"


SITUATIONS = (
    {"platform_owner": "planned"},
    {"measurement_ready": "no"},
    {"few_services": "yes"},
    {"zero_trust": "no", "observability": "yes"},
    {"problem_location": "inside"},
)
EIGHT = {**QUICK["need"], **QUICK["hold"]}
DONE = "remind_done"


@pytest.mark.exhaustive
@pytest.mark.timeout(600)
def test_none_is_told_twice_and_none_after_it_was_settled(house: House):
    house.slack.withhold("users:read")
    quarter = Quarter(house)
    for day in range(DAYS):
        if day == LEAVES_ON:
            quarter.leaves()
        if day % 7 == 3:
            quarter.restarts()
        for hour in HOURS_OF_A_DAY:
            quarter.now = MONDAY + timedelta(days=day, hours=hour)
            quarter.passes()
            if 9 <= hour < 18 and day % 7 < 5:
                for _ in range(ACTS_A_DAY // 3):
                    quarter.acts()
                quarter.passes()
        quarter.nothing_is_lost()
    book = quarter.book
    kinds = [Thing.read(thing).kind for _, thing, _ in book.told]
    times = {each: kinds.count(each) for each in sorted(set(kinds))}
    assert times.keys() >= {"action", "look", "owner", "round"}, times
    assert sum(times.values()) > 100, times
    assert book.again > 5
    assert book.in_threads
    assert len(set(book.in_threads)) == len(book.in_threads)
