"""What the folder entries and the YAML of synonyms become: what can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.limits import (
    ButtonText,
    Heading,
    Prose,
)

BLIND = "I can't see your cluster"
"""How an answer begins where only a look at the cluster could give it."""


class Entry(Frozen):
    """One piece of knowledge that answers questions."""

    id: str
    topic: str
    title: Heading
    question: ButtonText
    answer: Prose
    source: str
    sources: tuple[str, ...] = ()
    """Further sources beside it."""
    conflict: str | None = None
    """Where its sources disagree with others: an item of `conflicts`."""
    related: tuple[str, ...]
    aliases: tuple[str, ...] = Field(min_length=6, max_length=10)
    """Whole questions as people ask them; each of them finds this entry for certain."""
    phrasings: tuple[str, ...] = ()
    """What else people say when they mean this: what they see, in their own words."""
    words: tuple[str, ...] = ()
    """Single words and short phrases that point here; searched, never shown."""
    blind: bool = False
    """True where only a look at the cluster could answer; the answer begins with `BLIND`."""
    drill: str | None = None
    """The drill that would answer it with a number; its clock can be started beside the answer."""
    within: str | None = None
    """The entry that this one is a special case of; a script is told that entry's id."""


Aspect = Literal["why", "missing", "change", "owner", "again", "answers", "hours", "outcome"]
"""What of a team's card a question is about."""


class TeamCue(Frozen):
    """A question asks it that holds one of each: what is asked, and that it is of the team."""

    asks: tuple[str, ...] = Field(min_length=1)
    of: tuple[str, ...] = Field(min_length=1)


class Synonyms(Frozen):
    """Rewrites replace what was typed; expansions add words beside it."""

    rewrites: Mapping[str, str] = Field(default_factory=dict)
    expansions: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Group → what is asked and is not ours: the nearer to these, the less meshfit answers."""
    field: tuple[str, ...] = ()
    """Words of the field: without one, a question with words that no entry says is not ours."""
    products: tuple[str, ...] = ()
    """Words of the field that only name a product: after an answer they ask it of that one."""
    neighbours: tuple[str, ...] = ()
    """Things and products beside the field: with one, and no word of the field, it is not ours."""
    shared: tuple[str, ...] = ()
    """Words of the field that its neighbours use as much: beside theirs they are theirs."""
    reports: tuple[str, ...] = ()
    """How a defect of one installation is worded; such a question is seldom ours."""
    follow_ups: tuple[str, ...] = ()
    """How a question begins that goes on from the one before."""
    points_back: tuple[str, ...] = ()
    """What points, anywhere in a short question, to something said before."""
    stands_for: tuple[str, ...] = ()
    """What stands, in a later question of one message, for what the one before it named."""
    asked_on: tuple[str, ...] = ()
    """What goes on from the question before without a word of its own."""
    greetings: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    """What is met with a friendly line, and is no question."""
    general: tuple[str, ...] = ()
    """Words with which a question is of any team's, and not of the one that asks."""
    about_team: Mapping[Aspect, tuple[str, ...]] = Field(default_factory=dict)
    """What is asked of a team's card: why, what is missing, what would change it, ..."""
    team_cues: Mapping[Aspect, TeamCue] = Field(default_factory=dict)
    """How a short question asks the same in other words."""
    of_us: tuple[str, ...] = ()
    """Words with which a question is of the team that asks, or of its card."""
