"""The chores of the worksheet: what a pack may say of them, and what a layer may change."""

import pytest

from bot.knowledge import load
from bot.terminal.check import check
from tests.shipped import SHIPPED

CHORES = """
chores:
  upgrades:
    title: Upgrades
    counted: upgrades
    often: {count: 3, per: year, why: Quarterly., sources: [field]}
    takes: {hours: 16, why: A guess., sources: [field]}
"""
HOURS = """
questions:
  mesh_hours_per_month:
    page: first
    kind: number
    label: How many hours would it take?
    short: Mesh hours
    unit: hours a month
    most: 100
"""


def test_a_whole_pack_may_go_without_a_worksheet_or_have_one(small):
    assert small.faults() == []
    small.write("more.yaml", CHORES + HOURS)
    assert small.faults() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("count: 3", "count: -1", "6 upgrades: often count is -1, must be at least 0"),
        ("count: 3", "count: 10001", "6 upgrades: often count is 10001, must be at most 10000"),
        ("per: year", "per: week", "6 upgrades: often per is 'week', not one of year, month"),
        ("hours: 16", "hours: 1001", "7 upgrades: takes hours is 1001, must be at most 1000"),
        ("hours: 16, ", "", "7 upgrades: takes lacks 'hours'"),
        ("sources: [field]}\n    takes", "sources: [x]}\n    takes", "6 upgrades: often sources"),
        ("counted: upgrades", "counted: 3 ups", "5 upgrades: counted is '3 ups', in which a digit"),
        ("counted: upgrades", "counted: a + b", "5 upgrades: counted is 'a + b', in which a digit"),
    ],
)
def test_one_wrong_edit_is_named_with_file_and_line(small, old, new, fault):
    assert (CHORES + HOURS).count(old) == 1
    small.write("more.yaml", (CHORES + HOURS).replace(old, new))
    [fault_line] = small.faults()
    assert fault_line.startswith(f"pack/more.yaml:{fault}")


def test_a_worksheet_needs_the_question_that_it_answers(small):
    small.write("more.yaml", CHORES)
    assert small.faults() == [
        "pack/more.yaml:2 chores: needs a question mesh_hours_per_month, whose answer the sum is"
    ]


def test_two_chores_called_alike_could_not_be_told_apart_in_the_answer(small):
    twice = CHORES + CHORES.split("chores:\n")[1].replace("  upgrades:\n", "  again:\n")
    small.write("more.yaml", twice + HOURS)
    assert small.faults() == [
        "pack/more.yaml:10 again: counted is 'upgrades' a year, as in 'upgrades': call it otherwise"
    ]


def test_what_the_worksheet_begins_with_fits_its_question(small):
    small.write("more.yaml", (CHORES + HOURS).replace("count: 3", "count: 76"))
    assert small.faults() == [
        "pack/more.yaml:2 chores: begins with 101 hours a month, and at most 100 fit"
    ]
    small.write("more.yaml", (CHORES + HOURS).replace("count: 3", "count: 75"))
    assert small.faults() == []


def test_a_form_has_room_for_four(small):
    one = CHORES.split("chores:\n")[1]
    more = [
        one.replace("  upgrades:", f"  more{n}:").replace(": upgrades", f": {'x' * n}upgrades")
        for n in range(1, 5)
    ]
    small.write("more.yaml", CHORES + "".join(more[:3]) + HOURS)
    assert small.faults() == []
    small.write("more.yaml", CHORES + "".join(more) + HOURS)
    assert small.faults() == ["pack/more.yaml:2 chores: are 5, its place in Slack holds 4"]


def test_a_layer_changes_how_often_and_keeps_what_it_takes(layer):
    layer.write("ours.yaml", "chores:\n  upgrades: {often: {count: 9}}\n  requests: null\n")
    lacking = "lacks "
    ours = load(layer.path) if not layer.faults() else None
    assert ours is None, "the examples of the shipped pack name every chore"
    assert all("requests" in each or lacking in each for each in layer.faults())
    layer.write("ours.yaml", "chores:\n  upgrades: {often: {count: 9}}\n")
    ours, shipped = load(layer.path).chores, SHIPPED.chores
    assert ours["upgrades"].often.count == 9
    assert ours["upgrades"].often.why == shipped["upgrades"].often.why
    assert ours["upgrades"].takes == shipped["upgrades"].takes
    assert list(ours) == list(shipped)


def test_an_example_adds_up_to_its_answer(layer, capsys):
    layer.write("ours.yaml", "examples:\n  worked-out-too-close:\n    worksheet:\n"
                "      upgrades: [12, 5]\n      certificates: [3, 4]\n      on_call: [4, 3]\n"
                "      requests: [9, 1]\n")  # fmt: skip
    assert check(layer.path) == 1
    assert "comes to 27, which is not its mesh_hours_per_month" in capsys.readouterr().out
