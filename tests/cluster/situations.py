"""For each finding of the shipped pack: objects that show it, and near ones that do not."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.cluster.dumps import Thing, container, pod, pod_spec, service, thing, workload

HTTP = {"name": "http", "port": 80}
NET = "networking.k8s.io/v1"


def space(name: str = "shop", **labels: str) -> Thing:
    """A namespace."""
    return thing("Namespace", name, labels={k.replace("__", "/"): v for k, v in labels.items()})


def labelled(name: str, value: str, space_name: str = "shop") -> Thing:
    """A namespace with one label."""
    return thing("Namespace", space_name, labels={name: value})


def node(
    name: str = "node-1", version: str = "v1.33.4", system: str = "linux", **labels: str
) -> Thing:
    """A node."""
    info = {"kubeletVersion": version, "operatingSystem": system}
    return thing("Node", name, {}, labels=labels, status={"nodeInfo": info})


def netpol(name: str, spec: Thing) -> Thing:
    """A NetworkPolicy."""
    return thing("NetworkPolicy", name, {"podSelector": {}, **spec}, api=NET, namespace="shop")


def ports(*numbers: int, **more: Any) -> Thing:
    """A rule that lets TCP ports in or out."""
    return {"ports": [{"protocol": "TCP", "port": each, **more} for each in numbers]}


def istio(kind: str, name: str, spec: Thing) -> Thing:
    """An object of Istio's security API."""
    return thing(kind, name, spec, api="security.istio.io/v1", namespace="shop")


def probed(name: str = "cart", **probe: Any) -> Thing:
    """A workload with a readiness probe."""
    readiness = probe or {"httpGet": {"port": 80, "path": "/CANARY-do-not-read"}}
    return workload(name, spec=pod_spec(container(readinessProbe=readiness)))


def with_ports(name: str, *numbers: int, protocol: str = "TCP", of: str = "app") -> Thing:
    """A workload whose container declares ports."""
    declared = [{"containerPort": each, "protocol": protocol} for each in numbers]
    return workload(name, spec=pod_spec(container(of, ports=declared)))


def sidecar_pod(name: str, proxy: str = "istio-proxy", **meta: Any) -> Thing:
    """A running pod with a proxy beside the app."""
    return pod(name, spec=pod_spec(container(), container(proxy)), **meta)


def request_rule(**more: Any) -> Thing:
    """An Istio rule on methods."""
    return {"rules": [{"to": [{"operation": {"methods": ["GET"]}}]}], **more}


class Case(NamedTuple):
    """Objects that show a finding: what it is about then, how bad it is, and what shows it not."""

    things: list[Thing]
    objects: tuple[str, ...]
    severity: str
    near: list[list[Thing]]


def deployment(name: str) -> str:
    return f"Deployment/shop/{name}"


ALL_IN = netpol("all", {"ingress": [{}]})
DENY = netpol("deny", {"policyTypes": ["Ingress"]})
WINDOWS = pod_spec(container(), nodeSelector={"kubernetes.io/os": "windows"})
OLD, NEW = node(version="v1.28.9"), node()
JOB = workload("import", kind="Job")
AMBIENT = labelled("istio.io/dataplane-mode", "ambient")
PROBED_BY_NAME = workload(
    "cart",
    spec=pod_spec(
        container(
            ports=[{"name": "http", "containerPort": 80}],
            livenessProbe={"httpGet": {"port": "http", "path": "/"}},
        )
    ),
)
LIMITS = {"type": "Container", "max": {"cpu": "500m", "memory": "4Gi"}}
QUOTA = {"hard": {"requests.cpu": "2"}}

