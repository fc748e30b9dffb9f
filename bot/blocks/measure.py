"""Measuring: the form, what a comparison found, what was read from a file somebody sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.blocks import ids, kit, spots
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import between, count, cut, escaped, number
from bot.domain.pack.pilot import PER_NODE, Metric
from bot.domain.pilot.model import Compared, Dossier
from bot.domain.runs.model import STATISTICS, Resources, Run

TYPED: tuple[tuple[Metric, str, str], ...] = (
    ("p50", "p50 latency", "ms"),
    ("p95", "p95 latency", "ms"),
    ("error_rate", "Failed calls", "%"),
    ("cpu", "CPU in use on a node", "cores"),
    ("memory", "Memory in use on a node", "MiB"),
)
"""(metric, label, unit) of what can be typed."""
WITHOUT, WITH = "without", "with"
MOST_FILES = 5
REASON = "reason"
PILOT, SIDE = "pilot", "side"
EARLIER, ANEW = "earlier", "anew"
EARLIER_CHOICES = {"add": "Add these to them", ANEW: "Begin anew, without them"}


def form(dossier: Dossier, meta: str) -> Payload:
    """Choose service and endpoint; then type the figures or drop files."""
    blocks = [
        kit.context("intro", "No opinions on overhead here, only runs."),
        kit.field("service", "What was measured?", kit.select(ids.ANSWER, spots.measured(dossier))),
        kit.field(
            "endpoint",
            "Endpoint or node",
            kit.text_input(ids.ANSWER, most=120, empty="POST /pay"),
            "Empty: all of them together.",
            optional=True,
        ),
        *_files(),
        _earlier(),
        kit.field(
            "quantity",
            "Only for files from Prometheus: what did the query ask for?",
            kit.select(ids.ANSWER, (("cpu", "CPU in cores"), ("memory", "Memory in bytes"))),
            optional=True,
        ),
        kit.section(
            "or", "*Or type the figures.* Of several runs: one figure each, spaces between."
        ),
    ]
    for metric, label, unit in TYPED:
        blocks += [_typed(metric, label, unit, side) for side in (WITHOUT, WITH)]
    return modal(ids.MEASURE, "Measure", blocks, submit="Save", meta=meta)


def _earlier() -> Block:
    return kit.field(
        EARLIER,
        "Runs that were dropped for this place before",
        kit.select(ids.ANSWER, EARLIER_CHOICES.items()),
        "Empty: add these to them. Begin anew where a wrong file was among them.",
        optional=True,
    )


def _files() -> list[Block]:
    hints = {
        WITHOUT: "What the load tester wrote or printed; I tell which one by the content.",
        WITH: "The same test again, with the mesh. It may also come later.",
    }
    return [
        kit.field(
            f"files.{side}",
            f"Results {side} the mesh",
            kit.file_input(ids.ANSWER, MOST_FILES),
            hint,
            optional=True,
        )
        for side, hint in hints.items()
    ]


def _typed(metric: Metric, label: str, unit: str, side: str) -> Block:
    field = kit.text_input(ids.ANSWER, most=120)
    return kit.field(f"{metric}.{side}", f"{label} {side} the mesh ({unit})", field, optional=True)


def reading() -> Payload:
    """While files are read."""
    said = "I am reading the files. This view changes by itself; you may also close it."
    return modal("reading", "Measure", [kit.section("reading", said)])


def unread(text: str) -> Payload:
    """A file that cannot be used, and why; nothing was stored."""
    said = f"{escaped(text, 1500)}\n\nNothing of these files was stored."
    return modal("unread", "Measure", [kit.section("unread", said)])


def found(compared: Compared, meta: str) -> Payload:
    """What the runs came to, or why they are unlike, with the way to set one refusal aside."""
    if _of_nodes(compared):
        return modal("compared", "Measure", [_nodes(compared)])
    where = " ".join(each for each in (compared.service, compared.endpoint) if each) or "the nodes"
    runs = (
        f"*{escaped(where, 200)}:* {count(compared.baseline, 'run')} without the mesh, "
        f"{count(compared.mesh, 'run')} with it."
    )
    verdict, *rest = (escaped(each, 400) for each in compared.lines)
    lines = [verdict[:1].upper() + verdict[1:], *(f"• {each}" for each in rest)]
    blocks = [kit.section("runs", cut("\n".join([runs, *lines]), 3000))]
    if not compared.refusals:
        return modal("compared", "Measure", blocks)
    return modal(
        ids.OVERRIDE,
        "These runs are unlike",
        [*blocks, *_refused(compared)],
        submit="Set one aside",
        meta=meta,
    )


def _of_nodes(compared: Compared) -> bool:
    """Whether readings were compared, whatever service was chosen: each line begins with one."""
    return all(each.partition(",")[0].lower() in PER_NODE for each in compared.lines)


def _nodes(compared: Compared) -> Block:
    """What nodes used on either side, and that it counts for them alone."""
    files = (
        f"*The nodes:* {count(compared.baseline, 'file')} without the mesh, "
        f"{count(compared.mesh, 'file')} with it."
    )
    lines = [f"• {_capital(escaped(each, 400))}" for each in compared.lines]
    service = escaped(compared.service, 200)
    note = [f"_CPU and memory count for the nodes, not for {service}._"] if service else []
    return kit.section("runs", cut("\n".join([files, *lines, *note]), 3000))


def _capital(line: str) -> str:
    """CPU keeps its capitals at the start of a line."""
    return f"CPU{line[3:]}" if line.lower().startswith("cpu,") else line[:1].upper() + line[1:]


def _refused(compared: Compared) -> list[Block]:
    lines = [f"• {escaped(text, 400)}" for _, text in compared.refusals]
    choices = {key: cut(text, 75) for key, text in reversed(compared.refusals)}.items()
    why = kit.text_input(ids.ANSWER, most=300, lines=True)
    gone = "Files that you drop for this place next take the place of the refused ones."
    return [
        kit.section("refusals", cut("*Not compared, because:*\n" + "\n".join(lines), 3000)),
        kit.context("gone", gone),
        kit.field("refusal", "Set one reason aside", kit.select(ids.ANSWER, choices)),
        kit.field(REASON, "Why may it be set aside? It stays on the record.", why),
    ]


def offer(name: str, runs: Sequence[Run], kept: str) -> Payload:
    """What was read from a file that somebody sent, with the offer to use all its runs."""
    said = [f"*{escaped(name, 200)}*", *(line for run in runs for line in summary(run))]
    if len(runs) > 1:
        said[0] += f" holds {len(runs)} runs:"
    return message(
        kit.section("read", cut("\n".join(said), 3000)),
        kit.actions("do", kit.button(ids.USE_IMPORT, "Use in a pilot", kept, style="primary")),
    )


def usage(name: str, read: Resources) -> Payload:
    """CPU and memory that somebody sent: what was read, and where it is put to use."""
    lines = [
        f"• {escaped(each.name, 80)}: "
        + ", ".join(
            said
            for said in (
                f"{number(each.cpu_cores)} cores" if each.cpu_cores is not None else "",
                f"{number(each.memory_bytes / 2**20)} MiB" if each.memory_bytes is not None else "",
            )
            if said
        )
        for each in read.usages[:10]
    ]
    if read.series:
        lines.append(f"• {count(len(read.series), 'series', 'series')} of {read.tool.title()}")
    said = f"*{escaped(name, 200)}*\n" + "\n".join(lines)
    foot = "CPU and memory are compared at once: drop both sides into `/meshfit measure`."
    if not read.series and all(each.kind != "node" for each in read.usages):
        foot = "The budgets are for nodes: `kubectl top nodes` prints what they use."
    return message(kit.section("read", cut(said, 3000)), kit.context("foot", foot))


def summary(run: Run) -> list[str]:
    """A run in a few lines; what the file does not say is said to be missing."""
    latency = run.latency_ms
    known = [
        f"{name} {number(value)} ms"
        for name in STATISTICS
        if (value := getattr(latency, name)) is not None
    ]
    lie = ((name, latency.range_of(name)) for name in STATISTICS if getattr(latency, name) is None)
    known += [f"{name} {between(*lies)}" for name, lies in lie if lies]
    rate = f"{number(run.rps)} requests a second" if run.rps is not None else "rate not given"
    errors = (
        f"{number(run.error_rate * 100)} % failed"
        if run.error_rate is not None
        else "errors not given"
    )
    lines = [f"{run.tool}: {rate}, {errors}", " · ".join(known) or "No latencies."]
    return [*lines, *(f"_{escaped(each, 300)}_" for each in run.notes[:3])]


def use(pilots: Sequence[Dossier], meta: str) -> Payload:
    """Where an imported result belongs: pilot, service, side. A lone pilot goes without saying."""
    which = "Which service?" if len(pilots) == 1 else "Which service, of which pilot?"
    choices = spots.targets(pilots)
    sides = (("baseline", "Without the mesh"), ("mesh", "With the mesh"))
    return modal(
        ids.IMPORT,
        "Use in a pilot",
        [
            kit.field(PILOT, which, kit.select(ids.ANSWER, choices)),
            kit.field(SIDE, "Which side?", kit.radio(ids.ANSWER, sides)),
            kit.field(
                "endpoint",
                "Endpoint",
                kit.text_input(ids.ANSWER, most=120),
                "Empty: all of them together.",
                optional=True,
            ),
        ],
        submit="Use it",
        meta=meta,
    )
