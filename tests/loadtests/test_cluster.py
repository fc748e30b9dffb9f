"""What nodes, pods and proxies report: Prometheus, kubectl top, linkerd viz."""

from __future__ import annotations

import json

import pytest

from bot.domain.runs.model import Resources
from tests.loadtests.conftest import read, refused, run, sample
from tests.loadtests.made import KUBECTL_BARE

TOP = sample("kubectl_top/local-1.txt").decode()
STAT = sample("linkerd_stat_text/made-1.txt").decode()


def answer(*series, kind="matrix", **more):
    return json.dumps({"status": "success", "data": {"resultType": kind, "result": series}} | more)


def points(*values, **labels):
    return {"metric": labels, "values": [[1700000000 + at, each] for at, each in enumerate(values)]}


# Prometheus


def test_what_a_query_measured_is_said_by_somebody():
    result = read(answer(points("1", "2", "6", node="a"), points("2", node="b")))
    assert result.usages == ()
    as_cpu, as_memory = result.measured_as("cpu"), result.measured_as("memory")
    assert [(each.name, each.kind, each.cpu_cores) for each in as_cpu.usages] == [
        ("a", "node", 3.0),
        ("b", "node", 2.0),
    ]
    assert [each.memory_bytes for each in as_memory.usages] == [6.0, 2.0]
    assert all(each.memory_bytes is None for each in as_cpu.usages)


def test_a_name_that_says_memory_is_enough():
    result = read(answer(points("5", "9", __name__="container_memory_working_set_bytes", pod="x")))
    assert [(each.name, each.memory_bytes) for each in result.usages] == [("x", 9.0)]


def test_values_that_are_no_numbers_are_left_out_and_counted():
    (series,) = read(answer(points("NaN", "4", "+Inf"))).series
    assert (len(series.points), series.missing, series.mean) == (1, 2, 4.0)


def test_an_empty_answer_is_not_zero():
    result = read(sample("prometheus_json/made-1.json"))
    assert result.series == ()
    assert "not the same as zero" in result.notes[0]


def test_an_error_is_passed_on():
    assert "parse error" in refused(sample("prometheus_json/local-8.json"))


def test_warnings_are_passed_on():
    assert "Prometheus warns: slow" in read(answer(points("1"), warnings=["slow"])).notes


def test_a_result_without_its_envelope():
    bare = json.dumps([{"metric": {"node": "a"}, "value": [1700000000, "2"]}])
    assert read(bare).measured_as("cpu").usages[0].cpu_cores == 2.0


def test_a_pod_beside_its_containers_is_counted_once():
    labels = {"pod": "x", "__name__": "container_memory_working_set_bytes"}
    series = [points("5", container=each, **labels) for each in ("", "POD", "app")]
    result = read(answer(*series))
    assert [each.labels["container"] for each in result.series] == ["app"]
    assert any("left out" in note for note in result.notes)


def test_a_counter_is_no_use_of_cpu():
    counter = points("100", "200", __name__="container_cpu_usage_seconds_total", node="a")
    assert any("rate" in note for note in read(answer(counter)).notes)


@pytest.mark.parametrize(("result", "value"), [([1700000000, "2"], 2.0), ([1.5, "hello"], None)])
def test_scalars_and_strings(result, value):
    (series,) = read(json.dumps({"data": {"resultType": "scalar", "result": result}})).series
    assert series.last == value


HISTOGRAM = {"count": "60", "sum": "33.6", "buckets": [[0, "0.0625", "0.125", "60"]]}


@pytest.mark.parametrize(
    "held",
    [
        {"histograms": [[1700000000, HISTOGRAM]]},
        {"histogram": [1700000000, HISTOGRAM]},
        {"values": [[1700000000, "1"]], "histograms": [[1700000060, HISTOGRAM]]},
    ],
)
def test_native_histograms_are_refused_with_what_to_query(held):
    series = {"metric": {"__name__": "latency"}, **held}
    for text in (answer(series), answer(points("1"), series), json.dumps([series])):
        assert "histogram_quantile(" in refused(text)
    assert read(answer(points("1") | {"histograms": []})).series[0].last == 1.0


# kubectl top


def test_unknown_rows_have_no_figures():
    result = read(TOP)
    assert (result.usages[2].cpu_cores, result.usages[2].memory_bytes) == (None, None)
    assert any("1 of 3 rows" in note for note in result.notes)


def test_kinds_of_rows():
    assert {each.kind for each in read(TOP).usages} == {"node"}
    assert {each.kind for each in read(sample("kubectl_top/made-1.txt")).usages} == {"pod"}
    containers = read(sample("kubectl_top/local-3.txt"))
    assert {each.kind for each in containers.usages} == {"container"}
    assert containers.usages[1].name == "cart-5d4-xyz12 / istio-proxy"


