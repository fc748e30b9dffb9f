"""Dumps → what the whitelist leaves of them.

    dump = read([Input("look.json", stream)])
    for pod in dump.objects("Pod"): ...

Takes what `kubectl get … -o json` prints, from several files or a pipe: lists of mixed kinds, lists
of one kind as the API gives them, single objects, documents after one another, and what `kubectl
version -o json` prints. Holds one object at a time, and keeps of it what `whitelist.py` names. A
file that ends in the middle is read as far as it goes (`DumpSource.cut`); one that is no JSON
raises `BadInput`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple

from bot.cluster.model import Dump, DumpSource, Item, Misshapen, OwnerReference
from bot.cluster.shaping import Notes, Shape, Wrong, fields, text
from bot.cluster.sharing import SharedValues
from bot.cluster.stream import ListedObject, Stream
from bot.cluster.whitelist import (
    CLUSTER_WIDE,
    COUNTED_ONLY,
    DATED,
    LABELS,
    OWNERS,
    SPECS,
    STATUSES,
    named_annotations,
)
from bot.errors import BadInput

MOST_ITEMS = 2_000_000
LONGEST_NAME = 253
"""Characters that Kubernetes allows a name."""


class Input(NamedTuple):
    """A dump to read: what it is called in sentences, its bytes, and when it was written."""

    name: str
    stream: BinaryIO
    written: datetime | None = None


def read(inputs: Iterable[Input]) -> Dump:
    """All dumps as one. Raises `BadInput` naming the one that cannot be read."""
    keeping, sources = _Keeping(), list[DumpSource]()
    for each in inputs:
        stream = Stream(each.name, each.stream)
        for listed in stream.objects():
            keeping.keep(listed, each.name)
        sources.append(DumpSource(each.name, stream.digest, stream.many, stream.cut, each.written))
    return keeping.dump(tuple(sources))


class _Raw(NamedTuple):
    """An object as it was written."""

    kind: str
    group: str
    value: Mapping[str, Any]

    @property
    def meta(self) -> Mapping[str, Any]:
        metadata = self.value.get("metadata")
        return metadata if isinstance(metadata, dict) else {}

    @property
    def name(self) -> str:
        return _short(self.meta.get("name"))

    @property
    def namespace(self) -> str:
        if self.kind in CLUSTER_WIDE:
            return ""
        return _short(self.meta.get("namespace")) or ("default" if self.shape(SPECS) else "")

    def shape(self, shapes: Mapping[str, Shape]) -> Shape | None:
        """The shape for its kind and group, where the whitelist has one."""
        return shapes.get(f"{self.kind}.{self.group}") or shapes.get(self.kind)


class _Keeping:
    """Objects as they come, each once, cut down to the whitelist."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, ...], Item] = {}
        self._kinds, self._shared = Counter[str](), SharedValues()
        self._twice, self._server = 0, ""
        self._misshapen: list[Misshapen] = []

    def keep(self, listed: ListedObject, name: str) -> None:
        """Keep an object, or count it. Raises `BadInput` where it is none of Kubernetes'."""
        value = listed.value
        if "kind" not in value and isinstance(version := value.get("serverVersion"), dict):
            self._server = _short(version.get("gitVersion"))
            return
        kind = _short(value.get("kind")) or listed.list_kind.removesuffix("List")
        if not kind:
            raise BadInput(
                f"{name} holds JSON that is no Kubernetes object: give what kubectl get prints "
                "with -o json."
            )
        if kind in COUNTED_ONLY:
            self._kinds[kind] += 1
        else:
            group = _short(value.get("apiVersion")).rpartition("/")[0]
            self._put(_Raw(kind, group, value))

    def _put(self, raw: _Raw) -> None:
        key = (raw.kind, raw.group, raw.namespace, raw.name)
        if key in self._items:
            self._twice += 1
        else:
            self._kinds[raw.kind] += 1
        try:
            self._items[key] = self._item(raw)
        except Wrong as wrong:
            named = "/".join(filter(None, (raw.kind, raw.namespace, raw.name)))
            self._misshapen.append(Misshapen(named, str(wrong)))
        if len(self._items) > MOST_ITEMS:
            raise BadInput(f"More than {MOST_ITEMS:,} objects: give the dump in parts.")

    def _item(self, raw: _Raw) -> Item:
        """What stays of an object. Raises `Wrong`."""
        if not raw.name:
            raise Wrong("metadata.name")
        notes, one = Notes(), self._shared.one
        spec, status = raw.shape(SPECS), raw.shape(STATUSES)
        kept = fields(spec=spec or fields(), status=status or fields())(raw.value, notes)
        meta = _metadata(raw)(raw.meta, notes.at("metadata"))
        return Item(
            kind=one(raw.kind),
            group=one(raw.group),
            namespace=one(raw.namespace),
            name=raw.name,
            labels=one(meta.get("labels", {})),
            annotations=one(meta.get("annotations", {})),
            owners=one(tuple(map(_owner, meta.get("ownerReferences", ())))),
            spec=one(kept.get("spec", {})),
            status=one(kept.get("status", {})),
            created=meta.get("creationTimestamp", ""),
            unread=one(tuple(notes.unread)),
        )

    def dump(self, sources: tuple[DumpSource, ...]) -> Dump:
        """All that was kept."""
        return Dump(
            items=tuple(self._items.values()),
            kinds=dict(self._kinds),
            sources=sources,
            twice=self._twice,
            misshapen=tuple(self._misshapen),
            server=self._server,
        )


def _metadata(raw: _Raw) -> Shape:
    """What may stay of the metadata; of a kind that is only known by name, nothing."""
    if raw.shape(SPECS) is None and raw.kind not in LABELS:
        return fields()
    labels = LABELS.get(raw.kind, LABELS[""])
    dated = {"creationTimestamp": text} if raw.kind in DATED else {}
    return fields(labels=labels, annotations=named_annotations, ownerReferences=OWNERS, **dated)


def _owner(value: Mapping[str, Any]) -> OwnerReference:
    return OwnerReference(
        value.get("kind", ""), value.get("name", ""), value.get("controller", False)
    )


def _short(value: object) -> str:
    """A name, or nothing where there is none that Kubernetes would take."""
    return value if isinstance(value, str) and len(value) <= LONGEST_NAME else ""
