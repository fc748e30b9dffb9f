"""The sections of a pack made whole: laid over the shipped one, ids and topics filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path as File

from bot.knowledge.folder import Sections, read_folder
from bot.knowledge.layering import lay_over
from bot.knowledge.marks import Fault, Map, Mark, meant
from bot.knowledge.models import IMPLIED, KEYED

SHIPPED_NAME = "meshfit"
SCHEMA = 1
WHOLE = ("questions", "rules", "entries")
"""What no whole pack goes without."""


def assemble(folder: File, shipped: File) -> Sections:
    """What a folder says, over the shipped pack if it extends it; whether all could be read."""
    own = read_folder(folder)
    sections = own.tree
    faults = [*own.faults, *_header_faults(sections, folder == shipped)]
    if own.whole and folder != shipped:
        faults += _told_of_layers(sections)
    base_known = sections.get("extends", SHIPPED_NAME) == SHIPPED_NAME
    whole = own.whole and base_known  # over an unknown base, all that it would hold is missing
    if whole and "extends" in sections and folder != shipped:
        base = read_folder(shipped)
        sections, more = lay_over(base.tree, sections)
        faults += [*base.faults, *more]
        whole = base.whole
    faults += _complete(sections)
    for name in ("schema", "extends"):
        sections.pop(name, None)
    return Sections(sections, faults, whole)


def _header_faults(sections: Map, is_shipped: bool) -> Iterator[Fault]:
    version = sections.get("schema", SCHEMA)
    if version != SCHEMA or isinstance(version, bool):
        words = f"is {version}: this meshfit reads packs of schema {SCHEMA}"
        yield Fault(sections.marks["schema"], ("schema",), words)
    base = sections.get("extends", SHIPPED_NAME)
    if base != SHIPPED_NAME or ("extends" in sections and is_shipped):
        near = meant(str(base), (SHIPPED_NAME,)) if base != SHIPPED_NAME else ""
        named = "left empty" if base is None else f"'{base}'"
        words = f"is {named}: only '{SHIPPED_NAME}' can be extended, by another pack{near}"
        yield Fault(sections.marks["extends"], ("extends",), words)


def _told_of_layers(sections: Map) -> Iterator[Fault]:
    """A folder that holds a part of a pack was meant to lie over the shipped one, most likely."""
    lacking = [name for name in WHOLE if name not in sections]
    if "extends" not in sections and lacking:
        words = (
            f"is missing, so this folder is the whole pack, and it lacks {', '.join(lacking)}: "
            f"write `extends: {SHIPPED_NAME}` in pack.yaml to lay it over the shipped one"
        )
        yield Fault(sections.mark, ("extends",), words)


def _complete(sections: Map) -> Iterator[Fault]:
    """Give every item the fields that follow from where it stands."""
    for name, items in sections.items():
        if name in KEYED and isinstance(items, Map):
            for key, item in items.items():
                if isinstance(item, Map):
                    items[key] = own = item.copy()
                    yield from _imply(own, (name, key), items.marks[key])


def _imply(item: Map, path: tuple[str, str], mark: Mark) -> Iterator[Fault]:
    implied = {"id": path[1], "topic": _stem(mark.file)}
    for field in sorted(IMPLIED.keys() & KEYED[path[0]].model_fields.keys()):
        if field in item:
            words = f"is not written: it is {IMPLIED[field]}"
            yield Fault(item.marks[field], (*path, field), words)
        item.put(field, implied[field], mark)


@cache
def _stem(file: str) -> str:
    """The name of a file without its ending; a file holds many items."""
    return File(file).stem
