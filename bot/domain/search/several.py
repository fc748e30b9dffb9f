"""Several questions of one message: what each comes to, and what all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.search.model import OFFERED, MessageAnswer, Part

CERTAIN = 0.95
"""How sure a question without a word of our field must be to count beside one that has one."""


def together(parts: Sequence[Part], whole: MessageAnswer) -> MessageAnswer:
    """Two answers where two are sure; else the one that is, with what else is asked beside it.

    Torn from its message a question may seem to be about anything, so what it comes to counts only
    where the message as a whole comes near it too, or where it is sure and has a word of our field,
    or is all but certain beside one that has (of a message that comes near nothing, where all of
    them are sure); what the whole is sure of goes first.
    """
    near = [*filter(None, [whole.answer]), *whole.related][:OFFERED]
    met = [each for each in parts if each.found.tier != "none"]
    alone = whole.tier != "none" or all(each.found.answer for each in parts)
    ours = [each.ours or (any(one.ours for one in met) and _certain(each.found)) for each in met]
    heard = [
        each.found
        for each, is_ours in zip(met, ours, strict=True)
        if _nearest(each.found) in near or (alone and each.found.answer and is_ours)
    ]
    sure = [each if each.answer else whole for each in heard if _is_sure(each, whole)]
    answers = sorted(
        {each.answer: each for each in sure}.values(), key=lambda each: each.answer != whole.answer
    )
    if len(answers) > 1:
        first, second = answers[:2]
        return replace(_beside(first, map(_nearest, heard), second), also=second)
    leading = answers[0] if answers else whole
    other = any(_nearest(each) != (leading.answer or leading.related[0]) for each in heard)
    return replace(_beside(leading, map(_nearest, heard)), story=True) if other else leading


def _certain(part: MessageAnswer) -> bool:
    return bool(part.answer) and part.confidence >= CERTAIN


def _nearest(part: MessageAnswer) -> str:
    return part.answer or part.related[0]


def _is_sure(part: MessageAnswer, whole: MessageAnswer) -> bool:
    """By itself, or because the whole message is."""
    return bool(part.answer) or _nearest(part) == whole.answer


def _beside(
    answer: MessageAnswer, nearest: Iterable[str], second: MessageAnswer | None = None
) -> MessageAnswer:
    """A finding that offers what its other questions come nearest to before anything else."""
    answered = {answer.answer, second.answer if second else None}
    others = (*nearest, *answer.related, *(second.related if second else ()))
    offered = [each for each in dict.fromkeys(others) if each not in answered]
    return replace(answer, related=tuple(offered[:OFFERED]))
