"""READ: a folder of YAML → one frozen `Pack`, or every fault in it with file and line."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.pack import Pack
from bot.errors import Faults
from bot.knowledge.assemble import assemble
from bot.knowledge.capacity import capacity_faults
from bot.knowledge.folder import read_folder
from bot.knowledge.marks import Fault, locate
from bot.knowledge.marks import Path as Steps
from bot.knowledge.notation import condition_faults
from bot.knowledge.piloting import pilot_faults
from bot.knowledge.reach import reach_faults
from bot.knowledge.references import reference_faults
from bot.knowledge.schema import schema
from bot.knowledge.shape import build
from bot.knowledge.texts import text_faults
from bot.knowledge.worksheet import worksheet_faults
from bot.settings import SHIPPED_PACK

__all__ = ["extends", "kept", "load", "schema", "told"]


def load(path: Path = SHIPPED_PACK) -> Pack:
    """The pack in a folder, laid over the shipped one if it says `extends: meshfit`.

    Raises `Faults`: each line is `file:line id: what, did you mean …`.
    """
    with _uncollected():
        return _load(path)


def _load(path: Path) -> Pack:
    tree, faults, whole = assemble(path, SHIPPED_PACK)
    pack = None
    if whole:
        pack, shape_faults = build(tree)
        faults += [*shape_faults, *condition_faults(tree), *reference_faults(tree)]
    if pack and not faults:
        read = (text_faults, capacity_faults, pilot_faults, worksheet_faults)
        faults = [fault for look in read for fault in look(pack, tree)]
    if pack and not faults:
        faults = [*reach_faults(pack, tree)]
    if faults or pack is None:
        raise Faults([str(each) for each in _sorted(faults)])
    return pack


def kept(text: str, today: Pack) -> Pack:
    """A pack that was kept as JSON; sections that did not exist at the time are today's."""
    return Pack.model_validate({**dict(today), **json.loads(text)})


def extends(path: Path) -> bool:
    """Whether the pack in a folder is laid over the shipped one."""
    return "extends" in read_folder(path).tree


def told(path: Path, placed: Iterable[tuple[Steps, str]]) -> list[str]:
    """Faults that others found in a pack, as lines with the file and line of each place."""
    tree = assemble(path, SHIPPED_PACK).tree
    faults = [Fault(locate(tree, at), at, text) for at, text in placed]
    return [str(each) for each in _sorted(faults)]


@contextmanager
def _uncollected() -> Iterator[None]:
    """While a pack is read, all that is made stays: looking for garbage is a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sorted(faults: list[Fault]) -> list[Fault]:
    """Each fault once, file by file from the top."""
    return sorted(set(faults), key=lambda fault: (fault.mark, fault.text))
