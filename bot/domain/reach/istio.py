"""Istio's AuthorizationPolicies on a cast: which hold at a target, and whom its proxy lets in.

CUSTOM first (somebody else decides, so nothing is sure), then DENY, then ALLOW: without one all
pass, else only what one of them matches. Only TCP is judged; UDP and SCTP go past the proxies.
https://istio.io/latest/docs/reference/config/security/authorization-policy/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.reach.crowds import Cast
from bot.domain.reach.identities import Identities
from bot.domain.reach.istio_rules import one_port
from bot.domain.reach.istio_sieve import IstioSieve
from bot.domain.reach.model import Authorization, Pods, PortRange, Proxy
from bot.domain.reach.model.judging import At, Crowd
from bot.domain.reach.model.scene import Scene
from bot.domain.reach.ports import PortSpace
from bot.domain.reach.requests import tests

GATEWAY = "gateway.networking.k8s.io/gateway-name"
_MOST_OTHERS = 16
"""Methods beside the usual ones that are told apart; the others count as one."""
METHODS = ("CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE")


class Istio:
    """Istio on one cast, asked target by target."""

    def __init__(self, cast: Cast, space: PortSpace, scene: Scene) -> None:
        self._cast, self._space, self._scene = cast, space, scene
        self.judges = bool(scene.authorizations or scene.strictness)
        """Whether anything of Istio's is there to be judged."""
        shown = {Proxy.ISTIO, Proxy.AMBIENT}
        self.assumed = not any(each.proxy in shown for each in cast.pods)
        """No proxy is seen anywhere, so every workload is taken to be in the mesh."""
        self.identities = Identities(cast, assumed=self.assumed)
        self._about = [self._selected(each) for each in scene.authorizations]

    @staticmethod
    def ranges(scene: Scene) -> Iterator[PortRange]:
        """The ports that a rule or a mode names."""
        for test in tests(scene.authorizations):
            if test.attribute == "port":
                yield from map(one_port, test.values)
        for each in scene.strictness:
            for port, _ in each.by_port:
                yield PortRange("TCP", port, port)

    @staticmethod
    def methods(scene: Scene) -> Sequence[str]:
        """The methods to tell apart: none where no rule names one."""
        named = {
            value
            for test in tests(scene.authorizations)
            if test.attribute == "method"
            for value in test.values
        }
        others = sorted(each for each in named if "*" not in each and each not in METHODS)
        return sorted({*METHODS, *others[:_MOST_OTHERS]}) if named else ()

    def _selected(self, policy: Authorization) -> Crowd:
        home = self._cast.at_home(policy.namespace) if policy.namespace else self._cast.everyone
        return home & self._cast.labelled(policy.pods)

    def at(self, target: int, *, guarded: bool) -> IstioSieve | None:
        """What stands before a target; None where nothing of Istio's does.

        `guarded`: network policies select it, and of a waypoint's callers they see the waypoint.
        """
        bit, pods = 1 << target, self._cast.pods[target]
        policies = [
            each
            for each, about in zip(self._scene.authorizations, self._about, strict=True)
            if about & bit and (not each.attached or _enforced_by(each, pods))
        ]
        by_waypoint = pods.waypoint and (guarded or bool(policies))
        if not policies and not self._scene.strictness and not by_waypoint:
            return None
        if not policies and (self.assumed or not self.identities.meshed & bit):
            return None
        enforced = pods.proxy is Proxy.UNSEEN or bool(self.identities.meshed & bit)
        return IstioSieve(
            self._cast,
            self._space,
            self.identities,
            At(pods, policies, self._scene.strictness, enforced, by_waypoint),
        )


def _enforced_by(policy: Authorization, pods: Pods) -> bool:
    """Whether whatever a policy is attached to may stand before some pods."""
    return pods.waypoint or f"Gateway/{pods.labels.get(GATEWAY)}" in policy.attached
