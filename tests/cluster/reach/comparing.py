"""The product's words against the slow reading, request by request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.cluster.reach.objects import Object, reach_of
from tests.cluster.reach.slow import METHODS, PATHS, PROTOCOLS, Ask, Slow

PROBES = (1, 52, 53, 79, 80, 81, 82, 443, 5432, 31999, 32000, 32100, 32768, 32769, 65535)
_PART = re.compile(
    r"(?P<protocol>TCP|UDP|SCTP) (?P<ports>all|[\d,-]+)"
    r"(?: methods (?P<but>all but )?(?P<methods>[A-Z|]+))?(?P<narrowed> \(some requests[^)]*\))?"
)


def permits(words: str, protocol: str, port: int, method: str) -> bool:
    """Whether the words let some request through."""
    if words == "All Connections":
        return True
    for part in _PART.finditer(words):
        if part["protocol"] != protocol or not _inside(part["ports"], port):
            continue
        named = (part["methods"] or "").split("|")
        if not part["methods"] or (method in named) is not bool(part["but"]):
            return True
    return False


def _inside(ports: str, port: int) -> bool:
    if ports == "all":
        return True
    spans = (each.split("-") for each in ports.strip(",").split(",") if each)
    return any(int(span[0]) <= port <= int(span[-1]) for span in spans)


def named(pod: Object) -> str:
    return f"{pod['metadata'].get('namespace') or 'default'}/{pod['metadata']['name']}"


Answers = dict[str, dict[str, str]]


def answers(objects: list[Object]) -> Answers:
    """Target → caller → ports, by the product."""
    reach = reach_of(*objects)
    return {
        target: {each.workload: each.ports for each in reach.callers(target, why=False).callers}
        for target in reach.cast.workloads
    }


def differences(objects: list[Object], given: Answers, wrong: str = "") -> Iterator[Any]:
    """Where the product and the slow reading part: (target, caller, protocol, port, method)."""
    slow = Slow(objects, wrong)
    methods = METHODS if slow.istio else METHODS[:1]
    for target in slow.pods:
        answer = given[f"{named(target)}[Pod]"]
        for caller in slow.pods:
            if caller is target:
                continue
            words = answer.get(f"{named(caller)}[Pod]", "")
            for protocol in PROTOCOLS:
                for port in PROBES:
                    for method in methods:
                        asks = (Ask(caller, target, protocol, port, method, path) for path in PATHS)
                        may = any(map(slow.may, asks))
                        if may is not permits(words, protocol, port, method):
                            yield named(target), named(caller), protocol, port, method
