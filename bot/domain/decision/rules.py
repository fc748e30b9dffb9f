"""The decision table, hit policy *first*: from the top, the first rule whose condition holds.

The rows are `rules` in knowledge/decision.yaml; docs/design.md §5 explains their order:

    wrong tool → too few services → no need, or covered → what stops it → not enough known
    → the hours say no → adopt → pilot (everything else)
"""

from __future__ import annotations

from bot.domain.decision.facts import facts_of
from bot.domain.model import Answers, Facts, Outcome
from bot.domain.pack import Pack
from bot.domain.pack.decision import Rule


def fired(pack: Pack, facts: Facts) -> Rule:
    """The rule that decides. The last row holds always, which the loader checks."""
    return next(rule for rule in pack.rules.values() if rule.when.holds(facts))


def outcome_of(pack: Pack, answers: Answers) -> tuple[str, Outcome]:
    """The id of the rule that fires and its outcome, without the rest of the advice."""
    rule = fired(pack, facts_of(pack, answers))
    return rule.id, rule.outcome


def short_title(pack: Pack, rule: Rule) -> str:
    """The outcome in a line with others: "Pilot first"."""
    return rule.title or pack.outcomes[rule.outcome].short
