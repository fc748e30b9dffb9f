"""The estimate: the form, its ranges for each mode, and the line they leave on the card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.blocks import cites, ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.tables import table
from bot.blocks.words import cut, person
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
from bot.domain.words import listed, number, on_day

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
    counted = {
        name: f"Counted, {on_day(day)}: {number(many)}." for name, many in seen.items() if day
    }
    for name, label, hint in asked:
        yield _field(name, label, f"{hint} {counted.get(name, '')}".strip(), known.get(name))


def _field(name: str, label: str, hint: str, known: float | None) -> Block:
    initial = "" if known is None else f"{known:.12g}"
    element = kit.number_input(ids.ANSWER, initial, least="0", most=None, whole=name in WHOLE)
    return kit.field(name, label, element, hint, optional=name not in NEEDED)


def result(pack: Pack, estimate: Estimate, meta: str) -> Payload:
    """Every mode's ranges, private until it is posted."""
    blocks = [
        kit.section(f"mode.{each.mode}", told(each, estimate.load)) for each in estimate.modes[:20]
    ]
    return modal(
        ids.POST_ESTIMATE,
        "What a mesh may cost",
        [_head(estimate), _more(), *blocks, *_foot(pack, estimate)],
        submit="Post in channel",
        close="Keep to myself",
        meta=meta,
    )


def _more() -> Block:
    return kit.actions("more", kit.button(ids.REFINE_ESTIMATE, "Prices, nodes, calls in a row"))


def posted(pack: Pack, estimate: Estimate, user: str) -> Payload:
    """The same for everyone, as a table."""
    row, priced = in_row(estimate.load), estimate.load.price is not None
    head = ["Mode", "CPU for calls", "CPU idle", "CPU reserved", "Memory used"]
    head += ["Memory reserved", f"{row}, p99", *(["Money used", "Money reserved"] * priced)]
    rows = [
        [
            each.title,
            each.cpu.said,
            on_top(each.idle_cpu),
            *(part.said for part in (each.reserved_cpu, each.memory, each.reserved_memory)),
            _latency(each, "p99"),
            *(money.said for money in (each.money_used, each.money_reserved) if money),
        ]
        for each in estimate.modes
    ]
    who = kit.context("who", f"Estimated for {person(user)}.")
    return message(_head(estimate), table("modes", [head, *rows]), *_foot(pack, estimate), who)


def line(estimate: Estimate) -> str:
    """The line on the card: from the least to the most of the modes that fit the shape."""
    cpu, memory = (
        _span([getattr(each, name) for each in estimate.modes]) for name in ("cpu", "memory")
    )
    parts = {"CPU": cpu, "memory": memory}
    known = listed([each.ends for each in parts.values() if each.ends] or ["no usable figures"])
    unknown = [name for name, each in parts.items() if each.is_open]
    rest = f"; how far {listed(unknown)} go{'' if len(unknown) > 1 else 'es'}, only measuring tells"
    return f"Proxies on top (estimated, not measured): {known}{rest if unknown else ''}."


def money(estimate: Estimate) -> str:
    """What the modes that fit cost a month by the prices given; empty where none was."""
    parts = [each.money_used for each in estimate.modes if each.money_used]
    return _span(parts).said if parts else ""


def _span(parts: list[Range]) -> Range:
    lows = [each.low for each in parts if each.low is not None]
    highs = [each.high for each in parts]
    known = [each for each in highs if each is not None]
    low = min(lows) if lows else None
    high = max(known) if known and len(known) == len(highs) else None
    return Range(low=low, high=high, unit=parts[0].unit)


def _latency(mode: Expected, percentile: str) -> str:
    span = {str(name): part for name, part in mode.latency.items()}.get(percentile)
    return span.said if span else MEASURE


def told(mode: Expected, load: Load) -> str:
    """One mode's ranges in a few lines."""
    lines = [
        f"*{mode.title}*",
        f"CPU for calls: {mode.cpu.said} · reserved: {mode.reserved_cpu.said}",
        f"CPU idle: {on_top(mode.idle_cpu)}",
        f"Memory used: {mode.memory.said} · reserved: {mode.reserved_memory.said}",
        mode.refused
        or f"{in_row(load)}, p90: {_latency(mode, 'p90')} · p99: {_latency(mode, 'p99')}",
    ]
    if mode.money_used and mode.money_reserved:
        lines.append(f"Money: {mode.money_used.said} · reserved: {mode.money_reserved.said}")
    if mode.misfit:
        lines.append(mode.misfit)
    return "\n".join(lines)


def _head(estimate: Estimate) -> Block:
    load = estimate.load
    return kit.section(
        "load",
        f"*What a mesh may cost here, before anybody measures.* {number(estimate.calls)} calls a "
        f"second between {several(load.services, 'service')}, {several(load.pods, 'pod')} on "
        f"{several(load.nodes, 'node')}. {estimate.bill}",
    )


def _foot(pack: Pack, estimate: Estimate) -> list[Block]:
    """What was assumed, why the figures differ, where they come from."""
    why = [f"• _{each.title}_: {each.priors.cpu.why}" for each in estimate.modes]
    quoted = (q for each in estimate.modes for q in (*each.priors.cpu.quotes, *_memory(each)))
    named = (key for quote in quoted for key in quote.sources if key in pack.sources)
    figures = _cited(pack, named)
    beside = _cited(pack, (each for each in estimate.sources if each in pack.sources))
    rests = f"Your counts; the figures: {figures}. What stands beside them: {beside}."
    called = cites.called(pack, estimate.sources)
    lines = [f"• {each}" for each in (*estimate.assumed, *_refusals(estimate), *estimate.beside)]
    return [
        kit.section("beside", cut("*Beside these figures*\n" + "\n".join(lines), 3000)),
        kit.section("why", cut("*Why the figures for CPU differ*\n" + "\n".join(why), 3000)),
        kit.context("sources", cut(f"As of {estimate.as_of:%-d %b %Y}. {rests} {called}", 2000)),
    ]


def _cited(pack: Pack, sources: Iterable[str]) -> str:
    return " · ".join(dict.fromkeys(cites.of_source(pack, each) for each in sources))


def _refusals(estimate: Estimate) -> list[str]:
    """Why there is no latency, and what cannot run here, for a table that has no room for it."""
    refused = dict.fromkeys(each.refused for each in estimate.modes if each.refused)
    return [*refused, *(f"_{each.title}_: {each.misfit}" for each in estimate.modes if each.misfit)]


def _memory(mode: Expected) -> list[Quote]:
    return [quote for part in mode.priors.memory for quote in part.mib.quotes]
