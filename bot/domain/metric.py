"""The smell test of step 1: does a success metric say what, how far and in which unit.

A check by words, and a modest one: it asks for what is plainly missing and lets the rest pass.
A count that goes from one number to another, or to none, has its unit in its noun.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from bot.domain.metric_words import (
    ABSTRACT,
    COMPARED,
    COUNTED,
    COUNTED_NOUN,
    DEADLINE,
    ENTITIES,
    FEELINGS,
    LASTS,
    LEADING,
    MEASURED,
    MOVES,
    NONE_OF,
    NUMERALS,
    PERCENTILE,
    SHARED,
    STOP,
    TERMS,
    UNITS,
    WRITTEN,
)

Part = Literal["quantity", "direction", "unit"]

ASKED_AS: dict[Part, str] = {
    "quantity": "what is counted (calls, rollbacks, hours, ...)",
    "direction": "which way it should move, or how far (to 95 %, below 20, fewer than 3)",
    "unit": "the unit or the share (%, ms, hours a month, ... of calls)",
}
"""Part → the words in which it is asked for."""


def metric_sound(
    metric: str, today: float | None = None, aim: float | None = None, unit: str = ""
) -> bool:
    """Whether a metric can be checked; a plan may say beside it where it stands, aims, in what."""
    return not missing_in(metric, today, aim, unit)


def missing_in(
    metric: str, today: float | None = None, aim: float | None = None, unit: str = ""
) -> tuple[Part, ...]:
    """The parts that a success metric does not name, in the order in which to ask for them."""
    named, full = _named(metric), _named(in_full(metric, today, aim, unit))
    return tuple(part for part in ASKED_AS if part not in named | full)


def in_full(metric: str, today: float | None, aim: float | None, unit: str = "") -> str:
    """The sentence with what a plan says beside it: "Rollback rate: 12 to 8 %"."""
    if today is None or aim is None or today == aim:
        return f"{metric} ({unit})" if unit and aim != today else metric
    return f"{metric}: {today:g} to {aim:g} {unit}".strip()


def _named(metric: str) -> set[Part]:
    """The parts that a sentence names."""
    text = _plain(metric)
    none_left = bool(NONE_OF.search(text))
    moves = bool(COUNTED.search(text)) and not _measured(text)
    parts: dict[Part, bool] = {
        "quantity": _quantity(text),
        "direction": none_left or bool(MOVES.search(text) or WRITTEN.search(text)),
        "unit": none_left or moves or bool(_unit(text)),
    }
    return {part for part, there in parts.items() if there}


def smell(metric: str, today: float | None = None, aim: float | None = None, unit: str = "") -> str:
    """One kind sentence about a metric: that it holds, or what it still lacks."""
    missing = missing_in(metric, today, aim, unit)
    if not missing:
        return "That is a number one can check: it says what, how far and in which unit."
    asked = "; ".join(ASKED_AS[part] for part in missing)
    if len(missing) == len(ASKED_AS):
        return f"Not yet something that one can check. It could be, if it said {asked}."
    return f"Nearly there. It would be easier to check if it also said {asked}."


def _plain(metric: str) -> str:
    """Small letters and digits; without what looks like a target and is a name or a deadline."""
    text = unicodedata.normalize("NFKC", metric).casefold()
    for pattern, word in NUMERALS:
        text = pattern.sub(word, text)
    text = TERMS.sub(" ", text)
    return text if LASTS.search(text) else DEADLINE.sub(" ", text)


def _quantity(text: str) -> bool:
    """Whether something is named that can be counted or measured."""
    if PERCENTILE.search(text) and WRITTEN.search(text):
        return True
    behind = " ".join(word for nouns in COUNTED_NOUN.findall(text) for word in nouns)
    known = STOP | ABSTRACT | FEELINGS | ENTITIES
    sentence = f"{UNITS.sub(' ', text)} {behind}"
    return any(word not in known for word in _words(MOVES.sub(" ", sentence)))


def _unit(text: str) -> bool:
    plural = any(word.endswith("s") for word in _head(text)) and not _measured(text)
    return bool(SHARED.search(text) or UNITS.search(text) or (plural and COMPARED.search(text)))


def _measured(text: str) -> bool:
    """Whether the metric is about something that a bare number does not measure: a latency."""
    head = _head(text)
    return bool(head) and (head[-1] in MEASURED or (len(head) > 1 and head[0] == "mean"))


def _head(text: str) -> list[str]:
    """The words that name what is counted: up to the first that says more about it."""
    begun = LEADING.sub("", text)
    head: list[str] = []
    for word in begun.split():
        bare = word.strip(",.:;()")
        if bare in STOP or MOVES.match(bare) or bare[:1].isdigit():
            if head:
                break
            continue
        if bare and bare[0].isalpha() and not PERCENTILE.match(bare):
            head.append(bare)
    return head


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{3,}", text)
