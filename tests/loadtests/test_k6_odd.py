"""k6's printed summary where it is cut, mixed, stopped, or holds a script's own metrics."""

import pytest

from tests.loadtests.conftest import run
from tests.loadtests.test_settings import K6

WHOLE = K6.format(how="16 looping VUs for 30s (gracefulStop: 30s)")
HTTP = WHOLE[WHOLE.index("     http_req_duration") :]


@pytest.mark.parametrize("kept", [1, 2, 3])
def test_a_last_count_of_failures_that_may_be_cut_counts_no_requests(kept):
    at = WHOLE.index("✗ 6000") + len("✗ ")
    cut = run(WHOLE[: at + kept])
    assert (cut.requests, cut.errors, cut.error_rate) == (None, None, 0)
    assert "no http_reqs below" in cut.notes[-1]


@pytest.mark.parametrize("kept", range(1, 5))
def test_nor_does_one_of_k6_1(kept):
    line = "http_req_failed.........: 0.67%  40 out of 6000"
    text = f"{HTTP.splitlines()[0]}\n    {line[: len(line) - 4 + kept]}"
    cut = run(text)
    assert (cut.requests, cut.errors, cut.error_rate) == (None, None, 0.0067)


def test_whole_counts_of_failures_are_kept():
    whole = run(WHOLE)
    assert (whole.requests, whole.errors, whole.error_rate) == (6000, 0, 0)


def test_a_trend_of_the_script_may_hold_no_times():
    own = "     checkout_duration..............: avg=12.3 min=1 med=11 max=40 p(90)=20 p(95)=30\n"
    assert run(own + HTTP).latency_ms.p50 == 9.97


def test_calls_by_grpc_beside_those_by_http_are_said_to_be_left_out():
    grpc = HTTP.splitlines()[0].replace("http_req", "grpc_req").replace("9.97", "3")
    both = run(f"{grpc}\n{HTTP}")
    assert both.latency_ms.p50 == 9.97
    assert any(each.startswith("grpc_req_duration is left out") for each in both.notes)


def test_the_header_of_a_run_that_was_stopped_is_not_that_of_the_next():
    header = WHOLE[: WHOLE.index("     http_req_duration")]
    below = run(header.replace("6000 complete", "833 complete") + HTTP)
    assert below.settings == {}
    assert "ends at 833 iterations, the summary holds 6,000" in below.notes[-1]
    assert run(WHOLE).notes == ()
