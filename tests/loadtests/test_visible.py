"""What is refused is never called no tool's where the tool can be seen, and never another's.

Each sample of each reader is cut and spoilt as it happens to people; what is still read is well.
"""

from __future__ import annotations

import io
import re

import pytest

from bot.errors import BadInput
from bot.loadtests import registry
from bot.loadtests.mixed import UNKNOWN
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
WRITTEN = {"ab": "ApacheBench", "istio": "Istio's perf tests", "promtool": "Prometheus"}
"""Formats that begin otherwise than their tool is called."""
WITH_ANOTHER = {"wrk2": "wrk"}
"""Tools whose reports another's reader takes."""
FORMS = samples()


def refusal(form: str, text: str):
    """The sentence with which a text is refused, or None where it is read."""
    try:
        registry.read(io.BytesIO(text.encode()))
    except BadInput as error:
        return error.sentence
    return None


def tool(form: str, sample: str) -> str:
    try:
        result = registry.read(io.BytesIO(sample.encode()))
    except BadInput:  # a log that was shortened
        return form.partition("_")[0]
    return result[0].tool if isinstance(result, tuple) else result.tool


CASES = [
    (form, how)
    for form in sorted(FORMS)
    for how in SPOILT
    if how != "headless" or form not in ROWS_ALONE
]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("form", "how"), CASES)
def test_a_spoilt_result_is_called_its_tool_s_or_read(form, how):
    for data in FORMS[form][:2]:
        text = data.decode("utf-8", "replace")
        sentence = refusal(form, SPOILT[how](text, text.splitlines(keepends=True)))
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


FRAGMENTS = (
    ("autocannon", "Running 10s test @ http://x\n10 connections\n"),
    ("wrk2", "  Detailed Percentile spectrum:\n"),
    ("artillery", "Phase started: with mesh (index: 0, duration: 60s) 10:00:00(+0000)\n"),
    ("artillery", "  Response time (msec):\n    min: 6\n    max: 60\n"),
    ("artillery", f"http.codes.200: {'.' * 60} 145\n"),
    ("artillery", '  "firstMetricAt": 1795896063905,\n  "period": 1795896080000\n'),
    ("Fortio", "Sleep times : count 996 avg 0.0061\n"),
    ("Fortio", "# target 50% 0.0037423\n# target 75% 0.00467521\n"),
    ("Fortio", "Code 200 : 2985 (99.5 %)\nCode 503 : 15 (0.5 %)\n"),
    ("Nighthawk", "Initiation to completion (5000 samples)\n"),
    ("Nighthawk", "upstream_rq_total                       5000        250.00\n"),
    ("k6", "              * default: 25 looping VUs for 50s (gracefulStop: 30s)\n"),
    ("k6", "  █ TOTAL RESULTS \n"),
    ("k6", "    iterations...........: 4000   79.992001/s\n"),
    ("Gatling", "> Global                             (OK=2950   KO=50    )\n"),
    ("Gatling", f"{'=' * 80}\n2024-05-01 10:00:30                 30s elapsed\n"),
    ("bombardier", "  Throughput:     1.10MB/s\n"),
    ("h2load", "req/s           :      37.44       40.08       38.70        0.83    60.00%\n"),
    ("h2load", "progress: 25% of clients started\n"),
    ("drill", "Median time per request   4ms\nAverage time per request  6ms\n"),
    ("siege", "Successful transactions:        1086\nFailed transactions:\t          21\n"),
    ("netperf", "Send   Recv   Size     Size    Time     Rate\n"),
    ("JMeter", "Tidying up ...    @ Sat Nov 28 20:27:11 UTC 2026 (1795897631616)\n"),
    ("vegeta", "Bytes In      [total, mean]   3714690, 3095.57\n"),
    ("ApacheBench", "Benchmarking 127.0.0.1 (be patient)\n"),
    ("ApacheBench", "Server Software:        \nServer Hostname:        127.0.0.1\n"),
    ("ApacheBench", "Requests per second:    495.02 [#/sec] (mean)\n"),
    ("ApacheBench", "  99%     89\n 100%    170 (longest request)\n"),
    ("hey", "Status code distribution:\n  [200]\t2992 responses\n"),
)


@pytest.mark.parametrize(("whose", "fragment"), FRAGMENTS)
def test_a_few_lines_of_a_report_are_told_as_its_tool_s(whose, fragment):
    for text in (fragment, fragment.replace("\n", "\r\n")):
        assert (refusal("", text) or "").startswith(f"This looks like {whose}'s, but is cut off")


def test_what_is_not_known_is_told_every_tool_that_is_read_and_no_other():
    named = re.split(", | or ", UNKNOWN.split("one of ")[1].removesuffix("."))
    called = {each.split()[0].casefold(): each for each in named}
    heads = {each.format.split("_")[0] for each in registry.READERS}
    read = {WRITTEN.get(each) or called.get(each) or f"{each} is not named" for each in heads}
    read |= {each for each, other in WITH_ANOTHER.items() if other in read}
    assert sorted(read) == sorted(named)
