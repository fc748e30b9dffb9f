"""Linkerd's policies on a cast: what each port of a target asks of its clients.

A port that a Server selects lets in whom an authorization names; without one, what the Server's
access policy says, `deny` where it says nothing. Other ports follow the pods' default policy.
https://linkerd.io/2/reference/authorization-policy/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.domain.reach.blocks import covers
from bot.domain.reach.crowds import NOBODY, Cast, members
from bot.domain.reach.model import Block, Pods, PortRange, Proxy
from bot.domain.reach.model.judging import Crowd, Doubt, Named, Traffic
from bot.domain.reach.model.linkerd import Clients, LinkerdAuthorization, LinkerdPolicies, Server
from bot.domain.reach.ports import NOTHING, PortSpace
from bot.domain.reach.requests import fits
from bot.domain.reach.sides import widened
from bot.domain.reach.wording import Passing

USUAL = "all-unauthenticated"
"""The default policy that Linkerd installs with."""
_TRUSTED = "serviceaccount.identity.linkerd.cluster.local"
_MESHED_ONLY = {"all-authenticated", "cluster-authenticated"}
_ANYBODY = {"all-unauthenticated", "cluster-unauthenticated", "audit"}
_ALL = {"0.0.0.0/0", "::/0"}


class Linkerd:
    """Linkerd on one cast, asked target by target."""

    def __init__(self, cast: Cast, space: PortSpace, policies: LinkerdPolicies) -> None:
        self.cast, self.space, self.policies = cast, space, policies
        self.judges = bool(policies.servers or policies.authorizations)
        seen = cast.where(each.proxy is Proxy.LINKERD for each in cast.pods)
        self.assumed = not seen
        unseen = cast.where(each.proxy is Proxy.UNSEEN and each.labelled for each in cast.pods)
        self.meshed = (seen | unseen) if seen else cast.everyone
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
        pods = self.cast.pods[target]
        servers = [
            each
            for each, about in zip(self.policies.servers, self._about, strict=True)
            if about >> target & 1
        ]
        proxied = pods.proxy is Proxy.UNSEEN or bool(self.meshed >> target & 1)
        if not servers and not (proxied and not self.assumed and pods.inbound not in {"", USUAL}):
            return None
        return LinkerdSieve(self, pods, servers, enforced=proxied)

    def met(self, clients: Clients, *, sure: bool) -> Crowd:
        """The callers who meet one demand."""
        crowd = self.cast.everyone
        if clients.identities is not None:
            crowd &= self.identified(clients.identities) & self.meshed
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
        if block.cidr in _ALL and not block.but:
            return self.cast.everyone
        return self.cast.where(
            covers(block, each) and (not sure or bool(each.addresses)) for each in self.cast.pods
        )


def _identity(pods: Pods) -> str:
    return f"{pods.account}.{pods.namespace}.{_TRUSTED}"


class LinkerdSieve:
    """A `Sieve`: what one target's Linkerd proxy lets in."""

    def __init__(
        self, mesh: Linkerd, pods: Pods, servers: Sequence[Server], *, enforced: bool
    ) -> None:
        self._mesh, self._pods, self._servers = mesh, pods, servers
        self._enforced = enforced

    @property
    def policies(self) -> list[str]:
        """The Servers that select the target, and what is authorized there."""
        keys = {each.key for each in self._servers}
        for server in self._servers:
            keys |= {each.key for each in self._authorizing(server)}
        default = [] if self._pods.inbound in {"", USUAL} else ["Linkerd's default policy"]
        return [*sorted(keys), *default]

    def _authorizing(self, server: Server) -> list[LinkerdAuthorization]:
        """The authorizations of a Server: by its name, its namespace, or a route attached to it."""
        return [
            each
            for each in self._mesh.policies.authorizations
            if each.namespace == server.namespace
            and (
                (each.target == "Server" and server.name in each.names)
                or each.target == "Namespace"
                or (each.target == "HTTPRoute" and each.names & set(server.routes))
            )
        ]

    @cached_property
    def _everything(self) -> Traffic:
        return self._mesh.space.everything

    def parts(self, *, sure: bool) -> dict[Passing, Crowd]:
        """Callers by what passes for them."""
        everyone = self._mesh.cast.everyone
        if not self._enforced:
            return {Passing(self._everything, self._everything): everyone}
        whole, some = {NOTHING: everyone}, {NOTHING: everyone}
        for traffic, crowd, narrowed, _ in self._let(sure=sure):
            some = widened(some, crowd, traffic)
            whole = whole if narrowed else widened(whole, crowd, traffic)
        return {
            Passing(traffic, at_times): crowd & those
            for traffic, crowd in whole.items()
            for at_times, those in some.items()
            if crowd & those
        }

    def _let(self, *, sure: bool) -> Iterator[tuple[Traffic, Crowd, bool, str]]:
        """Traffic, those who may send it, whether only some requests of it, and by what."""
        rest = self._mesh.space.tcp
        for server in self._servers:
            traffic = self._traffic(server) & rest
            rest &= ~traffic
            authorizing = self._authorizing(server)
            yield traffic, self._by_default(server.access), bool(server.routes), server.key
            for each in authorizing:
                crowd = self._named(each, sure=sure)
                yield traffic, crowd, bool(server.routes) or each.target == "HTTPRoute", each.key
        yield rest, self._by_default(self._pods.inbound or USUAL), False, ""

    def _traffic(self, server: Server) -> Traffic:
        if isinstance(server.port, int):
            return self._mesh.space.numbered(PortRange("TCP", server.port, server.port))
        return self._mesh.space.of((PortRange("TCP", name=server.port),), self._pods.ports)

    def _by_default(self, access: str) -> Crowd:
        if access in _MESHED_ONLY:
            return self._mesh.meshed
        return self._mesh.cast.everyone if access in _ANYBODY else NOBODY

    def _named(self, authorization: LinkerdAuthorization, *, sure: bool) -> Crowd:
        if authorization.unread:
            return NOBODY if sure else self._mesh.cast.everyone
        crowd = self._mesh.cast.everyone
        for clients in authorization.clients:
            crowd &= self._mesh.met(clients, sure=sure)
        return crowd

    @cached_property
    def _allowing(self) -> list[tuple[Traffic, Crowd, str]]:
        return [(traffic, crowd, by) for traffic, crowd, _, by in self._let(sure=True) if by]

    def by(self, caller: Crowd, traffic: Traffic) -> Iterator[str]:
        """The authorizations, or the Servers' own policies, that let one caller in."""
        for allowed, crowd, by in self._allowing if self._enforced else ():
            if allowed & traffic and crowd & caller:
                yield by

    def touched(self) -> Iterator[Crowd]:
        """The crowds that some authorization is about."""
        yield self._mesh.meshed
        yield from (crowd for _, crowd, _ in self._allowing)

    def doubts(self) -> Iterator[Doubt]:
        """What a dump does not show of the target's policies."""
        if not self._enforced:
            why = f"{self._pods.workload} shows no Linkerd proxy, so nothing enforces it"
            yield Doubt(", ".join(each.key for each in self._servers), why, NOBODY)
            return
        if not self._pods.inbound:
            why = f"the cluster's default is not in a dump: taken to be {USUAL}, as installed"
            yield Doubt("Linkerd's default policy", why, NOBODY)
        for server in self._servers:
            for each in self._authorizing(server):
                if each.unread:
                    yield Doubt(each.key, each.unread, self._mesh.cast.everyone)
                elif more := self._named(each, sure=False) & ~self._named(each, sure=True):
                    yield Doubt(each.key, "its networks may hold pods of unknown address", more)

    def named(self) -> Iterator[Named]:
        """Whom authorizations let in by name, were all in the mesh."""
        for server in self._servers if self._enforced else ():
            for each in self._authorizing(server):
                asked = [one.identities for one in each.clients if one.identities]
                if asked and not each.unread:
                    crowd = self._mesh.cast.everyone
                    for patterns in asked:
                        crowd &= self._mesh.identified(patterns)
                    yield Named(each.key, crowd)

    def why_not(self, caller: Crowd) -> str:
        """Why a caller that is named does not pass."""
        if self._mesh.meshed & caller:
            return "it does not meet all that the authorization asks for"
        pods = self._mesh.cast.pods[next(members(caller))]
        if pods.labelled:
            return "it is labelled for a proxy and has none: its pods were not restarted"
        return "it has no Linkerd proxy, so it has no identity"
