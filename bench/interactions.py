"""How fast meshfit acknowledges, starts, and how much it weighs, beside a bare Bolt app.

Both run the same gunicorn and the same 64 listener threads against the same loopback Web API, in
turns, in one run; the ratios are what counts. The yardstick only acknowledges (and opens the same
modal): it reads nothing, saves nothing and draws nothing. The floor does no more either, but keeps
pages durably and imports what meshfit does: the most that could be reached on these libraries.
Beside the rates stands the CPU time of a request, which says the same at sixteen at once, also on a
machine that does something else. Takes about a minute and a half on two quiet cores.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from rich.console import Console
from rich.table import Table

from bench.load import Round, deliver, opened, percentile, rate
from bench.options import Options
from bench.people import People, Request
from bench.processes import Running, cpu_s, free_port, running, worker_mb
from bot.knowledge import load
from playground.clock import RealClock
from playground.deliver import HttpDelivery

SECRET, TOKEN = "bench", "xoxb-bench"
AT_ONCE = {1: 24, 4: 48, 16: 128}
"""People at a time → people a round."""
ROUNDS, STARTS = 5, 7
MOST_START, MOST_MEMORY = 1.3, 1.8
"""What is aimed at, as ratios to the yardstick."""

MODAL = "command, until the modal opens"
LEAST_RATE = {MODAL: 0.9, "first page, saved": 0.7, "last page, saved, with the result": 0.35}
"""Step → the same of its rate, with sixteen people at once."""
Measured = dict[tuple[str, int], list[Round]]


class House(NamedTuple):
    """Where everything stands: one Web API, one folder, the two apps that are compared."""

    web_api: str
    folder: Path
    view: Path
    options: Options = Options()

    @contextmanager
    def meshfit(self) -> Iterator[Running]:
        """`meshfit serve` in HTTP mode."""
        where = self.options.db or str(self.folder / "bench.db")
        how = ("serve", "--workers", str(self.options.workers))
        with self._ours(where, "bot", *how) as app:
            yield app

    @contextmanager
    def directly(self) -> Iterator[Running]:
        """The same in one process on SQLite, without its outbox."""
        with self._ours(str(self.folder / f"directly-{token_hex(4)}.db"), "bench.directly") as app:
            yield app

    @contextmanager
    def _ours(self, where: str, module: str, *how: str) -> Iterator[Running]:
        port = free_port()
        env = self._env | {"MESHFIT_DB": where, "MESHFIT_PORT": str(port)}
        env |= {"MESHFIT_LOG_LEVEL": "WARNING"}
        with running(module, *how, port=port, ready="/healthz", env=env) as app:
            yield app

    @contextmanager
    def bare(self) -> Iterator[Running]:
        """The yardstick."""
        with self._alike("bench.bare") as app:
            yield app

    @contextmanager
    def floor(self) -> Iterator[Running]:
        """The yardstick that keeps its pages, on the same libraries."""
        with self._alike("bench.floor", str(self.folder / f"floor-{token_hex(4)}.db")) as app:
            yield app

    @classmethod
    @contextmanager
    def opened(cls, options: Options) -> Iterator[Self]:
        """With a folder and a Web API of its own, which end with it.

        Beside the code and not in /tmp, which is often memory: a durable write must reach a disk.
        """
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix=".bench-", dir=Path.cwd())))
            port = free_port()
            api = running("bench.web_api", str(port), port=port, ready="/opened", env={})
            yield cls(stack.enter_context(api).url, folder, folder / "view.json", options)

    @contextmanager
    def _alike(self, module: str, *more: str) -> Iterator[Running]:
        port = free_port()
        where = (str(port), str(self.view), *more)
        with running(module, *where, port=port, ready="/healthz", env=self._env) as app:
            yield app

    @property
    def _env(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_APP_TOKEN": "",
            "SLACK_API_URL": f"{self.web_api}/api/",
        }


def main(options: Options) -> None:
    """Measure both in turns and print the table."""
    people = People(load())
    with ExitStack() as stack:
        house = stack.enter_context(House.opened(options))
        house.view.write_text(json.dumps(people.first_page()), "utf-8")
        starts = cold_starts(house)
        apps = [stack.enter_context(start()) for start in (house.meshfit, house.bare, house.floor)]
        fast = interleaved(house, people, apps)
        ask(apps[0], people)
        weights = [worker_mb(each.pid) for each in apps]
    Console(width=100).print(speed_table(*fast), sizes_table(starts, weights))


def cold_starts(house: House) -> list[float]:
    """Seconds until health answers, the median of each app's starts, made in turns."""
    seconds: tuple[list[float], ...] = ([], [], [])
    for _ in range(STARTS):
        for took, start in zip(seconds, (house.meshfit, house.bare, house.floor), strict=True):
            with start() as app:
                took.append(app.started_in)
    return [statistics.median(each) for each in seconds]


