"""What a team did, as frozen values: assessments, answers with who and when, changes, ticks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from bot.domain.dates.model import Action, Tripwire
from bot.domain.estimate.model import Estimate
from bot.domain.model import Advice, Answer, Answers, Frozen, Goal, Outcome, PackName
from bot.domain.pack.vocabulary import ESTIMATED

Workspace = str
"""What an installation goes by: the enterprise's id where it is org-wide, else the team's."""

FORMER = "former"
"""In place of a person's id, where somebody had everything about them deleted."""
ROUND = "round"
"""In place of a person's id, where several agreed in a round and no one of them is named."""
WITHDRAWN = "withdrawn with its author's name"
"""In place of what that person wrote, where a team's record says something without it."""

OWNER = "platform_owner"
"""The question about who would run the mesh."""


class Caller(Frozen):
    """Who did something, and where: every request to the desk starts from one."""

    workspace: Workspace
    channel: str
    user: str
    answer_at: str = Field("", repr=False)
    """Where Slack takes an answer that only they see, for half an hour; empty where nowhere."""

    @property
    def is_dm(self) -> bool:
        """Whether the team is one person in a direct message with the bot."""
        return self.channel.startswith("D")


class Assessment(Frozen):
    """One team's (or, as a draft, one person's) walk through the checklist."""

    id: str
    workspace: Workspace
    channel: str
    status: Literal["draft", "open", "closed"]
    started_by: str
    started_at: datetime
    shared_by: str | None = None
    closed_at: datetime | None = None
    touched_at: datetime
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    outcome: Outcome | None = None
    """The outcome that was last shown to anyone ..."""
    title: str | None = None
    """... and how it was called."""
    card_ts: str | None = None
    card_link: str | None = None
    detail_ts: str | None = None
    owner_asked: str | None = None
    """Who was named as owner and has not answered; nothing has changed by that."""
    owner_asked_by: str | None = None
    owner_accepted: str | None = None
    """Who accepted to own it, by their own word ..."""
    owner_accepted_at: datetime | None = None
    """... and when; gone once somebody answers the question otherwise."""
    pack: PackName
    pack_digest: str

    @property
    def said_at(self) -> datetime:
        """When it was answered or confirmed last."""
        return max(self.touched_at, self.confirmed_at or self.touched_at)

    @property
    def still_true_by(self) -> str:
        """Who confirmed it since it was last answered; empty where nobody did."""
        since = self.confirmed_at is not None and self.confirmed_at >= self.touched_at
        return self.confirmed_by or "" if since else ""


class TeamAnswer(Frozen):
    """An answer with who gave it and when."""

    question: str
    answer: Answer
    respondent: str
    at: datetime


class Standing(Frozen):
    """Everything known about one assessment at one moment; what a card is drawn from."""

    assessment: Assessment
    answered: Mapping[str, TeamAnswer]
    """Question id → the answer that counts."""
    dissent: tuple[TeamAnswer, ...] = ()
    """What somebody sees differently, noted beside the team's answer."""
    respondents: tuple[str, ...] = ()
    """Who answered; whoever only accepted to own it is none of them."""
    unnamed: int = 0
    """How many more answered in rounds that keep no names."""
    owners: tuple[str, ...] = ()
    """Who accepted to own it: on the card, or every role of the pilot's list."""
    advice: Advice
    goal: Goal | None = None
    """The number of the channel's pilot and what it came to, once there is a pilot."""
    pilot_runs: bool = False
    """Whether the channel has an open pilot."""
    passed_pilot: str | None = None
    """The channel's last pilot, where it passed, ..."""
    waiting_pilot: str | None = None
    """... or where it was closed before its number showed, which nobody has measured yet."""
    estimate: Estimate | None = None
    """What the shape's modes may take on top, once somebody counted what would be meshed."""
    aged: Day | None = None
    """The day of the oldest evidence in use that has grown old; None where none has."""
    actions: tuple[Action, ...] = ()
    """What was taken of what to do."""
    late: int = 0
    """How many of these are open past their day."""
    tripwires: tuple[Tripwire, ...] = ()
    stands_on: tuple[str, ...] = ()
    """Of a platform decision the channels of the teams whose answers were offered to it."""

    @property
    def look_again_at(self) -> datetime | None:
        """When to come back to it, counted from when it was last answered or confirmed."""
        days = self.advice.look_again_days
        return None if days is None else self.assessment.said_at + timedelta(days=days)

    @property
    def says_owned(self) -> bool:
        """Whether the team says that the mesh has an owner."""
        answer = self.answered.get(OWNER)
        return answer is not None and answer.answer.value == "named"

    @property
    def guesses(self) -> int:
        """How many answers rest on a guess; an estimate of which nothing else is said is one."""
        return sum(
            1
            for question, each in self.answered.items()
            if (each.answer.evidence or ("guess" if question in ESTIMATED else "")) == "guess"
        )

    @property
    def counted(self) -> int:
        """How many answers rest on something that was counted or measured."""
        answers = (each.answer for each in self.answered.values() if each.answer.value != "na")
        return sum(each.evidence in ("counted", "measured") for each in answers)

    @property
    def answers(self) -> Answers:
        """The answers alone, as the domain decides on them."""
        return {question: each.answer for question, each in self.answered.items()}


class Difference(Frozen):
    """One question to which a later respondent answers otherwise than the team."""

    question: str
    team: TeamAnswer
    mine: TeamAnswer


class Changed(Frozen):
    """One team answer that became another."""

    question: str
    before: Answer | None
    after: Answer | None


class ChangeSet(Frozen):
    """What one person changed in one go, and what it did to the outcome; can be undone once."""

    id: str
    assessment: str
    respondent: str
    at: datetime
    changes: tuple[Changed, ...]
    outcome_before: Outcome
    outcome_after: Outcome
    title_before: str
    title_after: str
    """How both were called; a rule may have a name of its own for its outcome."""
    why: str = ""
    """What they gave as the reason."""
    undone_by: str | None = None
    message_ts: str | None = None

    @property
    def turns(self) -> bool:
        """Whether the outcome changed; only then is anything broadcast."""
        return self.outcome_before != self.outcome_after


class Tick(Frozen):
    """A step of the pilot that somebody declared done."""

    step: str
    who: str
    at: datetime


class PilotBoard(Frozen):
    """One team's pilot checklist."""

    id: str
    workspace: Workspace
    channel: str
    started_by: str
    card_ts: str | None = None
    metric: str = ""
    metric_by: str | None = None
    smell: str = ""
    """What the smell test says of the metric; derived, not stored."""
    written: int = 0
    """The last number of the workspace's order of writing when this was read."""
    result: Literal["passed", "failed", "open"] | None = None
    """Set when the pilot is closed, `open` where it had no result by then ..."""
    closed_at: datetime | None = None
    closed_by: str | None = None
    """... as are these; who closed it is not known of the oldest ones."""
    ticks: Mapping[str, Tick]


class Asked(Frozen):
    """A question somebody put to meshfit, and how it was met."""

    id: str
    workspace: Workspace
    channel: str
    user: str
    text: str
    tier: Literal["sure", "guess", "none"]
    entry: str | None
    at: datetime
    shared: bool = False
    thread: str = ""
    """The thread it was asked in; empty where the answer was for one person alone."""
