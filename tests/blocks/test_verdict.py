"""The verdict's table: the worst rows first, and what is left out is counted."""

from __future__ import annotations

import pytest

from bot.blocks import verdict
from bot.blocks.kit import Block
from bot.domain.dossier import Dossier
from tests.blocks.pilot_gallery import EMPTY, ROWS, VERDICT
from tests.blocks.widest import SHIPPED


def dossier(**results: int) -> Dossier:
    """A pilot with so many rows of each result, the good ones first."""
    short = {"label": "p95 latency, added", "service": "", "why": "", "unit": "ms", "measured": 1}
    row = ROWS[0].model_copy(update=short)
    rows = tuple(
        row.model_copy(update={"result": result, "place": f"/{result}/{at}"})
        for result, many in results.items()
        for at in range(many)
    )
    return EMPTY.model_copy(update={"verdict": VERDICT.model_copy(update={"rows": rows})})


def table(drawn: Dossier) -> list[list[str]]:
    """The cells of the verdict's table, without the header."""
    blocks: list[Block] = verdict.private(SHIPPED, drawn)["blocks"]
    found = next(each for each in blocks if each["type"] == "table")
    return [[cell["text"] for cell in row] for row in found["rows"][1:]]


def results(rows: list[list[str]]) -> list[str]:
    return [row[3].split(",")[0] for row in rows]


def test_what_needs_a_look_comes_first():
    shown = table(dossier(**{"pass": 3, "missing": 2, "inconclusive": 1, "fail": 1}))
    assert results(shown) == ["Fail", "Inconclusive", "Missing", "Missing", "Pass", "Pass", "Pass"]


def test_all_rows_are_shown_as_long_as_they_fit():
    shown = table(dossier(**{"pass": verdict.MOST_ROWS}))
    assert results(shown) == ["Pass"] * verdict.MOST_ROWS


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ({"pass": 60, "fail": 2}, "22 Pass"),
        ({"pass": 60, "missing": 30, "inconclusive": 20}, "10 Missing, 60 Pass"),
        ({"fail": 1100, "pass": 7}, "1,060 Fail, 7 Pass"),
    ],
)
def test_what_is_left_out_is_counted_by_result(given: dict[str, int], left: str):
    *shown, last = table(dossier(**given))
    many = sum(given.values()) - verdict.MOST_ROWS
    assert len(shown) == verdict.MOST_ROWS
    assert last == [f"and {many:,} more", "-", "-", f"{left}. The worst stand above."]


def test_a_table_that_is_full_sooner_counts_all_that_it_leaves_out():
    wide = dossier(**{"fail": 60})
    rows = tuple(
        row.model_copy(update={"why": "w" * 300, "place": "p" * 90}) for row in wide.verdict.rows
    )
    wide = wide.model_copy(update={"verdict": wide.verdict.model_copy(update={"rows": rows})})
    *shown, last = table(wide)
    assert len(shown) < verdict.MOST_ROWS
    assert last[0] == f"and {60 - len(shown)} more"
    assert last[3] == f"{60 - len(shown)} Fail. The worst stand above."
