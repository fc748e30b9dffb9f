"""`meshfit estimate`: what a mesh may cost before anybody measures, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from pydantic import ValidationError
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.domain.estimate import estimate as worked_out
from bot.domain.estimate.model import (
    MEASURE,
    Estimate,
    Expected,
    Load,
    Price,
    in_row,
    on_top,
    several,
)
from bot.domain.pack import Pack
from bot.domain.pack.overhead import Prior
from bot.domain.search.citing import cited
from bot.domain.words import number
from bot.errors import BadInput
from bot.terminal.environment import environment, knowledge_pack
from bot.terminal.output import say, say_json
from bot.terminal.prose import bullets, hanging, section, words
from bot.terminal.sources import listed

OPTIONS = {
    "services": "--services",
    "pods": "--pods",
    "nodes": "--nodes",
    "rps_per_edge": "--rps",
    "edges": "--edges",
    "waypoints": "--waypoints",
    "busy_percent": "--busy",
    "node_vcpu": "--node-vcpu",
    "depth": "--depth",
    "vcpu_hour": "--vcpu",
    "gib_hour": "--gib",
}
"""Field of the load or the price → the option that gives it."""


def estimate(figures: Mapping[str, float | None], modes: tuple[str, ...], *, as_json: bool) -> int:
    """Estimate the modes that are named, or all; answers the exit code."""
    load = load_of(figures)
    pack = knowledge_pack(environment())
    worked = worked_out(pack, load, modes)
    if as_json:
        say_json(worked.model_dump(mode="json"))
    else:
        say(_drawn(pack, worked))
    return 0


def load_of(figures: Mapping[str, float | None]) -> Load:
    """A load from options by field. Raises `BadInput` naming the option that is off."""
    known = {name: value for name, value in figures.items() if value is not None}
    prices = {name: known.pop(name) for name in Price.model_fields if name in known}
    if len(prices) == 1:
        raise BadInput("A price needs both: --vcpu for a vCPU-hour and --gib for a GiB-hour.")
    try:
        price = Price.model_validate(prices) if prices else None
        return Load.model_validate(known | {"price": price})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadInput(f"{OPTIONS[str(first['loc'][-1])]}: {first['msg']}.") from None


def _drawn(pack: Pack, estimate: Estimate) -> Group:
    """The figures of every mode on one page, then where they come from."""
    load, origins = estimate.load, [_origins(each) for each in estimate.modes]
    name = f"{estimate.pack.name} {estimate.pack.version}"
    return Group(
        Text("What a mesh may cost here, before anybody measures", "bold"),
        words(
            f"{number(estimate.calls)} calls a second between services, "
            f"{several(load.pods, 'pod')} on {several(load.nodes, 'node')}."
        ),
        words(estimate.bill),
        *(line for each in estimate.modes for line in section(each.title, *_figures(each, load))),
        *section(
            "Beside these figures", *bullets(map(words, (*estimate.assumed, *estimate.beside)))
        ),
        *section("Where they come from, and why they differ", *chain.from_iterable(origins)),
        *section("Sources", *listed(pack, set(cited(estimate)))),
        Text(),
        Text(f"As of {estimate.as_of} · knowledge {name} · a pilot's figures replace it", "dim"),
    )


def _figures(mode: Expected, load: Load) -> Iterator[RenderableType]:
    """What is used beside what is reserved, and whether the nodes can bear it."""
    yield _beside(mode, in_row(load))
    if mode.misfit:
        yield words(mode.misfit)


def _beside(mode: Expected, row: str) -> Table:
    grid = Table.grid(padding=(0, 2))
    for _ in range(3):
        grid.add_column()
    grid.add_row("", Text("used", "dim"), Text("reserved", "dim"))
    grid.add_row("CPU, calls", mode.cpu.said, mode.reserved_cpu.said)
    grid.add_row("CPU, idle", on_top(mode.idle_cpu))
    grid.add_row("Memory", mode.memory.said, mode.reserved_memory.said)
    for name, figure in mode.latency.items():
        grid.add_row(f"{row}, {name}", MEASURE if figure.low is None else f"+ {figure.said}")
    if mode.refused:
        grid.add_row(row, "not estimated, see below")
    if mode.money_used and mode.money_reserved:
        grid.add_row("Money", mode.money_used.said, mode.money_reserved.said)
    return grid


def _origins(mode: Expected) -> Iterator[RenderableType]:
    """Each figure with what every source gives, and why they differ."""
    priors = mode.priors
    yield Text(mode.title, "bold")
    yield from _origin("CPU, vCPU for 1,000 calls a second", priors.cpu)
    for idle in priors.idle:
        yield from _origin(f"CPU, millicores for each idle {idle.per}", idle.millicores)
    for part in priors.memory:
        yield from _origin(f"Memory, MiB for each {part.per}", part.mib)
    for name, prior in priors.latency.items():
        yield from _origin(f"A call, ms more at {name}", prior)
    for each in priors.reserve:
        amount = f"Reserved, for each {each.per}: {each.millicores:g}m and {each.mib:g} MiB. "
        yield words(amount + each.basis).append(f" [{', '.join(each.sources)}]", "dim")
    yield words(mode.refused)


def _origin(name: str, prior: Prior) -> Iterator[RenderableType]:
    yield words(f"{name}. {prior.why}")
    for quote in prior.quotes:
        basis = words(quote.basis).append(f" [{', '.join(quote.sources)}]", "dim")
        yield Padding(hanging(f"{quote.value:g}", basis), (0, 0, 0, 2))
