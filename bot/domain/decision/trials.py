"""What would be decided if some answers were different: asked a thousand times an assessment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from bot.domain.decision.facts import Stated, derive
from bot.domain.decision.hours import hour_facts
from bot.domain.decision.looks import Looks
from bot.domain.decision.rules import fired
from bot.domain.decision.worlds import Changed, Move, Worlds, each_of
from bot.domain.pack import Pack
from bot.domain.pack.decision import Rule
from bot.domain.pack.vocabulary import HOUR_INPUTS

_HOURS = frozenset(HOUR_INPUTS)


class Trials:
    """Decisions around one set of facts; `now` is the rule that fires as things stand."""

    def __init__(self, pack: Pack, stated: Stated) -> None:
        self.pack, self.stated, self.looks = pack, stated, Looks(pack)
        self.facts = derive(pack, stated)
        self.now = fired(pack, self.facts)
        self.count = 0
        """How many different sets of changes were tried so far."""
        self._hours = [name for name in hour_facts(pack, stated) if name in self.looks.names]
        self._kept: dict[Hashable, Rule] = {}
        self._seen: dict[Changed, Hashable] = {}

    def rules(self, variations: Sequence[Changed]) -> list[Rule]:
        """The rules that would fire under each of these changes, worked out in one pass."""
        self.count += len(variations)
        return Worlds(self.pack, self.stated, variations).rules()

    def rule(self, *changes: Move) -> Rule:
        """The rule that would fire with these changes; kept, for whoever nears a number."""
        seen = self.seen(changes)
        if seen not in self._kept:
            [self._kept[seen]] = self.rules([changes])
        return self._kept[seen]

    def foresee(self, variations: Iterable[Changed]) -> None:
        """Keep the rules of changes that will be asked for one by one."""
        new = {self.seen(changes): changes for changes in variations}
        self._kept |= zip(new, self.rules([*new.values()]), strict=True)

    def lifting(self, moves: Sequence[Move]) -> list[Move]:
        """The moves that lift the rule that fires now, and don't only hide it behind another."""
        worlds = Worlds(self.pack, self.stated, [(move,) for move in moves])
        return [moves[at] for at in each_of(worlds.all & ~worlds.where(self.now.when))]

    def blocking(self, variations: Sequence[Changed]) -> set[int]:
        """The positions of those changes that add a blocker."""
        worlds = Worlds(self.pack, self.stated, variations)
        new = (each for each in self.pack.blockers.values() if not each.when.holds(self.facts))
        return {at for each in new for at in each_of(worlds.where(each.when))}

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
