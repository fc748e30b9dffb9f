"""What every journey stands on: the store, the pack, the index, the clock."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.advisor import said
from bot.domain.answers import parse_answers
from bot.domain.dates.model import Action
from bot.domain.decision import decide
from bot.domain.estimate import estimate
from bot.domain.estimate.model import Estimate
from bot.domain.evidence.gathering import days_of
from bot.domain.evidence.model import OLD_AFTER
from bot.domain.model import Advice, Answer, Answers, Goal, Reached, Shape
from bot.domain.model.workplace import Workplace
from bot.domain.pack import Pack
from bot.domain.pilot.goal import goal_of
from bot.domain.pilot.ownership import platform_owner
from bot.domain.search import Index
from bot.domain.team import Assessment, Caller, PilotBoard, Standing, TeamAnswer, Workspace
from bot.domain.working_hours import WorkingHours
from bot.errors import Refused
from bot.knowledge import kept
from bot.store import (
    Database,
    Store,
    actions,
    answers,
    assessments,
    estimates,
    evidence,
    pilot_log,
    pilots,
    rounds,
    stands_on,
    tripwires,
    zones,
)


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def unnoted(_what: str, _how: str) -> None:
    """Count nowhere what was asked and decided."""


WorkplaceOf = Callable[[Database, Workspace], Workplace]
_INDEXES: dict[str, Index] = {}
"""Pack digest → its index, which never changes: desks over one pack share it."""
_TURN = threading.Lock()


class Desk:
    """Shared by all journeys; holds nothing that changes, only what was worked out before."""

    def __init__(self, store: Store, pack: Pack, clock: Callable[[], datetime] = now) -> None:
        self.store = store
        self.pack = pack
        self.clock = store.clock = clock
        self.workplace_of: WorkplaceOf = lambda _, __: Workplace()
        self.noted: Callable[[str, str], None] = unnoted
        self.digest = hashlib.sha256(pack.model_dump_json(by_alias=True).encode()).hexdigest()[:16]
        self._decide = lru_cache(maxsize=128)(self._decided)
        self._kept = lru_cache(maxsize=8)(partial(kept, today=pack))
        with store.writing() as db:
            assessments.keep_pack(db, self.digest, pack)

    def hours(self, db: Database, workspace: Workspace) -> WorkingHours:
        """When people of a workspace may be reminded, and which day it is there."""
        workplace = self.workplace_of(db, workspace)
        zone = ZoneInfo(workplace.time_zone)
        return WorkingHours(workplace.work_from, workplace.work_until, workplace.work_days, zone)

    def hours_of(self, db: Database, workspace: Workspace, person: str) -> WorkingHours:
        """The same where this person lives, as far as Slack told."""
        hours, zone = self.hours(db, workspace), zones.of(db, workspace, person)
        return hours._replace(zone=ZoneInfo(zone)) if zone else hours

    def today(self, db: Database, workspace: Workspace) -> date:
        """The day that it is in a workspace."""
        return self.hours(db, workspace).today(self.clock())

    @property
    def index(self) -> Index:
        """Built when somebody first asks, once: starting does not wait a quarter of a second."""
        with _TURN:
            if self.digest not in _INDEXES:
                _INDEXES[self.digest] = Index.build(self.pack.entries, self.pack.synonyms)
            return _INDEXES[self.digest]

    def parse(self, raw: Mapping[str, object]) -> dict[str, Answer | None]:
        """Read a page's fields; None where one was left empty. Raises `BadAnswers`."""
        parsed = parse_answers(self.pack, raw)
        return {question: parsed.get(question) for question in raw}

    def readable_fields(self, raw: Mapping[str, object]) -> Answers:
        """What can be read of a page that was left, not submitted; empty fields change nothing."""
        return said.sound(self.pack, raw)

    def readable(self, answers: Answers) -> Answers:
        """The answers that today's pack still understands; an older one may have asked more."""
        raw = {each: answer.model_dump(exclude_defaults=True) for each, answer in answers.items()}
        return said.sound(self.pack, raw)

    def imagined(self, answers: Answers) -> Standing:
        """The standing of a team that does not exist, for an example."""
        at = self.clock()
        advice = self.advice(self.pack, answers)
        return Standing(
            assessment=Assessment(
                id="example",
                workspace="",
                channel="",
                status="draft",
                started_by="",
                started_at=at,
                touched_at=at,
                pack=advice.pack,
                pack_digest=self.digest,
            ),
            answered={
                question: TeamAnswer(question=question, answer=answer, respondent="", at=at)
                for question, answer in answers.items()
            },
            advice=advice,
        )

    def advice(self, pack: Pack, answers: Answers) -> Advice:
        """Decide; the same answers are decided once under today's pack."""
        if pack is self.pack:
            return self._decide(frozenset(answers.items()))
        return decide(pack, answers)

    def _decided(self, answers: frozenset[tuple[str, Answer]]) -> Advice:
        return decide(self.pack, self.readable(dict(answers)))

    def pack_of(self, db: Database, assessment: Assessment) -> Pack:
        """Today's pack, or for a closed assessment the one it was answered with."""
        if assessment.status != "closed" or assessment.pack_digest == self.digest:
            return self.pack
        return self._kept(assessments.kept_pack(db, assessment.pack_digest))

    def standing(self, db: Database, assessment: Assessment) -> Standing:
        """All that is known of an assessment, with the advice its answers lead to."""
        counting = answers.counting(db, assessment.workspace, assessment.id)
        voices = answers.voices(db, assessment.workspace, assessment.id)
        answered = {each.question: each for each in counting}
        board = self._board(db, assessment)
        goal, owners = self._goal(db, board), self._owners(db, assessment, board)
        in_full = said.told_in_full({each.question: each.answer for each in counting}, goal)
        advice = self.advice(self.pack_of(db, assessment), in_full)
        taken = actions.of_assessment(db, assessment.workspace, assessment.id)
        return Standing(
            assessment=assessment,
            answered=answered,
            dissent=said.dissent(assessment, voices, answered),
            respondents=said.respondents(assessment, counting, voices),
            unnamed=rounds.unnamed(db, assessment),
            owners=owners,
            **_piloted(board, goal),
            advice=advice,
            goal=goal,
            estimate=self.estimate(db, assessment.workspace, assessment.channel, advice.shape),
            aged=self._aged(db, assessment),
            actions=taken,
            tripwires=tripwires.of_assessment(db, assessment.workspace, assessment.id),
            stands_on=stands_on.of_assessment(db, assessment.workspace, assessment.id),
            late=self._late(db, assessment.workspace, taken),
        )

    def _board(self, db: Database, assessment: Assessment) -> PilotBoard | None:
        """The channel's pilot; a closed assessment has none any more."""
        if assessment.status == "closed":
            return None
        return pilots.in_channel(db, assessment.workspace, assessment.channel)

    def _owners(self, db: Database, team: Assessment, board: PilotBoard | None) -> tuple[str, ...]:
        """Who accepted to own the mesh: on the card, else every role of the pilot's list."""
        if team.owner_accepted:
            return (team.owner_accepted,)
        if board is None:
            return ()
        owners = pilots.owners(db, board.workspace, board.id)
        if platform_owner(self.pack, owners) != "named":
            return ()
        return tuple(dict.fromkeys(owners[role].user for role in self.pack.roles))

    def _goal(self, db: Database, board: PilotBoard | None) -> Goal | None:
        """The number of the channel's pilot."""
        if board is None:
            return None
        key = (db, board.workspace, board.id)
        figures = tuple(pilot_log.entries(*key, "goal", Reached))
        return goal_of(pilots.plan(*key), figures, self.clock().date())

    def _late(self, db: Database, workspace: Workspace, taken: Sequence[Action]) -> int:
        """How many are late; which day it is there is asked only where anything was taken."""
        today = self.today(db, workspace) if taken else date.min
        return sum(each.is_late(today) for each in taken)

    def _aged(self, db: Database, assessment: Assessment) -> date | None:
        """The day of the oldest of the evidence in use, where it has grown old."""
        there = Caller(workspace=assessment.workspace, channel=assessment.channel, user="")
        oldest = min(days_of(evidence.in_use(db, there)), default=None)
        return oldest if oldest and self.clock().date() - oldest > OLD_AFTER else None

    def estimate(
        self, db: Database, workspace: str, channel: str, shape: Shape | None
    ) -> Estimate | None:
        """What the modes of a shape may take, from what the channel last counted."""
        load = estimates.of_channel(db, workspace, channel)
        if load is None or self.pack.estimate is None:
            return None
        modes = [
            each.id
            for each in self.pack.modes.values()
            if each.id in self.pack.overhead and (shape is None or shape.id in each.shapes)
        ]
        return estimate(self.pack, load, modes)

    def team(self, db: Database, caller: Caller) -> Standing:
        """The team's open assessment; raises `Refused` where there is none."""
        assessment = assessments.open_of(db, caller)
        if assessment is None:
            raise Refused(
                "This channel has no shared assessment yet. /meshfit assess starts one, or shows "
                "the result that you have not shared."
            )
        return self.standing(db, assessment)


def _piloted(board: PilotBoard | None, goal: Goal | None) -> dict[str, Any]:
    """Whether the channel's pilot runs, passed, or waits for its number."""
    if board is None:
        return {}
    if board.result == "passed":
        return {"passed_pilot": board.id}
    if board.result == "open" and goal and goal.aim is not None and not goal.reached:
        return {"waiting_pilot": board.id}
    return {"pilot_runs": board.result is None}
