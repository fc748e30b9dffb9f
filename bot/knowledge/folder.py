"""A pack's folder → its sections, each a mapping id → item that remembers file and line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path as File
from typing import NamedTuple

from bot.domain.pack import Pack
from bot.knowledge.marks import Fault, Map, Mark, meant
from bot.knowledge.reading import MAX_CHARACTERS, Reading, read

HEADER = ("name", "version", "schema", "extends")
SECTIONS = (*HEADER, *(name for name in Pack.model_fields if name not in HEADER))
FOLDERS = ("entries", "examples", "findings")
MAX_FILES = 500
MAX_BELOW = 2
"""Folders below the pack that are searched for misplaced files; a ring of links ends here."""


class Sections(NamedTuple):
    """What the files of a folder say together; not whole when one could not be read."""

    tree: Map
    faults: list[Fault]
    whole: bool


def read_folder(folder: File) -> Sections:
    """Every section of the pack in a folder, whichever file it stands in."""
    sections = Sections(Map(Mark(shown(folder / "pack.yaml"), 1)), [], True)
    try:
        files = list(_yaml_files(folder))
    except OSError as error:
        return _spoilt(sections, folder, f"cannot be listed: {error.strerror}")
    if not files or len(files) > MAX_FILES:
        return _spoilt(
            sections, folder, f"holds {len(files)} .yaml files, 1 to {MAX_FILES} are read"
        )
    for file in files:
        sections = _with(sections, _read_file(file, folder), file)
    return sections


def shown(path: File) -> str:
    """A path as a person would type it: below the current folder without what leads there."""
    full = os.path.abspath(path)
    here = os.path.join(os.path.abspath(os.curdir), "")
    return full.removeprefix(here)


def _yaml_files(folder: File, below: int = 0) -> Iterator[File]:
    """Everything that looks like a part of the pack, also in the wrong place, in a fixed order."""
    for name in sorted(os.listdir(folder)):
        path = folder / name
        if name.startswith("."):
            continue
        if path.is_dir() and below < MAX_BELOW:
            yield from _yaml_files(path, below + 1)
        elif name.endswith((".yaml", ".yml")):
            yield path


def _read_file(file: File, folder: File) -> Reading:
    room, name = file.relative_to(folder).parts[:-1], shown(file)
    if misplaced := _misplaced(file, room):
        return Reading(None, [Fault(Mark(name, 1), (), misplaced)], True)
    text = _text(file, name)
    if isinstance(text, Fault):
        return Reading(None, [text], False)
    if room != ("examples",):
        return read(text, name)
    example = read(text, name, ("examples", file.stem))
    return example._replace(tree=_nested(example.tree, name, "examples", file.stem))


def _misplaced(file: File, room: tuple[str, ...]) -> str | None:
    """Why a file would never be read, if so."""
    if file.suffix == ".yml":
        return f"is not read: call it {file.stem}.yaml"
    if room in ((), *((name,) for name in FOLDERS)):
        return None
    near = meant(room[0], FOLDERS) if len(room) == 1 else ""
    return f"is not read: a pack has the folders {', '.join(FOLDERS)}" + near


def _text(file: File, name: str) -> str | Fault:
    """The text of a file, or why there is none."""
    top = Mark(name, 1)
    try:
        if not file.is_file():
            return Fault(top, (), "is not a file, or a link that leads nowhere")
        if file.stat().st_size > 4 * MAX_CHARACTERS:
            return Fault(top, (), f"is too large: at most {MAX_CHARACTERS:,} characters")
        data = file.read_bytes()
    except OSError as error:
        return Fault(top, (), f"cannot be read: {error.strerror}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Fault(Mark(name, line), (), "is not UTF-8 text: save it as UTF-8")


def _nested(tree: object, file: str, *names: str) -> Map:
    """A document that is one item, put where the item belongs."""
    outer = Map(Mark(file, 1))
    inner = tree if len(names) == 1 else _nested(tree, file, *names[1:])
    outer.put(names[0], inner, Mark(file, 1))
    return outer


def _with(sections: Sections, more: Reading, file: File) -> Sections:
    """The sections so far and those of one more file."""
    faults = [*sections.faults, *more.faults]
    if isinstance(more.tree, Map):
        for name in more.tree:
            faults += _join(sections.tree, more.tree, name)
    elif more.whole and not more.faults:
        faults.append(Fault(Mark(shown(file), 1), (), "is not a mapping of sections"))
    return Sections(sections.tree, faults, sections.whole and more.whole)


def _join(sections: Map, more: Map, name: str) -> Iterator[Fault]:
    """Add one section of a file, refusing what another file has already given."""
    mark, value, old = more.marks[name], more[name], sections.get(name)
    if name not in SECTIONS:
        yield Fault(mark, (name,), f"is not a section of a pack{meant(name, SECTIONS)}")
    elif name not in sections:
        sections.put(name, value.copy() if isinstance(value, Map) else value, mark)
    elif isinstance(old, Map) and isinstance(value, Map):
        for key in value:
            if key in old:
                yield Fault(value.marks[key], (name, key), _twice(old.marks[key]))
            else:
                old.put(key, value[key], value.marks[key])
    else:
        yield Fault(mark, (name,), _twice(sections.marks[name]))


def _twice(first: Mark) -> str:
    return f"is given twice, first in {first.file}:{first.line}"


def _spoilt(sections: Sections, folder: File, words: str) -> Sections:
    return Sections(
        sections.tree, [*sections.faults, Fault(Mark(shown(folder), 0), (), words)], False
    )
