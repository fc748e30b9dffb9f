"""What is not judged adds no caller, and is said."""

from typing import Any

import pytest

from bot.domain.reach.model import Callers
from tests.cluster.reach.objects import (
    Object,
    admin,
    app,
    ns,
    pod,
    policy,
    reach_of,
)

WEB, DB = pod("shop/web", "web"), pod("shop/db", "db")


def judged(*objects: Object) -> Callers:
    return reach_of(ns("shop"), WEB, DB, *objects).callers("shop/db[Pod]")


def doubts(callers: Callers) -> dict[str, tuple[str, ...]]:
    return {each.what: each.workloads for each in callers.not_judged}


def other(kind: str, group: str, namespace: str = "shop") -> Object:
    meta = {"name": "x"} | ({"namespace": namespace} if namespace else {})
    return {
        "apiVersion": f"{group}/v1",
        "kind": kind,
        "metadata": meta,
        "spec": {"selector": "all()"},
    }


def test_other_makers_policies_are_not_judged() -> None:
    for item in (
        other("CiliumNetworkPolicy", "cilium.io"),
        other("CiliumClusterwideNetworkPolicy", "cilium.io", ""),
        other("NetworkPolicy", "crd.projectcalico.org"),
        other("NetworkPolicy", "projectcalico.org"),
        other("GlobalNetworkPolicy", "projectcalico.org", ""),
        other("ClusterNetworkPolicy", "policy.networking.k8s.io", ""),
    ):
        callers = judged(item)
        assert (callers.anybody, callers.callers) == (False, ())
        assert ("shop/web[Pod]",) in doubts(callers).values()


def cilium(**spec: Any) -> Object:
    return other("CiliumNetworkPolicy", "cilium.io") | {"spec": spec}


def test_a_cilium_policy_concerns_the_pods_that_it_selects_in_its_directions() -> None:
    web = {"matchLabels": {"k8s:app": "web"}}
    assert judged(cilium(endpointSelector=web, ingress=[{}])).anybody
    assert judged(cilium(endpointSelector=web, egress=[{}])).callers == ()
    database = {"matchLabels": {"app": "db", "io.kubernetes.pod.namespace": "shop"}}
    assert judged(cilium(endpointSelector=database, egress=[{}])).anybody
    assert judged(cilium(endpointSelector=database, ingress=[{}])).callers == ()
    new = {"matchExpressions": [{"key": "app", "operator": "Like", "values": ["x"]}]}
    assert judged(cilium(endpointSelector=new, ingress=[{}])).callers == ()


def test_ciliums_policies_add_up_with_kubernetes_save_where_they_deny() -> None:
    let_web = policy("shop/db", app("db"), ingress=[{"from": [{"podSelector": app("web")}]}])
    cart = pod("shop/cart", "cart")
    added = judged(let_web, cart, cilium(endpointSelector={}, ingress=[{}]))
    assert [each.workload for each in added.callers] == ["shop/web[Pod]"]
    assert ("shop/cart[Pod]",) in doubts(added).values()
    denied = judged(let_web, cilium(endpointSelector={}, ingress=[{}], ingressDeny=[{}]))
    assert denied.callers == ()


def test_another_namespaces_policy_of_calico_concerns_only_its_own_pods() -> None:
    callers = judged(other("NetworkPolicy", "projectcalico.org", "lab"))
    assert (callers.anybody, len(callers.callers)) == (True, 1)


def test_a_policy_that_is_not_as_kubernetes_writes_it_is_not_judged() -> None:
    broken = policy("shop/db", app("db"), ingress="all")
    callers = judged(broken)
    assert (callers.anybody, callers.callers) == (False, ())
    assert "could not be read" in next(each.why for each in callers.not_judged if each.workloads)


def test_a_field_that_is_new_makes_a_policy_vague() -> None:
    new = policy("shop/db", app("db"), ingress=[{"from": [{"podSelector": {}}], "until": "noon"}])
    callers = judged(new)
    assert callers.callers == ()
    assert ("shop/web[Pod]",) in doubts(callers).values()


