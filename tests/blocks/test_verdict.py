"""The verdict's table: the worst rows first, and what is left out is counted."""

from __future__ import annotations

import pytest

from bot.blocks import verdict
from bot.blocks.kit import Block
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Dossier
from bot.domain.team import FORMER
from tests.blocks.pilot_gallery import EMPTY, ROWS, VERDICT
from tests.blocks.widest import SHIPPED


def dossier(**results: int) -> Dossier:
    """A pilot with so many rows of each result, the good ones first."""
    short = {"label": "p95 latency, added", "service": "", "why": "", "unit": "ms", "measured": 1}
    row = ROWS[0].model_copy(update=short)
    rows = tuple(
        row.model_copy(update={"result": result, "endpoint": f"/{result}/{at}"})
        for result, many in results.items()
        for at in range(many)
    )
    return EMPTY.model_copy(update={"verdict": VERDICT.model_copy(update={"rows": rows})})


def table(drawn: Dossier) -> list[list[str]]:
    """The cells of the verdict's table, without the header."""
    blocks: list[Block] = verdict.private(SHIPPED, drawn)["blocks"]
    table_block = next(each for each in blocks if each["type"] == "table")
    return [[cell["text"] for cell in row] for row in table_block["rows"][1:]]


def results(rows: list[list[str]]) -> list[str]:
    return [row[3].split(",")[0] for row in rows]


def test_what_needs_a_look_comes_first():
    shown = table(dossier(**{"pass": 3, "missing": 2, "inconclusive": 1, "fail": 1}))
    assert results(shown) == ["Fail", "Inconclusive", "Missing", "Missing", "Pass", "Pass", "Pass"]


def goal_row(by: str) -> tuple[Block, str]:
    """The last cell of the goal's row in the table, and the message as it is heard."""
    row = {"budget": GOAL, "by": by, "rest": " on 28 Nov 2026", "why": "Measured"}
    row = ROWS[0].model_copy(update={**row, "single": False, "result": "pass"})
    drawn = EMPTY.model_copy(update={"verdict": VERDICT.model_copy(update={"rows": (row,)})})
    drawn_privately = verdict.private(SHIPPED, drawn)
    shown = next(each for each in drawn_privately["blocks"] if each["type"] == "table")
    return shown["rows"][1][3], drawn_privately["text"]


def test_the_goals_row_names_who_found_it_as_slack_shows_people():
    cell, heard = goal_row("U0ANA")
    parts = cell["elements"][0]["elements"]
    assert {"type": "user", "user_id": "U0ANA"} in parts
    assert "Pass. Measured by <@U0ANA> on 28 Nov 2026." in heard
    cell, heard = goal_row(FORMER)
    assert cell["text"] == "Pass. Measured by a former member on 28 Nov 2026."
    assert cell["text"] in heard


def test_what_somebody_typed_names_nobody_in_the_table():
    row = ROWS[0].model_copy(update={"budget": GOAL, "label": "<@U0EVE>", "by": "U0ANA"})
    drawn = EMPTY.model_copy(update={"verdict": VERDICT.model_copy(update={"rows": (row,)})})
    shown = verdict.private(SHIPPED, drawn)
    cells = next(each for each in shown["blocks"] if each["type"] == "table")["rows"][1]
    assert cells[0]["type"] == "raw_text"
    assert "<@U0EVE>" not in shown["text"]


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
        row.model_copy(update={"why": "w" * 300, "endpoint": "p" * 90}) for row in wide.verdict.rows
    )
    wide = wide.model_copy(update={"verdict": wide.verdict.model_copy(update={"rows": rows})})
    *shown, last = table(wide)
    assert len(shown) < verdict.MOST_ROWS
    assert last[0] == f"and {60 - len(shown)} more"
    assert last[3] == f"{60 - len(shown)} Fail. The worst stand above."


def section(drawn: Dossier, block_id: str) -> str:
    """What a block of the verdict says."""
    blocks: list[Block] = verdict.private(SHIPPED, drawn)["blocks"]
    block = next(each for each in blocks if each["block_id"] == block_id)
    return block["text"]["text"] if "text" in block else block["elements"][0]["text"]


def test_caveats_that_do_not_fit_are_counted():
    def told(caveats: tuple[str, ...]) -> list[str]:
        more = {"verdict": VERDICT.model_copy(update={"rows": (), "caveats": caveats})}
        return section(EMPTY.model_copy(update=more), "caveats").split("\n")

    short = tuple(f"Caveat {at}." for at in range(14))
    assert told(short) == ["*Mind*", *(f"• {each}" for each in short)]
    *shown, last = told(tuple("c" * 600 for _ in range(14)))
    assert last == f"• and {14 - (len(shown) - 1)} more"
    assert all(len(each) == 602 for each in shown[1:])


def test_latencies_that_the_chart_leaves_out_are_counted():
    blocks = verdict.private(SHIPPED, dossier(**{"pass": verdict.MOST_BARS}))["blocks"]
    assert "chart.more" not in {each["block_id"] for each in blocks}
    block = section(dossier(**{"pass": verdict.MOST_BARS + 4}), "chart.more")
    assert f"{verdict.MOST_BARS} of {verdict.MOST_BARS + 4} latencies" in block


def test_places_that_read_alike_in_the_chart_are_counted_too():
    drawn = dossier(**{"pass": 2})
    rows = tuple(
        row.model_copy(update={"endpoint": f"/a/very/long/address/{at}"})
        for at, row in enumerate(drawn.verdict.rows)
    )
    whole = drawn.verdict.model_copy(update={"rows": rows})
    assert "1 of 2 latencies" in section(drawn.model_copy(update={"verdict": whole}), "chart.more")
