"""The hours on the page of a review: as bars, with both ends, and the arithmetic in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.blocks.hours import SIDES, any_derived, sums
from bot.documents.curves import bars
from bot.documents.page import bullets, table
from bot.domain.pack import Pack
from bot.domain.team import Standing
from bot.domain.words import amount

_MARKS = re.compile(r"(?<!\w)[*_](?=\S)(.+?)(?<=\S)[*_](?!\w)")


def hours(pack: Pack, standing: Standing) -> Iterator[str]:
    """What the network between services costs without a mesh and with one."""
    tax, there = standing.advice.tax, standing.advice.there
    if tax is None:
        yield "<h2>Engineer hours a month</h2>\n<p>Not all figures were given.</p>"
        return
    yield "<h2>Engineer hours a month</h2>"
    one = "the mesh" if there else "a mesh"
    heads = (SIDES[there][0], f"Saved by {one}", f"To run {one}", "Left over")
    names = ("total_hours", "saved_hours", "mesh_hours", "net_hours")
    drawn = [(words, getattr(tax, name)) for words, name in zip(heads, names[:3], strict=False)]
    yield f"<figure>{bars(drawn)}</figure>"
    ends = (tax.low, tax, tax.high)
    yield table(
        ("", "Low", "As given", "High"),
        (
            (words, *(amount(getattr(each, name)) for each in ends))
            for words, name in zip(heads, names, strict=True)
        ),
        "hours",
    )
    derived = any_derived(standing)
    lines = sums(pack, tax, standing.estimate, there=there, derived=derived)
    yield bullets(plain(each) for each in lines[1:])


def plain(text: str) -> str:
    """A line that was written for Slack, without its marks."""
    return _MARKS.sub(r"\1", text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
