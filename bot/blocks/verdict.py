"""The verdict: every budget against what was measured, as a table and a chart, and the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.blocks import cites, estimate, goal, ids, kit
from bot.blocks.kit import Block
from bot.blocks.pilot_end import end_of, ended, title
from bot.blocks.surfaces import Payload, message
from bot.blocks.tables import Cell, table
from bot.blocks.words import cut, escaped, person
from bot.domain.pack import Pack
from bot.domain.pack.pilot import GOAL
from bot.domain.pilot.model import Dossier, Replaced, Verdict, VerdictRow
from bot.domain.words import count, number

RESULTS = {
    "fail": "Fail",
    "inconclusive": "Inconclusive",
    "missing": "Missing",
    "later": "Shows later",
    "pass": "Pass",
}
"""In the order in which a reader looks for them."""
CLOSES = {
    "roll_on": ("Close the pilot", "as passed"),
    "stop": ("Close the pilot", "as failed"),
    "running": ("Close without a result", "without a result, before its number shows"),
}
"""The verdict's whole → the button that closes then, and how it ends."""
MOST_ROWS = 40
"""Of the table; a last one counts what is left out, by result."""
MOST_REPLACED = 5
MOST_BARS = 10
"""Categories of a chart; Slack allows twenty."""


def private(pack: Pack, dossier: Dossier) -> Payload:
    """For whoever asked, with what can be done about it."""
    board, whole = dossier.board.id, dossier.verdict.whole
    buttons = [kit.button(ids.POST_VERDICT, "Post in the thread", board)]
    if dossier.goal_open and dossier.goal.aim is not None:
        buttons.append(kit.button(ids.GOAL, "Measure the goal", board))
    if dossier.board.result is None and whole in CLOSES:
        button, ends = CLOSES[whole]
        asks = f"It ends {ends}, its record stays as it is, and the team's card learns from it."
        confirm = ("Close the pilot?", asks, "Close it")
        buttons.append(kit.button(ids.CLOSE_PILOT, button, board, confirm=confirm))
    return message(*_blocks(pack, dossier), kit.actions("do", *buttons))


def posted(pack: Pack, dossier: Dossier, user: str) -> Payload:
    """For the pilot's thread."""
    return message(*_blocks(pack, dossier), kit.context("who", f"Asked for by {person(user)}."))


def closed(dossier: Dossier, user: str) -> Payload:
    """The end, for the thread."""
    because, by = dossier.verdict.because, person(user)
    return message(
        kit.section("closed", f"*The pilot {end_of(dossier.board)}.* {because} (closed by {by})")
    )


def _blocks(pack: Pack, dossier: Dossier) -> list[Block]:
    verdict = dossier.verdict
    after = ended(dossier.board) if dossier.board.result else f"*Next:* {verdict.action}"
    rests = _rests(pack, verdict)
    missing = _asked(verdict.having("missing"))
    caveats = [f"• {escaped(each, 600)}" for each in verdict.caveats]
    expected = dossier.estimate
    before = [estimate.told(each, expected.load) for each in expected.modes] if expected else []
    return [
        kit.header("headline", f"Pilot verdict: {title(dossier)}"),
        kit.section("because", cut(f"{verdict.because}\n{after}", 3000)),
        *_listed("goal", "", goal.told(dossier.goal)),
        *_listed("replaced", *_replaced(verdict.replaced)),
        *([_table(verdict.rows)] if verdict.rows else []),
        *_charts(verdict.rows),
        *_listed("missing", "Missing, and who could supply it", missing),
        *_listed(
            "before", "Estimated before anybody measured, for all that would be meshed", before
        ),
        *_listed("caveats", "Mind", caveats),
        kit.context("rests", rests),
    ]


def _rests(pack: Pack, verdict: Verdict) -> str:
    """The team's budgets and figures apart from the rule that reads them."""
    if not verdict.version:
        return "No budgets are sealed yet."
    named = cites.called(pack, [verdict.source])
    text = (
        f"Your figures, under your budgets version {verdict.version} (`{verdict.digest}`); the "
        f"rule `{verdict.rule}`: {cites.of_source(pack, verdict.source)}."
    )
    return f"{text} {named}".strip()


def _listed(block_id: str, title: str, lines: list[str]) -> list[Block]:
    """As many lines as one section holds, and how many it leaves out."""
    if not lines:
        return []
    shown, room = 0, 3000 - len(title) - 40
    while shown < len(lines) and (room := room - len(lines[shown]) - 1) >= 0:
        shown += 1
    more = [f"• and {len(lines) - shown} more"] if shown < len(lines) else []
    head = [f"*{title}*"] if title else []
    return [kit.section(block_id, "\n".join([*head, *lines[:shown], *more]))]


