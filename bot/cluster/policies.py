"""What may be read of policies: all that decides who may call, and no header's value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cluster.shaping import (
    Notes,
    Shape,
    Value,
    amount,
    each,
    fields,
    flag,
    policy,
    port,
    present,
    text,
    texts,
    whole,
)

_LABELS = texts()
_SELECTOR = policy(
    matchLabels=_LABELS,
    matchExpressions=each(policy(key=text, operator=text, values=each(text))),
)

_PEERS = each(
    policy(
        podSelector=_SELECTOR,
        namespaceSelector=_SELECTOR,
        ipBlock=policy(cidr=text, except_=each(text)),
    )
)
_PORTS = each(policy(protocol=text, port=port, endPort=whole))
_NETWORK_POLICY = policy(
    podSelector=_SELECTOR,
    policyTypes=each(text),
    ingress=each(policy(from_=_PEERS, ports=_PORTS)),
    egress=each(policy(to=_PEERS, ports=_PORTS)),
)

_PODS = policy(namespaceSelector=_SELECTOR, podSelector=_SELECTOR)
_ADMIN_PEERS = each(
    policy(
        namespaces=_SELECTOR, pods=_PODS, nodes=_SELECTOR, networks=each(text), domainNames=present
    )
)
_ADMIN_PORTS = each(
    policy(
        portNumber=policy(protocol=text, port=whole),
        namedPort=text,
        portRange=policy(protocol=text, start=whole, end=whole),
    )
)
_ADMIN_POLICY = policy(
    priority=whole,
    subject=policy(namespaces=_SELECTOR, pods=_PODS),
    ingress=each(policy(name=text, action=text, from_=_ADMIN_PEERS, ports=_ADMIN_PORTS)),
    egress=each(policy(name=text, action=text, to=_ADMIN_PEERS, ports=_ADMIN_PORTS)),
)

_TARGET = policy(group=text, kind=text, namespace=text, name=text, sectionName=text, port=whole)


def _condition(value: Value, notes: Notes) -> dict[str, Any]:
    """A `when`: what it asks of a caller or a port; what it asks of a request only by its key."""
    kept: dict[str, Any] = _WHEN(value, notes)
    if str(kept.get("key", "")).startswith(("source.", "destination.", "connection.")):
        return kept
    return {"key": str(kept.get("key", "")).partition("[")[0]}


_WHEN = policy(key=text, values=each(text), notValues=each(text))
_SOURCE = (
    "principals notPrincipals requestPrincipals notRequestPrincipals namespaces notNamespaces "
    "serviceAccounts notServiceAccounts ipBlocks notIpBlocks remoteIpBlocks notRemoteIpBlocks"
)
_OPERATION = "hosts notHosts ports notPorts methods notMethods paths notPaths"
_AUTHORIZATION = policy(
    selector=policy(matchLabels=_LABELS),
    targetRef=_TARGET,
    targetRefs=each(_TARGET),
    action=text,
    provider=policy(name=text),
    rules=each(
        policy(
            from_=each(policy(source=policy(**dict.fromkeys(_SOURCE.split(), each(text))))),
            to=each(policy(operation=policy(**dict.fromkeys(_OPERATION.split(), each(text))))),
            when=each(_condition),
        )
    ),
)
_MTLS = policy(mode=text)
_PEER_AUTHENTICATION = policy(
    selector=policy(matchLabels=_LABELS), mtls=_MTLS, portLevelMtls=texts(shape=_MTLS)
)

_NETWORKS = each(policy(cidr=text, except_=each(text)))
_LINKERD_CLIENT = policy(
    networks=_NETWORKS,
    unauthenticated=flag,
    meshTLS=policy(
        unauthenticatedTLS=flag,
        identities=each(text),
        serviceAccounts=each(policy(name=text, namespace=text)),
    ),
)
_LINKERD_ROUTE = policy(
    parentRefs=each(_TARGET),
    hostnames=present,
    rules=each(
        fields(
            matches=each(fields(method=text, path=fields(type=text), headers=present)),
            backendRefs=each(fields(name=text, namespace=text, port=whole, weight=whole)),
        )
    ),
)
_CILIUM_RULE = fields(authentication=fields(mode=text))
_CILIUM = fields(
    endpointSelector=_SELECTOR,
    ingress=each(_CILIUM_RULE),
    egress=each(_CILIUM_RULE),
    ingressDeny=present,
    egressDeny=present,
)

POLICIES: Mapping[str, Shape] = {
    "NetworkPolicy.networking.k8s.io": _NETWORK_POLICY,
    "NetworkPolicy.extensions": _NETWORK_POLICY,
    "NetworkPolicy.": _NETWORK_POLICY,
    "AdminNetworkPolicy": _ADMIN_POLICY,
    "BaselineAdminNetworkPolicy": _ADMIN_POLICY,
    "AuthorizationPolicy.security.istio.io": _AUTHORIZATION,
    "PeerAuthentication": _PEER_AUTHENTICATION,
    "Server.policy.linkerd.io": policy(
        podSelector=_SELECTOR,
        externalWorkloadSelector=_SELECTOR,
        port=port,
        proxyProtocol=text,
        accessPolicy=text,
    ),
    "AuthorizationPolicy.policy.linkerd.io": policy(
        targetRef=_TARGET, requiredAuthenticationRefs=each(_TARGET)
    ),
    "MeshTLSAuthentication.policy.linkerd.io": policy(
        identities=each(text), identityRefs=each(_TARGET)
    ),
    "NetworkAuthentication.policy.linkerd.io": policy(networks=_NETWORKS),
    "ServerAuthorization.policy.linkerd.io": policy(
        server=policy(name=text, selector=_SELECTOR), client=_LINKERD_CLIENT
    ),
    "HTTPRoute.policy.linkerd.io": _LINKERD_ROUTE,
    "GRPCRoute.policy.linkerd.io": _LINKERD_ROUTE,
    "HTTPLocalRateLimitPolicy.policy.linkerd.io": policy(
        targetRef=_TARGET, total=fields(requestsPerSecond=amount)
    ),
    "CiliumNetworkPolicy": _CILIUM,
    "CiliumClusterwideNetworkPolicy": _CILIUM,
}
"""Kind, or Kind.group where a name is used by several → what stays of its spec."""
