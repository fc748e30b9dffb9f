"""Steps tick themselves, by what is there."""

from bot.domain.pilot.model import Plan, RolloutState
from bot.domain.pilot.plan import plan_remarks
from bot.domain.pilot.steps import steps_known
from bot.domain.pilot.verdict import verdict
from tests.domain.pilots import DRILLS, FIGURES, OWNERS, PLAN, SEAL, goal
from tests.domain.situations import PACK


def known(plan=PLAN, figures=FIGURES, seals=(SEAL,), owners=OWNERS, rollout=None):
    judgement = verdict(PACK, plan, seals, figures, DRILLS, (owners, goal(96)))
    return steps_known(PACK, plan, plan_remarks(PACK, plan), judgement, (owners, rollout))


def test_every_step_of_the_pack_can_tick_itself():
    begun = RolloutState(mesh="linkerd", stage=next(iter(PACK.stages)))
    assert known(rollout=begun) == {each.given for each in PACK.steps.values()}


def test_nothing_is_there_at_the_start():
    assert known(Plan(), (), (), {}) == frozenset()


def test_each_goes_with_what_it_rests_on():
    vague = PLAN.model_copy(update={"metric": "happier teams"})
    assert "metric_sound" not in known(vague)
    lean = PLAN.model_copy(update={"services": PLAN.services[:2]})
    assert "slice_complete" not in known(lean)
    first, *rest = PLAN.services
    unasked = first.model_copy(update={"name": "metric", "owner": ""})
    assert "slice_complete" not in known(PLAN.model_copy(update={"services": (unasked, *rest)}))
    assert "measured" not in known(figures=FIGURES[:-1])
    assert "measured" not in known(seals=())
    assert "owners_named" not in known(owners={})
