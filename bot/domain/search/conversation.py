"""A question in a conversation: whether it goes on from the entry answered last, and what fits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.pack import Entry, Synonyms
from bot.domain.search.antecedents import Antecedents
from bot.domain.search.evidence import Shapes, bag
from bot.domain.search.language import Stems, plain
from bot.domain.search.messages import Manners, shapes
from bot.domain.search.model import OFFERED, MessageAnswer

GOING_ON, SAYS_LITTLE = (0.2, 0.08), (0.65, 0.3)
"""What the entry answered last, and those it is related to, are given where a question goes on;
more where its own words do not carry it."""
CARRIES, NAMED = 3.0, 8.0
"""How rare the words of our field are, together, that carry a question alone; and how rare all its
words, where one of them is of our field."""
SHORT = 6
"""A question about at most so many things may go on from the one before."""
AGAIN = 0.5
"""How sure it is that a word such as "why?" goes on from the entry answered last."""
BARE = 2
"""A question about at most so many things, none of our field, goes on however clear it seems."""


@dataclass(frozen=True)
class Conversation:
    """How questions go on from one another."""

    ids: tuple[str, ...]
    related: Mapping[str, tuple[str, ...]]
    follow_ups: Shapes
    """How a question begins that goes on from the one before."""
    points_back: Shapes
    """What points to something said before."""
    asked_on: Collection[Stems]
    """What asks on without a word of its own: "why?"."""
    products: Shapes
    """What names a product and asks nothing by itself."""
    manners: Manners
    antecedents: Antecedents

    @classmethod
    def of(cls, synonyms: Synonyms, manners: Manners, entries: Mapping[str, Entry]) -> Conversation:
        """Read the wordings of a pack."""
        language = manners.language
        return cls(
            tuple(entries),
            {key: entry.related for key, entry in entries.items()},
            shapes(language, synonyms.follow_ups),
            shapes(language, synonyms.points_back),
            frozenset(language.stems(plain(each)) for each in synonyms.asked_on),
            shapes(language, synonyms.products),
            manners,
            Antecedents.of(synonyms, language, manners.field),
        )

    def asks_on(self, stems: Stems) -> bool:
        """Whether it says nothing itself, such as "why?", however often."""
        return _once(stems) in self.asked_on

    def met_on(self, after: str | None) -> MessageAnswer:
        """What that comes to after an entry, or after nothing."""
        if after is None or after not in self.related:
            return MessageAnswer("none", None, 0.0)
        beside = (after, *self.related[after])[:OFFERED]
        return MessageAnswer("guess", None, AGAIN, beside, goes_on=True)

    def leans(self, stems: Stems, *, clear: bool) -> bool:
        """Whether it goes on from the question before: short, and marked so or not clear alone.

        "And nginx?" is marked so; of a neighbour's thing or small talk nothing else is.
        """
        marked = self.follow_ups.begins(stems) or self.points_back.within(stems)
        if len(bag(stems)) > SHORT:
            return False
        if self.manners.foreign(stems):
            return marked and self.manners.beside(stems)
        return marked or (not self.carries(stems) and (not clear or self._bare(stems)))

    def asks_of_product(self, stems: Stems) -> bool:
        """Whether it names a product and goes on with it: "what about Kuma?"."""
        marked = self.follow_ups.begins(stems) or self.points_back.within(stems)
        return marked and self.products.within(stems) and not self.carries(stems)

    def _bare(self, stems: Stems) -> bool:
        return len(bag(stems)) <= BARE and not self.manners.field.said(stems)

    def carries(self, stems: Stems) -> bool:
        """Whether a question names enough of our field to be understood alone; a product is not."""
        weight, products = self.manners.wording.weight, self.products.said(stems)
        ours = weight(self.manners.field.said(stems) - products)
        return ours >= CARRIES or (ours > 0 and weight(bag(stems) - products) >= NAMED)

    def alone(self, stems: Stems, alike: Mapping[int, float], first: str, after: str) -> bool:
        """Whether it is asked of another entry for sure, not of the one answered last.

        It is not where it begins as one that goes on ("even with …") and that one has a wording as
        like it: both may be meant.
        """
        near = {self.ids[at]: like for at, like in alike.items() if at < len(self.ids)}
        nearer = near.get(after, 0.0) < near.get(first, 0.0)
        clear = nearer or not self.follow_ups.begins(stems)
        return first != after and clear and self.carries(stems)

    def continued(self, fits: Sequence[float], stems: Stems, after: str) -> list[float]:
        """The fits, with the entry answered last and what it is related to in mind.

        What belongs elsewhere fits nothing then: the talk is about ours.
        """
        same, related = GOING_ON if self.carries(stems) else SAYS_LITTLE
        near = dict.fromkeys(self.related.get(after, ()), related)
        more = {**near, after: same}
        ours = [fits[at] + more.get(key, 0.0) for at, key in enumerate(self.ids)]
        return [*ours, *([0.0] * (len(fits) - len(ours)))]


def _once(stems: Stems) -> Stems:
    """What is said over and over, once: "why why why" is "why"."""
    for size in range(1, min(SHORT, len(stems) // 2) + 1):
        if stems[size:] == stems[:-size]:
            return stems[:size]
    return stems
