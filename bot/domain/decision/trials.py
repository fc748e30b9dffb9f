"""What would be decided if some answers were different: asked a thousand times an assessment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property

from bot.domain.decision.facts import Stated, derive, state
from bot.domain.decision.hours import hour_facts
from bot.domain.decision.looks import looks_of
from bot.domain.decision.rules import fired
from bot.domain.decision.space import Changed, Move, Space, Way, Worldly, union
from bot.domain.decision.ways import missing_in, ways_of
from bot.domain.decision.worlds import Worlds
from bot.domain.model import Answers
from bot.domain.pack import Pack
from bot.domain.pack.decision import Rule
from bot.domain.pack.vocabulary import HOUR_INPUTS

_HOURS = frozenset(HOUR_INPUTS)


class Trials:
    """Decisions around one set of facts; `now` is the rule that fires as things stand."""

    def __init__(self, pack: Pack, stated: Stated, ways: tuple[Way, ...] = ()) -> None:
        self.pack, self.stated, self.looks = pack, stated, looks_of(pack)
        self.space = self.looks.tried(ways)
        """All that is tried at once: every choice, and how what is open could turn out."""
        self.facts = derive(pack, stated)
        self.now = fired(pack, self.facts)
        self.count = 0
        """How many different sets of changes were tried so far."""
        self._hours = [name for name in hour_facts(pack, stated) if name in self.looks.names]
        self._kept: dict[Hashable, Rule] = {}
        self._seen: dict[Changed, Hashable] = {}

    @cached_property
    def worlds(self) -> Worlds:
        """All of the space at once."""
        return self._worlds(self.space)

    @cached_property
    def fired(self) -> list[tuple[Rule, Worldly]]:
        """Each rule that fires anywhere there, and where."""
        return list(self.worlds.fired())

    def _worlds(self, space: Space) -> Worlds:
        self.count += space.many
        return Worlds(self.pack, self.stated, space)

    def rule(self, *changes: Move) -> Rule:
        """The rule that would fire with these changes; kept, for whoever nears a number."""
        seen = self.seen(changes)
        if seen not in self._kept:
            self.count += 1
            facts = derive(self.pack, {**self.stated, **dict(changes)})
            self._kept[seen] = fired(self.pack, facts)  # of one alone, half of what `Worlds` takes
        return self._kept[seen]

    def foresee(self, variations: Iterable[Changed]) -> None:
        """Keep the rules of changes that will be asked for one by one."""
        new = {self.seen(changes): changes for changes in variations}
        if new:
            self._kept |= zip(new, self._worlds(Space.of([*new.values()])).rules(), strict=True)

    def blocking(self, variations: Sequence[Changed]) -> Worldly:
        """Where among these changes a blocker is added."""
        return self.blocked(Worlds(self.pack, self.stated, variations)) if variations else 0

    def blocked(self, worlds: Worlds) -> Worldly:
        """The worlds in which a blocker is added."""
        new = (each for each in self.pack.blockers.values() if not each.when.holds(self.facts))
        return union(worlds.where(each.when) for each in new)

    def contradicted(self, changes: Changed) -> bool:
        """Whether answers would not go together with these changes."""
        facts = derive(self.pack, {**self.stated, **dict(changes)})
        return any(each.when.holds(facts) for each in self.pack.contradictions.values())

    def seen(self, changes: Changed) -> Hashable:
        """What the table makes of changes: those that it sees alike are decided alike."""
        own = tuple([(name, self.looks.seen(name, fact)) for name, fact in changes])
        moved = tuple([move for move in changes if move[0] in _HOURS])
        return (own, self._seen_hours(moved)) if moved else own

    def _seen_hours(self, moved: Changed) -> Hashable:
        """What the table makes of the hours that follow; most changes move the same few."""
        if moved not in self._seen:
            hours = hour_facts(self.pack, {**self.stated, **dict(moved)})
            self._seen[moved] = tuple([self.looks.seen(name, hours[name]) for name in self._hours])
        return self._seen[moved]


def trials_of(pack: Pack, answers: Answers) -> Trials:
    """Around what was answered, with how what is open could turn out."""
    stated = state(pack, answers)
    return Trials(pack, stated, ways_of(looks_of(pack), stated, missing_in(pack, answers)))
