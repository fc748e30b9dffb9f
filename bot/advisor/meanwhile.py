"""What others saved while a form was open: it is kept, or the form is refused with their names."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import TypeVar

from bot.domain.estimate.model import Load
from bot.domain.model import Answer
from bot.domain.pack import Pack
from bot.domain.pack.pilot import Metric
from bot.domain.pilot.model import (
    Dossier,
    DrillResult,
    Edit,
    KeptRun,
    Measurement,
    PilotService,
    PolicyException,
    Seal,
)
from bot.domain.pilot.seal import changes
from bot.domain.replies import OpenedForm
from bot.domain.runs.model import Side
from bot.domain.team import Caller
from bot.domain.words import on_day
from bot.errors import Meanwhile, Stale
from bot.store import Database, pilot_log
from bot.store.pilot_log import Kind

Saved = TypeVar("Saved")
Since = Mapping[str, str]
"""Field → who else saved it last since the form was opened."""
FIRST_SEAL, CLOCK, GOAL = "first seal", "clock", "goal"
BACKUP = ".backup"
"""After a role: who stands in."""
_PLAN = {
    "driver": "the reason",
    "metric": "the metric",
    "baseline": "where the number stands today",
    "target": "where it should be",
    "unit": "the unit",
    "shows_on": "the day on which it shows",
    "measured_by": "who measures it",
    "mesh": "the mesh",
    "can_live": "whether you can live with it",
}


def to_save(
    typed: Mapping[str, Saved],
    now: Mapping[str, Saved],
    altered: Container[str],
    since: Since,
    worded: Callable[[str, object], Meanwhile],
) -> dict[str, Saved | None]:
    """A form's fields as they are to be saved: what was altered, and of the rest what is there now.

    Raises `Stale`, which names it, where somebody else saved otherwise what this person altered.
    """
    clashes = [
        field
        for field, value in typed.items()
        if field in altered and field in since and value != now.get(field)
    ]
    if clashes:
        raise Stale(worded(each, now.get(each))._replace(by=since[each]) for each in clashes)
    return {field: value if field in altered else now.get(field) for field, value in typed.items()}


def refuse(since: Since, field: str, what: str, now: str = "") -> None:
    """Nothing, or `Stale` where somebody else saved this field."""
    if field in since:
        raise Stale([Meanwhile(what, since[field], now)])


def saved_since(db: Database, caller: Caller, dossier: Dossier, opened: OpenedForm) -> Since:
    """What everybody else saved of a pilot since the form was opened."""
    board = dossier.board
    written = pilot_log.since(db, board.workspace, board.id, opened.written)
    return {
        field: by
        for kind, by, text in written
        if by != caller.user
        for field in _FIELDS[kind](text, dossier)
    }


def in_words(pack: Pack, field: str, now: object) -> Meanwhile:
    """A field of a pilot's forms and what it holds, as the person who is refused reads it."""
    role = field.removesuffix(BACKUP)
    if role in pack.roles or field == "measured_by":
        title = pack.roles[role].title if role in pack.roles else _PLAN[field]
        what = f"{title}: who stands in" if role != field else title
        return Meanwhile(what, "", "" if now else "nobody", str(now or ""))
    if field in pack.budgets:
        line = pack.budgets[field]
        return Meanwhile(line.label, "", "none" if now is None else f"{now:g} {line.unit}")
    return Meanwhile(_PLAN.get(field) or field.replace("_", " "), "", _said(pack, now))


def _said(pack: Pack, now: object) -> str:
    match now:
        case None | "":
            return "empty"
        case bool():
            return "yes" if now else "no"
        case date():
            return on_day(now)
        case float():
            return f"{now:g}"
        case PilotService():
            return now.name
    known = pack.drivers.get(str(now)) or pack.meshes.get(str(now))
    return known.label if known else str(now)


def mark(value: Answer | Load | None, *more: str | None) -> str:
    """A short mark of what is held, to see whether it is still the same."""
    written = value.model_dump_json(exclude_defaults=True) if value else ""
    return hashlib.sha256(
        "\n".join([written, *(each or "" for each in more)]).encode()
    ).hexdigest()[:8]


def measured(metric: Metric, service: str, endpoint: str) -> str:
    """The field of a figure."""
    return f"figure {metric} {service} {endpoint}"


def drilled(drill: str, side: Side) -> str:
    """The field of a drill on one side."""
    return f"drill {drill} {side}"


def excepted(*, exception: str = "", service: str = "") -> str:
    """The field of an exception, or of all those of a service."""
    return f"exception {exception} {service}"


def run_at(service: str, endpoint: str) -> str:
    """The field of the runs of a spot."""
    return f"runs {service} {endpoint}"


def _of_a_seal(text: str, dossier: Dossier) -> Iterable[str]:
    seal = Seal.model_validate_json(text)
    if seal.version == 1:
        return (*seal.terms, FIRST_SEAL)
    return (each.budget for each in changes(dossier.seals[seal.version - 2], seal))


def _of_a_figure(text: str, _: Dossier) -> Iterable[str]:
    figure = Measurement.model_validate_json(text)
    return (measured(figure.metric, figure.service, figure.endpoint),)


def _of_a_drill(text: str, _: Dossier) -> Iterable[str]:
    drill = DrillResult.model_validate_json(text)
    return (drilled(drill.drill, drill.side),)


def _of_an_exception(text: str, _: Dossier) -> Iterable[str]:
    entry = PolicyException.model_validate_json(text)
    return (excepted(exception=entry.id), excepted(service=entry.service))


def _of_a_run(text: str, _: Dossier) -> Iterable[str]:
    run = KeptRun.model_validate_json(text)
    return (run_at(run.service, run.endpoint),)


_FIELDS: Mapping[Kind, Callable[[str, Dossier], Iterable[str]]] = {
    "edit": lambda text, _: Edit.model_validate_json(text).fields,
    "seal": _of_a_seal,
    "measurement": _of_a_figure,
    "drill": _of_a_drill,
    "exception": _of_an_exception,
    "run": _of_a_run,
    "clock": lambda _, __: (CLOCK,),
    "goal": lambda _, __: (GOAL,),
    "override": lambda _, __: (),
}
"""Kind of an entry of the log → the fields that it has to do with."""
