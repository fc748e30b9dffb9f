"""Raw answers, from a file or a form → checked answers, or everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import get_args

from bot.domain.model import Answer, Answers, Evidence, Value
from bot.domain.numbers import read_number
from bot.domain.pack import Pack, Question
from bot.domain.pack.vocabulary import DEADLINE
from bot.domain.words import number, shortened
from bot.errors import BadAnswers, BadInput

MOST_TEXT = 500
"""Characters of a free text."""
_FIELDS = ("value", "evidence", "note", "reason")
_EVIDENCE = get_args(Evidence)
NO_NAMES: Mapping[str, str] = MappingProxyType({})
_SPOKEN = {True: "yes", False: "no"}
_UNSURE = frozenset({"?", "maybe", "perhaps", "unsure", "not sure", "no idea", "don't know"})
"""What means none of the codes but `unknown`."""
"""A YAML or JSON boolean where a code is meant: another program's yes and no."""


def parse_answers(pack: Pack, raw: object) -> Answers:
    """Question id → value, or {value, evidence, note, reason}, as answers in checklist order.

    What is empty (None, "", no language chosen) counts as not answered and is left out.
    Raises `BadAnswers` with one sentence for each question that cannot be used, and `BadInput`
    where there are no questions at all.
    """
    if not isinstance(raw, Mapping):
        raise BadInput("Answers are written as a mapping: a question's id, then its answer.")
    answers, faults = dict[str, Answer](), dict[str, str]()
    for name, written in raw.items():
        try:
            answer = _answer(_question(pack, name), written)
        except ValueError as error:
            faults[str(name)] = f"{error}."
            continue
        if answer is not None:
            answers[name] = answer
    if faults:
        raise BadAnswers(faults)
    return {name: answers[name] for name in pack.questions if name in answers}


def deadline(answers: Answers) -> date | None:
    """The day by which an auditor or a contract wants it proven, where somebody said one."""
    answer = answers.get(DEADLINE)
    return date.fromisoformat(str(answer.value)) if answer else None


def _question(pack: Pack, name: object) -> Question:
    if isinstance(name, str) and name in pack.questions:
        return pack.questions[name]
    raise ValueError(f"is no question of this checklist{_meant(name, pack.questions)}")


def _answer(question: Question, written: object) -> Answer | None:
    fields = dict(written) if isinstance(written, Mapping) else {"value": written}
    for name in fields:
        if name not in _FIELDS:
            raise ValueError(
                f"has no field {shortened(name)}{_meant(name, _FIELDS)}{_allowed(_FIELDS)}"
            )
    if "value" not in fields:
        raise ValueError("has no value: give it in the field value")
    value = _value(question, fields["value"])
    if value is None:
        return None
    evidence = fields.get("evidence")
    if evidence is not None:
        evidence = _code(evidence, _EVIDENCE, "evidence ")
    note = _text(fields.get("note"), "note", 500)
    reason = _text(fields.get("reason"), "reason", 300)
    _check_reason(value, reason)
    return Answer(value=value, evidence=evidence, note=note, reason=reason)


def _check_reason(value: Value, reason: str) -> None:
    if value == "na" and not reason:
        raise ValueError("does not apply needs a reason: say why in the field reason")
    if reason and value != "na":
        raise ValueError("a reason belongs to the code na (does not apply); use note instead")


def _value(question: Question, written: object) -> Value | None:
    if written in (None, []) or (isinstance(written, str) and not written.strip()):
        return None
    match question.kind:
        case "number":
            return _number(question, written)
        case "text":
            return _text(written, "the text", MOST_TEXT) or None
        case "date":
            return _day(written)
        case "choices":
            return _codes(question, written)
        case _:
            return _code(written, _offered(question), names=_names(question))


def _offered(question: Question) -> tuple[str, ...]:
    codes = tuple(option.code for option in question.options)
    return (*codes, "na") if question.may_not_apply else codes


def _names(question: Question) -> Mapping[str, str]:
    """Other names for its codes, as people type them."""
    offered = question.options
    return {name.casefold(): option.code for option in offered for name in option.also}


def _code(
    written: object,
    codes: tuple[str, ...],
    what: str = "",
    names: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """One of the codes, by whatever name, however it is capitalised and blanks stand around it."""
    spoken = _SPOKEN[written] if isinstance(written, bool) else written
    code = spoken.strip().casefold() if isinstance(spoken, str) else ""
    if code in codes:
        return code
    if code in names:
        return names[code]
    near = _nearest(code, codes, names) if isinstance(written, str) else ""
    raise ValueError(f"{what}cannot be {shortened(written)}{near}{_allowed(codes)}")


def _nearest(code: str, codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    """The code that was probably meant, however far that is; nothing for what is no word."""
    unsure = [each for each in codes if each == "unknown" and code in _UNSURE]
    near = unsure or (get_close_matches(code, (*codes, *names), 1, 0.0) if code else [])
    other = f", which is {names[near[0]]}" if near and near[0] in names else ""
    return f" (did you mean {near[0]}{other}?)" if near else ""


def _codes(question: Question, written: object) -> tuple[str, ...]:
    chosen = list(written) if isinstance(written, list | tuple) else [written]
    offered, names = _offered(question), _names(question)
    codes = {_code(each, offered, names=names) for each in chosen}
    return tuple(code for code in offered if code in codes)


def _number(question: Question, written: object) -> float:
    value = read_number(written, question.unit)
    most = question.most
    if value < question.least or (most is not None and value > most):
        upper = "" if most is None else f" and at most {number(most)}"
        raise ValueError(f"must be at least {number(question.least)}{upper}, not {value:g}")
    if question.whole and value != int(value):
        raise ValueError(f"must be a whole number, not {value:g}")
    return value


def _day(written: object) -> str:
    """A day, written as 2027-03-01."""
    if isinstance(written, date):
        return written.isoformat()
    try:
        return date.fromisoformat(written.strip() if isinstance(written, str) else "").isoformat()
    except ValueError:
        raise ValueError(f"must be a day like 2027-03-01, not “{shortened(written)}”") from None


def _text(written: object, what: str, most: int) -> str:
    if written is None:
        return ""
    if not isinstance(written, str):
        raise ValueError(f"{what} must be text, not {shortened(written)}")
    if len(written.strip()) > most:
        raise ValueError(f"{what} is {len(written.strip())} characters long, at most {most} fit")
    return written.strip()


def _meant(word: object, known: Iterable[str]) -> str:
    near = get_close_matches(str(word).strip().lower(), tuple(known), 1, 0.6)
    return f" (did you mean {near[0]}?)" if near else ""


def _allowed(codes: Iterable[str]) -> str:
    return f"; allowed: {', '.join(codes)}"
