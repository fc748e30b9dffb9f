"""The one line that leads on from here, and the one change that would lift the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.decision.flips import leads_on, strengthens
from bot.domain.decision.space import Changed
from bot.domain.decision.trials import Trials
from bot.domain.model import Flip, Required, Upward
from bot.domain.model.adopting import in_order
from bot.domain.pack import Pack
from bot.domain.words import listed


def upward_in(
    pack: Pack, trials: Trials, required: tuple[Required, ...], decisive: Sequence[str]
) -> Upward | None:
    """What to find out, which answers clash, or what is not met; None where nothing is in reach."""
    outcome = trials.now.outcome
    if outcome == "undecided":
        return _find_out(pack, trials, decisive)
    unmet = in_order(required)
    reachable = bool(unmet) and all(each.question for each in unmet)
    if outcome == "pilot" or (outcome == "not_yet" and reachable):
        return Upward(label="To reach Adopt", parts=tuple(_parts(pack, unmet)))
    return None


def lift_in(trials: Trials, flips: Iterable[Flip]) -> Flip | None:
    """The change worth naming: what the team can do first, then the fewest, then Adopt."""
    questions, now = trials.pack.questions, trials.now.outcome
    up = [
        flip
        for flip in flips
        if leads_on(flip.outcome, now)
        and all(strengthens(questions[each.question], each) for each in flip.changes)
    ]
    up.sort(key=lambda flip: (not flip.changeable, len(flip.changes), flip.outcome != "adopt"))
    return next((flip for flip in up if not trials.contradicted(_moves(flip))), None)


def _moves(flip: Flip) -> Changed:
    return tuple((each.question, each.after) for each in flip.changes)


def _find_out(pack: Pack, trials: Trials, decisive: Sequence[str]) -> Upward | None:
    rule, facts = trials.now, trials.facts
    asked = [name for name, when in rule.asks.items() if facts.holds(when)]
    if asked:
        asked.sort(key=[*decisive, *asked].index)
        return Upward(label="Find out first", parts=_called(pack, asked))
    clash = pack.contradictions.get(rule.id)
    return Upward(label="These disagree", parts=_called(pack, clash.questions)) if clash else None


def _called(pack: Pack, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(pack.questions[name].short for name in names)


def _parts(pack: Pack, unmet: Sequence[Required]) -> Iterator[str]:
    """What is not met, in its order; said once each."""
    asked = (each.question for each in unmet if each.how == "answer" and each.question)
    named = [f"“{pack.questions[name].short}”" for name in dict.fromkeys(asked)]
    if named:
        yield f"answer {listed(named)}"
    for each in unmet:
        if each.how != "answer":
            yield each.lacks if each.question else f"{each.lacks} (out of reach)"
