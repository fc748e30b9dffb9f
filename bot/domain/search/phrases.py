"""Every single title, question, alias, phrasing or word of the pack, and which is the nearest."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.domain.search.hashed import Hashed
from bot.domain.search.language import Bag
from bot.domain.search.ranking import Postings

FINDING = 20
"""Stems of a question by which like phrases are looked for."""
COMMON = 0.2
"""The share of a question that its commonest stems are, by which alone none is looked for."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What each of them says, as bags of stems."""

    owners: array[int]
    """Phrase → whose it is."""
    weights: array[float]
    """Phrase → how rare all that it says is, together."""
    said: Hashed
    """Each stem, with the phrases that say it."""
    numbers: tuple[int, ...]
    """These stem by stem; no array, which would make each number anew whenever it is asked for."""
    lightest: Postings
    """The rows of `said` → each document that says it in a phrase, and the lightest such one."""

    @classmethod
    def of(cls, phrases: Iterable[tuple[int, Bag]], weigh: Callable[[Bag], float]) -> Phrases:
        """Keep these, each with the document whose it is."""
        owners, weights, numbers = array("I"), array("d"), list[int]()

        def stems() -> Iterator[str]:
            for number, (document, phrase) in enumerate(phrases):
                owners.append(document)
                weights.append(weigh(phrase))
                numbers.extend([number] * len(phrase))
                yield from phrase

        said, order = Hashed.of(stems())
        by_stem = tuple(map(numbers.__getitem__, order))
        return cls(owners, weights, said, by_stem, _lightest(owners, weights, said, by_stem))

    def nearest(self, asked: Mapping[str, float]) -> Mapping[int, float]:
        """Document → the likeness (Jaccard, rare words counting most) to its nearest phrase.

        `asked` is how rare each stem of the question is. Of the many phrases that share one the
        lightest is the nearest; few share several. Of a long question the rarest stems find them:
        its common ones are in hundreds of phrases, so that what shares nothing but these is not
        looked for.
        """
        whole, nearest = sum(asked.values()), dict[int, float]()
        rarest = nlargest(FINDING, asked.items(), key=lambda each: (each[1], each[0]))
        rows = self.said.rows(stem for stem, _ in rarest)
        found = zip(rows, (weight for _, weight in rarest), strict=True)
        rare = [(row, weight, self._with(row)) for row, weight in found if row >= 0]
        for row, weight, _ in rare:
            rest = whole - weight
            for document, own in self.lightest.of_row(row):
                like = weight / (rest + own)
                if like > nearest.get(document, 0.0):
                    nearest[document] = like
        shared = dict.fromkeys(_several([each[1:] for each in rare], whole), 0.0)
        for _, weight, phrases in rare:
            for phrase in shared.keys() & phrases:
                shared[phrase] += weight
        for phrase, both in shared.items():
            document, own = self.owners[phrase], self.weights[phrase]
            nearest[document] = max(nearest.get(document, 0.0), both / (whole + own - both))
        return nearest

    def _with(self, row: int) -> tuple[int, ...]:
        return self.numbers[self.said.places(row)]


def _several(rare: Sequence[tuple[float, Iterable[int]]], whole: float) -> set[int]:
    """The phrases that share several stems, found by all but the commonest."""
    once, several, left = set[int](), set[int](), sum(weight for weight, _ in rare)
    for weight, phrases in rare:
        several.update(once.intersection(phrases))
        if left > COMMON * whole:
            once.update(phrases)
        left -= weight
    return several


def _lightest(
    owners: Sequence[int], weights: Sequence[float], said: Hashed, numbers: Sequence[int]
) -> Postings:
    bounds, documents, lightest = array("I", [0]), array("I"), array("d")
    for row in range(len(said)):
        least = dict[int, float]()
        for phrase in numbers[said.places(row)]:
            document, own = owners[phrase], weights[phrase]
            least[document] = min(own, least.get(document, own))
        documents.extend(least)
        lightest.extend(least.values())
        bounds.append(len(documents))
    return Postings(Hashed(said.hashes, bounds), documents, lightest, len(set(owners)))
