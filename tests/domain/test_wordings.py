"""The pack's own wordings: none stands twice, none is copied from the questions that judge it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bench.search import Asked, ask_all, bare, figures
from bot.domain.search import Index
from bot.domain.search.language import plain
from tests.shipped import INDEX
from tests.shipped import SHIPPED as PACK

pytestmark = pytest.mark.exhaustive

HERE = Path(__file__).parent
SETS = [
    HERE / f"{name}.jsonl"
    for name in (
        *("questions", "threads", "doubtful", "strangers", "practitioners"),
        *("short", "neighbours", "outside"),
    )
]
BESIDE = Path(__file__).parents[3] / "shared" / "faq"
JUDGED = ("dev2.jsonl", "dev3.jsonl")
beside = pytest.mark.skipif(
    not BESIDE.is_dir(), reason="the questions are not beside this checkout (../shared/faq)"
)
TELLING = 3
"""Words from which on the same wording is no coincidence; one more for nearly the same."""
NEAR = 0.7
"""Share of their words that a wording and its copy have in common."""
ATTRACTORS = (
    "measure-control-plane-failure",
    "signal-zero-trust",
    "faq-api-gateway",
    "hold-few-services",
    "compare-progressive-delivery",
    "signal-multi-cluster",
)
DROP = 0.08


def copies(wordings: Iterable[str], asked: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Wordings that are a question, or nearly one, with that question."""
    questions = [(each, plain(each)) for each in asked]
    for text in wordings:
        words = plain(text)
        for question, others in questions:
            shortest = min(len(words), len(others))
            shared, whole = {*words} & {*others}, {*words} | {*others}
            same = words == others and shortest >= TELLING
            if same or (shortest > TELLING and len(shared) / len(whole) >= NEAR):
                yield text, question


def wordings() -> list[str]:
    return [text for each in PACK.entries.values() for text in (*each.aliases, *each.phrasings)]


@beside
@pytest.mark.parametrize("name", JUDGED)
def test_no_alias_or_phrasing_copies_a_question_that_judges_it(name):
    lines = (BESIDE / name).read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines if line.strip()]
    assert len(asked) > 100
    assert list(copies(wordings(), asked)) == []


def test_half_of_our_own_questions_are_no_wording_either():
    lines = [line for file in SETS[1:] for line in file.read_text(encoding="utf-8").splitlines()]
    half = [each for each in map(json.loads, lines) if each["half"] == "held"]
    assert len(half) > 100
    assert list(copies(wordings(), [each["question"] for each in half])) == []


@pytest.mark.parametrize(
    ("text", "question", "copied"),
    [
        ("Can we leave it again?", "can we leave it again", True),
        ("can we ever leave it again", "can we leave it again", True),
        ("is a mesh for us", "is it a mesh", False),
        ("canary", "canary", False),
        ("how do we get out of a mesh again", "can we leave it again", False),
    ],
)
def test_a_copy_is_told_by_its_words(text, question, copied):
    assert bool(list(copies([text], [question]))) == copied


def test_no_wording_stands_for_two_entries_or_for_one_and_for_elsewhere():
    strange = {INDEX.stems(text) for group in PACK.synonyms.elsewhere.values() for text in group}
    owners: dict[tuple[str, ...], set[str]] = {}
    for key, each in PACK.entries.items():
        for text in (*each.aliases, *each.phrasings, each.title, each.question):
            owners.setdefault(INDEX.stems(text), set()).add(key)
    assert {stems: keys for stems, keys in owners.items() if len(keys) > 1} == {}
    assert sorted(strange & owners.keys()) == []


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return ask_all(INDEX, *SETS, entries=PACK.entries)


def test_words_alone_carry_little(asked):
    stripped = bare(PACK)
    without = ask_all(Index.build(stripped.entries, PACK.synonyms), *SETS, entries=PACK.entries)
    assert not any(each.words for each in stripped.entries.values())
    for name in ("first", "within three", "answered right"):
        assert figures(asked)[name].value - figures(without)[name].value < DROP


def test_no_noun_pulls_whole_entries_whatever_is_asked(asked):
    bad = Counter(each.answer for each in asked if each.wrong)
    assert sum(bad.values()) / len(asked) < 0.04
    assert sum(bad[each] for each in ATTRACTORS) <= sum(bad.values()) / 5


@pytest.mark.parametrize(
    "question",
    [
        "can the control plane be scaled down at night",
        "which port does the control plane listen on",
        "is a gateway per team a good idea once we have a mesh",
        "is the NAT gateway affected",
        "who approves a canary",
        "is one big cluster better than four small ones",
        "what is a certificate pinning and do we lose it",
    ],
)
def test_the_noun_of_an_entry_is_not_yet_its_question(question):
    assert INDEX.ask(question).answer is None
