"""Whether meshfit stays as it is while it is used for long: memory, threads, descriptors.

    python -m bench soak [--minutes 60] [--db postgresql://…]

Five acts a second: people, each in a channel of their own, walk the quick path, share, ask, and
look at what stands. Loopback alone, and it ends by itself. Linux, since it looks at /proc.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.interactions import House, door
from bench.options import Options
from bench.outbox import posted, walk
from bench.people import People
from bench.processes import Running, cpu_s, worker_mb
from bot.knowledge import load

EVERY_S = 1.6
"""Seconds from one person to the next, of eight acts each."""
ROWS = 12
AFTERWARDS = ("ask Does a mesh replace an API gateway?", "", "history", "whatif")


class Seen(NamedTuple):
    """The process at one moment, and what was done by then."""

    minute: float
    mb: float
    threads: int
    descriptors: int
    cpu_s: float
    people: int
    posted: int
    worst_ms: float
    """The slowest of a median person's acts since the last look."""


def main(options: Options) -> None:
    """Use it for so many minutes, look a dozen times, and print what was seen."""
    people = People(load())
    with House.opened(options) as house, house.meshfit() as app:
        rows = used(house, app, people, options.minutes * 60)
    _draw(rows)


def used(house: House, app: Running, people: People, seconds: float) -> list[Seen]:
    """One person after another, and a look at each twelfth of the time."""
    begun, rows, worst = time.monotonic(), list[Seen](), list[float]()
    while (now := time.monotonic() - begun) < seconds:
        if now >= len(rows) * seconds / ROWS:
            rows.append(seen(house, app, people.met, now, worst))
            worst.clear()
        worst.append(max(one_person(app, people)))
        time.sleep(max(0.0, begun + now + EVERY_S - time.monotonic()))
    return [*rows, seen(house, app, people.met, now, worst)]


def one_person(app: Running, people: People) -> list[float]:
    """Milliseconds until each of their acts was acknowledged; raises `RuntimeError` for one not."""
    [user] = people.come(1)
    to = door(app)
    took = walk(to, people, user)
    for words in AFTERWARDS:
        answer = to.send(*people.command(user, words, f"C{user[1:]}"))
        if not answer.ok:
            raise RuntimeError(f"not acknowledged: {words}")
        took.append(answer.ms)
    return took


def seen(house: House, app: Running, many: int, at: float, worst: list[float]) -> Seen:
    """One look."""
    status = Path(f"/proc/{app.pid}/status").read_text()
    threads = next(line for line in status.splitlines() if line.startswith("Threads:"))
    return Seen(
        at / 60,
        worker_mb(app.pid) or 0.0,
        int(threads.split()[1]),
        len(os.listdir(f"/proc/{app.pid}/fd")),
        cpu_s(app.pid),
        many,
        posted(house),
        statistics.median(worst) if worst else 0.0,
    )


def _draw(rows: list[Seen]) -> None:
    names = ("minute", "MB", "threads", "descriptors", "CPU s", "people", "posted", "slowest ms")
    table = Table(*names, title="A soak")
    for row in rows:
        table.add_row(*(f"{each:.0f}" for each in row))
    Console(width=100).print(table)