def _replaced(again: Sequence[Replaced]) -> tuple[str, list[str]]:
    """How many results took the place of others, and of what failed; the newest, each with why.

    What took the place of a failure stands first.
    """
    broke = [each for each in again if each.broke]
    others = [each for each in again if not each.broke]
    newest = [*reversed(broke), *reversed(others)][:MOST_REPLACED]
    last = [
        f"• {escaped(each.before, 300)} → {escaped(each.after, 100)}, by {person(each.by)}, "
        f"{escaped(each.origin, 120)}{_why(each)}"
        for each in newest
    ]
    counted = f"Measured again: {count(len(again), 'result')}, of which only the newest counts"
    return f"{counted}{f'; {len(broke)} in place of one that failed' if broke else ''}", last


def _why(each: Replaced) -> str:
    return f": {escaped(each.reason, 500)}" if each.reason else ", no reason given"


def _asked(rows: Sequence[VerdictRow]) -> list[str]:
    """A line for each who could supply something, and where: the budgets that wait for it."""
    asked: dict[str, list[str]] = {}
    for row in rows:
        people = ", ".join(person(each) for each in row.ask)
        who = people or row.supplied_by or "whoever runs the load tests"
        asked.setdefault(f"{who}{escaped(_where(row), 400)}", []).append(row.label)
    return [f"• {who}: {'; '.join(labels)}" for who, labels in asked.items()]


def _where(row: VerdictRow) -> str:
    where = " ".join(each for each in (row.service, row.endpoint) if each)
    return f", {where}" if where else ""


def _table(rows: Sequence[VerdictRow]) -> Block:
    """Four columns, so that a phone shows them; what needs a look stands on top."""
    head = ["Budget", "At most", "Measured", "Result"]
    order = list(RESULTS)
    worst_first = sorted(rows, key=lambda each: (each.budget != GOAL, order.index(each.result)))
    body = [
        [
            cut(f"{row.label}{_where(row)}", 120),
            _limit(row),
            _found(row),
            _said(row),
        ]
        for row in worst_first
    ]

    def left_out(shown: int) -> str:
        left = Counter(RESULTS[row.result] for row in worst_first[shown:])
        return f"{', '.join(f'{n:,} {word}' for word, n in left.items())}. The worst stand above."

    return table("rows", [head, *body], most=MOST_ROWS, left_out=left_out)


def _said(row: VerdictRow) -> Cell:
    """The result and what there is to say of it; whom it names is shown as a person."""
    result = f"{RESULTS[row.result]}{', one run a side' if row.single else ''}."
    before, user, after = row.sentence
    text = cut(f"{result} {before}", 150)
    if not user:
        return text
    named = person(user)
    return (text, user, after) if named.startswith("<@") else f"{text}{named}{after}"


def _found(row: VerdictRow) -> str:
    """What was measured, marked where it was read off ranges."""
    about = "≈ " if row.rough else ""
    return "" if row.measured is None else f"{about}{number(row.measured)} {row.unit}"


def _limit(row: VerdictRow) -> str:
    """What was agreed; of the goal, where it should be."""
    if row.budgeted is None:
        return ""
    limit = f"{number(row.budgeted)} {row.unit}".strip()
    return f"Aim: {limit}" if row.budget == GOAL else limit


def _charts(rows: Sequence[VerdictRow]) -> list[Block]:
    """Baseline beside mesh for the latencies: one chart, the figures in its text as well."""
    known = [
        row
        for row in rows
        if row.budget != GOAL
        if row.baseline is not None and row.mesh is not None and row.side_unit == "ms"
    ]
    latencies = {(_metric(row), row.service, row.endpoint): row for row in known}
    bars = {_bar(row): row for row in latencies.values()}
    if not bars:
        return []
    shown = list(bars.items())[:MOST_BARS]
    series = [
        ("Without the mesh", [(label, f"{row.baseline:.3g}") for label, row in shown]),
        ("With the mesh", [(label, f"{row.mesh:.3g}") for label, row in shown]),
    ]
    left = len(latencies) - len(shown)
    text = f"The chart shows {len(shown)} of {len(latencies)} latencies."
    note = [kit.context("chart.more", text)] if left else []
    return [kit.bars("chart", "Latency without and with the mesh", "ms", series), *note]


def _metric(row: VerdictRow) -> str:
    return row.budget.split("_")[0]


def _bar(row: VerdictRow) -> str:
    where = row.endpoint or row.service or "all"
    return cut(f"{_metric(row)} {where}", 20)
