"""Raw answers, from files and forms: what is taken, and the sentence for what is not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import parse_answers
from bot.errors import BadAnswers, BadInput
from tests.domain.situations import PACK


def one(question, raw):
    return parse_answers(PACK, {question: raw}).get(question)


def fault(question, raw):
    with pytest.raises(BadAnswers) as caught:
        parse_answers(PACK, {question: raw})
    return caught.value.faults[question]


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        ("zero_trust", "yes", "yes"),
        ("zero_trust", True, "yes"),
        ("zero_trust", False, "no"),
        ("zero_trust", " YES ", "yes"),
        ("platform_owner", "Named", "named"),
        ("platform_owner", " named ", "named"),
        ("services", 60, 60.0),
        ("services", "60", 60.0),
        ("services", "1 000", 1000.0),
        ("services", "1\u202f000", 1000.0),
        ("services", "12'000", 12000.0),
        ("incidents_per_month", "2,5", 2.5),
        ("incidents_per_month", ".5", 0.5),
        ("incidents_per_month", "0.125", 0.125),
        ("saving_percent", "40 %", 40.0),
        ("languages", ["python", "go", "go"], ("go", "python")),
        ("languages", "go", ("go",)),
        ("languages", [" Go", "JAVA"], ("go", "java")),
        ("success_metric", "  95 % of calls  ", "95 % of calls"),
        ("pilot_result", "passed", "passed"),
        ("audit_date", " 2027-03-01 ", "2027-03-01"),
        ("audit_date", date(2027, 3, 1), "2027-03-01"),
    ],
)
def test_what_is_taken(question, raw, value):
    assert one(question, raw).value == value


@pytest.mark.parametrize("raw", [None, "", "  ", [], {"value": None}, {"value": "", "note": "x"}])
@pytest.mark.parametrize("question", ["zero_trust", "services", "languages", "success_metric"])
def test_what_is_empty_counts_as_not_answered(question, raw):
    assert one(question, raw) is None


@pytest.mark.parametrize(
    ("question", "raw", "words"),
    [
        ("zero_trust", "yess", "did you mean yes?"),
        ("zero_trust", "maybe", "(did you mean unknown?); allowed: yes, becoming, no, unknown, na"),
        ("platform_owner", "?", "(did you mean unknown?)"),
        ("platform_owner", "Nmaed", "cannot be Nmaed (did you mean named?)"),
        ("platform_owner", True, "cannot be true; allowed: named, "),
        ("platform_owner", "na", "allowed: named, planned, none, unknown"),
        ("zero_trust", "na", "needs a reason"),
        ("zero_trust", {"value": "yes", "reason": "why"}, "belongs to the code na"),
        ("zero_trust", ["yes"], "cannot be a list; allowed: yes, "),
        ("zero_trust", {"value": {"a": "b"}}, "cannot be a mapping; allowed: yes, "),
        ("languages", [True], "cannot be true"),
        ("languages", [None], "cannot be nothing"),
        ("services", {"value": {"evidence": "guess"}}, "must be a number, not a mapping"),
        ("services", {"evidence": "guess"}, "has no value: give it in the field value."),
        ("success_metric", {}, "has no value: give it in the field value."),
        ("services", {"value": 60, "evidence": True}, "evidence cannot be true; allowed: guess"),
        ("languages", ["go", "jawa"], "did you mean java?"),
        ("services", 0, "must be at least 1"),
        ("services", 2.5, "must be a whole number"),
        ("services", True, "must be a number"),
        ("services", "many", "must be a number such as"),
        ("services", "~60", "must be a number such as"),
        ("services", "1,000", "could be 1000 or 1.000"),
        ("services", "1 00", "must be a number such as"),
        ("services", [60], "must be a number"),
        ("services", 10**400, "finite"),
        ("incidents_per_month", float("nan"), "finite"),
        ("incidents_per_month", float("inf"), "finite"),
        ("incidents_per_month", "nan", "must be a number such as"),
        ("incidents_per_month", -1, "must be at least 0"),
        ("saving_percent", 91, "at most 90"),
        ("success_metric", "x" * 501, "501 characters"),
        ("success_metric", 95, "must be text"),
        ("services", {"value": 60, "evidence": "gues"}, "did you mean guess?"),
        ("services", {"value": 60, "evidnce": "guess"}, "did you mean evidence?"),
        ("services", {"value": 60, "note": "x" * 501}, "note is 501 characters"),
        ("zero_trust", {"value": "na", "reason": "x" * 301}, "reason is 301 characters"),
        ("services", {"value": 60, "note": 7}, "note must be text"),
        ("zero_trst", "yes", "did you mean zero_trust?"),
        ("weather", "fine", "no question of this checklist"),
    ],
)
def test_what_is_refused_and_why(question, raw, words):
    sentence = fault(question, raw)
    assert words in sentence
    assert sentence.endswith(".")


def test_does_not_apply_with_a_reason_is_taken():
    answer = one("multi_cluster", {"value": "na", "reason": "One cluster."})
    assert (answer.value, answer.reason) == ("na", "One cluster.")


def test_evidence_and_note_are_kept():
    answer = one("services", {"value": "60", "evidence": " Counted ", "note": " from a list "})
    assert (answer.value, answer.evidence, answer.note) == (60.0, "counted", "from a list")


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(BadAnswers) as caught:
        parse_answers(PACK, {"zero_trust": "yep", "services": -1, "teams": 3})
    assert set(caught.value.faults) == {"zero_trust", "services"}
    assert "zero_trust: " in caught.value.sentence
    assert "services: " in caught.value.sentence


@pytest.mark.parametrize("raw", [None, [], "zero_trust: yes", 7])
def test_what_is_no_mapping_is_refused(raw):
    with pytest.raises(BadInput, match="mapping"):
        parse_answers(PACK, raw)


def test_answers_come_in_the_order_of_the_checklist():
    answers = parse_answers(PACK, {"trend": "rising", "services": 3, "zero_trust": "no"})
    assert list(answers) == ["zero_trust", "services", "trend"]


def taken(raw):
    try:
        return parse_answers(PACK, raw), {}
    except BadAnswers as bad:
        return {}, bad.faults


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.exhaustive
@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(list(PACK.questions)) | st.text(max_size=8), anything, max_size=4
    )
)
def test_anything_is_either_taken_or_refused_in_words(raw):
    answers, faults = taken(raw)
    assert answers.keys() | faults.keys() <= raw.keys()
    assert all(faults.values())
    assert parse_answers(PACK, {name: dict(each) for name, each in answers.items()}) == answers
