"""The worksheet: what running a mesh takes, chore by chore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.blocks import ids, kit
from bot.blocks.cites import of_source
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, modal
from bot.blocks.words import typed
from bot.domain.pack import Pack
from bot.domain.pack.worksheet import MOST_HOURS, MOST_TIMES, Chore
from bot.domain.words import listed, some

Figures = Mapping[str, tuple[float, float]]
"""Chore → how often it comes, and the hours each time."""
TIMES, HOURS = ".times", ".hours"
"""Behind a chore's id: the blocks of its two figures."""


def form(
    pack: Pack, figures: Figures, hours_a_month: float, meta: str, name: str = ids.WORKSHEET_FORM
) -> Payload:
    """Two fields a chore, where its first figures come from, what these come to.

    `name` is its id: it says which form it leads back to.
    """
    intro = kit.context(
        "intro",
        f"As filled in when this opened: *{some(hours_a_month, 'hours a month')}*. Put in "
        "your own figures. The sum becomes the answer, called derived, with these figures beside "
        "it.",
    )
    fields = [
        block for each in pack.chores.values() for block in _fields(pack, each, *figures[each.id])
    ]
    ways = kit.actions("ways", kit.button(ids.LEAVE_WORKSHEET, "Back without the sum"))
    return modal(
        name, "Hours to run a mesh", [intro, *fields, ways], submit="Use the sum",
        meta=meta,
    )  # fmt: skip


def _fields(pack: Pack, chore: Chore, times: float, hours: float) -> list[Block]:
    often, takes = chore.often, chore.takes
    return [
        kit.field(
            chore.id + TIMES,
            f"{chore.title}: how many {chore.counted} a {often.per}?",
            _figure(times, MOST_TIMES),
            _hint(pack, often.why, often.sources),
        ),
        kit.field(
            chore.id + HOURS,
            f"{chore.title}: how many hours each, all people?",
            _figure(hours, MOST_HOURS),
            _hint(pack, takes.why, takes.sources),
        ),
    ]


def _hint(pack: Pack, why: str, sources: Sequence[str]) -> str:
    """Where a figure comes from; that it is ours is said by its words."""
    others = [of_source(pack, each) for each in sources if pack.sources[each].kind != "derived"]
    return f"{why} Source: {listed(others)}." if others else why


def _figure(value: float, most: int) -> kit.Element:
    return kit.number_input(ids.FIGURE, typed(value), least="0", most=str(most), whole=False)
