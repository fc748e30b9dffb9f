"""What the pack's models say of their fields, beneath each, for whoever edits a pack.

Read from the source when a schema is asked for: read with every model, it costs each start a tenth.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]


def describe(defs: Json) -> None:
    """Give every property of a drawn model what its field's own words say, where it has any."""
    for model in _below(BaseModel):
        drawn = defs.get(model.__name__, {}).get("properties", {})
        for name, words in said_of(model).items():
            field = model.model_fields.get(name)
            if field is not None and (known := drawn.get(field.alias or name)) is not None:
                known.setdefault("description", words)


def said_of(model: type[BaseModel]) -> dict[str, str]:
    """Field → the words beneath it, its own and those of the models it extends."""
    words: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if issubclass(each, BaseModel) and each.model_fields:
            words |= _own(each)
    return words


def _own(model: type[BaseModel]) -> dict[str, str]:
    [body] = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    lines = body.body if isinstance(body, ast.ClassDef) else []
    return {
        line.target.id: inspect.cleandoc(below.value.value)
        for line, below in pairwise(lines)
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The pack's models, however deep they extend one another."""
    for each in model.__subclasses__():
        if each.__module__.startswith("bot.domain.pack"):
            yield each
        yield from _below(each)
