"""Which workloads a person means: by name, by Service, or by a ReplicaSet without its hash."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from bot.cluster.model import Dump
from bot.cluster.reach.pods import Roster
from bot.errors import BadInput


def named(wanted: str, workloads: Iterable[str], dump: Dump) -> str:
    """The workload of `namespace/name`, or of `namespace/name[Kind]`.

    Raises `BadInput` where there is none, or more than one.
    """
    known = sorted(workloads)
    if wanted in known:
        return wanted
    if "/" not in wanted:
        raise BadInput(f"{wanted} names no workload: say namespace/name, such as shop/{wanted}.")
    fitting = [each for each in known if each.partition("[")[0] == wanted]
    fitting = fitting or [each for each in known if _without_hash(each) == wanted]
    fitting = fitting or _behind(wanted, known, dump)
    if not fitting:
        near = get_close_matches(wanted, [each.partition("[")[0] for each in known], 3, 0.6)
        hint = f"Near: {', '.join(near)}." if near else "--all lists every workload."
        raise BadInput(f"No workload in the dump is called {wanted}. {hint}")
    if len(fitting) > 1:
        raise BadInput(f"{wanted} stands for several: say one of {', '.join(fitting)}.")
    return fitting[0]


def _without_hash(workload: str) -> str:
    """`shop/cart` of `shop/cart-5f449bdbb9[ReplicaSet]`."""
    name, _, kind = workload.partition("[")
    return name.rpartition("-")[0] if kind == "ReplicaSet]" else ""


def _behind(wanted: str, known: Iterable[str], dump: Dump) -> list[str]:
    """The workloads that a Service of that name selects."""
    for service in dump.objects("Service"):
        selector = service.spec.get("selector")
        if f"{service.namespace}/{service.name}" == wanted and selector:
            return sorted(
                {
                    each.workload
                    for each in Roster(dump).pods()
                    if each.namespace == service.namespace
                    and selector.items() <= each.labels.items()
                }
                & set(known)
            )
    return []
