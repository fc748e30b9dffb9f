"""Measuring: the form, and what a comparison found."""

from __future__ import annotations

from bot.blocks import ids, kit, spots
from bot.blocks.kit import Block
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import count, cut, escaped, person
from bot.domain.pack.pilot import Metric
from bot.domain.pilot.model import Compared, Dossier, Saving, Side

AGAIN = "again"
OR_TYPE = "*Or type the figures.* Of several runs: one figure each, spaces between."
TYPED: tuple[tuple[Metric, str, str], ...] = (
    ("p50", "p50 latency", "ms"),
    ("p95", "p95 latency", "ms"),
    ("p99", "p99 latency", "ms"),
    ("error_rate", "Failed calls", "%"),
    ("cpu", "CPU in use on a node", "cores"),
    ("memory", "Memory in use on a node", "MiB"),
)
"""(metric, label, unit) of what can be typed."""
IF_BUDGETED: frozenset[Metric] = frozenset({"p99"})
"""What is asked for only where a budget is about it."""
SIDES: dict[Side, str] = {"baseline": "without the mesh", "mesh": "with the mesh"}
MOST_FILES = 5
REASON = "reason"
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
        kit.section("or", OR_TYPE),
    ]
    budgeted = {term.metric for term in dossier.seal.terms.values()} if dossier.seal else set()
    for metric, label, unit in TYPED:
        if metric in IF_BUDGETED - budgeted:
            continue
        blocks += [_typed(metric, label, unit, side) for side in SIDES]
    blocks.append(_again())
    return modal(ids.MEASURE, "Measure", blocks, submit="Save", meta=meta)


def _again() -> Block:
    why = kit.text_input(ids.ANSWER, most=500, lines=True)
    hint = "Needed where a budget is broken there: the reason stays beside both figures."
    return kit.field(AGAIN, "Why is it measured again?", why, hint, optional=True)


def typed(saving: Saving) -> Payload:
    """The form's place, once typed figures are saved."""
    lines = ["*Saved.* The pilot's thread says so too.", *(f"• {_line(e)}" for e in saving.lines)]
    return modal("typed", "Measure", [kit.section("typed", cut("\n".join(lines), 3000))])


def saved(dossier: Dossier, saving: Saving) -> Payload:
    """One saving in a line for the thread, the worst figure first; the rest behind *More*."""
    rest = len(saving.lines) - 1
    more = f", and {count(rest, 'figure')} more" if rest else ""
    why = f" Measured again: {escaped(saving.reason, 600)}" if saving.reason else ""
    said = f"*Measured:* {_line(saving.lines[0])}{more}; by {person(saving.by)}, {saving.origin}."
    button = kit.button(ids.VERDICT, "More", dossier.board.id) if rest else None
    return message(kit.section("saved", cut(f"{said}{why}", 3000), button))


def _line(told: str) -> str:
    return escaped(told, 400)


def _earlier() -> Block:
    return kit.field(
        EARLIER,
        "Runs that were dropped for this place before",
        kit.select(ids.ANSWER, EARLIER_CHOICES.items()),
        "Empty: add these to them. Begin anew where a wrong file was among them.",
        optional=True,
    )


def _files() -> list[Block]:
    hints: dict[Side, str] = {
        "baseline": "What the load tester wrote or printed; I tell which one by the content.",
        "mesh": "The same test again, with the mesh. It may also come later.",
    }
    return [
        kit.field(
            f"files.{side}",
            f"Results {SIDES[side]}",
            kit.file_input(ids.ANSWER, MOST_FILES),
            hint,
            optional=True,
        )
        for side, hint in hints.items()
    ]


def _typed(metric: Metric, label: str, unit: str, side: Side) -> Block:
    field = kit.text_input(ids.ANSWER, most=120)
    return kit.field(f"{metric}.{side}", f"{label} {SIDES[side]} ({unit})", field, optional=True)


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
    if compared.what == "readings":
        return modal("compared", "Measure", [_nodes(compared)])
    where = " ".join(each for each in (compared.service, compared.endpoint) if each) or "the nodes"
    runs = (
        f"*{escaped(where, 200)}:* {count(compared.baseline, 'run')} without the mesh, "
        f"{count(compared.mesh, 'run')} with it."
    )
    verdict, *rest = (escaped(each, 400) for each in compared.lines)
    lines = [verdict[:1].upper() + verdict[1:], *(f"• {each}" for each in rest)]
    blocks = [kit.section("runs", cut("\n".join([runs, *lines]), 3000))]
    if compared.baseline and compared.mesh:
        press = kit.button(ids.POST_RUNS, "Post a report in the thread", compared.dossier.board.id)
        blocks.append(kit.actions("report", press))
    if not compared.refusals:
        return modal("compared", "Measure", blocks, meta=meta)
    return modal(
        ids.OVERRIDE,
        "These runs are unlike",
        [*blocks, *_refused(compared)],
        submit="Set one aside",
        meta=meta,
    )


def reported() -> Payload:
    """The report was posted."""
    said = "The report is in the pilot's thread, as a file: open it in a browser, or print it."
    return modal("reported", "Measure", [kit.section("reported", said)])


def _nodes(compared: Compared) -> Block:
    """What nodes used on either side, and that it counts for them alone."""
    files = (
        f"*The nodes:* {count(compared.baseline, 'file')} without the mesh, "
        f"{count(compared.mesh, 'file')} with it."
    )
    lines = [f"• {escaped(each, 400)}" for each in compared.lines]
    service = escaped(compared.service, 200)
    note = [f"_CPU and memory count for the nodes, not for {service}._"] if service else []
    return kit.section("runs", cut("\n".join([files, *lines, *note]), 3000))


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
