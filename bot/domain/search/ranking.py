"""How well a question fits each document, by its words (BM25) and by its spelling (cosine).

Both give 0 to 1 a document: 1 where a document holds all that the question says. Postings are
weighed once, when the index is built; a question touches only the terms it has.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate

SATURATION, LENGTH = 1.2, 0.5
"""BM25's k1 (how soon repetition stops counting) and b (how much long documents are held back)."""
TELLING = 1.0
"""Trigrams that more than about a third of the documents share are left out: they tell nothing."""
FINDING = 36
"""Trigrams of a question that documents are compared by; the others are in most documents."""

Counts = Mapping[str, float]


@dataclass(frozen=True)
class Postings:
    """Which documents have a term, and its weight in each: eighty thousand pairs, kept flat."""

    rows: Mapping[str, int]
    """Term → its row; the rows follow one another in `places` and `weights`."""
    ends: array[int]
    places: array[int]
    weights: array[float]
    documents: int

    @classmethod
    def of(cls, documents: Iterable[Counts]) -> Postings:
        """Turn documents with the weight of each term into terms with their documents.

        One after the other: all weights at once as they come would be most of what the index takes.
        """
        rows: dict[str, int] = {}
        row, place, weight = array("I"), array("I"), array("d")
        number = -1
        for number, weights in enumerate(documents):
            row.extend(rows.setdefault(term, len(rows)) for term in weights)
            place.extend([number] * len(weights))
            weight.extend(weights.values())
        sizes = Counter(row)
        order = sorted(range(len(row)), key=row.__getitem__)
        return cls(
            rows,
            array("I", accumulate(sizes[each] for each in range(len(rows)))),
            array("I", map(place.__getitem__, order)),
            array("d", map(weight.__getitem__, order)),
            number + 1,
        )

    def of_term(self, term: str) -> Iterable[tuple[int, float]]:
        """Each document that has the term, with its weight there."""
        row = self.rows.get(term)
        if row is None:
            return ()
        here = slice(self.ends[row - 1] if row else 0, self.ends[row])
        return zip(self.places[here], self.weights[here], strict=True)


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

        def weighed(counts: Counts) -> Counts:
            damping = SATURATION * (1 - LENGTH + LENGTH * sum(counts.values()) / (mean or 1))
            return {term: rarity[term] * n / (n + damping) for term, n in counts.items()}

        return cls(Postings.of(map(weighed, documents)), rarity, math.log(1 + len(documents)))

    def add(self, fits: list[float], share: float, question: Counts) -> None:
        """Give each document a `share` of what it covers of the question, rare terms most."""
        whole = sum(n * self.rarity.get(term, self.unheard) for term, n in question.items())
        _add(fits, share, self.postings, question, whole)


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

        def weighed(counts: Counts) -> Counts:
            telling = [(term, n) for term, n in counts.items() if rarity[term]]
            vector = {term: (1 + math.log(n)) * rarity[term] for term, n in telling}
            length = math.hypot(*vector.values())
            return {term: weight / length for term, weight in vector.items()}

        return cls(Postings.of(map(weighed, documents)), rarity, math.log(1 + len(documents)))

    def add(self, fits: list[float], share: float, question: Counts) -> None:
        """Give each document a `share` of its cosine, of a long question by rarest trigrams."""
        vector = {
            term: (1 + math.log(n)) * self.rarity.get(term, self.unheard)
            for term, n in question.items()
        }
        rarest = dict(nlargest(FINDING, vector.items(), key=lambda each: (each[1], each[0])))
        _add(fits, share, self.postings, rarest, math.hypot(*vector.values()))


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


def _add(
    fits: list[float], share: float, postings: Postings, question: Counts, whole: float
) -> None:
    for term, weight in question.items() if whole else ():
        counts = share * weight / whole
        for place, weighs in postings.of_term(term):
            fits[place] += counts * weighs
