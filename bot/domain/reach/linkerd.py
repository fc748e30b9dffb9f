"""Linkerd's policies on a cast: what each port of a target asks of its clients.

A port that a Server selects lets in whom an authorization names; without one, what the Server's
access policy says, `deny` where it says nothing. Other ports follow the pods' default policy.
https://linkerd.io/2/reference/authorization-policy/
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.reach.crowds import Cast
from bot.domain.reach.linkerd_clients import LinkerdClients
from bot.domain.reach.linkerd_sieve import USUAL, LinkerdSieve
from bot.domain.reach.model import PortRange, Proxy
from bot.domain.reach.model.linkerd import LinkerdPolicies
from bot.domain.reach.ports import PortSpace


class Linkerd:
    """Linkerd on one cast, asked target by target."""

    def __init__(self, cast: Cast, space: PortSpace, policies: LinkerdPolicies) -> None:
        self._cast, self._space, self._policies = cast, space, policies
        self.judges = bool(policies.servers or policies.authorizations)
        self._clients = LinkerdClients(cast)
        self._about = [
            cast.at_home(each.namespace) & cast.labelled(each.pods) for each in policies.servers
        ]

    @staticmethod
    def ranges(policies: LinkerdPolicies) -> Iterator[PortRange]:
        """The ports that Servers name by number."""
        for each in policies.servers:
            if isinstance(each.port, int):
                yield PortRange("TCP", each.port, each.port)

    def at(self, target: int) -> LinkerdSieve | None:
        """What stands before a target; None where nothing of Linkerd's does."""
        pods = self._cast.pods[target]
        servers = [
            each
            for each, about in zip(self._policies.servers, self._about, strict=True)
            if about >> target & 1
        ]
        proxied = pods.proxy is Proxy.UNSEEN or bool(self._clients.meshed >> target & 1)
        usual = self._clients.assumed or pods.inbound in {"", USUAL}
        if not servers and not (proxied and not usual):
            return None
        authorizations = self._policies.authorizations
        return LinkerdSieve(
            self._clients, self._space, authorizations, pods, servers, enforced=proxied
        )
