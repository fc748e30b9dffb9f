"""A plan: one driver, a number, three to five services that look like the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pilot.model import PilotService, Plan
from bot.domain.pilot.plan import missing_traits, one_driver, plan_remarks
from bot.errors import BadInput, Refused
from tests.domain.pilots import PLAN, SERVICES
from tests.domain.situations import PACK


def about(plan, *, blocks):
    return [each.about for each in plan_remarks(PACK, plan) if each.blocks is blocks]


def with_services(*services):
    return PLAN.model_copy(update={"services": services})


def test_a_whole_plan_has_nothing_to_say():
    assert plan_remarks(PACK, PLAN) == ()


def test_an_empty_plan_lacks_everything():
    fields = ["driver", "metric", "baseline", "target", "mesh", "services", "can_live_with_it"]
    assert about(Plan(), blocks=True) == fields
    assert about(Plan(), blocks=False) == []


def test_a_second_driver_is_refused_with_the_reason():
    with pytest.raises(Refused, match="One driver only"):
        one_driver(PACK, ["identity", "traffic"])


def test_the_same_driver_twice_is_one():
    assert one_driver(PACK, ["traffic", "traffic"]) == "traffic"


@pytest.mark.parametrize("chosen", [[], ["speed"], ["identity", "speed"]])
def test_no_driver_or_an_unknown_one_says_which_there_are(chosen):
    with pytest.raises(BadInput, match="Zero trust, Traffic control"):
        one_driver(PACK, chosen)


@pytest.mark.parametrize(("target", "found"), [(None, ["target"]), (10, ["target"]), (9, [])])
def test_a_target_is_a_number_that_is_not_reached_yet(target, found):
    assert about(PLAN.model_copy(update={"target": target}), blocks=True) == found


def test_a_metric_that_cannot_be_checked_is_minded_and_not_refused():
    vague = PLAN.model_copy(update={"metric": "Happier teams"})
    assert about(vague, blocks=False) == ["metric"]
    assert about(vague, blocks=True) == []


@pytest.mark.parametrize("many", range(8))
def test_three_to_five_services(many):
    services = [PilotService(name=f"s{n}", owner="U1") for n in range(many)]
    remarks = [each for each in plan_remarks(PACK, with_services(*services)) if each.blocks]
    assert [each.about for each in remarks] == ([] if 3 <= many <= 5 else ["services"])
    assert all(f"this one has {many}" in each.text for each in remarks)


def test_a_service_named_twice():
    twice = [each.text for each in plan_remarks(PACK, with_services(*SERVICES, SERVICES[0]))]
    assert twice == ["cart is named twice."]


@given(st.sets(st.sampled_from(list(PACK.traits))))
def test_what_no_service_shows_is_missing_in_the_order_of_the_pack(shown):
    services = (PilotService(name="all", traits=tuple(shown)),)
    missing = [each.id for each in missing_traits(PACK, with_services(*services))]
    assert missing == [each for each in PACK.traits if each not in shown]


def test_nothing_is_said_about_a_slice_that_nobody_chose_yet():
    assert missing_traits(PACK, with_services()) == ()


@pytest.mark.parametrize(("said", "text"), [
    (None, "If it breaks, can you live with it?"),
    (False, "Choose services that you can live without"),
])  # fmt: skip
def test_the_sixth_question_is_asked_and_a_no_stops_the_plan(said, text):
    plan = PLAN.model_copy(update={"can_live_with_it": said})
    (remark,) = plan_remarks(PACK, plan)
    assert remark.blocks
    assert text in remark.text


def test_the_most_sensitive_service_is_warned_about_by_name():
    payroll = PilotService(name="payroll {x}", traits=(), owner="U1", sensitive=True)
    (remark,) = plan_remarks(PACK, with_services(*SERVICES, payroll))
    assert remark.text.startswith("payroll {x} is named as your most sensitive service.")
    assert not remark.blocks


def test_somebody_should_know_each_service():
    nobody = SERVICES[0].model_copy(update={"owner": ""})
    (remark,) = plan_remarks(PACK, with_services(nobody, *SERVICES[1:]))
    assert (remark.about, remark.blocks) == ("cart", False)
