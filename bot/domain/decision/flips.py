"""What if: the smallest changes of answers that would change the outcome. docs/design.md §5.

Tried are every single category answer, every pair of them, each number alone, and a number
together with the one category answer that removes the rule that fired. A pair is kept only when
neither half reaches its outcome alone, so each line says nothing that is not needed.

Nobody decides not to know: "don't know" and "does not apply" are never proposed. Free text and
the pilot's result are not either (`flippable: false`): a metric is thought up, a result measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from math import floor

from bot.domain.decision.rules import short_title
from bot.domain.decision.space import Changed, Move, Worldly, union
from bot.domain.decision.trials import Trials, trials_of
from bot.domain.decision.worlds import each_of
from bot.domain.model import GOES_AHEAD, Answers, Change, Fact, Flip, Outcome
from bot.domain.pack import Pack, Question
from bot.domain.pack.decision import Rule

_ORDER: tuple[Outcome, ...] = (
    *("adopt", "pilot", "alternative", "not_yet", "undecided"),
    *("keep", "leave"),
)
_RANK = {outcome: rank for rank, outcome in enumerate(_ORDER)}
Sides = tuple[list[float], ...]
_LEVEL = 2
"""From here on the outcomes are no better than one another: only adopt and pilot go ahead."""
_changed = lru_cache(maxsize=1024, typed=True)(Change)
"""The same change is the same value: it is checked once."""
_GRAINS = (1.0, 0.1, 0.01)
"""How finely a number is rounded: the coarsest that still flips."""


def flips_of(pack: Pack, answers: Answers, trials: Trials | None = None) -> tuple[Flip, ...]:
    """Every flip: no step back first, then what the team can do, what leads on, what is smaller."""
    trials = trials or trials_of(pack, answers)
    chosen = ChoiceFlips(trials)
    numbers = list(_numbers(trials, chosen))
    blocking = trials.blocking([changes for changes, _ in numbers])
    flips = [
        *(_flip(trials, answers, *each) for each in chosen.changing()),
        *(
            _flip(trials, answers, changes, rule, blocked=bool(blocking >> at & 1))
            for at, (changes, rule) in enumerate(numbers)
        ),
    ]
    places = {name: place for place, name in enumerate(pack.questions)}
    return tuple(sorted(flips, key=lambda flip: _order(trials, places, flip)))


class ChoiceFlips:
    """Single category answers, and pairs of which neither half suffices, decided at once."""

    def __init__(self, trials: Trials) -> None:
        self.trials, self.tried = trials, trials.space.tried

    def changing(self) -> Iterator[tuple[Changed, Rule, bool]]:
        """Those that change the outcome, with the rule that would fire and whether one blocks."""
        blocked = self.trials.blocked(self.trials.worlds)
        for place, rule in sorted(self._changing(), key=lambda each: each[0]):
            yield self.tried.changes(place), rule, bool(blocked >> place & 1)

    def removing(self) -> list[Move]:
        """What lifts the rule and doesn't only hide it; where nothing can, what the team can do."""
        lifts = self.tried.singles & ~self.trials.worlds.where(self.trials.now.when)
        questions, stated = self.trials.pack.questions, self.trials.stated
        moves = [move for _, (move,) in self.tried.ways[: self.tried.proposed]]
        return [moves[at] for at in each_of(lifts)] or [
            move for move in moves if questions[move[0]].changeable and stated[move[0]] != move[1]
        ]

    def _changing(self) -> Iterator[tuple[int, Rule]]:
        now, tried = self.trials.now.outcome, self.tried
        every = ((rule, here & tried.choices) for rule, here in self.trials.fired)
        fired = [(rule, here) for rule, here in every if here and rule.outcome != now]
        reached: dict[Outcome, Worldly] = {}
        for rule, here in fired:
            halves = union(tried.pairs.made[at] for at in each_of(here & tried.singles))
            with_one = halves & ~tried.singles
            reached[rule.outcome] = reached.get(rule.outcome, 0) | with_one
        for rule, here in fired:
            for place in each_of(here & ~reached[rule.outcome]):
                yield place, rule


def _needs_both(trials: Trials, one: Move, two: Move) -> bool:
    alone = {trials.now.outcome, trials.rule(one).outcome, trials.rule(two).outcome}
    return trials.rule(one, two).outcome not in alone


def _numbers(trials: Trials, chosen: ChoiceFlips) -> Iterator[tuple[Changed, Rule]]:
    """Numbers alone, and beside each category answer that removes the rule that fired."""
    sides = {each.id: _sides(trials, each) for each in trials.looks.numbers}
    tried = [name for name in sides if _matters(trials, name, sides[name])]
    removing = chosen.removing() if tried else []
    trials.foresee(
        (*beside, (name, point))
        for name in tried
        for side in sides[name]
        for point in side
        for beside in ((), *((move,) for move in removing))
    )
    for name in tried:
        for value in _edges(trials, name, sides[name]):
            yield ((name, value),), trials.rule((name, value))
        for move in removing:
            for value in _edges(trials, name, sides[name], move):
                if _needs_both(trials, move, (name, value)):
                    yield (move, (name, value)), trials.rule(move, (name, value))


