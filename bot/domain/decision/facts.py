"""Answers → facts: what is stated, what follows from it, what the hours say. docs/design.md §5.

A question without an answer counts as unknown; "does not apply" counts as no. A number that
nobody gave is its default or None. Of a text only whether there is one matters here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.domain.decision.hours import count_of, hour_facts
from bot.domain.metric import metric_sound
from bot.domain.model import Answer, Answers, Fact, Facts
from bot.domain.pack import Pack, Question
from bot.domain.pack.condition import Condition
from bot.domain.pack.decision import Need
from bot.domain.pack.vocabulary import COUNTS, ESTIMATED, covered_by
from bot.domain.pack.whole import EXISTING

MESH_HERE = "mesh_here"
"""The pack's fact that a mesh runs already."""
Stated = Mapping[str, Fact]
"""Question id → what was said, before anything is derived from it."""


def facts_of(pack: Pack, answers: Answers) -> Facts:
    """Everything conditions can look at."""
    return derive(pack, state(pack, answers))


def state(pack: Pack, answers: Answers) -> Stated:
    """What the answers say and what estimates rest on; a figure without evidence is a guess."""
    answered = {each.id: _said(each, answers.get(each.id)) for each in pack.questions.values()}
    metric = answers.get("success_metric")
    sound = metric is not None and metric_sound(str(metric.value))
    estimated = ((name, answers.get(name)) for name in ESTIMATED)
    evidence = {f"{name}_evidence": (each and each.evidence) or "guess" for name, each in estimated}
    elsewhere = metric_elsewhere(pack, answers)
    return {**answered, **evidence, "metric_sound": sound, "metric_elsewhere": elsewhere}


def metric_elsewhere(pack: Pack, answers: Answers) -> bool:
    """Whether the metric's words belong to another main reason, and none to the chosen one."""
    driver, metric = answers.get("driver"), answers.get("success_metric")
    if driver is None or metric is None or driver.value not in pack.drivers:
        return False
    words = re.findall(r"\w+", str(metric.value).casefold())
    fits = {
        each.id: any(word.startswith(each.words) for word in words)
        for each in pack.drivers.values()
        if each.words
    }
    return fits.get(str(driver.value)) is False and any(fits.values())


def is_open(question: Question, answers: Answers) -> bool:
    """Whether nobody has answered, or somebody has said that they don't know.

    What counts as something while nobody answers is not open.
    """
    answer = answers.get(question.id)
    return question.unsaid is None if answer is None else answer.value == "unknown"


def mesh_here(pack: Pack, answers: Answers) -> bool:
    """Whether a mesh runs already: then nobody asks whether to add one.

    Every page asks: where answers alone tell, as in the shipped pack, nothing else is worked out.
    """
    condition = pack.facts.get(MESH_HERE)
    if condition is None or not condition.named <= pack.questions.keys():
        return facts_of(pack, answers).get(MESH_HERE) is True
    stated = {name: _said(pack.questions[name], answers.get(name)) for name in condition.named}
    return condition.holds(stated)


def _said(question: Question, answer: Answer | None) -> Fact:
    match question.kind:
        case "number":
            return question.default if answer is None else _number(answer)
        case "text" | "date":
            return answer is not None
        case "choices":
            return answer.value if answer and isinstance(answer.value, tuple) else ()
        case _:
            code = str(answer.value) if answer else question.unsaid or "unknown"
            return "no" if code == "na" else code


def _number(answer: Answer) -> float | None:
    return answer.value if isinstance(answer.value, int | float) else None


def derive(pack: Pack, stated: Stated) -> dict[str, Fact]:
    """What follows: the hours, each need, their counts, and the pack's own facts in its order."""
    facts = {**stated, **hour_facts(pack, stated)}
    facts["language_count"] = count_of(stated.get("languages"))
    facts["mesh_ended"] = pack.has_ended(stated.get(EXISTING))
    counts = dict.fromkeys(COUNTS, 0)
    for need in pack.needs.values():
        flags = _derive_need(pack, need, facts)
        counts["needs"] += flags["now"] or flags["soon"]
        counts["open_needs"] += flags["open"]
        counts["open_now"] += flags["open_now"]
        counts["unknown_needs"] += not (flags["now"] or flags["soon"]) and _if(need.unknown, facts)
        facts |= {f"{need.id}_{flag}": holds for flag, holds in flags.items()}
    facts |= counts
    for name, condition in pack.facts.items():
        facts[name] = condition.holds(facts)
    return facts


def _derive_need(pack: Pack, need: Need, facts: dict[str, Fact]) -> dict[str, bool]:
    """Its flags; each way in which it is covered becomes a fact at once."""
    now, soon = need.now.holds(facts), _if(need.soon, facts)
    coverable = False
    for cover in pack.covers.values():
        if cover.need == need.id:
            holds = cover.when.holds(facts)
            facts[covered_by(cover.id)] = (now or soon) and holds
            coverable = coverable or holds
    covered = (now or soon) and coverable
    return {
        "now": now,
        "soon": soon and not now,
        "coverable": coverable,
        "covered": covered,
        "open": (now or soon) and not covered,
        "open_now": now and not covered,
    }


def _if(condition: Condition | None, facts: Facts) -> bool:
    return condition is not None and condition.holds(facts)
