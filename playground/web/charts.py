"""Geometry of the charts: where bars, lines and slices go in a 460 by 280 picture."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

Json: TypeAlias = Any
WIDTH, HEIGHT = 460.0, 280.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 8.0, 24.0, 44.0
RADIUS = 112.0
LETTER = 6.6
# Names that do not fit side by side are slanted, and the numbers stand in the table only.
SLANTED, NARROWEST_BAR = 84.0, 24.0


@dataclass(frozen=True)
class Mark:
    """One value: where it is drawn, its number and what it belongs to (`series` counts from 0)."""

    series: int
    label: str
    value: float
    x: float
    y: float
    width: float = 0.0
    height: float = 0.0
    path: str = ""
    category: str = ""


@dataclass(frozen=True)
class Tick:
    """A line across the picture, or a name below it."""

    words: str
    at: float


@dataclass(frozen=True)
class Chart:
    """Everything that the picture needs."""

    kind: str
    names: list[str]
    marks: list[Mark]
    rows: list[Tick]
    columns: list[Tick]
    lines: list[str]
    zero: float
    x_label: str = ""
    y_label: str = ""
    slanted: bool = False
    numbered: bool = True

    @property
    def table(self) -> dict[str, list[Mark]]:
        """The values of each category, in the order of the picture."""
        rows: dict[str, list[Mark]] = {}
        for mark in self.marks:
            rows.setdefault(mark.category, []).append(mark)
        return rows


def number(value: float) -> str:
    """A number as people write it."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def chart(block: Json) -> Chart:
    """The picture of a data_visualization block."""
    inner = block["chart"]
    return _pie(inner["segments"]) if inner["type"] == "pie" else _axes(inner)


def _pie(segments: Json) -> Chart:
    total, angle, marks = sum(s["value"] for s in segments), -math.pi / 2, []
    for place, segment in enumerate(segments):
        share = segment["value"] / total
        turn = share * 2 * math.pi
        path = _slice(angle, turn)
        middle = angle + turn / 2
        x = WIDTH / 2 + RADIUS * 0.62 * math.cos(middle)
        y = HEIGHT / 2 + RADIUS * 0.62 * math.sin(middle)
        words = f"{number(segment['value'])} ({share:.0%})"
        marks.append(Mark(place, words, segment["value"], x, y, path=path))
        angle += turn
    return Chart("pie", [s["label"] for s in segments], marks, [], [], [], 0)


def _slice(angle: float, turn: float) -> str:
    cx, cy = WIDTH / 2, HEIGHT / 2
    turn = min(turn, 2 * math.pi - 1e-4)
    ends = [(cx + RADIUS * math.cos(a), cy + RADIUS * math.sin(a)) for a in (angle, angle + turn)]
    large = int(turn > math.pi)
    (x0, y0), (x1, y1) = ends
    return f"M{cx} {cy}L{x0:.1f} {y0:.1f}A{RADIUS} {RADIUS} 0 {large} 1 {x1:.1f} {y1:.1f}Z"


@dataclass(frozen=True)
class Frame:
    """Where values and categories lie; `steps` are the numbers at the left."""

    steps: list[float]
    categories: list[str]

    @property
    def slanted(self) -> bool:
        """Whether the names are too long to stand side by side."""
        return max(map(len, self.categories)) * LETTER > self.slot

    @property
    def slot(self) -> float:
        """The width of one category."""
        return (WIDTH - LEFT - RIGHT) / len(self.categories)

    def level(self, value: float) -> float:
        """The height of a value."""
        share = (value - self.steps[0]) / (self.steps[-1] - self.steps[0])
        bottom = SLANTED if self.slanted else BOTTOM
        return HEIGHT - bottom - share * (HEIGHT - TOP - bottom)

    def middle(self, category: str) -> float:
        """The middle of a category."""
        return LEFT + self.slot * (self.categories.index(category) + 0.5)

    def dot(self, series: int, point: Json) -> Mark:
        """A value on a line."""
        name, value = point["label"], point["value"]
        x, y = self.middle(name), self.level(value)
        return Mark(series, number(value), value, x, y, category=name)

    def bar(self, series: int, of: int, point: Json) -> Mark:
        """A bar among those of its category, centred together."""
        width, dot = min(self.slot * 0.72 / of, 72.0), self.dot(series, point)
        zero = self.level(0)
        return replace(
            dot,
            x=dot.x + (series - of / 2) * width,
            y=min(dot.y, zero),
            width=width * 0.92,
            height=abs(zero - dot.y),
        )


def _axes(inner: Json) -> Chart:
    config, series, kind = inner["axis_config"], inner["series"], inner["type"]
    points = [(n, point) for n, one in enumerate(series) for point in one["data"]]
    values = [point["value"] for _, point in points]
    frame = Frame(_steps(min(0, *values), max(0, *values)), config["categories"])
    zero, bars = frame.level(0), kind == "bar"
    marks = [frame.bar(n, len(series), p) if bars else frame.dot(n, p) for n, p in points]
    return Chart(
        kind,
        [one["name"] for one in series],
        marks,
        [Tick(number(step), frame.level(step)) for step in frame.steps],
        [Tick(words, frame.middle(words)) for words in frame.categories],
        [] if bars else [_line(marks, n, kind, zero) for n in range(len(series))],
        zero,
        config.get("x_label", ""),
        config.get("y_label", ""),
        frame.slanted,
        frame.slot * 0.72 / (len(series) if bars else 1) > NARROWEST_BAR,
    )


def _line(marks: list[Mark], series: int, kind: str, zero: float) -> str:
    points = sorted((m.x, m.y) for m in marks if m.series == series)
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    if kind == "area":
        path += f"L{points[-1][0]:.1f} {zero:.1f}L{points[0][0]:.1f} {zero:.1f}Z"
    return path


def _steps(low: float, high: float) -> list[float]:
    """Round numbers that enclose the values: 1, 2, 2.5 or 5 times a power of ten apart."""
    rough = (high - low or 1) / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [n * step for n in range(first, max(last, first + 1) + 1)]
