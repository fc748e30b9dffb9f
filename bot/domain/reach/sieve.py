"""What a mesh's proxy before a target lets through, on top of the network's policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from bot.domain.reach.model.judging import Crowd, Doubt, Named, Traffic
from bot.domain.reach.wording import Passing


class Sieve(Protocol):
    """One mesh at one target."""

    @property
    def policies(self) -> Iterable[str]:
        """The policies that select the target."""

    def parts(self, *, sure: bool) -> Mapping[Passing, Crowd]:
        """Callers by what passes for them."""

    def by(self, caller: Crowd, traffic: Traffic) -> Iterator[str]:
        """The rules that let some of this traffic of one caller pass."""

    def touched(self) -> Iterator[Crowd]:
        """The crowds that some rule is about."""

    def doubts(self) -> Iterator[Doubt]:
        """What nobody can tell."""

    def named(self) -> Iterator[Named]:
        """Whom rules let in by name."""

    def why_not(self, caller: Crowd) -> str:
        """Why a caller that is named does not pass."""
