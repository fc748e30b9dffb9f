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
    cluster_hints: tuple[str, ...] = ()
    """Signs of more than this cluster: a network label, ServiceImport, Link."""
    platform: str = ""
    """eks, gke, aks or openshift, by labels; empty where none tells."""
    network: tuple[str, ...] = ()
    """cilium, calico and others whose agent was seen."""
    mesh: tuple[str, ...] = ()
    """istio, linkerd: seen by objects or proxies."""
    windows: int = Field(0, ge=0)
    """Nodes that run Windows."""
    guarded_namespaces: int = Field(0, ge=0)
    """Namespaces of apps that enforce the Pod Security level baseline or restricted."""


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
