"""Files that somebody gave, and where in a pilot what they hold belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.pilot.kept_runs import about
from bot.domain.pilot.model import KeptRun, Override
from bot.domain.replies import OpenedForm
from bot.domain.runs.model import Quantity, Run, Side
from bot.errors import BadInput
from bot.loadtests.together import Result
from bot.loadtests.uploads import read_bounded


class File(NamedTuple):
    """A file somebody gave."""

    name: str
    content: bytes


class Spot(NamedTuple):
    """Where in the slice something was measured."""

    service: str
    endpoint: str


class BesideFiles(NamedTuple):
    """What goes with files: what Prometheus was asked for, the form that begins anew, and why."""

    quantity: Quantity | None = None
    anew: OpenedForm | None = None
    again: str = ""
    """Why it is measured again, where a budget was broken."""


NOTHING_ASKED = BesideFiles()


class Aside(NamedTuple):
    """A refusal, and why it may be set aside."""

    refusal: str
    reason: str
    again: str = ""
    """Why a broken figure is measured again; else the same reason."""


def read_file(file: File) -> Result:
    """What a file holds; raises `BadInput` that names it, `NotAResult` where it is another kind."""
    try:
        return read_bounded(file.content)
    except BadInput as bad:
        raise type(bad)(f"{file.name}: {bad.sentence}") from None


def kept_run(spot: Spot, side: Side, name: str, run: Run) -> KeptRun:
    """A run at its place, not yet part of a batch. Raises `BadInput` where it cannot be there."""
    try:
        here = about(run, spot.endpoint)
    except BadInput as bad:
        raise BadInput(f"{name}: {bad.sentence}") from None
    return KeptRun(
        service=spot.service, endpoint=spot.endpoint, side=side, file=name, batch="", run=here
    )


def spot_of(kept: KeptRun | Override) -> Spot:
    """Where it was measured."""
    return Spot(kept.service, kept.endpoint)


def waits(base: Sequence[Run]) -> str:
    """What is still needed."""
    side = "with the mesh" if base else "without the mesh"
    return f"Saved. A run {side} is still needed before anything can be compared."
