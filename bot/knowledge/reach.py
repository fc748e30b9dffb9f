"""What could never happen: contradictions, shadowed rows, rules nobody shows, unused questions."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.domain.pack.vocabulary import HOUR_INPUTS
from bot.knowledge.marks import Fault, Map, Path, locate, plain
from bot.knowledge.models import conditions
from bot.knowledge.solver import Solver
from bot.knowledge.texts import figures_used

TABLES = ("rules", "shapes", "verdicts")
"""Sections whose first item that holds is the one that counts."""
DECIDING = {"rules": "rule", "verdicts": "row"}
"""Tables that must decide whatever is known, and what one of their items is called."""
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
