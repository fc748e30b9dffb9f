"""The estimate: the form, its ranges for each mode, and the line they leave on the card."""

from __future__ import annotations

from collections.abc import Mapping

from bot.blocks import ids, kit
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, number, person
from bot.domain.estimate.model import MEASURE, Estimate, Expected, Range
from bot.domain.pack import Pack
from bot.domain.pack.overhead import Quote

MODES = "modes"
COUNTED: tuple[tuple[str, str, str], ...] = (
    ("services", "Services that call each other", ""),
    ("pods", "Pods that would join", ""),
    ("nodes", "Nodes they run on", ""),
    ("rps_per_edge", "Requests a second on one edge", "One service calling one other, on average."),
    ("edges", "Edges: pairs that call each other", "Empty: as many as services."),
    ("waypoints", "Replicas of request-level proxies", "Only for ambient with waypoints."),
    ("busy_percent", "CPU in use on the busiest node (%)", "Above saturation no latency holds."),
    ("vcpu_hour", "Your price of a vCPU-hour", "In your currency."),
    ("gib_hour", "Your price of a GiB-hour of memory", "In the same currency."),
)
"""(field of the load, label, hint); the first four are needed."""
NEEDED, WHOLE = 4, frozenset({"services", "pods", "nodes", "edges", "waypoints"})


def form(pack: Pack, known: Mapping[str, float], meta: str) -> Payload:
    """What would be meshed, counted today."""
    modes = [(each, cut(pack.modes[each].title, 75)) for each in pack.overhead]
    return modal(
        ids.ESTIMATE,
        "What a mesh may cost",
        [
            kit.context(
                "intro", "Ranges from published figures, never one number. Nothing is posted."
            ),
            *(_field(at, *each, known.get(each[0])) for at, each in enumerate(COUNTED)),
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


def _field(at: int, name: str, label: str, hint: str, known: float | None) -> Block:
    initial = "" if known is None else f"{known:.12g}"
    element = kit.number_input(ids.ANSWER, initial, least="0", most=None, whole=name in WHOLE)
    return kit.field(name, label, element, hint, optional=at >= NEEDED)


def result(pack: Pack, found: Estimate, meta: str) -> Payload:
    """Every mode's ranges, private until it is posted."""
    blocks = [kit.section(f"mode.{each.mode}", told(each)) for each in found.modes[:20]]
    return modal(
        ids.POST_ESTIMATE,
        "What a mesh may cost",
        [_head(found), *blocks, *_foot(pack, found)],
        submit="Post in channel",
        close="Keep to myself",
        meta=meta,
    )


def posted(pack: Pack, found: Estimate, user: str) -> Payload:
    """The same for everyone, as a table."""
    head = ["Mode", "CPU used", "CPU set aside", "Memory used", "Memory set aside", "A call, p99"]
    rows = [
        [
            each.title,
            *(
                part.said
                for part in (each.cpu, each.reserved_cpu, each.memory, each.reserved_memory)
            ),
            _latency(each, "p99"),
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
    return f"Proxies on top (estimated, not measured): {cpu} and {memory}."


def _span(parts: list[Range]) -> str:
    lows = [each.low for each in parts if each.low is not None]
    highs = [each.high for each in parts]
    known = [each for each in highs if each is not None]
    low = min(lows) if lows else None
    high = max(known) if known and len(known) == len(highs) else None
    return Range(low=low, high=high, unit=parts[0].unit).said


def _latency(mode: Expected, percentile: str) -> str:
    found = {str(name): part for name, part in mode.latency.items()}.get(percentile)
    return found.said if found else MEASURE


def told(mode: Expected) -> str:
    """One mode's ranges in a few lines."""
    lines = [
        f"*{mode.title}*",
        f"CPU used: {mode.cpu.said} · set aside: {mode.reserved_cpu.said}",
        f"Memory used: {mode.memory.said} · set aside: {mode.reserved_memory.said}",
        mode.refused or f"A call, p90: {_latency(mode, 'p90')} · p99: {_latency(mode, 'p99')}",
    ]
    if mode.money_used and mode.money_reserved:
        lines.append(f"Money: {mode.money_used.said} · set aside: {mode.money_reserved.said}")
    return "\n".join(lines)


def _head(found: Estimate) -> Block:
    load = found.load
    return kit.section(
        "load",
        f"*What a mesh may cost here, before anybody measures.* {number(found.calls)} calls a "
        f"second between {number(load.services)} services, {number(load.pods)} pods on "
        f"{number(load.nodes)} nodes.",
    )


def _foot(pack: Pack, found: Estimate) -> list[Block]:
    """What was assumed, why the figures differ, where they come from."""
    why = [f"_{each.title}_: {each.priors.cpu.why}" for each in found.modes]
    quoted = (q for each in found.modes for q in (*each.priors.cpu.quotes, *_memory(each)))
    named = (key for quote in quoted for key in quote.sources if key in pack.sources)
    cites = " · ".join(dict.fromkeys(pack.sources[key].cite for key in named))
    lines = [f"• {each}" for each in (*found.assumed, *found.beside, *why)]
    return [
        kit.section("beside", cut("*Beside these figures*\n" + "\n".join(lines), 3000)),
        kit.context("sources", cut(f"As of {found.as_of:%-d %b %Y}. {cites}", 2000)),
    ]


def _memory(mode: Expected) -> list[Quote]:
    return [quote for part in mode.priors.memory for quote in part.mib.quotes]
