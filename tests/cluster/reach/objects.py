"""Kubernetes objects as dumps write them, in few words."""

from __future__ import annotations

import io
import json
from typing import Any

from bot.cluster.model import Dump
from bot.cluster.reach.scene import scene
from bot.cluster.reading import Input, read
from bot.domain.reach.callers import Reach

Object = dict[str, Any]


def ns(name: str, **labels: str) -> Object:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


def pod(
    at: str, app: str = "", *, account: str = "", ports: list[Object] | None = None, **more: Any
) -> Object:
    """`pod("shop/cart", "cart")`; `labels`, `containers`, `owner` and what else the spec holds."""
    namespace, _, name = at.partition("/")
    labels = more.pop("labels", {}) | ({"app": app} if app else {})
    meta: Object = {"name": name, "namespace": namespace, "labels": labels}
    if owner := more.pop("owner", None):
        meta["ownerReferences"] = [{"kind": owner[0], "name": owner[1], "controller": True}]
    meta |= more.pop("meta", {})
    containers = [
        {"name": "app", "ports": ports or []},
        *({"name": each} for each in more.pop("beside", ())),
    ]
    spec = {"containers": containers} | ({"serviceAccountName": account} if account else {})
    status = more.pop("status", {})
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": spec | more}
    return pod | ({"status": status} if status else {})


def port(number: int, name: str = "", protocol: str = "TCP") -> Object:
    return {"containerPort": number, "protocol": protocol} | ({"name": name} if name else {})


def policy(at: str, select: Object | None = None, **spec: Any) -> Object:
    """A NetworkPolicy of `namespace/name`."""
    namespace, _, name = at.partition("/")
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"podSelector": select or {}} | spec,
    }


def admin(name: str, priority: int | None, subject: Object, **spec: Any) -> Object:
    kind = "BaselineAdminNetworkPolicy" if priority is None else "AdminNetworkPolicy"
    own = {} if priority is None else {"priority": priority}
    return {
        "apiVersion": "policy.networking.k8s.io/v1alpha1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": own | {"subject": subject} | spec,
    }


def istio(at: str, select: Object | None = None, **spec: Any) -> Object:
    """An AuthorizationPolicy of Istio's."""
    namespace, _, name = at.partition("/")
    selector = {"selector": {"matchLabels": select}} if select else {}
    return {
        "apiVersion": "security.istio.io/v1",
        "kind": "AuthorizationPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": selector | spec,
    }


def mtls(at: str, mode: str, select: Object | None = None, **spec: Any) -> Object:
    """A PeerAuthentication."""
    policy = istio(at, select, mtls={"mode": mode}, **spec)
    return policy | {"kind": "PeerAuthentication"}


def app(name: str) -> Object:
    """The selector of an app."""
    return {"matchLabels": {"app": name}}


def source(**fields: list[str]) -> Object:
    return {"source": fields}


def operation(**fields: list[str]) -> Object:
    return {"operation": fields}


def account(namespace: str, name: str) -> str:
    return f"cluster.local/ns/{namespace}/sa/{name}"


def dump_of(*objects: Object) -> Dump:
    """The objects, read as a dump."""
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
    return read([Input("dump.json", io.BytesIO(text.encode()))])


def reach_of(*objects: Object, root: str = "") -> Reach:
    return Reach(scene(dump_of(*objects), root))


def callers_of(target: str, *objects: Object) -> dict[str, str]:
    """Caller → ports, without kinds."""
    reach = reach_of(*objects)
    name = next(each for each in reach.cast.workloads if each.partition("[")[0] == target)
    return {each.workload.partition("[")[0]: each.ports for each in reach.callers(name).callers}
