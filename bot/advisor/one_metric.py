"""Card and pilot share one driver and one metric: a change of either is a change of both."""

from __future__ import annotations

from collections.abc import Mapping

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.domain.model import Answer, Reached
from bot.domain.pilot.model import Edit, Plan
from bot.domain.team import Caller, PilotBoard, TeamAnswer
from bot.store import Database, pilot_log, pilots

NO_NUMBERS = {
    **{"baseline": None, "target": None, "unit": "", "shows_on": None, "measured_by": ""},
    **{"measurer": "named", "measurer_before": "", "moved_why": "", "moves": ()},
}
_MEASURED_BY = ("metric", "baseline", "target", "unit")
"""What of a plan a figure of its goal rests on."""
SHARED = ("driver", "success_metric")
Said = Mapping[str, Answer | None]
"""Question → the team's answer now; None for one that was taken back."""


def follow(desk: Desk, db: Database, caller: Caller, answers: Said) -> str | None:
    """Let the plan of the channel's open pilot follow the card; the pilot's id where it moved.

    Another metric has other numbers, so today, aim and unit are asked for anew.
    """
    board = pilots.open_of_team(db, caller)
    if board is None:
        return None
    plan = pilots.plan(db, caller.workspace, board.id)
    now = _followed(desk, plan, answers)
    if now == plan:
        return None
    if now.metric != plan.metric:
        pilots.set_metric(db, caller.workspace, board.id, now.metric, caller.user)
    pilots.set_plan(db, caller.workspace, board.id, now)
    tell_moved(db, caller, board.id, (plan, now))
    before, after = plan.model_dump(), now.model_dump()
    edit = Edit(fields=tuple(each for each in after if after[each] != before[each]))
    pilot_log.add(db, caller, board.id, "edit", desk.clock(), edit)
    return board.id


def tell_moved(db: Database, caller: Caller, pilot: str, both: tuple[Plan, Plan]) -> None:
    """Owe the pilot's thread a line where a goal is not what it was when it was measured."""
    before, after = (each.model_dump(include={*_MEASURED_BY}) for each in both)
    figures = pilot_log.entries(db, caller.workspace, pilot, "goal", Reached)
    if before != after and next(figures, None) is not None:
        owing.below_board(db, caller, pilot, "goal_moved")


def _followed(desk: Desk, plan: Plan, answers: Said) -> Plan:
    now = plan
    if "driver" in answers:
        driver = answers["driver"]
        if driver is None or driver.value in desk.pack.drivers:
            now = now.model_copy(update={"driver": driver and driver.value})
    if "success_metric" in answers:
        metric = answers["success_metric"]
        words = "" if metric is None else str(metric.value)
        if words != plan.metric:
            now = now.model_copy(update={**NO_NUMBERS, "metric": words})
    return now


def planned_by(desk: Desk, db: Database, caller: Caller) -> Mapping[str, TeamAnswer]:
    """What the plan of the channel's open pilot says of driver and metric, and who said so."""
    board = pilots.open_of_team(db, caller)
    if board is None:
        return {}
    plan = pilots.plan(db, caller.workspace, board.id)
    shared = {"driver": plan.driver, "success_metric": plan.metric or board.metric}
    who = _who(db, board)
    return {
        question: TeamAnswer(
            question=question, answer=Answer(value=value), respondent=who[question], at=desk.clock()
        )
        for question, value in shared.items()
        if value
    }


def _who(db: Database, board: PilotBoard) -> Mapping[str, str]:
    """Who last wrote the plan's driver, and its metric; who began the pilot where nobody did."""
    driver = board.started_by
    for kind, by, text in pilot_log.since(db, board.workspace, board.id, 0):
        if kind == "edit" and "driver" in Edit.model_validate_json(text).fields:
            driver = by
    return {"driver": driver, "success_metric": board.metric_by or board.started_by}
