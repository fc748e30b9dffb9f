"""What a person waits for, with little history behind it and with much, on either database.

    python -m bench history [--many 1000000] [--db postgresql://…]

One new database is measured with a thousand closed assessments in it, then filled up and measured
again: for each what was answered, said, recorded and asked, and for every tenth a pilot. The least
of many rounds is taken, so that what else the machine does counts little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from bench.filling import fill
from bench.options import Options
from bot.advisor import Advisor, Desk
from bot.domain.pack import Pack
from bot.domain.team import Caller
from bot.knowledge import load
from bot.store import Address
from bot.store.health import opened

FEW, ROUNDS, MOST = 1_000, 25, 1.2
WORKSPACE = ":T0BENCH"
Path_ = tuple[str, Callable[[], object]]


def main(options: Options) -> None:
    """Measure, fill, measure again, and print the table."""
    with TemporaryDirectory(prefix=".bench-", dir=Path.cwd()) as folder:
        where: Address = SecretStr(options.db) if options.db else Path(folder) / "history.db"
        with closing(opened(where)) as store:
            advisor = Advisor(desk := Desk(store, load()))
            assert desk.index  # built once, before anything is measured
            fill(store, WORKSPACE, desk.digest, 0, FEW)
            numbers = count()
            before = measured(advisor, numbers)
            fill(store, WORKSPACE, desk.digest, FEW, options.many)
            if options.db:
                with store.noting() as db:
                    db.execute("ANALYZE")
            after = measured(advisor, numbers)
    _draw(before, after, options)


def measured(advisor: Advisor, numbers: Iterator[int]) -> dict[str, float]:
    """The least milliseconds of each thing that a person waits for."""
    least: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, act in _acts(advisor, next(numbers)):
            begun = time.perf_counter()
            act()
            took = (time.perf_counter() - begun) * 1000
            least[name] = min(took, least.get(name, took))
    return least


def _acts(advisor: Advisor, number: int) -> Iterator[Path_]:
    """One new person in a channel that has decided before, and all that they do there."""
    me = Caller(workspace=WORKSPACE, channel=f"C0H{number}", user=f"U0NEW{number}")
    need, hold = (_page(advisor.desk.pack, page) for page in ("need", "hold"))
    yield "first page, saved", lambda: advisor.checklist.save(me, "need", need)
    yield "last page, saved, with the result", lambda: advisor.checklist.save(me, "hold", hold)
    yield "share", lambda: advisor.teams.share(me, {})
    yield "the card", lambda: advisor.teams.card(me)
    yield "change an answer", lambda: advisor.teams.change(me, {"services": {"value": number + 9}})
    yield "ask", lambda: advisor.asking.ask(me, "Does a mesh replace an API gateway?")
    yield "write a record", lambda: advisor.records.write(me)
    yield "history", lambda: advisor.records.history(me)
    yield "Home", lambda: advisor.homes.home(WORKSPACE, me.user)
    yield "pilot, opened", lambda: advisor.pilots.open(me)
    yield "what can be deleted", lambda: advisor.records.held(me)
    yield "delete what is mine", lambda: advisor.records.erase_mine(me)
    yield "everything about me", lambda: advisor.records.erase_everywhere(me)


def _page(pack: Pack, page: str) -> Mapping[str, object]:
    """A quick page as the article's example answers it."""
    answers = pack.examples["article"].answers
    return {each.id: answers[each.id] for each in pack.asked_on(page)}


def _draw(before: dict[str, float], after: dict[str, float], options: Options) -> None:
    title = f"What a person waits for, on {'PostgreSQL' if options.db else 'SQLite'}"
    table = Table("", f"{FEW:,}: ms", f"{options.many:,}: ms", "ratio", title=title)
    for name, ms in before.items():
        ratio = after[name] / ms
        missed = f" (aim: at most {MOST})" if ratio > MOST else ""
        table.add_row(name, f"{ms:.2f}", f"{after[name]:.2f}", f"{ratio:.2f}{missed}")
    Console(width=100).print(table)
