"""What was taken and what has a date, as frozen values: actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, Self

from pydantic import Field

from bot.domain.model import Frozen

State = Literal["open", "done", "dropped"]
Reminds = Literal["action", "offered"]
"""Its day, and the silence of whoever was asked."""
LINK = r"https?://[^\s<>|\"`\\]{3,500}"
"""An address that can end nothing around it."""


class Action(Frozen):
    """A line of *What to do* that somebody took, or was asked to take."""

    assessment: str
    line: str
    """A mark of its text."""
    text: str
    """As the advice said it then; it stays when the advice says something else."""
    owner: str = ""
    """Who took it, by their own word."""
    asked: str = ""
    """Who was asked to take it and has not answered; until then the owner stays who it was."""
    asked_by: str = ""
    due: date | None = None
    link: str = ""
    state: State = "open"
    by: str
    """Who said so last ..."""
    at: datetime
    """... and when."""
    written: int = 0
    """Its place in the order of writing."""

    def is_late(self, today: date) -> bool:
        """Whether its day is over and nobody said that it is done or dropped."""
        return self.state == "open" and self.due is not None and self.due < today


class ActionForm(Frozen):
    """What somebody says of an action in its form."""

    owner: str = ""
    due: date | None = None
    link: str = Field("", max_length=510)
    state: State = "open"
    remind: tuple[Reminds, ...] = ()
    """Of what whoever fills in the form says yes to be reminded."""


class Doing(Frozen):
    """What a team means to do: what was taken, and what the advice says that nobody took."""

    taken: tuple[Action, ...]
    left: tuple[tuple[str, str], ...]
    """(mark, text) of each line that nobody took."""
    assessment: str
    today: date


class Tripwire(Frozen):
    """What would reopen the question, as it was written down with the decision."""

    assessment: str
    id: str
    text: str
    question: str
    on: date
    """The day on which it was written."""
    said: Literal["", "no", "yes"] = ""
    by: str = ""
    """Who said last whether it has happened ..."""
    said_on: date | None = None
    """... and when."""


Kind = Literal[
    "look", "deadline", "rules", "owner", "action", "offered", "round", "roles", "still", "end",
    "exception", "approval", "measure",
]  # fmt: skip
OF_A_CARD: tuple[Kind, ...] = ("look", "deadline", "rules", "owner", "action", "offered")
OF_SILENCE: tuple[Kind, ...] = ("owner", "offered", "roles", "approval", "measure")
"""Somebody was asked and has not answered; once they have, asking anew is another silence."""


class Thing(Frozen):
    """What has a date: of an assessment, a round or a pilot, and which part of it."""

    kind: Kind
    subject: str
    """The assessment's, the round's or the pilot's id."""
    part: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject}:{self.part}"

    @classmethod
    def read(cls, text: str) -> Self:
        """As it was written; raises `ValidationError` for anything else."""
        kind, _, rest = text.partition(":")
        subject, _, part = rest.partition(":")
        return cls.model_validate({"kind": kind, "subject": subject, "part": part})


class Dated(Frozen):
    """A thing and its date, while it is not settled."""

    thing: Thing
    on: date | None
    """The day that it is about; None where somebody is silent, and it counts from the yes.

    Of other rules it is the day of the decision that stands under them; None while they are those
    that it was answered under, which is looked at each working day.
    """
    ahead: int = 0
    """How many days before it is told."""
    until: datetime | None = None
    """From when on it is too late to tell of it; a week's snooze would be over after that."""
    about: str = ""
    """What of it is somebody's own text: an action, a service; of rules, what they make of it."""
    people: tuple[str, ...] = ()
    """Of whom something is awaited."""
    accepted: bool = True
    """Whether they said themselves that they do it."""
    settled_for: tuple[str, ...] = ()
    """Those who did their part: they are not told of it."""


class Reminder(Frozen):
    """Somebody's yes to be reminded of one thing, once for each date that it has."""

    person: str
    thing: Thing
    channel: str
    said_on: date
    told: date | None = None
    """The date that it was told for."""
    snoozed: date | None = None
    owed: str = ""
    """Under which name the outbox holds it; empty while nothing is to be told."""


class DueNotice(Frozen):
    """What somebody is told when the day has come, as it stands then."""

    reminder: Reminder
    dated: Dated
    on: date
    """The day that it is about."""
    thread: str | None
    """The message of the card or the board that it belongs below, ..."""
    link: str = ""
    """... and its address, where it is known."""
    wires: tuple[Tripwire, ...] = ()
    """What would reopen the decision, where it is to be looked at again."""
