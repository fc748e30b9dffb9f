"""The summary of a look at a cluster: all of it that may leave the machine it was made on.

Counts and the ids of findings; names of objects only where whoever made it said so. Its form has a
version: a reader takes what it knows and refuses a newer one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Day
from typing import Literal

from pydantic import Field

from bot.domain.model import Frozen, PackName
from bot.domain.pack.readiness import Severity

VERSION: Literal[1] = 1


class FindingSeen(Frozen):
    """One finding: how many objects it is about, and which, where names were let out."""

    id: str
    severity: Severity
    objects: int = Field(ge=0)
    names: tuple[str, ...] = ()


class Signs(Frozen):
    """What hints at an answer and is none."""

    ports: int = Field(0, ge=0)
    """TCP ports of the apps' Services."""
    request_ports: int = Field(0, ge=0)
    """Those declared as HTTP or gRPC."""
    stateful_sets: int = Field(0, ge=0)
    jobs: int = Field(0, ge=0)
    """Jobs and CronJobs."""
    alone: int = Field(0, ge=0)
    """Deployments and StatefulSets of one replica."""
    recreated: int = Field(0, ge=0)
    """Deployments that are stopped before they are started anew."""
    rigid: int = Field(0, ge=0)
    """PodDisruptionBudgets that allow no pod to be missing."""
    weighted: int = Field(0, ge=0)
    """Routes that divide traffic by weight."""
    rollouts: int = Field(0, ge=0)
    """Objects of Argo Rollouts and Flagger."""
    instrumented: int = Field(0, ge=0)
    """Workloads that OpenTelemetry's operator instruments."""
    metrics_server: bool = False
    images: int = Field(0, ge=0)
    """Different images of the apps."""
    languages: Mapping[str, int] = Field(default_factory=dict)
    """Code of a language → images and workloads that name it."""
    targets: int = Field(0, ge=0)
    """Workloads of the apps of which it was asked who may call them; 0 where they are too many."""
    open_targets: int = Field(0, ge=0)
    """Those that anybody may call, as far as the policies that meshfit judges tell."""
    team_label: str = Field("", max_length=60)
    """The first label that four of five workloads carry and teams may stand in."""
    team_values: int = Field(0, ge=0)


class Offered(Frozen):
    """What stands beside a question of the checklist, or in the estimate, as counted."""

    services: int = Field(ge=0)
    """At most: workloads that a Service selects, whether or not they call each other."""
    services_without_databases: int = Field(ge=0)
    """Those whose images are no known database or broker."""
    pods: int = Field(ge=0)
    """Running pods of the apps."""
    nodes: int = Field(ge=0)
    """Without virtual, Fargate and Windows ones."""
    node_vcpu: float | None = Field(None, gt=0, le=10_000)
    """CPU that pods may use on one of them, on average; None where no node says it."""
    cluster_hints: tuple[str, ...] = ()
    """Signs of more than this cluster: a network label, ServiceImport, Link."""
    platform: str = ""
    """eks, gke, aks or openshift, by labels; empty where none tells."""
    network: tuple[str, ...] = ()
    """cilium, calico and others whose agent was seen."""
    mesh: tuple[str, ...] = ()
    """istio, linkerd: seen by objects or proxies; others, or a lone envoy, by proxies alone."""
    windows: int = Field(0, ge=0)
    """Nodes that run Windows."""
    signs: Signs = Signs()
    guarded_namespaces: int = Field(0, ge=0)
    """Of `app_namespaces`, those that enforce the Pod Security level baseline or restricted."""


