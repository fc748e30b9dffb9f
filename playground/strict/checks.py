"""The small words in which Block Kit's rules are written down: checks that compose into tables.

A check walks one JSON value and yields a fault, in Slack's wording, for each rule it breaks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

Json: TypeAlias = Any


class Fault(NamedTuple):
    """What is wrong, and the JSON pointer of where."""

    at: str
    says: str

    def __str__(self) -> str:
        """The form in which Slack reports it."""
        return f"[ERROR] {self.says} [json-pointer:{self.at}]"


Check: TypeAlias = Callable[[Json, str], Iterator[Fault]]


def string(most: int, least: int = 1) -> Check:
    """A string of `least` to `most` characters."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(at, "must be a string")
        elif len(value) > most:
            yield Fault(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            yield Fault(at, f"must be more than {least - 1} characters")

    return check


def matching(pattern: str, says: str, most: int = 3000) -> Check:
    """A string that the whole pattern matches."""
    whole, sized = re.compile(pattern), string(most)

    def check(value: Json, at: str) -> Iterator[Fault]:
        yield from sized(value, at)
        if isinstance(value, str) and not whole.fullmatch(value):
            yield Fault(at, says)

    return check


def url(most: int = 3000) -> Check:
    """A web address."""
    return matching(r"https?://\S+", "must be a valid URL", most)


def flag(value: Json, at: str) -> Iterator[Fault]:
    """True or false."""
    if not isinstance(value, bool):
        yield Fault(at, "must be a boolean")


def integer(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Fault(at, "must be an integer")
        elif not least <= value <= most:
            yield Fault(at, f"must be between {least} and {most}")

    return check


def number(above: float | None = None) -> Check:
    """Any finite number, or one above a bound."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Fault(at, "must be a number")
        elif not math.isfinite(value):
            yield Fault(at, "must be a finite number")
        elif above is not None and value <= above:
            yield Fault(at, f"must be greater than {above:g}")

    return check


def among(*choices: str | int) -> Check:
    """One of a few fixed values."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if value not in choices:
            yield Fault(at, f"must be one of {', '.join(map(str, choices))}")

    return check


def nullable(inner: Check) -> Check:
    """Null, or what `inner` accepts."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if value is not None:
            yield from inner(value, at)

    return check


def each(inner: Check, least: int, most: int) -> Check:
    """A list of `least` to `most` items that `inner` accepts."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(at, "must be an array")
            return
        if len(value) > most:
            yield Fault(at, f"no more than {most} items allowed")
        if len(value) < least:
            yield Fault(at, f"no fewer than {least} items allowed")
        for place, item in enumerate(value):
            yield from inner(item, f"{at}/{place}")

    return check


def shape(
    needs: Mapping[str, Check] | None = None,
    may: Mapping[str, Check] | None = None,
    rules: Sequence[Check] = (),
) -> Check:
    """An object with these fields and no others; `rules` look at it once its fields are sound."""
    required = dict(needs or {})
    fields = {**required, **(may or {})}

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(at, "must be an object")
            return
        faults = [*_keys(value, required, fields, at), *_values(value, fields, at)]
        yield from faults
        if not faults:
            for rule in rules:
                yield from rule(value, at)

    return check


def _keys(
    value: Json, required: Mapping[str, Check], fields: Mapping[str, Check], at: str
) -> Iterator[Fault]:
    for key in value.keys() - fields.keys() - {"type"}:
        yield Fault(at, f"invalid additional property: {key}")
    for key in required.keys() - value.keys():
        yield Fault(at, f"missing required field: {key}")


def _values(value: Json, fields: Mapping[str, Check], at: str) -> Iterator[Fault]:
    for key, check in fields.items():
        if key in value:
            yield from check(value[key], f"{at}/{key}")


def by_type(table: Mapping[str, Check]) -> Check:
    """An object whose `type` names its row in the table."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(at, "must be an object")
        elif value.get("type") not in table:
            yield Fault(f"{at}/type", f"unsupported type: {value.get('type')}")
        else:
            yield from table[value["type"]](value, at)

    return check


def exactly_one(*keys: str) -> Check:
    """One of these fields is there, and only one."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if sum(key in value for key in keys) != 1:
            yield Fault(at, f"must provide exactly one of {', '.join(keys)}")

    return check


def any_of(*keys: str) -> Check:
    """At least one of these fields is there."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if not any(key in value for key in keys):
            yield Fault(at, f"must provide at least one of {', '.join(keys)}")

    return check


def at_most_one(*keys: str) -> Check:
    """None or one of these fields is there."""

    def check(value: Json, at: str) -> Iterator[Fault]:
        if sum(key in value for key in keys) > 1:
            yield Fault(at, f"must provide no more than one of {', '.join(keys)}")

    return check


def walk(value: Json) -> Iterator[dict[str, Json]]:
    """Every object inside a JSON value, outermost first."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)
