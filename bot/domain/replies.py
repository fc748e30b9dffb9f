"""What a listener hands to the desk and what it gets back to draw, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from bot.domain.evidence.model import Counted
from bot.domain.model import Answers, Frozen
from bot.domain.pack import Entry, Page, Question
from bot.domain.pilot.model import Dossier, Reported
from bot.domain.team import Asked, Caller, ChangeSet, Difference, FiledRecord, Standing, TeamAnswer

Mode = Literal["own", "team"]
"""`own`: my draft, private until shared. `team`: Change answers, where a saved page counts."""

Choices = Mapping[str, Literal["change", "note"]]
"""Question id → whether my different answer becomes the team's or is only noted."""


Marks = Mapping[str, str]
"""Question → a mark of the team's answer; another mark, and the answer was changed."""


class Opened(Frozen):
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
    """Whether one question is shown alone, and nothing follows it."""
    there: str = ""
    """The first page for a team that runs a mesh, where this page offers it."""


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


class Record(Frozen):
    """A decision record about to be written."""

    number: int
    by: str
    at: datetime
    supersedes: FiledRecord | None
    standing: Standing


class Held(Frozen):
    """What could be deleted here, for this person."""

    mine: Mapping[str, int]
    """How much this person said, by kind: answer, question, file."""
    everywhere: Mapping[str, int] = {}
    """The same of the whole workspace, and where they are named: pilot, record, card."""
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


class HomeTab(Frozen):
    """What the App Home tab shows to one person."""

    user: str
    teams: tuple[Standing, ...]
    drafts: tuple[Standing, ...]
    due: tuple[Standing, ...] = ()
    """Those of the teams that are to be looked at again by now."""
    waiting: tuple[Standing, ...]
    """Assessments in which this person is asked to own the mesh and has not answered."""


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