def test_namespaces_come_first():
    text = "NAMESPACE   NAME   CPU(cores)   MEMORY(bytes)\nshop   cart-1   5m   1Gi\n"
    (pod,) = read(text).usages
    assert (pod.name, pod.cpu_cores, pod.memory_bytes) == ("shop / cart-1", 0.005, 2**30)


@pytest.mark.parametrize("prompt", ["$", "\u276f", "$ ", "ann@laptop:~$", "[root@bastion ~]# "])
def test_prompts_around_a_pasted_table_are_no_rows(prompt):
    assert read(f"{prompt} kubectl top nodes\n{TOP}{prompt}\n").usages == read(TOP).usages


def test_swap_to_the_right_is_not_looked_at():
    head = "NAME CPU(cores) CPU(%) MEMORY(bytes) MEMORY(%) SWAP(bytes) SWAP(%)\n"
    rows = "node-a 250m 12% 1Gi 47% 0Mi\nnode-b 1 75% 2Gi 52% 10Mi 1%\n"
    result = read(head + rows).usages
    assert [(each.name, each.cpu_cores, each.memory_bytes) for each in result] == [
        ("node-a", 0.25, 2**30),
        ("node-b", 1.0, 2**31),
    ]
    (pod,) = read("NAME CPU(cores) MEMORY(bytes) SWAP(bytes)\na 5m 1Mi 3Mi\n").usages
    assert (pod.cpu_cores, pod.memory_bytes) == (0.005, 2**20)


def test_of_several_snapshots_cpu_is_averaged_and_memory_taken_at_its_highest():
    later = TOP.replace("1874m", "1876m").replace("5120Mi", "5121Mi")
    result = read(f"{TOP}$ kubectl top nodes\n{later}")
    assert (result.usages[0].cpu_cores, result.usages[0].memory_bytes) == (1.875, 5121 * 2**20)
    assert len(result.usages) == 3
    assert "2 snapshots" in result.notes[0]


@pytest.mark.parametrize(
    "between",
    [
        "Mon May  1 10:00:15 UTC 2024",
        "2024-05-01T10:00:15+02:00",
        "1714557615",
        "---",
        "Every 2.0s: kubectl top nodes    box: Mon May  1 10:00:15 2024",
        "error: metrics not available yet",
        "2024-05-01 10:00",
        "10:00",
    ],
)
def test_what_a_loop_prints_between_snapshots_is_no_row(between):
    result = read(f"{between}\n{TOP}{between}\n{TOP}{between}\n")
    assert result.usages == read(TOP).usages
    assert "2 snapshots" in result.notes[0]
    assert read(f"{between}\n{KUBECTL_BARE.decode()}").usages == read(KUBECTL_BARE).usages


def test_a_sum_is_no_row():
    text = f"{sample('kubectl_top/local-3.txt').decode()}                     ________   ________\n"
    text += "                     175m   1331Mi\n"
    assert len(read(text).usages) == 4


def test_without_header_rows_are_known_by_their_shape():
    nodes = read(KUBECTL_BARE).usages
    assert [(each.name, each.kind, each.cpu_cores) for each in nodes] == [
        ("node-a", "node", 1.874),
        ("node-b", "node", 0.412),
    ]
    (pod,) = read("shop   cart-1   5m   10Mi\n").usages
    assert (pod.name, pod.kind) == ("shop / cart-1", "pod")


def test_without_header_rows_may_be_unknown():
    result = read(
        KUBECTL_BARE.decode() + "node-c   <unknown>   <unknown>   <unknown>   <unknown>\n"
    )
    assert [(each.name, each.kind, each.cpu_cores) for each in result.usages] == [
        ("node-a", "node", 1.874),
        ("node-b", "node", 0.412),
        ("node-c", "node", None),
    ]
    assert any("1 of 3 rows" in note for note in result.notes)
    pods = read("shop   cart-1   5m   10Mi\nshop   cart-2   <unknown>   <unknown>\n").usages
    assert [(each.name, each.kind) for each in pods] == [
        ("shop / cart-1", "pod"),
        ("shop / cart-2", "pod"),
    ]


def test_rows_that_are_all_unknown_could_be_anything():
    assert "no result" in refused("a   <unknown>   <unknown>\n")


def test_whole_cores_and_plain_bytes():
    text = "NAME CPU(cores) MEMORY(bytes)\na 2 1048576\nb 1500000n 5G\n"
    assert [(each.cpu_cores, each.memory_bytes) for each in read(text).usages] == [
        (2.0, 1048576.0),
        (0.0015, 5e9),
    ]


