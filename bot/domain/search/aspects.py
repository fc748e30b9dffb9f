"""What of its card a team asks for, by how like it asks to the pack's examples of each aspect."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.pack import Aspect
from bot.domain.search.evidence import Bag, EntryWording
from bot.domain.search.language import Stems, pairs
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

    odds: Mapping[str, Mapping[Aspect, float]]
    """A word, or two in a row, of an example → what it says for each aspect (log-odds)."""
    against: Mapping[Aspect, float]
    """What one says that only other wordings have."""
    others: Bag
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
        beside = _counted(rest)
        odds = _Odds.of(counts, beside, {key: len(some) for key, some in asked.items()}, len(rest))
        counted = frozenset(each for some in counts.values() for each in some)
        return cls(
            {each: odds.of_said(each) for each in counted},
            odds.against(),
            frozenset(beside) - counted,
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
        strange = len(features & self.others)
        known = [self.odds[each] for each in features if each in self.odds]
        likely = [
            Likeness(aspect, strange * against + sum(each[aspect] for each in known) - own)
            for aspect, against in self.against.items()
        ]
        return max(likely, key=lambda each: each.odds, default=None)


@dataclass(frozen=True)
class _Odds:
    """How much more often an aspect's examples say something than all other wordings do."""

    counts: Mapping[Aspect, Counter[str]]
    beside: Counter[str]
    every: Counter[str]
    sizes: Mapping[Aspect, int]
    rest: int

    @classmethod
    def of(
        cls,
        counts: Mapping[Aspect, Counter[str]],
        beside: Counter[str],
        sizes: Mapping[Aspect, int],
        rest: int,
    ) -> _Odds:
        return cls(counts, beside, sum(counts.values(), Counter(beside)), sizes, rest)

    def of_said(self, stem: str) -> Mapping[Aspect, float]:
        """Aspect → what one thing said speaks for it."""
        other = self._share(self.beside[stem], self.rest, self.every[stem])
        return {
            aspect: self._share(count[stem], self.sizes[aspect], self.every[stem]) - other
            for aspect, count in self.counts.items()
        }

    def against(self) -> Mapping[Aspect, float]:
        """Aspect → what speaks against it where only others say something, however often."""
        other = self._share(1, self.rest, 1)
        return {aspect: self._share(0, size, 1) - other for aspect, size in self.sizes.items()}

    def _share(self, times: int, among: int, of_all: int) -> float:
        whole = self.rest + sum(self.sizes.values()) or 1
        return math.log((times + HELD_BACK * of_all / whole) / (among + HELD_BACK))


def _features(stems: Stems) -> Bag:
    return frozenset(stems) | frozenset(pairs(stems))


def _counted(texts: Iterable[Stems]) -> Counter[str]:
    return Counter(each for stems in texts for each in _features(stems))
