"""What a mesh may cost before anybody measures: priors of the pack times the team's own counts.

    calls = edges x requests a second;  CPU = prior x calls / 1000;  memory = prior x pods or nodes
    latency = prior x calls in a row;  idle = prior x pods or nodes
    reserved = request x pods or nodes;  money = hours a month x (vCPU x price + GiB x price)

Every end of a range is worked out by itself: an end without a source stays None, "measure it".
Results are rounded to a millionth, so that 0.25 x 3 is 0.75.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.domain.estimate.fitting import misfit, possible
from bot.domain.estimate.model import Estimate, Expected, Load, Price, Range
from bot.domain.model import PackName
from bot.domain.pack import Pack
from bot.domain.pack.overhead import EstimateWords, Overhead, Per, Prior, Reserve
from bot.domain.words import amount, number
from bot.errors import BadInput

MIB_PER_GIB = 1024
Counts = Mapping[Per, tuple[float, float]]
"""How many pods, nodes and request-level proxies there are, at least and at most."""


def estimate(pack: Pack, load: Load, modes: Iterable[str] = ()) -> Estimate:
    """What each mode may cost under this load; every mode with priors where none is named.

    Raises `BadInput` for a mode without priors, a pack without any, and a load whose calls alone
    take more than the nodes given have, whatever the mode.
    """
    words = pack.estimate
    if words is None or not pack.overhead:
        raise BadInput(
            "This knowledge pack has no figures to estimate from: measure it in a pilot."
        )
    chosen = tuple(modes) or tuple(pack.overhead)
    for each in chosen:
        if each not in pack.overhead:
            raise BadInput(f"{each} is no mode that can be estimated; say {_or(pack.overhead)}.")
    expected = tuple(_expected(pack, words, load, each) for each in chosen)
    possible(load, expected)
    return Estimate(
        load=load,
        calls=_round(_edges(load) * load.rps_per_edge),
        assumed=tuple(_assumed(words, load, [pack.overhead[each] for each in chosen])),
        modes=expected,
        bill=words.bill,
        beside=words.beside,
        sources=words.sources,
        as_of=words.as_of,
        pack=PackName(name=pack.name, version=pack.version),
    )


def _or(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _edges(load: Load) -> int:
    return load.services if load.edges is None else load.edges


def _assumed(words: EstimateWords, load: Load, priors: Iterable[Overhead]) -> Iterable[str]:
    if load.edges is None:
        yield words.edges
    if load.waypoints is None and any("waypoint" in _parts(each) for each in priors):
        yield words.waypoints
    if load.node_vcpu is None:
        yield words.nodes
    if not _too_busy(words, load):
        yield words.depth if load.depth is None else words.rows
    if load.price is not None:
        vcpu, gib = amount(load.price.vcpu_hour), amount(load.price.gib_hour)
        month = f"a month of {number(words.hours_per_month)} hours"
        yield f"Money is {month} at the prices given: {vcpu} for a vCPU-hour, {gib} for a GiB-hour."


def _parts(priors: Overhead) -> set[Per]:
    """What there is one of for each pod, node or waypoint."""
    return {each.per for each in priors.memory} | {each.per for each in priors.reserve}


def _expected(pack: Pack, words: EstimateWords, load: Load, mode: str) -> Expected:
    priors, counts, busy = pack.overhead[mode], _counts(load), _too_busy(words, load)
    cpu = _times(priors.cpu, "vCPU", _edges(load) * load.rps_per_edge / 1000)
    memory = _memory(priors, counts)
    reserved_cpu = _reserved(priors, counts, "vCPU", lambda each: each.millicores / 1000)
    reserved_memory = _reserved(priors, counts, "GiB", lambda each: each.mib / MIB_PER_GIB)
    price, hours, depth = load.price, words.hours_per_month, load.depth or 1
    latency = {name: _times(each, "ms", depth) for name, each in priors.latency.items()}
    return Expected(
        mode=mode,
        title=pack.modes[mode].title,
        cpu=cpu,
        idle_cpu=_idle(priors, counts),
        memory=memory,
        latency={} if busy else latency,
        refused=words.busy if busy else "",
        reserved_cpu=reserved_cpu,
        reserved_memory=reserved_memory,
        money_used=price and _money(price, hours, cpu, memory),
        money_reserved=price and _money(price, hours, reserved_cpu, reserved_memory),
        misfit=misfit(load, words.node_vcpu, cpu, reserved_cpu),
        priors=priors,
    )


def _too_busy(words: EstimateWords, load: Load) -> bool:
    """Whether nodes are so busy that no latency among the priors holds."""
    return load.busy_percent is not None and load.busy_percent > words.busy_percent


def _counts(load: Load) -> Counts:
    """How many of each there are; request-level proxies are anything from one to one a service."""
    few, many = (load.waypoints or 1), (load.waypoints or load.services)
    return {
        "pod": (load.pods, load.pods),
        "node": (load.nodes, load.nodes),
        "waypoint": (few, many),
    }


def _times(prior: Prior, unit: str, factor: float = 1) -> Range:
    return Range(low=_scaled(prior.low, factor), high=_scaled(prior.high, factor), unit=unit)


def _memory(priors: Overhead, counts: Counts) -> Range:
    """All parts of the data plane together."""
    parts = [(part.mib, *counts[part.per]) for part in priors.memory]
    return _together(parts, 1 / MIB_PER_GIB, "GiB")


def _idle(priors: Overhead, counts: Counts) -> Range:
    """All parts of the data plane together, none of them with traffic."""
    parts = [(part.millicores, *counts[part.per]) for part in priors.idle]
    return _together(parts, 1 / 1000, "vCPU")


def _together(parts: Sequence[tuple[Prior, float, float]], factor: float, unit: str) -> Range:
    """Priors times how many there are at least and at most, added up."""
    lows = [_scaled(prior.low, few * factor) for prior, few, _ in parts]
    highs = [_scaled(prior.high, many * factor) for prior, _, many in parts]
    return Range(low=_sum(lows), high=_sum(highs), unit=unit)


def _reserved(
    priors: Overhead, counts: Counts, unit: str, amount: Callable[[Reserve], float]
) -> Range:
    """What the scheduler sets aside; nothing at least, where one has to choose it."""
    parts = [(each, *counts[each.per]) for each in priors.reserve]
    lows = [_round(amount(each) * few * each.shipped) for each, few, _ in parts]
    highs = [_round(amount(each) * many) for each, _, many in parts]
    return Range(low=_sum(lows), high=_sum(highs), unit=unit)


def _money(price: Price, hours: float, cpu: Range, memory: Range) -> Range:
    """What both cost in a month."""
    low, high = (
        _sum((_scaled(vcpu, price.vcpu_hour * hours), _scaled(gib, price.gib_hour * hours)))
        for vcpu, gib in ((cpu.low, memory.low), (cpu.high, memory.high))
    )
    return Range(low=low, high=high, unit="a month")


def _sum(terms: Sequence[float | None]) -> float | None:
    """All together; not known while one is not, or where there is none."""
    known = [each for each in terms if each is not None]
    return _round(sum(known)) if known and len(known) == len(terms) else None


def _scaled(value: float | None, factor: float) -> float | None:
    return None if value is None else _round(value * factor)


def _round(value: float) -> float:
    return round(value, 6)
