"""Who may call a workload, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import click
from rich import box
from rich.table import Table

from bot.domain.reach.model import Callers
from bot.domain.reach.model.answer import ReachChange
from bot.domain.reach.telling import headline, in_short
from bot.domain.words import on_day
from bot.terminal.output import console, say, visible

SHOWN = 6
"""Names in a line; the others are counted."""


def say_callers(callers: Callers, seen: date) -> None:
    """The whole answer about one target."""
    say(visible(headline(callers)))
    if callers.callers:
        say(_table(("may call it", "on", "let in by"), map(_caller, callers.callers)))
    if callers.shut_out:
        say("Named by a policy, and shut out:")
        rows = ((each.workload, each.why, "\n".join(each.by)) for each in callers.shut_out)
        say(_table(("workload", "why", "named by"), rows))
    say("Not judged:")
    for each in callers.not_judged:
        names = f" It bears on {_some(each.workloads)}." if each.workloads else ""
        say(f"  {visible(each.what)}: {visible(each.why)}.{visible(names)}")
    say(f"\nFrom a dump of {on_day(seen)}: who may call by its policies, not who does.")


def _caller(caller: Sequence[object]) -> tuple[str, str, str]:
    name, ports, by = caller
    rules = "\n".join(by) if isinstance(by, tuple) and by else "no policy bars it"
    return str(name), str(ports), rules


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, width=console().width)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*("\n".join(map(visible, each.split("\n"))) for each in row))
    return table


def say_line(callers: Callers) -> None:
    """One target in one line."""
    click.echo(visible(in_short(callers)))


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"


def say_change(change: ReachChange) -> None:
    """What the later dump opens and closes."""
    say(visible(f"{change.target}:"))
    if not change.in_both:
        say("  it is in one of the dumps only")
    for each in change.opened:
        say(visible(f"  opened: {each.workload} may call it, {each.ports}"))
    for each in change.closed:
        say(visible(f"  closed: {each.workload} may no longer call it, {each.ports}"))
    for one in change.changed:
        say(
            visible(
                f"  changed: {one.workload} may call it, {one.before} before, {one.after} after"
            )
        )
    if not (change.opened or change.closed or change.changed):
        say("  the same may call it before and after")
