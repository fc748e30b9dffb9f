"""A message as people write it: a courtesy, a question about the team, one question or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.pack import Aspect, Synonyms
from bot.domain.search.aspects import LIKE, LIKE_ALONE, OF_ANYTHING, AspectExamples
from bot.domain.search.evidence import EntryWording, Shapes, bag
from bot.domain.search.hashed import Hashed
from bot.domain.search.language import Language, Stems, plain
from bot.domain.search.model import Likeness

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
FOREIGN, RAMBLING, LONG, HALF = 0.3, 0.8, 12, 0.5
"""What is left of the confidence where a question is about something else; and where, without a
word of our field, it is about that many things or less than half of it is what the entry says."""
LONGEST_LIKENED = 14
"""Words of a question that is compared with examples."""
_SENTENCE = re.compile(r"(?:[^?!.;:\n]|[!.:](?=\S))+\??")
_OPENER = (
    r"(?:what|which|who|whose|how|why|when|where|is|are|was|do|does|did|can|could|should|shall"
    r"|will|would|may|must|has|have)\b"
)
_JOINT = re.compile(
    rf"(?:,|(?:^|\s)(?:[-\u2013\u2014&+]|\d[.)])|\b(?:and|but|also|plus)\b)[\s,]*+"
    rf"(?:(?:and|or|also|then|so)\s+)*(?={_OPENER})(?!w\w+ not\b)",
    re.I,
)
_ASKS = re.compile(rf"\s*(?:(?:and|or|but|also|then|so|ok)[\s,]+)*{_OPENER}", re.I)
_ALSO = re.compile(
    r"(?:[,;]|(?<=[.?!]))\s*(?:and\s+)?(?:also|besides|secondly|apart from that)\b[\s,:]*", re.I
)

Courtesy = Literal["greeting", "thanks"]


def questions_in(message: str) -> list[str]:
    """The questions of a message that asks several; none where it asks one.

    One that mostly tells is not taken apart within a sentence: half of a story asks nothing. What
    stands on either side of "also" is asked, however it is worded.
    """
    marked = [] if is_story(message) else [each.strip() for each in _ALSO.split(message)]
    if sum(_length(each) >= FEWEST for each in marked) > 1:
        return [one for each in marked for one in (_asked_in(each) or [each])][:MOST]
    return _asked_in(message)


def _asked_in(message: str) -> list[str]:
    sentences = [each.strip() for each in _SENTENCE.findall(message)]
    clauses = [each.strip() for line in sentences for each in _JOINT.split(line)]
    apart = [each for each in clauses if _asks(each)]
    if sum(map(_length, apart)) < ASKED * _length(message):
        apart = [each for each in sentences if each.endswith("?") and _asks(each)]
    whole = [each for each in apart if _length(each) >= FEWEST][:MOST]
    return whole if len(whole) > 1 else []


def _asks(sentence: str) -> bool:
    return bool(_ASKS.match(sentence)) or sentence.endswith("?")


def _length(text: str) -> int:
    return len(text.split())


def is_story(message: str) -> bool:
    """Whether it tells more than it asks."""
    return len(message.split()) >= STORY


def shapes(language: Language, phrases: Iterable[str]) -> Shapes:
    """Wordings of a pack, to be looked for within others."""
    return Shapes.of(_read(language, phrases))


def _read(language: Language, phrases: Iterable[str]) -> list[Stems]:
    return [language.stems(plain(each)) for each in phrases]


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
    neighbours: Shapes
    """Things and products beside the field."""
    shared: Shapes
    """Words of the field that those beside it use as much."""
    examples: AspectExamples
    others: Hashed
    """Wordings of the pack that ask for anything else."""
    language: Language
    wording: EntryWording

    @classmethod
    def of(
        cls, synonyms: Synonyms, language: Language, wording: EntryWording, others: Sequence[Stems]
    ) -> Manners:
        """Read the wordings of a pack; `others` are those that ask for anything else."""
        courtesies: dict[Stems, Courtesy] = {
            **dict.fromkeys(_read(language, synonyms.greetings), "greeting"),
            **dict.fromkeys(_read(language, synonyms.thanks), "thanks"),
        }
        asked = {
            aspect: _read(language, phrases) for aspect, phrases in synonyms.about_team.items()
        }
        cues = {
            aspect: (shapes(language, cue.asks), shapes(language, cue.of))
            for aspect, cue in synonyms.team_cues.items()
        }
        known = frozenset[str]().union(*(each.words for both in cues.values() for each in both))
        return cls(
            courtesies,
            {stems: aspect for aspect, phrases in asked.items() for stems in phrases},
            cues,
            shapes(language, synonyms.of_us),
            shapes(language, synonyms.general),
            shapes(language, synonyms.field),
            shapes(language, synonyms.neighbours),
            shapes(language, synonyms.shared),
            AspectExamples.of(asked, [*others, *courtesies], known),
            Hashed.of(others)[0],
            language,
            wording,
        )

    def courtesy(self, message: str) -> Courtesy | None:
        """Which friendly line a message is met with."""
        return self.courtesies.get(self._read(message))

    def is_said(self, message: str) -> bool:
        """Whether the pack lists the very wording as one about the team."""
        return self._read(message) in self.aspects

    def foreign(self, stems: Stems) -> bool:
        """A neighbour's word, or one that no entry says, and beside it no word of our field.

        Beside a neighbour's word one that it may share, such as "cluster", is no word of ours.
        """
        if self.neighbours.within(stems):
            return self.beside(stems)
        return not self.field.within(stems) and bool(bag(stems) - self.wording.everything)

    def beside(self, stems: Stems) -> bool:
        """A neighbour's word, and beside it none that is ours alone."""
        theirs = self.neighbours.said(stems)
        return bool(theirs) and not self.field.said(stems) - theirs - self.shared.said(stems)

    def doubt(self, stems: Stems, covered: float) -> float:
        """What is left of the confidence in an entry that covers so much of what is asked."""
        if self.foreign(stems):
            return FOREIGN
        loose = len(bag(stems)) >= LONG or covered < HALF
        return RAMBLING if loose and not self.field.within(stems) else 1.0

    def about_team(self, message: str) -> Aspect | None:
        """What of the team's own card a message asks for, by its wording or by a cue in it."""
        stems = self._read(message)
        if stems in self.aspects or len(stems) > LONGEST_CUED or self.general.within(stems):
            return self.aspects.get(stems)
        return next((one for one in self.cues if self._asked(one, stems)), None)

    def _asked(self, aspect: Aspect, stems: Stems) -> bool:
        """Whether its cues stand there and little else, so that it has no subject of its own."""
        cued = [each.said(stems) for each in (*self.cues[aspect], self.of_us)]
        known = frozenset[str]().union(*cued)
        ours = self.field.said(stems) <= known
        return all(cued) and ours and self.wording.weight(bag(stems) - known) <= REST

    def likely_about_team(self, stems: Stems) -> Likeness | None:
        """The aspect that a question is most like an example of, where it has no other subject.

        Less than a cue: whoever asks looks whether an entry answers it.
        """
        if len(stems) > LONGEST_LIKENED or stems in self.others or self.general.within(stems):
            return None
        ours = self.field.said(stems)
        nearest = self.examples.nearest(stems, bag(stems) - ours, self.wording)
        least = LIKE if self.of_us.within(stems) else LIKE_ALONE
        if nearest is None or nearest.odds < least:
            return None
        return nearest if nearest.aspect in OF_ANYTHING or ours <= self.examples.words else None

    def _read(self, message: str) -> Stems:
        return self.language.stems(plain(message))
