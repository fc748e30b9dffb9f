"""What is counted of how meshfit fares: kinds, outcomes, seconds; nobody's words, nobody's id."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.errors import BadInput
from bot.store import Store, holding, owed, trouble

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The library's own name of the folder in which several processes count together."""
_WAITED = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0)
_ASKED = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.3)
_COUNTED = (
    ("interactions", "Acts and events, by kind and outcome", ["kind", "outcome"]),
    ("slack_calls", "Calls of Slack's Web API, by method and result", ["method", "result"]),
    ("deliveries", "Attempts at what is owed, by kind and result", ["kind", "result"]),
    ("questions", "Questions asked, by tier", ["tier"]),
    ("decisions", "A team's decision shared or changed, by outcome", ["outcome"]),
    ("failures", "Unforeseen, with a reference in the log", ["where"]),
)
LACKING = (
    "MESHFIT_METRICS is set, and what counts is not installed: pip install 'meshfit[watch]', or "
    "leave it out."
)


class Counts:
    """Counts nothing: for a start without MESHFIT_METRICS, and where the library is not there."""

    def __deepcopy__(self, _: object) -> Counts:
        """Bolt copies the client that tells, for each request."""
        return self

    def begin(self, kinds: Iterable[str]) -> None:
        """Show at nothing what alerts look at: nobody sees of what begins at one that it rose."""

    def interaction(self, kind: str, outcome: str, seconds: float) -> None:
        """Something that a person did, or an event, until Slack had its acknowledgement."""

    def slack(self, method: str, result: str) -> None:
        """A call of Slack's Web API, or an answer at a response_url."""

    def database(self, kind: str, seconds: float) -> None:
        """A transaction, its wait for a turn included."""

    def noted(self, what: str, how: str) -> None:
        """A question met by its tier, or a team's decision by its outcome."""

    def delivered(self, kind: str, result: str) -> None:
        """Something owed: brought, put off, or given up."""

    def failed(self, where: str) -> None:
        """A failure that nobody foresaw; its reference is in the log."""


class PrometheusCounts(Counts):
    """The same, counted with prometheus-client. Raises `BadInput` where that is not installed."""

    def __init__(self) -> None:
        try:
            import prometheus_client as prom  # noqa: PLC0415 - an extra, and memory
        except ImportError:
            raise BadInput(LACKING) from None
        self.registry = prom.CollectorRegistry()
        ours: dict[str, Any] = {"registry": self.registry, "namespace": "meshfit"}
        self._by = {
            name: prom.Counter(name, words, labels, **ours) for name, words, labels in _COUNTED
        }
        self._acknowledged = prom.Histogram(
            "acknowledgement_seconds", "Until the answer", ["kind"], buckets=_WAITED, **ours
        )
        self._database = prom.Histogram(
            "database_seconds", "Transactions, waiting included", ["kind"], buckets=_ASKED, **ours
        )

    def begin(self, kinds: Iterable[str]) -> None:
        """As above."""
        for each in kinds:
            self._acknowledged.labels(each)
            for outcome in ("failed", "not_kept", "withdrawn"):
                self._by["interactions"].labels(each, outcome)
        for kind in owed.KINDS:
            self._by["deliveries"].labels(kind, "given_up")
        for where in ("listener", "outbox"):
            self._by["failures"].labels(where)

    def interaction(self, kind: str, outcome: str, seconds: float) -> None:
        """As above."""
        self._by["interactions"].labels(kind, outcome).inc()
        self._acknowledged.labels(kind).observe(seconds)

    def slack(self, method: str, result: str) -> None:
        """As above."""
        self._by["slack_calls"].labels(method, result).inc()

    def database(self, kind: str, seconds: float) -> None:
        """As above."""
        self._database.labels(kind).observe(seconds)

    def noted(self, what: str, how: str) -> None:
        """As above."""
        self._by[f"{what}s"].labels(how).inc()

    def delivered(self, kind: str, result: str) -> None:
        """As above."""
        self._by["deliveries"].labels(kind, result).inc()

    def failed(self, where: str) -> None:
        """As above."""
        self._by["failures"].labels(where).inc()


def counts(address: str | None) -> Counts:
    """What counts, where somebody is to see it. Raises `BadInput` where it is not installed."""
    return PrometheusCounts() if address else Counts()


class DueWork:
    """What is owed by now and how old the oldest of it is, asked of the database at each look."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self.store, self.clock = store, clock

    def collect(self) -> Iterator[Any]:
        """As the library asks for it; nothing while the database gives no answer."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - as above

        now = self.clock()
        try:
            with self.store.reading() as db:
                many, oldest = holding.waiting(db, now)
        except trouble():
            return
        age = max(0.0, (now - oldest).total_seconds()) if oldest else 0.0
        yield GaugeMetricFamily("meshfit_due", "What is owed to Slack by now", value=many)
        yield GaugeMetricFamily("meshfit_due_age_seconds", "How old the oldest is", value=age)


def seen(counted: Counts, due: DueWork) -> Any:  # noqa: ANN401 - the library's own registry
    """All that a look at /metrics shows: of every process, where several count together."""
    import prometheus_client as prom  # noqa: PLC0415 - as above
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - as above

    if os.environ.get(SHARED):
        shown = prom.CollectorRegistry()
        MultiProcessCollector(shown)  # type: ignore[no-untyped-call, unused-ignore]
    else:
        assert isinstance(counted, PrometheusCounts)
        shown = counted.registry
        prom.ProcessCollector(registry=shown)
    shown.register(due)
    return shown