@pytest.mark.parametrize("row", ["node-a 1874m", "node-a 18x 46% 5120Mi 31%", "a -5m 1% 5Mi 1%"])
def test_damaged_rows_are_refused(row):
    refused(TOP.splitlines()[0] + f"\n{row}\n")


def test_a_name_that_stands_twice_is_refused():
    assert "twice" in refused(f"{TOP}node-a   1m   1%   1Mi   1%\n")


# linkerd


def test_values_are_cut_where_their_header_ends():
    cart, pay, idle = run(STAT).endpoints
    assert (cart.name, cart.error_rate, cart.rps) == ("cart", 0.005, 20.0)
    assert (pay.latency_ms.p50, pay.latency_ms.p99) == (9.0, 46.0)
    assert (idle.name, idle.rps, idle.latency_ms.p50) == ("idle", None, None)


def test_idle_rows_have_no_figures_even_where_a_value_is_missing():
    rows = {each.name: each for each in run(sample("linkerd_stat_text/made-2.txt")).endpoints}
    assert rows["GET /carts.json carts"].latency_ms.p99 is None
    assert rows["HEAD /carts/{id} carts"].rps == 3.1
    assert rows["HEAD /carts/{id} carts"].latency_ms.p95 == 21.0


PODS = """\
NAME                  STATUS   MESHED   SUCCESS      RPS   LATENCY_P50   LATENCY_P95   LATENCY_P99
pod/emoji-7b9d-ab    Running      1/1   100.00%   2.0rps           1ms           1ms           2ms
"""
DEPLOYMENTS = """\
NAME               MESHED   SUCCESS      RPS   LATENCY_P50   LATENCY_P95   LATENCY_P99
deployment/emoji      1/1    90.00%   3.0rps           4ms           5ms           6ms
"""


def test_the_status_of_a_pod_is_no_part_of_its_name():
    (pod,) = run(PODS).endpoints
    assert (pod.name, pod.rps, pod.latency_ms.p99) == ("pod/emoji-7b9d-ab", 2.0, 2.0)


def test_every_kind_of_resource_has_a_table_of_its_own():
    result = run(f"{DEPLOYMENTS}\n{PODS}").endpoints
    assert [(each.name, each.latency_ms.p50) for each in result] == [
        ("deployment/emoji", 4.0),
        ("pod/emoji-7b9d-ab", 1.0),
    ]
    first, second = read(f"{PODS}\n{PODS}")
    assert first == second == run(PODS)
    row = PODS.splitlines()[-1]
    assert "twice" in refused(f"{PODS.rstrip()}\n{row}\n")


def test_branches_are_named_after_their_trunk():
    names = [each.name for each in run(sample("linkerd_stat_text/made-3.txt")).endpoints]
    assert names[-1] == "shop pay:7002 split HTTPRoute → pay-error:8080"


def test_figures_of_a_proxy_have_no_counterpart_without_one():
    assert "no counterpart" in run(STAT).notes[0]


def test_a_success_above_one_is_damaged():
    node = json.loads(sample("linkerd_stat_json/made-1.json"))
    node[0]["success"] = 1.5
    assert "100 %" in refused(json.dumps(node))
    node[0]["success"] = 0.25
    assert run(json.dumps(node)).endpoints[0].error_rate == 0.75


@pytest.mark.parametrize(
    "between",
    [
        "Sat Nov 28 10:00:00 UTC 2026",
        "2026-11-28T10:00:00Z",
        "2026-11-28 10:00",
        "10:00",
        "1764324000",
        "---",
        "$ date",
    ],
)
def test_a_loop_of_linkerd_stat_is_snapshot_by_snapshot(between):
    later = STAT.replace("100.00%", " 99.00%")
    once = run(STAT)
    first, second = read(f"{between}\n{STAT.rstrip()}\n{between}\n{later.rstrip()}\n{between}\n")
    assert first == once
    assert [each.name for each in second.endpoints] == [each.name for each in once.endpoints]
    assert second != once


@pytest.mark.parametrize(
    "words", ["run 2", "after 30 s", "28/11/2026", "Error: no data", "[2] of 3"]
)
@pytest.mark.parametrize("table", [STAT, TOP])
def test_words_below_a_table_are_no_row_of_it_and_are_said(table, words):
    def rows(text):
        (first, *_) = (result,) if isinstance(result := read(text), Resources) else result
        names = first.usages if isinstance(first, Resources) else first.endpoints
        return [each.name for each in names], first.notes[0]

    names, _ = rows(table)
    result, beside = rows(f"{table.rstrip()}\n{words}\n{table.rstrip()}\n{words}\n")
    assert result == names
    assert (
        beside
        == f'Not read, because it is no result that meshfit knows: "{words}" and 1 more line.'
    )
