"""Linkerd's Servers and who is authorized to call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.reach.model.network import Block
from bot.domain.reach.model.pods import Selector


class Server(NamedTuple):
    """One port of some pods."""

    key: str
    namespace: str
    name: str
    pods: Selector
    port: int | str
    access: str = "deny"
    """What holds for those whom nothing authorizes: a default policy's name."""
    routes: tuple[str, ...] = ()
    """The HTTPRoutes that are attached to it."""


class Clients(NamedTuple):
    """One demand on a client: any of these identities, and an address in one of these blocks."""

    identities: tuple[str, ...] | None = None
    """`*` for every meshed client, `*.shop.serviceaccount…`; None: none is asked for."""
    networks: tuple[Block, ...] | None = None


@dataclass(frozen=True)
class LinkerdAuthorization:
    """An AuthorizationPolicy, or a ServerAuthorization, of Linkerd's."""

    key: str
    namespace: str
    target: str
    """Server, Namespace or HTTPRoute."""
    names: frozenset[str]
    """The targets' names; of a Namespace its own."""
    clients: tuple[Clients, ...]
    """All demands must be met; none lets everybody in."""
    unread: str = ""
    """What it names that is not in the dump, or not read: then it authorizes nobody for sure."""


class LinkerdPolicies(NamedTuple):
    """All of Linkerd's policies in a dump."""

    servers: Sequence[Server] = ()
    authorizations: Sequence[LinkerdAuthorization] = ()
