"""`meshfit worksheet`: the hours to run a mesh, chore by chore, as an answer that says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from bot.domain.decision.model import ChoreFigures, FilledChore, Worked
from bot.domain.decision.worksheet import begun, work_out
from bot.domain.numbers import read_number
from bot.domain.pack import Pack
from bot.domain.pack.vocabulary import MESH_HOURS
from bot.domain.pack.worksheet import MOST_HOURS, MOST_TIMES
from bot.domain.words import number, some
from bot.errors import BadInput
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json, say_line

_FIGURES = re.compile(r"\s*(\S+?)\s*[xX*]\s*(\S+)\s*")


def worksheet(chores: Iterable[str], *, as_json: bool) -> int:
    """The sum and its parts, with what the pack begins with; answers the exit code."""
    pack = knowledge_pack(environment())
    if not pack.chores:
        raise BadInput("This knowledge pack lists no chores to add up.")
    figures = begun(pack, None)
    own = dict(_given(pack, each) for each in chores)
    try:
        worked = work_out(pack, figures | own)
    except ValueError as error:
        raise BadInput(f"The sum {error}.") from None
    if as_json:
        say_json(_printed(pack, worked, own))
    else:
        from bot.terminal.prose import prose  # noqa: PLC0415 - not needed for JSON

        say(prose("\n".join(_lines(pack, worked, own))))
        say_line(_to_copy(worked))
    return 0


def _given(pack: Pack, text: str) -> tuple[str, ChoreFigures]:
    """`upgrades=12x3` → the chore and its figures."""
    chore, equals, figures = text.partition("=")
    if chore not in pack.chores:
        near = get_close_matches(chore.lower(), pack.chores, 1, 0.0)[:1]
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise BadInput(f"There is no chore {chore}{meant}. Chores: {', '.join(pack.chores)}.")
    match = _FIGURES.fullmatch(figures)
    if not equals or match is None:
        raise BadInput(f"{text} is not how often and how long: write {chore}=12x3.")
    times, hours = match.groups()
    return chore, ChoreFigures(_figure(text, times, MOST_TIMES), _figure(text, hours, MOST_HOURS))


def _figure(text: str, typed: str, most: int) -> float:
    try:
        value = read_number(typed)
    except ValueError as error:
        raise BadInput(f"{text}: {typed} {error}.") from None
    if not 0 <= value <= most:
        raise BadInput(f"{text}: {typed} must be at least 0 and at most {number(most)}.")
    return value


def _printed(pack: Pack, worked: Worked, own: Iterable[str]) -> dict[str, Any]:
    return {
        "hours_a_month": worked.hours_a_month,
        "chores": [_chore(each, own) for each in worked.parts],
        "question": MESH_HOURS,
        "answer": worked.answer.model_dump(include={"value", "evidence", "note"}),
        "pack": {"name": pack.name, "version": pack.version},
    }


def _chore(part: FilledChore, own: Iterable[str]) -> dict[str, Any]:
    chore = part.chore
    return {
        "id": chore.id,
        "title": chore.title,
        "times": part.figures.times,
        "per": chore.often.per,
        "hours": part.figures.hours,
        "hours_a_month": round(part.hours_a_month, 6),
        "given": chore.id in own,
        "begins_with": {"times": chore.often.count, "hours": chore.takes.hours},
        "why": {"times": chore.often.why, "hours": chore.takes.why},
        "sources": {"times": chore.often.sources, "hours": chore.takes.sources},
    }


def _lines(pack: Pack, worked: Worked, own: Iterable[str]) -> Iterator[str]:
    yield f"*Hours to run a mesh: {some(worked.hours_a_month, 'hours a month')}*"
    for part in worked.parts:
        chore, words = part.chore, some(part.hours_a_month, "hours a month")
        yield ""
        yield f"*{chore.id}*: {part.words} = {words}"
        if chore.id not in own:
            yield f"• how often: {_whence(pack, chore.often.why, chore.often.sources)}"
            yield f"• how long: {_whence(pack, chore.takes.why, chore.takes.sources)}"
    yield ""
    yield f"Your own: meshfit worksheet {worked.parts[0].chore.id}=12x3. The answer, to copy:"


def _to_copy(worked: Worked) -> str:
    """A line for an answers file."""
    note = json.dumps(worked.words, ensure_ascii=False)
    return f"{MESH_HOURS}: {{value: {worked.hours_a_month:g}, evidence: derived, note: {note}}}"


def _whence(pack: Pack, why: str, sources: Iterable[str]) -> str:
    """Where a figure comes from; that it is ours is said by its words."""
    others = [each for each in sources if pack.sources[each].kind != "derived"]
    return f"{why} [{', '.join(others)}]" if others else why