def test_an_admin_policy_with_a_new_action_is_not_judged() -> None:
    new = admin(
        "a", 1, {"namespaces": {}}, ingress=[{"action": "Ask", "from": [{"namespaces": {}}]}]
    )
    callers = judged(new)
    assert (callers.anybody, callers.callers) == (False, ())


def test_a_block_that_covers_pods_is_not_judged() -> None:
    block = {"cidr": "10.0.0.0/8", "except": ["10.9.0.0/16"]}
    rule = policy("shop/db", app("db"), ingress=[{"from": [{"ipBlock": block}]}])

    def at(address: str) -> Callers:
        web = pod("shop/web", "web", status={"podIP": address})
        return reach_of(ns("shop"), web, DB, rule).callers("shop/db[Pod]")

    assert doubts(at("10.1.1.1"))["NetworkPolicy/shop/db: ingress[0]"] == ("shop/web[Pod]",)
    assert "NetworkPolicy/shop/db: ingress[0]" not in doubts(at("10.9.1.1"))
    assert "NetworkPolicy/shop/db: ingress[0]" not in doubts(at("192.0.2.1"))
    assert "NetworkPolicy/shop/db: ingress[0]" in doubts(at("no address"))


def test_the_plugin_is_said_wherever_there_are_policies() -> None:
    assert "network plugin" in doubts(judged(policy("shop/db", app("db"))))
    assert "network plugin" not in doubts(judged())
    assert "NetworkPolicy" in doubts(judged())


def test_one_namespace_and_hosts_are_said() -> None:
    on_host = pod("shop/agent", "agent", hostNetwork=True)
    callers = judged(on_host)
    assert "other namespaces" in doubts(callers)
    assert doubts(callers)["hostNetwork"] == ("shop/agent[Pod]",)


def test_pods_of_one_workload_that_differ_are_said() -> None:
    pods = [
        pod("shop/a-1", "db", owner=("DaemonSet", "a")),
        pod("shop/a-2", "free", owner=("DaemonSet", "a")),
    ]
    shut = policy("shop/db", app("db"))
    callers = reach_of(ns("shop"), WEB, *pods, shut).callers("shop/a[DaemonSet]")
    assert callers.callers == ()
    assert doubts(callers)["shop/a[DaemonSet]"] == ("shop/web[Pod]",)


def test_who_may_call_a_target_on_the_host_is_not_judged_where_policies_select_it() -> None:
    on_host = pod("shop/db", "db", hostNetwork=True)
    shut = policy("shop/db", app("db"))
    callers = reach_of(ns("shop"), WEB, on_host, shut).callers("shop/db[Pod]")
    assert callers.callers == ()
    assert doubts(callers)["shop/db[Pod]"] == ("shop/web[Pod]",)


@pytest.mark.parametrize(
    ("kind", "group", "words"),
    [
        ("NetworkPolicy", "crd.antrea.io", "Antrea"),
        ("NetworkPolicy", "example.org", "no policy of Kubernetes' own"),
        ("ApplicationNetworkPolicy", "networking.k8s.aws", "AWS"),
        ("FQDNNetworkPolicy", "networking.gke.io", "GKE"),
        ("MeshTrafficPermission", "kuma.io", "Kuma"),
        ("ServiceIntentions", "consul.hashicorp.com", "Consul"),
    ],
)
def test_each_makers_policies_are_called_theirs(kind: str, group: str, words: str) -> None:
    callers = judged(other(kind, group))
    assert (callers.anybody, callers.callers) == (False, ())
    assert words in next(each.why for each in callers.not_judged if each.workloads)


def test_policies_that_name_services_bear_on_every_namespace() -> None:
    assert judged(other("MeshTrafficPermission", "kuma.io", "kuma-system")).callers == ()
    assert len(judged(other("ApplicationNetworkPolicy", "networking.k8s.aws", "x")).callers) == 1
