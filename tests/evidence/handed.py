"""What people hand over in Slack: a summary of a look that we wrote, exports of incidents."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.cluster.looking import cluster_of, look
from bot.cluster.summarizing import summary
from bot.domain.evidence.model import LookSummary
from tests.cluster.dumps import dump_from, listed, pod, pod_spec, service, workload
from tests.cluster.situations import node, sidecar_pod
from tests.domain.situations import PACK

SEEN = date(2026, 11, 12)
NAMES = tuple(f"svc-{at}" for at in range(20))
DUMP = listed(
    {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": "shop", "labels": {"pod-security.kubernetes.io/enforce": "baseline"}},
    },
    *(node(f"node-{at}", **{"eks.amazonaws.com/nodegroup": "a"}) for at in range(3)),
    workload("calico-node", "kube-system", "DaemonSet"),
    workload("svc-0", spec=pod_spec(securityContext={"runAsUser": 1337})),
    *(workload(name) for name in NAMES[1:]),
    *(service(name, {"port": 80, "name": "http"}) for name in NAMES),
    *(pod(f"{name}-1") for name in NAMES[1:]),
    sidecar_pod("svc-0-1"),
)
"""Twenty services on three nodes of EKS with Calico, one of them in Istio already."""


def looked(seen: date = SEEN, *, names: bool = False, **changes: Any) -> LookSummary:
    """The summary of a look at that dump."""
    dump = dump_from(DUMP)
    summed_up = summary(PACK, dump, look(PACK, cluster_of(PACK, dump)), seen, names=names)
    return summed_up.model_copy(update=changes)


def written(look: LookSummary | None = None) -> bytes:
    """As `meshfit look --summary` writes it."""
    return ((look or looked()).model_dump_json(indent=2) + "\n").encode()


def confirmations(**words: str) -> bytes:
    """As `meshfit incidents --confirmations` writes them."""
    return json.dumps(
        {"form": "meshfit-incidents-confirmed", "version": 1, "confirmed": words}
    ).encode()
