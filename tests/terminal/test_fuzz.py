"""Whatever is given to assess and ask, they answer in their own words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.decision import decide
from bot.errors import Faults
from bot.knowledge import load
from bot.terminal.ask import printed as found_as_json
from bot.terminal.assess import printed, read
from bot.terminal.documents import split
from bot.terminal.output import visible
from tests.knowledge.conftest import SMALL
from tests.shipped import INDEX
from tests.shipped import SHIPPED as PACK

pytestmark = pytest.mark.exhaustive

SHORT = load(SMALL)
QUICK = settings(max_examples=200, deadline=None)

codes = st.sampled_from(
    sorted({option.code for each in SHORT.questions.values() for option in each.options} | {"na"})
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), codes,
    st.sampled_from(["1,000", "12 %", "-0", "1e400", "true", "unknown", ""]),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=5), inner, max_size=2),
        st.fixed_dictionaries({"value": inner, "evidence": inner, "note": inner, "reason": inner}),
    ),
    max_leaves=5,
)
names = st.one_of(st.sampled_from(sorted(SHORT.questions)), st.text(max_size=8), st.just("answers"))


def comes_to_something(data):
    """One document, as the command reads it, comes to advice or to one line of what is wrong."""
    faults = ()
    try:
        printed(decide(SHORT, read(SHORT, data, "document 1")[1]))
    except Faults as error:
        faults = error.lines
    assert len(faults) <= 1


@QUICK
@given(st.dictionaries(names, values, max_size=4))
def test_any_answers(document):
    comes_to_something(json.dumps(document).encode())


@QUICK
@given(st.binary(max_size=200))
def test_any_bytes(data):
    for part in split(data):
        comes_to_something(part)


@QUICK
@given(st.text(alphabet="-{}[]:,'\"#&*!|>%@` \n\tabyesno0.1eE\\u", max_size=60))
def test_anything_that_looks_like_yaml_or_json(text):
    for part in split(text.encode()):
        comes_to_something(part)


@QUICK
@given(st.text(max_size=200))
def test_any_question(text):
    answer = INDEX.ask(text)
    document = found_as_json(PACK, answer, text)
    assert 0 <= document["confidence"] <= 1
    assert bool(document["related"]) == (document["tier"] != "none")
    json.dumps(document, allow_nan=False)


@QUICK
@given(st.text(max_size=80))
def test_any_message_is_one_harmless_line(text):
    assert visible(text).isprintable()
