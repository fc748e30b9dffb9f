"""Two meshfits behind a balancer on one database, killed and restarted in the middle of writing."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.blocks import notice
from bot.store import Address, holding
from bot.store.engine import store_at
from bot.store.engine.owing import now
from bot.store.export import export
from playground.clock import RealClock
from playground.manifest import read_manifest
from playground.people import Person
from playground.slack import Slack
from tests.journeys.story import QUICK, at_once, card, fills_page, modal, posted
from tests.postgres import a_database
from tests.served import ROOT, Served
from tests.test_crash import GATEWAY, has_card, newcomer, opens, walks

pytestmark = pytest.mark.exhaustive

PEOPLE, KILLS, SEED = 16, 3, 20261129
PAUSE_S = 0.2
"""Nobody answers at once; a replica that starts needs a core too."""
MODAL_S = 10
"""A modal that does not come by then went with a replica that was killed."""


class Balancer:
    """Hands each request to the next replica that takes it, as any balancer does.

    What a replica took and did not answer is answered 502: nobody knows whether it was done.
    """

    def __init__(self) -> None:
        self.ports: list[int] = []
        self._turn = count()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                status, headers, body = outer.passed_on(self)
                self.send_response(status)
                for name, each in headers:
                    self.send_header(name, each)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/slack/events"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def passed_on(self, asked: BaseHTTPRequestHandler) -> tuple[int, list[tuple[str, str]], bytes]:
        """(status, headers, body) of whichever replica took it."""
        body = asked.rfile.read(int(asked.headers["Content-Length"]))
        ports, first = list(self.ports), next(self._turn)
        for at in range(len(ports)):
            port = ports[(first + at) % len(ports)]
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as there:
                try:
                    there.connect()
                except OSError:
                    continue
                try:
                    there.request("POST", asked.path, body, dict(asked.headers.items()))
                    answer = there.getresponse()
                    told = [(k, v) for k, v in answer.getheaders() if k == "Content-Type"]
                    return answer.status, told, answer.read()
                except (OSError, http.client.HTTPException):
                    return 502, [], b""
        return 502, [], b""

    def close(self) -> None:
        """Take nothing more."""
        self.server.shutdown()
        self.server.server_close()


class Pair:
    """Two replicas; each can be killed, ended and begun while the other serves."""

    def __init__(self, slack: Slack, where: Address, home: Path, program: tuple[str, ...]) -> None:
        self.slack, self.where, self.balancer = slack, where, Balancer()
        address = str(where) if isinstance(where, Path) else where.get_secret_value()
        more = {"MESHFIT_DB": address}
        self.both = [Served(slack, home / f"{name}.db", more=more) for name in ("a", "b")]
        for each in self.both:
            each.program = program
        self.begin(*self.both)

    def begin(self, *which: Served) -> None:
        """Start them, and let requests through to all that run."""
        for each in which:
            each.begin()
        running = [e for e in self.both if e.process and e.process.poll() is None]
        self.balancer.ports = [each.port for each in running]
        self.slack.connect(self.balancer.url)

    def close(self) -> None:
        """Leave nothing running."""
        for each in self.both:
            each.clean_up()
        self.balancer.close()

    def owed(self) -> int:
        """How many rows are due."""
        with closing(store_at(self.where)) as store, store.reading() as db:
            return holding.waiting(db, now())[0]


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    return tmp_path / "meshfit.db" if request.param == "sqlite" else a_database()


@contextmanager
def running(where: Address, home: Path, *program: str) -> Iterator[Pair]:
    """Two replicas on one database, of meshfit or of another program, beside a Slack."""
    with Slack(manifest=read_manifest(ROOT / "manifest.yml"), clock=RealClock()) as slack:
        slack.patient = False
        pair = Pair(slack, where, home, program or ("-m", "bot"))
        try:
            yield pair
        finally:
            pair.close()


@pytest.fixture
def pair(where: Address, tmp_path: Path) -> Iterator[Pair]:
    with running(where, tmp_path) as pair:
        yield pair


class Writer:
    """One person who answers and asks, and what of it was acknowledged."""

    def __init__(self, person: Person, stop: threading.Event) -> None:
        self.person, self.stop, self.slack = person, stop, person._slack
        self.kept = self.tried = self.times = 0
        self.asked = set[str]()

    def goes_on(self) -> None:
        """Until asked to stop, whatever a replica that dies leaves unanswered."""
        while not self.stop.wait(PAUSE_S):
            self._saves_a_page()
            self._asks()

    def _saves_a_page(self) -> None:
        person = self.person
        self.slack.world.modals[person.id] = []
        if not person.types("/meshfit assess", in_="payments").ok:
            return
        if not self._comes(lambda: person.modal and "result" in person.modal.callback_id):
            return
        person.presses("Go deeper")
        if not self._comes(lambda: modal(person).title.startswith("3 of")):
            return
        self.tried += 1
        person.fills("services", self.tried)
        answer = person.submits()
        if answer is not None and answer.ok and answer.body.get("response_action") == "update":
            self.kept = self.tried

    def _comes(self, there: Callable[[], object]) -> bool:
        """Whether it comes before everybody is to stop; a replica that dies may have had it."""
        self.slack.until(lambda: there() or self.stop.is_set(), MODAL_S)
        return bool(there())

    def _asks(self) -> None:
        self.times += 1
        question = f"{self.person.user.name} asks for the {self.times}th time"
        answer = self.person.types(f"/meshfit ask {question}", in_="payments")
        if answer.ok and notice.STILL not in str(answer.body):  # late: it promised nothing yet
            self.asked.add(question)


def writing(pair: Pair, writers: list[Writer], meanwhile: Callable[[], None]) -> None:
    """Let everybody write while something happens, and a little longer."""
    stop = writers[0].stop
    stop.clear()
    threads = [threading.Thread(target=each.goes_on) for each in writers]
    for thread in threads:
        thread.start()
    try:
        meanwhile()
        heard = sum(each.kept for each in writers)
        assert pair.slack.until(lambda: sum(each.kept for each in writers) > heard, 60)
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


def nothing_is_missing(pair: Pair, writers: list[Writer]) -> None:
    """What was acknowledged is kept, and nothing that nobody said."""
    rows = [each for each in export(pair.where) if "row" in each]
    asked = [each["row"]["text"] for each in rows if each["table"] == "asked"]
    services = {
        each["row"]["respondent"]: each["row"]["answer"]["value"]
        for each in rows
        if each["table"] == "answers" and each["row"]["question"] == "services"
    }
    for each in writers:
        assert each.asked <= set(asked)
        assert each.kept <= int(services.get(each.person.id, 0)) <= each.tried
    assert len(asked) == len(set(asked))


def gathered(pair: Pair, many: int) -> list[Writer]:
    """So many people, each with a private result."""
    people, stop = [newcomer(pair.slack, f"p{at}") for at in range(many)], threading.Event()
    for person in people:
        opens(person)
        for page in QUICK:
            fills_page(person, page)
            answer = person.submits()
            assert answer is not None
            assert answer.ok
    return [Writer(person, stop) for person in people]


def shares(person: Person) -> bool:
    """Share in channel, from the private result."""
    person._slack.world.modals[person.id] = []
    person.types("/meshfit assess", in_="payments")
    if not person._slack.until(lambda: person.modal and "result" in person.modal.callback_id, 10):
        return False
    answer = person.submits()
    return answer is not None and answer.ok


def test_kills_in_the_middle_of_writing_lose_nothing_and_leave_one_card_a_team(pair: Pair):
    chance, writers = random.Random(SEED), gathered(pair, PEOPLE)
    for number in range(KILLS):
        killed = pair.both[number % 2]

        def dies(killed: Served = killed) -> None:
            time.sleep(chance.uniform(0.2, 0.8))
            killed.kill()
            pair.begin(killed)

        writing(pair, writers, dies)
        nothing_is_missing(pair, writers)
    assert any(at_once([lambda w=each: shares(w.person) for each in writers]))
    assert pair.slack.until(lambda: pair.owed() == 0, 30)
    cards = [each for each in posted(writers[0].person) if "Change answers" in each.buttons]
    assert len(cards) == 1
    rows = [each["row"] for each in export(pair.where) if each.get("table") == "assessments"]
    assert [each["status"] for each in rows].count("open") == 1
    for each in pair.both:
        assert "Traceback" not in each.log


def test_a_rolling_restart_answers_everybody_and_nothing_twice(pair: Pair):
    writers = gathered(pair, 4)

    def rolls() -> None:
        for each in pair.both:
            pair.balancer.ports = [e.port for e in pair.both if e is not each]
            assert each.end() == 0
            pair.begin(each)

    writing(pair, writers, rolls)
    nothing_is_missing(pair, writers)
    assert [each for each in pair.slack.traffic.sent("command") if each.status != 200] == []
    assert [each for each in pair.slack.traffic.sent("view_submission") if each.status != 200] == []
    assert pair.slack.until(lambda: pair.owed() == 0, 30)


DIES = """
import os, signal, sys
from pathlib import Path
from bot.__main__ import main
from bot.listeners.once import Once
from bot.outbox.posting import Posting

