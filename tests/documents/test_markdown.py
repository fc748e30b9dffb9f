"""User text in Markdown: whatever is typed, a reader shows it and makes nothing of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.documents.markdown import literal

READER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
MARKS = st.text("abc 1.)\\`*_[](){}<>#|~&;!$@^+-=:/\n\t\"'", max_size=40)
HOSTILE = [
    "# Accepted",
    "---\nstatus: accepted\n---",
    "![x](https://evil.example/x.png)",
    "[click](https://evil.example)",
    "<https://evil.example>",
    "<img src=x onerror=alert(1)>",
    "a | b | c",
    "1. one",
    "- one",
    "+ one",
    "> quoted",
    "===",
    "```\ncode",
    "~~~",
    "[x]: https://evil.example",
    "&lt;script&gt; &#35; heading",
    "a\\",
    "**bold** _it_ ~~gone~~ `code`",
    "one\r\n\r\n# two\u2028# three\x0b# four",
]


def shown(markdown: str) -> tuple[set[str], str]:
    """The kinds of everything that a reader makes of it, and the text it shows."""
    kinds, text = set[str](), ""
    for block in READER.parse(markdown):
        kinds.add(block.type)
        for each in block.children or ():
            kinds.add(each.type)
            text += each.content
    return kinds, text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_typed_is_text_and_nothing_else(text: str):
    kinds, said = shown(literal(text))
    assert kinds <= {"paragraph_open", "inline", "text", "paragraph_close"}
    assert said == " ".join(text.split())


@given(MARKS)
def test_any_text_is_shown_as_it_was_typed(text: str):
    kinds, text_shown = shown(f"Shown by: {literal(text)}")
    assert kinds <= {"paragraph_open", "inline", "text", "paragraph_close"}
    assert text_shown == f"Shown by: {' '.join(text.split())}".strip()


@given(MARKS)
def test_any_text_stays_in_its_cell(text: str):
    kinds, _ = shown(f"| a | b |\n|---|---|\n| {literal(text)} | z |\n")
    assert {each for each in kinds if not each.startswith(("t", "inline", "text"))} == set()
    cells = READER.parse(f"| a | b |\n|---|---|\n| {literal(text)} | z |\n")
    assert sum(each.type == "td_open" for each in cells) == 2


def test_addresses_are_no_links_either():
    assert literal("http://x www.x.y mailto:a") == "http\\://x www\\.x.y mailto\\:a"


def test_long_text_is_cut_before_it_is_escaped():
    assert literal("*" * 50, 10) == "\\*" * 9 + "…"
