"""A dump → a look: what was counted, what was found, worst first, and what could not be judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.cluster.apps import Cluster
from bot.cluster.counts import ClusterCounts, counted, kubernetes
from bot.cluster.model import Dump
from bot.cluster.offering import offered
from bot.cluster.predicates import PREDICATES
from bot.cluster.unjudged import Open, unjudged
from bot.domain.evidence.model import Offered
from bot.domain.model import Frozen
from bot.domain.pack import Pack
from bot.domain.pack.readiness import LookWords, ReadinessCheck, Severity
from bot.errors import BadInput

WORST: tuple[Severity, ...] = ("breaks", "configure", "loses", "info")
MOST_PAIRS = 200_000
"""Of Services and workloads that are listed."""


class Occurrence(Frozen):
    """One finding in one dump."""

    finding: ReadinessCheck
    severity: Severity
    objects: tuple[str, ...]
    """Each once, those that matter most first."""


class Meshed(Frozen):
    """How far a mesh got in the apps' namespaces: by running pods, and by what was only asked."""

    pods: Mapping[str, int]
    """istio, linkerd, ambient, none → running pods of the apps."""
    labelled: tuple[str, ...]
    """Namespaces that ask for proxies and have running pods without one."""


class Look(Frozen):
    """All that a look says."""

    counts: ClusterCounts
    kubernetes: tuple[str, ...]
    meshed: Meshed
    findings: tuple[Occurrence, ...]
    """Worst first, within a severity as the pack orders them."""
    unjudged: tuple[Open, ...]
    """What could not be judged, and why."""
    offered: Offered
    modes: tuple[str, ...] = ()
    """The modes that were considered; none for all."""


def cluster_of(pack: Pack, dump: Dump) -> Cluster:
    """The dump as a cluster, with the pack's word on which namespaces hold no apps."""
    return Cluster(dump, words_of(pack).system_namespaces)


def words_of(pack: Pack) -> LookWords:
    """What the pack says of looks; nothing where it is an older one."""
    return pack.look or LookWords(system_namespaces=())


def backends(cluster: Cluster) -> dict[str, list[str]] | None:
    """Service → the workloads that it selects, by key; None where the pairs are too many to list.

    Services with the same selector share a list.
    """
    if sum(map(len, cluster.backends.values())) > MOST_PAIRS:
        return None
    names = {id(each): [item.key for item in each] for each in cluster.selections}
    return {key: names[id(each)] for key, each in cluster.backends.items()}


def modes_of(pack: Pack, named: Iterable[str]) -> tuple[str, ...]:
    """Modes from their ids, or from those of meshes.

    Raises `BadInput` for one that is unknown, or of which no finding is.
    """
    known = sorted({mode for each in pack.readiness.values() for mode in each.modes})
    modes = list[str]()
    for name in (each.casefold().replace("-", "_") for each in named):
        own = [each for each in known if name in (each, pack.modes[each].mesh)]
        if not own:
            raise BadInput(
                f"--mode {name}: nothing to look for is known. There is {', '.join(known)}."
            )
        modes += own
    return tuple(dict.fromkeys(modes))


def look(pack: Pack, cluster: Cluster, modes: tuple[str, ...] = ()) -> Look:
    """Look at a cluster for some modes, or for all."""
    return Look(
        counts=counted(cluster),
        kubernetes=kubernetes(cluster),
        meshed=_meshed(cluster),
        findings=tuple(findings(pack, cluster, modes)),
        unjudged=tuple(unjudged(words_of(pack), cluster)),
        offered=offered(words_of(pack), cluster),
        modes=modes,
    )


def findings(pack: Pack, cluster: Cluster, modes: Collection[str] = ()) -> list[Occurrence]:
    """Every finding that holds, worst first."""
    wanted = [each for each in pack.readiness.values() if not modes or set(modes) & set(each.modes)]
    return sorted(_held(cluster, wanted), key=lambda each: WORST.index(each.severity))


def _held(cluster: Cluster, wanted: list[ReadinessCheck]) -> Iterator[Occurrence]:
    for each in wanted:
        hits = sorted(PREDICATES[each.sight](cluster, each), key=lambda hit: not hit.sure)
        if hits:
            sure = each.softer is None or any(hit.sure for hit in hits)
            yield Occurrence(
                finding=each,
                severity=each.severity if sure or each.softer is None else each.softer,
                objects=tuple(dict.fromkeys(hit.object for hit in hits)),
            )


def _meshed(cluster: Cluster) -> Meshed:
    pods = {"istio": 0, "linkerd": 0, "ambient": 0, "none": 0}
    labelled = dict[str, None]()
    for pod in cluster.running_apps:
        by = cluster.meshed_by(pod)
        pods[by] += 1
        if by == "none" and cluster.injected(pod.namespace):
            labelled[pod.namespace] = None
    return Meshed(pods=pods, labelled=tuple(labelled))
