"""Label selectors, as dumps write them."""

from __future__ import annotations

from typing import Any

from bot.cluster.model import NOTHING, Fields
from bot.domain.reach.model import Selector, SelectorRequirement

OPERATORS = {"In", "NotIn", "Exists", "DoesNotExist"}


class UnreadablePolicy(Exception):
    """A policy that Kubernetes would refuse, or that is newer than this; the message says where."""


def selector(written: Fields | None) -> Selector:
    """A selector; nothing written selects everything. Raises `Unreadable` for a new operator."""
    written = written or NOTHING
    labels = written.get("matchLabels", NOTHING)
    equal = [SelectorRequirement(key, "In", frozenset({labels[key]})) for key in sorted(labels)]
    return (*equal, *map(_requirement, written.get("matchExpressions", ())))


def _requirement(written: Any) -> SelectorRequirement:  # noqa: ANN401 - JSON
    operator = written.get("operator", "")
    if operator not in OPERATORS or "key" not in written:
        raise UnreadablePolicy(f"a selector with the operator {operator or 'missing'}")
    return SelectorRequirement(written["key"], operator, frozenset(written.get("values", ())))
