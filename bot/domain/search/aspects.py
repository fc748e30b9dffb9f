"""What of its card a team asks for, by how like it asks to the pack's examples of each aspect."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.pack import Aspect
from bot.domain.search.evidence import EntryWording
from bot.domain.search.hashed import Hashed, column
from bot.domain.search.language import Bag, Stems, pairs
from bot.domain.search.model import Likeness

HELD_BACK = 0.5
"""Examples' worth of how everybody asks, mixed into each aspect's: one saying proves little."""
LIKE, LIKE_ALONE = 5.0, 16.0
"""How much must speak for an aspect (log-odds): where the question has a word of the team, and
where not."""
NAMES = 6.0
"""How rare, together, the words may be that no example has, such as somebody's name."""
SUBJECT = 4.0
"""What each such word that an entry says takes off, times its rarity: a subject of its own."""
OF_ANYTHING: tuple[Aspect, ...] = ("answers",)
"""What a team may ask about any subject: what it answered about that."""


@dataclass(frozen=True)
class AspectExamples:
    """How each aspect is asked, against how everything else in the pack is: naive Bayes."""

    said: Hashed
    """Each word, or two in a row, of an example."""
    odds: Sequence[Sequence[float]]
    """Aspect, in the order of `against` → what each of them says for it (log-odds)."""
    against: Mapping[Aspect, float]
    """What one says that only other wordings have."""
    others: Hashed
    """What only other wordings have."""
    words: Bag
    """What any example says, or asks for an aspect in another way."""

    @classmethod
    def of(
        cls,
        examples: Mapping[Aspect, Iterable[Stems]],
        others: Iterable[Stems],
        cues: Bag,
    ) -> AspectExamples:
        """Count both; `cues` are words with which aspects are asked, beside the examples."""
        asked = {aspect: list(some) for aspect, some in examples.items()}
        rest = list(others)
        counts = {aspect: _counted(some) for aspect, some in asked.items()}
        counted = frozenset(each for some in counts.values() for each in some)
        beside = Counter(each for each in _features_of(rest) if each in counted)
        odds = _Odds(counts, beside, {key: len(some) for key, some in asked.items()}, len(rest))
        said, order = Hashed.of(counted)
        return cls(
            said,
            [column(odds.of_said(aspect, counted), order) for aspect in counts],
            odds.against(),
            Hashed.of(each for each in _features_of(rest) if each not in counted)[0],
            cues | {stem for some in asked.values() for stems in some for stem in stems},
        )

    def nearest(self, stems: Stems, subject: Bag, wording: EntryWording) -> Likeness | None:
        """The aspect that a question is most like; None in a pack without examples.

        What it says of a `subject` that no example has speaks against it; too much of that: None.
        """
        rest = subject - self.words
        own = SUBJECT * wording.weight(rest & wording.everything)
        if wording.weight(rest) > NAMES:
            return None
        features = _features(stems)
        rows = [row for row in self.said.rows(features) if row >= 0]
        strange = sum(row >= 0 for row in self.others.rows(features))
        likely = [
            Likeness(aspect, strange * against + sum(map(odds.__getitem__, rows)) - own)
            for (aspect, against), odds in zip(self.against.items(), self.odds, strict=True)
        ]
        return max(likely, key=lambda each: each.odds, default=None)


@dataclass(frozen=True)
class _Odds:
    """How much more often an aspect's examples say something than all other wordings do."""

    counts: Mapping[Aspect, Counter[str]]
    beside: Counter[str]
    sizes: Mapping[Aspect, int]
    rest: int

    def of_said(self, aspect: Aspect, said: Iterable[str]) -> array[float]:
        """What each thing said speaks for an aspect."""
        return array("d", (self._of(aspect, stem) for stem in said))

    def _of(self, aspect: Aspect, stem: str) -> float:
        of_all = self.beside[stem] + sum(count[stem] for count in self.counts.values())
        ours = self._share(self.counts[aspect][stem], self.sizes[aspect], of_all)
        return ours - self._share(self.beside[stem], self.rest, of_all)

    def against(self) -> Mapping[Aspect, float]:
        """Aspect → what speaks against it where only others say something, however often."""
        other = self._share(1, self.rest, 1)
        return {aspect: self._share(0, size, 1) - other for aspect, size in self.sizes.items()}

    def _share(self, times: int, among: int, of_all: int) -> float:
        whole = self.rest + sum(self.sizes.values()) or 1
        return math.log((times + HELD_BACK * of_all / whole) / (among + HELD_BACK))


def _features(stems: Stems) -> Bag:
    return frozenset(stems) | frozenset(pairs(stems))


def _features_of(texts: Iterable[Stems]) -> Iterator[str]:
    return (each for stems in texts for each in _features(stems))


def _counted(texts: Iterable[Stems]) -> Counter[str]:
    return Counter(_features_of(texts))
