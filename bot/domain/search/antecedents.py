"""What a later question of one message leaves to the one before: "is it fast?", "and in hours?"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.pack import Synonyms
from bot.domain.search.evidence import Shapes
from bot.domain.search.language import Language, Stems, plain
from bot.domain.search.messages import shapes


@dataclass(frozen=True)
class Antecedents:
    """Reads a question with the words of our field that the one before it named."""

    stands_for: frozenset[str]
    """What stands for a thing that was named before."""
    follow_ups: Shapes
    field: Shapes

    @classmethod
    def of(cls, synonyms: Synonyms, language: Language, field: Shapes) -> Antecedents:
        """Read the wordings of a pack."""
        return cls(
            frozenset(stem for each in synonyms.stands_for for stem in language.stems(plain(each))),
            shapes(language, synonyms.follow_ups),
            field,
        )

    def points_back(self, stems: Stems) -> bool:
        """Whether a word in it stands for a thing that was named before."""
        return not self.stands_for.isdisjoint(stems)

    def subject(self, stems: Stems) -> Stems:
        """What a question names of our field, in the order in which it does."""
        named = self.field.said(stems)
        return tuple(each for each in stems if each in named)

    def completed(self, stems: Stems, subject: Stems, *, clear: bool) -> Stems | None:
        """It with the subject of the one before, put where a word stands for that, or at the end.

        Only where that adds something, and where it points back, or is not clear and begins as one
        that goes on.
        """
        missing = tuple(each for each in subject if each not in stems)
        places = [at for at, each in enumerate(stems) if each in self.stands_for]
        goes_on = not clear and self.follow_ups.begins(stems)
        if not missing or not (places or goes_on):
            return None
        at = places[0] if places else len(stems)
        rest = tuple(each for each in stems[at:] if each not in self.stands_for)
        return (*stems[:at], *missing, *rest)
