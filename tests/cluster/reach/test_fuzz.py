"""Whatever stands in the policies of a dump: an answer for every target, in bounded time."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.reach.requests import fits
from bot.errors import BadInput
from tests.cluster.reach.cases import CASES
from tests.cluster.reach.objects import Object, dump_of, istio, ns, operation, pod, reach_of

ODD = [
    None, True, -1, 0, 1.5, 2**62, "", "*", "**", "{**}", "\u202e", [], [None], {}, {"a": []},
    "In",
    "Deny", "65536", "a" * 5000, {"matchLabels": {"a": "b"}}, [{}], [[]], {"port": "x"},
]  # fmt: skip


def _bend(chance: Random, value: Any) -> Any:
    """The value with one thing in it replaced by something odd."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(sorted(value))
        return value | {key: _bend(chance, value[key])}
    if isinstance(value, list) and value and chance.random() < 0.9:
        at = chance.randrange(len(value))
        return [*value[:at], _bend(chance, value[at]), *value[at + 1 :]]
    return chance.choice(ODD)


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_bent_objects_are_judged_or_left_out(chance: Random) -> None:
    objects: list[Object] = copy.deepcopy(chance.choice(CASES).objects)
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(objects))
        kind = objects[at].get("kind")
        objects[at] = _bend(chance, objects[at]) or {}
        if not isinstance(objects[at], dict) or not isinstance(objects[at].get("kind"), str):
            objects[at] = {"kind": kind or "Pod", "metadata": {"name": "x"}}
    try:
        reach = reach_of(*objects)
    except BadInput:
        return
    for target in reach.cast.workloads:
        json.dumps([str(each) for each in reach.callers(target).not_judged])


def test_many_paths_and_hosts_are_not_judged_rather_than_tried_for_ever() -> None:
    paths = [f"/p{at}" for at in range(200)]
    hosts = [f"h{at}" for at in range(200)]
    many = istio("shop/db", {"app": "db"}, rules=[{"to": [operation(paths=paths, hosts=hosts)]}])
    callers = reach_of(ns("shop"), pod("shop/web", "web"), pod("shop/db", "db"), many).callers(
        "shop/db[Pod]"
    )
    assert callers.callers == ()
    assert any("too many" in each.why and each.workloads for each in callers.not_judged)


def test_path_templates() -> None:
    assert fits("/a/x/c", "/a/{*}/c")
    assert not fits("/a/x/y/c", "/a/{*}/c")
    assert not fits("/a//c", "/a/{*}/c")
    assert fits("/a/x/y/c", "/a/{**}/c")
    assert fits("/a/", "/a/{**}")
    assert not fits("/b/x", "/a/{**}")
    assert not fits("/" * 4000, "/{**}" * 2000 + "x")


def test_nothing_is_read_of_a_dump_without_objects() -> None:
    assert dump_of().items == ()
