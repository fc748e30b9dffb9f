"""Question → the entry that answers it, how sure that is, and what else may be meant."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.pack import Aspect, Entry, Synonyms
from bot.domain.search import reading
from bot.domain.search.evidence import EntryWording, Shapes, bag, confidence_of
from bot.domain.search.language import Language, Stems, pairs, plain, subjects, trigrams
from bot.domain.search.messages import Manners, is_story, questions_in, shapes
from bot.domain.search.model import OFFERED, MatchEvidence, MessageAnswer
from bot.domain.search.ranking import Letters, Words
from bot.domain.search.several import together
from bot.domain.search.spelling import Spelling

BESIDE = 0.4
"""What an expansion counts for beside the word that was typed."""
BLEND = {"words": 0.4, "pairs": 0.3, "letters": 0.3}
"""Shares of the three rankings: 0.7 for what was said, 0.3 for how it was spelt."""
ALIKE = 0.2
"""What a phrase that says the very same adds to its document."""
SURE, GUESS = 0.77, 0.15
"""From here on an answer is given; from here on one is guessed."""
DOUBT = 0.3
"""What is left of the confidence where no word of the field stands, and one that no entry says."""
GOING_ON, SAYS_LITTLE = (0.2, 0.08), (0.65, 0.3)
"""What the entry answered last, and those it is related to, are given where a question goes on;
more where its own words do not carry it."""
CARRIES, NAMED = 3.0, 8.0
"""How rare the words of our field are, together, that carry a question alone; and how rare all its
words, where one of them is of our field."""
LONG = 16
"""Things that a question is about, from which on more of them say nothing more."""
CLEARLY = 14.0
"""How much must speak for an aspect of the team's card (log-odds) where an entry answers too."""
SHORT = 6
"""A question about at most so many things may go on from the one before."""


