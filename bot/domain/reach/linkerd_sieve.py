"""Linkerd's proxy before one target: its Servers, who is authorized there, its default policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from bot.domain.reach.crowds import NOBODY, members
from bot.domain.reach.detours import UNGUARDED, WAVERS
from bot.domain.reach.linkerd_clients import LinkerdClients
from bot.domain.reach.model import Pods, PortRange
from bot.domain.reach.model.judging import Crowd, Doubt, Named, Traffic
from bot.domain.reach.model.linkerd import LinkerdAuthorization, Server
from bot.domain.reach.ports import NOTHING, PortSpace
from bot.domain.reach.sides import widened
from bot.domain.reach.wording import Passing

USUAL = "all-unauthenticated"
"""The default policy that Linkerd installs with."""
_MESHED_ONLY = {"all-authenticated", "cluster-authenticated"}
_ANYBODY = {"all-unauthenticated", "cluster-unauthenticated", "audit"}
_UNDECLARED = "its port is not among the pods' declared ones, which Linkerd may then not consider"
_OF_SPACE = (
    "it stands at the namespace and not at the pods: those made before it keep what they began with"
)
_ADDRESSES = "its networks hold addresses of some pods today; a pod that is made again gets another"


class LinkerdSieve:
    """A `Sieve`: what one target's Linkerd proxy lets in."""

    def __init__(
        self,
        clients: LinkerdClients,
        space: PortSpace,
        authorizations: Sequence[LinkerdAuthorization],
        pods: Pods,
        servers: Sequence[Server],
        *,
        enforced: bool,
    ) -> None:
        self._clients, self._space, self._pods = clients, space, pods
        self._authorizations, self._servers = authorizations, servers
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
            for each in self._authorizations
            if each.namespace == server.namespace
            and (
                (each.target == "Server" and server.name in each.names)
                or (each.target == "Namespace" and server.namespace in each.names)
                or (each.target == "HTTPRoute" and each.names & set(server.routes))
            )
        ]

    @cached_property
    def _everyone(self) -> Crowd:
        return self._clients.cast.everyone

    def parts(self, *, sure: bool) -> dict[Passing, Crowd]:
        """Callers by what passes for them."""
        if not self._enforced:
            everything = self._space.everything
            return {Passing(everything, everything): self._everyone}
        whole, some = {NOTHING: self._everyone}, {NOTHING: self._everyone}
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
        rest = self._space.tcp
        for span in self._pods.unguarded:
            yield self._space.numbered(span), self._everyone, False, ""
        for server in self._servers:
            traffic = self._traffic(server) & rest
            if sure or self._declared(server):
                rest &= ~traffic
            unproven = self._wavering(traffic) if sure else NOBODY
            narrowed = bool(server.routes)
            yield traffic, self._by_default(server.access, unproven), narrowed, server.key
            for each in self._authorizing(server):
                crowd = self._named(each, unproven, sure=sure)
                yield traffic, crowd, narrowed or each.target == "HTTPRoute", each.key
        unproven = self._wavering(rest) if sure else NOBODY
        yield rest, self._by_default(self._pods.inbound or USUAL, unproven), False, ""
        if not sure and self._pods.inbound_of_space:
            yield rest, self._everyone, False, ""

    def _wavering(self, traffic: Traffic) -> Crowd:
        """The callers who may come around their proxy."""
        return self._clients.meshed & self._clients.detours.wavering(
            self._pods, lambda span: bool(self._space.numbered(span) & traffic)
        )

    def _declared(self, server: Server) -> bool:
        """Whether the pods declare a Server's port; one by name is found among those they do."""
        numbers = {each.number for each in self._pods.ports}
        return not isinstance(server.port, int) or server.port in numbers

    def _traffic(self, server: Server) -> Traffic:
        if isinstance(server.port, int):
            return self._space.numbered(PortRange("TCP", server.port, server.port))
        return self._space.of((PortRange("TCP", name=server.port),), self._pods.ports)

    def _by_default(self, access: str, unproven: Crowd) -> Crowd:
        if access in _MESHED_ONLY:
            return self._clients.meshed & ~unproven
        return self._everyone if access in _ANYBODY else NOBODY

    def _named(self, authorization: LinkerdAuthorization, unproven: Crowd, *, sure: bool) -> Crowd:
        if authorization.unread:
            return NOBODY if sure else self._everyone
        crowd = self._everyone
        for demand in authorization.clients:
            crowd &= self._clients.met(demand, unproven, sure=sure)
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
        yield self._clients.meshed
        yield from (crowd for _, crowd, _ in self._allowing)

    def doubts(self) -> Iterator[Doubt]:
        """What a dump does not show of the target's policies."""
        if not self._enforced:
            why = f"{self._pods.workload} shows no Linkerd proxy, so nothing enforces it"
            yield Doubt(", ".join(each.key for each in self._servers), why, NOBODY)
            return
        yield from self._of_default()
        for server in self._servers:
            if not self._declared(server):
                yield Doubt(server.key, _UNDECLARED, self._everyone)
            for each in self._authorizing(server):
                if each.unread:
                    yield Doubt(each.key, each.unread, self._everyone)
                elif more := self._more(each):
                    yield Doubt(each.key, _ADDRESSES, more)
        if wavering := self._wavering(self._space.tcp):
            yield Doubt(self._pods.workload, WAVERS, wavering)

    def _more(self, authorization: LinkerdAuthorization) -> Crowd:
        surely = self._named(authorization, NOBODY, sure=True)
        return self._named(authorization, NOBODY, sure=False) & ~surely

    def _of_default(self) -> Iterator[Doubt]:
        if not self._pods.inbound:
            why = f"the cluster's default is not in a dump: taken to be {USUAL}, as installed"
            yield Doubt("Linkerd's default policy", why, NOBODY)
        if self._pods.inbound_of_space:
            yield Doubt("Linkerd's default policy", _OF_SPACE, self._everyone)
        if self._pods.unguarded:
            yield Doubt(self._pods.workload, UNGUARDED, NOBODY)

    def named(self) -> Iterator[Named]:
        """Whom authorizations let in by name, were all in the mesh."""
        for server in self._servers if self._enforced else ():
            for each in self._authorizing(server):
                asked = [one.identities for one in each.clients if one.identities]
                if asked and not each.unread:
                    crowd = self._everyone
                    for patterns in asked:
                        crowd &= self._clients.identified(patterns)
                    yield Named(each.key, crowd)

    def why_not(self, caller: Crowd) -> str:
        """Why a caller that is named does not pass."""
        if self._clients.meshed & caller:
            return "it does not meet all that the authorization asks for"
        pods = self._clients.cast.pods[next(members(caller))]
        if pods.labelled:
            return "it is labelled for a proxy and has none: its pods were not restarted"
        return "it has no Linkerd proxy, so it has no identity"
