"""Measuring: the form, and what a comparison found."""

from __future__ import annotations

from bot.blocks import ids, kit, spots
from bot.blocks.kit import Block
from bot.blocks.steps import Steps
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import cut, escaped
from bot.domain.pack.pilot import PER_NODE, Metric
from bot.domain.pilot.model import Compared, Dossier
from bot.domain.runs.model import Side
from bot.domain.words import count

AGAIN = "again"
HOW, FILES, FIGURES = "how", "files", "figures"
HOW_CHOICES = {FILES: "Files of results", FIGURES: "Figures to type"}
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
IN_A_SECTION = 7
"""Refusals of 400 characters each, so that none is cut off."""
SIDES: dict[Side, str] = {"baseline": "without the mesh", "mesh": "with the mesh"}
MOST_FILES = 5
REASON = "reason"
EARLIER, ANEW = "earlier", "anew"
EARLIER_CHOICES = {"add": "Add these to them", ANEW: "Begin anew, without them"}


def form(dossier: Dossier, how: str = FILES, where: tuple[str, str] = ("", "")) -> Steps:
    """First what was measured; then files, or the figures that are counted there."""
    endpoint = " ".join(filter(None, where)) if where[0] else f"The nodes {where[1]}".strip()
    of = kit.context("of", f"*{escaped(endpoint, 400)}*")
    fields = _files() if how == FILES else _figures(dossier, nodes=not where[0])
    return Steps(ids.MEASURE, "Measure", "Save", [_spot(dossier), [of, *fields]])


def _spot(dossier: Dossier) -> list[Block]:
    endpoint = kit.text_input(ids.ANSWER, most=120, empty="POST /pay")
    return [
        kit.context("intro", "No opinions on overhead here, only runs."),
        kit.field("service", "What was measured?", kit.select(ids.ANSWER, spots.measured(dossier))),
        kit.field(
            "endpoint",
            "Endpoint or node",
            endpoint,
            "Empty: all of them together.",
            optional=True,
        ),
        kit.field(HOW, "What do you have of it?", kit.radio(ids.ANSWER, HOW_CHOICES.items())),
        *again(dossier),
    ]


def plan_first(dossier: Dossier | None) -> Payload:
    """Nothing can be measured before the plan names services: the way there."""
    if dossier is None:
        sentence, go = "This channel has no pilot yet: it begins with its plan.", ids.START_PILOT
        button = kit.button(go, "Start the pilot", "new", style="primary")
    else:
        sentence = "What is measured is what the plan names, and it names no service yet."
        button = kit.button(ids.PLAN, "Plan", dossier.board.id, style="primary")
    return message(kit.section("first", sentence), kit.actions("do", button))


def again(*pilots: Dossier) -> list[Block]:
    """Why it is measured again, where a budget is broken; asked for there alone."""
    broken = [figure for each in pilots for figure in each.broken]
    if not broken:
        return []
    why = kit.text_input(ids.ANSWER, most=500, lines=True)
    hint = f"Needed where a budget is broken; the reason stays. Now: {'; '.join(broken)}."
    return [kit.field(AGAIN, "Why is it measured again?", why, cut(hint, 300), optional=True)]


def metrics(dossier: Dossier, *, nodes: bool) -> list[tuple[Metric, str, str]]:
    """What can be typed: of nodes what is counted for nodes, of a service the rest."""
    budgeted = {term.metric for term in dossier.seal.terms.values()} if dossier.seal else set()
    return [
        each
        for each in TYPED
        if (each[0] in PER_NODE) == nodes and each[0] not in IF_BUDGETED - budgeted
    ]


def _figures(dossier: Dossier, *, nodes: bool) -> list[Block]:
    asked = metrics(dossier, nodes=nodes)
    return [
        kit.context("runs", "Of several runs: one figure each, spaces between."),
        *(_typed(*each, side) for each in asked for side in SIDES),
    ]


def _files() -> list[Block]:
    hints: dict[Side, str] = {
        "baseline": "What the load tester wrote or printed; I tell which one by the content.",
        "mesh": "The same test again, with the mesh. It may also come later.",
    }
    fields = [
        kit.field(
            f"files.{side}",
            f"Results {SIDES[side]}",
            kit.file_input(ids.ANSWER, MOST_FILES),
            hint,
            optional=True,
        )
        for side, hint in hints.items()
    ]
    asked = kit.select(ids.ANSWER, (("cpu", "CPU in cores"), ("memory", "Memory in bytes")))
    query = "Only for files from Prometheus: what did the query ask for?"
    return [*fields, _earlier(), kit.field("quantity", query, asked, optional=True)]


def _earlier() -> Block:
    return kit.field(
        EARLIER,
        "Runs that were dropped for this endpoint before",
        kit.select(ids.ANSWER, EARLIER_CHOICES.items()),
        "Empty: add these to them. Begin anew where a wrong file was among them.",
        optional=True,
    )


def _typed(metric: Metric, label: str, unit: str, side: Side) -> Block:
    field = kit.text_input(ids.ANSWER, most=120)
    return kit.field(f"{metric}.{side}", f"{label} {SIDES[side]} ({unit})", field, optional=True)


def reading() -> Payload:
    """While files are read."""
    text = "I am reading the files. This view changes by itself; you may also close it."
    return modal("reading", "Measure", [kit.section("reading", text)])


def unread(text: str) -> Payload:
    """A file that cannot be used, and why; nothing was stored."""
    sentence = f"{escaped(text, 1500)}\n\nNothing of these files was stored."
    return modal("unread", "Measure", [kit.section("unread", sentence)])


def found(compared: Compared, meta: str) -> Payload:
    """What the runs came to, or why they are unlike, with the way to set one refusal aside."""
    if compared.what == "readings":
        return modal("compared", "Measure", [_nodes(compared)])
    where = " ".join(each for each in (compared.service, compared.endpoint) if each) or "the nodes"
    runs = (
        f"*{escaped(where, 200)}:* {count(compared.baseline, 'run')} without the mesh, "
        f"{count(compared.mesh, 'run')} with it."
    )
    verdict, *rest = (escaped(each, 700) for each in compared.lines)
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
        submit="Override one",
        meta=meta,
    )


def reported() -> Payload:
    """The report was posted."""
    text = "The report is in the pilot's thread, as a file: open it in a browser, or print it."
    return modal("reported", "Measure", [kit.section("reported", text)])


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
    gone = "Files that you drop for this endpoint next take the place of the refused ones."
    return [
        kit.section("refusals", f"*Not compared, because of {count(len(lines), 'difference')}:*"),
        *(
            kit.section(f"refusals.{at}", "\n".join(lines[at : at + IN_A_SECTION]))
            for at in range(0, len(lines), IN_A_SECTION)
        ),
        kit.context("gone", gone),
        kit.field("refusal", "Override one reason", kit.select(ids.ANSWER, choices)),
        kit.field(REASON, "Why may it be overridden? It stays on the record.", why),
    ]
