"""What a look counted of the checklist: offered beside a question, never filled in by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Day

from pydantic import Field

from bot.domain.evidence.model.look import LookSummary
from bot.domain.model import Answer, Frozen, Value
from bot.domain.model.answers import Evidence
from bot.domain.words import on_day

_PLUGINS = {"cilium": "cilium", "calico": "calico", "aws-vpc-cni": "cloud"}
"""Network plugin as a look names it → code of the checklist; every other one is `other`."""
_PLATFORMS = ("eks", "gke", "aks", "openshift")
_MESHES = {"istio": "istio_sidecar", "ambient": "istio_ambient", "linkerd": "linkerd"}


class Counted(Frozen):
    """One answer that evidence supports."""

    question: str
    value: Value
    words: str = Field(max_length=300)
    """What was counted, as the end of a sentence."""
    day: Day
    """The day of what it was counted in: a dump's, or that of an export's last incident."""
    evidence: Evidence = "counted"
    source: str = Field("", max_length=40)
    """Id of the evidence."""
    of_teams: bool = False
    """Whether it is what other teams answered, put together."""

    @property
    def answer(self) -> Answer:
        """As an answer that says where it comes from."""
        how = "From teams" if self.of_teams else self.evidence.capitalize()
        note = f"{how}, {on_day(self.day)}: {self.words}."
        return Answer(value=self.value, evidence=self.evidence, note=note)


def counted(look: LookSummary, source: str = "") -> dict[str, Counted]:
    """Question → what a look counted of it; languages and teams are hints, and never here.

    Nothing of a dump that was cut: what came after may say otherwise.
    """
    if look.cut:
        return {}
    return {
        question: Counted(question=question, value=value, words=words, day=look.seen, source=source)
        for question, value, words in _found(look)
    }


def _found(look: LookSummary) -> Iterator[tuple[str, Value, str]]:
    offered = look.offered
    yield from _sizes(look)
    if offered.platform in _PLATFORMS:
        yield "platform", (offered.platform,), "by the labels of nodes"
    if plugin := _plugin(look):
        yield "cni", plugin, "by the agents that run on nodes"
    if mesh := _mesh(look):
        yield "existing_mesh", mesh, _meshed(look)
    if guarded := _guarded(look):
        yield "privileges", "node_agents", guarded


def _sizes(look: LookSummary) -> Iterator[tuple[str, Value, str]]:
    offered = look.offered
    if offered.services:
        yield "services", float(offered.services), "at most, workloads that a Service selects"
    if offered.cluster_hints:
        yield "clusters", "several", "signs of more than the cluster that was looked at"
    if offered.windows:
        yield "windows_nodes", "yes", f"{offered.windows:,} run Windows"
    elif offered.nodes:
        yield "windows_nodes", "no", f"none of {offered.nodes:,} nodes runs it"


def _plugin(look: LookSummary) -> str:
    """The one plugin whose agent runs; nothing where there are several."""
    seen = {_PLUGINS.get(each, "other") for each in look.offered.network}
    return seen.pop() if len(seen) == 1 else ""


def _mesh(look: LookSummary) -> str:
    """The one mesh that pods run in, or none where none is seen; nothing where it is not plain.

    Cilium may be a mesh too, which no pod shows.
    """
    inside = [code for name, code in _MESHES.items() if look.meshed.get(name)]
    if len(inside) == 1:
        return inside[0]
    seen = (
        inside
        or look.offered.mesh
        or "cilium" in look.offered.network
        or not look.meshed.get("none")
    )
    return "" if seen else "none"


def _meshed(look: LookSummary) -> str:
    inside = sum(many for name, many in look.meshed.items() if name != "none")
    pods = f"{sum(look.meshed.values()):,} running app pods"
    if not inside:
        return f"none of {pods} has a mesh's proxy that meshfit knows, or is in ambient"
    has = "has" if inside == 1 else "have"
    its = "ambient's network" if look.meshed.get("ambient") else "its proxy"
    return f"{inside:,} of {pods} {has} {its}; where that is a pilot only, answer “No mesh”"


def _guarded(look: LookSummary) -> str:
    """Nothing where one namespace of apps lets pods have it, or others were not seen."""
    many, all_ = look.offered.guarded_namespaces, look.counts.get("app_namespaces", 0)
    if not many or many != all_ or "one_namespace" in look.not_judged:
        return ""
    each = "the one namespace" if many == 1 else f"each of the {many:,} namespaces"
    return (
        f"{each} of apps that was looked at enforces a Pod Security level that refuses NET_ADMIN "
        "in pods; whether agents on the node may have it is not in a dump"
    )
