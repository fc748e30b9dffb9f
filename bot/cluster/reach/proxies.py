"""What a pod shows of a mesh: the proxy that is there, and the one that a label asks for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.cluster.model import Item
from bot.domain.reach.model import Proxy

_MODE = "istio.io/dataplane-mode"
_WAYPOINT = "istio.io/use-waypoint"
_INJECT = "sidecar.istio.io/inject"


def proxy(item: Item, namespace: Item | None) -> Proxy:
    """The proxy of a pod; of a template none is seen, for proxies come when pods are made."""
    if item.kind != "Pod":
        return Proxy.UNSEEN
    names = _containers(item)
    if names == {"istio-proxy"}:
        return Proxy.GATEWAY
    if "istio-proxy" in names or "sidecar.istio.io/status" in item.pod_annotations:
        return Proxy.ISTIO
    if "linkerd-proxy" in names:
        return Proxy.LINKERD
    return Proxy.AMBIENT if _in_ambient(item, namespace) else Proxy.NONE


def _containers(item: Item) -> set[str]:
    spec = item.pod_spec
    both = (*spec.get("containers", ()), *spec.get("initContainers", ()))
    return {each.get("name", "") for each in both}


def _in_ambient(item: Item, namespace: Item | None) -> bool:
    if item.pod_spec.get("hostNetwork"):
        return False
    spaces = namespace.labels if namespace else {}
    mode = item.pod_labels.get(_MODE, spaces.get(_MODE, ""))
    if item.pod_annotations.get("ambient.istio.io/redirection") == "enabled":
        return True
    return mode == "ambient"


def labelled(item: Item, namespace: Item | None) -> bool:
    """Whether a sidecar is asked for, by the namespace or by the pod, or written in by hand."""
    if item.kind != "Pod" and "istio-proxy" in _containers(item):
        return True
    spaces: Mapping[str, str] = namespace.labels if namespace else {}
    notes: Mapping[str, str] = namespace.annotations if namespace else {}
    own = item.pod_labels.get(_INJECT, item.pod_annotations.get(_INJECT, ""))
    linkerd = item.pod_annotations.get("linkerd.io/inject", notes.get("linkerd.io/inject", ""))
    if own == "false" or item.pod_spec.get("hostNetwork"):
        return False
    return (
        own == "true"
        or spaces.get("istio-injection") == "enabled"
        or "istio.io/rev" in spaces
        or "istio.io/rev" in item.pod_labels
        or linkerd in {"enabled", "ingress"}
    )


def uses_waypoint(item: Item, namespace: Item | None) -> bool:
    """Whether a waypoint stands before a pod."""
    spaces = namespace.labels if namespace else {}
    return item.pod_labels.get(_WAYPOINT, spaces.get(_WAYPOINT, "none")) != "none"
