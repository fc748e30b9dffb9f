"""A large upload is read in a process of its own, which ends: nobody waits for what it holds.

One at a time, behind everything else, for so many seconds of the processor and no longer.
"""

from __future__ import annotations

import contextlib
import io
import os
import threading
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from bot.errors import BadInput
from bot.loadtests.together import Result

Held = TypeVar("Held")
SMALL = 256 * 2**10
"""Bytes that are read at once, where they are not packed."""
SECONDS = 20.0
MOST_MEMORY = 2 * 2**30
_turn = threading.Lock()


def read_result(content: bytes) -> Result:
    """The result that a file holds."""
    from bot.loadtests.registry import read  # noqa: PLC0415 - sixty formats, once a file comes

    return read(io.BytesIO(content), size=len(content))


def read_bounded(content: bytes, seconds: float = SECONDS) -> Result:
    """What an upload holds. Raises what `read` raises, and `BadInput` where it takes too long."""
    instead = "run meshfit inspect on it at a terminal, or upload the tool's summary"
    return bounded(content, read_result, instead, seconds)


def bounded(
    content: bytes, reader: Callable[[bytes], Held], instead: str, seconds: float = SECONDS
) -> Held:
    """What a reader finds; a function of a module, so that the other process knows it too."""
    if len(content) <= SMALL and not content.startswith(b"\x1f\x8b"):
        return reader(content)
    with _turn:
        result = _read_apart(content, seconds, reader, instead)
    if isinstance(result, BadInput):
        raise result
    return result


def _read_apart(
    content: bytes, seconds: float, reader: Callable[[bytes], Held], instead: str
) -> Held | BadInput:
    """Read in a process of its own; it is gone when this returns."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(there, content, seconds, reader), daemon=True)
    worker.start()
    there.close()
    try:
        if here.poll(seconds * 3):  # it is behind everything else, so it may wait for its turn
            result: Held | BadInput = here.recv()
            return result
    except EOFError:
        pass  # it died of its limits
    finally:
        worker.kill()
        worker.join()
        here.close()
    return BadInput(f"This file takes more than {seconds:g} s to read, so I stopped: {instead}.")


def _work(
    there: Connection, content: bytes, seconds: float, reader: Callable[[bytes], object]
) -> None:
    """Read, within limits that the system holds, and say what was found."""
    _hold_back(seconds)
    try:
        result = reader(content)
    except BadInput as bad:
        result = bad
    there.send(result)
    there.close()


def _hold_back(seconds: float) -> None:
    """Behind other processes, and no further than so much of the machine."""
    import resource  # noqa: PLC0415 - not on every system

    os.nice(10)
    whole = max(1, round(seconds))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
