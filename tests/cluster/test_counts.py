"""What is counted, on a dump that we wrote."""

from __future__ import annotations

from fractions import Fraction

import pytest

from bot.cluster.apps import Cluster
from bot.cluster.counts import counted
from bot.cluster.offering import offered
from bot.cluster.quantities import quantity
from bot.cluster.selecting import selects
from bot.domain.pack.readiness import LookWords
from tests.cluster.dumps import container, dump_of, pod, pod_spec, service, thing, workload
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
    found = offered(WORDS, Cluster(DUMP, WORDS.system_namespaces))
    assert (found.services, found.services_without_databases) == (2, 1)
    assert (found.pods, found.nodes, found.windows) == (2, 1, 1)
    assert (found.platform, found.network, found.mesh) == ("eks", ("aws-vpc-cni",), ())


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