def _matters(trials: Trials, name: str, sides: Sides) -> bool:
    """Whether the table can tell any other number from today's."""
    return len({trials.seen(((name, point),)) for side in sides for point in side}) > 1


def _edges(trials: Trials, name: str, sides: Sides, *beside: Move) -> Iterator[float]:
    """The nearest number below and above today's at which the outcome differs."""
    for side in sides:
        value = _first_different(trials, name, side, beside)
        if value is not None:
            yield value


def _sides(trials: Trials, question: Question) -> Sides:
    """From today's number downwards and upwards, the points at which the table may turn."""
    today = trials.stated[question.id]
    if not isinstance(today, int | float):
        return ()  # Nobody gave one, so no change of it is the smallest.
    points = sorted({float(today), *trials.looks.turning_points(question)})
    at = points.index(today)
    return points[at::-1], points[at:]


def _first_different(
    trials: Trials, name: str, points: list[float], beside: Changed
) -> float | None:
    """The number nearest to the first point whose outcome differs from there; None if none."""

    def outcome(value: float) -> Outcome:
        return trials.rule(*beside, (name, value)).outcome

    now = outcome(points[0])
    for near, far in pairwise(points):
        if outcome(far) != now:
            return nearest(lambda value: outcome(value) != now, near, far)
    return None


def nearest(differs: Callable[[float], bool], near: float, far: float) -> float:
    """The number closest to `near` that differs, on the coarsest grain that has one before `far`.

    `near` must not differ and `far` must; between them it changes once.
    """
    way = 1 if far > near else -1
    for grain in _GRAINS:
        first, last = _step(near, way / grain) + 1, _step(far, way / grain)
        if first > last or not differs(_at(last, way * grain)):
            continue
        while first < last:
            middle = (first + last) // 2
            if differs(_at(middle, way * grain)):
                last = middle
            else:
                first = middle + 1
        return _at(last, way * grain)
    return far


def _step(number: float, density: float) -> int:
    """The last step, counted in the direction of travel, that is not beyond a number."""
    return floor(number * density + 1e-9)


def _at(step: int, size: float) -> float:
    """The number at a step, without the noise of multiplying and without a negative zero."""
    return round(step * size, 2) + 0.0


def _flip(trials: Trials, answers: Answers, changes: Changed, rule: Rule, blocked: bool) -> Flip:
    questions = trials.pack.questions
    changeable = all(questions[name].changeable for name, _ in changes)
    return Flip(
        changes=tuple(_change(answers, name, fact) for name, fact in changes),
        outcome=rule.outcome,
        title=short_title(trials.pack, rule),
        changeable=changeable,
        holds_back=not leads_on(rule.outcome, trials.now.outcome)
        and (_goes_ahead(trials) or blocked or (changeable and rule.outcome == "not_yet")),
    )


def _change(answers: Answers, name: str, fact: Fact) -> Change:
    before = answers.get(name)
    after = fact if isinstance(fact, str | float) else str(fact)
    return _changed(question=name, before=before.value if before else None, after=after)


def _goes_ahead(trials: Trials) -> bool:
    return trials.now.outcome in GOES_AHEAD


def leads_on(outcome: Outcome, now: Outcome) -> bool:
    """Whether an outcome is nearer to adopting than today's."""
    return _RANK[outcome] < min(_RANK[now], _LEVEL)


def strengthens(question: Question, change: Change) -> bool:
    """Whether a change is a step up that may be named on the card, and one to be believed."""
    before, after = change.before, change.after
    if isinstance(before, str) and {before, after} <= {*question.rises}:
        return question.rises.index(str(after)) > question.rises.index(before)
    if question.falls_to and isinstance(before, int | float) and isinstance(after, int | float):
        return 0 < before * question.falls_to <= after < before
    return False


def _order(
    trials: Trials, places: Mapping[str, int], flip: Flip
) -> tuple[bool, bool, bool, bool, int, int, list[int]]:
    """Upwards before aside before back; what the team can do, then what is smaller."""
    questions = trials.pack.questions
    return (
        flip.holds_back,
        not leads_on(flip.outcome, trials.now.outcome),
        not flip.changeable,
        not all(strengthens(questions[each.question], each) for each in flip.changes),
        len(flip.changes),
        _RANK[flip.outcome],
        [places[change.question] for change in flip.changes],
    )
