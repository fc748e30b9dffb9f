"""Which steps of a pilot are done, from what is there and not from what was ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from bot.domain.metric import metric_sound
from bot.domain.pack import Pack
from bot.domain.pack.pilot import StepKnown
from bot.domain.pilot.model import Owners, Plan, Remark, RolloutState, Verdict
from bot.domain.pilot.ownership import platform_owner
from bot.domain.pilot.plan import aim_of

_AIM = {"driver", "metric", "baseline", "target", "mesh"}


def steps_known(
    pack: Pack,
    plan: Plan,
    remarks: Sequence[Remark],
    verdict: Verdict,
    about: tuple[Owners, RolloutState | None],
) -> frozenset[StepKnown]:
    """What of the steps is seen to be so."""
    owners, rollout = about
    named = {each.name for each in plan.services}
    blocked = {each.about for each in remarks if each.blocks}
    measured = {row.result for row in verdict.rows} <= {"pass", "fail", "later"}
    known: dict[StepKnown, bool] = {
        "metric_sound": metric_sound(plan.metric, *aim_of(plan)) and not blocked & _AIM,
        "slice_complete": bool(named) and not {each.about for each in remarks} - (_AIM - named),
        "measured": bool(verdict.rows) and measured,
        "owners_named": platform_owner(pack, owners) == "named",
        "rollout_begun": rollout is not None and rollout.stage is not None,
    }
    return frozenset(each for each in get_args(StepKnown) if known[each])
