"""Where the teams stand as a file: CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bot.blocks.teams import reached
from bot.domain.model import Tax
from bot.domain.model.teams import TeamRow, TeamsView

HEAD = (
    "channel", "card", "outcome", "headline", "since", "what stops it", "owners", "asked to own",
    "pilot", "goal", "next", "what is next", "open actions", "late actions", "runs a mesh",
    "for the platform",
    "hours today", "hours today, low", "hours today, high", "left over", "left over, low",
    "left over, high",
)  # fmt: skip
FORMULA = tuple("=+-@\t\r\n|%")
"""How text begins that a spreadsheet may run."""


def teams_csv(view: TeamsView) -> str:
    """A row a team; people and channels by Slack's ids, hours a month as plain numbers."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([_safe(each) for each in _row(row)] for row in view.rows)
    return out.getvalue()


def _row(row: TeamRow) -> Sequence[str | float]:
    return [
        row.channel,
        row.link,
        row.outcome,
        row.headline,
        row.since.isoformat() if row.since else "",
        "; ".join(row.stops),
        " ".join(row.owners),
        row.asked,
        row.pilot,
        reached(row),
        row.next.isoformat() if row.next else "",
        row.what,
        row.open_actions,
        row.late,
        "yes" if row.there else "no",
        "yes" if row.platform else "no",
        *_hours(row.tax),
    ]


def _hours(tax: Tax | None) -> Sequence[str | float]:
    """As counted, low, high; of today, and what is left over with a mesh. Empty: not counted."""
    if tax is None:
        return [""] * 6
    ends = (tax, tax.low, tax.high)
    both = [each.total_hours for each in ends] + [each.net_hours for each in ends]
    return [round(each, 2) + 0.0 for each in both]


def _safe(cell: str | float) -> str | float:
    """Text that begins like a formula is shown as text; figures are ours."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
