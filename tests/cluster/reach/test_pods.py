"""Whom a pod stands for, and what of it policies look at."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cluster.reach.naming import named
from bot.errors import BadInput
from tests.cluster.reach.objects import Object, dump_of, pod, port, reach_of


def made(kind: str, at: str, app: str = "", **more: Any) -> Object:
    """A controller of pods."""
    namespace, _, name = at.partition("/")
    meta: Object = {"name": name, "namespace": namespace}
    if owner := more.pop("owner", None):
        meta["ownerReferences"] = [{"kind": owner[0], "name": owner[1], "controller": True}]
    template = {"metadata": {"labels": {"app": app}}, "spec": {"containers": [{"name": "app"}]}}
    spec: Object = {"template": template} | more
    if kind == "CronJob":
        spec = {"jobTemplate": {"spec": {"template": template}}}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": meta, "spec": spec}


def workloads(*objects: Object) -> list[str]:
    return sorted(reach_of(*objects).cast.workloads)


def test_a_pod_stands_for_its_controller() -> None:
    assert workloads(pod("a/x-1", owner=("ReplicaSet", "x"))) == ["a/x[ReplicaSet]"]
    assert workloads(pod("a/x-1", owner=("Rollout", "x"))) == ["a/x[Rollout]"]
    assert workloads(pod("a/x")) == ["a/x[Pod]"]


def test_a_static_pod_stands_for_itself() -> None:
    pods = [pod(f"kube-system/{each}", owner=("Node", "n1")) for each in ("etcd", "proxy")]
    assert workloads(*pods) == ["kube-system/etcd[Pod]", "kube-system/proxy[Pod]"]


def test_a_replica_set_folds_into_its_deployment_where_both_are_there() -> None:
    sets = [
        made("ReplicaSet", "a/x-1", owner=("Deployment", "x"), replicas=1),
        made("ReplicaSet", "a/x-0", owner=("Deployment", "x"), replicas=0),
    ]
    one = pod("a/x-1-p", owner=("ReplicaSet", "x-1"))
    assert workloads(made("Deployment", "a/x"), *sets, one) == ["a/x[Deployment]"]
    assert workloads(*sets, one) == ["a/x-1[ReplicaSet]"]


def test_a_replica_set_that_is_not_there_is_known_by_the_pods_hash() -> None:
    one = pod("a/x-1-p", owner=("ReplicaSet", "x-1"), labels={"pod-template-hash": "1"})
    assert workloads(made("Deployment", "a/x"), one) == ["a/x[Deployment]"]
    assert workloads(made("Deployment", "a/y"), one) == ["a/x-1[ReplicaSet]", "a/y[Deployment]"]


def test_a_job_folds_into_its_cron_job() -> None:
    job = made("Job", "a/x-1", owner=("CronJob", "x"))
    one = pod("a/x-1-p", owner=("Job", "x-1"), status={"phase": "Succeeded"})
    assert workloads(made("CronJob", "a/x"), job, one) == ["a/x[CronJob]"]


def test_owners_in_a_ring_end() -> None:
    ring = [
        made("ReplicaSet", "a/x", owner=("ReplicaSet", "y"), replicas=1),
        made("ReplicaSet", "a/y", owner=("ReplicaSet", "x"), replicas=1),
    ]
    assert "a/y[ReplicaSet]" in workloads(pod("a/p", owner=("ReplicaSet", "x")), *ring)


def test_pods_that_ended_count_where_there_are_no_others() -> None:
    ended = pod("a/x-1", "old", owner=("Job", "x"), status={"phase": "Failed"})
    live = pod("a/x-2", "new", owner=("Job", "x"), status={"phase": "Running"})
    assert [each.labels for each in reach_of(ended, live).cast.pods] == [{"app": "new"}]
    assert [each.labels for each in reach_of(ended).cast.pods] == [{"app": "old"}]


def test_a_sidecar_that_stays_declares_ports_too() -> None:
    one = pod("a/x", ports=[port(80)])
    one["spec"]["initContainers"] = [
        {"name": "stays", "restartPolicy": "Always", "ports": [port(15)]},
        {"name": "goes", "ports": [port(16)]},
    ]
    assert [each.number for each in reach_of(one).cast.pods[0].ports] == [80, 15]


SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "front", "namespace": "a"},
    "spec": {"selector": {"app": "x"}, "ports": [{"port": 80}]},
}


def test_a_target_is_found_by_name_kind_service_or_without_its_hash() -> None:
    dump = dump_of(
        pod("a/x", "x"), pod("a/y-5f4-p", owner=("ReplicaSet", "y-5f4")), pod("a/z"), SERVICE
    )
    known = ["a/x[Pod]", "a/y-5f4[ReplicaSet]", "a/z[Job]", "a/z[Pod]"]
    assert named("a/x", known, dump) == "a/x[Pod]"
    assert named("a/y", known, dump) == "a/y-5f4[ReplicaSet]"
    assert named("a/z[Job]", known, dump) == "a/z[Job]"
    assert named("a/front", known, dump) == "a/x[Pod]"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("a/z", "a/z[Job], a/z[Pod]"),
        ("x", "namespace/name"),
        ("a/xx", "Near: a/x"),
        ("b/q", "--all"),
    ],
)
def test_a_target_that_is_none_is_said(wanted: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence.replace("[", r"\[")):
        named(wanted, ["a/x[Pod]", "a/z[Job]", "a/z[Pod]"], dump_of())
