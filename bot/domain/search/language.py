"""Text → stems: case, accents, quotes and endings set aside, other words for one thing made one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from bot.domain.pack import Synonyms
from bot.domain.search.spelling import Spelling

Stems = tuple[str, ...]

LONGEST = 2_000
"""Characters of a question that are read; what comes later hardly changes what is asked."""
_FORM_WORDS = """
    a an the and or but if so of to in on at by for from with as into it its is are was were be
    been being am do does did i me my we us our you your he she they them their this that these
    those there can could will would shall should may might have has had s t d ll m re ve just also
    please pls hey hi"""
FORM_WORDS = frozenset(_FORM_WORDS.split())
"""Words that carry a sentence and not its subject. They count in pairs only: "should we"."""
_SPOKEN = (
    ("can't", "cannot"),
    ("won't", "will not"),
    ("n't", " not"),
    ("%", " percent "),
)
_OWNED = re.compile(r"'\w{1,2}\b")
_WORD = re.compile(r"\d+|[a-z][a-z0-9]*")
_QUOTES = str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''")


def plain(text: str) -> list[str]:
    """The words and numbers of a text, lower case, without accents, marks or emoji."""
    folded = unicodedata.normalize("NFKD", text[:LONGEST].translate(_QUOTES)).casefold()
    for spoken, written in _SPOKEN:
        folded = folded.replace(spoken, written)
    bare = "".join(each for each in folded if not unicodedata.combining(each))
    return _WORD.findall(_OWNED.sub("", bare))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending. A stemmer for each call: it keeps state and threads share us."""
    return str(snowballstemmer.stemmer("english").stemWord(word))


_FORM_STEMS = frozenset(map(stem, FORM_WORDS))


def subjects(stems: Stems) -> list[str]:
    """The stems that say what a text is about; any number also counts as "a number"."""
    told = [each for each in stems if each not in _FORM_STEMS]
    return told + ["#" for each in told if each.isdigit()]


def pairs(stems: Stems) -> list[str]:
    """Neighbouring stems, and which one begins and ends: "which mesh" asks not "what is a mesh"."""
    return [f"{one} {other}" for one, other in zip(("^", *stems), (*stems, "$"), strict=True)]


def trigrams(stems: Stems) -> list[str]:
    """Every three neighbouring characters, which survive most ways of misspelling."""
    line = f" {' '.join(stems)} "
    return [line[at : at + 3] for at in range(len(line) - 2)]


@dataclass(frozen=True)
class Language:
    """How the pack's people write: other words for the same thing, and the words they know."""

    rewrites: Mapping[Stems, Stems]
    longest: int
    expansions: Mapping[str, Stems]
    spelling: Spelling

    @classmethod
    def of(cls, synonyms: Synonyms, texts: Iterable[str]) -> Language:
        """Learn the synonyms and every word that the texts use."""
        rewrites = {
            _stems(plain(old)): _stems(plain(new)) for old, new in synonyms.rewrites.items()
        }
        known = Counter(word for text in texts for word in plain(text))
        known.update(word for old in synonyms.rewrites for word in plain(old))
        known.update(FORM_WORDS)
        language = cls(rewrites, max(map(len, rewrites), default=0), {}, Spelling.of(known))
        expansions = {
            each: tuple(stem for word in words for stem in language.curated(word))
            for typed, words in synonyms.expansions.items()
            for each in language.curated(typed)
        }
        return cls(language.rewrites, language.longest, expansions, language.spelling)

    def curated(self, text: str) -> Stems:
        """Stems of a text of the pack, which is spelt as it should be."""
        return self._rewritten(_stems(plain(text)))

    def asked(self, question: str) -> Stems:
        """Stems of what somebody typed."""
        return self._rewritten(_stems(map(self.spelling.correct, plain(question))))

    def _rewritten(self, stems: Stems) -> Stems:
        """The longest rewrite at each place, from left to right."""
        out, at = list[str](), 0
        while at < len(stems):
            size = self._match(stems, at)
            out += self.rewrites[stems[at : at + size]] if size else stems[at : at + 1]
            at += size or 1
        return tuple(out)

    def _match(self, stems: Stems, at: int) -> int:
        """How many stems from here one rewrite covers; 0 where none does."""
        sizes = range(min(self.longest, len(stems) - at), 0, -1)
        return next((size for size in sizes if stems[at : at + size] in self.rewrites), 0)


def _stems(words: Iterable[str]) -> Stems:
    return tuple(map(stem, words))
