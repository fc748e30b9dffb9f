"""Text → stems: case, accents, quotes and endings set aside, other words for one thing made one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from bot.domain.pack import Synonyms

Stems = tuple[str, ...]
Bag = frozenset[str]
"""What a text is about, each stem once."""

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
    ("->", " to "),
    ("→", " to "),
)
_ASKING = re.compile(r"\b(what|how|who|where|when)'?s\b")
_MARKED = re.compile(r"<[@#!][^<>]*>|<[^<>|]*\|([^<>]*)>|:[a-z0-9_+-]+:")
"""Slack's marks: a mention, a link of which its label is read, an emoji."""
_DIGIT = re.compile(r"\d")
_ASKED = re.compile(r"(?:what|how|who|where|when)s\b")
_OWNED = re.compile(r"'\w{1,2}\b")
_WORD = re.compile(r"\d+|[a-z][a-z0-9]*")
_UNIT = r"(?:%|percent|[mk]?s\b|x\b|fte|hour|gi?b|mi?b)"
_KINDS = (
    (
        re.compile(r"\bv?\d+(?:\.(?:\d+|x))+\b(?! ?(?:%|percent|[mk]?s\b|x\b|fte|hour|gi?b|mi?b))"),
        " version ",
    ),
    (re.compile(r"[€$£] ?\d[\d,.]*k?|\d[\d,.]*k? ?(?:[€$£]|usd\b|eur\b)"), " money "),
    (re.compile(r"(?<=\d)[,.](?=\d)"), ""),
)
"""Versions and prices are what they are, whatever their digits; 1,000 is one number."""
_QUOTES = str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''")


def plain(text: str) -> list[str]:
    """The words and numbers of a text, lower case, without accents, marks or emoji."""
    line = _MARKED.sub(r" \1 ", text[:LONGEST]) if "<" in text or ":" in text else text[:LONGEST]
    if not line.isascii():
        apart = unicodedata.normalize("NFKD", line.translate(_QUOTES))
        line = "".join(each for each in apart if not unicodedata.combining(each))
    line = line.casefold()
    for kind, written in _KINDS if _DIGIT.search(line) else ():
        line = kind.sub(written, line)
    for spoken, written in _SPOKEN:
        line = line.replace(spoken, written)
    if "'" in line or _ASKED.search(line):
        line = _OWNED.sub("", _ASKING.sub(r"\1 is", line))
    return _WORD.findall(line)


def wordless(text: str) -> bool:
    """Whether a text has no word in any script: marks, emoji and signs alone ask nothing."""
    return not any(each.isalnum() for each in _MARKED.sub(r" \1 ", text))


def unread(text: str) -> bool:
    """Whether all its words are in a script of which nothing is read, such as Japanese."""
    return not wordless(text) and not plain(text)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending. A stemmer for each call: it keeps state and threads share us."""
    from snowballstemmer import (  # type: ignore[import-untyped] # noqa: PLC0415 - off the start
        stemmer,
    )

    return str(stemmer("english").stemWord(word))


@cache
def _form_stems() -> frozenset[str]:
    return frozenset(map(stem, FORM_WORDS))


def _tells(stem: str) -> bool:
    """A single letter tells nothing."""
    return len(stem) > 1 or stem.isdigit()


def subjects(stems: Stems) -> list[str]:
    """The stems that say what a text is about; a count also counts as "a number of" its things."""
    form = _form_stems()
    telling = [each for each in stems if each not in form and _tells(each)]
    after = pairwise(telling)
    return telling + [
        f"#{thing}" for count, thing in after if count.isdigit() and not thing.isdigit()
    ]


def pairs(stems: Stems) -> list[str]:
    """Neighbouring stems, and which one begins and ends: "which mesh" asks not "what is a mesh"."""
    return [f"{one} {other}" for one, other in zip(("^", *stems), (*stems, "$"), strict=True)]


def trigrams(stems: Stems) -> list[str]:
    """Every three neighbouring characters, which survive most ways of misspelling."""
    line = f" {' '.join(stems)} "
    return [line[at : at + 3] for at in range(len(line) - 2)]


@dataclass(frozen=True)
class Language:
    """Other words for the same thing, as the pack lists them."""

    rewrites: Mapping[Stems, Stems]
    starts: frozenset[str]
    """The first stem of every rewrite: most words begin none."""
    longest: int
    expansions: Mapping[str, Stems]

    @classmethod
    def of(cls, synonyms: Synonyms) -> Language:
        """Read the synonyms; expansions are said in rewritten words."""
        written = synonyms.rewrites.items()
        rewrites = {_stemmed(plain(old)): _stemmed(plain(new)) for old, new in written}
        rewrites.pop((), None)
        starts, longest = frozenset(old[0] for old in rewrites), max(map(len, rewrites), default=0)
        bare = cls(rewrites, starts, longest, {})
        expansions = {
            each: tuple(stem for word in words for stem in bare.stems(plain(word)))
            for typed, words in synonyms.expansions.items()
            for each in bare.stems(plain(typed))
        }
        return cls(rewrites, starts, longest, expansions)

    def stems(self, words: Iterable[str]) -> Stems:
        """Words without endings, the longest rewrite at each place from left to right applied."""
        stems, out, at = _stemmed(words), list[str](), 0
        while at < len(stems):
            size = self._match(stems, at) if stems[at] in self.starts else 0
            out += self.rewrites[stems[at : at + size]] if size else stems[at : at + 1]
            at += size or 1
        return tuple(out)

    def _match(self, stems: Stems, at: int) -> int:
        """How many stems from here one rewrite covers; 0 where none does."""
        sizes = range(min(self.longest, len(stems) - at), 0, -1)
        return next((size for size in sizes if stems[at : at + size] in self.rewrites), 0)


def _stemmed(words: Iterable[str]) -> Stems:
    return tuple(map(stem, words))
