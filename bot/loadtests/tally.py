"""Raw samples, endpoint by endpoint, as a streamed file brings them → one run."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.runs.model import Endpoint, Figures, Run
from bot.errors import BadInput
from bot.loadtests.figures import counted
from bot.loadtests.figures import name as clean
from bot.loadtests.samples import MOST_SAMPLES, Samples, computed

MOST_ENDPOINTS = 200
"""More names than this are URLs with ids in them."""
ALL = ""
_NUMBERED = re.compile(r"(.+)-(\d+)", re.DOTALL)


class Tallied:
    """One endpoint's samples, failures and span of time."""

    def __init__(self) -> None:
        self.samples = Samples()
        self.errors = 0
        self.first, self.last = math.inf, -math.inf
        """Seconds since 1970: the earliest start and the latest end."""

    @property
    def duration_s(self) -> float | None:
        """From the first start to the last end."""
        return self.last - self.first if self.last > self.first else None

    def spans(self, start: float, end: float) -> None:
        """Widen the span."""
        self.first, self.last = min(self.first, start), max(self.last, end)


class Tally:
    """Samples by endpoint; names are given up, not samples, where there are too many of them."""

    def __init__(self) -> None:
        self.by_name: dict[str, Tallied] = {}
        self.too_many_names = False
        self._count = 0

    def of(self, name: str) -> Tallied:
        """The endpoint of this name; its name is checked when it is met first."""
        if tallied := self.by_name.get(ALL if self.too_many_names else name):
            return tallied
        if len(self.by_name) >= MOST_ENDPOINTS:
            self._give_up_names()
            return self.by_name[ALL]
        if name:
            clean(name)
        return self.by_name.setdefault(name, Tallied())

    def add(self, name: str, value_ms: float, *, failed: bool = False) -> Tallied:
        """One answered request."""
        tallied = self.of(name)
        tallied.samples.add(value_ms)
        tallied.errors += failed
        self.counted(1)
        return tallied

    def extend(self, name: str, values_ms: Sequence[float], errors: int) -> None:
        """Several requests of one endpoint, so many of them failed."""
        tallied = self.of(name)
        tallied.samples.extend(values_ms)
        tallied.errors += errors
        self.counted(len(values_ms))

    def counted(self, more: int) -> None:
        """Raise `BadInput` where a file holds more samples than memory is set aside for."""
        self._count += more
        if self._count > MOST_SAMPLES:
            raise BadInput(f"This file holds more than {MOST_SAMPLES:,} samples: too many.")

    def _give_up_names(self) -> None:
        every = Tallied()
        for each in self.by_name.values():
            for chunk in each.samples.chunks():
                every.samples.extend(chunk)
            every.errors += each.errors
            every.spans(each.first, each.last)
        self.by_name, self.too_many_names = {ALL: every}, True

    def absorb(self, other: Tally) -> None:
        """Take on all that another tally holds."""
        for name, each in other.by_name.items():
            own = self.of(ALL if self.too_many_names else name)
            for chunk in each.samples.chunks():
                own.samples.extend(chunk)
            own.errors += each.errors
            own.spans(each.first, each.last)
        self.counted(other._count)

    def drop_parts(self) -> bool:
        """Leave out `X-0`, `X-1` … where `X` holds them already; whether there were any."""
        parts = {
            name
            for name in self.by_name
            if (match := _NUMBERED.fullmatch(name))
            and (whole := self.by_name.get(match[1]))
            and (first := self.by_name.get(f"{match[1]}-0"))
            and first.samples.chunks()
            and whole.samples.chunks()
            and first.samples.count <= whole.samples.count
        }
        self.by_name = {name: each for name, each in self.by_name.items() if name not in parts}
        return bool(parts)

    def run(
        self,
        *,
        errors_known: bool = True,
        duration_s: float | None = None,
        notes: Iterable[str] = (),
        **facts: Any,  # noqa: ANN401 - fields of `Run`, checked there
    ) -> Run:
        """The run, its own figures over all samples. Raises `BadInput` where there are none."""
        every = list(self.by_name.values())
        first = min((each.first for each in every), default=math.inf)
        last = max((each.last for each in every), default=-math.inf)
        span = duration_s or (last - first if last > first else None)
        if self.too_many_names:
            notes = (
                *notes,
                f"More than {MOST_ENDPOINTS} different names, so endpoints are not told apart: "
                "give URLs with ids one name.",
            )
        return Run(
            **self._figures(every, span, errors_known=errors_known),
            duration_s=span,
            started_at=_moment(first),
            endpoints=self._endpoints(span, errors_known=errors_known),
            notes=tuple(notes),
            **facts,
        )

    def _figures(
        self, parts: list[Tallied], span: float | None, *, errors_known: bool
    ) -> dict[str, Any]:
        requests, latency = computed([each.samples for each in parts])
        errors = sum(each.errors for each in parts) if errors_known else None
        figures = Figures(
            **counted(requests, errors),
            rps=requests / span if span else None,
            latency_ms=latency,
        )
        return {key: getattr(figures, key) for key in Figures.model_fields}

    def _endpoints(self, span: float | None, *, errors_known: bool) -> tuple[Endpoint, ...]:
        return tuple(
            Endpoint(
                name=clean(name),
                **self._figures([each], each.duration_s or span, errors_known=errors_known),
            )
            for name, each in sorted(self.by_name.items())
            if name != ALL and each.samples.chunks()
        )


def _moment(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if math.isfinite(seconds) else None
    except (ValueError, OverflowError, OSError):
        return None
