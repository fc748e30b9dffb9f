"""How fast meshfit acknowledges, starts, and how much it weighs, beside a bare Bolt app.

Both run the same gunicorn and the same 64 listener threads against the same loopback Web API, in
turns, in one run; the ratios are what counts. The yardstick only acknowledges (and opens the same
modal): it reads nothing, saves nothing and draws nothing. Takes about a minute on two quiet cores.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.load import Round, deliver, opened, percentile, rate
from bench.people import People, Request
from bench.processes import Running, free_port, running, worker_mb
from bot.knowledge import load
from playground.clock import RealClock
from playground.deliver import HttpDelivery

SECRET, TOKEN = "bench", "xoxb-bench"
AT_ONCE = {1: 24, 4: 48, 16: 128}
"""People at a time → people a round."""
ROUNDS, STARTS = 5, 7
LEAST_RATE, MOST_START, MOST_MEMORY = 0.9, 1.3, 1.3
"""What is aimed at, as ratios to the yardstick."""

MODAL = "command, until the modal opens"
STEPS = (MODAL, "first page, saved", "last page, saved, with the result")
Measured = dict[tuple[str, int], list[Round]]


class House(NamedTuple):
    """Where everything stands: one Web API, one folder, the two apps that are compared."""

    web_api: str
    folder: Path
    view: Path

    @contextmanager
    def meshfit(self) -> Iterator[Running]:
        """`meshfit serve` in HTTP mode."""
        port = free_port()
        own = {"MESHFIT_DB": str(self.folder / "bench.db"), "MESHFIT_PORT": str(port)}
        env = self._env | own | {"MESHFIT_LOG_LEVEL": "WARNING"}
        with running("bot", "serve", port=port, ready="/healthz", env=env) as app:
            yield app

    @contextmanager
    def bare(self) -> Iterator[Running]:
        """The yardstick."""
        port = free_port()
        where = (str(port), str(self.view))
        with running("bench.bare", *where, port=port, ready="/healthz", env=self._env) as app:
            yield app

    @property
    def _env(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_APP_TOKEN": "",
            "SLACK_API_URL": f"{self.web_api}/api/",
        }


def main() -> None:
    """Measure both in turns and print the table."""
    people = People(load())
    # Beside the code and not in /tmp, which is often memory: a durable write must reach a disk.
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix=".bench-", dir=Path.cwd())))
        port = free_port()
        api = running("bench.web_api", str(port), port=port, ready="/opened", env={})
        house = House(stack.enter_context(api).url, folder, folder / "view.json")
        house.view.write_text(json.dumps(people.first_page()), "utf-8")
        starts = cold_starts(house)
        ours, bare = stack.enter_context(house.meshfit()), stack.enter_context(house.bare())
        fast = interleaved(house, people, (ours, bare))
        ask(ours, people)
        weights = worker_mb(ours.pid), worker_mb(bare.pid)
    Console(width=100).print(speed_table(*fast), sizes_table(starts, weights))


def cold_starts(house: House) -> tuple[list[float], list[float]]:
    """Seconds until health answers, meshfit's and the yardstick's, started in turns."""
    ours, bare = [], []
    for _ in range(STARTS):
        with house.meshfit() as app:
            ours.append(app.started_in)
        with house.bare() as app:
            bare.append(app.started_in)
    return ours, bare


def interleaved(
    house: House, people: People, apps: tuple[Running, Running]
) -> tuple[Measured, Measured]:
    """Rounds of everything on both apps, in turns; the first round only warms up."""
    measured: tuple[Measured, Measured] = (defaultdict(list), defaultdict(list))
    for number in range(ROUNDS + 1):
        for at_once, many in AT_ONCE.items():
            for step, requests in journey(people, many).items():
                for app in (0, 1) if number % 2 else (1, 0):
                    told = one_round(house, apps[app], step, requests, at_once)
                    if number:
                        measured[app][step, at_once].append(told)
    return measured


def journey(people: People, many: int) -> dict[str, list[Request]]:
    """The quick path of so many new people, step by step."""
    users = people.come(many)
    first, last = (page.id for page in people.pages.quick)
    return dict(
        zip(
            STEPS,
            (
                [people.command(user) for user in users],
                [people.submit(first, user) for user in users],
                [people.submit(last, user) for user in users],
            ),
            strict=True,
        )
    )


def one_round(
    house: House, app: Running, step: str, requests: Sequence[Request], at_once: int
) -> Round:
    """One step of everybody's journey on one app."""
    modals = opened(house.web_api) + (len(requests) if step == MODAL else 0)
    return deliver(door(app), requests, at_once, lambda: opened(house.web_api) >= modals)


def ask(app: Running, people: People) -> None:
    """One question, so that what answering needs is weighed as well."""
    (user,) = people.come(1)
    deliver(door(app), [people.command(user, "ask what is mTLS?")], 1, lambda: True)


def door(app: Running) -> HttpDelivery:
    """Where signed requests are handed in."""
    return HttpDelivery(f"{app.url}/slack/events", SECRET, RealClock())


def speed_table(ours: Measured, bare: Measured) -> Table:
    """Requests a second and acknowledgements, side by side."""
    table = Table("step", "at once", "", "a second", "p50 ms", "p99 ms", title="Interactions")
    for step, at_once in ours:
        a, b = ours[step, at_once], bare[step, at_once]
        ratio = statistics.median(
            mine.per_second / other.per_second for mine, other in zip(a, b, strict=True)
        )
        table.add_row(step, str(at_once), "meshfit", *_figures(a))
        table.add_row("", "", "bare Bolt", *_figures(b))
        table.add_row("", "", "ratio", _aimed(ratio, least=LEAST_RATE), end_section=True)
    return table


def _figures(rounds: Sequence[Round]) -> tuple[str, str, str]:
    return (
        f"{rate(rounds):.0f}",
        f"{percentile(rounds, 50):.1f}",
        f"{percentile(rounds, 99):.1f}",
    )


def sizes_table(
    starts: tuple[list[float], list[float]], weights: tuple[float | None, float | None]
) -> Table:
    """Cold start until health answers, and the worker's memory after the run."""
    table = Table("", "meshfit", "bare Bolt", "ratio", title="Start and weight")
    ours, bare = (statistics.median(each) for each in starts)
    ratio = _aimed(ours / bare, most=MOST_START)
    table.add_row("cold start, s", f"{ours:.2f}", f"{bare:.2f}", ratio)
    mine, other = weights
    if mine and other:
        ratio = _aimed(mine / other, most=MOST_MEMORY)
        table.add_row("memory after the run, MB", f"{mine:.0f}", f"{other:.0f}", ratio)
    return table


def _aimed(ratio: float, *, least: float | None = None, most: float | None = None) -> str:
    """The ratio, and the aim where it is missed."""
    if least is not None:
        return f"{ratio:.2f}" + ("" if ratio >= least else f" (aim: at least {least})")
    return f"{ratio:.2f}" + ("" if most is None or ratio <= most else f" (aim: at most {most})")
