"""Equal parts of objects made one in memory: thousands of pods repeat what their template says."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any


class SharedValues:
    """A keeper of plain values; what it gave back must not be changed."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}

    def one(self, value: Any) -> Any:  # noqa: ANN401 - any JSON
        """The value itself, or an equal one that was kept before."""
        if isinstance(value, dict):
            value = {self.one(name): self.one(each) for name, each in value.items()}
            key: Hashable = (dict, *((name, id(each)) for name, each in value.items()))
        elif isinstance(value, list | tuple):
            value = type(value)(map(self.one, value)) if type(value) in (list, tuple) else value
            key = (type(value), *map(id, value))
        else:
            key = (type(value), value)
        return self._kept.setdefault(key, value)
