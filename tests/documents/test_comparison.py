"""The page of a comparison: what stands on it, nothing that runs or loads, text that stays text."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from bot.documents.comparison import Report, report
from bot.documents.curves import Curve, drawn, steep
from bot.documents.every_run import RunRow
from bot.domain.runs.compare import compare
from bot.domain.runs.model import How, Latency, Run
from tests.blocks.widest import PACK

EVIL = '"><script>alert(1)</script>\u202e<img src=http://evil.example/x onerror=a>'


def run(p50, at=0, **more):
    """One run whose percentiles stand in fixed proportions."""
    times = Latency(p50=p50, p90=p50 * 2, p95=p50 * 2.5, p99=p50 * 4, max=p50 * 7, mean=p50 * 1.2)
    held = {
        "format": "hey_text", "tool": "hey", "target": "http://shop.example", "duration_s": 60,
        "rps": 100, "requests": 6000, "samples": 6000, "errors": 0, "error_rate": 0,
        "connections": 10, "started_at": datetime(2026, 11, 1, 10, at, tzinfo=UTC),
        "latency_ms": times,
    }  # fmt: skip
    return Run(**(held | more))


def made(base, mesh, overrides=None, notes=(), name="run.txt"):
    """The page for two sides."""
    comparison = compare(base, mesh, overrides)
    far = iter(comparison.far)
    rows = [RunRow(0, f"/home/ann/{name}", "ab12", each, next(far)) for each in base]
    rows += [RunRow(1, name, "", each, next(far)) for each in mesh]
    return report(
        Report(
            comparison=comparison,
            rows=rows,
            notes=notes,
            pack=PACK,
            made=datetime(2026, 11, 28, 22, tzinfo=UTC),
        )
    )


class Elements(HTMLParser):
    """Every element of a page with its attributes, and its text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.said = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.said).split())


def test_all_that_the_comparison_says_is_on_the_page():
    base, mesh = (
        [run(10 + i / 10, i) for i in range(4)],
        [run(12 + i / 10 + (i == 2) * 30, 10 + i) for i in range(4)],
    )
    comparison = compare(base, mesh)
    text = Elements(made(base, mesh, notes=("the disk was full",))).text
    assert comparison.verdict.removeprefix("slower") in text
    assert "far from the others: p50 and p95" in text
    assert "Slower: p95" in text
    p95 = next(each for each in comparison.deltas if each.metric == "p95")
    low, high = p95.interval
    assert f"{low:+,.4g} to {high:+,.4g}" in text
    assert f"p = {comparison.smallest_p:.2g} at best" in text
    assert "the disk was full" in text
    assert "/home/ann" not in text
    assert "2026-11-01 10:13" in text
    assert "5 %" in text
    assert "giltene/wrk2" in text
    assert "Hodges" in text
    assert "Made by meshfit on 28 Nov 2026 at 22:00 UTC." in text


def test_one_line_a_run_in_the_colour_of_its_side():
    base, mesh = [run(10), run(10.1, 1)], [run(12, 2)]
    page = made(base, mesh)
    paths = re.findall(r'<path d="M[^"]*" class="line reactive nofill"', page)
    assert len(paths) == 3
    labels = re.search(r'class="axis x.*?class="axis y|class="axis x.*', page, re.DOTALL).group()
    assert [each for each in ("p50", "p90", "p95", "p99", "max") if f">{each}<" in labels] == [
        "p50", "p90", "p95", "p99", "max",
    ]  # fmt: skip
    assert ".color-0 a:visited{stroke:#1d4ed8" in page
    assert ".color-1 a:visited{stroke:#1d4ed8" in page
    assert ".color-2 a:visited{stroke:#c2410c" in page


def test_refusals_and_what_was_set_aside_stand_with_their_reasons():
    base, mesh = [run(10)], [run(12, 1, target="http://other.example", rps=300)]
    refused = Elements(made(base, mesh)).text
    assert "Not comparable, for two reasons" in refused
    assert "Why these runs cannot be compared" in refused
    assert "These runs are not comparable" in refused
    assert "The difference" not in refused
    reasons = {"target": "the same service, renamed", "rate": "asked for by the auditor"}
    aside = Elements(made(base, mesh, reasons)).text
    assert all(reason in aside for reason in reasons.values())
    assert "Why these runs cannot be compared" not in aside
    assert "The difference" in aside


def test_what_is_not_in_the_files_is_said_and_no_curve_made_up():
    bare = run(10, latency_ms=Latency(p95_range=(53, 88)), connections=None, started_at=None)
    page = made([bare], [bare])
    text = Elements(page).text
    assert "No curve: no run gives two of p50, p90, p95, p99 and max." in text
    assert "53 to 88" in text
    assert "concurrency: not in every file, so not compared" in text
    assert "whole run, p95: in the same bucket on both sides, 53 to 88 ms" in text
    assert "pygal" not in page


def test_a_run_that_lacks_figures_is_drawn_with_a_gap_or_counted_as_not_drawn():
    wrk = run(10, latency_ms=Latency(p50=10, p90=20, p99=40, max=70))
    page = made([wrk, run(10, 1, latency_ms=Latency(p50=9))], [run(11, 2)])
    text = Elements(page).text
    assert "Runs with fewer than two of these figures, not drawn: 1." in text
    assert "A line is broken where the file does not give the figure." in text
    parts = re.findall(r'<path d="M([^"]*)" class="line reactive nofill"', page)
    assert [len(re.findall(r"[\d.]+ [\d.]+", each)) for each in parts] == [2, 2, 5]


def test_figures_read_off_a_histogram_are_marked():
    rough = Latency(p50=10, p95=20, p95_range=(15, 25), how=How(p50="given", p95="interpolated"))
    text = Elements(made([run(10, latency_ms=rough)], [run(11)])).text
    assert "≈ 20" in text
    assert "≈ 10" not in text


