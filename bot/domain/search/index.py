"""Question → the entry that answers it, how sure that is, and what else may be meant."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.pack import Aspect, Entry, Synonyms
from bot.domain.search import reading
from bot.domain.search.conversation import Conversation
from bot.domain.search.evidence import EntryWording, Shapes, bag, confidence_of
from bot.domain.search.hashed import Known
from bot.domain.search.language import Language, Stems, pairs, plain, subjects, trigrams
from bot.domain.search.messages import LONG, Manners, is_story, questions_in, shapes
from bot.domain.search.model import OFFERED, MatchEvidence, MessageAnswer, Part
from bot.domain.search.ranking import Letters, Words
from bot.domain.search.several import together
from bot.domain.search.spelling import Spelling

BESIDE = 0.4
"""What an expansion counts for beside the word that was typed."""
BLEND = {"words": 0.4, "pairs": 0.3, "letters": 0.3}
"""Shares of the three rankings: 0.7 for what was said, 0.3 for how it was spelt."""
ALIKE = 0.2
"""What a phrase that says the very same adds to its document."""
SURE, GUESS, FAR, NEVER = 0.77, 0.2, 0.25, 1.0
"""From here on an answer is given; from here on one is guessed; of a question that is long; and of
a neighbour's thing without a word of our field."""
MANY = 16
"""Things that a question is about, from which on more of them say nothing more."""
CLEARLY = 14.0
"""How much must speak for an aspect of the team's card (log-odds) where an entry answers too."""


