"""Linkerd's policies of a dump: Servers, authorizations, and what they refer to.

https://linkerd.io/2/reference/authorization-policy/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.cluster.model import NOTHING, Dump, Fields, Item
from bot.cluster.reach.selectors import selector
from bot.domain.reach.model import Block, Selector, SelectorRequirement
from bot.domain.reach.model.linkerd import Clients, LinkerdAuthorization, LinkerdPolicies, Server

POLICY = "policy.linkerd.io"
_TRUSTED = "serviceaccount.identity.linkerd.cluster.local"
_VAGUE = "it holds fields that are not read here"
_Reference = Mapping[str, Any]


def linkerd_policies(dump: Dump) -> LinkerdPolicies:
    """All of them. Raises `UnreadablePolicy` for a selector that is not as Kubernetes writes it."""
    items = {each.key: each for each in dump.items if each.group == POLICY}
    servers = [each for each in items.values() if each.kind == "Server"]
    policies = [
        *_authorizations(items),
        *(
            _server_authorization(each, servers)
            for each in items.values()
            if each.kind == "ServerAuthorization"
        ),
    ]
    return LinkerdPolicies([_server(each, items.values()) for each in servers], policies)


def _server(item: Item, items: Iterable[Item]) -> Server:
    routes = (
        each.name
        for each in items
        if each.kind in {"HTTPRoute", "GRPCRoute"} and each.namespace == item.namespace
        for parent in each.spec.get("parentRefs", ())
        if parent.get("kind") == "Server" and parent.get("name") == item.name
    )
    return Server(
        key=item.key,
        namespace=item.namespace,
        name=item.name,
        pods=_pods(item.spec),
        port=item.spec.get("port", 0),
        access=item.spec.get("accessPolicy", "deny"),
        routes=tuple(routes),
    )


def _pods(spec: Fields) -> Selector:
    """A Server without a selector of pods is about machines outside: it selects no pod."""
    if "podSelector" in spec:
        return selector(spec["podSelector"])
    return (SelectorRequirement("", "Exists"),)


def _authorizations(items: Mapping[str, Item]) -> Iterator[LinkerdAuthorization]:
    """Linkerd ignores one that refers to what is not there."""
    for item in items.values():
        if item.kind != "AuthorizationPolicy":
            continue
        target = item.spec.get("targetRef", NOTHING)
        demands = [
            _demand(each, item.namespace, items)
            for each in item.spec.get("requiredAuthenticationRefs", ())
        ]
        kind = target.get("kind", "")
        clients = tuple(each for each in demands if each is not None)
        if len(clients) == len(demands):
            yield LinkerdAuthorization(
                key=item.key,
                namespace=item.namespace,
                target="HTTPRoute" if kind == "GRPCRoute" else kind,
                names=frozenset({target.get("name", "")}),
                clients=clients,
                unread=_unread(item, clients) or _unread_in(item, items),
            )


def _unread_in(item: Item, items: Mapping[str, Item]) -> str:
    """Whether what an authorization refers to holds fields that are not read."""
    references = item.spec.get("requiredAuthenticationRefs", ())
    named = (items.get(_resource(each, item.namespace)) for each in references)
    return _VAGUE if any(each and each.unread for each in named) else ""


def _resource(reference: _Reference, home: str) -> str:
    space = reference.get("namespace") or home
    return f"{reference.get('kind', '')}/{space}/{reference.get('name', '')}"


def _demand(reference: _Reference, home: str, items: Mapping[str, Item]) -> Clients | None:
    """What a reference asks of a client; None where what it names is not there."""
    kind, name = reference.get("kind", ""), reference.get("name", "")
    space = reference.get("namespace") or home
    if kind == "ServiceAccount":
        return Clients(identities=(_identity(space, name),))
    resource = items.get(_resource(reference, home))
    if resource is None:
        return None
    if kind == "NetworkAuthentication":
        return Clients(networks=_blocks(resource.spec.get("networks", ())))
    named = (
        _of_reference(each, resource.namespace) for each in resource.spec.get("identityRefs", ())
    )
    return Clients(identities=(*resource.spec.get("identities", ()), *named))


def _identity(namespace: str, account: str) -> str:
    return f"{account}.{namespace}.{_TRUSTED}"


def _of_reference(reference: _Reference, home: str) -> str:
    if reference.get("kind") == "Namespace":
        return f"*.{reference.get('name', '')}.{_TRUSTED}"
    return _identity(reference.get("namespace") or home, reference.get("name", ""))


def _blocks(networks: Iterable[_Reference]) -> tuple[Block, ...]:
    return tuple(Block(each.get("cidr", ""), tuple(each.get("except", ()))) for each in networks)


def _unread(item: Item, clients: Iterable[Clients]) -> str:
    """Why an authorization lets in nobody beyond doubt; empty where it is read in full."""
    if item.unread:
        return _VAGUE
    named = (name for each in clients for name in each.identities or ())
    if any(name != "*" and not name.endswith(".cluster.local") for name in named):
        return "it names another trust domain than cluster.local, the mesh's may be"
    return ""


def _server_authorization(item: Item, servers: Iterable[Item]) -> LinkerdAuthorization:
    """The older kind: Servers by name or by their labels, clients in place."""
    wanted = item.spec.get("server", NOTHING)
    clients = (_clients(item.spec.get("client", NOTHING), item.namespace),)
    names = {wanted["name"]} if "name" in wanted else set[str]()
    if "selector" in wanted:
        asked = selector(wanted["selector"])
        names |= {each.name for each in servers if _meets(asked, each.labels)}
    return LinkerdAuthorization(
        key=item.key,
        namespace=item.namespace,
        target="Server",
        names=frozenset(names),
        clients=clients,
        unread=_unread(item, clients),
    )


def _meets(asked: Selector, labels: Mapping[str, str]) -> bool:
    """Whether labels meet a selector."""
    for key, operator, values in asked:
        there = key in labels
        holds = {
            "In": labels.get(key) in values,
            "NotIn": labels.get(key) not in values,
            "Exists": there,
            "DoesNotExist": not there,
        }
        if not holds[operator]:
            return False
    return True


def _clients(client: Fields, home: str) -> Clients:
    networks = _blocks(client["networks"]) if "networks" in client else None
    tls = client.get("meshTLS", NOTHING)
    if client.get("unauthenticated"):
        return Clients(networks=networks)
    accounts = (
        _identity(each.get("namespace") or home, each.get("name", ""))
        for each in tls.get("serviceAccounts", ())
    )
    everybody = ("*",) if tls.get("unauthenticatedTLS") else ()
    return Clients((*tls.get("identities", ()), *accounts, *everybody), networks)
