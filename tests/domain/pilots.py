"""A pilot that is whole and kept in every budget, to break one thing at a time."""

from datetime import UTC, datetime, timedelta

from bot.domain.model import Reached
from bot.domain.pilot.goal import goal_of
from bot.domain.pilot.model import DrillResult, Measurement, Owner, PilotService, Plan
from bot.domain.pilot.seal import default_limits, seal
from tests.domain.situations import PACK

DAY_ONE = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = DAY_ONE + timedelta(days=1)
AFTERWARDS = LATER.date()

SERVICES = (
    PilotService(name="cart", traits=("chatty", "http"), owner="UCART", endpoints=("/cart",)),
    PilotService(name="ledger", traits=("batch",), owner="ULEDGER"),
    PilotService(name="mail", traits=("grpc", "other_team"), owner="UMAIL"),
)
PLAN = Plan(
    driver="identity",
    metric="95 % of calls between services use workload identity",
    baseline=10,
    target=95,
    unit="%",
    mesh="linkerd",
    services=SERVICES,
    can_live_with_it=True,
)


def reached(value, **more):
    """The number, found by somebody after the pilot."""
    return Reached(
        **{
            "value": value,
            "metric": PLAN.metric,
            "known": "measured",
            "by": "U1",
            "at": LATER,
            **more,
        }
    )


def goal(*values, plan=PLAN, today=AFTERWARDS, **more):
    """The plan's number, with what was found of it."""
    return goal_of(plan.model_copy(update=more), [reached(each) for each in values], today)


SEAL = seal(PACK, default_limits(PACK), by="UOWNER", at=DAY_ONE)
OWNERS = {
    role: Owner(user=f"U{at}", backup="UB", accepted=True) for at, role in enumerate(PACK.roles)
}


def measured(metric, baseline, mesh, service="", endpoint="", **more):
    """One figure; a bare number is a single run."""
    sides = ((each,) if isinstance(each, int | float) else tuple(each) for each in (baseline, mesh))
    before, after = sides
    return Measurement(
        metric=metric,
        service=service,
        endpoint=endpoint,
        baseline=before,
        mesh=after,
        **{"by": "U1", "at": LATER, **more},
    )


def drilled(drill, *, side="mesh", minutes=5.0, as_expected=True, **more):
    """One run of a drill."""
    return DrillResult(
        drill=drill,
        side=side,
        minutes=minutes,
        as_expected=as_expected,
        **{"by": "U1", "at": LATER, **more},
    )


FIGURES = (
    *(
        measured(metric, *sides, service=service, endpoint=endpoint)
        for service, endpoint in (("cart", "/cart"), ("mail", "Mail/Send"))
        for metric, sides in {
            "p50": ((10, 10.2), (10.4, 10.6)),
            "p95": ((40, 41), (42, 43)),
            "error_rate": ((0.001, 0.001), (0.001, 0.001)),
        }.items()
    ),
    measured("cpu", (2.0, 2.1), (2.1, 2.2), endpoint="node-a"),
    measured("memory", (4000, 4010), (4100, 4120), endpoint="node-a"),
)
DRILLS = tuple(
    drilled(drill, side=side, proof="the list")
    for drill in PACK.drills
    for side in ("baseline", "mesh")
)
