"""Tables and charts (Slack: table, data_table and data_visualization block references).

Where Slack's own pages disagree the smaller number stands here: 6 chart series and pie segments
(a newer page says 12), 100 data rows and 10,000 characters in a data table (200 and 20,000).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.strict.checks import (
    Check,
    Fault,
    Json,
    among,
    by_type,
    each,
    flag,
    integer,
    nullable,
    number,
    shape,
    string,
)
from playground.strict.objects import IDENTIFIER
from playground.strict.rich_text import RICH_TEXT

MOST_TABLE_CHARACTERS = 10_000
MOST_SERIES = 6

_RAW = {
    "raw_text": shape(needs={"text": string(MOST_TABLE_CHARACTERS)}, may={"emoji": flag}),
    "raw_number": shape(needs={"value": number(), "text": string(MOST_TABLE_CHARACTERS)}),
}
_CELL = by_type({**_RAW, "rich_text": RICH_TEXT})
_COLUMN = shape(may={"align": among("left", "center", "right"), "is_wrapped": flag})

TABLE = shape(
    needs={"rows": each(each(_CELL, 1, 20), 1, 100)},
    may={"column_settings": each(nullable(_COLUMN), 1, 20), "block_id": IDENTIFIER},
)


def _rows_equally_long(block: Json, at: str) -> Iterator[Fault]:
    if len({len(row) for row in block["rows"]}) > 1:
        yield Fault(f"{at}/rows", "all rows must have the same number of cells")


def _header_plain(block: Json, at: str) -> Iterator[Fault]:
    if any(cell["type"] == "rich_text" for cell in block["rows"][0]):
        yield Fault(f"{at}/rows/0", "header cells must not be rich_text")


DATA_TABLE = shape(
    needs={"caption": string(2000), "rows": each(each(_CELL, 1, 20), 2, 101)},
    may={
        "block_id": IDENTIFIER,
        "page_size": integer(1, 100),
        "row_header_column_index": integer(0, 19),
    },
    rules=[_rows_equally_long, _header_plain],
)

_LABEL = string(20)
_POINT = shape(needs={"label": _LABEL, "value": number()})
_SERIES = shape(needs={"name": _LABEL, "data": each(_POINT, 1, 20)})
_AXES = shape(
    needs={"categories": each(_LABEL, 1, 20)}, may={"x_label": string(50), "y_label": string(50)}
)


def _series_fit(chart: Json, at: str) -> Iterator[Fault]:
    categories = chart["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        yield Fault(f"{at}/axis_config/categories", "must be unique")
    names = [series["name"] for series in chart["series"]]
    if len(set(names)) != len(names):
        yield Fault(f"{at}/series", "series names must be unique")
    for place, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != sorted(categories):
            says = "must have exactly one data point for each category"
            yield Fault(f"{at}/series/{place}/data", says)


_AXIS_CHART = shape(
    needs={"series": each(_SERIES, 1, MOST_SERIES), "axis_config": _AXES}, rules=[_series_fit]
)
_SEGMENT = shape(needs={"label": _LABEL, "value": number(above=0)})
_CHARTS: Mapping[str, Check] = {
    "pie": shape(needs={"segments": each(_SEGMENT, 1, MOST_SERIES)}),
    "bar": _AXIS_CHART,
    "line": _AXIS_CHART,
    "area": _AXIS_CHART,
}

DATA_VISUALIZATION = shape(
    needs={"title": string(50), "chart": by_type(_CHARTS)}, may={"block_id": IDENTIFIER}
)
