"""What is counted, on a dump that we wrote."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bot.cluster.apps import Cluster
from bot.cluster.counts import counted
from bot.cluster.offering import offered
from bot.cluster.quantities import quantity
from bot.cluster.selecting import selects
from bot.cluster.signs import signs
from bot.domain.evidence.model import LookSummary, Offered
from bot.domain.model import PackName
from bot.domain.pack.readiness import LookWords
from tests.cluster.dumps import CANARY, container, dump_of, pod, pod_spec, service, thing, workload
from tests.cluster.situations import node

WORDS = LookWords(system_namespaces=("kube-system",), databases=("redis",))
ASKS = {"requests": {"cpu": "100m", "memory": "128Mi"}}
DUMP = dump_of(
    thing("Namespace", "shop", labels={"istio.io/dataplane-mode": "ambient"}),
    thing("Namespace", "kube-system"),
    thing("Namespace", "default"),
    thing("Secret", "s", namespace="shop"),
    node("a", **{"topology.kubernetes.io/zone": "1", "eks.amazonaws.com/nodegroup": "n"}),
    node("w", system="windows"),
    workload("aws-node", "kube-system", "DaemonSet"),
    workload("cart", labels={"team": "web", "app.kubernetes.io/part-of": "shop"}),
    workload("cache", spec=pod_spec(container(image="redis:7"))),
    workload("nightly", kind="CronJob"),
    workload("owned", ownerReferences=[{"kind": "Prometheus", "name": "p"}]),
    service("cart", {"port": 80}),
    service("cache", {"port": 6379}),
    service("nobody", {"port": 1}),
    service("everything", {"port": 1}, selector={}),
    thing("Service", "kubernetes", {"ports": [{"port": 443}]}, namespace="default"),
    pod(
        "cart-1",
        spec=pod_spec(
            container(resources=ASKS),
            container("side"),
            initContainers=[container("i", resources=ASKS)],
        ),
    ),
    pod("cart-2", spec=pod_spec(container(resources={"requests": {"cpu": 1, "memory": "1Gi"}}))),
    pod("cart-3", status={"phase": "Pending"}),
    pod("dns", "kube-system"),
)


def test_every_count() -> None:
    assert counted(Cluster(DUMP, WORDS.system_namespaces)).model_dump() == {
        "items": 20,
        "nodes": 2,
        "zones": 1,
        "namespaces": 3,
        "app_namespaces": ("shop",),
        "workloads_all": 4,
        "workloads_app": 3,
        "services_app": 4,
        "workloads_behind_a_service": 2,
        "pods_all": 4,
        "pods_running": 3,
        "pods_running_app": 2,
        "containers_without_cpu_request_app": 1,
        "cpu_requests_app_m": 1100,
        "memory_requests_app_mib": 1152,
        "pods_with_istio_proxy": 0,
        "pods_with_linkerd_proxy": 0,
        "pods_in_ambient_namespaces": 2,
        "team_labels": ("web",),
        "part_of_labels": ("shop",),
        "images_app": 2,
    }


def test_what_is_offered() -> None:
    offer = offered(WORDS, Cluster(DUMP, WORDS.system_namespaces))
    assert (offer.services, offer.services_without_databases) == (2, 1)
    assert (offer.pods, offer.nodes, offer.windows) == (2, 1, 1)
    assert (offer.platform, offer.network, offer.mesh) == ("eks", ("aws-vpc-cni",), ())


ROUTES = [{"backendRefs": [{"name": "a", "weight": 90}, {"name": "b", "weight": 10}]}]
SIGNS = dump_of(
    service("a", {"port": 80, "name": "http"}, {"port": 81, "appProtocol": "grpc"}, {"port": 82}),
    workload("a", spec=pod_spec(container(image="python:3.12-slim")), labels={"owner": "x"}),
    workload("db", kind="StatefulSet", extra={"replicas": 3}, labels={"owner": "y"}),
    workload(
        "b",
        extra={"strategy": {"type": "Recreate"}},
        labels={"owner": "x"},
        template={"annotations": {"instrumentation.opentelemetry.io/inject-java": CANARY}},
    ),
    workload("nightly", kind="CronJob", labels={"owner": "x"}),
    workload("metrics-server", "kube-system"),
    thing("PodDisruptionBudget", "db", {"maxUnavailable": 0}, namespace="shop"),
    thing("PodDisruptionBudget", "a", {"maxUnavailable": "50%"}, namespace="shop"),
    thing("HTTPRoute", "r", {"rules": ROUTES}, api="gateway.networking.k8s.io/v1"),
    thing("HTTPRoute", "s", {"rules": [{}]}, api="gateway.networking.k8s.io/v1"),
    thing("Rollout", "r", {}, api="argoproj.io/v1alpha1", namespace="shop"),
)


def test_signs_are_told_as_hints_and_never_as_answers() -> None:
    words = LookWords(system_namespaces=("kube-system",), languages={"python": "python"})
    offer = signs(words, Cluster(SIGNS, words.system_namespaces))
    assert offer.model_dump() == {
        "ports": 3,
        "request_ports": 2,
        "stateful_sets": 1,
        "jobs": 1,
        "alone": 2,
        "recreated": 1,
        "rigid": 1,
        "weighted": 1,
        "rollouts": 1,
        "instrumented": 1,
        "metrics_server": True,
        "images": 2,
        "languages": {"java": 1, "python": 1},
        "targets": 4,
        "open_targets": 4,
        "team_label": "owner",
        "team_values": 2,
    }
    look = LookSummary(
        seen=date(2026, 11, 28),
        pack=PackName(name="p", version="1"),
        counts={},
        meshed={"istio": 1, "none": 3},
        offered=Offered(services=2, services_without_databases=1, pods=4, nodes=1, signs=offer),
    )
    assert look.hints["zero_trust"] == (
        "Seen: 1 of 4 running pods are in Istio or Linkerd; "
        "anybody may call 4 of 4 workloads, as policies go."
    )
    assert look.hints["teams"] == "Seen: 2 values of owner, which need not be teams."
    named = "Seen: java (1), python (1), by name or annotation, among 2 images."
    assert look.hints["languages"] == named
    assert look.hints["traffic_management"] == "Seen: routes with weights: 1, rollouts: 1."
    assert "disruption budgets that allow none to be missing: 1" in look.hints["restart_tolerance"]
    assert "platform_owner" not in look.hints


QUANTITIES = {
    "100m": Fraction(1, 10),
    "2": Fraction(2),
    "0.5": Fraction(1, 2),
    "1e3": Fraction(1000),
    "128Mi": Fraction(128 * 2**20),
    "1G": Fraction(10**9),
    "12E": Fraction(12 * 10**18),
    "": None,
    "many": None,
    "1X": None,
    "9" * 99: None,
}


@pytest.mark.parametrize("text", QUANTITIES)
def test_quantities(text: str) -> None:
    assert quantity(text) == QUANTITIES[text]


SELECTORS = [
    ({}, True),
    ({"matchLabels": {"app": "cart"}}, True),
    ({"matchLabels": {"app": "cart", "tier": "web"}}, False),
    ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["cart", "x"]}]}, True),
    ({"matchExpressions": [{"key": "tier", "operator": "In", "values": ["web"]}]}, False),
    ({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["web"]}]}, True),
    ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["cart"]}]}, False),
    ({"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, True),
    ({"matchExpressions": [{"key": "app", "operator": "Exists"}]}, True),
    ({"matchExpressions": [{"key": "app", "operator": "Gt", "values": ["1"]}]}, False),
]


@pytest.mark.parametrize(("selector", "fits"), SELECTORS)
def test_selectors(selector: dict[str, object], fits: bool) -> None:
    assert selects(selector, {"app": "cart"}) is fits
