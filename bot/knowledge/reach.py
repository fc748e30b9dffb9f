"""What could never happen: contradictions, shadowed rows, rules nobody shows, unused questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.domain.pack.drivers import Driver
from bot.domain.pack.vocabulary import HOUR_INPUTS, NEED_FLAGS
from bot.knowledge.marks import Fault, Map, Path, locate, plain
from bot.knowledge.models import conditions
from bot.knowledge.solver import Solver
from bot.knowledge.texts import figures_used

TABLES = ("rules", "shapes", "verdicts")
"""Sections whose first item that holds is the one that counts."""
DECIDING = {"rules": "rule", "verdicts": "row"}
"""Tables that must decide whatever is known, and what one of their items is called."""
REASON = "driver"
"""Id of the question about the one main reason; its options are the codes of `drivers`."""
Found = Iterator[tuple[Path, str]]


def reach_faults(pack: Pack, tree: Map) -> Iterator[Fault]:
    """Everything in a pack that is written well and could never matter."""
    written = {path: Condition.model_validate(plain(raw)) for path, raw in conditions(tree)}
    solver = Solver(pack, written.values())
    placed = [
        *_impossible(solver, written),
        *_shadowed(solver, pack),
        *_open_end(pack),
        *_unseen(pack),
        *_unused(pack, written),
        *_uncounted(pack, written.values()),
    ]
    for path, words in placed:
        yield Fault(locate(tree, path), path, words)


def _impossible(solver: Solver, written: dict[Path, Condition]) -> Found:
    for path, condition in written.items():
        if path[0] not in TABLES and not solver.possible([(condition, True)]):
            yield path, "can never hold: its parts exclude each other"


def _shadowed(solver: Solver, pack: Pack) -> Found:
    """Rows that can never be the first to hold."""
    for section in TABLES:
        above: list[tuple[str, Condition]] = []
        for key, row in getattr(pack, section).items():
            own = (row.when, True)
            if not solver.possible([own, *((when, False) for _, when in above)]):
                alone = (name for name, when in above if not solver.possible([own, (when, False)]))
                yield (section, key), _why(solver.possible([own]), next(alone, None))
            above.append((key, row.when))


def _why(possible_alone: bool, thief: str | None) -> str:
    if not possible_alone:
        return "can never fire: the parts of its condition exclude each other"
    if thief:
        return f"can never fire: whenever it holds, '{thief}' above it holds too"
    return "can never fire: the rows above it take every case"


def _open_end(pack: Pack) -> Found:
    """Some rule must decide whatever the answers are, and some row whatever the results are."""
    for section, word in DECIDING.items():
        rows = getattr(pack, section)
        last = [*rows.values()][-1] if rows else None
        if last is None:
            yield (section,), "are empty: nothing decides"
        elif last.when != Condition():
            yield (section, last.id), f"is the last {word} and must hold always: when: {{}}"


def _unseen(pack: Pack) -> Found:
    shown = {example.rule for example in pack.examples.values()}
    for key in pack.rules.keys() - shown:
        yield ("rules", key), "no example shows it: add one to examples/ whose rule it is"


def _unused(pack: Pack, written: dict[Path, Condition]) -> Found:
    """Questions that are never asked and change nothing; pages that ask nothing."""
    used = {name for condition in written.values() for name in condition.names()}
    used |= {each.question for each in (*pack.reasons.values(), *pack.blockers.values())}
    used |= {need.question for need in pack.needs.values()}
    used |= figures_used(pack) | set(HOUR_INPUTS)
    for key, question in pack.questions.items():
        if question.page is None and key not in used:
            yield ("questions", key), "is on no page, and no rule, fact, need or reason uses it"
    for key in pack.pages:
        if not pack.asked_on(key):
            yield ("pages", key), "has no question"


def _uncounted(pack: Pack, written: Iterable[Condition]) -> Found:
    """Main reasons that nobody can pick, or that count for nothing once picked."""
    question = pack.questions.get(REASON)
    offered = {option.code for option in question.options} if question else set()
    parts = [each for condition in written for each in _parts(condition) if REASON in each.tests]
    for key, driver in pack.drivers.items():
        if key not in offered:
            yield ("drivers", key), f"no option of '{REASON}' offers it: nobody can pick it"
        elif not any(_names(part, driver) for part in parts):
            yield ("drivers", key), f"{_lacking(driver)}: picked, it never counts"


def _parts(condition: Condition) -> Iterator[Condition]:
    """A condition and every condition inside it."""
    yield condition
    for part in (*condition.all_of, *condition.any_of, *condition.none_of):
        yield from _parts(part)


def _names(part: Condition, driver: Driver) -> bool:
    """Whether it looks at the main reason and, where that is a need, at the need beside it."""
    codes = part.tests[REASON]
    if not isinstance(codes, tuple) or driver.id not in codes:
        return False
    return not driver.need or any(f"{driver.need}_{flag}" in part.named for flag in NEED_FLAGS)


def _lacking(driver: Driver) -> str:
    if not driver.need:
        return "no condition names it"
    return f"no condition names it beside its need, as in {driver.need}_open_now"
