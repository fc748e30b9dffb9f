"""What only some of the runs hold is compared nowhere, and that is said."""

from bot.domain.runs.compare import compare
from bot.domain.runs.model import Endpoint, Latency, Run

TIMES = {"p50": 10.0, "p95": 20.5, "mean": 11.1}


def run(*endpoints, **times):
    return Run(
        format="x", tool="k6", requests=6000, samples=6000, errors=0, error_rate=0.0, rps=200.0,
        latency_ms=Latency(**TIMES | times),
        endpoints=tuple(Endpoint(name=each, latency_ms=Latency(**TIMES)) for each in endpoints),
    )  # fmt: skip


def test_an_endpoint_that_a_side_lacks_is_said():
    (note,) = compare([run("GET /cart", "POST /pay")], [run("GET /cart", p50=10.1)]).notes
    assert note == (
        "POST /pay is not in every run: it is not compared alone, and the whole runs are not of "
        "the same calls"
    )


def test_of_many_endpoints_the_first_are_named():
    names = [f"GET /{n}" for n in range(8)]
    (note,) = compare([run(*names)], [run(p50=10.1)]).notes
    assert "GET /4 and 3 more are not in every run: they are not compared alone" in note


def test_hosts_are_no_difference():
    assert compare([run("GET http://a/cart")], [run("GET http://b/cart", p50=10.1)]).notes == ()


def test_a_percentile_that_only_one_side_gives_is_said():
    (note,) = compare([run(p99=30.1)], [run(p50=10.1)]).notes
    assert note == "p99 is not in every file, so it is not compared"
    assert compare([run(p99=30.1)], [run(p50=10.1, p99=31.0)]).notes == ()


def test_a_percentile_of_which_a_file_gives_the_range_is_in_it():
    assert compare([run(p99=30.1)], [run(p50=10.1, p99_range=(30, 40))]).notes == ()
