"""Entries and synonyms → the terms that the index ranks by, with what each mention counts for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.domain.pack import Entry, Synonyms
from bot.domain.search.evidence import EntryWording, Shapes, bag
from bot.domain.search.hashed import Known
from bot.domain.search.language import FORM_WORDS, Language, Stems, plain
from bot.domain.search.phrases import Phrases
from bot.domain.search.ranking import Words

ASKED, SAID, TOLD = 2.0, 1.0, 0.3
"""What one mention counts for: in title or question, in an alias or word, in the answer."""


def texts(entry: Entry) -> list[tuple[str, float]]:
    """Everything an entry says, with what one mention there counts for."""
    ways = [(text, SAID) for text in (*entry.aliases, *entry.phrasings, *entry.words)]
    return [(entry.title, ASKED), (entry.question, ASKED), *ways, (entry.answer, TOLD)]


def elsewhere(phrases: Iterable[str]) -> list[tuple[str, float]]:
    """What belongs elsewhere counts as an alias does."""
    return [(text, SAID) for text in phrases]


def stems(language: Language, texts: Iterable[str]) -> tuple[dict[str, Stems], Counter[str]]:
    """Text → what it says, and each word with how often it is used; every text once."""
    read, typed = dict[str, Stems](), Counter[str]()
    for text in dict.fromkeys(texts):
        words = plain(text)
        typed.update(words)
        read[text] = language.stems(words)
    return read, typed


def wording(
    words: Words, texts: Sequence[Sequence[tuple[Stems, float]]], entries: int
) -> EntryWording:
    """What the documents say, apart from how often; the first `entries` of them are entries."""
    terms = words.postings.terms
    said = {stem for some in texts for stems, _ in some for stem in stems}
    found = zip(said, terms.rows(said), strict=True)
    rows = {stem: row for stem, row in found if row >= 0}
    rarity = {stem: words.rarity[row] for stem, row in rows.items()}
    theirs = (stem for stem, row in rows.items() if words.postings.first(row) < entries)
    phrases = (
        (document, phrase)
        for document, some in enumerate(texts)
        for phrase in {bag(stems) for stems, weight in some if weight >= SAID} - {frozenset()}
    )
    return EntryWording(
        words,
        rarity,
        Phrases.of(phrases, lambda phrase: sum(map(rarity.__getitem__, phrase))),
        frozenset(stem for stem in theirs if not stem.isdigit()),
    )


def counted(
    texts: Iterable[tuple[Stems, float]], terms: Callable[[Stems], list[str]]
) -> dict[str, float]:
    """Term → how much a document says it."""
    out = defaultdict[str, float](float)
    for stems, weight in texts:
        for term in terms(stems):
            out[term] += weight
    return out


def known(typed: Mapping[str, int], synonyms: Synonyms) -> Counter[str]:
    """Word → how often the pack uses it; a word that is known is never taken for a typo."""
    known = Counter(typed)
    known.update(word for old in synonyms.rewrites for word in plain(old))
    known.update(FORM_WORDS)
    return known


def exact(
    entries: Mapping[str, Entry], synonyms: Synonyms, stems: Mapping[str, Stems], field: Shapes
) -> Known[str | None]:
    """Curated wording → its entry: whoever adds an alias can rely on it.

    So can whoever adds a phrasing with a word of our field; "who broke it" may be about anything.
    """
    strange = (text for phrases in synonyms.elsewhere.values() for text in phrases)
    ours = {
        text: entry.id
        for entry in entries.values()
        for text in (*entry.aliases, entry.title, entry.question)
    }
    phrased = {
        text: entry.id
        for entry in entries.values()
        for text in entry.phrasings
        if field.within(stems[text])
    }
    known = {**phrased, **dict.fromkeys(strange), **ours}
    return Known.of({stems[text]: key for text, key in known.items()})
