"""Percentile curves as plain SVG: one line a run, one colour a side, nothing that runs or loads.

Where a file only says between which values a figure lies, a bar stands from the one to the other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from bot.domain.runs.model import Range
from bot.domain.words import amount

COLOURS = ("#1d4ed8", "#c2410c")
"""Of the first side and the second; apart in grey too, since the second is dashed."""
DASHES = ("", "7, 4")
_WIDE, _HIGH = 860, 380
_STEEP = 20
"""From this ratio of the largest value to the smallest on, a linear scale hides the small ones."""


class Curve(NamedTuple):
    """One run: its side, 0 or 1, and a value in ms for each label, None where it is not known."""

    side: int
    values: tuple[float | None, ...]
    ranges: tuple[Range | None, ...] = ()
    """For each label between which values it lies; None where the value is exact."""


def steep(curves: Sequence[Curve]) -> bool:
    """Whether the curves are drawn on a logarithmic scale."""
    values = _every(curves)
    return min(values) > 0 and max(values) > _STEEP * min(values)


def _every(curves: Sequence[Curve]) -> list[float]:
    """All that is drawn: values and the ends of ranges."""
    ends = [end for each in curves for lies in each.ranges if lies for end in lies]
    values = [value for each in curves for value in each.values]
    return [each for each in (*values, *ends) if each is not None]


def drawn(labels: Sequence[str], curves: Sequence[Curve]) -> str:
    """The curves as an `svg` element to put into a page; a line is broken where a value is missing.

    At least one value must be known.
    """
    ranged = [each for each in curves if any(each.ranges)]
    sides = [each.side for each in (*curves, *ranged)]
    chart = _lines(curves, _style(sides), _ends(curves if ranged else ()))
    chart.x_labels = list(labels)
    chart.add_xml_filter(_bare)
    chart.add_xml_filter(partial(_apart, sides=sides))
    for each in curves:
        dashes = {"dasharray": DASHES[each.side]} if DASHES[each.side] else {}
        chart.add(None, list(each.values), stroke_style={"width": 2, **dashes})
    for each in ranged:
        chart.add(None, [*_bars(each, max(_every(curves)))], stroke=False, dots_size=0)
    text: str = chart.render(is_unicode=True)
    return text


def _lines(curves: Sequence[Curve], style: object, more: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as below
    """An empty chart of lines on the scale of these curves."""
    chart = _pygal().Line(
        js=[],
        width=_WIDE,
        height=_HIGH,
        margin=10,
        disable_xml_declaration=True,
        show_legend=False,
        show_x_guides=True,
        logarithmic=steep(curves),
        include_x_axis=not steep(curves),
        allow_interruptions=True,
        dots_size=3,
        y_title="ms",
        value_formatter=amount,
        style=style,
        **more,
    )
    chart.uuid = "percentiles"
    return chart


def _ends(curves: Sequence[Curve]) -> dict[str, Any]:
    """The lowest and the highest that must be seen, where bars reach further than lines do."""
    if not curves:
        return {}
    values = _every(curves)
    return {"range": (min(values) if steep(curves) else 0, max(values))}


def _bars(curve: Curve, top: float) -> Iterator[dict[str, Any] | None]:
    """From the lower end of each range to the upper one, or to the top where there is none."""
    for lies in curve.ranges:
        if lies is None:
            yield None
        else:
            low, high = lies
            label = f"above {amount(low)}" if high is None else f"{amount(low)} to {amount(high)}"
            yield {
                "value": low,
                "ci": {"low": low, "high": top if high is None else high},
                "formatter": lambda _, text=label: text,
            }


def _apart(root: Element, sides: Sequence[int]) -> Element:
    """Bars in the colour of their side, the first side's to the left of the second's."""
    for group in root.iter():
        kinds = group.get("class", "").split()
        if "serie-overlay" not in kinds and "series" not in kinds:
            continue
        at = next((int(each[6:]) for each in kinds if re.fullmatch(r"serie-\d+", each)), None)
        for bar in group.iter():
            if at is not None and bar.get("class") == "ci":
                bar.set("transform", f"translate({(-9, 9)[sides[at]]},0)")
                bar.set("style", f"stroke:{COLOURS[sides[at]]};stroke-width:1.5")
    return root


def bars(named: Sequence[tuple[str, float]]) -> str:
    """Named values as bars, each with its value, as an `svg` element."""
    chart = _pygal().HorizontalBar(
        js=[],
        width=_WIDE,
        height=60 + 44 * len(named),
        margin=10,
        disable_xml_declaration=True,
        show_legend=False,
        print_values=True,
        print_values_position="center",
        value_formatter=amount,
        style=_style([0], value_colors=("white",)),
    )
    chart.uuid = "bars"
    chart.x_labels = [name for name, _ in reversed(named)]
    chart.add_xml_filter(partial(_bare, label="Each value as a bar"))
    chart.add(None, [value for _, value in reversed(named)])
    text: str = chart.render(is_unicode=True)
    return text


@cache
def _pygal() -> Any:  # noqa: ANN401 - it comes without types
    """The library, once somebody draws: a start does not wait for it.

    It looks for its plugins at every import that follows, in a way that Python 3.11 warns of.
    """
    import pygal  # noqa: PLC0415 - as said

    fixer = pygal.PluginImportFixer
    sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, fixer)]
    return pygal


def _style(sides: Sequence[int], **more: object) -> Any:  # noqa: ANN401 - as above
    return _pygal().style.Style(
        background="white",
        plot_background="white",
        font_family="system-ui, sans-serif",
        label_font_size=13,
        major_label_font_size=13,
        title_font_size=14,
        opacity="1",
        stroke_opacity="1",
        transition="none",
        guide_stroke_color="#ddd",
        guide_stroke_dasharray="none",
        major_guide_stroke_color="#ccc",
        major_guide_stroke_dasharray="none",
        colors=tuple(COLOURS[side] for side in sides),
        **more,
    )


def _bare(root: Element, label: str = "Percentiles of every run, in ms") -> Element:
    """Without the library's script, its comments, which hold addresses, and its name as a title."""
    for above in list(root.iter()):
        for each in list(above):
            if each.tag in {"script", "title"} or not isinstance(each.tag, str):
                above.remove(each)
    root.attrib.pop("xmlns", None)
    root.set("role", "img")
    root.set("aria-label", label)
    return root


def legend() -> Iterator[str]:
    """A short line of each side's kind, as SVG."""
    for colour, dashes in zip(COLOURS, DASHES, strict=True):
        yield (
            '<svg width="34" height="8" aria-hidden="true"><line x1="0" y1="4" x2="34" y2="4" '
            f'stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/></svg>'
        )
