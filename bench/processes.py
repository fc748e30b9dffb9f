"""What is measured runs in processes of its own, on loopback, and is ended by its process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

PATIENCE_S = 60
"""Several workers on a machine that does something else took 17 s to begin."""


class Running(NamedTuple):
    """A server that answers, and how long that took."""

    pid: int
    url: str
    started_in: float
    """Seconds from the start of the process to the first answer."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(
    module: str, *arguments: str, port: int, ready: str, env: Mapping[str, str]
) -> Iterator[Running]:
    """`python -m module arguments`, from its first answer at the path `ready` on.

    With Python's compiled files, as where it is installed, whatever this environment says of them.
    """
    url = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **env},
    )
    try:
        _wait(process, url + ready)
        yield Running(process.pid, url, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    """Until it answers 200. Raises `RuntimeError` when it ends, or takes far too long."""
    until = time.perf_counter() + PATIENCE_S
    while process.poll() is None and time.perf_counter() < until:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE_S):
                return
        except OSError:
            time.sleep(0.002)
    raise RuntimeError(f"{process.args!r} does not answer at {url}")


def cpu_s(pid: int) -> float:
    """Seconds that a process and those it began have been at work; Linux."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    begun = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(cpu_s(int(each)) for each in begun)


def worker_mb(pid: int) -> float | None:
    """Resident megabytes of what serves: every worker together, or the process itself.

    None where the system does not tell.
    """
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.is_file():
        return None
    return sum(map(_resident_mb, children.read_text().split() or [str(pid)]))


def _resident_mb(pid: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(resident.split()[1]) / 1024
