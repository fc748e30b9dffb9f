"""The two bounds: what is sure is possible too, and what lies between them has a doubt."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cluster.reach.scene import scene
from bot.domain.reach.crowds import Cast
from bot.domain.reach.judged import Judging
from tests.cluster.reach.objects import Object, app, dump_of, istio, policy, source
from tests.cluster.reach.test_random import cluster

BLOCK = ["10.0.0.0/8"]


def other(kind: str, group: str, home: str, **spec: object) -> Object:
    meta = {"name": "other", "namespace": home}
    return {"apiVersion": f"{group}/v1", "kind": kind, "metadata": meta, "spec": spec}


DOUBTFUL = [
    policy("shop/block", ingress=[{"from": [{"ipBlock": {"cidr": BLOCK[0]}}]}]),
    istio("shop/ask", action="CUSTOM", rules=[{"from": [source(namespaces=["lab"])]}]),
    istio("lab/deny", action="DENY", rules=[{"from": [source(notIpBlocks=BLOCK)]}]),
    istio("lab/allow", rules=[{"from": [source(ipBlocks=BLOCK)]}]),
    other("CiliumNetworkPolicy", "cilium.io", "shop", endpointSelector=app("web"), ingress=[{}]),
    other("NetworkPolicy", "projectcalico.org", "lab"),
]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_sure_is_possible_and_the_rest_is_doubted(chance: Random) -> None:
    objects = cluster(chance, "network admin baseline istio istio")
    seen = scene(dump_of(*objects, *chance.sample(DOUBTFUL, chance.randrange(1, 4))))
    cast = Cast(seen.pods, seen.namespaces)
    judging = Judging(cast, seen)
    for target in range(len(cast.pods)):
        sure, possible = judging.judge(target, sure=True), judging.judge(target, sure=False)
        assert sum(sure.parts.values()) == sum(possible.parts.values()) == cast.everyone
        between = 0
        for passing, crowd in sure.parts.items():
            for maybe, those in possible.parts.items():
                if crowd & those:
                    assert passing.whole | passing.some == passing.some
                    assert passing.some | maybe.some == maybe.some
                    assert passing.whole | maybe.whole == maybe.whole
                    between |= crowd & those if passing.some != maybe.some else 0
        doubted = 0
        for each in sure.doubts:
            doubted |= each.callers
        assert between | doubted == doubted
