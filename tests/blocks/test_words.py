"""Text on its way to Slack: escaped once, cut to length, no entity and no mention in two."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.words import cut, day, escaped, person, typed
from bot.domain.words import count, number

TRICKY = st.text(alphabet=st.sampled_from("&<>;amplgt#@!| \n\u00fc🤷x"), max_size=400)
ANY = st.text(max_size=400) | TRICKY


@given(ANY)
def test_what_is_escaped_reads_as_it_was_written(text: str):
    assert html.unescape(escaped(text, 10_000)) == html.unescape(html.escape(text, quote=False))


@given(ANY)
def test_nothing_that_is_escaped_can_mention_link_or_call(text: str):
    assert not set("<>") & set(escaped(text, 10_000))


@given(ANY, st.integers(1, 120))
def test_what_is_cut_fits_and_begins_like_the_whole(text: str, most: int):
    short = escaped(text, most)
    assert len(short) <= most
    whole = escaped(text, 10_000)
    if len(whole) <= most:
        assert short == whole
    else:
        assert short.endswith("…")
        assert whole.startswith(short[:-1])


@given(ANY, st.integers(1, 120))
def test_no_entity_is_cut_in_two(text: str, most: int):
    short = escaped(text, most)
    assert re.sub(r"&(amp|lt|gt);", "", short).count("&") == 0


@given(st.lists(st.sampled_from(("<@U0ANA>", "<#C0PAYMENTS>", "word", "&amp;")), max_size=40),
       st.integers(1, 120))  # fmt: skip
def test_no_mention_is_cut_in_two(words: list[str], most: int):
    short = cut(" ".join(words), most)
    assert len(short) <= most
    assert not set("<>&") & set(re.sub(r"<[@#]\w+>|&amp;", "", short))


@given(st.integers(0, 4_000_000_000), st.integers(1, 80))
def test_no_date_is_cut_in_two(seconds: int, most: int):
    text = cut("x" * 20 + day(datetime.fromtimestamp(seconds, UTC)), most)
    assert text.count("<") == text.count(">")


@given(st.floats(0, 1e9, allow_nan=False) | st.integers(0, 10**9))
def test_a_figure_is_typed_with_every_digit_and_no_exponent(value: float):
    assert float(typed(value)) == value
    assert re.fullmatch(r"\d+(\.\d+)?", typed(value))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (76, "76"),
        (30.4, "30.4"),
        (0.19, "0.19"),
        (0.194, "0.19"),
        (1234567.0, "1,234,567"),
        (12.345, "12.3"),
        (0.0, "0"),
        (-36.0, "-36"),
    ],
)
def test_figures_are_said_as_one_says_them(value: float, said: str):
    assert number(value) == said


def test_one_is_one_and_many_are_many():
    assert [count(n, "answer") for n in (0, 1, 2)] == ["0 answers", "1 answer", "2 answers"]
    assert count(2, "person", "people") == "2 people"


def test_a_date_is_shown_in_the_readers_zone_with_a_fallback():
    assert day(datetime(2026, 11, 3, tzinfo=UTC)) == "<!date^1793664000^{date_short}|3 Nov 2026>"
    assert person("U0ANA") == "<@U0ANA>"
