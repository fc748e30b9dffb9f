"""What is left of a dump once it is read: its objects, by kind, and what is wrong with it.

The specs and statuses are plain values in Kubernetes' own names, cut down to the whitelist
(`whitelist.py`), with the types it names: what is null there is missing here. Equal parts are one
object in memory, so nothing of them may be changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

Fields = Mapping[str, Any]
"""A part of an object: whitelisted field → its value."""
NOTHING: Fields = {}


class OwnerReference(NamedTuple):
    """Whoever made an object: a ReplicaSet, a Job, a node."""

    kind: str
    name: str
    controls: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One object of a dump."""

    kind: str
    group: str
    """Its API group without the version; empty for the core (Pod, Service, Namespace, Node)."""
    namespace: str
    """`default` where a kind has one and none is written; empty for what has none."""
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    owners: tuple[OwnerReference, ...] = ()
    spec: Fields = field(default_factory=dict)
    status: Fields = field(default_factory=dict)
    created: str = ""
    """When a PeerAuthentication was made; of other kinds it is not read."""
    unread: tuple[str, ...] = ()
    """Where a policy holds fields that are not on the whitelist, such as `spec.ingress.from`."""

    @property
    def key(self) -> str:
        """`Deployment/shop/cart`; `Node/node-1` for what has no namespace."""
        return "/".join(filter(None, (self.kind, self.namespace, self.name)))

    @property
    def owner(self) -> OwnerReference | None:
        """The one that controls it."""
        return next((each for each in self.owners if each.controls), None)

    @property
    def template(self) -> Fields:
        """A workload's pod template: `metadata` with labels and annotations, and `spec`."""
        job: Fields = self.spec.get("jobTemplate", NOTHING).get("spec", NOTHING)
        template: Fields = self.spec.get("template") or job.get("template") or NOTHING
        return template

    @property
    def pod_spec(self) -> Fields:
        """The spec of the pod, or of the pods that a workload makes."""
        spec: Fields = self.spec if self.kind == "Pod" else self.template.get("spec", NOTHING)
        return spec

    @property
    def pod_labels(self) -> Mapping[str, str]:
        """The labels that selectors meet: a pod's, or those of a workload's template."""
        if self.kind == "Pod":
            return self.labels
        labels: Mapping[str, str] = self.template.get("metadata", NOTHING).get("labels", {})
        return labels

    @property
    def pod_annotations(self) -> Mapping[str, str]:
        """The named annotations of a pod, or of a workload's template."""
        if self.kind == "Pod":
            return self.annotations
        named: Mapping[str, str] = self.template.get("metadata", NOTHING).get("annotations", {})
        return named


class DumpSource(NamedTuple):
    """One file, or standard input."""

    name: str
    digest: str
    """SHA-256 of its bytes, in hex."""
    items: int
    cut: bool
    """Whether it ends in the middle: kubectl was stopped, or the disk was full."""
    written: datetime | None = None
    """When the file was last written, or when standard input was read."""


class Misshapen(NamedTuple):
    """An object that was left out, since a field of it has another type than Kubernetes gives."""

    key: str
    field: str


@dataclass(frozen=True)
class Dump:
    """All that was read and kept."""

    items: tuple[Item, ...]
    """In the order of the dump, each object once."""
    kinds: Mapping[str, int]
    """Kind → how many, those counted and not kept (Secret, ConfigMap, Event) included."""
    sources: tuple[DumpSource, ...]
    twice: int = 0
    """Objects that were given more than once; the last counts."""
    misshapen: tuple[Misshapen, ...] = ()
    server: str = ""
    """The API server's version, where `kubectl version -o json` was among the files."""

    def objects(self, *kinds: str, group: str | None = None) -> Iterator[Item]:
        """Those of some kinds, kind by kind; of one API group where the name is used twice.

        `objects("AuthorizationPolicy", group="security.istio.io")` is Istio's, with
        `policy.linkerd.io` it is Linkerd's.
        """
        for kind in kinds:
            for each in self._by_kind.get(kind, ()):
                if group in (None, each.group):
                    yield each

    def labels_of(self, namespace: str) -> Mapping[str, str]:
        """A namespace's labels, with the one that Kubernetes gives each by itself."""
        own = self._namespaces.get(namespace)
        return {"kubernetes.io/metadata.name": namespace, **(own.labels if own else {})}

    def namespace(self, name: str) -> Item | None:
        """The Namespace of this name, where the dump has it."""
        return self._namespaces.get(name)

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Item]]:
        items: dict[str, list[Item]] = {}
        for each in self.items:
            items.setdefault(each.kind, []).append(each)
        return items

    @cached_property
    def _namespaces(self) -> Mapping[str, Item]:
        return {each.name: each for each in self.objects("Namespace")}
