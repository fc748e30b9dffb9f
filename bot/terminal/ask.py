"""`meshfit ask`: a question in, an entry out, or the honest "I don't know that"."""

from __future__ import annotations

from typing import Any

from bot.domain.pack import Pack
from bot.domain.search import Courtesy, Index, MessageAnswer
from bot.errors import BadInput, Faults
from bot.terminal.documents import STDIN, decoded, held_by
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json, say_line, say_wrong

GUESS = "I think you mean “{}”:"
UNKNOWN = "I don't know that. What I know is when a service mesh is worth it, and how to find out."

UNREAD = "This line could not be read."
NOTHING = "Nothing was asked on this line."
COURTESIES: dict[Courtesy, str] = {
    "greeting": "Hello. Ask me anything about adopting a service mesh, in your own words. "
    "meshfit assess FILE advises on your answers.",
    "thanks": "You're welcome. Ask me anything else about adopting a service mesh.",
}


def ask(question: str, *, as_json: bool) -> int:
    """Answer one question, or each line of standard input; answers the exit code.

    Every line gets a line, so that what is asked and what is answered can be laid side by side.
    """
    pack = knowledge_pack(environment())
    several = question == STDIN
    asked = held_by(STDIN).splitlines() if several else [question.encode("utf-8", "replace")]
    if not any(line.strip() for line in asked):
        raise BadInput('Nothing was asked. Try: meshfit ask "Does a mesh replace an API gateway?"')
    index = Index.build(pack.entries, pack.synonyms)
    done = [
        _answer(pack, index, each, f"question {at}" if several else "", as_json=as_json)
        for at, each in enumerate(asked, 1)
    ]
    return 0 if all(done) else 1


def _answer(pack: Pack, index: Index, line: bytes, name: str, *, as_json: bool) -> bool:
    """Answer one question; `name` is set where it is one of several. Whether it could be read."""
    try:
        question = decoded(line, name)
    except Faults as error:
        say_wrong(error, as_json=as_json)
        if name and not as_json:
            say_line(UNREAD)
        return False
    answer = index.ask(question)
    text = _courteous(index, question) or spoken(pack, answer)
    if as_json:
        say_json(printed(pack, answer, text), lines=bool(name))
    else:
        _draw(pack, answer, text, on_a_line=bool(name))
    return True


def _courteous(index: Index, question: str) -> str | None:
    """A friendly line for what is no question."""
    courtesy = index.manners.courtesy(question)
    return COURTESIES[courtesy] if courtesy else NOTHING if not question.strip() else None


def printed(pack: Pack, reply: MessageAnswer, text: str) -> dict[str, Any]:
    """A finding as `--json` prints it; a special case goes by the id of what it belongs to.

    `also` is there where a second question of the same line is answered for sure as well, `unmet`
    where nothing is known about another.
    """
    known = [pack.entries[each].within or each for each in reply.related]
    answer = pack.entries[reply.answer].within or reply.answer if reply.answer else None
    second = reply.also
    also = {"also": printed(pack, second, spoken(pack, second))} if second else {}
    unmet = {"unmet": list(reply.unmet)} if reply.unmet else {}
    return {
        "answer": answer,
        "confidence": round(reply.confidence, 4),
        "related": [each for each in dict.fromkeys(known) if each != answer],
        "text": text,
        "tier": reply.tier,
        **also,
        **unmet,
    }


def spoken(pack: Pack, answer: MessageAnswer) -> str:
    """What is said before related questions are named."""
    if answer.answer is not None:
        entry = pack.entries[answer.answer]
        conflict = pack.conflicts[entry.conflict].text if entry.conflict else None
        return "\n".join(filter(None, (entry.answer, conflict)))
    if answer.tier == "none":
        return UNKNOWN
    meant = [pack.entries[each] for each in answer.related[: 2 if answer.story else 1]]
    return "\n".join(
        f"{GUESS.format(each.title)}\n" + "\n".join(each.answer.splitlines()[:2]) for each in meant
    )


def _draw(pack: Pack, answer: MessageAnswer, text: str, *, on_a_line: bool) -> None:
    from bot.terminal import finding  # noqa: PLC0415 - not needed for JSON

    second = spoken(pack, answer.also) if answer.also else ""
    if not on_a_line:
        say(finding.drawn(pack, answer, text, second))
        return
    both = [(answer, text), *([(answer.also, second)] if answer.also else [])]
    said_all = [finding.line(pack, each, words) for each, words in both]
    say_line(" ".join([*said_all, *finding.unmet(answer)]))
