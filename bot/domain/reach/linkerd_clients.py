"""Who callers are to Linkerd: in the mesh or not, their identity, their address."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.reach.blocks import covers, holds_all
from bot.domain.reach.crowds import NOBODY, Cast
from bot.domain.reach.detours import Detours
from bot.domain.reach.model import Block, Pods, Proxy
from bot.domain.reach.model.judging import Crowd
from bot.domain.reach.model.linkerd import Clients
from bot.domain.reach.requests import fits

_TRUSTED = "serviceaccount.identity.linkerd.cluster.local"
_ALL = {"0.0.0.0/0", "::/0"}


class LinkerdClients:
    """The callers of one cast, as Linkerd's proxies tell them apart."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.detours = cast, Detours(cast)
        seen = cast.where(each.proxy is Proxy.LINKERD for each in cast.pods)
        self.assumed = not seen
        unseen = cast.where(each.proxy is Proxy.UNSEEN and each.labelled for each in cast.pods)
        self.meshed = (seen | unseen) if seen else cast.everyone
        self._addresses = tuple(
            address for each in cast.pods if not each.host_network for address in each.addresses
        )

    def met(self, clients: Clients, unproven: Crowd, *, sure: bool) -> Crowd:
        """The callers who meet one demand; the unproven have no identity."""
        crowd = self.cast.everyone
        if clients.identities is not None:
            crowd &= self.identified(clients.identities) & self.meshed & ~unproven
        if clients.networks is not None:
            within = NOBODY
            for block in clients.networks:
                within |= self._within(block, sure=sure)
            crowd &= within
        return crowd

    def identified(self, patterns: Sequence[str]) -> Crowd:
        """The callers with an identity that is named, were all in the mesh."""
        return self.cast.where(
            any(fits(_identity(pods), each) for each in patterns) for pods in self.cast.pods
        )

    def _within(self, block: Block, *, sure: bool) -> Crowd:
        """Those whose address a block holds; surely only where it holds every pod's of the dump."""
        if block.cidr in _ALL and not block.but:
            return self.cast.everyone
        if sure and not holds_all(block, self._addresses):
            return NOBODY
        return self.cast.where(
            covers(block, each) and (not sure or bool(each.addresses)) for each in self.cast.pods
        )


def _identity(pods: Pods) -> str:
    return f"{pods.account}.{pods.namespace}.{_TRUSTED}"
