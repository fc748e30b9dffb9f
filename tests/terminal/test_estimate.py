"""`meshfit estimate`: the contract for scripts, the page for people, and what is wrongly given."""

import pytest

LOAD = ("--services", 40, "--pods", 300, "--nodes", 12, "--rps", 50)
KEYS = ["load", "calls", "assumed", "modes", "bill", "beside", "sources", "as_of", "pack"]
MODE = [
    "mode", "title", "cpu", "idle_cpu", "memory", "latency", "refused", "reserved_cpu",
    "reserved_memory", "money_used", "money_reserved", "misfit", "priors",
]  # fmt: skip


def test_what_scripts_get(meshfit):
    document = meshfit(
        "estimate", *LOAD, "--edges", 60, "--vcpu", 0.04, "--gib", 0.005, "--json"
    ).json
    assert list(document) == KEYS
    assert document["calls"] == 3000
    for mode in document["modes"]:
        assert list(mode) == MODE
        for name in ("cpu", "idle_cpu", "memory", "reserved_cpu", "reserved_memory", "money_used"):
            assert list(mode[name]) == ["low", "high", "unit"]
    sidecar = document["modes"][0]
    assert (sidecar["cpu"]["low"], sidecar["cpu"]["high"]) == (0.75, None)
    assert sidecar["money_reserved"]["low"] == 1012.875
    assert sidecar["priors"]["cpu"]["quotes"][0]["sources"] == ["mtls_paper"]


def test_the_page_says_low_to_high_what_is_set_aside_and_who_says_so(meshfit):
    page = meshfit("estimate", *LOAD, "--edges", 60, "--vcpu", 0.04, "--gib", 0.005).out
    for part in (
        "3,000 calls a second between services, 300 pods on 12 nodes.",
        "0.75 vCPU or more: measure it",
        "30 vCPU",
        "11.7 to 64.5 GiB",
        "37.5 GiB",
        "+ 0.16 ms or more: measure it",
        "64.7 a month or more: measure it",
        "1,012.9 a month",
        "Not one of these figures is from your cluster.",
        "CPU, idle    measure it, on top",
        "What Kubernetes reserves for the proxies decides the bill",
        "[istio_performance]",
        "https://arxiv.org/abs/2411.02267 [mtls_paper]",
    ):
        assert part in page
    assert "None " not in page.replace("None of these", "")
    assert "…" not in page
    assert max(map(len, page.splitlines())) <= 80


def test_only_the_modes_that_are_asked_for(meshfit):
    document = meshfit("estimate", *LOAD, "--mode", "linkerd", "--mode", "kuma", "--json").json
    assert [each["mode"] for each in document["modes"]] == ["linkerd", "kuma"]
    assert document["modes"][0]["money_used"] is None
    assert "Money" not in meshfit("estimate", *LOAD, "--mode", "linkerd").out


def test_what_was_assumed_is_said(meshfit):
    assert "Each service is taken to be called by one other." in meshfit("estimate", *LOAD).out
    flags = ("--edges", 60, "--waypoints", 2, "--node-vcpu", 8, "--depth", 1)
    assumed = meshfit("estimate", *LOAD, *flags, "--json").json["assumed"]
    assert [each.partition(".")[0] for each in assumed] == [
        "The latency is that of one call times the calls in a row"
    ]


def test_calls_in_a_row(meshfit):
    page = meshfit("estimate", *LOAD, "--mode", "istio_sidecar", "--depth", 3).out
    assert "3 calls in a row, p90  + 1.89 to 7.95 ms" in page
    assert "Percentiles do not add up" in " ".join(page.split())
    one = meshfit("estimate", *LOAD, "--mode", "istio_sidecar").out
    assert "The latency is that of one call between two services." in " ".join(one.split())


def test_more_than_the_nodes_have(meshfit):
    ran = meshfit("estimate", *LOAD, "--rps", 1_000_000, "--node-vcpu", 8)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.startswith(
        "meshfit: The counts do not go together: the calls alone need 1,600 vCPU at least, and "
        "12 nodes of 8 vCPU have 96."
    )
    page = meshfit("estimate", *LOAD, "--node-vcpu", 2, "--mode", "istio_sidecar").out
    assert "It does not fit: it sets 30 vCPU aside, and 12 nodes of 2 vCPU have 24." in page


def test_it_says_that_requests_are_per_edge_and_which_percentiles_were_published(meshfit):
    assert "--rps is per edge" in meshfit("estimate", "--help").out
    page = " ".join(meshfit("estimate", *LOAD).out.split())
    assert "asks for p50 and p95; the published figures are p90 and p99" in page


def test_busy_nodes(meshfit):
    page = meshfit("estimate", *LOAD, "--mode", "linkerd", "--busy", 85).out
    assert "not estimated, see below" in page
    assert "Nodes are too busy for an estimate of latency." in " ".join(page.split())


def test_small_figures_keep_a_digit(meshfit):
    load = ("--services", 1, "--pods", 1, "--nodes", 1, "--rps", 1)
    page = meshfit("estimate", *load).out
    assert "0.0003 vCPU or more" in page
    assert "1 pod on 1 node." in page


WRONG = [
    (("--services", 40), "Missing option '--pods'."),
    ((*LOAD, "--pods", "many"), "Invalid value for '--pods': 'many' is not a valid integer."),
    ((*LOAD, "--pods", 0), "--pods: Input should be greater than or equal to 1."),
    ((*LOAD, "--rps", -1), "--rps: Input should be greater than or equal to 0."),
    ((*LOAD, "--rps", "nan"), "--rps: Input should be "),
    ((*LOAD, "--depth", 0), "--depth: Input should be greater than or equal to 1."),
    ((*LOAD, "--node-vcpu", 0), "--node-vcpu: Input should be greater than or equal to 0.1."),
    ((*LOAD, "--node-vcpu", "nan"), "--node-vcpu: Input should be "),
    ((*LOAD, "--busy", 101), "--busy: Input should be less than or equal to 100."),
    ((*LOAD, "--vcpu", 1), "A price needs both: --vcpu for a vCPU-hour and --gib for a GiB-hour."),
    ((*LOAD, "--vcpu", -1, "--gib", 1), "--vcpu: Input should be greater than or equal to 0."),
    ((*LOAD, "--vcpu", "inf", "--gib", 1), "--vcpu: Input should be a finite number."),
    ((*LOAD, "--mode", "istio"), "istio is no mode that can be estimated; say istio_sidecar, "),
    ((*LOAD, "12"), "Got unexpected extra argument (12)"),
]


@pytest.mark.parametrize(("args", "words"), WRONG)
def test_wrong_usage_names_the_option(meshfit, args, words):
    ran = meshfit("estimate", *args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.startswith(f"meshfit: {words}")
