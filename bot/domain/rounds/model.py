"""A round as frozen values: who asked what until when, what was said, what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from bot.domain.model import Answer, Answers, Frozen
from bot.domain.pack import Question
from bot.domain.team import TeamAnswer

Names = Literal["open", "anonymous"]
"""Whether names stand beside the answers once it closed."""
LEAST_ANONYMOUS = 4
"""Of fewer answers without names anybody could tell whose is whose."""
MOST_PEOPLE, MOST_QUESTIONS, MOST_DAYS = 40, 16, 60
A_PAGE = 4
"""Questions of one form, each with its reason."""
ABSTAINS = "not_my_area"
"""The code of who has no answer to give, and says so."""


class Outlook(Frozen):
    """To what some people's own answers come, each by themselves."""

    headline: str
    many: int


class AtClose(Frozen):
    """What was found when a round closed, whoever takes their answers out since."""

    agreed: tuple[str, ...]
    """The questions whose answers became the team's."""
    counted: tuple[Outlook, ...]
    beside: bool
    """Whether the team's answers stood in for what the round did not ask."""
    withheld: Mapping[str, int] = {}
    """Question → how many answered it, where they were too few to keep without names ..."""
    left_out: bool = False
    """... and whether `counted` was made without what they said; of older rounds it was not."""


PEOPLE, UNTIL, NAMES, QUESTIONS = "people", "until", "names", "questions"
"""The fields of the form that opens one."""


class Round(Frozen):
    """One round, and how many have answered it."""

    id: str
    workspace: str
    channel: str
    opened_by: str
    opened_at: datetime
    closes_at: datetime
    names: Names
    invites: bool
    """Whether whoever is in the channel may answer; else only those who were named."""
    questions: tuple[str, ...]
    asked: int = 0
    """How many were named; nobody where the channel is invited."""
    answered: int = 0
    closed_at: datetime | None = None
    closed_by: str | None = None
    """Who closed it; None where its date did, or that all who were named had answered."""
    message_ts: str | None = None
    """The message that says how many have answered ..."""
    result_ts: str | None = None
    """... and the one that says what it came to."""
    assessment: str | None = None
    """The team's assessment that it came to, once it closed with answers."""
    at_close: AtClose | None = None

    @property
    def all_in(self) -> bool:
        """Whether everybody who was named has answered."""
        return not self.invites and 0 < self.asked <= self.answered

    @property
    def too_few(self) -> bool:
        """Whether its answers can be told apart by whom they are from, so that none is shown."""
        return self.names == "anonymous" and self.answered < LEAST_ANONYMOUS


class RoundAnswer(Frozen):
    """What one person answered to one question, or (None) that it is not their area."""

    person: str
    question: str
    answer: Answer | None


class RoundOpening(Frozen):
    """What somebody chooses from who opens one."""

    offered: tuple[Question, ...]
    usual: tuple[str, ...]
    """The questions that are asked where nobody says otherwise ..."""
    day: date
    """... and until when."""


class ToAsk(Frozen):
    """What they chose."""

    people: tuple[str, ...]
    """Nobody, where the channel is invited."""
    until: date
    names: Names
    questions: tuple[str, ...]


class RoundPage(Frozen):
    """Some of a round's questions as one person answers them; nobody else's answer is in it."""

    round: Round
    page: int
    """From 0."""
    questions: tuple[Question, ...]
    mine: Mapping[str, Answer | None] = {}
    """What this person said before: None where they said that it is not their area."""
    counted_to_run: tuple[str, ...] = ()
    """What the worksheet of the hours to run a mesh counts; empty where the pack has none."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return -(-len(self.round.questions) // A_PAGE)

    @property
    def is_last(self) -> bool:
        """Whether nothing follows it."""
        return self.page + 1 >= self.pages


class AnswerSide(Frozen):
    """One of the answers to a question, and those who gave it."""

    id: str
    """A mark of the value, short enough for a button."""
    answer: Answer
    """Its value alone."""
    many: int
    people: tuple[str, ...]
    """Empty where no names stand beside answers."""
    reasons: tuple[tuple[str, str], ...] = ()
    """(who, in whose words) of each reason given; nobody where there are no names."""


class Spread(Frozen):
    """How the answers to one question lie, the most given first."""

    question: str
    sides: tuple[AnswerSide, ...]
    unshown: int = 0
    """How many answered, where too few did to show without names what they said; no sides then."""
    abstained: int = 0
    abstainers: tuple[str, ...] = ()

    @property
    def many(self) -> int:
        """How many gave the answers that are shown; who abstains is none of them."""
        return sum(each.many for each in self.sides)

    @property
    def agreed(self) -> bool:
        """Whether several answered, and all alike; one alone agrees with nobody."""
        return len(self.sides) == 1 and self.many > 1


class Came(Frozen):
    """What a round came to, ready to draw."""

    round: Round
    spreads: tuple[Spread, ...] = ()
    team: Mapping[str, TeamAnswer] = {}
    """The team's answers as they are by now."""
    can_take: bool = False
    """Whether the assessment that it came to is open still."""


AnswersByPerson = Mapping[str, Answers]
"""Person → what they answered."""
