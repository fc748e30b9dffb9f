"""The shipped pack, and answers of every kind, for all tests of the thinking."""

from hypothesis import strategies as st

from bot.domain.model import Answer
from tests.shipped import SHIPPED as PACK

CORE = {
    name: tuple(option.code for option in question.options)
    for name, question in PACK.questions.items()
    if question.page in ("need", "hold")
}
"""The eight core questions and their codes, "unknown" among them."""


def answers_of(**values):
    """Answers by question id; numbers become floats, as parsing makes them."""
    return {
        name: Answer(value=float(value) if isinstance(value, int) else value)
        for name, value in values.items()
    }


SKETCH = answers_of(
    zero_trust="yes",
    traffic_management="yes",
    observability="no",
    multi_cluster="no",
    problem_location="between",
    few_services="no",
    platform_owner="none",
    measurement_ready="yes",
    services=60,
    teams=10,
    incidents_per_month=2,
    hours_per_incident=18,
    drift_hours_per_team=4,
    mesh_hours_per_month=40,
    trend="rising",
    driver="identity",
    success_metric="95 % of calls use workload identity",
)
"""The team of the sketches: a strong case that nobody would run."""


def _values(question):
    match question.kind:
        case "number":
            most = min(question.most or 1e6, 200)
            whole = st.integers(int(question.least), int(most)).map(float)
            return whole if question.whole else whole | st.floats(question.least, most, width=32)
        case "text":
            return st.sampled_from(("95 % of calls use workload identity", "more secure"))
        case "date":
            return st.sampled_from(("2027-03-01", "2026-12-31"))
        case "choices":
            codes = [option.code for option in question.options]
            return st.lists(st.sampled_from(codes), min_size=1, unique=True).map(tuple)
    return st.sampled_from([option.code for option in question.options])


def _answer(question):
    plain = st.builds(Answer, value=_values(question))
    if not question.may_not_apply:
        return plain
    return plain | st.just(Answer(value="na", reason="Not ours."))


any_answers = st.fixed_dictionaries(
    {}, optional={each.id: _answer(each) for each in PACK.questions.values()}
)
"""Any answers at all, each question answered or not."""

likely_answers = st.fixed_dictionaries(
    {
        "problem_location": st.sampled_from(("between", "mixed")),
        "few_services": st.just("no"),
        "platform_owner": st.sampled_from(("named", "planned")),
        "measurement_ready": st.sampled_from(("yes", "soon")),
    }
).flatmap(
    lambda core: any_answers.map(
        lambda rest: {**rest, **{name: Answer(value=code) for name, code in core.items()}}
    )
)
"""Answers that nothing stops, so that adopting and piloting come up often."""
