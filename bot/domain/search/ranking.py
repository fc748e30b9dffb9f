"""How well a question fits each document, by its words (BM25) and by its spelling (cosine).

Both give 0 to 1 a document: 1 where a document holds all that the question says. Postings are
weighed once, when the index is built; a question touches only the terms it has.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SATURATION, LENGTH = 1.2, 0.3
"""BM25's k1 (how soon repetition stops counting) and b (how much long documents are held back)."""
TELLING = 1.0
"""Trigrams that more than about a third of the documents share are left out: they tell nothing."""

Counts = Mapping[str, float]
Postings = Mapping[str, tuple[tuple[int, float], ...]]
"""Term → (document, weight) of each document that has it."""
Scores = Mapping[int, float]
"""Document → how well it fits, of those that fit at all."""


@dataclass(frozen=True)
class Words:
    """Documents by their terms, ranked by BM25."""

    postings: Postings
    rarity: Mapping[str, float]
    unheard: float
    """The rarity of a term that no document has: it holds every score down."""

    @classmethod
    def of(cls, documents: Sequence[Counts]) -> Words:
        """Weigh every term of every document."""
        rarity = _rarity(documents)
        mean = sum(sum(each.values()) for each in documents) / (len(documents) or 1)
        weighed = defaultdict[str, list[tuple[int, float]]](list)
        for place, counts in enumerate(documents):
            held = SATURATION * (1 - LENGTH + LENGTH * sum(counts.values()) / (mean or 1))
            for term, count in counts.items():
                weighed[term].append((place, rarity[term] * count / (count + held)))
        return cls(_frozen(weighed), rarity, math.log(1 + len(documents)))

    def scores(self, question: Counts) -> Scores:
        """Document → share of the question that it covers, rare terms counting most."""
        whole = sum(n * self.rarity.get(term, self.unheard) for term, n in question.items())
        return _sums(self.postings, question, whole)


@dataclass(frozen=True)
class Letters:
    """Documents by their character trigrams, ranked by the cosine of tf-idf vectors."""

    postings: Postings
    rarity: Mapping[str, float]
    unheard: float

    @classmethod
    def of(cls, documents: Sequence[Counts]) -> Letters:
        """Weigh every trigram of every document."""
        rarity = {term: (n if n >= TELLING else 0.0) for term, n in _rarity(documents).items()}
        weighed = defaultdict[str, list[tuple[int, float]]](list)
        for place, counts in enumerate(documents):
            said = [(term, n) for term, n in counts.items() if rarity[term]]
            vector = {term: (1 + math.log(n)) * rarity[term] for term, n in said}
            length = math.hypot(*vector.values())
            for term, weight in vector.items():
                weighed[term].append((place, weight / length))
        return cls(_frozen(weighed), rarity, math.log(1 + len(documents)))

    def scores(self, question: Counts) -> Scores:
        """Document → cosine with the question."""
        vector = {
            term: (1 + math.log(n)) * self.rarity.get(term, self.unheard)
            for term, n in question.items()
        }
        return _sums(self.postings, vector, math.hypot(*vector.values()))


def _rarity(documents: Sequence[Counts]) -> dict[str, float]:
    """BM25's inverse document frequency: near 0 for what every document says.

    A term counts as said in as many documents as its mentions are spread over (the perplexity),
    so that one passing mention elsewhere does not make the word of a topic common.
    """
    spread = defaultdict[str, list[float]](list)
    for counts in documents:
        for term, count in counts.items():
            spread[term].append(count)
    total = len(documents)
    return {term: _idf(total, _perplexity(counts)) for term, counts in spread.items()}


def _idf(total: int, among: float) -> float:
    return math.log(1 + (total - among + 0.5) / (among + 0.5))


def _perplexity(counts: Sequence[float]) -> float:
    """Over how many equal shares the same entropy would spread: 1 to the number of counts."""
    whole = sum(counts)
    return math.exp(-sum(each / whole * math.log(each / whole) for each in counts))


def _sums(postings: Postings, question: Counts, whole: float) -> Scores:
    out = defaultdict[int, float](float)
    for term, weight in question.items():
        for place, held in postings.get(term, ()):
            out[place] += weight * held / whole
    return out


def _frozen(weighed: Mapping[str, Iterable[tuple[int, float]]]) -> Postings:
    return {term: tuple(held) for term, held in weighed.items()}
