"""What it costs that what is acknowledged is owed: the same acts with the outbox and without.

    python -m bench outbox

Whole ways through the quick path, of people who each share in a channel of their own: a command,
two pages, and the share that owes card and detail. The clock stops when all stands in Slack, so
that what the relay does counts. Without: `bench.directly`, which draws and posts the same by the
same code, and keeps no rows of it. Both in turns, in one run. CPU time says the same on a machine
that does something else besides.
"""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.interactions import House, door
from bench.load import PATIENCE_S
from bench.options import Options
from bench.people import People
from bench.processes import Running, cpu_s
from bot.knowledge import load
from playground.deliver import HttpDelivery

AT_ONCE, MANY, ROUNDS = 8, 48, 7
ACTS = 4
"""Of one person: a command, two pages, a share."""
MOST = 0.1
"""What the outbox may cost of the rate."""


class Pace(NamedTuple):
    """Acts a second until all are acknowledged, until all stands in Slack, and a second of CPU."""

    acknowledged: float
    stands: float
    of_cpu: float


def main(options: Options) -> None:
    """Measure both in turns, and print what the difference is."""
    people = People(load())
    with ExitStack() as stack:
        house = stack.enter_context(House.opened(options))
        apps = [stack.enter_context(start()) for start in (house.meshfit, house.directly)]
        each = sum(posted_by(house, app, people) for app in apps) // 2
        measured: tuple[list[Pace], ...] = ([], [])
        for number in range(ROUNDS):
            for at in sorted(range(len(apps)), reverse=bool(number % 2)):
                measured[at].append(one_round(house, apps[at], people, each))
    _draw(*measured)


def posted_by(house: House, app: Running, people: People) -> int:
    """How many messages one share comes to: the app is warm then."""
    before = posted(house)
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        list(at_once.map(lambda user: walk(door(app), people, user), people.come(MANY)))
    time.sleep(2)
    return (posted(house) - before) // MANY


def one_round(house: House, app: Running, people: People, each: int) -> Pace:
    """Everybody's way, on one app. Raises `RuntimeError` where not all comes to stand in Slack."""
    users, wanted = people.come(MANY), posted(house) + each * MANY
    worked, begun = cpu_s(app.pid), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        list(at_once.map(lambda user: walk(door(app), people, user), users))
    acknowledged = time.perf_counter()
    while posted(house) < wanted:
        if time.perf_counter() > acknowledged + PATIENCE_S:
            raise RuntimeError("not everything that was shared came to stand in Slack")
        time.sleep(0.002)
    spans = (acknowledged - begun, time.perf_counter() - begun, cpu_s(app.pid) - worked)
    return Pace(*(ACTS * MANY / seconds for seconds in spans))


def walk(to: HttpDelivery, people: People, user: str) -> list[float]:
    """One person's four acts, in milliseconds. Raises `RuntimeError` for one not acknowledged."""
    channel = f"C{user[1:]}"
    first, last = (page.id for page in people.pages.quick)
    came = to.send(*people.command(user, channel=channel))
    began = to.send(*people.submit(first, user, channel))
    result = to.send(*people.submit(last, user, channel))
    shared = to.send(*people.share(user, result.body["view"]))
    if not (came.ok and began.ok and shared.body == {"response_action": "clear"}):
        raise RuntimeError(f"not shared: {came, began, shared}")
    return [came.ms, began.ms, result.ms, shared.ms]


def posted(house: House) -> int:
    """How many messages were posted so far."""
    with urllib.request.urlopen(f"{house.web_api}/opened", timeout=PATIENCE_S) as answer:
        return int(json.load(answer)["posted"])


def _draw(ours: Sequence[Pace], without: Sequence[Pace]) -> None:
    table = Table("acts", "with the outbox", "without", "it costs", title="The outbox")
    names = ("a second, acknowledged", "a second, until it stands in Slack", "a second of CPU")
    for name, mine, others in zip(
        names, zip(*ours, strict=True), zip(*without, strict=True), strict=True
    ):
        costs = 1 - statistics.median(a / b for a, b in zip(mine, others, strict=True))
        cost = f"{costs:.0%}" + ("" if costs < MOST else f" (aim: less than {MOST:.0%})")
        table.add_row(
            name, f"{statistics.median(mine):.0f}", f"{statistics.median(others):.0f}", cost
        )
    Console(width=100).print(table)
