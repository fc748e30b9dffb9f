"""What in a dump hints at an answer of the checklist, and is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.cluster.apps import Cluster, own_containers
from bot.cluster.model import NOTHING, Fields, Item
from bot.cluster.reach.scene import scene
from bot.domain.evidence.model import Signs
from bot.domain.pack.readiness import LookWords
from bot.domain.reach.callers import Reach

REQUESTS = frozenset({"http", "http2", "grpc", "h2c", "kubernetes.io/h2c", "kubernetes.io/ws"})
TEAM_LABELS = ("team", "owner", "app.kubernetes.io/part-of", "app.kubernetes.io/managed-by")
MOST_TARGETS = 1_000
"""Workloads of which a look asks who may call them; beyond it, `meshfit callers --all` does."""
MOST_PODS = 10_000
MOSTLY = 0.8
"""Share of the workloads that must carry a label before teams may stand in it."""
INSTRUMENTED = "instrumentation.opentelemetry.io/inject-"
AS_ASKED = {"java": "java", "nodejs": "node", "python": "python", "dotnet": "dotnet", "go": "go"}
"""What OpenTelemetry's operator calls a language → its code."""


def signs(words: LookWords, cluster: Cluster) -> Signs:
    """Every sign."""
    tcp = [each for each in cluster.ports if each.protocol == "TCP"]
    label, values = _teams(cluster)
    dump, apps = cluster.dump, cluster.workloads
    return Signs(
        ports=len(tcp),
        request_ports=sum(each.spoken in REQUESTS for each in tcp),
        weighted=sum(map(_weighted, dump.objects("VirtualService", "HTTPRoute"))),
        rollouts=sum(dump.kinds.get(each, 0) for each in ("Rollout", "Canary")),
        instrumented=sum(any(_asked(each)) for each in apps),
        metrics_server=any(each.name == "metrics-server" for each in dump.objects("Deployment")),
        images=len(_images(cluster)),
        languages=_languages(words, cluster),
        team_label=label,
        team_values=values,
        **_stops(cluster),
        **_reach(cluster),
    )


def _reach(cluster: Cluster) -> dict[str, int]:
    """How many workloads of the apps anybody may call, where they are few enough to ask of each."""
    if len(cluster.all_workloads) > MOST_TARGETS or len(cluster.running) > MOST_PODS:
        return {}
    reach = Reach(scene(cluster.dump))
    known = reach.cast.workloads
    asked = [each for each in known if cluster.is_app_space(each.partition("/")[0])]
    callers = [reach.callers(each, why=False) for each in asked]
    return {"targets": len(asked), "open_targets": sum(each.anybody for each in callers)}


def _stops(cluster: Cluster) -> dict[str, int]:
    """What may not like to be restarted."""
    apps = cluster.workloads
    kinds = Counter(each.kind for each in apps)
    budgets = cluster.apps("PodDisruptionBudget")
    return {
        "stateful_sets": kinds["StatefulSet"],
        "jobs": kinds["Job"] + kinds["CronJob"],
        "alone": sum(each.spec.get("replicas") == 1 for each in apps),
        "recreated": sum(
            each.spec.get("strategy", NOTHING).get("type") == "Recreate" for each in apps
        ),
        "rigid": sum(
            str(each.spec.get("maxUnavailable", "")).rstrip("%") == "0" for each in budgets
        ),
    }


def _images(cluster: Cluster) -> set[str]:
    return {_image(each) for item in cluster.workloads for each in own_containers(item)}


def _languages(words: LookWords, cluster: Cluster) -> dict[str, int]:
    """Languages that images name, or for which a workload asks to be instrumented."""
    named = [words.languages[each] for each in _images(cluster) if each in words.languages]
    asked = [code for item in cluster.workloads for code in _asked(item)]
    return dict(sorted(Counter((*named, *asked)).items()))


def _image(container: Fields) -> str:
    return str(container.get("image", "")).partition(":")[0].casefold()


def _asked(item: Item) -> Iterator[str]:
    """Languages for which OpenTelemetry's operator is asked to instrument a workload."""
    for name in item.pod_annotations:
        if name.startswith(INSTRUMENTED):
            yield AS_ASKED.get(name.removeprefix(INSTRUMENTED), "other")


def _weighted(item: Item) -> bool:
    """Whether a route divides traffic: a rule with weights for two or more."""
    rules = (*item.spec.get("http", ()), *item.spec.get("rules", ()))
    shares = ((*each.get("route", ()), *each.get("backendRefs", ())) for each in rules)
    return any(sum("weight" in part for part in each) > 1 for each in shares)


def _teams(cluster: Cluster) -> tuple[str, int]:
    """The first label that most workloads carry, and how many values it has."""
    items = cluster.workloads
    for name in TEAM_LABELS:
        values = [each.labels[name] for each in items if each.labels.get(name, "Helm") != "Helm"]
        if items and len(values) >= MOSTLY * len(items):
            return name, len(set(values))
    return ("namespace", len({each.namespace for each in items})) if items else ("", 0)
