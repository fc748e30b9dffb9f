"""What a dump leaves open: files that end early, kinds that are missing, what no manifest shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.cluster.apps import WORKLOADS, Cluster
from bot.domain.pack.readiness import LookWords

NEEDED = {
    "Node": "versions, operating systems and zones",
    "Namespace": "labels of namespaces: what asks for a mesh, and which security level is enforced",
    "Pod": "what runs, what it asks for, and who is meshed",
    "Service": "ports, protocols and who stands behind a Service",
}
"""Kind → what cannot be said without it. Every cluster has these."""
OPTIONAL = (
    *("NetworkPolicy", "HorizontalPodAutoscaler", "LimitRange", "ResourceQuota", "Ingress"),
    *("Job", "CronJob"),
)
"""Kinds that a cluster need not have: that none is there does not tell whether it was asked for."""
OF_MESHES = {
    "istio": ("AuthorizationPolicy", "PeerAuthentication"),
    "ambient": ("AuthorizationPolicy", "PeerAuthentication"),
    "linkerd": ("Server", "AuthorizationPolicy"),
}
"""Mesh → kinds that say who may call whom, where pods are in it."""
FOREIGN = {
    "cilium_policies": ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"),
    "calico_policies": ("GlobalNetworkPolicy",),
    "cluster_policies": ("ClusterNetworkPolicy",),
}
MOST_NAMED = 5


class Open(NamedTuple):
    """One thing that was not judged."""

    id: str
    why: str
    """In a sentence; it may name objects."""


def unjudged(words: LookWords, cluster: Cluster) -> Iterator[Open]:
    """All that is open, the dump's own gaps first."""
    yield from _sources(cluster)
    yield from _missing(cluster)
    yield from _policies(cluster)
    for name, why in words.unseen.items():
        yield Open(name, why)


def _sources(cluster: Cluster) -> Iterator[Open]:
    dump = cluster.dump
    for each in dump.sources:
        if each.cut:
            yield Open(
                "cut",
                f"{each.name} ends in the middle, after {each.items:,} objects: what came after "
                "them is not counted. Was kubectl stopped?",
            )
    if dump.twice:
        yield Open("twice", f"{dump.twice:,} objects were given again; the last of each counts.")
    for name, at in dump.misshapen[:MOST_NAMED]:
        why = f"{name} was left out: {at} has another type than Kubernetes gives it."
        yield Open("misshapen", why)
    if (more := len(dump.misshapen) - MOST_NAMED) > 0:
        yield Open("misshapen", f"{more:,} more objects were left out for the same reason.")


def _missing(cluster: Cluster) -> Iterator[Open]:
    dump = cluster.dump
    spaces = {each.namespace for each in dump.items} - {""}
    if len(spaces) == 1:
        yield Open(
            "one_namespace",
            f"Objects of one namespace were seen, {next(iter(spaces))}: without -A kubectl prints "
            "no other. What calls from elsewhere is missing.",
        )
    for kind, what in NEEDED.items():
        if not dump.kinds.get(kind):
            why = f"No {kind} is in the dump: nothing is said of {what}."
            yield Open(f"no_{kind.lower()}", why)
    if not any(dump.kinds.get(kind) for kind in WORKLOADS):
        yield Open("no_workload", "No workload is in the dump, so none is counted.")
    meshes = sorted({cluster.meshed_by(each) for each in cluster.running_apps} & OF_MESHES.keys())
    wanted = dict.fromkeys((*OPTIONAL, *(kind for each in meshes for kind in OF_MESHES[each])))
    if missing := [kind for kind in wanted if not dump.kinds.get(kind)]:
        yield Open(
            "kinds",
            f"None in the dump: {', '.join(missing)}. Either there are none, or they were not "
            "asked for.",
        )


def _policies(cluster: Cluster) -> Iterator[Open]:
    dump = cluster.dump
    for name, kinds in FOREIGN.items():
        many = sum(dump.kinds.get(kind, 0) for kind in kinds)
        if many:
            yield Open(name, f"{many:,} {' and '.join(kinds)} are there; what they do is open.")
    if any(each.kind == "NetworkPolicy" and "calico" in each.group for each in dump.items):
        yield Open("calico_policies", "Calico's own NetworkPolicies are there and not judged.")
    if many := sum(bool(each.unread) for each in dump.items):
        yield Open(
            "unread",
            f"{many:,} policies hold fields that meshfit does not know; what those do is open.",
        )
