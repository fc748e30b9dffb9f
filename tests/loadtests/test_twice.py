"""Two results in one file are two runs, whoever wrote them and however they were put together."""

from __future__ import annotations

import json

import pytest

from tests.loadtests.conftest import read
from tests.loadtests.mutation import samples

FORMS = {
    form: held[0].decode("utf-8", "replace")
    for form, held in samples().items()
    if form not in {"jmeter_jtl_xml", "k6_json_stream"}  # shortened: a part of a log
}
RUNS = {form: text for form, text in FORMS.items() if isinstance(read(text), tuple)}
DOCUMENTS = [form for form, text in RUNS.items() if text.lstrip()[:2] in {"{\n", "{ ", '{"', "[\n"}]


@pytest.mark.exhaustive
@pytest.mark.parametrize("form", sorted(RUNS))
def test_one_below_the_other(form):
    text = RUNS[form]
    assert read(f"{text}\n{text}") == read(text) * 2


@pytest.mark.parametrize("form", sorted(DOCUMENTS))
def test_a_list_of_documents_is_as_many_runs(form):
    text = RUNS[form]
    one = json.dumps(json.loads(text))
    for joined in (f"[{one},\n{one}]", f"{one}\n{one}\n", f"{one}{one}"):
        assert read(joined) == read(text) * 2


@pytest.mark.exhaustive
@pytest.mark.parametrize("form", sorted(set(RUNS) - {"locust_html"}))
def test_one_that_was_quoted_is_the_same(form):
    quoted = "".join(f"> {line}" for line in RUNS[form].splitlines(keepends=True))
    assert read(quoted) == read(RUNS[form])
