"""From answers to advice. The decision itself is one line: the first rule that holds.

    facts     what is stated, and what follows from it     facts.py
    rule      the first row of the table that holds        rules.py, knowledge/decision.yaml
    advice    the rule's words, and everything beside it   here

Whatever row fires, all blockers and all reasons are listed; the order of the table only picks
the headline. Pure: the same answers under the same pack give the same advice.
"""

from __future__ import annotations

from bot.domain.decision.article_table import article_table
from bot.domain.decision.facts import state
from bot.domain.decision.flips import flips_of, inert_in, merged
from bot.domain.decision.reasons import actions_in, blockers_in, reasons_in
from bot.domain.decision.rules import outcome_of
from bot.domain.decision.shape import alternatives_in, shape_for
from bot.domain.decision.tax import tax_of
from bot.domain.decision.trials import Trials
from bot.domain.decision.unknowns import NEVER, unknowns_of
from bot.domain.model import Advice, Answers, Facts, PackName
from bot.domain.pack import Pack
from bot.domain.pack.decision import Rule
from bot.domain.words import worded

__all__ = ["decide", "outcome_of"]


def decide(pack: Pack, answers: Answers) -> Advice:
    """Everything meshfit concludes from one set of answers."""
    trials = Trials(pack, state(pack, answers))
    facts, rule, flips = trials.facts, trials.now, flips_of(pack, answers, trials)
    title = rule.title or pack.outcomes[rule.outcome].title
    driver, unknowns = answers.get("driver"), unknowns_of(pack, answers, trials)
    return Advice(
        outcome=rule.outcome,
        rule=rule.id,
        title=title,
        headline=f"{title}: {worded(rule.headline, facts)}",
        because=_because(pack, rule, facts),
        reasons=reasons_in(pack, facts),
        blockers=blockers_in(pack, facts),
        actions=actions_in(pack, facts, rule),
        flips=flips,
        turns=merged(flips),
        inert=inert_in(pack, answers, flips, trials.looks),
        unknowns=tuple(unknowns),
        decisive=tuple(name for name, rank in unknowns.items() if rank != NEVER),
        tax=tax_of(pack, answers),
        driver=str(driver.value) if driver else None,
        shape=shape_for(pack, facts),
        alternatives=alternatives_in(pack, facts),
        article_table=article_table(pack, answers, facts),
        look_again_days=rule.look_again_days,
        pack=PackName(name=pack.name, version=pack.version),
    )


def _because(pack: Pack, rule: Rule, facts: Facts) -> str:
    """The rule's own words, after the sentence with which its outcome opens."""
    opening = pack.outcomes[rule.outcome].opening
    return " ".join(filter(None, (opening, worded(rule.because, facts))))