CASES: dict[str, Case] = {
    "netpol_15008": Case(
        [netpol("web", {"ingress": [ports(80)]}), workload("cart")],
        ("NetworkPolicy/shop/web",),
        "breaks",
        [
            [netpol("web", {"ingress": [ports(80, 15008)]})],
            [netpol("web", {"ingress": [ports(15000, endPort=15010)]})],
            [netpol("web", {"ingress": [{"ports": [{"protocol": "TCP"}]}]})],
            [ALL_IN, DENY],
            [
                workload("cart"),
                netpol("web", {"ingress": [ports(80)]}),
                netpol("mesh", {"ingress": [ports(15008)]}),
            ],
            [netpol("web", {"policyTypes": ["Egress"], "ingress": [ports(80)]})],
            [workload("cart"), netpol("web", {"ingress": [ports(80)]}), ALL_IN],
        ],
    ),
    "probes_ambient": Case(
        [DENY, probed()],
        (deployment("cart"),),
        "configure",
        [
            [DENY, workload("cart")],
            [DENY, ALL_IN, probed()],
            [
                netpol(
                    "kubelet", {"ingress": [{"from": [{"ipBlock": {"cidr": "169.254.7.127/32"}}]}]}
                ),
                probed(),
            ],
            [netpol("out", {"policyTypes": ["Egress"]}), probed()],
            [netpol("web", {"ingress": [ports(80)]}), probed()],
            [netpol("web", {"ingress": [ports(79, endPort=81)]}), probed()],
            [netpol("web", {"ingress": [{"ports": [{"port": "http"}]}]}), PROBED_BY_NAME],
            [netpol("web", {"ingress": [ports(80)]}), PROBED_BY_NAME],
        ],
    ),
    "pod_security": Case(
        [labelled("pod-security.kubernetes.io/enforce", "baseline")],
        ("shop=baseline",),
        "breaks",
        [
            [labelled("pod-security.kubernetes.io/enforce", "privileged")],
            [labelled("pod-security.kubernetes.io/warn", "restricted")],
            [labelled("pod-security.kubernetes.io/enforce", "restricted", "kube-system")],
        ],
    ),
    "jobs": Case(
        [OLD, JOB, workload("nightly", kind="CronJob")],
        ("Job/shop/import", "CronJob/shop/nightly"),
        "breaks",
        [
            [NEW, workload("cart")],
            [
                thing(
                    "Job",
                    "run-1",
                    {},
                    api="batch/v1",
                    namespace="shop",
                    ownerReferences=[{"kind": "CronJob", "name": "run"}],
                )
            ],
        ],
    ),
    "cni_init_network": Case(
        [
            workload("istio-cni-node", "kube-system", "DaemonSet"),
            workload("cart", spec=pod_spec(container(), initContainers=[container("wait")])),
        ],
        (deployment("cart"),),
        "configure",
        [
            [workload("cart", spec=pod_spec(container(), initContainers=[container("wait")]))],
            [workload("istio-cni-node", "kube-system", "DaemonSet"), workload("cart")],
        ],
    ),
    "init_network": Case(
        [workload("cart", spec=pod_spec(container(), initContainers=[container("wait")]))],
        (deployment("cart"),),
        "configure",
        [
            [
                workload(
                    "cart",
                    spec=pod_spec(
                        container(), initContainers=[container("s", restartPolicy="Always")]
                    ),
                )
            ],
            [
                workload(
                    "cart", spec=pod_spec(container(), initContainers=[container("istio-init")])
                )
            ],
        ],
    ),
    "host_network": Case(
        [workload("agent", kind="DaemonSet", spec=pod_spec(hostNetwork=True))],
        ("DaemonSet/shop/agent",),
        "loses",
        [
            [workload("agent", spec=pod_spec(hostNetwork=False))],
            [workload("kube-proxy", "kube-system", "DaemonSet", pod_spec(hostNetwork=True))],
        ],
    ),
    "uid_1337": Case(
        [workload("cart", spec=pod_spec(securityContext={"runAsUser": 1337}))],
        (deployment("cart"),),
        "breaks",
        [
            [workload("cart", spec=pod_spec(securityContext={"runAsUser": 1000}))],
            [
                workload(
                    "cart",
                    spec=pod_spec(
                        container(securityContext={"runAsUser": 1000}),
                        securityContext={"runAsUser": 1337},
                    ),
                )
            ],
            [
                workload(
                    "cart",
                    spec=pod_spec(
                        container(), container("istio-proxy", securityContext={"runAsUser": 1337})
                    ),
                )
            ],
        ],
    ),
    "uid_2102": Case(
        [workload("cart", spec=pod_spec(container(securityContext={"runAsUser": 2102})))],
        (deployment("cart"),),
        "breaks",
        [[workload("cart", spec=pod_spec(container(securityContext={"runAsUser": 1337})))]],
    ),
    "fargate": Case(
        [node("f", **{"eks.amazonaws.com/compute-type": "fargate"})],
        ("f",),
        "breaks",
        [[node("e", **{"eks.amazonaws.com/nodegroup": "fargate"})]],
    ),
    "virtual_nodes": Case([node("v", type="virtual-kubelet")], ("v",), "breaks", [[NEW]]),
    "windows": Case(
        [node("w", system="windows"), workload("erp", spec=WINDOWS)],
        ("w", deployment("erp")),
        "loses",
        [[NEW, workload("erp", spec=pod_spec(nodeSelector={"kubernetes.io/os": "linux"}))]],
    ),
    "approtocol_linkerd": Case(
        [service("cart", {"port": 80, "appProtocol": "grpc"})],
        ("Service/shop/cart:80=grpc",),
        "loses",
        [[service("cart", {"port": 80, "appProtocol": "kubernetes.io/h2c"}, {"port": 81})]],
    ),
    "speaks_first_other": Case(
        [
            service("bus", {"port": 4222}),
            service("db", {"port": 3307}),
            workload("db", spec=pod_spec(container(image="mysql:8"))),
            service("mail", {"port": 2525, "name": "smtp"}),
        ],
        ("Service/shop/bus:4222 nats", "Service/shop/db:3307 mysql", "Service/shop/mail:2525 smtp"),
        "configure",
        [
            [
                service("db", {"port": 3306}),
                workload("db", spec=pod_spec(container(image="mysql:8"))),
            ],
            [
                service("q", {"port": 5672, "name": "rabbitmq"}),
                workload("q", spec=pod_spec(container(image="rabbitmq:3"))),
            ],
            [
                service("db", {"port": 9104, "name": "metrics"}),
                workload("db", spec=pod_spec(container(image="mysql:8"))),
            ],
        ],
    ),
    "speaks_first": Case(
        [
            service("db", {"port": 5432, "name": "tcp"}),
            service("mail", {"port": 8025, "targetPort": 25}),
        ],
        ("Service/shop/db:5432 postgresql declared tcp", "Service/shop/mail:8025 smtp"),
        "info",
        [[service("db", HTTP)], [service("db", {"port": 5432, "protocol": "UDP"})]],
    ),
    "redis_postgres_istio": Case(
        [service("cache", {"port": 6379})],
        ("Service/shop/cache:6379 redis",),
        "info",
        [[service("db", {"port": 3306})]],
    ),
    "app_tls": Case(
        [
            service("a", {"port": 8443}),
            service("b", {"port": 9000, "name": "https-web"}),
            probed("c", httpGet={"port": 1, "scheme": "HTTPS"}),
        ],
        ("Service/shop/a:8443", "Service/shop/b:9000", deployment("c")),
        "loses",
        [[service("a", HTTP), probed("c", httpGet={"port": 1, "scheme": "HTTP"})]],
    ),
    "limit_range": Case(
        [thing("LimitRange", "small", {"limits": [LIMITS]}, namespace="shop")],
        ("LimitRange/shop/small",),
        "breaks",
        [[workload("cart")]],
    ),
    "resource_quota": Case(
        [
            thing(
                "ResourceQuota",
                "q",
                QUOTA,
                namespace="shop",
                status={"used": {"requests.cpu": "1950m"}},
            )
        ],
        ("ResourceQuota/shop/q",),
        "breaks",
        [[thing("ResourceQuota", "q", QUOTA, namespace="kube-system")]],
    ),
    "proxy_ports": Case(
        [with_ports("cart", 80, 15001)],
        (f"{deployment('cart')}:15001",),
        "breaks",
        [[with_ports("cart", 15003)], [with_ports("waypoint", 15008, of="istio-proxy")]],
    ),
    "mtls_mode": Case(
        [istio("PeerAuthentication", "all", {"mtls": {"mode": "STRICT"}}), pod("old")],
        ("PeerAuthentication/shop/all=STRICT",),
        "breaks",
        [[pod("old")]],
    ),
    "eks_sgp": Case(
        [
            thing(
                "SecurityGroupPolicy",
                "db",
                {},
                api="vpcresources.k8s.aws/v1beta1",
                namespace="shop",
            )
        ],
        ("SecurityGroupPolicy/shop/db",),
        "breaks",
        [[workload("cart")]],
    ),
    "k8s_version": Case(
        [OLD, node("node-2", "v1.36.0-gke.1"), node("node-3"), node("node-4", "v1.30.9")],
        ("v1.28.9: 1 node", "v1.30.9: 1 node", "v1.36.0-gke.1: 1 node"),
        "breaks",
        [[NEW, node("x", "v1.31.0"), node("y", "v1.35.9+k3s1"), node("z", "unheard of")]],
    ),
    "netpol_control": Case(
        [netpol("out", {"policyTypes": ["Egress"], "egress": [ports(443)]}), workload("cart")],
        (deployment("cart"),),
        "configure",
        [
            [netpol("out", {"egress": [ports(15012)]}), workload("cart")],
            [netpol("out", {"egress": [{"to": [{"podSelector": {}}]}]}), workload("cart")],
            [DENY, workload("cart")],
        ],
    ),
    "not_tcp": Case(
        [service("dns", {"port": 53, "protocol": "UDP"}), with_ports("dns", 53, protocol="UDP")],
        ("Service/shop/dns:53/UDP", f"{deployment('dns')}:53/UDP"),
        "loses",
        [[service("dns", {"port": 53}), with_ports("dns", 53)]],
    ),
    "protocol_undeclared": Case(
        [service("cart", {"port": 80}, {"port": 81, "name": "web"})],
        ("Service/shop/cart:80", "Service/shop/cart:81"),
        "loses",
        [
            [
                service(
                    "cart", HTTP, {"port": 81, "name": "grpc-web"}, {"port": 82, "name": "tcp-x"}
                )
            ],
            [service("cart", {"port": 80, "appProtocol": "http"}, {"port": 53, "protocol": "UDP"})],
        ],
    ),
    "port_two_protocols": Case(
        [
            workload("cart"),
            service("cart", {"port": 80, "targetPort": 8080, "name": "http"}),
            thing(
                "Service",
                "again",
                {"selector": {"app": "cart"}, "ports": [{"port": 8080, "name": "grpc"}]},
                namespace="shop",
            ),
        ],
        (f"{deployment('cart')}:8080 grpc, http",),
        "configure",
        [[workload("cart"), service("cart", HTTP, {"port": 81, "name": "grpc"})]],
    ),
    "headless": Case(
        [service("db", HTTP, clusterIP="None")],
        ("Service/shop/db",),
        "configure",
        [[service("db", HTTP)]],
    ),
    "external_name": Case(
        [service("far", type="ExternalName", externalName="CANARY-do-not-read")],
        ("Service/shop/far",),
        "configure",
        [[service("far", HTTP, type="ClusterIP")]],
    ),
    "hpa_cpu": Case(
        [
            thing(
                "HorizontalPodAutoscaler",
                "a",
                {"metrics": [{"type": "Resource"}]},
                namespace="shop",
            ),
            thing(
                "HorizontalPodAutoscaler",
                "b",
                {"targetCPUUtilizationPercentage": 80},
                namespace="shop",
            ),
        ],
        ("HorizontalPodAutoscaler/shop/a", "HorizontalPodAutoscaler/shop/b"),
        "configure",
        [
            [
                thing(
                    "HorizontalPodAutoscaler",
                    "c",
                    {"metrics": [{"type": "ContainerResource"}]},
                    namespace="shop",
                )
            ]
        ],
    ),
    "cilium": Case(
        [workload("cilium", "kube-system", "DaemonSet")],
        ("DaemonSet/kube-system/cilium",),
        "configure",
        [[workload("cilium", "kube-system")]],
    ),
    "calico": Case(
        [workload("calico-node", "kube-system", "DaemonSet")],
        ("DaemonSet/kube-system/calico-node",),
        "loses",
        [[workload("calico-typha", "kube-system")]],
    ),
    "gke_quota": Case(
        [node("g", **{"cloud.google.com/gke-nodepool": "a"})], ("g",), "configure", [[NEW]]
    ),
    "autopilot": Case([node("gk3-a")], ("gk3-a",), "configure", [[node("gke-a")]]),
    "openshift": Case(
        [thing("Route", "shop", {}, api="route.openshift.io/v1", namespace="shop")],
        ("route.openshift.io",),
        "configure",
        [[thing("Route", "shop", {}, api="serving.knative.dev/v1", namespace="shop")]],
    ),
    "l7_needs_waypoint": Case(
        [AMBIENT, istio("AuthorizationPolicy", "get", request_rule())],
        ("AuthorizationPolicy/shop/get",),
        "breaks",
        [
            [space(), istio("AuthorizationPolicy", "get", request_rule())],
            [AMBIENT, istio("AuthorizationPolicy", "p", {"rules": [{"from": []}]})],
            [
                AMBIENT,
                istio(
                    "AuthorizationPolicy",
                    "get",
                    request_rule(targetRefs=[{"kind": "Service", "name": "x"}]),
                ),
            ],
            [AMBIENT, istio("AuthorizationPolicy", "get", request_rule(action="AUDIT"))],
        ],
    ),
    "both_modes": Case(
        [
            thing(
                "Namespace",
                "shop",
                labels={"istio-injection": "enabled", "istio.io/dataplane-mode": "ambient"},
            )
        ],
        ("shop",),
        "configure",
        [[AMBIENT], [labelled("istio-injection", "enabled")]],
    ),
    "labelled_not_restarted": Case(
        [labelled("istio-injection", "enabled"), sidecar_pod("a"), pod("b"), pod("c")],
        ("shop: 2 of 3 pods without a proxy",),
        "info",
        [
            [labelled("istio-injection", "enabled"), sidecar_pod("a")],
            [AMBIENT, pod("b")],
            [
                labelled("istio.io/rev", "1-27"),
                pod("b", labels={"sidecar.istio.io/inject": "false"}),
            ],
        ],
    ),
    "automount": Case(
        [workload("cart", spec=pod_spec(automountServiceAccountToken=False))],
        (deployment("cart"),),
        "configure",
        [[workload("cart", spec=pod_spec(automountServiceAccountToken=True))]],
    ),
    "shared_sa": Case(
        [workload("a"), workload("b"), workload("c", spec=pod_spec(serviceAccountName="own"))],
        ("shop/default: 2 workloads",),
        "loses",
        [[workload("a"), workload("b", "other")]],
    ),
    "grpc": Case(
        [
            service("a", {"port": 1, "name": "grpc-api"}),
            service("b", {"port": 2, "appProtocol": "kubernetes.io/h2c"}),
            probed("c", grpc={"port": 1}),
        ],
        ("Service/shop/a:1", "Service/shop/b:2", deployment("c")),
        "info",
        [[service("a", HTTP), probed("c")]],
    ),
    "probes": Case(
        [probed("a"), probed("b", tcpSocket={"port": 1}), probed("c", grpc={"port": 1})],
        (deployment("a"), deployment("b"), deployment("c")),
        "info",
        [[workload("a"), probed("b", exec={"command": ["CANARY-do-not-read"]})]],
    ),
    "existing_istio": Case(
        [
            labelled("istio-injection", "enabled"),
            thing("VirtualService", "v", {}, api="networking.istio.io/v1", namespace="shop"),
        ],
        ("shop", "VirtualService/shop/v"),
        "info",
        [
            [labelled("istio-injection", "disabled")],
            [pod("a", annotations={"linkerd.io/inject": "enabled"})],
        ],
    ),
    "existing_linkerd": Case(
        [
            thing("Namespace", "shop", annotations={"linkerd.io/inject": "enabled"}),
            thing("Server", "s", {"port": 1}, api="policy.linkerd.io/v1beta3", namespace="shop"),
        ],
        ("shop", "Server/shop/s"),
        "info",
        [[thing("Namespace", "shop", annotations={"linkerd.io/inject": "disabled"})]],
    ),
    "native_sidecars": Case(
        [NEW, node("node-2"), node("node-3", "v1.32.1")],
        ("v1.32.1: 1 node", "v1.33.4: 2 nodes"),
        "info",
        [[workload("cart")]],
    ),
    "stateful_set": Case(
        [workload("db", kind="StatefulSet")], ("StatefulSet/shop/db",), "info", [[workload("db")]]
    ),
    "no_service": Case(
        [workload("bot"), workload("cart"), service("cart", HTTP)],
        (deployment("bot"),),
        "info",
        [[workload("cart"), service("cart", HTTP)]],
    ),
    "labels": Case(
        [workload("cart")],
        (deployment("cart"),),
        "loses",
        [[workload("cart", template={"labels": {"app": "cart", "version": "1"}})]],
    ),
    "zones": Case(
        [
            node("a", **{"topology.kubernetes.io/zone": "1"}),
            node("b", **{"topology.kubernetes.io/zone": "2"}),
        ],
        ("1", "2"),
        "info",
        [[node("a", **{"topology.kubernetes.io/zone": "1"}), node("b")]],
    ),
    "ingress": Case(
        [thing("Ingress", "web", {}, api=NET, namespace="shop")],
        ("Ingress/shop/web",),
        "configure",
        [[service("web", HTTP)]],
    ),
    "exposed_service": Case(
        [service("web", HTTP, type="LoadBalancer"), service("old", HTTP, type="NodePort")],
        ("Service/shop/web:LoadBalancer", "Service/shop/old:NodePort"),
        "info",
        [[service("web", HTTP), service("far", type="ExternalName")]],
    ),
    "network_policies": Case([DENY], ("NetworkPolicy/shop/deny",), "info", [[workload("cart")]]),
    "gateway_api": Case(
        [thing("HTTPRoute", "r", {}, api="gateway.networking.k8s.io/v1", namespace="shop")],
        ("HTTPRoute/shop/r",),
        "info",
        [[thing("Gateway", "g", {}, api="networking.istio.io/v1", namespace="shop")]],
    ),
    "cert_manager": Case(
        [workload("cert-manager", "cert-manager")],
        ("Deployment/cert-manager/cert-manager",),
        "info",
        [[workload("cart")]],
    ),
    "cilium_mesh": Case(
        [
            thing(
                "CiliumNetworkPolicy",
                "m",
                {"ingress": [{"authentication": {"mode": "required"}}]},
                api="cilium.io/v2",
                namespace="shop",
            )
        ],
        ("CiliumNetworkPolicy/shop/m",),
        "info",
        [
            [
                thing(
                    "CiliumNetworkPolicy",
                    "m",
                    {"ingress": [{}]},
                    api="cilium.io/v2",
                    namespace="shop",
                )
            ]
        ],
    ),
}
