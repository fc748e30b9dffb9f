"""An answer as people read it: title, text, where it comes from, what to ask next."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from bot.domain.pack import Pack
from bot.domain.pack.sources import Source
from bot.domain.search import MessageAnswer
from bot.terminal.prose import bullets, prose, section, words


def drawn(pack: Pack, answer: MessageAnswer, text: str, second: str = "") -> Group:
    """What was found; `second` is the answer to a second question of the same message."""
    near = [words(pack.entries[each].question) for each in answer.related if each in pack.entries]
    if answer.answer is None:
        return Group(prose(text), *section("Or", *bullets(near[1:])), Text())
    entry = pack.entries[answer.answer]
    return Group(
        Text(entry.title, "bold"),
        prose(text),
        *(Text(_cite(pack.sources[name]), "dim") for name in (entry.source, *entry.sources)),
        *_as_well(pack, answer),
        *(Text(each) for each in unmet(answer)),
        *section("Ask next", *bullets(near)),
        Text(),
        *([drawn(pack, answer.also, second)] if answer.also else []),
    )


def unmet(answer: MessageAnswer) -> list[str]:
    """Which questions of the same message are not answered."""
    return [f"I don't know “{each}”." for each in answer.unmet]


def line(pack: Pack, answer: MessageAnswer, text: str) -> str:
    """What was found on one line, for whoever asks many questions at once."""
    sentence = " ".join(words(each).plain.strip() for each in text.splitlines())
    return f"{pack.entries[answer.answer].title}: {sentence}" if answer.answer else sentence


def _as_well(pack: Pack, answer: MessageAnswer) -> list[RenderableType]:
    """How the second begins that a long message may be about."""
    if not (answer.story and answer.related) or answer.also:
        return []
    nearest = pack.entries[answer.related[0]]
    beginning = "\n".join(nearest.answer.splitlines()[:2])
    return section("Or as well", Text(nearest.title, "bold"), prose(beginning))


def _cite(source: Source) -> str:
    """Who says so, who gains, and where it stands."""
    return " ".join(
        filter(
            None,
            (
                f"{source.cite.rstrip('.')}.",
                source.called and f"It is {source.called}.",
                source.interest,
                source.url,
            ),
        )
    )
