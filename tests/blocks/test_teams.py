"""The leads' table: what is a number is sorted as one."""

from __future__ import annotations

from bot.blocks.kit import Block
from bot.blocks.teams import HEAD, table
from bot.domain.teams import beside
from tests.domain.test_teams import TODAY, row, tax


def column(named: str, *rows: object) -> list[Block]:
    """The cells below this heading."""
    drawn = table(beside(rows, TODAY))
    [shown] = (each for each in drawn["blocks"] if each["type"] == "data_table")
    heads = [each["text"] for each in shown["rows"][0]]
    assert tuple(heads) == HEAD
    return [each[heads.index(named)] for each in shown["rows"][1:]]


def figure(value: float, text: str) -> Block:
    return {"type": "raw_number", "value": value, "text": text}


def test_hours_are_numbers_and_not_counted_is_said_in_words():
    counted = [row(f"C{each}", tax=tax(1, each, 9999, 1)) for each in (9, 10, 1234.56)]
    cells = {each["text"]: each for each in column("Hours today", *counted, row("C0"))}
    assert cells == {
        "9": figure(9, "9"),
        "10": figure(10, "10"),
        "1,234.6": figure(1234.6, "1,234.6"),
        "not counted": {"type": "raw_text", "text": "not counted"},
    }
    numbers = [each for each in cells.values() if each["type"] == "raw_number"]
    assert [each["text"] for each in sorted(numbers, key=lambda each: each["value"])] == [
        "9", "10", "1,234.6",
    ]  # fmt: skip


def test_open_actions_and_late_ones_are_each_a_number():
    rows = [row("C1", open_actions=10, late=2), row("C2", open_actions=9)]
    assert column("Open actions", *rows) == [figure(10, "10"), figure(9, "9")]
    assert column("Late", *rows) == [figure(2, "2"), figure(0, "0")]
