"""Messages, modals, Home: limits that no block can see, and words for those who hear them."""

from __future__ import annotations

from html import unescape

import pytest

from bot.blocks import kit
from bot.blocks.surfaces import TEXT_MOST, home, message, modal, spoken, without_native
from bot.blocks.tables import table
from bot.blocks.words import escaped
from playground.strict.checks import walk
from playground.strict.payloads import check_view
from tests.blocks.gallery import gallery
from tests.blocks.widest import wide

TABLE = table("table", [["Need", "You"], ["Zero trust", "yes"]])
CHART = kit.bars("chart", "Hours a month", "hours", [("Now", [("Today", "76"), ("Then", "45.6")])])
FIELD = kit.field("f", "Which one?", kit.text_input("x", most=10))


def sections(many: int) -> list[kit.Block]:
    return [kit.section(f"s{at}", f"line {at}") for at in range(many)]


def test_a_message_says_everything_in_plain_text_too():
    text = message(kit.header("h", "Head"), kit.context("c", "small"), TABLE, CHART)["text"]
    assert text.splitlines() == [
        "Head",
        "small",
        "Need | You",
        "Zero trust | yes",
        "Hours a month",
        "Now: Today 76, Then 45.6",
    ]


def test_buttons_are_not_read_out():
    row = kit.actions("a", kit.button("x", "Press me"))
    assert message(kit.section("s", "Said"), row)["text"] == "Said"


def test_text_that_is_too_long_ends_at_a_line_and_says_so():
    said = spoken([kit.section(f"s{at}", wide(900)) for at in range(9)])
    assert len(said) <= TEXT_MOST
    assert said.endswith("\n…")
    assert all(line in (wide(900), "…") for line in said.splitlines())


def test_every_screen_says_in_plain_text_what_its_blocks_say():
    for name, drawn in gallery():
        if "text" not in drawn or drawn["text"].endswith("…"):
            continue
        text = unescape(drawn["text"])
        for block in drawn["blocks"]:
            words = block.get("text", {}).get("text", "")
            assert unescape(words) in text, name
            for row in block.get("rows", []):
                assert all(each in text for cell in row for each in words_of(cell)), name


def words_of(cell: dict) -> list[str]:
    """What a cell of a table says: its text, or the ids of whom it refers to."""
    if "text" in cell:
        return [cell["text"]]
    parts = cell["elements"][0]["elements"]
    return [
        each.get("channel_id") or each.get("user_id") or escaped(each["text"]) for each in parts
    ]


def test_what_is_plain_in_its_block_calls_nobody_in_the_text():
    text = message(kit.header("h", "<!here>"), table("t", [["A"], ["<!channel> & co"]]))["text"]
    assert text == "&lt;!here&gt;\nA\n&lt;!channel&gt; &amp; co"


def test_without_charts_and_tables_the_figures_stay_in_the_text():
    whole = message(kit.section("s", "Said"), TABLE, CHART)
    plain = without_native(whole)
    assert [block["type"] for block in plain["blocks"]] == ["section"]
    assert plain["text"] == whole["text"]


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        sections(51),
        [kit.section("same", "a"), kit.section("same", "b")],
        [TABLE, {**TABLE, "block_id": "another"}],
        [{**CHART, "block_id": f"c{at}"} for at in range(3)],
    ],
    ids=["nothing", "too many blocks", "an id twice", "two tables", "three charts"],
)
def test_a_message_that_slack_would_refuse_is_our_fault(blocks: list[kit.Block]):
    with pytest.raises(ValueError, match=r"blocks|ids|holds"):
        message(*blocks)


def test_fifty_blocks_are_allowed_and_a_hundred_in_a_view():
    assert len(message(*sections(50))["blocks"]) == 50
    assert check_view(modal("x", "Title", sections(100)), "modal") == []
    assert check_view(home(sections(100)), "home") == []


@pytest.mark.parametrize(
    ("blocks", "more"),
    [
        (sections(101), {}),
        ([TABLE], {}),
        ([CHART], {}),
        ([FIELD], {}),
        ([kit.section(f"s{at}", "ü" * 3000) for at in range(90)], {}),
        (sections(1), {"title": "x" * 25}),
        (sections(1), {"submit": "x" * 25}),
        (sections(1), {"close": "x" * 25}),
        (sections(1), {"meta": "x" * 3001}),
    ],
    ids=["blocks", "table", "chart", "no submit", "bytes", "title", "submit", "close", "meta"],
)
def test_a_view_that_slack_would_refuse_is_our_fault(blocks: list[kit.Block], more: dict[str, str]):
    with pytest.raises(ValueError, match=r"modal x|blocks|view"):
        modal("x", more.pop("title", "Title"), blocks, **more)


def test_every_button_says_which_it_is_to_those_who_hear_it():
    for name, drawn in gallery():
        buttons = [each for each in walk(drawn["blocks"]) if each.get("type") == "button"]
        heard = [each["accessibility_label"] for each in buttons]
        twice = {each for each in heard if heard.count(each) > 1}
        assert not twice, f"{name}: {twice}"
        for label, button in zip(heard, buttons, strict=True):
            assert label.startswith(button["text"]["text"][:10])
