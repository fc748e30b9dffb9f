"""The dumps that lie beside the checkout, with their key; skipped where they are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cluster.apps import Cluster
from bot.cluster.looking import Look, backends, cluster_of, look
from bot.cluster.reading import Input, read
from tests.shipped import SHIPPED as PACK

SAMPLES = Path(__file__).parents[3] / "shared" / "cluster" / "samples"
KEY = SAMPLES / "truth.json"
NAMES = {
    "exposed_service": "exposed_service",
    "grpc_or_h2_declared": "grpc",
    "grpc_probes": "grpc",
    "http_probes": "probes",
    "init_containers": "init_network",
    "speaks_first_or_opaque": "speaks_first",
    "hpa_resource": "hpa_cpu",
    "istio_injection": "existing_istio",
    "istio_resources": "existing_istio",
    "istio_ambient": "existing_istio",
    "limit_ranges": "limit_range",
    "resource_quotas": "resource_quota",
    "shared_service_account": "shared_sa",
    "stateful_sets": "stateful_set",
    "linkerd_inject": "existing_linkerd",
    "linkerd_resources": "existing_linkerd",
    "fargate_nodes": "fargate",
    "windows_nodes": "windows",
    "policy_blocks_15008": "netpol_15008",
}
"""What the key calls a finding → its id; the rest have the same name."""
WIDER = {"probes", "netpol_15008"}
"""Findings that hold more than the key's: probes by TCP and gRPC, namespaces not yet in ambient."""


def answers() -> dict[str, Any]:
    key: dict[str, Any] = json.loads(KEY.read_text("utf-8")) if KEY.exists() else {}
    return {name: each for name, each in key.items() if name.endswith(".json")}


ANSWERS = answers()
pytestmark = pytest.mark.skipif(not ANSWERS, reason=f"no samples at {SAMPLES}")


def cluster(name: str) -> Cluster:
    with (SAMPLES / name).open("rb") as stream:
        return cluster_of(PACK, read([Input(name, stream)]))


def seen(name: str) -> Look:
    return look(PACK, cluster(name))


@pytest.mark.parametrize("name", ANSWERS)
def test_every_count_is_the_keys(name: str) -> None:
    look, key = seen(name), ANSWERS[name]
    assert look.counts.model_dump(mode="json") == key["counts"]
    assert list(look.kubernetes) == key["kubernetes"]
    assert backends(cluster(name)) == key["service_backends"]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_finding_is_the_keys_and_no_other(name: str) -> None:
    found = {each.finding.id: set(each.objects) for each in seen(name).findings}
    wanted: dict[str, set[str]] = {}
    for key, objects in ANSWERS[name]["findings"].items():
        wanted.setdefault(NAMES.get(key, key), set()).update(objects)
    for each in {*wanted, *_keyed()} - WIDER:
        assert found.get(each, set()) == wanted.get(each, set()), each
    for each in WIDER & wanted.keys():
        assert found[each] >= wanted[each]


def _keyed() -> Iterator[str]:
    for answer in ANSWERS.values():
        yield from (NAMES.get(each, each) for each in answer["findings"])


def test_nothing_breaks_in_the_plain_one() -> None:
    name = next(iter(ANSWERS))
    assert not [each for each in seen(name).findings if each.severity == "breaks"]


@pytest.mark.parametrize("name", ANSWERS)
def test_no_canary_is_kept(name: str) -> None:
    with (SAMPLES / name).open("rb") as stream:
        kept = repr(read([Input(name, stream)]))
    assert not [each for each in ANSWERS[name]["must_not_appear"] if each in kept]
    assert "CANARY" not in kept
