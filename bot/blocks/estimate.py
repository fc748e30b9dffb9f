"""The estimate: the form, its ranges for each mode, and the line they leave on the card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, number, on_day, person
from bot.domain.estimate.model import (
    MEASURE,
    Estimate,
    Expected,
    Load,
    Range,
    in_row,
    on_top,
    several,
)
from bot.domain.pack import Pack
from bot.domain.pack.overhead import Quote
from bot.domain.words import listed

MODES = "modes"
COUNTED: tuple[tuple[str, str, str], ...] = (
    ("services", "Services that call each other", ""),
    ("pods", "Pods that would join", ""),
    ("nodes", "Nodes they run on", ""),
    ("rps_per_edge", "Requests a second on one edge", "One service calling one other, on average."),
    ("edges", "Edges: pairs that call each other", "Empty: as many as services."),
    ("waypoints", "Replicas of request-level proxies", "Only for ambient with waypoints."),
)
"""(field of the load, label, hint); the first four are needed."""
MORE: tuple[tuple[str, str, str], ...] = (
    ("busy_percent", "CPU in use on the busiest node (%)", "Above saturation no latency holds."),
    ("node_vcpu", "vCPU of one node", "Holds the result against what the nodes have."),
    ("depth", "Calls in a row that a request makes", "Latency times these. Empty: one call."),
    ("vcpu_hour", "Your price of a vCPU-hour", "In your currency."),
    ("gib_hour", "Your price of a GiB-hour of memory", "In the same currency."),
)
"""The same of the second form, which refines a result: a modal holds eight fields."""
NEEDED = tuple(name for name, *_ in COUNTED[:4])
WHOLE = frozenset({"services", "pods", "nodes", "edges", "waypoints", "depth"})


def form(
    pack: Pack,
    known: Mapping[str, float],
    meta: str,
    looked: tuple[date | None, Mapping[str, float]] = (None, {}),
) -> Payload:
    """What would be meshed, counted today; beside it what a look counted, and when."""
    modes = [(each, cut(pack.modes[each].title, 75)) for each in pack.overhead]
    return modal(
        ids.ESTIMATE,
        "What a mesh may cost",
        [
            kit.context(
                "intro", "Ranges from published figures, never one number. Nothing is posted."
            ),
            *_fields(COUNTED, known, *looked),
            kit.field(
                MODES,
                "Only these modes",
                kit.multi_select(ids.ANSWER, modes),
                "Empty: every mode with published figures.",
                optional=True,
            ),
        ],
        submit="Estimate",
        meta=meta,
    )


def refining(
    known: Mapping[str, float],
    meta: str,
    looked: tuple[date | None, Mapping[str, float]] = (None, {}),
) -> Payload:
    """The second form: what makes a result finer, from what was counted in the first."""
    intro = kit.context("intro", "What was counted stays as it is. All of this may stay empty.")
    fields = _fields(MORE, known, *looked)
    return modal(ids.REFINE, "Refine the estimate", [intro, *fields], submit="Estimate", meta=meta)


def _fields(
    asked: Sequence[tuple[str, str, str]],
    known: Mapping[str, float],
    day: date | None,
    seen: Mapping[str, float],
) -> Iterator[Block]:
    """Every figure; beside it what a look counted, which fills in nothing the team said."""
    said = {name: f"Counted, {on_day(day)}: {number(many)}." for name, many in seen.items() if day}
    for name, label, hint in asked:
        yield _field(name, label, f"{hint} {said.get(name, '')}".strip(), known.get(name))


def _field(name: str, label: str, hint: str, known: float | None) -> Block:
    initial = "" if known is None else f"{known:.12g}"
    element = kit.number_input(ids.ANSWER, initial, least="0", most=None, whole=name in WHOLE)
    return kit.field(name, label, element, hint, optional=name not in NEEDED)


def result(pack: Pack, found: Estimate, meta: str) -> Payload:
    """Every mode's ranges, private until it is posted."""
    blocks = [kit.section(f"mode.{each.mode}", told(each, found.load)) for each in found.modes[:20]]
    return modal(
        ids.POST_ESTIMATE,
        "What a mesh may cost",
        [_head(found), _more(), *blocks, *_foot(pack, found)],
        submit="Post in channel",
        close="Keep to myself",
        meta=meta,
    )


def _more() -> Block:
    return kit.actions("more", kit.button(ids.REFINE_ESTIMATE, "Prices, nodes, calls in a row"))


