"""Dumps to test with, written as kubectl prints them; a canary wherever nothing may be read."""

from __future__ import annotations

import io
import json
from typing import Any

from bot.cluster.model import Dump
from bot.cluster.reading import Input, read

CANARY = "CANARY-do-not-read"
Thing = dict[str, Any]


def thing(kind: str, name: str, spec: Thing | None = None, **meta: Any) -> Thing:
    """An object; `api` is its apiVersion, `status` its status, the rest is metadata."""
    api, status = meta.pop("api", "v1"), meta.pop("status", None)
    written = {"apiVersion": api, "kind": kind, "metadata": {"name": name, **meta}}
    return (
        written
        | ({"spec": spec} if spec is not None else {})
        | ({"status": status} if status else {})
    )


def container(name: str = "app", image: str = "shop:1", **more: Any) -> Thing:
    """A container, with what must not be read of one."""
    return {
        "name": name,
        "image": f"registry.{CANARY}.example:5000/team-{CANARY}/group/{image}@sha256:{CANARY}",
        "command": ["run", f"--token={CANARY}"],
        "args": [f"--password={CANARY}"],
        "env": [{"name": "SECRET", "value": CANARY}],
        "envFrom": [{"secretRef": {"name": CANARY}}],
        "volumeMounts": [{"name": CANARY, "mountPath": f"/{CANARY}"}],
        **more,
    }


def pod_spec(*containers: Thing, **more: Any) -> Thing:
    """A pod's spec, with volumes that must not be read."""
    return {
        "containers": list(containers) or [container()],
        "volumes": [{"name": CANARY, "hostPath": {"path": f"/{CANARY}"}}],
        "imagePullSecrets": [{"name": CANARY}],
        **more,
    }


def pod(name: str, namespace: str = "shop", spec: Thing | None = None, **meta: Any) -> Thing:
    """A running pod."""
    meta = {"labels": {"app": name}, "annotations": {f"note-{CANARY}": CANARY}, **meta}
    status = {"phase": "Running", "podIP": "10.0.0.1", "hostIP": CANARY, "message": CANARY}
    return thing("Pod", name, spec or pod_spec(), namespace=namespace, **{"status": status, **meta})


def workload(
    name: str,
    namespace: str = "shop",
    kind: str = "Deployment",
    spec: Thing | None = None,
    **meta: Any,
) -> Thing:
    """A workload whose pods carry `app: name`; `template` is more of their metadata."""
    labels = {"app": name}
    template = {
        "metadata": {"labels": labels, **meta.pop("template", {})},
        "spec": spec or pod_spec(),
    }
    applied = {"kubectl.kubernetes.io/last-applied-configuration": CANARY}
    body = {"replicas": 1, "selector": {"matchLabels": labels}, "template": template}
    extra = meta.pop("extra", {})
    return thing(
        kind, name, body | extra, api="apps/v1", namespace=namespace, annotations=applied, **meta
    )


def service(name: str, *ports: Thing, namespace: str = "shop", **more: Any) -> Thing:
    """A Service that selects `app: name`."""
    spec = {"clusterIP": "10.96.0.1", "selector": {"app": name}, "ports": list(ports), **more}
    return thing("Service", name, spec, namespace=namespace)


def listed(*things: Thing) -> bytes:
    """A List as kubectl prints it: keys in order, items before kind."""
    whole = {"apiVersion": "v1", "items": list(things), "kind": "List", "metadata": {}}
    return json.dumps(whole, indent=4).encode()


def dump_of(*things: Thing) -> Dump:
    """The dump of some objects."""
    return dump_from(listed(*things))


def dump_from(*files: bytes) -> Dump:
    """The dump of some files."""
    return read(Input(f"look-{at}.json", io.BytesIO(data)) for at, data in enumerate(files, 1))
