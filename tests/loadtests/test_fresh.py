"""Inputs as people have them, made and answered before they were read for the first time.

Of the kinds that were gathered beside the checkout, with other tools, figures and places; what each
should give stands in `fresh.json`. Made on 2026-11-29.
"""

from __future__ import annotations

import json
import re

import pytest

from bot.errors import BadInput
from tests.loadtests.conftest import HERE, PRINTED, SAMPLES, read, refused
from tests.loadtests.made import DOCKER_STATS
from tests.loadtests.test_wild import close, met

RIGHT = json.loads((HERE / "fresh.json").read_text("utf-8"))


def figures(one, key):
    """What a run says under the name that the expected figures have for it, without its plural."""
    if key == "end_p50":
        return one.endpoints[0].latency_ms.p50
    return getattr(one.latency_ms if key in TIMES else one, key)


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_fresh_result_gives_what_was_written_down_before(name):
    right, result = dict(RIGHT[name]), read((HERE / "fresh" / name).read_bytes())
    if "series" in right:
        assert [each.mean for each in result.series] == right["series"]
    elif "runs" in right:
        assert len(result) == right.pop("runs")
        for key, wanted in right.items():
            have = [figures(each, key.removesuffix("s")) for each in result]
            assert all(map(same, have, wanted)), (key, have)
    else:
        (run,) = result
        left_out = right.pop("left_out", 0)
        missed = {key for key, wanted in right.items() if not met(run, key, wanted)}
        assert missed == set()
        assert run.left_out == left_out


def same(have, wanted) -> bool:
    return have == wanted if isinstance(wanted, str) else close(have, wanted)


FOLDERS = ("ab_text", "ghz_text", "hey_text", "wrk_text", "wrk2_text", "vegeta_text",
           "linkerd_stat_text", "kubectl_top")  # fmt: skip
TEXTS = {
    f"{path.parent.name}/{path.name}": path.read_text("utf-8")
    for path in (
        *PRINTED.glob("*.txt"),
        *(p for each in FOLDERS for p in (SAMPLES / each).iterdir()),
    )
}
TEXTS["docker"] = DOCKER_STATS.decode()
LOST = {
    "blanks collapsed": lambda text: re.sub(r"[ \t]+", " ", text),
    "blanks at the edges": lambda text: "\n".join(each.strip() for each in text.split("\n")),
    "both": lambda text: "\n".join(re.sub(r"[ \t]+", " ", e).strip() for e in text.split("\n")),
    "blanks that break": lambda text: text.replace("  ", "\u00a0 "),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_blanks_that_a_page_or_a_chat_took_cost_nothing(name, how):
    text = TEXTS[name]
    if name == "printed/netperf-human.txt" and how in {"blanks collapsed", "both"}:
        assert "its spaces were lost" in refused(LOST[how](text))
    else:
        assert read(LOST[how](text)) == read(text)


SAYS_SO = re.compile(r"cut off|(?:gone|went) on|is missing|is not known|was not read")
OPTIONAL = {"printed/netperf-pairs.txt", "printed/artillery-1.6.txt"}
"""Whose last part nothing announces: selectors that somebody chose, errors that need not be."""
COUNTS = ("requests", "errors", "rps", "duration_s", "connections", "requested_rps")
TIMES = ("p50", "p90", "p95", "p99", "max", "mean")


def known_figures(run) -> dict[str, float]:
    """All figures that are known."""
    figures_of = {key: getattr(run, key) for key in COUNTS}
    figures_of |= {key: getattr(run.latency_ms, key) for key in TIMES}
    return {key: value for key, value in figures_of.items() if value is not None}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", sorted(set(TEXTS) - OPTIONAL - {"docker"}))
def test_a_report_cut_at_any_line_gives_its_figures_or_says_that_it_is_cut(name):
    lines, whole = TEXTS[name].splitlines(keepends=True), read(TEXTS[name])
    for end in range(1, len(lines) if isinstance(whole, tuple) else 0):
        try:
            result = read("".join(lines[:end]))
        except BadInput:
            continue
        for part, run in zip(result, whole, strict=False):
            if not SAYS_SO.search(" ".join(part.notes)):
                assert known_figures(part).items() <= known_figures(run).items(), end
                assert ("errors" in known_figures(part)) == ("errors" in known_figures(run)), end
