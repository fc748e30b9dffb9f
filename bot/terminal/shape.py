"""Where the proxy runs and what does without a mesh, as people read it, each with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from bot.domain.model import Alternative, Instead, ModeFit, RefusedModes, Shape
from bot.domain.pack import Pack
from bot.terminal.prose import bullets, words


def shape(advised: Shape | None) -> Iterator[RenderableType]:
    """The shape with what it gives up, the meshes that come in it, and what surprises people."""
    if advised is None:
        return
    yield Text(advised.title, "italic")
    rests = f"{advised.text} [your answers; rule: {advised.source}]"
    lines = (rests, f"Adds to run: {advised.adds_to_run}", advised.rollout, advised.simplest)
    yield from (words(each) for each in lines if each)
    yield from bullets(words(f"Gives up: {each}") for each in advised.gives_up)
    if advised.others:
        yield words(f"All of it: {', '.join(advised.others)}.")
    yield from bullets(map(_mode, advised.modes))
    if advised.left:
        yield words(f"None of its meshes can be had here. Left are: {'; '.join(advised.left)}.")
    for before, each in [("", e) for e in advised.managed] + [("Mind: ", e) for e in advised.traps]:
        yield from bullets([_sourced(f"{before}{each.text} As of {each.as_of}.", each.sources)])


def refused(refused: Iterable[RefusedModes]) -> Iterator[RenderableType]:
    """What the platform, the network or its privileges refuse, each with the reason."""
    for each in refused:
        part = " (in part)" if each.part else ""
        text = f"{'; '.join(each.modes)}{part}: {each.text} As of {each.as_of}."
        yield from bullets([_sourced(text, each.sources)])


def alternatives(pack: Pack, alternatives: Iterable[Alternative]) -> Iterator[RenderableType]:
    """What covers each need, and things that exist for it, the cheapest first."""
    for each in alternatives:
        need = pack.needs.get(each.need)
        sentence = " ".join(filter(None, (each.question, each.text)))
        text = words(f"{need.label if need else each.need}: {sentence}")
        yield from bullets([Group(text, *bullets(map(_instead, each.options)))])


def _instead(option: Instead) -> Text:
    text = f"{option.title}. {option.gives} Limits: {option.lacks}"
    return _sourced(text, option.sources)


def _mode(fit: ModeFit) -> Text:
    """One mesh in one mode: what it does of what is needed, and how ripe it is."""
    parts = {"Does": fit.meets, "In part": fit.partly, "Lacks": fit.lacks, "Open": fit.unknown}
    text = "".join(f" {name}: {' · '.join(texts)}." for name, texts in parts.items() if texts)
    text = f"{fit.title}.{text} {fit.maturity} As of {fit.as_of}."
    return _sourced(text, fit.sources)


def _sourced(text: str, sources: Sequence[str]) -> Text:
    return words(text).append(f" [{', '.join(sources)}]", "dim")