@dataclass(frozen=True)
class Index:
    """Every entry ready to be asked for, beside what is asked and belongs elsewhere."""

    ids: tuple[str, ...]
    """The entries in order; documents after them are the groups of `elsewhere`."""
    documents: int
    related: Mapping[str, tuple[str, ...]]
    exact: Known[str | None]
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
    manners: Manners
    conversation: Conversation

    @classmethod
    def build(cls, entries: Mapping[str, Entry], synonyms: Synonyms) -> Index:
        """Read every text and weigh every term, once; a third of a second for the shipped pack."""
        strange = synonyms.elsewhere.values()
        texts = [*map(reading.texts, entries.values()), *map(reading.elsewhere, strange)]
        language = Language.of(synonyms)
        stems, typed = reading.stems(language, (text for each in texts for text, _ in each))
        read = [[(stems[text], weight) for text, weight in each] for each in texts]
        asked = [[one for one in each if one[1] >= reading.SAID] for each in read]
        others = [stems for each in asked for stems, _ in each]
        field = shapes(language, synonyms.field)
        ranked = Words.of(reading.counted(each, subjects) for each in read)
        wording = reading.wording(ranked, read, len(entries))
        manners = Manners.of(synonyms, language, wording, others)
        return cls(
            ids=tuple(entries),
            documents=len(texts),
            related={key: entry.related for key, entry in entries.items()},
            exact=reading.exact(entries, synonyms, stems, field),
            language=language,
            spelling=Spelling.of(reading.known(typed, synonyms)),
            words=ranked,
            pairs=Words.of(reading.counted(each, pairs) for each in asked),
            letters=Letters.of(reading.counted(each, trigrams) for each in asked),
            wording=wording,
            field=field,
            reports=shapes(language, synonyms.reports),
            manners=manners,
            conversation=Conversation.of(synonyms, manners, entries),
        )

    def ask(self, message: str, after: str | None = None) -> MessageAnswer:
        """The best that is known for a message. Same message, same answer.

        `after` is the entry answered last in this conversation: a question that goes on from there
        is read with it in mind. Where two questions of one message are answered for sure, the
        second stands beside the first. A message that is the pack's own wording is not taken apart.
        """
        stems = self.stems(message)
        whole = self._meet(message, stems, after)
        parts = [] if stems in self.exact else self._meet_in_turn(questions_in(message), after)
        found = together(parts, whole)
        unmet = [each.question for each in parts if each.found.tier == "none"]
        return replace(found, unmet=tuple(unmet)) if found.answer and unmet else found

    def _meet_in_turn(self, questions: Sequence[str], after: str | None) -> list[Part]:
        """Several questions of one message; what is unclear alone may go on from the one before."""
        named = self.conversation.antecedents
        met, before, subject = list[Part](), None, Stems()
        for each in questions:
            stems = self.stems(each)
            meant = self._meant(each, before, named.completed(stems, subject, clear=True))
            found = meant or self._meet(each, stems, after)
            if found.tier == "none" and before:
                found = self._meet(each, stems, before)
            if not found.answer and not named.points_back(stems):
                meant = self._meant(each, before, named.completed(stems, subject, clear=False))
            met.append(Part(each, meant or found, ours=bool(meant) or self.field.within(stems)))
            before = met[-1].found.answer or before
            subject = named.subject(stems) or subject
        return met

    def _meant(
        self, question: str, before: str | None, whole: Stems | None
    ) -> MessageAnswer | None:
        """What a question comes to with what the one before named, if that is something new."""
        found = self._meet(question, whole, None) if whole else None
        return found if found and found.answer not in {None, before} else None

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

    def asks_on(self, message: str) -> bool:
        """Whether it says nothing itself, such as "why?"."""
        return self.conversation.asks_on(self.stems(message))

    def _meet(self, question: str, stems: Stems, after: str | None) -> MessageAnswer:
        if self.conversation.asks_on(stems):
            return self.conversation.met_on(after)
        alike = self.wording.phrased(bag(stems))
        fits = self._fits(stems, alike)
        if stems in self.exact and not (after and self.conversation.asks_of_product(stems)):
            return self._exactly(self.exact[stems], fits)
        if not stems or not self.ids:
            return MessageAnswer("none", None, 0.0)
        ranked, confidence = self._ranked(stems, fits, alike)
        if after and self.conversation.leans(stems, clear=confidence >= SURE):
            continued = self.conversation.continued(fits, stems, after)
            ranked, confidence = self._ranked(stems, continued, alike)
            if confidence < SURE or not self.conversation.alone(stems, alike, ranked[0], after):
                guess = self._guessed(question, ranked, confidence)
                return replace(guess, goes_on=ranked[0] == after)
        if confidence >= SURE:
            beside = self._beside(ranked[0], ranked)
            return MessageAnswer("sure", ranked[0], confidence, beside, story=is_story(question))
        return self._guessed(question, ranked, confidence, self._least(stems))

    def _least(self, stems: Stems) -> float:
        if self.manners.beside(stems):
            return NEVER
        return FAR if len(bag(stems)) >= LONG else GUESS

    def _guessed(
        self, question: str, ranked: Sequence[str], confidence: float, least: float = 0.0
    ) -> MessageAnswer:
        if confidence < least:
            return MessageAnswer("none", None, confidence)
        return MessageAnswer(
            "guess", None, confidence, (*ranked[:OFFERED],), story=is_story(question)
        )

    def _ranked(
        self, stems: Stems, fits: Sequence[float], alike: Mapping[int, float]
    ) -> tuple[list[str], float]:
        """The entries, the nearest first, and the chance that it is the right one."""
        order = self._order(fits)
        evidence = self.evidence(stems, fits, order, alike)
        doubt = self.manners.doubt(stems, evidence.covered)
        return [self.ids[place] for place in order], confidence_of(evidence) * doubt

    def nearest(self, question: str) -> tuple[str, ...]:
        """The three entries that come nearest, however far that is; none where nothing fits."""
        stems = self.stems(question)
        fits = self._fits(stems, self.wording.phrased(bag(stems)))
        return tuple(self.ids[place] for place in self._order(fits)[:OFFERED] if fits[place] > 0)

    def _order(self, fits: Sequence[float]) -> list[int]:
        return sorted(range(len(self.ids)), key=fits.__getitem__, reverse=True)

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
            size=math.sqrt(min(len(asked), MANY)),
        )

    def _fits(self, stems: Stems, alike: Mapping[int, float]) -> list[float]:
        """How well each document fits, entries first: three rankings, and its nearest phrase."""
        terms = dict[str, float](Counter(filter(self._tells, subjects(stems))))
        for stem in tuple(terms):
            for other in self.language.expansions.get(stem, ()):
                terms[other] = max(terms.get(other, 0), BESIDE)
        fits = [0.0] * self.documents
        for place, like in alike.items():
            fits[place] = ALIKE * like
        self.words.add(fits, BLEND["words"], terms)
        self.pairs.add(fits, BLEND["pairs"], Counter(pairs(stems)))
        self.letters.add(fits, BLEND["letters"], Counter(trigrams(stems)))
        return fits

    def _tells(self, term: str) -> bool:
        """A number that the pack never names says nothing; any other strange word does."""
        return not (term.isdigit() or term.startswith("#")) or term in self.words.postings.terms

    def _beside(self, answer: str, ranked: Sequence[str]) -> tuple[str, ...]:
        """What else may be meant, twice, then what the pack relates to the answer."""
        others = [each for each in ranked if each != answer]
        beside = dict.fromkeys([*others[: OFFERED - 1], *self.related[answer], *others])
        return tuple(beside)[:OFFERED]
