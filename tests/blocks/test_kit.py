"""Primitives: plain dicts that Slack takes, cut to their places, plain text where it must be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import kit, tables
from bot.domain.pack.limits import MOST_IN_A_TABLE
from playground.strict.payloads import check_message, check_view
from tests.blocks.widest import wide

CHOICES = [(f"code{at}", wide(90)) for at in range(3)]


def modal(*blocks: kit.Block) -> dict[str, object]:
    words = {"type": "plain_text", "text": "x"}
    return {"type": "modal", "title": words, "submit": words, "blocks": list(blocks)}


@given(st.text(min_size=1, max_size=20), st.integers(1, 400))
def test_any_text_fits_its_place(text: str, times: int):
    long = text * times or "x"
    if not long.strip():
        return
    blocks = [
        kit.section("a", long),
        kit.header("b", long),
        kit.context("c", long),
    ]
    assert check_message(blocks) == []
    assert (
        check_view(modal(kit.field("d", long, kit.text_input("x", most=10), long)), "modal") == []
    )


ELEMENTS = {
    "select": kit.select("x", CHOICES, "code1"),
    "select without a choice": kit.select("x", CHOICES, "gone"),
    "multi_select": kit.multi_select("x", CHOICES, ("code0", "code2", "gone")),
    "radio": kit.radio("x", CHOICES),
    "user_select": kit.user_select("x", "Choose"),
    "text_input": kit.text_input("x", "already", most=500, empty="hint", lines=True),
    "number_input": kit.number_input("x", "12.5", least="0", most="100", whole=False),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_every_field_is_one_that_slack_takes(name: str):
    assert check_view(modal(kit.field("f", "Label", ELEMENTS[name], "Hint")), "modal") == []


def test_what_is_chosen_at_first_is_one_of_the_choices():
    chosen = kit.field("f", "Label", kit.select("x", CHOICES, "code1"))["element"]
    assert chosen["initial_option"] in chosen["options"]
    assert "initial_option" not in kit.field("f", "L", kit.select("x", CHOICES, "gone"))["element"]


def test_a_dangerous_button_asks_first():
    asks = ("Delete it?", "Gone for good.", "Delete")
    row = kit.actions("a", kit.button("x", "Delete", "v", style="danger", confirm=asks))
    assert row["elements"][0]["confirm"]["confirm"]["text"] == "Delete"
    assert check_message([row]) == []


def test_a_button_without_a_value_carries_none():
    assert "value" not in kit.actions("a", kit.button("x", "Go"))["elements"][0]


@given(st.lists(st.text(max_size=300), min_size=1, max_size=90))
def test_a_table_keeps_its_first_rows_and_counts_the_rest(cells: list[str]):
    head = ["Budget", "Why", "Result"]
    rows = [head, *([f"row {at}", cell, "Pass"] for at, cell in enumerate(cells))]
    table = tables.table("t", rows)
    assert check_message([table]) == []
    shown = [[cell["text"] for cell in row] for row in table["rows"]]
    assert shown[0] == head
    kept = [row[0] for row in shown if row[0].startswith("row ")]
    assert kept == [f"row {at}" for at in range(len(kept))]
    left = len(cells) - len(kept)
    assert shown[-1][0] == (f"and {left} more" if left else kept[-1])
    assert sum(len(cell) for row in shown for cell in row) <= MOST_IN_A_TABLE


def test_a_table_tells_what_it_leaves_out():
    rows = [["Budget", "Why", "Result"], *([f"row {at}", "x", "Pass"] for at in range(1200))]
    table = tables.table("t", rows, most=5, left_out=lambda shown: f"{1200 - shown} of 1,200")
    assert [cell["text"] for cell in table["rows"][-1]] == ["and 1,195 more", "-", "1195 of 1,200"]
    assert len(table["rows"]) == 1 + 5 + 1
    assert len(tables.table("t", rows)["rows"]) == 100
    assert check_message([tables.table("t", rows)]) == []
    assert tables.table("t", rows[:6], most=5)["rows"][-1][0]["text"] == "row 4"
    lone = tables.table("t", [["A"], ["b"], ["c"]], most=1)
    assert [row[0]["text"] for row in lone["rows"]] == ["A", "b", "and 1 more"]


def test_a_table_has_no_empty_cell():
    table = tables.table("t", [["a", "b"], ["", "x"]])
    assert [cell["text"] for cell in table["rows"][1]] == ["-", "x"]


def test_bars_say_their_figures_as_numbers():
    block = kit.bars("c", "Hours", "hours", [("Now", [("Today", "76.5"), ("Then", "0")])])
    assert block["chart"]["series"][0]["data"][0] == {"label": "Today", "value": 76.5}
    assert check_message([block]) == []


def test_what_is_drawn_is_plain_json():
    drawn = [kit.section("a", "x", kit.button("b", "Go")), tables.table("t", [["a"], ["b"]])]
    assert json.loads(json.dumps(drawn)) == drawn
