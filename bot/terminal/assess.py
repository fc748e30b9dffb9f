"""`meshfit assess`: answers in, advice out, for people or for scripts."""

from __future__ import annotations

from typing import Any

from bot.domain.answers import parse_answers
from bot.domain.decision import decide
from bot.domain.model import Advice, Answers
from bot.domain.pack import Pack
from bot.errors import Faults, MeshfitError
from bot.terminal.documents import STDIN, answers_in, decoded, held_by, parse, split
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json, say_wrong

_PRINTED: dict[str, Any] = {
    "outcome": True,
    "rule": True,
    "headline": True,
    "reasons": {"__all__": {"id", "text", "source"}},
    "blockers": {"__all__": {"question", "text", "action"}},
    "actions": True,
    "flips": {"__all__": {"changes", "outcome", "changeable", "holds_back"}},
    "to_adopt": {"__all__": {"id", "text", "met", "question"}},
    "contradictions": True,
    "duty": True,
    "unknowns": True,
    "tax": True,
    "driver": True,
    "shape": True,
    "alternatives": True,
    "pack": True,
}
"""What `--json` promises, and nothing that may change without notice."""
_NOT_PRINTED: dict[str, Any] = {"tax": {"saving_percent", "beside", "assumed"}}


def assess(source: str, *, as_json: bool) -> int:
    """Advise on one file, or on each document of standard input; answers the exit code."""
    pack = knowledge_pack(environment())
    data = held_by(source)
    if source != STDIN:
        document, answers = read(pack, data, source)
        _say(pack, document, answers, as_json=as_json)
        return 0
    if not data.strip():
        raise Faults(["standard input is empty: give answers as JSON or YAML."])
    done = [
        _assess_one(pack, part, f"document {at}", as_json=as_json)
        for at, part in enumerate(split(data), 1)
    ]
    return 0 if all(done) else 1


def printed(advice: Advice) -> dict[str, Any]:
    """An advice as `--json` prints it."""
    return advice.model_dump(mode="json", by_alias=True, include=_PRINTED, exclude=_NOT_PRINTED)


def _assess_one(pack: Pack, data: bytes, name: str, *, as_json: bool) -> bool:
    """One of several documents; a wrong one is reported in its place and the others go on."""
    try:
        document, answers = read(pack, data, name)
    except MeshfitError as error:
        say_wrong(error, as_json=as_json)
        return False
    if as_json:
        say_json(printed(decide(pack, answers)), lines=True)
    else:
        _say(pack, document, answers, as_json=False)
    return True


def read(pack: Pack, data: bytes, name: str) -> tuple[object, Answers]:
    """A document and its answers. Raises `Faults` with one line that names the document."""
    document = parse(decoded(data, name), name)
    try:
        return document, parse_answers(pack, answers_in(document))
    except MeshfitError as error:
        raise Faults([f"{name}: {error.sentence}"]) from None


def _say(pack: Pack, document: object, answers: Answers, *, as_json: bool) -> None:
    advice = decide(pack, answers)
    if as_json:
        say_json(printed(advice))
        return
    from bot.terminal.advice import drawn, situation  # noqa: PLC0415 - not needed for JSON

    say(situation(document), drawn(pack, answers, advice))
