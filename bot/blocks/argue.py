"""The other side of an advice: what card and thread do not say already, from the team's answers."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import cites, hours, kit, phrases
from bot.blocks.surfaces import Payload, message
from bot.blocks.words import cut, inside, person
from bot.domain.model import GOES_AHEAD, Flip, Tax
from bot.domain.model.advice import NOT_ANSWERED, NOT_HERE
from bot.domain.pack import Pack
from bot.domain.team import Standing
from bot.domain.words import number

MOST = 6


def argue(pack: Pack, standing: Standing, user: str) -> Payload:
    """Arguments that are new; where there are none, the contrary ones that stand above."""
    advice = standing.advice
    new = [*_against(pack, standing)] if advice.outcome in GOES_AHEAD else [*_for(pack, standing)]
    lines = [f"• {each}" for each in new[:MOST]]
    if not lines:
        lines = [f"• {each.text} _({cites.behind(pack, each)})_" for each in advice.other_side]
    head = f"*The other side of “{advice.title}”*, asked for by {person(user)}:"
    none = "Your own answers give nothing to the other side."
    lines = lines or [none]
    cited = [each for each in pack.sources if cites.of_source(pack, each) in "\n".join(lines)]
    named = cites.called(pack, cited)
    text = cut("\n".join([head, *lines, *([f"_{named}_"] if named else [])]), 3000)
    return message(kit.section("other", text))


def _against(pack: Pack, standing: Standing) -> Iterator[str]:
    """Against a mesh: the hours at their worst, what would do instead, what it gives up."""
    advice = standing.advice
    if advice.tax and advice.tax.low.net_hours < 0 <= advice.tax.net_hours:
        yield _off(pack, standing, advice.tax, advice.tax.low.net_hours)
    for each in advice.alternatives[:2]:
        if each.options:
            option = each.options[0]
            yield f"{each.need}: {option.title}. {option.gives} _({_cites(pack, option.sources)})_"
    if advice.shape:
        cite = _cites(pack, (advice.shape.source,))
        yield f"A mesh of this shape adds to run: {advice.shape.adds_to_run} _({cite})_"
        yield from (f"It gives up: {each}" for each in advice.shape.gives_up[:2])
    for flip in [each for each in advice.turns if each.holds_back][:1]:
        text = "speak for the way out" if advice.there else "hold it back"
        yield _turned(pack, flip, text)


def _for(pack: Pack, standing: Standing) -> Iterator[str]:
    """For a mesh: when one helps most, the hours at their best, what would lift the outcome."""
    advice = standing.advice
    none = (NOT_ANSWERED, NOT_HERE, *(each.otherwise for each in pack.needs.values()))
    for row in advice.article_table:
        if not row.you.startswith(none):
            yield (
                f"{row.need}: {inside(row.you)}. A mesh helps most when: {row.helps_when}. "
                "_(your answers; our source article's table)_"
            )
    if advice.tax and advice.tax.high.net_hours > 0 >= advice.tax.net_hours:
        yield _off(pack, standing, advice.tax, advice.tax.high.net_hours)
    for flip in [each for each in advice.turns if not each.holds_back][:2]:
        lifted = "speak for keeping it" if advice.there else "lift it"
        yield _turned(pack, flip, lifted)


def _turned(pack: Pack, flip: Flip, does: str) -> str:
    changes = "One change" if len(flip.changes) == 1 else "Two changes together"
    return f"{changes} would {does}: {phrases.turn(pack, flip)}"


def _off(pack: Pack, standing: Standing, tax: Tax, net: float) -> str:
    off = hours.off(pack, derived=hours.any_derived(standing))
    return f"{off}, a month ends at {number(net)} hours net, not at {number(tax.net_hours)}."


def _cites(pack: Pack, sources: tuple[str, ...]) -> str:
    return ", ".join(cites.of_source(pack, each) for each in sources if each in pack.sources)
