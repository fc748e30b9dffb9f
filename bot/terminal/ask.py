"""`meshfit ask`: a question in, an entry out, or the honest "I don't know that"."""

from __future__ import annotations

from typing import Any

from bot.domain.pack import Pack
from bot.domain.search import Found, Index
from bot.errors import BadInput
from bot.terminal.documents import STDIN, read_text
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json

BLIND = "I can't see your cluster, so here is how to find out."
UNSURE = "I am not sure what you mean. Did you mean one of these?"
UNKNOWN = "I don't know that. The nearest that I have:"


def ask(question: str, *, as_json: bool) -> int:
    """Answer one question, or each line of standard input; answers the exit code."""
    pack = knowledge_pack(environment())
    questions = _lines(read_text(STDIN)) if question == STDIN else [question]
    if not any(each.strip() for each in questions):
        raise BadInput('Nothing was asked. Try: meshfit ask "Does a mesh replace an API gateway?"')
    index = Index.build(pack.entries, pack.synonyms)
    for each in questions:
        found = index.ask(each)
        if as_json:
            say_json(printed(pack, found), lines=question == STDIN)
        else:
            _draw(pack, each, found, several=len(questions) > 1)
    return 0


def printed(pack: Pack, found: Found) -> dict[str, Any]:
    """A finding as `--json` prints it."""
    return {
        "answer": found.answer,
        "confidence": round(found.confidence, 4),
        "related": list(found.related),
        "text": spoken(pack, found),
    }


def spoken(pack: Pack, found: Found) -> str:
    """What is said before related questions are named."""
    if found.answer is not None:
        entry = pack.entries[found.answer]
        return f"{BLIND}\n{entry.answer}" if entry.blind else entry.answer
    return UNSURE if found.tier == "unsure" else UNKNOWN


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _draw(pack: Pack, question: str, found: Found, *, several: bool) -> None:
    from bot.terminal.finding import drawn  # noqa: PLC0415 - not needed for JSON

    say(drawn(pack, question if several else "", found, spoken(pack, found)))
