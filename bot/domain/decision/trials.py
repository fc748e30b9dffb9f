"""What would be decided if some answers were different: asked a thousand times an assessment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from bot.domain.decision.facts import Stated, state
from bot.domain.decision.hours import hour_facts
from bot.domain.decision.looks import looks_of
from bot.domain.decision.space import Changed, Move, Space, Worldly, union
from bot.domain.decision.tested import Seen
from bot.domain.decision.ways import missing_in, ways_of
from bot.domain.decision.worlds import Worlds
from bot.domain.model import Answers, Outcome
from bot.domain.pack import Pack, Question
from bot.domain.pack.decision import Rule
from bot.domain.pack.vocabulary import HOUR_INPUTS

_HOURS = frozenset(HOUR_INPUTS)
_AS_STATED = Space.of([()])


class Trials:
    """Decisions around one set of facts; `now` is the rule that fires as things stand."""

    def __init__(self, pack: Pack, stated: Stated, missing: Sequence[Question] = ()) -> None:
        self.pack, self.stated, self.looks = pack, stated, looks_of(pack)
        self.missing = tuple(each.id for each in missing)
        """Questions on pages without an answer, in the order of the checklist."""
        names = frozenset(self.missing)
        self.waiting = names & self.looks.names
        """Those of them that the table looks at."""
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
        self.outcomes = dict[Outcome, Worldly]()
        """Each outcome that is reached anywhere there, and where."""
        for rule, here in self.fired:
            self.outcomes[rule.outcome] = self.outcomes.get(rule.outcome, 0) | here
        self.facts = self.worlds.last()
        [self.now] = (rule for rule, here in self.fired if here >> self.space.many - 1)
        self._hours = [name for name in hour_facts(pack, stated) if name in self.looks.names]
        self._kept: dict[Hashable, Rule] = {}
        self._seen: dict[Move, Hashable] = {}
        self.open_rules: dict[frozenset[str], tuple[Rule, ...]] = {}
        """Which rules may fire while what is open, by what that is."""

    def _worlds(self, space: Space) -> Worlds:
        self.count += space.many
        return Worlds(self.looks.table, self.stated, space)

    def rule(self, *changes: Move) -> Rule:
        """The rule that would fire with these changes; kept, for whoever nears a number."""
        seen = self.seen(changes)
        if seen not in self._kept:
            self.count += 1
            [self._kept[seen]] = self._changed(changes).rules()
        return self._kept[seen]

    def _changed(self, changes: Changed) -> Worlds:
        """The single world of some changes."""
        return Worlds(self.looks.table, {**self.stated, **dict(changes)}, _AS_STATED)

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
        new = (each for each in self.pack.blockers.values() if not self.facts.holds(each.when))
        return union(worlds.where(each.when) for each in new)

    def contradicted(self, changes: Changed) -> bool:
        """Whether answers would not go together with these changes."""
        facts = self._changed(changes).last()
        return any(facts.holds(each.when) for each in self.pack.contradictions.values())

    def seen(self, changes: Changed) -> Hashable:
        """What the table makes of changes: those that it sees alike are decided alike.

        Of the hours at most one is other.
        """
        return tuple([self._seen.get(move) or self._sees(move) for move in changes])

    def _sees(self, move: Move) -> Hashable:
        name, fact = move
        hours: tuple[Seen, ...] = ()
        if name in _HOURS:
            facts = hour_facts(self.pack, {**self.stated, name: fact})
            hours = tuple([self.looks.seen(each, facts[each]) for each in self._hours])
        seen = self._seen[move] = name, self.looks.seen(name, fact), hours
        return seen


def trials_of(pack: Pack, answers: Answers) -> Trials:
    """Around what was answered, with how what is open could turn out."""
    return Trials(pack, state(pack, answers), missing_in(pack, answers))
