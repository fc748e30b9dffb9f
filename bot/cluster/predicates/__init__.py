"""What can be looked for in a dump: a closed set, one function each.

Each takes the cluster and the finding of the pack that asks, and yields the objects it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bot.cluster.apps import Cluster
from bot.cluster.predicates import meshes, nodes, pods, policies, ports, services
from bot.cluster.predicates.hits import Hit
from bot.domain.pack.readiness import ReadinessCheck
from bot.domain.pack.vocabulary import Sight

Predicate = Callable[[Cluster, ReadinessCheck], Iterable[Hit]]

PREDICATES: Mapping[Sight, Predicate] = {
    "app_tls": ports.app_tls,
    "approtocol_linkerd": ports.approtocol_linkerd,
    "automount": pods.automount,
    "autopilot": nodes.autopilot,
    "both_modes": meshes.both_modes,
    "calico": nodes.calico,
    "cert_manager": meshes.cert_manager,
    "cilium": nodes.cilium,
    "cilium_mutual": policies.cilium_mutual,
    "control_plane_shut": policies.control_plane_shut,
    "existing_istio": meshes.existing_istio,
    "existing_linkerd": meshes.existing_linkerd,
    "exposed_service": services.exposed_service,
    "external_name": services.external_name,
    "fargate": nodes.fargate,
    "gateway_api": services.gateway_api,
    "gke": nodes.gke,
    "grpc": ports.grpc,
    "headless": services.headless,
    "host_network": pods.host_network,
    "hpa_resource": pods.hpa_resource,
    "ingress": services.ingress,
    "init_beside_cni": pods.init_beside_cni,
    "init_containers": pods.init_containers,
    "jobs": pods.jobs,
    "limit_range": pods.limit_range,
    "mesh_port_shut": policies.mesh_port_shut,
    "mtls_mode": policies.mtls_mode,
    "network_policies": policies.network_policies,
    "no_service": services.no_service,
    "no_waypoint": policies.no_waypoint,
    "not_restarted": meshes.not_restarted,
    "not_tcp": ports.not_tcp,
    "openshift": nodes.openshift,
    "pod_security": policies.pod_security,
    "probes": pods.probes,
    "probes_shut": policies.probes_shut,
    "protocol_undeclared": ports.protocol_undeclared,
    "proxy_ports": pods.proxy_ports,
    "resource_quota": pods.resource_quota,
    "runs_as": pods.runs_as,
    "security_groups": services.security_groups,
    "shared_account": pods.shared_account,
    "speaks_first": ports.speaks_first,
    "speaks_first_elsewhere": ports.speaks_first_elsewhere,
    "stateful_sets": pods.stateful_sets,
    "two_protocols": ports.two_protocols,
    "unnamed": pods.unnamed,
    "unsupported": nodes.unsupported,
    "versions": nodes.versions,
    "virtual": nodes.virtual,
    "windows": pods.windows,
    "zones": nodes.zones,
}
