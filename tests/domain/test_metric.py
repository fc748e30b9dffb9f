"""The smell test of a success metric."""

import pytest

from bot.domain.metric import missing_in, smell
from tests.domain.situations import PACK


@pytest.mark.parametrize(
    "metric",
    [
        "95 percent of east-west traffic uses workload identity",
        "Canary deployments reduce rollback rate by 30 percent",
        "p95 latency of checkout stays under 250 ms",
        "Minutes to list and prove the callers of payroll, from 240 to under 15",
        "No more than 1 retry storm a quarter",
        "At most 2 incidents per month caused by timeouts",
        "mTLS coverage of 100%",
        "Halve the hours teams spend on retry code each month",
        "Every request can be traced across all 60 services",
        *(metric for driver in PACK.drivers.values() for metric in driver.metrics),
    ],
)
def test_a_metric_that_can_be_checked_passes(metric):
    assert missing_in(metric) == ()
    assert "one can check" in smell(metric)


@pytest.mark.parametrize(
    ("metric", "missing"),
    [
        ("More secure services", ("direction", "unit")),
        ("Better observability", ("direction", "unit")),
        ("mTLS", ("direction", "unit")),
        ("Traffic uses workload identity", ("direction", "unit")),
        ("95 percent", ("quantity",)),
        ("30 % better", ("quantity",)),
        ("Reduce latency", ("unit",)),
        ("Reduce latency by 20", ("unit",)),
        ("p95 latency stays below 250 for checkout", ("unit",)),
        ("Rollback rate", ("direction",)),
        ("p95 in ms", ("quantity", "direction")),
        ("", ("quantity", "direction", "unit")),
    ],
)
def test_what_is_missing_is_named(metric, missing):
    assert missing_in(metric) == missing
    first = "Not yet something" if len(missing) == 3 else "Nearly there."
    assert smell(metric).startswith(first)