BAR = re.compile(
    r'<g class="ci" transform="translate\((-?9),0\)" style="stroke:(#\w+);[^>]*>'
    r'<path d="M([\d.]+) ([\d.]+) L.*? L\3 ([\d.]+) L'
)
"""Side, colour, place, top and bottom of what stands for a range."""


def test_what_lies_between_two_values_is_drawn_between_them():
    base = Latency(p50=10, p95=20, p99=30, max=40, p95_range=(15, 25), how=How(p95="interpolated"))
    mesh = base.model_copy(update={"p50": None, "p50_range": (5, 12), "max_range": (40, None)})
    page = made([run(10, latency_ms=base)], [run(11, latency_ms=mesh)])
    bars = [
        (int(shift), colour, float(x), float(bottom) - float(top))
        for shift, colour, x, top, bottom in BAR.findall(page)
    ]
    assert [each[:2] for each in bars] == [(-9, "#1d4ed8"), *[(9, "#c2410c")] * 3]
    (_, _, p95, ten), (_, _, p50, seven), (_, _, again, same), (_, _, worst, nothing) = bars
    assert p50 < p95 == again < worst
    assert (ten, seven, nothing) == (pytest.approx(same), pytest.approx(0.7 * ten), 0)
    assert {"15 to 25", "5 to 12", "above 40"} <= set(re.findall(r'"value">([^<]*)<', page))
    text = Elements(page).text
    assert "A bar: the figure lies between its ends, and a dot beside it is no exact one." in text
    assert "A bar up to the top edge: above its lower end" in text
    assert "kept without their range" not in text


def test_bars_that_reach_further_than_the_lines_are_seen_whole():
    times = Latency(p50=10, p95=20, p99=21, p95_range=(15, 25), p99_range=(18, 390))
    svg = drawn(
        ("p50", "p95", "p99"),
        [Curve(0, (10, 20, 21), tuple(map(times.range_of, ("p50", "p95", "p99"))))],
    )
    tops = [float(top) for *_, top, _ in BAR.findall(svg)]
    assert len(tops) == 2
    assert min(tops) >= 0
    assert "A bar" not in Elements(made([run(10)], [run(11)])).text


def test_runs_of_which_only_ranges_are_known_are_drawn_beside_others():
    coarse = Latency(p50_range=(1, 30), p95_range=(1, 30), max=30)
    page = made([run(10, latency_ms=coarse)], [run(11)])
    assert len(BAR.findall(page)) == 2
    assert "not drawn" not in Elements(page).text


def test_a_figure_that_was_kept_without_its_range_is_no_exact_one():
    kept = Latency(p50=10, p95=20, p99=30, how=How(p50="given", p95="interpolated", p99="given"))
    page = made([run(10, latency_ms=kept)], [run(11)])
    text = Elements(page).text
    assert "≈ 20 range not kept" in text
    assert "≈ 10" not in text
    assert "drawn without a bar and are not exact" in text
    assert not BAR.findall(page)


def test_text_stays_text_and_nothing_runs_or_is_loaded():
    evil = run(10, target=EVIL, tool=EVIL, notes=(EVIL,), errors_by_kind={EVIL: 3}, protocol=EVIL)
    page = made([evil], [run(12, 1)], {"tool": EVIL, "target": EVIL}, notes=(EVIL,), name=EVIL)
    elements = Elements(page)
    assert {tag for tag, _ in elements.found} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "table",
        "thead", "tbody", "tr", "th", "td", "br", "wbr", "code", "figure", "figcaption", "footer",
        "svg", "g", "path", "rect", "circle", "line", "text", "desc", "defs",
    }  # fmt: skip
    names = {name for _, attrs in elements.found for name in attrs}
    assert not {name for name in names if name.startswith(("on", "src", "href", "xlink"))}
    assert "url(" not in page
    assert "@import" not in page
    assert "\u202e" not in page
    assert "<!--" not in page
    assert "alert(1)" in elements.text


def test_wide_values_are_drawn_on_a_logarithmic_scale_and_said_to_be():
    flat, wide = Curve(0, (1.0, 2.0)), Curve(1, (1.0, 900.0))
    assert (steep([flat]), steep([flat, wide])) == (False, True)
    assert not steep([Curve(0, (0.0, 900.0))])
    assert drawn(("p50", "max"), [flat, wide]) != drawn(("p50", "max"), [flat, flat])
    times = Latency(p50=1, p90=2, p95=4, p99=90, max=900)
    assert "logarithmic" in Elements(made([run(1, latency_ms=times)], [run(1, 1)])).text


@pytest.mark.parametrize("value", [0.0, 1e-9, 1e9])
def test_odd_values_are_drawn(value):
    for values in ((value, value), (value, None, 5.0), (None, value)):
        assert "<svg" in drawn(("p50", "p90", "p95")[: len(values)], [Curve(0, values)])


def test_the_same_values_give_the_same_page():
    assert made([run(10)], [run(12, 1)]) == made([run(10)], [run(12, 1)])


def test_refusals_of_one_kind_share_a_row_and_a_reason():
    few = [run(10, at, samples=500, requests=500) for at in range(3)]
    page = made(few, few)
    assert page.count("too few for p95") == 6
    assert page.count(">samples</td>") == 1
    aside = Elements(made(few, few, {"samples": "only a smoke test"})).text
    assert aside.count("only a smoke test") == 1
    assert aside.count("too few for p95") == 6


def test_what_a_run_took_has_its_unit_in_words_that_show():
    page = made([run(10)], [run(12)])
    assert "60 s" in Elements(page).text
    assert "\\x" not in page