class LookSummary(Frozen):
    """What `meshfit look --summary` writes."""

    form: Literal["meshfit-look"] = "meshfit-look"
    version: Literal[1] = VERSION
    seen: Day
    """The day of the dump."""
    pack: PackName
    modes: tuple[str, ...] = ()
    """The modes that were considered; none for all."""
    kubernetes: tuple[str, ...] = ()
    """The kubelets' versions."""
    counts: Mapping[str, int]
    """As `--json` gives them; of lists, how long they are."""
    meshed: Mapping[str, int]
    """istio, linkerd, ambient, none → running pods of the apps."""
    findings: tuple[FindingSeen, ...] = ()
    offered: Offered
    not_judged: tuple[str, ...] = ()
    """Ids of what was not judged, such as `cut` or `one_namespace`."""
    digests: tuple[str, ...] = ()
    """SHA-256 of each dump, in hex."""

    @property
    def cut(self) -> bool:
        """Whether the dump ends in the middle: all of it is of what was read, no bound of more."""
        return "cut" in self.not_judged

    @property
    def bound(self) -> str:
        """What a number of services is: a bound, where the dump is whole."""
        return "in what was read" if self.cut else "at most"

    @property
    def hints(self) -> Mapping[str, str]:
        """Question of the checklist → what was seen of it, in a sentence that is no answer."""
        hints = {**_sizes(self), **_habits(self.offered.signs)}
        where = "Seen in a dump that ends in the middle" if self.cut else "Seen"
        return {question: f"{where}: {words}." for question, words in hints.items() if words}


def _sizes(look: LookSummary) -> dict[str, str]:
    counts, offered = look.counts, look.offered
    inside = sum(many for name, many in look.meshed.items() if name != "none")
    hints = ", ".join(offered.cluster_hints)
    one = f"one cluster, with signs of more: {hints}" if hints else "one cluster, the one looked at"
    without = counts.get("containers_without_cpu_request_app", 0)
    signs = offered.signs
    reach = (
        f"; anybody may call {signs.open_targets:,} of {signs.targets:,} workloads, as policies go"
    )
    return {
        "zero_trust": f"{inside:,} of {sum(look.meshed.values()):,} running pods are in Istio or "
        "Linkerd" + (reach if signs.targets else ""),
        "services": f"{offered.services:,} {look.bound}, {offered.services_without_databases:,} "
        "without known databases and brokers; which call each other is not in a dump",
        "few_services": f"{offered.services:,} services {look.bound}",
        "clusters": one,
        "multi_cluster": one,
        "per_pod_overhead": f"{offered.pods:,} running pods that ask for "
        f"{counts.get('cpu_requests_app_m', 0):,} m of CPU and "
        f"{counts.get('memory_requests_app_mib', 0):,} MiB; "
        f"{without:,} containers ask for no CPU",
    }


def _habits(signs: Signs) -> dict[str, str]:
    stops = {
        "StatefulSets": signs.stateful_sets,
        "jobs": signs.jobs,
        "workloads of one replica": signs.alone,
        "stopped before they start anew": signs.recreated,
        "disruption budgets that allow none to be missing": signs.rigid,
    }
    shifts = {"routes with weights": signs.weighted, "rollouts": signs.rollouts}
    requests = f"{signs.request_ports:,} of {signs.ports:,} ports are declared as HTTP or gRPC"
    values = f"{signs.team_values:,} value{'' if signs.team_values == 1 else 's'}"
    teams = f"{values} of {signs.team_label}, which need not be teams"
    return {
        "teams": teams if signs.team_label else "",
        **_languages(signs),
        "traffic_management": _listed(shifts),
        "observability": _listed({"workloads that OpenTelemetry instruments": signs.instrumented}),
        "measurement_ready": "metrics-server" if signs.metrics_server else "",
        "l7_scope": f"{requests}; which need rules is not in a dump" if signs.request_ports else "",
        "restart_tolerance": _listed(stops),
    }


def _languages(signs: Signs) -> dict[str, str]:
    """Never that a stack is uniform: most images name no language."""
    named = ", ".join(f"{code} ({many})" for code, many in signs.languages.items())
    if not named:
        return {}
    hints = {"languages": f"{named}, by name or annotation, among {signs.images:,} images"}
    several = {"uniform_stack": f"more than one language: {named}"}
    return {**hints, **(several if len(signs.languages) > 1 else {})}


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what}: {many:,}" for what, many in counts.items() if many)
