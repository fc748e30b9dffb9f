"""How sure an answer can be: what speaks for the nearest entry, weighed into one chance."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.search.language import Bag, Stems, subjects
from bot.domain.search.model import MatchEvidence
from bot.domain.search.phrases import Phrases
from bot.domain.search.ranking import Words

WEIGHTS = (-8.1, 0.8, 8.0, 2.7, 1.0, -2.0, 1.2, 1.6)
"""Of a constant and of each part of `MatchEvidence`, by logistic regression on questions of ours
and of real threads, the real ones counting most."""


def confidence_of(evidence: MatchEvidence) -> float:
    """The chance that the nearest entry is the right one. A lead means more in a long question."""
    parts = (1.0, *evidence, evidence.lead * evidence.size)
    odds = sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True))
    return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class EntryWording:
    """What each entry says, as bags of stems, and the rarity of each stem."""

    words: Words
    rarity: Mapping[str, float]
    phrases: Phrases
    everything: Bag
    """What any entry says."""

    def weight(self, terms: Iterable[str]) -> float:
        """How rare these terms are, together."""
        return sum(self.rarity.get(each, self.words.unheard) for each in terms)

    def covered(self, asked: Bag, place: int) -> float:
        """The share of the question's wording that an entry says, rare words counting most."""
        postings = self.words.postings
        rows = zip(asked, postings.terms.rows(asked), strict=True)
        said = (each for each, row in rows if postings.said_in(row, place))
        return self.weight(said) / (self.weight(asked) or 1.0)

    def phrased(self, asked: Bag) -> Mapping[int, float]:
        """Document → the likeness (Jaccard, rare words counting most) to its nearest phrase."""
        return self.phrases.nearest({each: self.weight([each]) for each in asked})

    def likeness(self, asked: Bag, phrase: Bag) -> float:
        """What two wordings share of all that they say, 0 to 1."""
        shared = asked & phrase
        return self.weight(shared) / self.weight(asked | phrase) if shared else 0.0


@dataclass(frozen=True)
class Shapes:
    """Wordings, as stems, that tell what kind of question it is."""

    wordings: Collection[Stems]
    longest: int
    starts: Collection[str]
    """The first stem of each: most words begin none."""

    @classmethod
    def of(cls, wordings: Iterable[Stems]) -> Shapes:
        """Keep these."""
        kept = frozenset(filter(None, wordings))
        return cls(kept, max(map(len, kept), default=0), frozenset(wording[0] for wording in kept))

    def within(self, stems: Stems) -> bool:
        """Whether any of them stands in a text."""
        return next(self._standing(stems), None) is not None

    def said(self, stems: Stems) -> Bag:
        """The stems of those that stand in a text."""
        return frozenset(stem for wording in self._standing(stems) for stem in wording)

    def _standing(self, stems: Stems) -> Iterator[Stems]:
        sizes = range(1, self.longest + 1)
        starts = [at for at, stem in enumerate(stems) if stem in self.starts]
        wordings = (stems[at : at + size] for size in sizes for at in starts)
        return (each for each in wordings if each in self.wordings)

    @property
    def words(self) -> Bag:
        """Every stem of them."""
        return frozenset(stem for wording in self.wordings for stem in wording)

    def begins(self, stems: Stems) -> bool:
        """Whether any of them begins a text."""
        return any(stems[:size] in self.wordings for size in range(1, self.longest + 1))


@lru_cache(maxsize=64)
def bag(stems: Stems) -> Bag:
    """What a text is about, each stem once; counts of things apart, which may be any number."""
    return frozenset(each for each in subjects(stems) if not each.isdigit() and each[0] != "#")
