"""Whether as many items as a pack has find room on Slack's screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.domain.pack import Pack
from bot.domain.pack.limits import (
    MOST_BUDGETS,
    MOST_IN_A_TABLE,
    MOST_INPUTS,
    MOST_OPTIONS,
    MOST_OPTIONS_IN_A_SLICE,
    MOST_QUESTIONS_A_PAGE,
    MOST_ROLES,
    MOST_SERVICES_IN_A_SLICE,
    MOST_STEPS,
)
from bot.knowledge.marks import Fault, Map, Path, locate

YOU = 60
"""Characters of the column in which the team's own answer stands."""
LISTED = {
    "meshes": MOST_OPTIONS,
    "traits": MOST_OPTIONS - 1,
    "drills": MOST_OPTIONS,
    "recipes": MOST_OPTIONS,
    "roles": MOST_ROLES,
    "budgets": MOST_BUDGETS,
    "stages": MOST_STEPS,
    "chores": MOST_INPUTS // 2,
}
"""Section of the pilot → how many of its items one place shows; traits leave room for one more,
"our most sensitive service", and a chore of the worksheet takes two fields."""


def capacity_faults(pack: Pack, tree: Map) -> Iterator[Fault]:
    """Every list that is longer than the place where it is shown."""
    for path, many, most, what in _counts(pack):
        if many > most:
            words = f"{what} {many:,}, its place in Slack holds {most:,}"
            yield Fault(locate(tree, path), path, words)


def _counts(pack: Pack) -> Iterator[tuple[Path, int, int, str]]:
    yield ("topics",), len(pack.topics), MOST_OPTIONS, "are"
    yield ("pages",), len(pack.pages), MOST_OPTIONS, "are"
    yield ("steps",), len(pack.steps), MOST_STEPS, "are"
    for topic, many in Counter(entry.topic for entry in pack.entries.values()).items():
        yield ("topics", topic), many, MOST_OPTIONS, "has entries,"
    for key, question in pack.questions.items():
        most = MOST_OPTIONS - question.may_not_apply
        yield ("questions", key, "options"), len(question.options), most, "are"
    for page in pack.pages:
        yield ("pages", page), len(pack.asked_on(page)), MOST_QUESTIONS_A_PAGE, "has questions,"
    for section, most in LISTED.items():
        yield (section,), len(getattr(pack, section)), most, "are"
    yield ("plan", "most"), pack.plan.most, MOST_SERVICES_IN_A_SLICE, "is"
    offered = pack.plan.most * (len(pack.traits) + 1)
    words = "are offered for each service of a slice,"
    yield ("traits",), offered, MOST_OPTIONS_IN_A_SLICE, words
    cells = (
        f"{each.label}{each.helps_when}{each.alternative_when}" for each in pack.needs.values()
    )
    letters = sum(len(each) + YOU for each in cells)
    yield ("needs",), letters, MOST_IN_A_TABLE, "fill a table of characters,"
