"""A look as people read it: counted, meshed already, what matters most, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.cluster.looking import Look, Occurrence, words_of
from bot.cluster.model import Dump
from bot.domain.evidence.model import LookSummary
from bot.domain.pack import Pack
from bot.terminal.output import visible
from bot.terminal.prose import bullets, hanging, section, words
from bot.terminal.sources import listed

MOST_OBJECTS = 4
MOST_OPEN = 8
SEVERITIES = {
    "breaks": ("breaks", "bold red"),
    "configure": ("needs a setting", "yellow"),
    "loses": ("loses", "cyan"),
    "info": ("note", "dim"),
}
"""Severity → its word on the screen and its colour."""


def drawn(pack: Pack, dump: Dump, look: Look, short: LookSummary, *, everything: bool) -> Group:
    """The whole look on one page; with `everything` every finding, object and open point."""
    most = len(look.findings) if everything else words_of(pack).most
    shown = look.findings[:most]
    cited = {name for each in shown for name in (each.finding.source, *each.finding.sources)}
    return Group(
        Text(f"What this cluster shows, {short.seen:%-d %b %Y}", "bold"),
        words(_read(dump)),
        *section(
            f"Counted, in {'the part that was read' if short.cut else 'what could be seen'}",
            _counts(look, dump.server),
        ),
        *section("In a mesh already, by running pods", *_meshed(look)),
        *section("Who may call whom", *_reach(short)),
        *section(_title(pack, look, len(shown)), *_findings(shown, everything=everything)),
        *section("Not judged", *bullets(_open(look, everything=everything))),
        *section("Sources", *(listed(pack, cited) if everything else ())),
        Text(),
        *(Text(line, "dim") for line in _foot(pack, short, everything=everything)),
    )


def _read(dump: Dump) -> str:
    named = ", ".join(each.name for each in dump.sources)
    if len(dump.sources) > MOST_OBJECTS:
        named = f"{len(dump.sources)} files"
    kinds = sorted(dump.kinds.items(), key=lambda each: (-each[1], each[0]))
    most = visible(", ".join(f"{many:,} {kind}" for kind, many in kinds[:6]))
    more = f" and {len(kinds) - 6} more kinds" if len(kinds) > 6 else ""
    cut = " It ends in the middle." if any(each.cut for each in dump.sources) else ""
    return f"Read from {visible(named)}: {most}{more}.{cut}"


def _counts(look: Look, server: str) -> Table:
    counts, offered = look.counts, look.offered
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    many = len(counts.app_namespaces)
    spaces = f"in {many:,} namespace{'s' if many != 1 else ''}"
    grid.add_row("Workloads of apps", f"{counts.workloads_app:,} {spaces}")
    grid.add_row(
        "  behind a Service",
        f"{counts.workloads_behind_a_service:,}; {offered.services_without_databases:,} services "
        "that are no known database or broker",
    )
    grid.add_row("Running pods of apps", f"{counts.pods_running_app:,}")
    asked = f"{counts.cpu_requests_app_m:,} m CPU, {counts.memory_requests_app_mib:,} MiB"
    without = counts.containers_without_cpu_request_app
    bound = f"; a lower bound, {without:,} containers ask for no CPU" if without else ""
    grid.add_row("  they ask for", asked + bound)
    zones = f", {counts.zones} zone{'s' if counts.zones != 1 else ''}" if counts.zones else ""
    grid.add_row(
        "Nodes", f"{counts.nodes:,}{zones}, {visible(', '.join(look.kubernetes)) or 'no version'}"
    )
    if server:
        grid.add_row("API server", visible(server))
    where = ", ".join(filter(None, (offered.platform, *offered.network)))
    grid.add_row("Platform and network", where or "not seen")
    return grid


def _meshed(look: Look) -> Iterator[RenderableType]:
    pods, total = look.meshed.pods, sum(look.meshed.pods.values())
    inside = [f"{many:,} by {name}" for name, many in pods.items() if name != "none" and many]
    yield words(
        f"{', '.join(inside) or 'None by Istio or Linkerd'} of {total:,} running pods of apps."
    )
    if others := [each for each in look.offered.mesh if each not in pods]:
        yield words(f"Not counted, seen by the names of containers: {', '.join(others)}.")
    for name in look.meshed.labelled:
        yield words(
            f"{visible(name)} asks for proxies and has pods that run without one: not restarted?"
        )


def _reach(short: LookSummary) -> Iterator[RenderableType]:
    signs = short.offered.signs
    many = f"{signs.open_targets:,} of {signs.targets:,} workloads of apps"
    if signs.targets and short.cut:
        yield words(
            f"By the policies that were read, anybody may call {many}; those that stand after the "
            "end may say otherwise. Ask kubectl for it again before you rely on this."
        )
    elif signs.targets:
        yield words(
            f"Anybody may call {many}, as far as the policies in the dump that meshfit judges tell."
        )
    yield words("One by one, by which policy, and what is not judged: meshfit callers.")


def _title(pack: Pack, look: Look, shown: int) -> str:
    considered = ", ".join(pack.modes[each].title for each in look.modes) or "any mesh"
    many = f"{shown} of {len(look.findings)}" if shown < len(look.findings) else f"all {shown}"
    return f"What matters for {considered}, worst first ({many})"


def _findings(shown: Sequence[Occurrence], *, everything: bool) -> Iterator[RenderableType]:
    for each in shown:
        one = each.finding
        word, style = SEVERITIES[each.severity]
        yield Text.assemble((word, style), " · ", (one.seen, "bold"), (f" [{one.id}]", "dim"))
        cites = ", ".join((one.source, *one.sources))
        yield Padding(
            Group(
                words(_objects(each.objects, len(each.objects) if everything else MOST_OBJECTS)),
                hanging("→", words(one.remedy)),
                hanging("Wrong if:", words(one.wrong).append(f" [{cites}]", "dim")),
            ),
            (0, 0, 0, 2),
        )


def _objects(objects: Sequence[str], most: int) -> str:
    more = f" and {len(objects) - most:,} more" if len(objects) > most else ""
    return visible(", ".join(objects[:most])) + more


def _open(look: Look, *, everything: bool) -> Iterator[RenderableType]:
    most = len(look.unjudged) if everything else MOST_OPEN
    yield from (words(visible(each.why)) for each in look.unjudged[:most])
    if len(look.unjudged) > most:
        yield words(f"{len(look.unjudged) - most} more behind --all.")


def _foot(pack: Pack, short: LookSummary, *, everything: bool) -> Iterator[str]:
    yield (
        "Each finding is a question for a person, never a verdict. Read was a whitelist, no env, "
        "command, registry or data; nothing left this machine."
    )
    if not everything:
        yield "Everything, with sources: --all. For one mode: --mode. To keep: --summary FILE."
    yield "A first answer from it: --answers FILE, then meshfit assess FILE."
    offered = short.offered
    if offered.services and offered.pods and offered.nodes and not short.cut:
        vcpu = f" --node-vcpu {offered.node_vcpu:g}" if offered.node_vcpu else ""
        yield (
            f"What a mesh may cost: meshfit estimate --services {offered.services} "
            f"--pods {offered.pods} --nodes {offered.nodes}{vcpu} --rps N"
        )
    yield f"Knowledge {pack.name} {pack.version}"
