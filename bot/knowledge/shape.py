"""Whether every item has the fields its model asks for, in words for whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.pack import Pack
from bot.domain.pack.condition import Condition
from bot.knowledge.marks import Fault, Map, Path, locate, meant, plain, value_at
from bot.knowledge.models import IMPLIED, kind_at

_KINDS = {
    "string_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "finite_number": "a finite number",
    "mapping_type": "a mapping (name: value)",
    "dict_type": "a mapping (name: value)",
    "model_type": "a mapping (name: value)",
    "tuple_type": "a list",
    "date_type": "a date, like 2026-11-23",
    "date_from_datetime_parsing": "a date, like 2026-11-23",
    "date_from_datetime_inexact": "a date, like 2026-11-23",
}
_LIMITS = {
    "string_too_long": "is {given} characters long, its place in Slack holds {limit}",
    "string_too_short": "is empty, it needs words",
    "too_long": "has {given}, at most {limit} are allowed",
    "too_short": "has {given}, at least {limit} are needed",
    "greater_than_equal": "is {written}, must be at least {limit:g}",
    "greater_than": "is {written}, must be above {limit:g}",
    "less_than_equal": "is {written}, must be at most {limit:g}",
}
_BOUNDS = ("max_length", "min_length", "ge", "gt", "le")
"""Under which name pydantic tells the limit that was passed."""


def build(tree: Map) -> tuple[Pack | None, list[Fault]]:
    """The pack, or what keeps it from being one. Conditions are left to `notation`."""
    try:
        return Pack.model_validate(plain(tree)), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    lacks = [each["loc"] for each in errors if each["type"] == "missing"]
    wrong = [each for each in errors if each["type"] != "missing"]
    faults = [*_lacks(tree, (path for path in lacks if not _in_condition(path[:-1])))]
    return None, faults + [_fault(tree, each) for each in wrong if not _in_condition(each["loc"])]


def _in_condition(path: Path) -> bool:
    return any(kind_at(path[: end + 1]) is Condition for end in range(len(path)))


def _lacks(tree: Map, missing: Iterable[Path]) -> Iterator[Fault]:
    """What each item lacks; said once of a layer's new item that is called almost like another."""
    lacking: dict[Path, list[Path]] = {}
    for each in missing:
        lacking.setdefault(each[:-1], []).append(each)
    for path, fields in lacking.items():
        if near := _mistaken(tree, path):
            named = ", ".join(f"'{each[-1]}'" for each in fields)
            yield Fault(locate(tree, path), path, f"is new and lacks {named}{near}")
        else:
            yield from (_lack(tree, each) for each in fields)


def _mistaken(tree: Map, path: Path) -> str:
    """The item of the pack below that was probably meant by a new one, as the end of a sentence."""
    items = value_at(tree, path[:-1])
    if not path or not isinstance(items, Map) or path[-1] not in items.new:
        return ""
    return meant(str(path[-1]), [each for each in items if each not in items.new])


def _lack(tree: Map, path: Path) -> Fault:
    """A field that is needed and was never written, or that a layer has taken away."""
    around, field = value_at(tree, path[:-1]), str(path[-1])
    if isinstance(around, Map) and field in around.gone:
        return Fault(around.gone[field], path, "is needed: null would take it away")
    return Fault(locate(tree, path), path[:-1], f"lacks '{field}'")


def _fault(tree: Map, error: ErrorDetails) -> Fault:
    path, kind, ctx = error["loc"], error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        words = f"is not a field here{meant(str(path[-1]), _known(path[:-1]))}"
    elif kind in _KINDS:
        words = f"must be {_KINDS[kind]}, not {_shown(error['input'])}"
    elif kind in _LIMITS:
        written = error["input"]
        words = _LIMITS[kind].format(given=_size(written), written=written, limit=_limit(ctx))
    elif kind == "literal_error":
        allowed = [str(each) for each in get_args(kind_at(path))]
        written = str(error["input"])
        words = f"is '{written}', not one of {', '.join(allowed)}{meant(written, allowed)}"
    elif kind == "string_pattern_mismatch":
        words = f"is '{error['input']}': use small letters, digits and _, a letter first"
    else:
        words = f"is not right: {error['msg'].removeprefix('Value error, ')}"
    return Fault(locate(tree, error["loc"]), path, words)


def _known(path: Path) -> list[str]:
    kind = kind_at(path)
    fields = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
    return [name for name in fields if name not in IMPLIED]


def _limit(ctx: Mapping[str, object]) -> object:
    return next(ctx[each] for each in _BOUNDS if each in ctx)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple | dict) else 0


def _shown(value: object) -> str:
    """What was written, with the way out where text was meant."""
    match value:
        case None:
            return "left empty"
        case bool():
            return f"{str(value).lower()} (write it in quotes to mean the word)"
        case int() | float():
            return f"the number {value} (write it in quotes to mean text)"
        case str():
            return f"the text '{value[:40]}'"
        case dict():
            return "a mapping"
        case _:
            return "a list"
