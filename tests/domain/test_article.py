"""What the article says in a hint, a label or a limit, and the pack must keep saying."""

import pytest

from tests.domain.situations import PACK

HINTS = {
    "incidents_per_month": "Only incidents where the network between services was the cause or "
    "made it much worse.",
    "hours_per_incident": "On-call plus follow-up, all people.",
    "drift_hours_per_team": "Per team: tweaking retries, timeouts, tracing headers, authentication "
    "corner cases.",
    "saving_percent": "A mesh moves part of the cost, it never deletes it. 40 is the assumption "
    "of a web article, not a measurement.",
}
SAID = {
    "zero_trust": ("which services can call payroll, and prove it",),
    "problem_location": ("only some callers are slow", "retries make an outage worse"),
    "shared_library_realistic": ("timeouts", "retries", "backoff", "breakers", "tracing headers"),
    "few_services": ("band",),
}


@pytest.mark.parametrize("question", HINTS)
def test_these_hints_stand_word_for_word(question):
    assert PACK.questions[question].hint == HINTS[question]


@pytest.mark.parametrize("question", SAID)
def test_these_hints_say_what_counts(question):
    assert all(words in PACK.questions[question].hint for words in SAID[question])


def test_a_mesh_never_deletes_the_cost():
    assert (PACK.questions["saving_percent"].most, PACK.questions["saving_percent"].default) == (
        90,
        40,
    )


def test_the_owner_is_asked_for_with_their_time():
    assert PACK.questions["platform_owner"].option("named").text.endswith("with time set aside")
    assert PACK.questions["platform_owner"].option("none").text.endswith("nobody with time")


def test_vendor_sdks_are_a_stack_of_their_own():
    assert "endor SDKs" in PACK.questions["languages"].option("vendor_sdks").text


def test_each_need_has_one_label_everywhere():
    for need in PACK.needs.values():
        if need.question != "driver":
            assert PACK.questions[need.question].short == need.label
    for driver in PACK.drivers.values():
        if driver.need:  # learning is a reason without one
            assert driver.label == PACK.needs[driver.need].label
        code = PACK.questions["driver"].option(driver.id)
        assert code.text.startswith(driver.label)


def test_each_driver_is_an_option_and_each_option_a_driver():
    codes = [option.code for option in PACK.questions["driver"].options]
    assert codes == list(PACK.drivers)


def test_zero_trust_can_be_measured_in_minutes_to_prove_the_callers():
    assert any("callers of payroll" in metric for metric in PACK.drivers["identity"].metrics)


def test_the_slice_is_safe_and_real():
    assert "If it breaks, can you live with it?" in PACK.steps["slice"].checks
    assert len(PACK.steps["slice"].checks) == 6


def test_overhead_is_run_and_not_debated():
    assert "No opinions on overhead here, only runs." in PACK.steps["measure"].text


def test_a_blank_role_names_the_outage_to_come():
    assert all("surprise" in role.blank for role in PACK.roles.values())


def test_the_rollout_goes_by_policy_scope():
    assert list(PACK.stages) == [
        "observe",
        "telemetry",
        "permissive_mtls",
        "strict_mtls",
        "authorization",
        "traffic_shifting",
    ]


def test_the_five_steps():
    assert list(PACK.steps) == ["driver", "slice", "measure", "ownership", "rollout"]


def test_every_not_yet_has_a_day_to_look_again():
    for rule in PACK.rules.values():
        if rule.outcome != "keep":  # whose owner is asked for within a time
            assert (rule.look_again_days is not None) == (rule.outcome == "not_yet")


OURS = {
    "faq-failure-reason": "We take that to mean",
    "faq-simplest-mesh": "Our advice",
    "hold-few-services": "Our reading",
    "hold-no-owner": "our addition",
    "hold-in-service-problems": "Our advice",
    "hold-not-measuring": "We call a team ready",
    "signal-multi-cluster": "We do not count",
    "signal-overview": "In our rules",
}
"""What the article does not say and an entry adds, called ours."""
ELSEWHERE = {
    "signal-observability": "istio_tracing",
    "expert-matt-klein": "istio_modes",
    "expert-william-morgan": "linkerd_215",
    "faq-mtls-only": "linkerd_215",
}
"""What the article does not say and another source does, cited."""


@pytest.mark.parametrize("entry", OURS)
def test_what_an_entry_adds_to_the_article_is_called_ours(entry):
    assert OURS[entry] in PACK.entries[entry].answer
    assert "meshfit" in PACK.entries[entry].sources


@pytest.mark.parametrize("entry", ELSEWHERE)
def test_what_an_entry_has_from_elsewhere_is_cited(entry):
    assert ELSEWHERE[entry] in PACK.entries[entry].sources
