"""Question → the entry that answers it, how sure that is, and what else may be meant."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.pack import Entry, Synonyms
from bot.domain.search import reading
from bot.domain.search.evidence import Evidence, Shapes, Wording, bag
from bot.domain.search.found import Found
from bot.domain.search.language import Language, Stems, pairs, plain, subjects, trigrams
from bot.domain.search.messages import Manners, is_story, questions_in
from bot.domain.search.ranking import Letters, Words
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
more where it names nothing of our field itself."""
LONG = 16
"""Things that a question is about, from which on more of them say nothing more."""
SHORT = 6
"""A question about at most so many things may go on from the one before."""
OFFERED = 3


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
    wording: Wording
    field: Shapes
    """The words of the field."""
    reports: Shapes
    """How a defect of one installation is worded."""
    follow_ups: Shapes
    """How a question begins that goes on from the one before."""
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
        asked = [
            [(said, weight) for said, weight in each if weight >= reading.SAID] for each in read
        ]
        field = Shapes.of(language.stems(plain(each)) for each in synonyms.field)
        ranked = Words.of([reading.counted(each, subjects) for each in read])
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
            wording=reading.wording(ranked, read, len(entries)),
            field=field,
            reports=Shapes.of(language.stems(plain(each)) for each in synonyms.reports),
            follow_ups=Shapes.of(language.stems(plain(each)) for each in synonyms.follow_ups),
            manners=Manners.of(synonyms, language),
        )

    def ask(self, message: str, after: str | None = None) -> Found:
        """The best that is known for a message. Same message, same answer.

        `after` is the entry answered last in this conversation: a question that goes on from there
        is read with it in mind. Where two questions of one message are answered for sure, the
        second stands beside the first.
        """
        whole = self._meet(message, after)
        parts = [self._meet(each, after) for each in questions_in(message)]
        sure = list({each.answer: each for each in parts if each.answer}.values())
        return replace(sure[0], also=sure[1]) if len(sure) > 1 else whole

    def _meet(self, question: str, after: str | None) -> Found:
        stems = self.stems(question)
        alike = self.wording.phrased(bag(stems))
        fits = self._fits(stems, alike)
        if stems and stems in self.exact:
            return self._exactly(self.exact[stems], fits)
        going_on = after is not None and self._goes_on(stems)
        fits = self._continued(fits, stems, str(after)) if going_on else fits
        order = self._order(fits)
        if not stems or not order:
            return Found("none", None, 0.0)
        confidence = self.evidence(stems, fits, order, alike).confidence
        if self._foreign(stems):
            confidence, going_on = confidence * DOUBT, False
        ranked = [self.ids[place] for place in order]
        if confidence >= SURE and not (going_on and self._by_context(stems, ranked[0], after)):
            beside = self._beside(ranked[0], ranked)
            return Found("sure", ranked[0], confidence, beside, story=is_story(question))
        if confidence < GUESS and not going_on:
            return Found("none", None, confidence)
        return Found("guess", None, confidence, tuple(ranked[:OFFERED]), story=is_story(question))

    def nearest(self, question: str) -> tuple[str, ...]:
        """The three entries that come nearest, however far that is; none where nothing fits."""
        stems = self.stems(question)
        fits = self._fits(stems, self.wording.phrased(bag(stems)))
        return tuple(self.ids[place] for place in self._order(fits)[:OFFERED] if fits[place] > 0)

    def _order(self, fits: Sequence[float]) -> list[int]:
        return sorted(range(len(self.ids)), key=lambda place: -fits[place])

    def _foreign(self, stems: Stems) -> bool:
        """No word of our field, and one that no entry says."""
        strange = bag(stems) - self.wording.everything
        return bool(strange) and not self.field.within(stems)

    def _goes_on(self, stems: Stems) -> bool:
        """Short, and begun as one goes on."""
        begins = stems[: self.follow_ups.longest]
        return len(bag(stems)) <= SHORT and self.follow_ups.begins(begins)

    def _by_context(self, stems: Stems, nearest: str, after: str | None) -> bool:
        """Whether it is what was answered before, or nothing of our field speaks for it."""
        return nearest == after or not self.field.within(stems)

    def _continued(self, fits: list[float], stems: Stems, after: str) -> list[float]:
        """The fits, with the entry answered last and what it is related to in mind.

        What belongs elsewhere fits nothing then: the talk is about ours.
        """
        same, related = GOING_ON if self.field.within(stems) else SAYS_LITTLE
        near = dict.fromkeys(self.related.get(after, ()), related)
        more = {**near, after: same}
        ours = [fits[at] + more.get(key, 0.0) for at, key in enumerate(self.ids)]
        return [*ours, *([0.0] * (self.documents - len(ours)))]

    def stems(self, question: str) -> Stems:
        """What somebody typed, spelt as it was meant."""
        return self.language.stems(map(self.spelling.correct, plain(question)))

    def _exactly(self, known: str | None, fits: Sequence[float]) -> Found:
        """What the pack's own wording comes to."""
        if known is None:
            return Found("none", None, 0.0)
        ranked = [self.ids[place] for place in self._order(fits)]
        return Found("sure", known, 1.0, self._beside(known, ranked))

    def evidence(
        self, stems: Stems, fits: Sequence[float], order: Sequence[int], alike: Mapping[int, float]
    ) -> Evidence:
        """What speaks for the nearest entry."""
        asked, nearest = bag(stems), order[0]
        second = fits[order[1]] if len(order) > 1 else 0.0
        theirs = max(fits[len(self.ids) :], default=0.0)
        return Evidence(
            lead=math.sqrt(fits[nearest] - second),
            ours=math.sqrt(max(0.0, fits[nearest] - theirs)),
            covered=self.wording.covered(asked, nearest),
            phrased=alike.get(nearest, 0.0),
            report=float(self.reports.within(stems)),
            size=math.sqrt(min(len(asked), LONG)),
        )

    def _fits(self, stems: Stems, alike: Mapping[int, float]) -> list[float]:
        """How well each document fits, entries first: three rankings, and its nearest phrase."""
        said = dict[str, float](Counter(filter(self._tells, subjects(stems))))
        for stem in tuple(said):
            for other in self.language.expansions.get(stem, ()):
                said[other] = max(said.get(other, 0), BESIDE)
        fits = [ALIKE * alike.get(place, 0.0) for place in range(self.documents)]
        for share, scores in (
            (BLEND["words"], self.words.scores(said)),
            (BLEND["pairs"], self.pairs.scores(Counter(pairs(stems)))),
            (BLEND["letters"], self.letters.scores(Counter(trigrams(stems)))),
        ):
            for place, score in scores.items():
                fits[place] += share * score
        return fits

    def _tells(self, term: str) -> bool:
        """A number that the pack never names says nothing; any other strange word does."""
        return term in self.words.rarity or not (term.isdigit() or term.startswith("#"))

    def _beside(self, answer: str, ranked: Sequence[str]) -> tuple[str, ...]:
        """What else may be meant, twice, then what the pack relates to the answer."""
        others = [each for each in ranked if each != answer]
        found = dict.fromkeys([*others[: OFFERED - 1], *self.related[answer], *others])
        return tuple(found)[:OFFERED]
