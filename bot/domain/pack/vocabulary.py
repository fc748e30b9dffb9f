"""The names of what is derived from answers: conditions and texts of the pack may use them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

COUNTS = (
    "needs",  # needed now or within a year, covered or not
    "open_needs",  # ... and not covered
    "open_now",  # ... and needed today
    "unknown_needs",
)
FIGURES = (
    *COUNTS,
    "language_count",
    "incident_hours",  # a month, like all hours below
    "drift_hours",
    "total_hours",
    "saved_hours",
    "net_hours",
    "saved_per_mesh_hour",  # None where running it takes no hours at all
    "payback_months",  # None where it never pays back
)
"""Derived numbers; an hour figure that cannot be known yet is None."""

HOUR_FIGURES = FIGURES[len(COUNTS) + 1 :]

HOUR_FLAGS = ("hours_known", "pays", "pays_at_worst", "no_rate_pays")
FLAGS = (*HOUR_FLAGS, "metric_sound", "metric_elsewhere", "mesh_ended")
"""Derived yes or no; what the hours say is None until they are known. `pays_at_worst`: it pays even
when every estimate is off against the mesh. `metric_elsewhere`: its words are another reason's.
`mesh_ended`: the mesh that runs is past its end of life."""

NEED_FLAGS = ("now", "soon", "coverable", "covered", "open", "open_now")
"""Derived for each need, as `identity_open`. Coverable: something simpler would do, if it came."""

HOUR_INPUTS = (
    "incidents_per_month",
    "hours_per_incident",
    "teams",
    "drift_hours_per_team",
    "saving_percent",
    "mesh_hours_per_month",
)
"""Ids of the questions that the calculator needs, in the order in which it uses them."""

MESH_HOURS = "mesh_hours_per_month"

DEADLINE = "audit_date"
"""Id of the question by which day it must be proven: the plan and the reminders look at it."""

SAVING = "saving_percent"
"""Id of the question about how much of the hours a mesh would save."""
SETUP_HOURS = "setup_hours"
"""Id of the question about the hours that come once; without it there is no payback."""

ESTIMATED = (
    "incidents_per_month",
    "hours_per_incident",
    "drift_hours_per_team",
    "saving_percent",
    "mesh_hours_per_month",
)
"""Inputs that may be off by what they rest on; teams are simply counted."""

VERDICT_FIGURES = (
    "passes",  # results: a budget at one place
    "fails",
    "missing",
    "inconclusive",
    "too_coarse",  # of these: for which the figures' ranges are too wide
    "singles",  # results that rest on one run a side
    "overridden",  # ... on runs whose differences were set aside
    "loosened",  # budgets that allow more than when they were first sealed
    "open_plan",  # what the plan still lacks
    "blank_roles",  # that nobody has accepted
)
"""Numbers that the verdict's table may look at; they are always known."""

VERDICT_FLAGS = ("sealed", "goal_reached", "goal_missed", "goal_later", "goal_open")
"""Whether budgets are sealed, and how the goal stands: just one of its four holds."""

RECIPE_BLANKS = (
    "namespace",
    "service",
    "endpoint",
    "method",
    "port",
    "rate",
    "caller",
    "until",
)
"""Names that a recipe may leave open for the team's own, as `${service}`."""


Sight = Literal[
    "app_tls",
    "approtocol_linkerd",
    "automount",
    "autopilot",
    "both_modes",
    "calico",
    "cert_manager",
    "cilium",
    "cilium_mutual",
    "control_plane_shut",
    "existing_istio",
    "existing_linkerd",
    "exposed_service",
    "external_name",
    "fargate",
    "gateway_api",
    "gke",
    "grpc",
    "headless",
    "host_network",
    "hpa_resource",
    "ingress",
    "init_beside_cni",
    "init_containers",
    "jobs",
    "limit_range",
    "mesh_port_shut",
    "mtls_mode",
    "network_policies",
    "no_service",
    "no_waypoint",
    "not_restarted",
    "not_tcp",
    "openshift",
    "pod_security",
    "probes",
    "probes_shut",
    "protocol_undeclared",
    "proxy_ports",
    "resource_quota",
    "runs_as",
    "security_groups",
    "shared_account",
    "speaks_first",
    "speaks_first_elsewhere",
    "stateful_sets",
    "two_protocols",
    "unnamed",
    "unsupported",
    "versions",
    "virtual",
    "windows",
    "zones",
]
"""What a look can look for in a dump: one function each in bot/cluster/predicates."""


def derived_names(needs: Iterable[str], covers: Iterable[str]) -> frozenset[str]:
    """Every name that a condition may use beside questions and the pack's own facts."""
    each = (f"{need}_{flag}" for need in needs for flag in NEED_FLAGS)
    return frozenset((*FIGURES, *FLAGS, *each, *map(covered_by, covers)))


def covered_by(cover: str) -> str:
    """The flag of one way in which a need is covered: `covered_by_gateway`."""
    return f"covered_by_{cover}"
