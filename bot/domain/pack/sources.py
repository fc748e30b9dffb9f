"""The cited layer as data: who says so, what was found, and where those who say so disagree.

What the YAML of sources and of the folder findings becomes; `pack.py` holds the rest.
"""

from __future__ import annotations

from datetime import date as Day
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.limits import Phrase, Short

Kind = Literal["primary", "vendor", "secondary", "derived"]
"""How near a source is to what it tells: the project, standard, paper or organisation itself;
somebody who sells one side of the comparison; somebody who quotes; or arithmetic of our own."""


class Source(Frozen):
    """Where a judgement comes from, and who gains if it is believed."""

    id: str
    title: Short
    cite: Phrase
    """How an answer names it in a line: "From the article"."""
    called: Short | None = None
    """What it is, where its name does not tell; said once where it is cited."""
    briefly: Phrase = ""
    """The same in two or three words, for a line that names it first."""
    url: str = ""
    publisher: Phrase = ""
    read: Day | None = None
    """The day of the state that was read: of the page, or of the repository's copy."""
    opened: Day | None = None
    """The day on which what we say was last held against it, where that state is older."""
    kind: Kind | None = None
    interest: str = ""
    """Who gains from the claim; empty when nobody is known to."""

    @property
    def seen(self) -> Day | None:
        """The day on which somebody last looked."""
        return max(filter(None, (self.read, self.opened)), default=None)


class Finding(Frozen):
    """One thing that was measured, documented or published, in our own words."""

    id: str
    topic: str
    text: Short
    conditions: Short | None = None
    """Under which it holds: version, hardware, load, who was asked."""
    trust: Kind
    """How far this one can be trusted; a project's page may well hold a vendor's claim."""
    date: Day
    """The day as of which it holds: published or measured, or read on a page that is kept up."""
    sources: tuple[str, ...] = Field(min_length=1)


class Conflict(Frozen):
    """Where sources disagree, in one line that is shown beside each of the findings."""

    id: str
    text: Short
    findings: tuple[str, ...] = Field(min_length=1)
