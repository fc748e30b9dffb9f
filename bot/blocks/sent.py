"""Results that somebody sent: what was read of each, which of its runs counts, and for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from bot.blocks import ids, kit, spots
from bot.blocks.kit import Block, Choice
from bot.blocks.measure import SIDES, again
from bot.blocks.steps import Steps, pages_of
from bot.blocks.surfaces import Payload, message, modal
from bot.blocks.words import between, capital, cut, escaped
from bot.domain.pilot.model import Dossier, KeptFile, ToChoose
from bot.domain.runs.model import STATISTICS, Resources, Run, Side, settings_apart
from bot.domain.words import count, each_once, number

PILOT, SIDE, RUN = "pilot", "side", "run"
MOST_NOTES = 3
"""Of one run that are written out, beside those that stand under several."""
ALL = "all"
"""The choice of every run of a file."""


def offer(name: str, runs: Sequence[Run], kept: str) -> Payload:
    """What was read from a file that somebody sent, with the offer to use all its runs."""
    title, shared = f"*{escaped(name, 200)}*", shared_notes(runs)
    if len(runs) > 1:
        title += f" holds {len(runs)} runs:"
    notes = (f"_{escaped(each, 400)}_" for each in each_once(shared, len(runs)))
    away = {note for _, note in shared}
    lines = [title, *notes, *(line for run in runs for line in summary(run, away))]
    return message(
        kit.section("read", cut("\n".join(lines), 3000)),
        kit.actions("do", kit.button(ids.USE_IMPORT, "Use in a pilot", kept, style="primary")),
    )


def usage(name: str, read: Resources) -> Payload:
    """CPU and memory that somebody sent: what was read, and where it is put to use."""
    lines = [
        f"• {escaped(each.name, 80)}: "
        + ", ".join(
            text
            for text in (
                f"{number(each.cpu_cores)} cores" if each.cpu_cores is not None else "",
                f"{number(each.memory_bytes / 2**20)} MiB" if each.memory_bytes is not None else "",
            )
            if text
        )
        for each in read.usages[:10]
    ]
    if read.series:
        lines.append(f"• {count(len(read.series), 'series', 'series')} of {read.tool.title()}")
    text = f"*{escaped(name, 200)}*\n" + "\n".join(lines)
    foot = "CPU and memory are compared at once: drop both sides into `/meshfit measure`."
    if not read.series and all(each.kind != "node" for each in read.usages):
        foot = "The budgets are for nodes: `kubectl top nodes` prints what they use."
    return message(kit.section("read", cut(text, 3000)), kit.context("foot", foot))


def shared_notes(runs: Sequence[Run]) -> list[tuple[str, str]]:
    """Notes that stand under several runs, with which run: said once, above them."""
    often = Counter(note for run in runs for note in set(run.notes))
    return [
        (f"run {at}", note)
        for at, run in enumerate(runs, 1)
        for note in dict.fromkeys(run.notes)
        if often[note] > 1
    ]


def summary(run: Run, away: Container[str] = ()) -> list[str]:
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
    notes = [each for each in run.notes if each not in away]
    more = len(notes) - MOST_NOTES
    lines += [f"_{escaped(each, 300)}_" for each in notes[:MOST_NOTES]]
    return [*lines, f"_… and {count(more, 'more note')}._"] if more > 0 else lines


def runs_of(file: KeptFile) -> list[Choice]:
    """(value, text) of what may be chosen of a file: all runs that are of one test, or one."""
    apart = settings_apart(file.runs) if file.choices else []
    each = [(f"{at}", _called(at, run, apart)) for at, run in enumerate(file.runs, 1)]
    return each if file.choices else [(ALL, f"All {len(each)}, as runs of one test"), *each]


def _called(at: int, run: Run, apart: Sequence[str]) -> str:
    """A run in a menu: what it asked for or reached, how else it was sent, and its p95."""
    asked, reached = run.requested_rps, run.rps
    facts = (
        f"asked for {number(asked)}/s" if asked else "",
        f"{number(reached)}/s" if reached is not None and not asked else "",
        f"{run.connections:,} at once" if run.connections else "",
        *(f"{each} {run.settings[each]}" for each in apart if each in run.settings),
        f"p95 {number(run.latency_ms.p95)} ms" if run.latency_ms.p95 is not None else "",
    )
    return cut(f"{at}: {', '.join(filter(None, facts)) or run.tool}", 75)


def _which(file: KeptFile, at: int, words: str) -> Block:
    initial = None if file.choices else ALL
    menu = kit.select(ids.ANSWER, runs_of(file), initial)
    return kit.field(f"{RUN}.{at}", words, menu)


def choose(waiting: ToChoose) -> Steps:
    """Files of several tests were dropped, or of too many runs: which run of each is meant."""
    several = [(at, side, file) for at, (side, file) in enumerate(waiting.files) if file.choices]
    names = ", ".join(
        f"*{escaped(file.name, 120)}* ({len(file.runs)} runs)" for _, _, file in several
    )
    rest = [escaped(file.name, 120) for _, file in waiting.files if not file.choices]
    text = f"A side takes runs of one test, ten at most. Choose which run is meant of {names}."
    beside = f"Beside them, as they are: {', '.join(rest)}." if rest else "Nothing counts yet."
    first, *others = pages_of(
        [[_which(file, at, _asked(side, file))] for at, side, file in several]
    )
    head = [kit.section("several", cut(text, 3000)), kit.context("beside", cut(beside, 3000))]
    return Steps(ids.CHOOSE_RUN, "Which run?", "Compare", [[*head, *first], *others])


def _asked(side: Side, file: KeptFile) -> str:
    return cut(f"The run {SIDES[side]}, of {file.name}", 150)


def use(pilots: Sequence[Dossier], file: KeptFile, meta: str) -> Payload:
    """Where an imported result belongs: pilot, service, side. A lone pilot goes without saying."""
    which = "Which service?" if len(pilots) == 1 else "Which service, of which pilot?"
    choices = spots.targets(pilots)
    sides = [(side, capital(words)) for side, words in SIDES.items()]
    return modal(
        ids.IMPORT,
        "Use in a pilot",
        [
            kit.field(PILOT, which, kit.select(ids.ANSWER, choices)),
            *([_which(file, 0, "Which of its runs?")] if len(file.runs) > 1 else []),
            kit.field(SIDE, "Which side?", kit.radio(ids.ANSWER, sides)),
            kit.field(
                "endpoint",
                "Endpoint",
                kit.text_input(ids.ANSWER, most=120),
                "Empty: all of them together.",
                optional=True,
            ),
            *again(*pilots),
        ],
        submit="Use it",
        meta=meta,
    )
