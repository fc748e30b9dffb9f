"""What is refused is never called no tool's where the tool can be seen, and never another's.

Each sample of each reader is cut and spoilt as it happens to people; what is still read is well.
"""

from __future__ import annotations

import io
import re

import pytest

from bot.errors import BadInput
from bot.loadtests import registry
from bot.loadtests.visible import visibly
from tests.loadtests.mutation import samples

SPOILT = {
    "half": lambda text, lines: text[: len(text) // 2],
    "third": lambda text, lines: "".join(lines[: max(2, len(lines) // 3)]),
    "headless": lambda text, lines: "".join(lines[1:]),
    "every other line": lambda text, lines: "".join(lines[::2]),
    "one line": lambda text, lines: text.replace("\n", " "),
    "semicolons": lambda text, lines: text.replace(",", ";"),
    "figures lost": lambda text, lines: "".join(lines[:1]) + re.sub(r"\d", "?", "".join(lines[1:])),
}
ROWS_ALONE = {
    "ab_gnuplot_tsv", "ab_percentile_csv", "grafana_csv", "hey_csv", "istio_perf_csv",
    "locust_failures_csv", "mesh_metrics_csv", "vegeta_hdrplot",
}  # fmt: skip
"""Formats whose rows name nobody once their header is gone."""
CALLED = {
    "ab": {"ApacheBench"},
    "fortio": {"Fortio", "Istio"},
    "kubectl": {"kubectl top"},
}
FORMS = samples()


def found(form: str, text: str):
    """The sentence with which a text is refused, or None where it is read."""
    try:
        registry.read(io.BytesIO(text.encode()))
    except BadInput as error:
        return error.sentence
    return None


def tool(form: str, sample: str) -> str:
    try:
        held = registry.read(io.BytesIO(sample.encode()))
    except BadInput:  # a log that was shortened
        return form.partition("_")[0]
    return held[0].tool if isinstance(held, tuple) else held.tool


CASES = [
    (form, how)
    for form in sorted(FORMS)
    for how in SPOILT
    if how != "headless" or form not in ROWS_ALONE
]


@pytest.mark.parametrize(("form", "how"), CASES)
def test_a_spoilt_result_is_called_its_tool_s_or_read(form, how):
    for data in FORMS[form][:2]:
        text = data.decode("utf-8", "replace")
        sentence = found(form, SPOILT[how](text, text.splitlines(keepends=True)))
        assert sentence is None or not sentence.startswith("This is no result that"), sentence
        if sentence and (named := re.match(r"This looks like (.+?)'s, but", sentence)):
            whose = tool(form, text)
            names = {each.casefold() for each in CALLED.get(whose, {whose})}
            assert named[1].casefold() in names, sentence


def test_words_of_nobody_are_nobody_s():
    for text in (
        "Time,who,what\n2024-05-01 10:00:00,ann,deployed\n",
        "Dear all,\n\nthe mean response is that 95 % of you like it.\n",
        '{"name": "shop", "items": [1, 2, 3]}\n',
        "total,mean\n12,3.5\n",
    ):
        assert visibly(text) is None
