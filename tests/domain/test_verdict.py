"""The verdict: every budget at every place, the whole by the table, and what must be minded."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.pilot.goal import goal_of
from bot.domain.pilot.model import DrillResult, Owner, Plan
from bot.domain.pilot.seal import amend, default_limits, limits_of, seal
from bot.domain.pilot.verdict import verdict
from tests.domain.pilots import (
    AFTERWARDS,
    DAY_ONE,
    DRILLS,
    FIGURES,
    LATER,
    OWNERS,
    PLAN,
    SEAL,
    drilled,
    goal,
    measured,
    reached,
)
from tests.domain.situations import PACK

BEST_FIRST = ("roll_on", "running", "measure_more", "stop")


REACHED = goal(96)


def judged(figures=FIGURES, drills=DRILLS, seals=(SEAL,), owners=OWNERS, plan=PLAN, about=REACHED):
    return verdict(PACK, plan, seals, figures, drills, (owners, about))


def row(judgement, budget, service=""):
    (one,) = (each for each in judgement.rows if (each.budget, each.service) == (budget, service))
    return one


def without(metric, service=""):
    return tuple(each for each in FIGURES if (each.metric, each.service) != (metric, service))


def test_a_pilot_that_kept_everything_rolls_on():
    judgement = judged()
    assert (judgement.whole, judgement.rule, judgement.title) == ("roll_on", "roll_on", "Roll on")
    assert {each.result for each in judgement.rows} == {"pass"}
    assert (judgement.version, judgement.digest) == (1, SEAL.digest)
    assert "results: 15" in judgement.because
    assert judgement.caveats == ()


def test_every_sealed_budget_has_a_row_even_when_nothing_is_known():
    judgement = judged((), ())
    assert list(dict.fromkeys(each.budget for each in judgement.rows)) == ["goal", *SEAL.terms]
    assert {each.result for each in judgement.rows[1:]} == {"missing"}
    assert (judgement.whole, judgement.rule) == ("measure_more", "incomplete")


def test_a_row_holds_what_was_agreed_and_what_was_found():
    p95 = row(judged(), "p95_added", "cart")
    assert (p95.label, p95.endpoint, p95.unit) == ("p95 latency, added", "/cart", "ms")
    assert (p95.budgeted, p95.measured) == (10, 2)
    assert (p95.baseline, p95.mesh, p95.side_unit) == (40.5, 42.5, "ms")


def test_what_is_missing_is_asked_of_the_service_owner():
    missing = row(judged(without("p95", "mail")), "p95_added", "mail")
    assert (missing.result, missing.ask) == ("missing", ("UMAIL",))
    assert row(judged(without("cpu")), "cpu_node").supplied_by == "whoever sees the nodes' metrics"


def test_an_endpoint_that_the_plan_names_is_asked_for_by_name():
    other = measured("p95", 40, 41, service="cart", endpoint="/other")
    judgement = judged((*without("p95", "cart"), other))
    results = {
        each.endpoint: each.result
        for each in judgement.rows
        if (each.budget, each.service) == ("p95_added", "cart")
    }
    assert results == {"/other": "pass", "/cart": "missing"}


def test_a_batch_job_has_no_endpoint_to_ask_for():
    assert not [each for each in judged().rows if each.service == "ledger"]


def test_the_newest_figure_counts_and_the_older_stays_known():
    worse = measured("p95", 40, 90, service="cart", endpoint="/cart")
    assert judged((worse, *FIGURES)).whole == "roll_on"
    judgement = judged((*FIGURES, worse))
    assert (judgement.whole, judgement.rule) == ("stop", "reached_over_budget")
    (again,) = judgement.replaced
    assert (again.before, again.after) == ("p95 cart /cart: +2 ms (kept)", "+50 ms (broken)")
    assert (again.by, again.origin, again.reason) == ("U1", "typed", "")


def test_a_broken_budget_beats_everything_that_is_missing():
    one = (measured("p50", 10, 50, service="cart", endpoint="/cart"),)
    judgement = judged(one, (), about=goal())
    assert (judgement.whole, judgement.rule) == ("stop", "broken")
    assert "results over their limit: 2" in judgement.because


def test_runs_that_disagree_are_inconclusive_and_ask_for_more():
    apart = measured("p95", (100, 101), (108, 111.5), service="cart", endpoint="/cart")
    judgement = judged((*FIGURES, apart))
    assert (judgement.whole, judgement.rule) == ("measure_more", "unclear")
    assert row(judgement, "p95_added", "cart").result == "inconclusive"


@pytest.mark.parametrize(("drills", "result", "why"), [
    ((), "missing", "with the mesh yet"),
    ((drilled("debugging"),), "missing", "without the mesh yet"),
    ((drilled("debugging", side="baseline"), drilled("debugging", minutes=15)), "pass", ""),
    ((drilled("debugging", side="baseline"), drilled("debugging", minutes=15.1)), "fail", ""),
    ((drilled("debugging", as_expected=False, seen="403s"),), "fail", "Not as expected. 403s"),
    ((drilled("debugging", minutes=None),), "fail", "did not come to its end"),
    ((drilled("debugging", side="baseline", minutes=None), drilled("debugging")),
     "inconclusive", "Without the mesh"),
])  # fmt: skip
def test_drills(drills, result, why):
    drill_row = row(judged(drills=drills), "debugging_minutes")
    assert drill_row.result == result
    assert why in drill_row.why


def test_a_drill_on_the_figure_itself_needs_no_run_without_the_mesh():
    drill_row = row(
        judged(drills=(drilled("payroll", minutes=15, proof="a list"),)), "payroll_minutes"
    )
    assert (drill_row.result, drill_row.measured, drill_row.single) == ("pass", 15, False)


def test_nothing_sealed_nothing_judged():
    judgement = judged(seals=())
    assert (judgement.whole, judgement.rule, judgement.rows) == ("measure_more", "not_sealed", ())
    assert judgement.version is None


@pytest.mark.parametrize("role", PACK.roles)
def test_a_blank_role_keeps_a_sound_pilot_from_rolling_on(role):
    judgement = judged(owners={**OWNERS, role: Owner()})
    assert (judgement.whole, judgement.rule) == ("measure_more", "nobody_owns_it")


def test_a_plan_that_was_emptied_afterwards_does_not_roll_on():
    judgement = judged(plan=PLAN.model_copy(update={"can_live_with_it": None}))
    assert (judgement.whole, judgement.rule) == ("measure_more", "not_planned")


def test_a_trait_that_nobody_tried_is_minded():
    services = (*PLAN.services[:2], PLAN.services[2].model_copy(update={"traits": ()}))
    judgement = judged(plan=PLAN.model_copy(update={"services": services}))
    assert judgement.whole == "roll_on"
    assert [each[:24] for each in judgement.caveats] == [
        "No service of the slice ",
        "Every service is your ow",
    ]


def test_the_verdict_says_under_which_version_it_was_reached():
    limits = default_limits(PACK) | {"p95_added": 100, "p95_percent": 200}
    later = {"by": "U2", "at": LATER + timedelta(days=1), "reason": "Tuesday's load."}
    second = amend(PACK, (SEAL,), limits, **later)
    worse = (*FIGURES, measured("p95", 40, 90, service="cart", endpoint="/cart"))
    assert judged(worse).whole == "stop"
    judgement = judged(worse, seals=(SEAL, second))
    assert (judgement.whole, judgement.version, judgement.digest) == ("roll_on", 2, second.digest)
    assert "Amendments to the budgets: 1, 1 of them after the first result." in judgement.caveats
    assert "Allows more than when it was first sealed: p95 latency, added." in judgement.caveats


def test_results_from_before_the_seal_are_told():
    early = measured(
        "p95", 40, 41, service="cart", endpoint="/cart", at=DAY_ONE - timedelta(hours=1)
    )
    judgement = judged((*FIGURES, early))
    assert any(
        each.startswith("Known before the budgets were sealed: 1 of") for each in judgement.caveats
    )


def test_a_seal_that_does_not_match_its_digest_is_told():
    forged = SEAL.model_copy(update={"digest": "0" * 12})
    assert "their fingerprint does not match" in judged(seals=(forged,)).caveats[0]


def test_single_runs_and_what_was_set_aside_are_told():
    set_aside = ("Different rates: the second load generator was slower.",)
    one = measured("p95", 40, 41, service="cart", endpoint="/cart", overridden=set_aside)
    judgement = judged((*FIGURES, one))
    assert judgement.whole == "roll_on"
    assert judgement.caveats[0].endswith("one run a side: 2.")
    assert f"Unlike runs were compared, with a reason: {set_aside[0]}" in judgement.caveats


def test_a_budget_that_left_the_pack_is_still_judged_as_sealed():
    budgets = {name: each for name, each in PACK.budgets.items() if name != "p95_added"}
    smaller = PACK.model_copy(update={"budgets": budgets})
    judgement = verdict(smaller, PLAN, (SEAL,), FIGURES, DRILLS, (OWNERS, REACHED))
    assert judgement.whole == "roll_on"
    assert row(judgement, "p95_added", "cart").label == "p95_added"


def test_a_limit_that_moved_in_the_pack_does_not_move_a_seal():
    strict = PACK.budgets["p95_added"].model_copy(update={"limit": 0.001})
    moved = PACK.model_copy(update={"budgets": {**PACK.budgets, "p95_added": strict}})
    assert verdict(moved, PLAN, (SEAL,), FIGURES, DRILLS, (OWNERS, REACHED)).whole == "roll_on"


SIDES = st.lists(st.floats(0, 200), min_size=1, max_size=3)
SOME_FIGURES = st.lists(
    st.builds(
        measured,
        metric=st.sampled_from(["p50", "p95", "cpu", "memory"]),
        baseline=SIDES,
        mesh=SIDES,
        service=st.sampled_from(["cart", "mail", ""]),
        endpoint=st.sampled_from(["/cart", "a", ""]),
    ),
    max_size=8,
)
SOME_DRILLS = st.lists(
    st.builds(
        drilled,
        drill=st.sampled_from(list(PACK.drills)),
        side=st.sampled_from(["baseline", "mesh"]),
        minutes=st.none() | st.floats(0, 60),
        as_expected=st.booleans(),
    ),
    max_size=6,
)


def test_a_drill_is_read_as_it_was_once_written():
    now = drilled("debugging", side="baseline")
    then = now.model_dump(mode="json", exclude={"side"})
    assert DrillResult.model_validate({**then, "with_mesh": False}) == now
    assert DrillResult.model_validate({**then, "with_mesh": True}).side == "mesh"


@pytest.mark.exhaustive
@given(SOME_FIGURES, SOME_DRILLS, st.data())
@settings(max_examples=150)
def test_a_worse_measurement_never_improves_the_whole(figures, drills, data):
    everything = (*FIGURES, *figures)
    at = data.draw(st.integers(0, len(everything) - 1))
    more = data.draw(st.floats(0, 500))
    worse = everything[at].model_copy(
        update={"mesh": tuple(each + more for each in everything[at].mesh)}
    )
    after = (*everything[:at], worse, *everything[at + 1 :])
    before, then = judged(everything, drills), judged(after, drills)
    assert BEST_FIRST.index(then.whole) >= BEST_FIRST.index(before.whole)


@given(st.data())
@settings(max_examples=60)
def test_a_worse_drill_never_improves_the_whole(data):
    at = data.draw(st.sampled_from([n for n, each in enumerate(DRILLS) if each.side == "mesh"]))
    worse = DRILLS[at].model_copy(
        update=data.draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "minutes": st.none() | st.floats(5, 500),
                    "as_expected": st.just(False),
                },
            )
        )
    )
    after = judged(drills=(*DRILLS[:at], worse, *DRILLS[at + 1 :]))
    assert BEST_FIRST.index(after.whole) >= BEST_FIRST.index(judged().whole)


@given(SOME_FIGURES, st.dictionaries(st.sampled_from(list(PACK.budgets)), st.floats(0, 50)))
@settings(max_examples=100)
def test_a_tighter_budget_never_improves_the_whole(figures, less):
    tighter = {name: max(0, each - less.get(name, 0)) for name, each in limits_of(SEAL).items()}
    tight = seal(PACK, tighter, by="U1", at=DAY_ONE)
    everything = (*FIGURES, *figures)
    before, after = judged(everything), judged(everything, seals=(tight,))
    assert BEST_FIRST.index(after.whole) >= BEST_FIRST.index(before.whole)


@given(SOME_FIGURES, SOME_DRILLS)
@settings(max_examples=100)
def test_it_rolls_on_only_when_every_row_passes(figures, drills):
    for judgement in (judged(figures, drills), judged((*FIGURES, *figures))):
        results = {each.result for each in judgement.rows}
        assert (judgement.whole == "roll_on") is (results == {"pass"})
        assert (judgement.whole == "stop") is ("fail" in results)


@given(SOME_FIGURES, SOME_DRILLS)
@settings(max_examples=60)
def test_what_a_verdict_says_survives_being_stored(figures, drills):
    judgement = judged(figures, drills)
    assert type(judgement).model_validate_json(judgement.model_dump_json()) == judgement


def test_a_verdict_copes_with_many_endpoints():
    many = tuple(
        measured("p95", range(40, 50), range(45, 55), service="cart", endpoint=f"/{n}")
        for n in range(200)
    )
    assert len(judged(many).having("pass")) > 0


def test_without_a_plan_nothing_is_claimed_about_its_services():
    assert verdict(PACK, Plan(), (), (), (), ({}, goal(plan=Plan()))).caveats == ()


WORSE = (*FIGURES, measured("p95", 40, 90, service="cart", endpoint="/cart"))
LATER_ON = {"shows_on": (LATER + timedelta(days=180)).date(), "measured_by": "UCART"}


@pytest.mark.parametrize(("about", "figures", "whole", "rule"), [
    (goal(95), FIGURES, "roll_on", "roll_on"),
    (goal(94.9), FIGURES, "stop", "kept_without_the_goal"),
    (goal(95), WORSE, "stop", "reached_over_budget"),
    (goal(20), WORSE, "stop", "broken_and_missed"),
    (goal(), WORSE, "stop", "broken"),
    (goal(**LATER_ON), WORSE, "stop", "broken"),
    (goal(), FIGURES, "measure_more", "goal_not_measured"),
    (goal(), FIGURES[:-1], "measure_more", "incomplete"),
    (goal(20), FIGURES[:-1], "stop", "missed"),
    (goal(**LATER_ON), FIGURES, "running", "running"),
    (goal(**LATER_ON), FIGURES[:-1], "measure_more", "incomplete"),
    (goal(96, **LATER_ON), FIGURES, "roll_on", "roll_on"),
    (goal(today=LATER_ON["shows_on"], **LATER_ON), FIGURES, "measure_more", "goal_not_measured"),
    (goal(96, 20), FIGURES, "stop", "kept_without_the_goal"),
    (goal(20, 96), FIGURES, "roll_on", "roll_on"),
])  # fmt: skip
def test_the_goal_and_the_budgets_make_the_verdict_together(about, figures, whole, rule):
    judgement = judged(figures, about=about)
    assert (judgement.whole, judgement.rule) == (whole, rule)


def test_the_goal_is_the_first_row():
    row = judged().rows[0]
    assert (row.budget, row.label) == ("goal", PLAN.metric)
    assert (row.baseline, row.budgeted, row.measured, row.unit) == (10, 95, 96, "%")
    sentence = ("Before the pilot 10 %. Measured by ", "U1", " on 24 Nov 2026.")
    assert (row.result, row.sentence) == ("pass", sentence)
    assert judged(about=goal(96, shows_on=AFTERWARDS)).rows[0].sentence == row.sentence
    early = judged(about=goal(96, shows_on=AFTERWARDS + timedelta(days=1))).rows[0]
    assert early.sentence[2] == " on 24 Nov 2026, before 25 Nov 2026, when it was to show."
    assert judged(about=goal()).rows[0].result == "missing"
    waits = judged(about=goal(**LATER_ON)).rows[0]
    assert (waits.result, waits.ask) == ("later", ("UCART",))
    assert waits.sentence[1:] == ("UCART", ", who is named for it.")


def test_a_number_that_falls_is_reached_from_above():
    falls = {"baseline": 10, "target": 7}
    assert goal(7, **falls).stands == "reached"
    assert goal(7.1, **falls).stands == "missed"


def test_what_was_found_under_another_wording_stays_and_decides_nothing():
    before = reached(20, metric="another sentence", unit="%", missed=True)
    about = goal_of(PLAN, [before], AFTERWARDS)
    assert (about.stands, about.figures, about.earlier) == ("open", (), (before,))
    assert about.asks_why
    judgement = judged(about=about)
    assert (judgement.whole, judgement.rule) == ("measure_more", "goal_not_measured")
    assert (
        "Measured under the earlier wording “another sentence”: 20 %, missed." in judgement.caveats
    )
    assert judgement.rows[0].why.endswith("Not measured yet under this wording.")
    again = goal_of(PLAN, [before, reached(96)], AFTERWARDS)
    assert (again.stands, again.asks_why) == ("reached", False)
    assert "another sentence" in judged(about=again).caveats[0]
    for old, asks in ((None, True), (False, False)):
        about = goal_of(PLAN, [before.model_copy(update={"missed": old})], AFTERWARDS)
        assert about.asks_why == asks


@given(SOME_FIGURES, SOME_DRILLS, st.sampled_from([goal(), goal(20), goal(**LATER_ON)]))
@settings(max_examples=60)
def test_nothing_rolls_on_without_the_goal(figures, drills, about):
    for judgement in (judged(figures, drills, about=about), judged(about=about)):
        assert judgement.whole != "roll_on"


def test_a_drill_that_asks_for_a_proof_does_not_pass_without_it():
    drill_row = row(judged(drills=(drilled("payroll", minutes=5, proof=" "),)), "payroll_minutes")
    assert drill_row.result == "missing"
    assert drill_row.why.startswith("The proof is missing.")
    worse = row(judged(drills=(drilled("payroll", as_expected=False),)), "payroll_minutes")
    assert worse.result == "fail"


def test_to_stop_on_a_single_run_a_side_says_so():
    one = measured("p95", 40, 90, service="cart", endpoint="/cart")
    judgement = judged((*FIGURES, one)).because
    assert "a single run a side: three more runs on each side can tell it from chance" in judgement
    missed = judged(WORSE, about=goal(20))
    assert missed.rule == "broken_and_missed"
    assert "What is broken rests on a single run a side" in missed.because
    assert "a single run a side" not in judged(about=goal(20)).because
    assert "a single run a side" not in judged(WORSE[:-1]).because
    two = measured("p95", (40, 41), (90, 91), service="cart", endpoint="/cart")
    assert "a single run a side" not in judged((*FIGURES, two)).because
