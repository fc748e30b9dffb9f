"""What would be decided if some answers were different: asked a thousand times an assessment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from bot.domain.decision.facts import Stated, derive, state
from bot.domain.decision.hours import hour_facts
from bot.domain.decision.looks import looks_of
from bot.domain.decision.space import Changed, Move, Space, Worldly, union
from bot.domain.decision.ways import missing_in, ways_of
from bot.domain.decision.worlds import Worlds
from bot.domain.model import Answers
from bot.domain.pack import Pack, Question
from bot.domain.pack.decision import Rule
from bot.domain.pack.vocabulary import HOUR_INPUTS

_HOURS = frozenset(HOUR_INPUTS)
_AS_STATED = Space.of([()])


class Trials:
    """Decisions around one set of facts; `now` is the rule that fires as things stand."""

    def __init__(self, pack: Pack, stated: Stated, missing: Sequence[Question] = ()) -> None:
        self.pack, self.stated, self.looks = pack, stated, looks_of(pack)
        names = frozenset(each.id for each in missing)
        ways = ways_of(pack)
        self.left_open = ways.left_open(names)
        """Which of it stands for what is open."""

        self.space = ways.opened(tuple(each for each in HOUR_INPUTS if each in names))
        """All that is tried at once: every choice, and how what is open could turn out."""
        self.count = 0
        """How many different sets of changes were tried so far."""
        self.worlds = self._worlds(self.space)
        self.fired = list(self.worlds.fired())
        """Each rule that fires anywhere there, and where."""
        self.facts = self.worlds.last()
        [self.now] = (rule for rule, here in self.fired if here >> self.space.many - 1)
        self._hours = [name for name in hour_facts(pack, stated) if name in self.looks.names]
        self._kept: dict[Hashable, Rule] = {}
        self._seen: dict[Changed, Hashable] = {}

    def _worlds(self, space: Space) -> Worlds:
        self.count += space.many
        return Worlds(self.looks.table, self.stated, space)

    def rule(self, *changes: Move) -> Rule:
        """The rule that would fire with these changes; kept, for whoever nears a number."""
        seen = self.seen(changes)
        if seen not in self._kept:
            self.count += 1
            stated = {**self.stated, **dict(changes)}
            [self._kept[seen]] = Worlds(self.looks.table, stated, _AS_STATED).rules()
        return self._kept[seen]

    def foresee(self, variations: Iterable[Changed]) -> None:
        """Keep the rules of changes that will be asked for one by one."""
        new = {self.seen(changes): changes for changes in variations}
        if new:
            self._kept |= zip(new, self._worlds(Space.of([*new.values()])).rules(), strict=True)

    def blocking(self, variations: Sequence[Changed]) -> Worldly:
        """Where among these changes a blocker is added."""
        if not variations:
            return 0
        return self.blocked(Worlds(self.looks.table, self.stated, variations))

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
    return Trials(pack, state(pack, answers), missing_in(pack, answers))
