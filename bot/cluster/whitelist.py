"""What may be read of each kind of object; everything else is dropped when the object is read.

No env, no command or args, no volumes, no image registry or digest, no annotation but those named,
no data of anything, no hosts, no status beyond what is named here. docs/for-admins.md tells the
same in words. The names are Kubernetes' own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.cluster.policies import POLICIES
from bot.cluster.shaping import (
    Notes,
    Shape,
    Value,
    amount,
    each,
    fields,
    flag,
    port,
    present,
    text,
    texts,
    whole,
)

COUNTED_ONLY = frozenset({"Secret", "ConfigMap", "Event", "Endpoints", "EndpointSlice", "Lease"})
"""Kinds of which not even the name is kept."""

_NAMED = texts(
    r"linkerd\.io/inject|config\.linkerd\.io/(opaque-ports|skip-(in|out)bound-ports"
    r"|default-inbound-policy|proxy-(cpu|memory)-(limit|request))"
    r"|config\.(alpha|beta)\.linkerd\.io/proxy-enable-native-sidecar"
    r"|sidecar\.istio\.io/(inject|rewriteAppHTTPProbers|proxy(CPU|Memory)(Limit)?)"
    r"|traffic\.sidecar\.istio\.io/(in|ex)clude(In|Out)boundPorts"
    r"|ambient\.istio\.io/redirection|kubernetes\.io/ingress\.class"
)
_THERE = texts(r"sidecar\.istio\.io/status|instrumentation\.opentelemetry\.io/inject-\w+", present)


def named_annotations(value: Value, notes: Notes) -> dict[str, Any]:
    """The named annotations, and of two more only that they are there."""
    return {**_NAMED(value, notes), **_THERE(value, notes)}


LABELS: Mapping[str, Shape] = {
    "Node": texts(
        r"(beta\.)?kubernetes\.io/(os|arch)|topology\.(kubernetes\.io/(zone|region)|istio\.io/network)"
        r"|eks\.amazonaws\.com/(compute-type|nodegroup)|cloud\.google\.com/(gke-nodepool|gke-provisioning)"
        r"|kubernetes\.azure\.com/(cluster|mode|role)|node\.kubernetes\.io/instance-type"
        r"|node\.openshift\.io/os_id|type|alpha\.service-controller\.kubernetes\.io/exclude-balancer"
    ),
    **dict.fromkeys(("Pod", "Namespace", "Server"), texts()),
    "": texts(
        r"app|version|k8s-app|team|owner|app\.kubernetes\.io/(name|version|part-of|managed-by)"
        r"|istio\.io/[a-z-]+|linkerd\.io/[a-z-]+|gateway\.networking\.k8s\.io/gateway-name"
    ),
}
"""Kind → the labels that stay: all where selectors meet them, else those that are counted."""
SELECTED_NODES = texts(
    r"(beta\.)?kubernetes\.io/os|eks\.amazonaws\.com/compute-type|topology\.kubernetes\.io/zone|type"
)
DATED = frozenset({"PeerAuthentication"})
"""Kinds of which the oldest holds."""
OWNERS = each(fields(kind=text, name=text, controller=flag))


_IMAGE = re.compile(r"[\w.-]{1,255}(:[\w.-]{1,128})?", re.ASCII)


def image(value: Value, notes: Notes) -> str:
    """The last part of an image's name with its tag: no registry, no path, no digest.

    Nothing of what is no image's name.
    """
    last = text(value, notes).partition("@")[0].rpartition("/")[2]
    return last if _IMAGE.fullmatch(last) else ""


def headless(value: Value, _notes: Notes) -> str:
    """`None`, by which a headless Service is known; no address."""
    return "None" if value == "None" else ""


_PROBE = fields(
    httpGet=fields(port=port, scheme=text),
    tcpSocket=fields(port=port),
    grpc=fields(port=port),
    exec=present,
)
_RESOURCES = fields(requests=texts(r"cpu|memory", amount), limits=texts(r"cpu|memory", amount))
_CONTAINER = fields(
    name=text,
    image=image,
    ports=each(
        fields(name=text, containerPort=whole, protocol=text, hostPort=whole), or_braces=True
    ),
    resources=_RESOURCES,
    restartPolicy=text,
    securityContext=fields(
        runAsUser=whole, privileged=flag, capabilities=fields(add=each(text), drop=each(text))
    ),
    livenessProbe=_PROBE,
    readinessProbe=_PROBE,
    startupProbe=_PROBE,
)
_POD: dict[str, Shape] = {
    "serviceAccountName": text,
    "automountServiceAccountToken": flag,
    "hostNetwork": flag,
    "nodeName": text,
    "nodeSelector": SELECTED_NODES,
    "os": fields(name=text),
    "runtimeClassName": text,
    "restartPolicy": text,
    "priorityClassName": text,
    "terminationGracePeriodSeconds": whole,
    "securityContext": fields(runAsUser=whole, runAsNonRoot=flag),
    "initContainers": each(_CONTAINER),
    "containers": each(_CONTAINER),
}
_TEMPLATE = fields(
    metadata=fields(labels=texts(), annotations=named_annotations), spec=fields(**_POD)
)
SELECTOR = fields(
    matchLabels=texts(),
    matchExpressions=each(fields(key=text, operator=text, values=each(text))),
)
_WORKLOAD = fields(
    replicas=whole,
    serviceName=text,
    selector=SELECTOR,
    strategy=fields(type=text),
    template=_TEMPLATE,
)
_BACKEND = fields(service=fields(name=text, port=fields(name=text, number=whole)))
_GATEWAY_REF = fields(group=text, kind=text, namespace=text, name=text, port=whole, weight=whole)
_ROUTE = fields(parentRefs=each(_GATEWAY_REF), rules=each(fields(backendRefs=each(_GATEWAY_REF))))

SPECS: Mapping[str, Shape] = {
    "Pod": fields(**_POD),
    "Deployment": _WORKLOAD,
    "StatefulSet": _WORKLOAD,
    "DaemonSet": _WORKLOAD,
    "ReplicaSet": _WORKLOAD,
    "ReplicationController": fields(replicas=whole, selector=texts(), template=_TEMPLATE),
    "Job": fields(template=_TEMPLATE),
    "CronJob": fields(jobTemplate=fields(spec=fields(template=_TEMPLATE))),
    "Service": fields(
        type=text,
        clusterIP=headless,
        selector=texts(),
        ports=each(fields(name=text, port=whole, targetPort=port, protocol=text, appProtocol=text)),
        trafficDistribution=text,
    ),
    "Ingress": fields(
        ingressClassName=text,
        tls=present,
        defaultBackend=_BACKEND,
        rules=each(fields(http=fields(paths=each(fields(backend=_BACKEND))))),
    ),
    "IngressClass": fields(controller=text),
    "Route.route.openshift.io": fields(
        to=fields(kind=text, name=text),
        alternateBackends=each(fields(kind=text, name=text)),
        port=fields(targetPort=port),
    ),
    "HorizontalPodAutoscaler": fields(
        minReplicas=whole,
        maxReplicas=whole,
        targetCPUUtilizationPercentage=whole,
        scaleTargetRef=fields(kind=text, name=text),
        metrics=each(
            fields(
                type=text,
                resource=fields(name=text),
                containerResource=fields(name=text, container=text),
            )
        ),
    ),
    "PodDisruptionBudget": fields(selector=SELECTOR, maxUnavailable=amount, minAvailable=amount),
    "LimitRange": fields(
        limits=each(
            fields(
                type=text,
                max=texts(shape=amount),
                min=texts(shape=amount),
                default=texts(shape=amount),
                defaultRequest=texts(shape=amount),
            )
        )
    ),
    "ResourceQuota": fields(
        hard=texts(shape=amount),
        scopes=each(text),
        scopeSelector=fields(
            matchExpressions=each(fields(scopeName=text, operator=text, values=each(text)))
        ),
    ),
    "Gateway.gateway.networking.k8s.io": fields(
        gatewayClassName=text, listeners=each(fields(name=text, port=whole, protocol=text))
    ),
    "HTTPRoute.gateway.networking.k8s.io": _ROUTE,
    "GRPCRoute.gateway.networking.k8s.io": _ROUTE,
    "VirtualService.networking.istio.io": fields(
        http=each(fields(route=each(fields(weight=whole))))
    ),
    **POLICIES,
}
"""Kind, or Kind.group where a name is used by several → what stays of its spec."""

STATUSES: Mapping[str, Shape] = {
    "Pod": fields(phase=text, qosClass=text, podIP=text),
    "Node": fields(
        allocatable=texts(r"cpu|memory|pods", amount),
        nodeInfo=fields(kubeletVersion=text, operatingSystem=text, containerRuntimeVersion=text),
    ),
    "ResourceQuota": fields(used=texts(shape=amount)),
}

CLUSTER_WIDE = frozenset(
    {
        *("Namespace", "Node", "CustomResourceDefinition", "APIService", "PersistentVolume"),
        *("AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"),
        *("CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy", "ClusterRole"),
        *("ClusterRoleBinding", "IngressClass", "GatewayClass", "StorageClass", "PriorityClass"),
        *("RuntimeClass", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
    }
)
"""Kinds without a namespace."""