def posted(pack: Pack, found: Estimate, user: str) -> Payload:
    """The same for everyone, as a table."""
    row, priced = in_row(found.load), found.load.price is not None
    head = ["Mode", "CPU for calls", "CPU idle", "CPU set aside", "Memory used"]
    head += ["Memory set aside", f"{row}, p99", *(["Money used", "Money set aside"] * priced)]
    rows = [
        [
            each.title,
            each.cpu.said,
            on_top(each.idle_cpu),
            *(part.said for part in (each.reserved_cpu, each.memory, each.reserved_memory)),
            _latency(each, "p99"),
            *(money.said for money in (each.money_used, each.money_reserved) if money),
        ]
        for each in found.modes
    ]
    who = kit.context("who", f"Estimated for {person(user)}.")
    return message(_head(found), kit.table("modes", [head, *rows]), *_foot(pack, found), who)


def line(found: Estimate) -> str:
    """The line on the card: from the least to the most of the modes that fit the shape."""
    cpu, memory = (
        _span([getattr(each, name) for each in found.modes]) for name in ("cpu", "memory")
    )
    parts = {"CPU": cpu, "memory": memory}
    known = listed([each.ends for each in parts.values() if each.ends] or ["no usable figures"])
    unknown = [name for name, each in parts.items() if each.is_open]
    rest = f"; how far {listed(unknown)} go{'' if len(unknown) > 1 else 'es'}, only measuring tells"
    return f"Proxies on top (estimated, not measured): {known}{rest if unknown else ''}."


def _span(parts: list[Range]) -> Range:
    lows = [each.low for each in parts if each.low is not None]
    highs = [each.high for each in parts]
    known = [each for each in highs if each is not None]
    low = min(lows) if lows else None
    high = max(known) if known and len(known) == len(highs) else None
    return Range(low=low, high=high, unit=parts[0].unit)


def _latency(mode: Expected, percentile: str) -> str:
    found = {str(name): part for name, part in mode.latency.items()}.get(percentile)
    return found.said if found else MEASURE


def told(mode: Expected, load: Load) -> str:
    """One mode's ranges in a few lines."""
    lines = [
        f"*{mode.title}*",
        f"CPU for calls: {mode.cpu.said} · set aside: {mode.reserved_cpu.said}",
        f"CPU idle: {on_top(mode.idle_cpu)}",
        f"Memory used: {mode.memory.said} · set aside: {mode.reserved_memory.said}",
        mode.refused
        or f"{in_row(load)}, p90: {_latency(mode, 'p90')} · p99: {_latency(mode, 'p99')}",
    ]
    if mode.money_used and mode.money_reserved:
        lines.append(f"Money: {mode.money_used.said} · set aside: {mode.money_reserved.said}")
    if mode.misfit:
        lines.append(mode.misfit)
    return "\n".join(lines)


def _head(found: Estimate) -> Block:
    load = found.load
    return kit.section(
        "load",
        f"*What a mesh may cost here, before anybody measures.* {number(found.calls)} calls a "
        f"second between {several(load.services, 'service')}, {several(load.pods, 'pod')} on "
        f"{several(load.nodes, 'node')}. {found.bill}",
    )


def _foot(pack: Pack, found: Estimate) -> list[Block]:
    """What was assumed, why the figures differ, where they come from."""
    why = [f"• _{each.title}_: {each.priors.cpu.why}" for each in found.modes]
    quoted = (q for each in found.modes for q in (*each.priors.cpu.quotes, *_memory(each)))
    named = (key for quote in quoted for key in quote.sources if key in pack.sources)
    cites = " · ".join(dict.fromkeys(pack.sources[key].cite for key in named))
    lines = [f"• {each}" for each in (*found.assumed, *_misfits(found), *found.beside)]
    return [
        kit.section("beside", cut("*Beside these figures*\n" + "\n".join(lines), 3000)),
        kit.section("why", cut("*Why the figures for CPU differ*\n" + "\n".join(why), 3000)),
        kit.context("sources", cut(f"As of {found.as_of:%-d %b %Y}. {cites}", 2000)),
    ]


def _misfits(found: Estimate) -> list[str]:
    """What cannot run on the nodes, for a table that has no room for it."""
    return [f"_{each.title}_: {each.misfit}" for each in found.modes if each.misfit]


def _memory(mode: Expected) -> list[Quote]:
    return [quote for part in mode.priors.memory for quote in part.mib.quotes]
