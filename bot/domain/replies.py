"""What a listener hands to the desk and what it gets back to draw, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from bot.domain.dates.model import Action
from bot.domain.evidence.model import Counted
from bot.domain.model import Answers, Frozen
from bot.domain.model.record import FiledRecord
from bot.domain.model.teams import TeamsView
from bot.domain.pack import Entry, Page, Question
from bot.domain.pilot.model import Dossier, Reported
from bot.domain.rounds.model import Round
from bot.domain.team import Asked, Caller, ChangeSet, Difference, Standing, TeamAnswer

Mode = Literal["own", "team"]
"""`own`: my draft, private until shared. `team`: Change answers, where a saved page counts."""

Choices = Mapping[str, Literal["change", "note"]]
"""Question id → whether my different answer becomes the team's or is only noted."""
Marks = Mapping[str, str]
"""Question → a mark of the team's answer; another mark, and the answer was changed."""


class OpenedForm(Frozen):
    """A form of a pilot that comes back."""

    written: int
    """The last number of the order of writing when it was opened."""
    altered: frozenset[str]
    """The fields that this person altered."""


class QuestionPage(Frozen):
    """One page of the guided modal, ready to draw."""

    caller: Caller
    mode: Mode
    page: Page
    number: int
    of: int
    questions: tuple[Question, ...]
    mine: Answers
    """What is filled in already."""
    team: Mapping[str, TeamAnswer] = {}
    """The team's answers, shown beside the questions and not selected."""
    pages: tuple[Page, ...]
    marks: Mapping[str, str] = {}
    """Of the team's answers, where they are what is changed."""
    counted: Mapping[str, Counted] = {}
    """What evidence counted, shown beside the questions with a button that takes it."""
    hints: Mapping[str, str] = {}
    """What a look saw that is no answer."""
    seen: date | None = None
    """The day of that look."""
    today: date | None = None
    alone: bool = False
    """Whether one question is shown alone, with how it is known, a note and a reason ..."""
    within: bool = False
    """... and leads back to its page."""
    asks: int = 0
    """How many questions the path asks that begins with this page; 0 where none does."""
    there: str = ""
    """The first page for a team that runs a mesh, where this page offers it."""
    counted_to_run: tuple[str, ...] = ()
    """What the worksheet of the hours to run a mesh counts; empty where the pack has none."""


class ToChange(Frozen):
    """The team's answers, for one question to be chosen."""

    caller: Caller
    pages: tuple[tuple[Page, tuple[Question, ...]], ...]
    answered: Mapping[str, TeamAnswer]
    first: tuple[str, ...]
    """The questions that weigh most now."""


class ToLeads(Frozen):
    """Who sees a team's card beside its channel."""

    leads: tuple[str, ...] = ()
    """The leads of the workspace as they are now; none where there are none."""
    on: bool = False
    """Whether they see it, or would once it is shared."""
    by: str = ""
    """Who said so last."""


class LeadsTick(Frozen):
    """What the tick for the leads said in a form that shares, and whether somebody touched it."""

    on: bool
    altered: bool


class PrivateResult(Frozen):
    """The result of my own answers, and where the team's differ."""

    caller: Caller
    mine: Standing
    team: Standing | None = None
    differences: tuple[Difference, ...] = ()
    marks: Mapping[str, str] = {}
    """Of the team's answers that differ."""
    quick: bool
    """Whether nothing beyond the quick path is answered yet."""
    to_leads: ToLeads = ToLeads()


class Shared(Frozen):
    """What sharing did: the team as it stands now, and what it changed, if anything."""

    standing: Standing
    changes: ChangeSet | None = None
    pilot: str | None = None
    """The open pilot whose plan follows: card and pilot share one driver and one metric."""
    noted: int = 0
    """How many differing answers were only noted."""


class Overview(Frozen):
    """What `/meshfit` alone, and the Home tab, have to say."""

    team: Standing | None = None
    draft: Standing | None = None
    left: int = 0
    """How many questions of the quick path the draft still lacks."""
    due: bool = False
    """Whether the team is to look at it again by now."""
    alone: bool = False
    """Whether the team is one person in a direct message, who can ask no others."""


