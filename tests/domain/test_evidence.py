"""From runs and nodes to the figures that budgets are held against."""

import pytest

from bot.domain.pilot.evidence import of_nodes, of_runs
from bot.domain.pilot.model import FigureOrigin
from bot.domain.runs.model import Latency, Resources, Run, Usage
from bot.errors import BadInput
from tests.domain.pilots import LATER

ORIGIN = FigureOrigin(by="U1", at=LATER, words="Fortio, 2 files", overridden=("rates differ",))
GIB = 1024**3


def run(p50=None, p95=None, error_rate=None):
    latency = Latency(p50=p50, p95=p95)
    return Run(format="fortio", tool="Fortio", latency_ms=latency, error_rate=error_rate)


def nodes(**used):
    usages = tuple(
        Usage(name=name, kind="node", cpu_cores=cpu, memory_bytes=memory)
        for name, (cpu, memory) in used.items()
    )
    pod = Usage(name="pod", kind="pod", cpu_cores=9, memory_bytes=9)
    return Resources(format="kubectl_top", tool="kubectl top", usages=(*usages, pod))


def test_each_metric_that_every_run_has_becomes_a_figure():
    base, mesh = [run(10, 40, 0.0), run(11, 41, 0.001)], [run(12, 44, 0.0)]
    by_metric = {each.metric: each for each in of_runs(("cart", "/cart"), base, mesh, ORIGIN)}
    assert list(by_metric) == ["p50", "p95", "error_rate"]
    assert (by_metric["p95"].baseline, by_metric["p95"].mesh) == ((40, 41), (44,))
    assert by_metric["error_rate"].baseline == (0, 0.001)
    assert (by_metric["p50"].service, by_metric["p50"].endpoint) == ("cart", "/cart")
    assert (by_metric["p50"].origin, by_metric["p50"].overridden) == (
        "Fortio, 2 files",
        ("rates differ",),
    )


def test_a_metric_that_one_run_lacks_is_left_out():
    figures = of_runs(("cart", ""), [run(10, 40), run(11, None)], [run(12, 44)], ORIGIN)
    assert [each.metric for each in figures] == ["p50"]
    assert of_runs(("cart", ""), [run(10, 40)], [run()], ORIGIN) == ()


def test_nodes_that_are_on_both_sides_are_compared_one_by_one():
    base = [nodes(a=(1.0, GIB), b=(2.0, GIB)), nodes(a=(1.2, GIB), b=(2.2, GIB))]
    figures = of_nodes(base, [nodes(b=(2.5, 2 * GIB), c=(9, GIB))], ORIGIN)
    assert [(each.metric, each.endpoint) for each in figures] == [("cpu", "b"), ("memory", "b")]
    assert (figures[0].baseline, figures[0].mesh) == ((2.0, 2.2), (2.5,))
    assert (figures[1].baseline, figures[1].mesh) == ((1024, 1024), (2048,))


def test_where_no_node_stayed_the_mean_of_all_counts():
    (cpu, memory) = of_nodes([nodes(a=(1, GIB), b=(3, GIB))], [nodes(c=(4, 2 * GIB))], ORIGIN)
    assert (cpu.endpoint, cpu.baseline, cpu.mesh) == ("", (2,), (4,))
    assert (memory.baseline, memory.mesh) == ((1024,), (2048,))


def test_a_file_of_pods_alone_is_told_which_command_prints_nodes():
    for sides in (([nodes()], [nodes(a=(1, GIB))]), ([nodes(a=(1, GIB))], [nodes()])):
        with pytest.raises(BadInput, match="`kubectl top nodes`"):
            of_nodes(*sides, ORIGIN)


def test_pods_beside_nodes_and_what_is_unknown_are_left_out():
    assert of_nodes([], [nodes(a=(1, GIB))], ORIGIN) == ()
    figures = of_nodes([nodes(a=(1, None))], [nodes(a=(2, None))], ORIGIN)
    assert [each.metric for each in figures] == ["cpu"]
