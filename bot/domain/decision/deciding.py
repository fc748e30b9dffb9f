"""From answers to advice. The decision itself is one line: the first rule that holds.

    facts     what is stated, and what follows from it     facts.py
    rule      the first row of the table that holds        rules.py, knowledge/decision.yaml
    advice    the rule's words, and everything beside it   here

Whatever row fires, all blockers and all reasons are listed; the order of the table only picks
the headline. Pure: the same answers under the same pack give the same advice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.answers import deadline
from bot.domain.decision.adopting import (
    contradictions_in,
    duty_in,
    to_adopt_in,
    tripwires_in,
)
from bot.domain.decision.article_table import article_table
from bot.domain.decision.assumed import assumed_in, behind, told
from bot.domain.decision.facts import MESH_HERE
from bot.domain.decision.flips import flips_of
from bot.domain.decision.inert import inert_in
from bot.domain.decision.known import KnownFacts
from bot.domain.decision.reasons import actions_in, blockers_in, in_words, reasons_in
from bot.domain.decision.refusing import before_it_goes, cadence_in, refusals_in
from bot.domain.decision.rules import outcome_of
from bot.domain.decision.shape import alternatives_in, shape_for
from bot.domain.decision.tax import tax_of
from bot.domain.decision.trials import Trials, trials_of
from bot.domain.decision.turns import merged
from bot.domain.decision.unknowns import NEVER, unknowns_of
from bot.domain.decision.upward import lift_in, upward_in
from bot.domain.model import GOES_AHEAD, Advice, Alternative, Answers, Flip, PackName
from bot.domain.pack import Pack
from bot.domain.pack.decision import Rule
from bot.domain.words import figures_in

__all__ = ["decide", "outcome_of"]


def decide(pack: Pack, answers: Answers) -> Advice:
    """Everything meshfit concludes from one set of answers."""
    trials = trials_of(pack, answers)
    facts, rule, flips = trials.facts, trials.now, flips_of(pack, answers, trials)
    title = rule.title or pack.outcomes[rule.outcome].title
    driver, unknowns = answers.get("driver"), unknowns_of(pack, answers, trials)
    assumed, alternatives = assumed_in(pack, answers), alternatives_in(pack, facts)
    return Advice(
        outcome=rule.outcome,
        rule=rule.id,
        title=title,
        headline=f"{title}: {in_words(pack, rule.headline, facts)}",
        because=_because(pack, rule, facts, assumed),
        reasons=reasons_in(pack, facts, assumed),
        blockers=blockers_in(pack, facts),
        actions=actions_in(pack, facts, rule),
        flips=flips,
        turns=merged(flips),
        inert=inert_in(trials, flips),
        unknowns=tuple(unknowns),
        tax=tax_of(pack, answers, trials.stated),
        driver=str(driver.value) if driver else None,
        shape=shape_for(pack, facts) if rule.outcome in GOES_AHEAD else None,
        alternatives=alternatives,
        article_table=article_table(pack, answers, facts),
        look_again_days=rule.look_again_days,
        pack=PackName(name=pack.name, version=pack.version),
        **_leading(pack, trials, flips, _decisive(pack, unknowns)),
        **_lasting(pack, trials, alternatives, answers),
    )


def _decisive(pack: Pack, unknowns: Mapping[str, int]) -> tuple[str, ...]:
    """What is worth asking: what may decide, and counts as nothing while nobody answers."""
    ranked = ((pack.questions[name], rank) for name, rank in unknowns.items())
    return tuple(each.id for each, rank in ranked if rank != NEVER and each.unsaid is None)


def _leading(
    pack: Pack, trials: Trials, flips: tuple[Flip, ...], decisive: tuple[str, ...]
) -> dict[str, Any]:
    """What leads on from here, what must be settled first, and what stays due meanwhile."""
    required = to_adopt_in(pack, trials.facts)
    return {
        "decisive": decisive,
        "there": trials.facts.get(MESH_HERE) is True,
        "to_adopt": required,
        "contradictions": contradictions_in(pack, trials.facts),
        "upward": upward_in(pack, trials, required, decisive),
        "lift": lift_in(trials, flips),
        "duty": duty_in(pack, trials.facts, trials.now.outcome),
    }


def _lasting(
    pack: Pack, trials: Trials, alternatives: tuple[Alternative, ...], answers: Answers
) -> dict[str, Any]:
    """What cannot be had here; what a mesh that stays asks for, and what one that goes."""
    facts, outcome = trials.facts, trials.now.outcome
    return {
        "refused": refusals_in(pack, facts) if outcome in GOES_AHEAD else (),
        "before_it_goes": before_it_goes(outcome, alternatives),
        "cadence": cadence_in(pack, facts, outcome),
        "deadline": deadline(answers),
        "tripwires": tripwires_in(pack, facts),
        "goal_vague": "success_metric" in answers and facts.get("metric_sound") is False,
    }


def _because(pack: Pack, rule: Rule, facts: KnownFacts, assumed: Sequence[str]) -> str:
    """The rule's own words, after the sentence with which its outcome opens.

    What is assumed of the figures in them is said after them.
    """
    opening = pack.outcomes[rule.outcome].opening
    beside = (told(pack, each) for each in behind(figures_in(rule.because), assumed))
    return " ".join(filter(None, (opening, in_words(pack, rule.because, facts), *beside)))
