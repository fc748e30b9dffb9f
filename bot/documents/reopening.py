"""What would reopen the question, as it was written down with the decision."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.deciders import Names, called, named
from bot.documents.page import table
from bot.domain.dates.model import Tripwire
from bot.domain.team import Standing

_SAID = {"": "nobody said yet", "no": "not happened", "yes": "has happened"}


def markdown(standing: Standing, names: Names) -> list[str]:
    """For the record: a paragraph, or nothing where none was written down."""
    lines = [f"* {each.text}: {_said(each, named(each.by, names))}" for each in standing.tripwires]
    if not lines:
        return []
    return [
        "Reopen it, whatever else is true, when one of these has happened:\n\n" + "\n".join(lines)
    ]


def _said(wire: Tripwire, who: str) -> str:
    if not wire.said or wire.said_on is None:
        return _SAID[""]
    return f"{_SAID[wire.said]}, says {who}, {wire.said_on:%Y-%m-%d}"


def page(standing: Standing, names: Names) -> Iterator[str]:
    """For the report."""
    if standing.tripwires:
        yield "<h2>What reopens the question</h2>"
        rows = [(each.text, _said(each, called(each.by, names))) for each in standing.tripwires]
        yield table(("When this has happened", "By now"), rows)
