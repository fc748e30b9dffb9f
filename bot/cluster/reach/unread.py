"""Policies that are not judged: other makers' kinds, and those that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from bot.cluster.model import Dump, Fields, Item, Misshapen
from bot.cluster.reach.network import GROUPS
from bot.cluster.reach.selectors import UnreadablePolicy, selector
from bot.domain.reach.model import Selector
from bot.domain.reach.model.network import Unread

CILIUM = "a Cilium policy: not judged"
CALICO = "a Calico policy: not judged"
_OTHERS = {
    "crd.antrea.io": ("Antrea", {"NetworkPolicy", "ClusterNetworkPolicy"}),
    "networking.k8s.aws": ("AWS", {"ApplicationNetworkPolicy", "ClusterNetworkPolicy"}),
    "networking.gke.io": ("GKE", {"FQDNNetworkPolicy"}),
    "kuma.io": ("Kuma", {"MeshTrafficPermission", "TrafficPermission"}),
    "consul.hashicorp.com": ("Consul", {"ServiceIntentions"}),
    "access.smi-spec.io": ("SMI", {"TrafficTarget"}),
    "nsx.vmware.com": ("NSX", {"SecurityPolicy"}),
    "crd.nsx.vmware.com": ("NSX", {"SecurityPolicy"}),
}
"""API group → whose it is, and its kinds that decide who may call."""
_BY_SERVICE = {"kuma.io", "consul.hashicorp.com", "access.smi-spec.io"}
"""Groups whose policies name services, wherever they stand."""
_POLICIES = (
    "NetworkPolicy/",
    "AdminNetworkPolicy/",
    "BaselineAdminNetworkPolicy/",
    "AuthorizationPolicy/",
    "PeerAuthentication/",
    "Server/",
    "ServerAuthorization/",
)


def unread(dump: Dump, root: str) -> Iterator[Unread]:
    """The policies of kinds that this does not judge, and those that the reader left out."""
    for each in dump.items:
        if each.kind in {"CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"}:
            yield _cilium(each)
        elif other := _other(each):
            yield other
    for left in dump.misshapen:
        if left.key.startswith(_POLICIES):
            yield _left_out(left, root)


def _cilium(item: Item) -> Unread:
    """Whom a Cilium policy may be about: Cilium's add up with Kubernetes', save where they deny.

    https://docs.cilium.io/en/stable/security/policy/language/
    """
    ways = {way for way in ("ingress", "egress") if way in item.spec or f"{way}Deny" in item.spec}
    denies = {"ingressDeny", "egressDeny"} & item.spec.keys()
    return Unread(
        item.key,
        CILIUM,
        item.namespace,
        pods=_endpoints(item.spec.get("endpointSelector")),
        only_adds=bool(ways) and not denies,
        ingress="ingress" in ways or not ways,
        egress="egress" in ways or not ways,
    )


def _endpoints(written: Fields | None) -> Selector | None:
    """Cilium's selector as one of Kubernetes' labels; what it says beyond them is left out."""
    if written is None:
        return None
    with suppress(UnreadablePolicy):
        return tuple(
            each._replace(key=each.key.removeprefix("k8s:").removeprefix("any:"))
            for each in selector(written)
            if not each.key.removeprefix("k8s:").startswith(("io.", "reserved:", "cidr:"))
        )
    return None


def _other(item: Item) -> Unread | None:
    """A policy of somebody else's, or of Kubernetes' newer kind; None for what is no policy."""
    whose, kinds = _OTHERS.get(item.group, ("", set()))
    if item.kind in kinds:
        space = "" if item.group in _BY_SERVICE else item.namespace
        return Unread(item.key, f"a policy of {whose}: not judged", space)
    if item.kind == "ClusterNetworkPolicy":
        return Unread(item.key, "a kind of policy that is newer than this", "")
    if item.kind == "GlobalNetworkPolicy" or item.kind.startswith("StagedGlobalNetworkPolicy"):
        return Unread(item.key, CALICO, item.namespace)
    if item.kind == "NetworkPolicy" and item.group not in GROUPS:
        why = CALICO if item.group.endswith("projectcalico.org") else "no policy of Kubernetes' own"
        return Unread(item.key, why, item.namespace)
    return None


def _left_out(left: Misshapen, root: str) -> Unread:
    """One that the reader left out; in the mesh's root namespace it may be about everybody."""
    parts = left.key.split("/")
    space = parts[1] if len(parts) == 3 and parts[1] != root else ""
    why = f"it could not be read: {left.field} is not as Kubernetes writes it"
    return Unread(left.key, why, space)


def unreadable(item: Item, why: str) -> Unread:
    """A policy that was read, and holds what this does not know."""
    return Unread(item.key, f"it holds {why}", item.namespace)
