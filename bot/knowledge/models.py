"""What the models of a pack expect at each place, read from their annotations."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.knowledge.marks import Map, Path, Seq

Annotation = Any
"""A type as pydantic holds it: a class, or something with origin and arguments."""

IMPLIED = {"id": "the key it stands under", "topic": "the name of its file"}
"""Fields that are not written but follow from where an item stands."""


def strip(kind: Annotation) -> Annotation:
    """A type without `| None` and without the limits annotated on it."""
    inside = [each for each in get_args(kind) if each is not type(None)]
    if _origin(kind) in (tuple, None) or len(inside) != 1:
        return kind
    return strip(inside[0])


def below(kind: Annotation, step: str | int) -> Annotation:
    """The type of a field, of a mapping's values or of a list's elements; None where unknown."""
    kind = strip(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(str(step))
        return field.annotation if field else None
    origin = _origin(kind)
    if origin is tuple and isinstance(step, int):
        return get_args(kind)[0]
    return get_args(kind)[1] if origin is Mapping and isinstance(step, str) else None


def kind_at(path: Path) -> Annotation:
    """The type expected at a path from the top of a pack."""
    kind: Annotation = Pack
    for step in path:
        kind = strip(below(kind, step))
    return kind


def _origin(kind: Annotation) -> Annotation:
    return get_origin(kind)


def _keyed() -> dict[str, type[BaseModel]]:
    kinds = ((name, below(field.annotation, "any")) for name, field in Pack.model_fields.items())
    return {
        name: kind
        for name, kind in kinds
        if isinstance(kind, type) and issubclass(kind, BaseModel) and "id" in kind.model_fields
    }


KEYED = _keyed()
"""Sections that map an id to an item, and the model of their items."""


ORDERED = (*KEYED, "facts")
"""Sections in which an item of a layer may say `before` which other it goes."""


def conditions(tree: Map) -> Iterator[tuple[Path, object]]:
    """Every place where a pack holds a condition, with what is written there."""
    return _conditions(tree, Pack, ())


@cache
def _leads_to_one(kind: Hashable) -> bool:
    """Whether a condition can stand anywhere inside; most of a pack is prose."""
    kind = strip(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields: list[Annotation] = [field.annotation for field in kind.model_fields.values()]
        return kind is Condition or any(_leads_to_one(each) for each in fields)
    return any(_leads_to_one(each) for each in get_args(kind) if each is not Ellipsis)


def _conditions(value: object, kind: Annotation, path: Path) -> Iterator[tuple[Path, object]]:
    optional, kind = kind is not Condition, strip(kind)
    if kind is Condition:
        if not (optional and value is None):
            yield path, value
    elif not _leads_to_one(kind):
        return
    elif isinstance(value, Map):
        for key, inside in value.items():
            yield from _conditions(inside, below(kind, key), (*path, key))
    elif isinstance(value, Seq):
        for index, inside in enumerate(value):
            yield from _conditions(inside, below(kind, index), (*path, index))
