"""`meshfit estimate`: the contract for scripts, the page for people, and what is wrongly given."""

import pytest

LOAD = ("--services", 40, "--pods", 300, "--nodes", 12, "--rps", 50)
KEYS = ["load", "calls", "assumed", "modes", "beside", "sources", "as_of", "pack"]
MODE = [
    "mode", "title", "cpu", "memory", "latency", "refused", "reserved_cpu", "reserved_memory",
    "money_used", "money_reserved", "priors",
]  # fmt: skip


def test_what_scripts_get(meshfit):
    found = meshfit("estimate", *LOAD, "--edges", 60, "--vcpu", 0.04, "--gib", 0.005, "--json").json
    assert list(found) == KEYS
    assert found["calls"] == 3000
    for mode in found["modes"]:
        assert list(mode) == MODE
        for name in ("cpu", "memory", "reserved_cpu", "reserved_memory", "money_used"):
            assert list(mode[name]) == ["low", "high", "unit"]
    sidecar = found["modes"][0]
    assert (sidecar["cpu"]["low"], sidecar["cpu"]["high"]) == (0.75, 4.26)
    assert sidecar["money_reserved"]["low"] == 1012.875
    assert sidecar["priors"]["cpu"]["quotes"][0]["sources"] == ["mtls_paper"]


def test_the_page_says_low_to_high_what_is_set_aside_and_who_says_so(meshfit):
    page = meshfit("estimate", *LOAD, "--edges", 60, "--vcpu", 0.04, "--gib", 0.005).out
    for part in (
        "3,000 calls a second between services, 300 pods on 12 nodes.",
        "0.75 to 4.26 vCPU      30 vCPU",
        "11.7 to 64.5 GiB       37.5 GiB",
        "+ 0.16 ms or more: measure it",
        "64.7 to 359.6 a month  1,012.9 a month",
        "Not one of these figures is from your cluster.",
        "[istio_performance]",
        "https://arxiv.org/abs/2411.02267 [mtls_paper]",
    ):
        assert part in page
    assert "None " not in page.replace("None of these", "")
    assert "…" not in page
    assert max(map(len, page.splitlines())) <= 80


def test_only_the_modes_that_are_asked_for(meshfit):
    found = meshfit("estimate", *LOAD, "--mode", "linkerd", "--mode", "kuma", "--json").json
    assert [each["mode"] for each in found["modes"]] == ["linkerd", "kuma"]
    assert found["modes"][0]["money_used"] is None
    assert "Money" not in meshfit("estimate", *LOAD, "--mode", "linkerd").out


def test_what_was_assumed_is_said(meshfit):
    assert "Each service is taken to be called by one other." in meshfit("estimate", *LOAD).out
    assert meshfit("estimate", *LOAD, "--edges", 60, "--waypoints", 2, "--json").json[
        "assumed"
    ] == []  # fmt: skip


def test_busy_nodes(meshfit):
    page = meshfit("estimate", *LOAD, "--mode", "linkerd", "--busy", 85).out
    assert "not estimated, see below" in page
    assert "Nodes are too busy for an estimate of latency." in " ".join(page.split())


def test_small_figures_keep_a_digit(meshfit):
    load = ("--services", 1, "--pods", 1, "--nodes", 1, "--rps", 1)
    assert "0.0003 to 0.001 vCPU" in meshfit("estimate", *load).out


WRONG = [
    (("--services", 40), "Missing option '--pods'."),
    ((*LOAD, "--pods", "many"), "Invalid value for '--pods': 'many' is not a valid integer."),
    ((*LOAD, "--pods", 0), "--pods: Input should be greater than or equal to 1."),
    ((*LOAD, "--rps", -1), "--rps: Input should be greater than or equal to 0."),
    ((*LOAD, "--rps", "nan"), "--rps: Input should be "),
    ((*LOAD, "--busy", 101), "--busy: Input should be less than or equal to 100."),
    ((*LOAD, "--vcpu", 1), "A price needs both: --vcpu for a vCPU-hour and --gib for a GiB-hour."),
    ((*LOAD, "--vcpu", -1, "--gib", 1), "--vcpu: Input should be greater than or equal to 0."),
    ((*LOAD, "--vcpu", "inf", "--gib", 1), "--vcpu: Input should be a finite number."),
    ((*LOAD, "--mode", "istio"), "istio is no mode that can be estimated; say istio_sidecar, "),
    ((*LOAD, "12"), "Got unexpected extra argument (12)"),
]


@pytest.mark.parametrize(("args", "words"), WRONG)
def test_wrong_usage_names_the_option(meshfit, args, words):
    said = meshfit("estimate", *args)
    assert (said.code, said.out) == (2, "")
    assert said.error.startswith(f"meshfit: {words}")
