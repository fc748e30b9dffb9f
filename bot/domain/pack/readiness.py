"""What the YAML of readiness becomes: what a cluster's manifests show before a mesh, as findings.

Each is a question for a person, never a verdict: it names the objects, what to do, who says so, and
what would make it wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen
from bot.domain.pack.limits import Short
from bot.domain.pack.vocabulary import Sight

Severity = Literal["breaks", "configure", "loses", "info"]
"""It breaks; it works after a setting; traffic works and a feature of the mesh does not; worth
knowing."""


class ReadinessCheck(Frozen):
    """One thing to look for in a dump."""

    id: str
    seen: Short
    """What is seen, as a heading over the objects."""
    sight: Sight
    """The predicate that looks for it."""
    modes: tuple[str, ...] = Field(min_length=1)
    """The data-plane modes that it matters for."""
    severity: Severity
    softer: Severity | None = None
    """The severity while no object shows that it is as bad as that."""
    remedy: Short
    wrong: Short
    """What would make the finding wrong."""
    source: str
    sources: tuple[str, ...] = ()
    """Others that say so, or that disagree."""
    date: Day
    """The day on which the sources were read."""
    numbers: Mapping[int, str] = Field(default_factory=dict)
    """Ports, or user ids, that are looked for → what each is."""
    listed: tuple[int, ...] = ()
    """Ports that another finding is about."""
    products: tuple[str, ...] = ()
    """Names by which an image or a port is known."""
    amounts: Mapping[str, str] = Field(default_factory=dict)
    """Resource → the quantity that a proxy is given."""


class LookWords(Frozen):
    """What a look counts, and leaves out."""

    system_namespaces: tuple[str, ...]
    """Namespaces of Kubernetes, meshes and platforms, which hold no apps."""
    databases: tuple[str, ...] = ()
    """Images of databases and brokers, counted apart."""
    languages: Mapping[str, str] = Field(default_factory=dict)
    """Image → the code of the language that it is made for."""
    most: int = Field(default=7, ge=1, le=50)
    """Findings on the first screen."""
    unseen: Mapping[str, Short] = Field(default_factory=dict)
    """What no manifest shows, by name."""
