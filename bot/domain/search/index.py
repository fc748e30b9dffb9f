"""Question → the entry that answers it, how sure that is, and what else may be meant."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.pack import Entry, Synonyms
from bot.domain.search.language import FORM_WORDS, Language, Stems, pairs, plain, subjects, trigrams
from bot.domain.search.ranking import Letters, Words
from bot.domain.search.spelling import Spelling

Tier = Literal["confident", "unsure", "unknown"]

ASKED, SAID, TOLD = 2.0, 1.0, 0.3
"""What one mention counts for: in title or question, in an alias or word, in the answer."""
BESIDE = 0.4
"""What an expansion counts for beside the word that was typed."""
BLEND = {"words": 0.4, "pairs": 0.3, "letters": 0.3}
"""Shares of the three rankings: 0.7 for what was said, 0.3 for how it was spelt."""
SURE, PERHAPS = 0.5, 0.15
"""From here on an answer is given; from here on the nearest are offered."""
OFFERED = 3


@dataclass(frozen=True)
class Found:
    """What one question comes to."""

    tier: Tier
    answer: str | None
    """The entry's id, when confident."""
    confidence: float
    """0..1: the estimated chance that the nearest entry is the right one."""
    related: tuple[str, ...]
    """Up to three other entries, next-best first; without an answer the nearest three."""


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

    @classmethod
    def build(cls, entries: Mapping[str, Entry], synonyms: Synonyms) -> Index:
        """Read every text and weigh every term, once; a third of a second for the shipped pack."""
        texts = [*map(_texts, entries.values()), *map(_elsewhere, synonyms.elsewhere.values())]
        words = {text: plain(text) for document in texts for text, _ in document}
        language = Language.of(synonyms)
        stems = {text: language.stems(each) for text, each in words.items()}
        read = [[(stems[text], weight) for text, weight in each] for each in texts]
        asked = [[(said, weight) for said, weight in each if weight >= SAID] for each in read]
        return cls(
            ids=tuple(entries),
            documents=len(texts),
            related={key: entry.related for key, entry in entries.items()},
            exact=_exact(entries, synonyms, stems),
            language=language,
            spelling=Spelling.of(_known(words.values(), synonyms)),
            words=Words.of([_counted(each, subjects) for each in read]),
            pairs=Words.of([_counted(each, pairs) for each in asked]),
            letters=Letters.of([_counted(each, trigrams) for each in asked]),
        )

    def ask(self, question: str) -> Found:
        """The best that is known for a question. Same question, same answer."""
        stems = self.stems(question)
        fits = self._fits(stems)
        order = sorted(range(len(self.ids)), key=lambda place: -fits[place])
        ranked = [self.ids[place] for place in order]
        if stems and stems in self.exact:
            return self._exactly(self.exact[stems], ranked)
        confidence = Evidence.of(stems, fits, len(self.ids)).confidence
        if ranked and confidence >= SURE:
            return Found("confident", ranked[0], confidence, self._beside(ranked[0], ranked))
        tier: Tier = "unsure" if confidence >= PERHAPS else "unknown"
        return Found(tier, None, confidence, tuple(ranked[:OFFERED]))

    def stems(self, question: str) -> Stems:
        """What somebody typed, spelt as it was meant."""
        return self.language.stems(map(self.spelling.correct, plain(question)))

    def _exactly(self, known: str | None, ranked: Sequence[str]) -> Found:
        """What the pack's own wording comes to."""
        if known is None:
            return Found("unknown", None, 0.0, tuple(ranked[:OFFERED]))
        return Found("confident", known, 1.0, self._beside(known, ranked))

    def _fits(self, stems: Stems) -> list[float]:
        """How well each document fits, entries first: the three rankings blended."""
        said = dict[str, float](Counter(subjects(stems)))
        for stem in tuple(said):
            for other in self.language.expansions.get(stem, ()):
                said[other] = max(said.get(other, 0), BESIDE)
        fits = [0.0] * self.documents
        for share, scores in (
            (BLEND["words"], self.words.scores(said)),
            (BLEND["pairs"], self.pairs.scores(Counter(pairs(stems)))),
            (BLEND["letters"], self.letters.scores(Counter(trigrams(stems)))),
        ):
            for place, score in scores.items():
                fits[place] += share * score
        return fits

    def _beside(self, answer: str, ranked: Sequence[str]) -> tuple[str, ...]:
        """What else may be meant, twice, then what the pack relates to the answer."""
        others = [each for each in ranked if each != answer]
        found = dict.fromkeys([*others[: OFFERED - 1], *self.related[answer], *others])
        return tuple(found)[:OFFERED]


@dataclass(frozen=True)
class Evidence:
    """What the confidence rests on. Square roots: the first bit of a lead says most."""

    lead: float
    """By how much the nearest entry fits better than the next."""
    ours: float
    """By how much it fits better than anything that belongs elsewhere."""

    @classmethod
    def of(cls, stems: Stems, fits: Sequence[float], entries: int) -> Evidence:
        """Read off the scores, entries first. A long question is never covered as a short one."""
        best, second = [*sorted(fits[:entries], reverse=True), 0.0, 0.0][:2]
        theirs = max(fits[entries:], default=0.0)
        size = math.sqrt(len(set(subjects(stems))))
        return cls(math.sqrt((best - second) * size), math.sqrt(max(0.0, best - theirs) * size))

    @property
    def confidence(self) -> float:
        """The chance of being right; fitted by logistic regression on questions of our own."""
        odds = -4.8 + 4.1 * self.lead + 7.4 * self.ours
        return 1 / (1 + math.exp(-odds))


def _texts(entry: Entry) -> list[tuple[str, float]]:
    """Everything an entry says, with what one mention there counts for."""
    said = [(text, SAID) for text in (*entry.aliases, *entry.words)]
    return [(entry.title, ASKED), (entry.question, ASKED), *said, (entry.answer, TOLD)]


def _elsewhere(phrases: Iterable[str]) -> list[tuple[str, float]]:
    return [(text, SAID) for text in phrases]


def _counted(
    texts: Iterable[tuple[Stems, float]], terms: Callable[[Stems], list[str]]
) -> dict[str, float]:
    """Term → how much a document says it."""
    out = defaultdict[str, float](float)
    for stems, weight in texts:
        for term in terms(stems):
            out[term] += weight
    return out


def _known(texts: Iterable[Sequence[str]], synonyms: Synonyms) -> Counter[str]:
    """Word → how often the pack uses it; a word that is known is never taken for a typo."""
    known = Counter(word for words in texts for word in words)
    known.update(word for old in synonyms.rewrites for word in plain(old))
    known.update(FORM_WORDS)
    return known


def _exact(
    entries: Mapping[str, Entry], synonyms: Synonyms, stems: Mapping[str, Stems]
) -> dict[Stems, str | None]:
    """Curated wording → its entry: whoever adds an alias can rely on it."""
    strange = (text for phrases in synonyms.elsewhere.values() for text in phrases)
    ours = {
        text: entry.id
        for entry in entries.values()
        for text in (*entry.aliases, entry.title, entry.question)
    }
    return {stems[text]: key for text, key in {**dict.fromkeys(strange), **ours}.items()}
