"""A message as people write it: a courtesy, a question about the team, one question or several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.pack import Aspect, Synonyms
from bot.domain.search.evidence import Shapes, bag
from bot.domain.search.language import Language, Stems, plain, stem

STORY = 30
"""Words from which on a message tells a story."""
MOST = 4
"""Questions of one message that are looked at."""
FEWEST = 3
"""Words of a question that can stand alone."""
LONGEST_CUED = 12
"""Words of a question that one cue tells apart; a longer one says more than that."""
ASKED = 0.7
"""The share of a message that is questions where a sentence may hold two of them."""
REST = 5.5
"""How rare, together, the words are that a question about the team may have beside its cues."""
NEAREST = 0.4
"""The share of a question's wording that an aspect has where it is taken for one about the team."""
QUESTION_WORDS = ("what", "which", "who", "whose", "how", "why", "when", "where")
"""They tell how it is asked, and not of what."""
_SENTENCE = re.compile(r"(?:[^?!.;:\n]|[!.:](?=\S))+\??")
_OPENER = (
    r"(?:what|which|who|whose|how|why|when|where|is|are|was|do|does|did|can|could|should|shall"
    r"|will|would|may|must|has|have)\b"
)
_JOINT = re.compile(
    rf"(?:,|\s[-\u2013\u2014]|\band\b|\bbut\b|\balso\b)[\s,]*+(?:(?:and|or|also|then|so)\s+)*(?={_OPENER})",
    re.I,
)
_ASKS = re.compile(rf"\s*(?:(?:and|or|but|also|then|so|ok)[\s,]+)*{_OPENER}", re.I)
_LEANS = re.compile(r"\s*(?:and|or|but|also|then|so|ok)\b", re.I)

Courtesy = Literal["greeting", "thanks"]


def questions_in(message: str) -> list[str]:
    """The questions of a message that asks several; none where it asks one.

    One that mostly tells is not taken apart within a sentence: half of a story asks nothing.
    """
    sentences = [each.strip() for each in _SENTENCE.findall(message)]
    said = [each.strip() for line in sentences for each in _JOINT.split(line)]
    apart = [each for each in said if _asks(each)]
    if sum(map(_length, apart)) < ASKED * _length(message):
        apart = [each for each in sentences if each.endswith("?") and _asks(each)]
    whole = [each for each in apart if _length(each) >= FEWEST][:MOST]
    return whole if len(whole) > 1 else []


def _asks(said: str) -> bool:
    return bool(_ASKS.match(said)) or (said.endswith("?") and not _LEANS.match(said))


def _length(text: str) -> int:
    return len(text.split())


def is_story(message: str) -> bool:
    """Whether it tells more than it asks."""
    return len(message.split()) >= STORY


def shapes(language: Language, said: Iterable[str]) -> Shapes:
    """Wordings of a pack, to be looked for within others."""
    return Shapes.of(language.stems(plain(each)) for each in said)


@dataclass(frozen=True)
class Manners:
    """What is said beside questions, by its exact wording; the pack lists it."""

    courtesies: Mapping[Stems, Courtesy]
    aspects: Mapping[Stems, Aspect]
    cues: Mapping[Aspect, tuple[Shapes, Shapes]]
    """Aspect → what asks it, and what says that it is of the team."""
    of_us: Shapes
    general: Shapes
    field: Shapes
    """Words of the field: one that no cue holds is the subject of another question."""
    language: Language
    weight: Callable[[Iterable[str]], float]
    """How rare some stems are, together."""

    @classmethod
    def of(
        cls, synonyms: Synonyms, language: Language, weight: Callable[[Iterable[str]], float]
    ) -> Manners:
        """Read the wordings of a pack."""
        kinds: tuple[tuple[Courtesy, tuple[str, ...]], ...] = (
            ("greeting", synonyms.greetings),
            ("thanks", synonyms.thanks),
        )
        return cls(
            {language.stems(plain(each)): kind for kind, said in kinds for each in said},
            {
                language.stems(plain(each)): aspect
                for aspect, said in synonyms.about_team.items()
                for each in said
            },
            {
                aspect: (shapes(language, cue.asks), shapes(language, cue.of))
                for aspect, cue in synonyms.team_cues.items()
            },
            shapes(language, synonyms.of_us),
            shapes(language, synonyms.general),
            shapes(language, synonyms.field),
            language,
            weight,
        )

    def courtesy(self, message: str) -> Courtesy | None:
        """Which friendly line a message is met with."""
        return self.courtesies.get(self._read(message))

    def is_said(self, message: str) -> bool:
        """Whether the pack lists the very wording as one about the team."""
        return self._read(message) in self.aspects

    def about_team(self, message: str) -> Aspect | None:
        """What of the team's own card a message asks for, by its wording or by a cue in it."""
        stems = self._read(message)
        if stems in self.aspects or len(stems) > LONGEST_CUED or self.general.within(stems):
            return self.aspects.get(stems)
        return next((one for one in self.cues if self._asked(one, stems)), None)

    def _asked(self, aspect: Aspect, stems: Stems) -> bool:
        """Whether its cues stand there and little else, so that it has no subject of its own."""
        said = [each.said(stems) for each in (*self.cues[aspect], self.of_us)]
        known = frozenset[str]().union(*said)
        ours = self.field.said(stems) <= known
        return all(said) and ours and self.weight(bag(stems) - known) <= REST

    def may_be_about_team(self, message: str) -> Aspect | None:
        """The aspect that the words of a message come nearest to, where they are of the team.

        Less than a cue: whoever asks has looked whether an entry answers it.
        """
        stems = self._read(message)
        us = self.of_us.said(stems)
        if not us or len(stems) > LONGEST_CUED or self.general.within(stems):
            return None
        asked = bag(stems) - frozenset(map(stem, QUESTION_WORDS))
        said = {
            one: asked & (cue[0].said(stems) | cue[1].said(stems)) for one, cue in self.cues.items()
        }
        shares = {
            one: self.weight(each) / (self.weight(each | (asked - us)) or 1.0)
            for one, each in said.items()
            if self.cues[one][0].within(stems) and self.field.said(stems) <= each
        }
        nearest = max(shares, key=lambda one: shares[one], default=None)
        return nearest if nearest and shares[nearest] >= NEAREST else None

    def _read(self, message: str) -> Stems:
        return self.language.stems(plain(message))
