"""`meshfit playground` as people start it: a process, a port, a file, an end."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.playground.test_pages import do, get

pytestmark = pytest.mark.exhaustive


class Running:
    """The address of a started playground, shaped as the helpers of the pages expect it."""

    def __init__(self, root: str) -> None:
        self.root = root


def command(*args: str) -> list[str]:
    return [sys.executable, "-m", "bot", "playground", *args]


@contextmanager
def started(folder: Path, *more: str) -> Iterator[Running]:
    process = subprocess.Popen(
        command("--port", "0", "--db", str(folder / "demo.db"), *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())[0])
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize("more", [[], ["--socket"]], ids=["http", "socket"])
def test_it_answers_remembers_and_forgets(tmp_path: Path, more: list[str]) -> None:
    with started(tmp_path, *more) as slack:
        do(slack, "ana", act="type", text="/meshfit pilot", **{"in": "payments"})
        wait_for(slack, "0 of 5 steps done")
    with started(tmp_path, *more) as slack:
        assert "0 of 5 steps done" in get(slack, "/ben/payments")
    with started(tmp_path, "--reset", *more) as slack:
        assert "Nothing here yet" in get(slack, "/ben/payments")


def wait_for(slack: Running, words: str) -> None:
    with urlopen(f"{slack.root}/live") as line:
        while words not in get(slack, "/ana/payments"):
            line.readline()


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with started(tmp_path) as slack:
        port = slack.root.rsplit(":", 1)[1]
        tried = subprocess.run(
            command("--port", port, "--db", str(tmp_path / "other.db")),
            capture_output=True,
            text=True,
            check=False,
        )
    assert tried.returncode == 2
    assert f"Port {port} is taken" in tried.stderr
    assert tried.stderr.count("\n") == 1
