"""What a dump as a whole does not show of who may call whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.cluster.model import Dump, Item
from bot.cluster.reach.istio import authorization_items
from bot.cluster.reach.linkerd import POLICY
from bot.cluster.reach.network import network_policies
from bot.domain.reach.model import NotJudged, Pods, Proxy
from bot.domain.reach.network import ON_HOST

_PLUGIN = NotJudged(
    "network plugin",
    "a dump does not show whether one enforces NetworkPolicies; without one they have no effect",
)
_NO_NETWORK = NotJudged(
    "NetworkPolicy",
    "the dump holds none: the cluster has none, or they were not asked for",
)
_OUTSIDE = NotJudged(
    "callers outside the cluster",
    "only workloads in the dump are judged: no address, ingress, node or probe",
)
_NOT_TCP = NotJudged(
    "UDP and SCTP", "they go past the mesh's proxies: with its policies only TCP is judged"
)
_UNASKED = (
    "the dump holds none, though {} proxies are in it: the cluster has none, or they were not "
    "asked for"
)
_UNDATED = (
    "several hold for the same pods and the oldest counts, which the dump does not date: the first "
    "by name is taken"
)
_TAKEN = "none is seen: every workload is taken to be in the mesh, with mutual TLS"


def notes(dump: Dump, pods: Sequence[Pods], guessed_root: str) -> Iterator[NotJudged]:
    """Each in one sentence, the most weighty first."""
    yield from _incomplete(dump, pods)
    if any(network_policies(dump)) or dump.kinds.get("AdminNetworkPolicy"):
        yield _PLUGIN
    else:
        yield _NO_NETWORK
    linkerds = any(each.group == POLICY for each in dump.items)
    if any(authorization_items(dump)):
        yield from _of_istio(pods, guessed_root)
    elif linkerds:
        yield _NOT_TCP
    yield from _unasked(dump, pods)
    if _undated(dump):
        yield NotJudged("PeerAuthentication", _UNDATED)
    if linkerds and not any(each.proxy is Proxy.LINKERD for each in pods):
        yield NotJudged("Linkerd's proxies", _TAKEN)
    on_hosts = sorted({each.workload for each in pods if each.host_network})
    if on_hosts:
        yield NotJudged("hostNetwork", ON_HOST, tuple(on_hosts))
    if dump.kinds.get("Sidecar"):
        yield NotJudged("Sidecar", "Istio's Sidecar may narrow what a caller reaches: not read")
    yield _OUTSIDE


def _undated(dump: Dump) -> bool:
    """Whether several PeerAuthentications of one level differ, and not all say when they began."""
    levels = defaultdict[tuple[str, bool], list[Item]](list)
    for each in dump.objects("PeerAuthentication"):
        levels[each.namespace, "selector" in each.spec].append(each)
    return any(
        not all(each.created for each in level)
        and any(each.spec != level[0].spec for each in level)
        and len({str(each.spec.get("selector")) for each in level}) < len(level)
        for level in levels.values()
    )


def _incomplete(dump: Dump, pods: Sequence[Pods]) -> Iterator[NotJudged]:
    for each in dump.sources:
        if each.cut:
            why = "it ends in the middle: workloads and policies after that are missing"
            yield NotJudged(each.name, why)
    if len({each.namespace for each in pods}) == 1:
        yield NotJudged("other namespaces", "workloads of one namespace alone are in the dump")


def _unasked(dump: Dump, pods: Sequence[Pods]) -> Iterator[NotJudged]:
    """A mesh's policies, where its proxies are in the dump and none of its policies is."""
    proxies = {each.proxy for each in pods}
    if proxies & {Proxy.ISTIO, Proxy.AMBIENT}:
        if not any(authorization_items(dump)):
            yield NotJudged("AuthorizationPolicy", _UNASKED.format("Istio's"))
        if not dump.kinds.get("PeerAuthentication"):
            yield NotJudged("PeerAuthentication", _UNASKED.format("Istio's"))
    if Proxy.LINKERD in proxies and not any(each.group == POLICY for each in dump.items):
        yield NotJudged("Linkerd's policies", _UNASKED.format("Linkerd's"))


def _of_istio(pods: Sequence[Pods], guessed_root: str) -> Iterator[NotJudged]:
    yield _NOT_TCP
    if not any(each.proxy in {Proxy.ISTIO, Proxy.AMBIENT} for each in pods):
        yield NotJudged("Istio's proxies", _TAKEN)
    if guessed_root:
        why = "taken for the mesh's root namespace, whose policies hold everywhere: a guess"
        yield NotJudged(guessed_root, why)
