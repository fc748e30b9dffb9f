"""Who may call whom, for all targets of a large cluster: how much CPU time, how much memory.

    python -m bench.callers

1,000 workloads in 40 namespaces, 400 policies: half of them Kubernetes', the others Istio's with
principals, ports, methods and paths. The dump is read from JSON; each target is judged twice, as
`--all` prints it and with the rules that let each caller in, as `--all --json` does.
"""

from __future__ import annotations

import io
import json
import resource
import time
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.cluster.reach.scene import scene
from bot.cluster.reading import Input, read
from bot.domain.reach.callers import Reach

WORKLOADS, NETWORK, ISTIO, SPACES = 1_000, 240, 160, 40
AIM_S = 10.0
Object = dict[str, Any]


def dump(seed: int = 17) -> bytes:
    """The cluster as kubectl prints it."""
    chance = Random(seed)
    items = [
        _object("v1", "Namespace", f"ns{at}", "", {}, labels={"team": f"t{at % 8}"})
        for at in range(SPACES)
    ]
    items += [_pod(chance, at) for at in range(WORKLOADS)]
    items += [_network(chance, at) for at in range(NETWORK)]
    items += [_istio(chance, at) for at in range(ISTIO)]
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": items}).encode()


def _object(version: str, kind: str, name: str, space: str, spec: Object, **meta: Any) -> Object:
    home = {"namespace": space} if space else {}
    metadata = {"name": name, **home, **meta}
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}


def _space(chance: Random) -> str:
    return f"ns{chance.randrange(SPACES)}"


def _pod(chance: Random, at: int) -> Object:
    ports = [{"name": "http", "containerPort": 8000 + at % 9}]
    spec = {
        "serviceAccountName": f"sa{at % 70}",
        "containers": [{"name": "app", "ports": ports}, {"name": "istio-proxy"}],
    }
    labels = {"app": f"a{at % 60}", "tier": chance.choice("abc")}
    return _object("v1", "Pod", f"p{at}", _space(chance), spec, labels=labels)


def _peer(chance: Random) -> Object:
    peer: Object = {"podSelector": {"matchLabels": {"app": f"a{chance.randrange(60)}"}}}
    if chance.random() < 0.6:
        peer["namespaceSelector"] = {"matchLabels": {"team": f"t{chance.randrange(8)}"}}
    return (
        peer if chance.random() < 0.7 else {"namespaceSelector": peer.get("namespaceSelector", {})}
    )


def _network(chance: Random, at: int) -> Object:
    selector = chance.choice(({}, {"matchLabels": {"tier": chance.choice("abc")}}))
    types = chance.choice((["Ingress"], ["Egress"], ["Ingress", "Egress"]))
    inward = [
        {"from": [_peer(chance), _peer(chance)], "ports": [{"port": chance.randrange(8000, 8100)}]}
        for _ in range(3)
    ]
    outward = [
        {"to": [_peer(chance)], "ports": [{"port": "http"}]},
        {"to": [{"namespaceSelector": {}}]},
    ]
    spec = {"podSelector": selector, "policyTypes": types, "ingress": inward, "egress": outward}
    return _object("networking.k8s.io/v1", "NetworkPolicy", f"n{at}", _space(chance), spec)


def _istio(chance: Random, at: int) -> Object:
    rules = [
        {
            "from": [
                {"source": {"principals": [_principal(chance) for _ in range(5)]}},
                {"source": {"namespaces": [_space(chance)]}},
            ],
            "to": [{"operation": {"ports": ["8001"], "methods": ["GET"], "paths": ["/api/*"]}}],
        }
        for _ in range(3)
    ]
    spec = {
        "selector": {"matchLabels": {"tier": chance.choice("abc")}},
        "action": chance.choice(("ALLOW", "ALLOW", "DENY")),
        "rules": rules,
    }
    return _object("security.istio.io/v1", "AuthorizationPolicy", f"i{at}", _space(chance), spec)


def _principal(chance: Random) -> str:
    return f"cluster.local/ns/{_space(chance)}/sa/sa{chance.randrange(70)}"


def command() -> None:
    """Print what it took."""
    table = Table("step", "s", "callers found")
    data, started = dump(), time.process_time()
    reach = Reach(scene(read([Input("bench", io.BytesIO(data))])))
    table.add_row("read and prepared", f"{time.process_time() - started:.1f}", "")
    for what, why in (("all targets", False), ("all targets, with their rules", True)):
        started = time.process_time()
        callers = sum(len(reach.callers(each, why=why).callers) for each in reach.cast.workloads)
        table.add_row(what, f"{time.process_time() - started:.1f}", f"{callers:,}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console = Console()
    console.print(table)
    console.print(f"aim: under {AIM_S:g} s; at most {peak:.0f} MB of memory")


if __name__ == "__main__":
    command()