name, flag = sys.argv.pop(1), Path(sys.argv.pop(1))
[owner] = [each for each in (Once, Posting) if hasattr(each, name)]
real = getattr(owner, name)

def dies(*args, **more):
    result = real(*args, **more)
    if flag.exists():
        flag.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, name, dies)
main(prog_name="meshfit")
"""
"""meshfit that dies after what is named, once, when there is a file."""


def died(pair: Pair) -> bool:
    """Whether one of them did by now."""
    return pair.slack.until(lambda: sum(not each.runs() for each in pair.both) == 1, 20)


@pytest.mark.parametrize("point", ["_claimed", "_acting"])
def test_an_event_whose_process_dies_is_answered_once(where: Address, tmp_path: Path, point: str):
    flag = tmp_path / "flag"
    with running(where, tmp_path, "-c", DIES, point, str(flag)) as pair:
        slack, ana = pair.slack, pair.slack.person("ana")
        flag.touch()
        ana.mentions(GATEWAY, in_="payments")
        assert died(pair)
        [sent] = slack.traffic.sent("app_mention")
        assert sent.status == 502
        assert slack.until(lambda: slack.redeliver(sent).ok, 60)  # a lease of the dead
        assert slack.until(lambda: posted(ana)[-1].thread and pair.owed() == 0, 40)
        assert [len(each.thread) for each in posted(ana)] == [1]


@pytest.mark.parametrize("point", ["direct", "upload"])
def test_what_was_sent_and_not_noted_stands_there_once(where: Address, tmp_path: Path, point: str):
    flag = tmp_path / "flag"
    with running(where, tmp_path, "-c", DIES, point, str(flag)) as pair:
        slack, ana = pair.slack, pair.slack.person("ana")
        walks(ana)
        if point == "direct":
            flag.touch()
        assert ana.submits().ok
        assert slack.until(lambda: has_card(ana), 60)
        if point == "upload":
            flag.touch()
            assert ana.types("/meshfit record", in_="payments").ok
        assert died(pair)
        assert slack.until(lambda: pair.owed() == 0, 60)
        assert len([each for each in posted(ana) if "Change answers" in each.buttons]) == 1
        files = [each for each in card(ana).thread if "Decision record 0001" in each.text]
        assert len(files) == (point == "upload")
