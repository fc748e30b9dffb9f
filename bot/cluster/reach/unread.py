"""Policies that are not judged: other makers' kinds, and those that could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cluster.model import Dump, Item, Misshapen
from bot.cluster.reach.network import GROUPS
from bot.domain.reach.model.network import Unread

CILIUM = "a Cilium policy: not judged"
CALICO = "a Calico policy: not judged"
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
            yield Unread(each.key, CILIUM, each.namespace)
        elif each.kind == "ClusterNetworkPolicy":
            yield Unread(each.key, "a kind of policy that is newer than this", "")
        elif _calicos(each):
            yield Unread(each.key, CALICO, each.namespace)
    for left in dump.misshapen:
        if left.key.startswith(_POLICIES):
            yield _left_out(left, root)


def _calicos(item: Item) -> bool:
    if item.kind == "NetworkPolicy":
        return item.group not in GROUPS
    return item.kind == "GlobalNetworkPolicy" or item.kind.startswith("StagedGlobalNetworkPolicy")


def _left_out(left: Misshapen, root: str) -> Unread:
    """One that the reader left out; in the mesh's root namespace it may be about everybody."""
    parts = left.key.split("/")
    space = parts[1] if len(parts) == 3 and parts[1] != root else ""
    why = f"it could not be read: {left.field} is not as Kubernetes writes it"
    return Unread(left.key, why, space)


def unreadable(item: Item, why: str) -> Unread:
    """A policy that was read, and holds what this does not know."""
    return Unread(item.key, f"it holds {why}", item.namespace)
