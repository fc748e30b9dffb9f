"""A mistyped word → the known word one slip away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SHORTEST = 4
"""Below this many letters one slip makes another word as often as a typo; with just this many, a
wrong letter does, a missing or swapped one does not."""


@dataclass(frozen=True)
class Spelling:
    """The words that are known, and which of them each of their shortened forms stands for."""

    known: Mapping[str, int]
    """Word → how often it is used."""
    shortened: Mapping[str, str]
    """A word with a letter dropped → the words that it may come from, with spaces between."""

    @classmethod
    def of(cls, known: Mapping[str, int]) -> Spelling:
        """Prepare for these words; a letter dropped on both sides finds any single slip."""
        shortened: dict[str, str] = {}
        for word in known:
            for form in _shortened(word) if len(word) >= SHORTEST else ():
                shortened[form] = f"{shortened[form]} {word}" if form in shortened else word
        return cls(known, shortened)

    def correct(self, word: str) -> str:
        """The most used known word one slip away; the word itself when it is known or alone."""
        if len(word) < SHORTEST or self._is_known(word) or word.isdigit():
            return word
        near = {each for form in _shortened(word) for each in self.shortened.get(form, "").split()}
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