def interleaved(house: House, people: People, apps: Sequence[Running]) -> Sequence[Measured]:
    """Rounds of everything on each app, in turns; the first round only warms up."""
    measured: tuple[Measured, ...] = tuple(defaultdict(list) for _ in apps)
    for number in range(ROUNDS + 1):
        for at_once, many in AT_ONCE.items():
            for step, requests in journey(people, many).items():
                for app in sorted(range(len(apps)), reverse=bool(number % 2)):
                    measure = one_round(house, apps[app], step, requests, at_once)
                    if number:
                        measured[app][step, at_once].append(measure)
    return measured


def journey(people: People, many: int) -> dict[str, list[Request]]:
    """The quick path of so many new people, step by step."""
    users = people.come(many)
    first, last = (page.id for page in people.pages.quick)
    return dict(
        zip(
            LEAST_RATE,
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
    worked = cpu_s(app.pid)
    delivered = deliver(door(app), requests, at_once, lambda: opened(house.web_api) >= modals)
    return delivered._replace(cpu_ms=(cpu_s(app.pid) - worked) * 1000 / len(requests))


def ask(app: Running, people: People) -> None:
    """One question, so that what answering needs is weighed as well."""
    (user,) = people.come(1)
    deliver(door(app), [people.command(user, "ask what is mTLS?")], 1, lambda: True)


def door(app: Running) -> HttpDelivery:
    """Where signed requests are handed in."""
    return HttpDelivery(f"{app.url}/slack/events", SECRET, RealClock())


def speed_table(ours: Measured, bare: Measured, floor: Measured) -> Table:
    """Requests a second and acknowledgements, side by side."""
    names = ("step", "at once", "", "a second", "p50 ms", "p99 ms", "CPU ms")
    table = Table(*names, title="Interactions")
    for step, at_once in ours:
        a, b, c = (each[step, at_once] for each in (ours, bare, floor))
        table.add_row(step, str(at_once), "meshfit", *_figures(a))
        table.add_row("", "", "bare Bolt", *_figures(b))
        table.add_row("", "", "the floor", *_figures(c))
        ratio = _aimed(_ratio(a, b), least=LEAST_RATE[step])
        rates, cpu = f"{ratio}, floor {_ratio(c, b):.2f}", f"{_cpu_ms(b) / _cpu_ms(a):.2f}"
        table.add_row("", "", "ratio", rates, "", "", cpu, end_section=True)
    return table


def _ratio(mine: Sequence[Round], others: Sequence[Round]) -> float:
    """Of requests a second, round by round."""
    pairs = zip(mine, others, strict=True)
    return statistics.median(each.per_second / other.per_second for each, other in pairs)


def _cpu_ms(rounds: Sequence[Round]) -> float:
    return statistics.fmean(each.cpu_ms for each in rounds)


def _figures(rounds: Sequence[Round]) -> tuple[str, str, str, str]:
    return (
        f"{rate(rounds):.0f}",
        f"{percentile(rounds, 50):.1f}",
        f"{percentile(rounds, 99):.1f}",
        f"{_cpu_ms(rounds):.2f}",
    )


def sizes_table(starts: Sequence[float], weights: Sequence[float | None]) -> Table:
    """Cold start until health answers, and the worker's memory after the run."""
    title = "Start and weight"
    table = Table("", "meshfit", "bare Bolt", "the floor", "ratio", title=title)
    _add_sizes(table, "cold start, s", starts, ".2f", MOST_START)
    known = [each for each in weights if each is not None]
    if len(known) == len(weights):
        _add_sizes(table, "memory after the run, MB", known, ".0f", MOST_MEMORY)
    return table


def _add_sizes(table: Table, name: str, sizes: Sequence[float], form: str, most: float) -> None:
    ours, bare, floor = sizes
    ratio = f"{_aimed(ours / bare, most=most)}, floor {floor / bare:.2f}"
    table.add_row(name, *(f"{each:{form}}" for each in sizes), ratio)


def _aimed(ratio: float, *, least: float | None = None, most: float | None = None) -> str:
    """The ratio, and the aim where it is missed."""
    if least is not None:
        return f"{ratio:.2f}" + ("" if ratio >= least else f" (aim: at least {least})")
    return f"{ratio:.2f}" + ("" if most is None or ratio <= most else f" (aim: at most {most})")
