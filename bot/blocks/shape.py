"""Where the proxy runs: what the shape gives up, how ripe its meshes are, traps; and instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.blocks import cites, kit
from bot.blocks.kit import Block
from bot.blocks.words import cut
from bot.domain.model import Advice, Alternative, ModeFit, RefusedModes, Shape, Trap
from bot.domain.pack import Pack
from bot.domain.words import on_day


def shape(pack: Pack, advised: Shape | None) -> list[Block]:
    """The advised shape, or nothing where none is."""
    if advised is None:
        return []
    lines = [
        f"*Where the proxy runs: {advised.title}*",
        f"{advised.text} _({cites.by_rule(pack, advised.source)})_",
        f"It adds to run: {advised.adds_to_run}",
        advised.rollout,
        *filter(None, (advised.simplest,)),
        *(f"• Gives up: {each}" for each in advised.gives_up),
        *([f"All of it: {', '.join(advised.others)}."] if advised.others else []),
        *(
            [f"None of its meshes can be had here. Left are: {'; '.join(advised.left)}."]
            if advised.left
            else []
        ),
    ]
    fits = [f"• {_fit(pack, each)}" for each in advised.modes]
    return [
        kit.section("shape", cut("\n".join(lines), 3000)),
        *_section("fits", "Meshes that come so", fits),
        *_section("managed", "What your platform would run", _mind(pack, advised.managed)),
        *_section("traps", "Mind", _mind(pack, advised.traps)),
    ]


def refused(pack: Pack, advice: Advice) -> list[Block]:
    """What the platform, the network or its privileges refuse, each with the reason."""
    lines = [f"• {_refused(each)} _({_cites(pack, each.sources)})_" for each in advice.refused]
    return _section("refused", "What your platform refuses", lines)


def _refused(each: RefusedModes) -> str:
    named = "; ".join(each.modes)
    return f"*{named}{' (in part)' if each.part else ''}:* {each.text} As of {on_day(each.as_of)}"


def _mind(pack: Pack, traps: Iterable[Trap]) -> list[str]:
    return [
        f"• {each.text} As of {on_day(each.as_of)} _({_cites(pack, each.sources)})_"
        for each in traps
    ]


def instead(pack: Pack, alternatives: tuple[Alternative, ...]) -> list[Block]:
    """What would do without a mesh, and things that exist for it, the cheapest first."""
    return _section("instead", "Instead", list(_instead(pack, alternatives)))


def _instead(pack: Pack, alternatives: tuple[Alternative, ...]) -> Iterator[str]:
    for each in alternatives:
        yield f"• {_asked(each)}"
        for option in each.options:
            cites = _cites(pack, option.sources)
            yield f"    ◦ *{option.title}.* {option.gives} Limits: {option.lacks} _({cites})_"


def _asked(alternative: Alternative) -> str:
    """What covers a need; or, while nothing does, what might, as a question to the team."""
    return (
        f"*{alternative.need}: {alternative.question}* {alternative.text}"
        if alternative.question
        else alternative.text
    )


def _fit(pack: Pack, fit: ModeFit) -> str:
    """One mesh in one mode: what it does of what is needed, and how ripe it is."""
    parts = {"Does": fit.meets, "In part": fit.partly, "Lacks": fit.lacks, "Open": fit.unknown}
    text = "".join(f" {name}: {' · '.join(texts)}." for name, texts in parts.items() if texts)
    ripe = f"{fit.maturity} As of {fit.as_of:%-d %b %Y}"
    return f"*{fit.title}.*{text} {ripe} _({_cites(pack, fit.sources)})_"


def _cites(pack: Pack, sources: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(pack.sources[each].cite for each in sources))


def _section(block_id: str, title: str, lines: list[str]) -> list[Block]:
    if not lines:
        return []
    return [kit.section(block_id, cut("\n".join([f"*{title}*", *lines]), 3000))]
