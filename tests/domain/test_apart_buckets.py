"""A p95 that one side knows as a bucket only: what is known is said."""

from __future__ import annotations

import pytest

from bot.domain.runs.compare import compare
from bot.domain.runs.model import Latency, Run

BUCKET = Latency(p95_range=(0.035, 1.0))


def run(latency: Latency) -> Run:
    return Run(format="fortio_json", tool="fortio", rps=100, requests=6000, latency_ms=latency)


@pytest.mark.parametrize(
    ("latency", "lies"),
    [
        (Latency(p95=2.5, p95_range=(2.0, 3.0)), "2 to 3 ms"),
        (Latency(p95=2.5), "2.5 ms"),
        (Latency(p95_range=(2000.0, None)), "above 2,000 ms"),
    ],
)
def test_a_bucket_and_what_lies_elsewhere_are_both_said(latency, lies):
    verdict = compare([run(BUCKET)], [run(latency)]).verdict
    assert (
        verdict == f"cannot tell by how much: p95 is 0.035 to 1 ms without the mesh, {lies} with it"
    )