class Reply(Frozen):
    """A question, and the entries that meet it."""

    asked: Asked
    answer: Entry | None
    """The answer, when meshfit is confident."""
    near: tuple[Entry, ...]
    """Related entries beside an answer; of a guess the nearest first."""
    also: Entry | None = None
    """The answer to a second question of the same message."""
    story: bool = False
    """True of a long message, which may be about the second that is nearest as much."""
    goes_on: bool = False
    """True of a guess that it goes on from what was answered last in its thread."""
    unmet: tuple[str, ...] = ()
    """Beside an answer the questions of the same message that nothing is known about."""


class Held(Frozen):
    """What could be deleted here, for this person."""

    mine: Mapping[str, int]
    """How much this person said, by kind: answer, question, file."""
    everywhere: Mapping[str, int] = {}
    """The same of the whole workspace, and where they are named: pilot, record, card, setting."""
    team: Standing | None
    """The team's assessment, if this person started it."""


class Erased(Frozen):
    """What became of one person's words, and of the team's card."""

    gone: Mapping[str, int]
    """How much of each kind was deleted."""
    left: Standing | None = None
    """The team as it stands then."""
    before: str | None = None
    """How its outcome was called before, where it turned."""


class Forgotten(Frozen):
    """What became of everything about one person in a workspace."""

    gone: Mapping[str, int]
    """How much of each kind was held."""
    teams: tuple[Erased, ...] = ()
    """The open assessments in which they took part."""
    pilots: Mapping[str, str] = {}
    """The pilots that go on and named them → the channel of each."""


class PilotHere(Frozen):
    """A channel's pilot in a few words, as one person's Home tells it."""

    id: str
    channel: str
    result: str | None
    """None while it runs."""
    stage: str = ""
    """The rollout's, by its title; empty where none has begun."""
    exceptions: tuple[tuple[str, date, bool], ...] = ()
    """Those not over: service, last day, whether approved; the first to end first."""
    roles: tuple[tuple[str, bool], ...] = ()
    """This person's: title, whether they accepted it."""
    asked: tuple[str, ...] = ()
    """Titles of the roles that wait for their word."""
    to_approve: tuple[tuple[str, str, date, str], ...] = ()
    """Exceptions that do: id, service, last day, reason."""
    to_measure: tuple[str, str] | None = None
    """The goal that waits for their word to measure it: its sentence and its day."""


class HomeTab(Frozen):
    """What the App Home tab shows to one person."""

    user: str
    teams: tuple[Standing, ...]
    drafts: tuple[Standing, ...]
    due: tuple[Standing, ...] = ()
    """Those of the teams that are to be looked at again by now."""
    pilots: tuple[PilotHere, ...] = ()
    """Those of the teams, and those that name this person."""
    waiting: tuple[Standing, ...]
    """Assessments in which this person is asked to own the mesh and has not answered."""
    rounds: tuple[Round, ...] = ()
    """The open rounds that wait for this person's answers."""
    led: TeamsView | None = None
    """Where the teams stand that show it, for whoever leads; None for everybody else."""
    left_alone: bool = False
    """Whether they get no messages when somebody names them."""
    settings: bool = False
    """Whether this person may change the workspace's settings."""
    actions: tuple[tuple[Action, str], ...] = ()
    """What they took and did not do yet, or are asked to take, each with its channel."""
    today: date | None = None


class Review(Frozen):
    """All that is known of a channel's decision at one moment, for a page to hand on."""

    standing: Standing
    dossier: Dossier | None = None
    runs: tuple[Reported, ...] = ()
    """What was measured by runs of both sides, place by place."""
    record: FiledRecord | None = None
    """The last decision record."""
    cited: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    """Where the sources disagree."""
    by: str
    """Who asked for the page; empty at a terminal."""
    at: datetime
