"""Requests to try a mesh's rules on: enough of them that every rule is met and missed.

Rather than reason about patterns, each rule is asked about sample requests that are made from the
patterns of all: a path that fits each, and one that fits none. What a dump cannot show at all (a
header, a token) is tried both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from bot.domain.reach.model import Authorization, Test
from bot.domain.reach.model.judging import Request

SOURCE = frozenset({"principal", "namespace", "account", "ip"})
HTTP = frozenset({"method", "path", "host"})
SHOWN = SOURCE | HTTP | {"port"}
"""What of a request a dump tells, or a sample can take on; every other attribute is hidden."""
MOST = 512
"""Samples for one target; beyond that its requests are not judged."""


def is_http(test: Test) -> bool:
    """Whether a test asks for what only HTTP has."""
    return test.attribute in HTTP or test.attribute.startswith("request")


def tests(policies: Iterable[Authorization]) -> Iterator[Test]:
    """Every test of some policies."""
    for policy in policies:
        for rule in policy.rules:
            for clause in rule.clauses:
                for option in clause:
                    yield from option


def samples(policies: Iterable[Authorization]) -> list[Request] | None:
    """Requests that meet and miss every rule of some policies; None if they are too many."""
    paths, hosts, hidden = ["/~"], ["~"], set[str]()
    for test in tests(policies):
        if test.attribute in {"path", "host"}:
            into = paths if test.attribute == "path" else hosts
            into += [each for value in test.values for each in _like(value)]
        elif test.attribute not in SHOWN:
            hidden.add(test.attribute)
    count = len(set(paths)) * len(set(hosts)) * 2 ** min(len(hidden), 20)
    if count > MOST:
        return None
    holding = [
        frozenset(key for key, yes in zip(sorted(hidden), each, strict=True) if yes)
        for each in product((False, True), repeat=len(hidden))
    ]
    combined = product(dict.fromkeys(paths), dict.fromkeys(hosts), holding)
    return [Request(path, host, holds) for path, host, holds in combined]


def _like(pattern: str) -> Iterator[str]:
    """Texts that fit a pattern: the shortest, and a longer one where it may be longer."""
    if "{*" in pattern:
        yield pattern.replace("{**}", "~").replace("{*}", "~")
        return
    plain = pattern.strip("*")
    if pattern != "*":
        yield plain
    if pattern.endswith("*") and plain:
        yield f"{plain}~"
    elif pattern.startswith("*") and plain:
        yield f"~{plain}"


@cache
def fits(value: str, pattern: str) -> bool:
    """Whether a text fits `exact`, `start*`, `*end`, `*` (present) or a path template."""
    if "{*" in pattern:
        return _fits_template(value.split("/"), pattern.split("/"))
    if pattern == "*":
        return bool(value)
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    if pattern.startswith("*"):
        return value.endswith(pattern[1:])
    return value == pattern


def _fits_template(wanted: list[str], asked: list[str]) -> bool:
    """Whether a path fits a template: `{*}` is one segment, `{**}`, once, any number of them."""
    if "{**}" not in asked:
        return len(wanted) == len(asked) and all(map(_fits_segment, wanted, asked))
    at = asked.index("{**}")
    before, after = asked[:at], asked[at + 1 :]
    return (
        len(wanted) >= len(before) + len(after)
        and all(map(_fits_segment, wanted, before))
        and all(map(_fits_segment, wanted[len(wanted) - len(after) :], after))
    )


def _fits_segment(wanted: str, asked: str) -> bool:
    return bool(wanted) if asked == "{*}" else wanted == asked
