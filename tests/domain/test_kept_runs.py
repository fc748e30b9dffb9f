"""Which part of a result counts at a place."""

import pytest

from bot.domain.pilot.kept_runs import about
from bot.domain.runs.model import Endpoint, Latency, Run
from bot.errors import BadInput

PAY = Endpoint(name="POST /pay", latency_ms=Latency(p95=80), error_rate=0.1)
READ = Endpoint(name="GET /", latency_ms=Latency(p95=20), error_rate=0.0)
RUN = Run(format="k6", tool="k6", latency_ms=Latency(p95=50), endpoints=(PAY, READ))


def test_at_an_endpoint_only_its_own_figures_count():
    run = about(RUN, "post /pay")
    assert (run.latency_ms.p95, run.error_rate, run.endpoints) == (80, 0.1, ())
    assert about(RUN, "") == RUN


def test_a_file_of_several_endpoints_has_to_name_the_place():
    with pytest.raises(BadInput, match="names no endpoint /refund, but POST /pay, GET /"):
        about(RUN, "/refund")


def test_a_file_of_one_endpoint_is_about_that_one():
    lone = RUN.model_copy(update={"endpoints": (PAY,)})
    assert about(lone, "the checkout page").latency_ms.p95 == 50
    assert about(RUN.model_copy(update={"endpoints": ()}), "/refund").latency_ms.p95 == 50


def test_what_holds_nothing_to_compare_is_refused():
    with pytest.raises(BadInput, match="neither latencies nor errors"):
        about(Run(format="nighthawk", tool="nighthawk", rps=10), "")
    empty = RUN.model_copy(update={"latency_ms": Latency()})
    assert about(empty, "") == empty
