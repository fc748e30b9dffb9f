"""How sure an answer can be: what speaks for the nearest entry, weighed into one chance."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from bot.domain.search.language import Stems, subjects

Bag = frozenset[str]

WEIGHTS = (-8.1, 0.8, 8.0, 2.7, 1.0, -2.0, 1.2, 1.6)
"""Of a constant and of each part of `Evidence`, by logistic regression on questions of ours and of
real threads, the real ones counting most."""


@dataclass(frozen=True)
class Evidence:
    """What the confidence rests on. Square roots: the first bit of a lead says most."""

    lead: float
    """By how much the nearest entry fits better than the next."""
    ours: float
    """By how much it fits better than anything that belongs elsewhere."""
    covered: float
    """How much of the question's rare wording the entry says."""
    phrased: float
    """How like the question is to the one wording of the entry that is most like it."""
    report: float
    """1 where it is worded as a defect of one installation."""
    size: float
    """The square root of how many things it is about."""

    @property
    def confidence(self) -> float:
        """The chance that the nearest entry is the right one. A lead means more in a long one."""
        parts = (1.0, *astuple(self), self.lead * self.size)
        odds = sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True))
        return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True)
class Wording:
    """What each entry says, as bags of stems, and the rarity of each stem."""

    rarity: Mapping[str, float]
    unheard: float
    said: Sequence[Bag]
    """Entry → everything it says."""
    phrases: Sequence[tuple[int, float]]
    """Each single title, question, alias, phrasing or word: whose it is, and its weight."""
    phrased_with: Mapping[str, Sequence[int]]
    """Stem → the phrases that say it."""
    everything: Bag
    """What any entry says."""

    def weight(self, terms: Iterable[str]) -> float:
        """How rare these terms are, together."""
        return sum(self.rarity.get(each, self.unheard) for each in terms)

    def covered(self, asked: Bag, place: int) -> float:
        """The share of the question's wording that an entry says, rare words counting most."""
        return self.weight(asked & self.said[place]) / (self.weight(asked) or 1.0)

    def phrased(self, asked: Bag) -> Mapping[int, float]:
        """Document → the likeness (Jaccard, rare words counting most) to its nearest phrase."""
        whole, shared, nearest = (
            self.weight(asked),
            defaultdict[int, float](float),
            dict[int, float](),
        )
        for term in asked:
            weight = self.rarity.get(term, self.unheard)
            for phrase in self.phrased_with.get(term, ()):
                shared[phrase] += weight
        for phrase, both in shared.items():
            document, own = self.phrases[phrase]
            nearest[document] = max(nearest.get(document, 0.0), both / (whole + own - both))
        return nearest

    def likeness(self, asked: Bag, phrase: Bag) -> float:
        """What two wordings share of all that they say, 0 to 1."""
        shared = asked & phrase
        return self.weight(shared) / self.weight(asked | phrase) if shared else 0.0


@dataclass(frozen=True)
class Shapes:
    """Wordings, as runs of stems, that tell what kind of question it is."""

    runs: Collection[Stems]
    longest: int

    @classmethod
    def of(cls, runs: Iterable[Stems]) -> Shapes:
        """Keep these runs."""
        kept = frozenset(filter(None, runs))
        return cls(kept, max(map(len, kept), default=0))

    def within(self, stems: Stems) -> bool:
        """Whether any of them stands in a text."""
        sizes = range(1, self.longest + 1)
        starts = range(len(stems))
        return any(stems[at : at + size] in self.runs for size in sizes for at in starts)

    def begins(self, stems: Stems) -> bool:
        """Whether any of them begins a text."""
        return any(stems[:size] in self.runs for size in range(1, self.longest + 1))


def bag(stems: Stems) -> Bag:
    """What a text is about, each stem once; counts of things apart, which may be any number."""
    return frozenset(each for each in subjects(stems) if not each.isdigit() and each[0] != "#")
