"""Questions to entries: the figures aimed at, and the laws that hold for any question and pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.search import COMPOSED, Share, ask_all, figures, met
from bot.domain.pack import Entry, Synonyms
from bot.domain.search import Found, Index
from bot.knowledge import load

PACK = load()
INDEX = Index.build(PACK.entries, PACK.synonyms)
QUESTIONS = Path(__file__).parent / "questions.jsonl"
THREADS = [Path(__file__).parent / f"{name}.jsonl" for name in ("threads", "doubtful")]
PHRASES = [text for group in PACK.synonyms.elsewhere.values() for text in group]


def entry(key: str, aliases: tuple[str, ...], **more: object) -> Entry:
    given = {"topic": "faq", "title": key, "question": f"About {key}?", "answer": key}
    return Entry.model_validate(
        {"id": key, "source": "article", "related": (), "aliases": aliases, **given, **more}
    )


def small(**aliases: tuple[str, ...]) -> dict[str, Entry]:
    """Entries with these aliases, filled up to the six that each needs."""
    return {
        key: entry(key, (*said, *(f"{key} case {n}" for n in range(6 - len(said)))))
        for key, said in aliases.items()
    }


@pytest.fixture(scope="module")
def composed() -> dict[str, Share]:
    return figures(ask_all(INDEX, QUESTIONS, entries=PACK.entries))


@pytest.fixture(scope="module")
def real() -> dict[str, Share]:
    return figures(ask_all(INDEX, *THREADS, entries=PACK.entries))


@pytest.mark.parametrize("name", COMPOSED)
def test_the_composed_questions_meet_the_aims(name, composed):
    assert met(name, composed[name], real=False), composed[name]


@pytest.mark.parametrize(
    "name", ["answered wrong", "answered though out of scope", "right among answers given"]
)
def test_answers_to_questions_of_real_threads_can_be_relied_on(name, real):
    assert met(name, real[name], real=True), real[name]


def test_questions_of_real_threads_find_their_entry(real):
    assert real["first"].value >= 0.82
    assert real["within three"].value >= 0.93


def test_the_committed_questions_are_many_and_some_are_out_of_scope():
    asked = ask_all(INDEX, QUESTIONS)
    assert len({each.expected[0] for each in asked if each.expected}) >= 90
    assert sum(not each.expected for each in asked) >= 100


@pytest.mark.parametrize(("hits", "of"), [(0, 10), (5, 10), (10, 10), (600, 1000)])
def test_an_interval_holds_its_share_and_stays_between_nothing_and_all(hits, of):
    low, high = Share(hits, of).interval
    assert -1e-9 <= low <= hits / of <= high <= 1 + 1e-9
    more = Share(hits * 10, of * 10).interval
    assert more[1] - more[0] < high - low


def test_nothing_asked_has_no_share():
    assert (Share(0, 0).value, Share(0, 0).interval) == (0.0, (0.0, 1.0))


@pytest.mark.parametrize("key", PACK.entries)
def test_an_entry_is_found_by_all_that_it_calls_itself(key):
    each = PACK.entries[key]
    for text in (*each.aliases, each.title, each.question):
        assert (INDEX.ask(text).answer, INDEX.ask(text).confidence) == (key, 1.0), text


def test_what_belongs_elsewhere_is_not_answered():
    ours = {
        INDEX.stems(text)
        for each in PACK.entries.values()
        for text in (*each.aliases, each.title, each.question)
    }
    strange = [text for text in PHRASES if INDEX.stems(text) and INDEX.stems(text) not in ours]
    assert len(strange) > 1000
    assert [text for text in strange if INDEX.ask(text).answer] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  IS  SIDECARLESS   THE FUTURE?!  ", "is sidecarless the future"),
        ("what does “policy everywhere” mean", 'what does "policy everywhere" mean'),
        ("what\u2019s the distributed systems tax", "what's the distributed systems tax"),
        ("wíll ä mesh sávé us hours", "will a mesh save us hours"),
        ("is m2m tls a reason for a mesh", "is mTLS a reason for a mesh"),
        ("how many svcs do we need", "how many microservices do we need"),
        ("mesh and ingress 🤔", "mesh and ingress"),
    ],
)
def test_the_same_question_written_otherwise_gets_the_same_answer(typed, meant):
    assert INDEX.ask(typed) == INDEX.ask(meant)


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "???", "🎉", "…", "日本語の質問", "'"])
def test_nothing_to_go_by_is_unknown_and_offers_nothing(nothing):
    found = INDEX.ask(nothing)
    assert (found.tier, found.answer, found.related) == ("none", None, ())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat is polcy drift", "tax-policy-drift"),
        ("wiliam morgan", "expert-william-morgan"),
        ("sidcar or ambeint", "mode-sidecar-vs-ambient"),
        ("steps for adopton of a mesh", "step-overview"),
    ],
)
def test_a_slip_of_the_finger_is_read_as_it_was_meant(typed, meant):
    assert INDEX.ask(typed).answer == meant


def test_one_slip_in_the_longest_word_of_an_alias_seldom_matters():
    asked = [(key, slipped(text)) for key, each in PACK.entries.items() for text in each.aliases]
    right = sum(INDEX.ask(text).answer == key for key, text in asked)
    assert right / len(asked) >= 0.95


def slipped(text: str) -> str:
    """The text with two letters inside its longest word swapped."""
    word = max(text.split(), key=len)
    middle = len(word) // 2
    wrong = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return text.replace(word, wrong)


def test_a_long_message_is_read_to_its_end():
    read = INDEX.stems("our latency is bad and nobody owns the mesh " * 40 + "istio")
    assert "istio" in read


@given(st.text(max_size=300) | st.lists(st.sampled_from(PHRASES), max_size=8).map(" ".join))
def test_any_text_gets_an_answer_that_holds_together(text):
    found = INDEX.ask(text)
    assert found == INDEX.ask(text)
    assert 0 <= found.confidence <= 1
    assert (found.answer is not None) == (found.tier == "sure")
    assert len(set(found.related)) == (0 if found.tier == "none" else 3)
    assert found.answer not in found.related
    assert {*found.related, *filter(None, [found.answer])} <= set(PACK.entries)


def test_what_is_said_beside_an_answer_is_next_best_and_related():
    found = INDEX.ask("is sidecarless the future")
    assert found.answer == "faq-sidecarless"
    assert found.related[0] == "mode-sidecar-vs-ambient"
    assert set(found.related) & set(PACK.entries["faq-sidecarless"].related)


def test_an_unrelated_entry_changes_no_alias_and_hardly_any_question():
    more = entry("coffee", tuple(f"coffee machine number {n}" for n in range(6)), topic="basics")
    index = Index.build({**PACK.entries, "coffee": more}, PACK.synonyms)
    for key, each in PACK.entries.items():
        assert all(index.ask(text).answer == key for text in each.aliases)
    before, after = ask_all(INDEX, QUESTIONS), ask_all(index, QUESTIONS)
    same = sum(
        one.found.answer == other.found.answer for one, other in zip(before, after, strict=True)
    )
    assert same >= len(before) - 5
    assert index.ask("where is the coffee machine").answer == "coffee"


def test_a_pack_of_one_entry_works():
    index = Index.build(small(owls=("what do owls eat",)), Synonyms())
    assert index.ask("what do owls eat") == Found("sure", "owls", 1.0, ())
    assert index.ask("").related == ()


def test_an_empty_pack_knows_nothing():
    found = Index.build({}, Synonyms()).ask("what is a mesh")
    assert (found.tier, found.answer, found.related) == ("none", None, ())


def test_rewrites_make_one_word_of_two_and_expansions_add_one():
    entries = small(owls=("what do owls eat",), cats=("what do cats drink",))
    bare = Index.build(entries, Synonyms())
    rich = Index.build(
        entries,
        Synonyms(rewrites={"night bird": "owl", "🦉": "owl"}, expansions={"milk": ["drink"]}),
    )
    assert bare.ask("night bird").answer is None
    assert rich.ask("what do night birds eat").answer == "owls"
    asked = "which milk for cats"
    assert rich.ask(asked).confidence > bare.ask(asked).confidence


def test_what_belongs_elsewhere_holds_back_an_answer():
    entries = small(owls=("what do owls eat",), cats=("what do cats drink",))
    asked = "cats the musical"
    open_ = Index.build(entries, Synonyms())
    closed = Index.build(entries, Synonyms(elsewhere={"stage": ["cats the musical tickets"]}))
    assert closed.ask(asked).confidence < open_.ask(asked).confidence
    assert closed.ask("Cats: the musical tickets!").tier == "none"


@pytest.mark.parametrize("noise", ["mesh " * 500, "a-b_c.d/" * 250, "lorem ipsum " * 200])
def test_saying_a_word_again_makes_nothing_surer(noise):
    assert INDEX.ask(noise).answer is None
