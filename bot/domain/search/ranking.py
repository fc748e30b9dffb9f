"""How well a question fits each document, by its words (BM25) and by its spelling (cosine).

Both give 0 to 1 a document: 1 where a document holds all that the question says. Postings are
weighed once, when the index is built; a question touches only the terms it has.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import accumulate, compress
from typing import Self

from bot.domain.search.hashed import Hashed, column

SATURATION, LENGTH = 1.2, 0.5
"""BM25's k1 (how soon repetition stops counting) and b (how much long documents are held back)."""
TELLING = 1.0
"""Trigrams that more than about a third of the documents share are left out: they tell nothing."""
FINDING = 36
"""Trigrams of a question that documents are compared by; the others are in most documents."""

Counts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Postings:
    """Which documents have a term, and its weight in each: many thousand pairs, kept flat."""

    terms: Hashed
    places: array[int]
    weights: array[float]
    documents: int

    @classmethod
    def of(cls, documents: Iterable[Counts]) -> Self:
        """Turn documents with the weight of each term into terms with their documents.

        One after the other: all weights at once as they come would be most of what the index takes.
        """
        places, weights, number = array("I"), array("d"), -1

        def terms() -> Iterator[str]:
            nonlocal number
            for number, each in enumerate(documents):
                places.extend([number] * len(each))
                weights.extend(each.values())
                yield from each

        hashed, order = Hashed.of(terms())
        return cls(hashed, column(places, order), column(weights, order), number + 1)

    def of_term(self, term: str) -> Iterable[tuple[int, float]]:
        """Each document that has the term, with its weight there."""
        return self.of_row(*self.terms.rows([term]))

    def of_row(self, row: int) -> Iterable[tuple[int, float]]:
        """The same of a term whose row is known; nothing of -1."""
        here = self.terms.places(row)
        return zip(self.places[here], self.weights[here], strict=True)

    def said_in(self, row: int, place: int) -> bool:
        """Whether the document at a place has the term of a row."""
        here = self.terms.places(row)
        at = bisect_left(self.places, place, here.start, max(here.start, here.stop))
        return at < here.stop and self.places[at] == place

    def first(self, row: int) -> int:
        """The first document that has the term of a row."""
        return self.places[self.terms.bounds[row]]

    def rarity(self) -> array[float]:
        """Row → BM25's inverse document frequency: near 0 for what every document says.

        A term counts as said in as many documents as its mentions are spread over (the perplexity),
        so that one passing mention elsewhere does not make the word of a topic common.
        """
        spread = (self.weights[self.terms.places(row)] for row in range(len(self.terms)))
        return array("d", (_idf(self.documents, _perplexity(each)) for each in spread))

    def weighed(self, weights: array[float]) -> Self:
        """The same with other weights; what weighs nothing is left out."""
        rows = range(len(self.terms))
        left = (sum(map(bool, weights[self.terms.places(row)])) for row in rows)
        places = array("I", compress(self.places, weights))
        terms = Hashed(self.terms.hashes, array("I", accumulate(left, initial=0)))
        return replace(self, terms=terms, places=places, weights=array("d", filter(None, weights)))

    def add(
        self, fits: list[float], share: float, asked: Iterable[tuple[int, float]], whole: float
    ) -> None:
        """Give each document a `share` of what its terms weigh, as much of each as is asked."""
        bounds = self.terms.bounds
        for row, weight in asked if whole else ():
            counts = share * weight / whole
            begin, end = bounds[row], bounds[row + 1]
            for place, weighs in zip(self.places[begin:end], self.weights[begin:end], strict=True):
                fits[place] += counts * weighs

    def with_rarity(self, rarity: Sequence[float]) -> Iterator[tuple[float, int, float]]:
        """The rarity of the term, the document and the weight of each pair."""
        for row, rare in enumerate(rarity):
            for place, weight in self.of_row(row):
                yield rare, place, weight


@dataclass(frozen=True, slots=True)
class Words:
    """Documents by their terms, ranked by BM25."""

    postings: Postings
    rarity: array[float]
    """Of the term of each row."""
    unheard: float
    """The rarity of a term that no document has: it holds every score down."""

    @classmethod
    def of(cls, documents: Iterable[Counts]) -> Self:
        """Weigh every term of every document."""
        said = Postings.of(documents)
        rarity, lengths = said.rarity(), [0.0] * said.documents
        for place, n in zip(said.places, said.weights, strict=True):
            lengths[place] += n
        mean = sum(lengths) / (said.documents or 1) or 1
        damping = [SATURATION * (1 - LENGTH + LENGTH * each / mean) for each in lengths]
        each = said.with_rarity(rarity)
        weights = array("d", (rare * n / (n + damping[place]) for rare, place, n in each))
        return cls(said.weighed(weights), rarity, math.log(1 + said.documents))

    def add(self, fits: list[float], share: float, question: Counts) -> None:
        """Give each document a `share` of what it covers of the question, rare terms most."""
        asked = [*zip(self.postings.terms.rows(question), question.values(), strict=True)]
        whole = sum(n * (self.unheard if row < 0 else self.rarity[row]) for row, n in asked)
        self.postings.add(fits, share, asked, whole)


@dataclass(frozen=True, slots=True)
class Letters:
    """Documents by their character trigrams, ranked by the cosine of tf-idf vectors."""

    postings: Postings
    rarity: array[float]
    unheard: float

    @classmethod
    def of(cls, documents: Iterable[Counts]) -> Self:
        """Weigh every trigram of every document."""
        said = Postings.of(documents)
        rarity = array("d", (each if each >= TELLING else 0.0 for each in said.rarity()))
        each = said.with_rarity(rarity)
        weights = array("d", ((1 + math.log(n)) * rare for rare, _, n in each))
        vectors = [array("d") for _ in range(said.documents)]
        for place, weight in zip(said.places, weights, strict=True):
            vectors[place].append(weight)
        lengths = [math.hypot(*each) or 1.0 for each in vectors]
        both = zip(said.places, weights, strict=True)
        shares = array("d", (weight / lengths[place] for place, weight in both))
        return cls(said.weighed(shares), rarity, math.log(1 + said.documents))

    def add(self, fits: list[float], share: float, question: Counts) -> None:
        """Give each document a `share` of its cosine, of a long question by rarest trigrams."""
        rows = self.postings.terms.rows(question)
        asked = zip(rows, question.items(), strict=True)
        vector = [(self._weight(row, n), term, row) for row, (term, n) in asked]
        whole = math.hypot(*(weight for weight, _, _ in vector))
        rarest = [(row, weight) for weight, _, row in nlargest(FINDING, vector)]
        self.postings.add(fits, share, rarest, whole)

    def _weight(self, row: int, n: float) -> float:
        return (1 + math.log(n)) * (self.unheard if row < 0 else self.rarity[row])


def _idf(total: int, among: float) -> float:
    return math.log(1 + (total - among + 0.5) / (among + 0.5))


def _perplexity(counts: Sequence[float]) -> float:
    """Over how many equal shares the same entropy would spread: 1 to the number of counts."""
    whole = sum(counts)
    return math.exp(-sum(each / whole * math.log(each / whole) for each in counts))
