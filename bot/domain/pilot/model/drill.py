"""One drill, as it was seen and as it is on the record."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, model_validator

from bot.domain.model import Frozen
from bot.domain.runs.model import Side
from bot.domain.words import number


class CallersSeen(Frozen):
    """Who may call a workload, as a drill attached it: names alone."""

    how: Literal["json", "page", "list"]
    """What `meshfit callers --json` printed, the page of `--proof`, or a list by hand."""
    target: str = Field("", max_length=200)
    """Empty for a list by hand."""
    workloads: tuple[str, ...] = Field((), max_length=500)
    anybody: bool | None = None
    """Whether no policy selects the target; None where nobody can tell from a list."""
    shut_out: int = Field(0, ge=0)
    not_judged: int = Field(0, ge=0)
    digest: str = ""
    """SHA-256 of what was attached."""


class DrillSeen(Frozen):
    """What was seen in one drill, done once."""

    drill: str
    side: Side
    expected: str = Field("", max_length=1000)
    seen: str = Field("", max_length=2000)
    as_expected: bool
    minutes: float | None = Field(None, ge=0)
    """None when it was ended before its end was reached."""
    proof: str = Field("", max_length=2000)
    """What was attached: a link, what was refused."""
    callers: CallersSeen | None = None
    """Only for a drill that asks for them."""
    reason: str = Field("", max_length=500)
    """Why it was done again after one that broke its budget or was not as expected."""

    @model_validator(mode="before")
    @classmethod
    def _as_once_written(cls, tree: Any) -> Any:  # noqa: ANN401 - whatever pydantic was given
        """Logs of before 2026-11-29 say `with_mesh`."""
        if isinstance(tree, dict) and "with_mesh" in tree:
            tree = dict(tree)
            tree["side"] = "mesh" if tree.pop("with_mesh") else "baseline"
        return tree


class DrillResult(DrillSeen):
    """The same on the record."""

    by: str
    at: datetime

    @property
    def told(self) -> str:
        """`12 min, not as expected`."""
        took = f"{number(self.minutes)} min" if self.minutes is not None else "ended early"
        return f"{took}, {'as expected' if self.as_expected else 'not as expected'}"
