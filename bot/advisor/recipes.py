"""Recipes: which mesh they are for here, and one filled in with a team's names."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor.dossiers import Dossiers
from bot.domain.pack.pilot import Recipe
from bot.domain.pack.whole import EXISTING
from bot.domain.pilot.model import Filled
from bot.domain.pilot.recipes import blanks_in, fill
from bot.domain.team import Caller
from bot.errors import Refused


class Recipes:
    """The pack's queries and commands."""

    def __init__(self, dossiers: Dossiers) -> None:
        self.desk, self.dossiers = dossiers.desk, dossiers

    def mesh_here(self, caller: Caller) -> str | None:
        """The mesh of the channel's pilot, else the one that the team says it runs; or None."""
        try:
            chosen = self.dossiers.here(caller).plan.mesh
        except Refused:
            chosen = None
        return chosen or self._running(caller)

    def _running(self, caller: Caller) -> str | None:
        try:
            with self.desk.store.reading() as db:
                answer = self.desk.team(db, caller).answers.get(EXISTING)
        except Refused:
            return None
        return str(answer.value) if answer and answer.value in self.desk.pack.meshes else None

    def names_for(self, recipe: str) -> tuple[str, ...]:
        """The names that a recipe needs from the team."""
        return blanks_in(self._recipe(recipe))

    def filled(self, recipe: str, names: Mapping[str, str]) -> Filled:
        """A recipe with the team's names in it. Raises `BadAnswers` (place → sentence)."""
        return fill(self._recipe(recipe), names)

    def _recipe(self, recipe: str) -> Recipe:
        if recipe not in self.desk.pack.recipes:
            raise Refused("That recipe is no longer in the knowledge pack. See /meshfit howto.")
        return self.desk.pack.recipes[recipe]