@dataclass(frozen=True)
class Index:
    """Every entry ready to be asked for, beside what is asked and belongs elsewhere."""

    ids: tuple[str, ...]
    """The entries in order; documents after them are the groups of `elsewhere`."""
    documents: int
    related: Mapping[str, tuple[str, ...]]
    exact: Mapping[Stems, str | None]
    """Wording of the pack → its entry, None where it belongs elsewhere."""
    language: Language
    spelling: Spelling
    words: Words
    pairs: Words
    letters: Letters
    wording: EntryWording
    field: Shapes
    """The words of the field."""
    reports: Shapes
    """How a defect of one installation is worded."""
    follow_ups: Shapes
    """How a question begins that goes on from the one before."""
    points_back: Shapes
    """What points to something said before."""
    manners: Manners

    @classmethod
    def build(cls, entries: Mapping[str, Entry], synonyms: Synonyms) -> Index:
        """Read every text and weigh every term, once; a third of a second for the shipped pack."""
        strange = synonyms.elsewhere.values()
        texts = [*map(reading.texts, entries.values()), *map(reading.elsewhere, strange)]
        words = {text: plain(text) for document in texts for text, _ in document}
        language = Language.of(synonyms)
        stems = {text: language.stems(each) for text, each in words.items()}
        read = [[(stems[text], weight) for text, weight in each] for each in texts]
        asked = [[one for one in each if one[1] >= reading.SAID] for each in read]
        others = [stems for each in asked for stems, _ in each]
        field = shapes(language, synonyms.field)
        ranked = Words.of([reading.counted(each, subjects) for each in read])
        wording = reading.wording(ranked, read, len(entries))
        return cls(
            ids=tuple(entries),
            documents=len(texts),
            related={key: entry.related for key, entry in entries.items()},
            exact=reading.exact(entries, synonyms, stems, field),
            language=language,
            spelling=Spelling.of(reading.known(words.values(), synonyms)),
            words=ranked,
            pairs=Words.of([reading.counted(each, pairs) for each in asked]),
            letters=Letters.of([reading.counted(each, trigrams) for each in asked]),
            wording=wording,
            field=field,
            reports=shapes(language, synonyms.reports),
            follow_ups=shapes(language, synonyms.follow_ups),
            points_back=shapes(language, synonyms.points_back),
            manners=Manners.of(synonyms, language, wording, others),
        )

    def ask(self, message: str, after: str | None = None) -> MessageAnswer:
        """The best that is known for a message. Same message, same answer.

        `after` is the entry answered last in this conversation: a question that goes on from there
        is read with it in mind. Where two questions of one message are answered for sure, the
        second stands beside the first. A message that is the pack's own wording is not taken apart.
        """
        whole = self._meet(message, after)
        known = whole.tier == "none" or self.stems(message) in self.exact
        apart = [] if known else questions_in(message)
        return together([self._meet(each, after) for each in apart], whole)

    def about_team(self, message: str) -> Aspect | None:
        """What of the team's own card a message asks for; a wording of an entry asks for that.

        A message that says so less clearly asks for it where no entry answers.
        """
        stems = self.stems(message)
        if stems in self.exact and not self.manners.is_said(message):
            return None
        aspect = self.manners.about_team(message)
        likely = None if aspect else self.manners.likely_about_team(stems)
        if likely and (likely.odds >= CLEARLY or not self.ask(message).answer):
            return likely.aspect
        return aspect

    def _meet(self, question: str, after: str | None) -> MessageAnswer:
        stems = self.stems(question)
        alike = self.wording.phrased(bag(stems))
        fits = self._fits(stems, alike)
        if stems and stems in self.exact:
            return self._exactly(self.exact[stems], fits)
        if not stems or not self.ids:
            return MessageAnswer("none", None, 0.0)
        ranked, confidence = self._ranked(stems, fits, alike)
        if after and self._leans(stems, confidence):
            ranked, confidence = self._ranked(stems, self._continued(fits, stems, after), alike)
            if confidence < SURE or ranked[0] == after or not self._carries(stems):
                return self._guessed(question, ranked, confidence)
        if confidence >= SURE:
            beside = self._beside(ranked[0], ranked)
            return MessageAnswer("sure", ranked[0], confidence, beside, story=is_story(question))
        if confidence < GUESS:
            return MessageAnswer("none", None, confidence)
        return self._guessed(question, ranked, confidence)

    def _guessed(self, question: str, ranked: Sequence[str], confidence: float) -> MessageAnswer:
        return MessageAnswer(
            "guess", None, confidence, (*ranked[:OFFERED],), story=is_story(question)
        )

    def _ranked(
        self, stems: Stems, fits: Sequence[float], alike: Mapping[int, float]
    ) -> tuple[list[str], float]:
        """The entries, the nearest first, and the chance that it is the right one."""
        order = self._order(fits)
        confidence = confidence_of(self.evidence(stems, fits, order, alike))
        doubt = DOUBT if self.manners.foreign(stems) else 1.0
        return [self.ids[place] for place in order], confidence * doubt

    def nearest(self, question: str) -> tuple[str, ...]:
        """The three entries that come nearest, however far that is; none where nothing fits."""
        stems = self.stems(question)
        fits = self._fits(stems, self.wording.phrased(bag(stems)))
        return tuple(self.ids[place] for place in self._order(fits)[:OFFERED] if fits[place] > 0)

    def _order(self, fits: Sequence[float]) -> list[int]:
        return sorted(range(len(self.ids)), key=lambda place: -fits[place])

    def _leans(self, stems: Stems, confidence: float) -> bool:
        """Whether it goes on from the question before: short, and marked so or not clear alone."""
        if len(bag(stems)) > SHORT or self.manners.foreign(stems):
            return False
        marked = self.follow_ups.begins(stems) or self.points_back.within(stems)
        return marked or (confidence < SURE and not self._carries(stems))

    def _carries(self, stems: Stems) -> bool:
        """Whether a question names enough of our field to be understood alone; a product is not."""
        ours = self.wording.weight(self.field.said(stems))
        return ours >= CARRIES or (ours > 0 and self.wording.weight(bag(stems)) >= NAMED)

    def _continued(self, fits: list[float], stems: Stems, after: str) -> list[float]:
        """The fits, with the entry answered last and what it is related to in mind.

        What belongs elsewhere fits nothing then: the talk is about ours.
        """
        same, related = GOING_ON if self._carries(stems) else SAYS_LITTLE
        near = dict.fromkeys(self.related.get(after, ()), related)
        more = {**near, after: same}
        ours = [fits[at] + more.get(key, 0.0) for at, key in enumerate(self.ids)]
        return [*ours, *([0.0] * (self.documents - len(ours)))]

    def stems(self, question: str) -> Stems:
        """What somebody typed, spelt as it was meant."""
        return self.language.stems(map(self.spelling.correct, plain(question)))

    def _exactly(self, known: str | None, fits: Sequence[float]) -> MessageAnswer:
        """What the pack's own wording comes to."""
        if known is None:
            return MessageAnswer("none", None, 0.0)
        ranked = [self.ids[place] for place in self._order(fits)]
        return MessageAnswer("sure", known, 1.0, self._beside(known, ranked))

    def evidence(
        self, stems: Stems, fits: Sequence[float], order: Sequence[int], alike: Mapping[int, float]
    ) -> MatchEvidence:
        """What speaks for the nearest entry."""
        asked, nearest = bag(stems), order[0]
        second = fits[order[1]] if len(order) > 1 else 0.0
        theirs = max(fits[len(self.ids) :], default=0.0)
        return MatchEvidence(
            lead=math.sqrt(fits[nearest] - second),
            ours=math.sqrt(max(0.0, fits[nearest] - theirs)),
            covered=self.wording.covered(asked, nearest),
            phrased=alike.get(nearest, 0.0),
            report=float(self.reports.within(stems)),
            size=math.sqrt(min(len(asked), LONG)),
        )

    def _fits(self, stems: Stems, alike: Mapping[int, float]) -> list[float]:
        """How well each document fits, entries first: three rankings, and its nearest phrase."""
        terms = dict[str, float](Counter(filter(self._tells, subjects(stems))))
        for stem in tuple(terms):
            for other in self.language.expansions.get(stem, ()):
                terms[other] = max(terms.get(other, 0), BESIDE)
        fits = [ALIKE * alike.get(place, 0.0) for place in range(self.documents)]
        for share, scores in (
            (BLEND["words"], self.words.scores(terms)),
            (BLEND["pairs"], self.pairs.scores(Counter(pairs(stems)))),
            (BLEND["letters"], self.letters.scores(Counter(trigrams(stems)))),
        ):
            for place, score in enumerate(scores):
                fits[place] += share * score
        return fits

    def _tells(self, term: str) -> bool:
        """A number that the pack never names says nothing; any other strange word does."""
        return term in self.words.rarity or not (term.isdigit() or term.startswith("#"))

    def _beside(self, answer: str, ranked: Sequence[str]) -> tuple[str, ...]:
        """What else may be meant, twice, then what the pack relates to the answer."""
        others = [each for each in ranked if each != answer]
        beside = dict.fromkeys([*others[: OFFERED - 1], *self.related[answer], *others])
        return tuple(beside)[:OFFERED]
