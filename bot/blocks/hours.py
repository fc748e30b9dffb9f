"""The hours a month: the arithmetic in words, and the same figures as bars."""

from __future__ import annotations

from bot.blocks import cites, estimate, kit, phrases
from bot.blocks.kit import Block
from bot.domain.estimate.model import Estimate
from bot.domain.model import Tax
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import ESTIMATED
from bot.domain.team import Standing
from bot.domain.words import number, some


def sums(
    pack: Pack,
    tax: Tax,
    estimated: Estimate | None = None,
    *,
    there: bool = False,
    derived: bool = False,
) -> list[str]:
    """The arithmetic, term by term, with what it leaves out."""
    without, using = SIDES[there]
    share = f"{number(tax.saving_percent)} % saved{cites.assumed(pack, tax)}"
    lines = [
        "*Engineer hours a month*",
        f"{without}: {number(tax.incident_hours)} on incidents + {number(tax.drift_hours)} on "
        f"upkeep = {number(tax.total_hours)}.",
        f"{using}: {share} = {number(tax.saved_hours)} "
        f"({number(tax.fte)} FTE at {number(pack.tax.hours_per_fte)} h), less "
        f"{number(tax.mesh_hours)} to run it = {number(tax.net_hours)} net.",
    ]
    proxies = estimate.line(estimated) if estimated else pack.tax.proxies
    ends = _span(pack, tax, derived=derived)
    beside = (_even(pack, tax), phrases.payback(tax), ends, *pack.tax.beside, proxies)
    return [*lines, *filter(None, beside)]


def _even(pack: Pack, tax: Tax) -> str:
    """From where on it pays; or that it never does, or that nobody says what running it takes."""
    if tax.never_pays:
        return pack.tax.no_rate_pays
    if tax.mesh_hours == 0:
        return pack.tax.no_mesh_hours
    if tax.break_even_saving_percent is None:
        return ""
    return (
        f"Break-even: running it in under {some(tax.break_even_mesh_hours, 'hours')}, "
        f"or saving over {number(tax.break_even_saving_percent)} %."
    )


def _span(pack: Pack, tax: Tax, *, derived: bool = False) -> str:
    """Low to high, and by how much of what."""
    if tax.low == tax.high:
        return ""
    low, high = sorted((tax.low.net_hours, tax.high.net_hours))
    return (
        f"{off(pack, derived=derived)}, between {number(round(low))} and "
        f"{some(round(high), 'hours a month')} are left over."
    )


def off(pack: Pack, *, derived: bool) -> str:
    """By how much estimates may be off: If guesses are off by 30 % and counts by 10 %."""
    by = pack.tax.spread_percent
    guessed = "guesses and what is derived" if derived else "guesses"
    return (
        f"If {guessed} are off by {number(by['guess'])} % and counts by {number(by['counted'])} %"
    )


def any_derived(standing: Standing) -> bool:
    """Whether one of the estimates was worked out from other figures."""
    answered = (standing.answered.get(each) for each in ESTIMATED)
    return any(each is not None and each.answer.evidence == "derived" for each in answered)


SIDES = (("Today", "With a mesh"), ("Without the mesh", "With it"))
"""What is compared where one might be added, and where one runs."""


def chart(tax: Tax, *, there: bool = False) -> Block:
    """The hours without a mesh beside those with it, as bars."""
    without, using = SIDES[there]
    left = tax.total_hours - tax.saved_hours
    return kit.bars(
        "chart",
        "Engineer hours a month",
        "hours",
        [
            ("Between services", [(without, f"{tax.total_hours}"), (using, f"{left}")]),
            ("Running the mesh", [(without, "0"), (using, f"{tax.mesh_hours}")]),
        ],
    )
