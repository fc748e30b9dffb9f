"""A mistyped word → the known word one slip away."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.search.hashed import Hashed, column

SHORTEST = 4
"""Below this many letters one slip makes another word as often as a typo; with just this many, a
wrong letter does, a missing or swapped one does not."""


@dataclass(frozen=True)
class Spelling:
    """The words that are known, and which of them each of their shortened forms stands for."""

    known: Mapping[str, int]
    """Word → how often it is used."""
    words: Sequence[str]
    """Every word that is long enough to be mistyped."""
    shortened: Hashed
    """Each of them, and each with a letter dropped."""
    numbers: array[int]
    """The words that each of these may come from."""

    @classmethod
    def of(cls, known: Mapping[str, int]) -> Spelling:
        """Prepare for these words; a letter dropped on both sides finds any single slip."""
        words = tuple(word for word in known if len(word) >= SHORTEST)
        numbers = array("I")

        def forms() -> Iterator[str]:
            for at, word in enumerate(words):
                for form in _shortened(word):
                    numbers.append(at)
                    yield form

        shortened, order = Hashed.of(forms())
        return cls(known, words, shortened, column(numbers, order))

    def correct(self, word: str) -> str:
        """The most used known word one slip away; the word itself when it is known or alone."""
        if len(word) < SHORTEST or self._is_known(word) or word.isdigit():
            return word
        forms = self.shortened.rows(_shortened(word))
        near = {self.words[at] for row in forms for at in self.numbers[self.shortened.places(row)]}
        fitting = [each for each in near if _one_slip(word, each)]
        return max(fitting, key=lambda each: self._likelihood(word, each), default=word)

    def _is_known(self, word: str) -> bool:
        """As it stands, or as the plural of what is."""
        return word in self.known or word.removesuffix("s") in self.known

    def _likelihood(self, typed: str, meant: str) -> tuple[bool, int, str]:
        """People seldom miss the first letter; the word itself settles ties the same way always."""
        return typed[0] == meant[0], self.known[meant], meant


def _one_slip(typed: str, meant: str) -> bool:
    """A letter too many or too few, two swapped, or, in a longer word, a wrong one."""
    if len(typed) != len(meant):
        return abs(len(typed) - len(meant)) == 1
    return len(typed) > SHORTEST or sorted(typed) == sorted(meant)


def _shortened(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
