"""The CSV of Istio's own performance tests: one row a run of Fortio, times in microseconds.

How many requests there were is not in it, only the rate and the share that failed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.runs.model import Latency, Run
from bot.errors import BadInput
from bot.loadtests.door import Table, Upload
from bot.loadtests.figures import few, from_percentiles
from bot.loadtests.quantities import divided, moment, number, shown

FORMAT = "istio_perf_csv"
MOST_ROWS = 500
"""A sweep of Istio's own has some eighty."""
MAX = "99999999"
"""What stands for as fast as it goes."""
COUNTLESS = "Istio's CSV has no number of requests, only the rate and the share that failed."
LABELLED = 'Labelled "{label}" in its file.'
_ASKED = re.compile(r"(?:^|_)qps_(\d{1,8})_c_\d")
"""What a label of Istio's runner says of the rate: `e955a07e_qps_1000_c_64_1024_both`."""
_RANK = re.compile(r"p(\d{2})(\d{0,2})")


def recognises(upload: Upload) -> bool:
    """Fortio's names of rates and threads beside percentiles."""
    return _table(upload) is not None


def _table(upload: Upload) -> Table | None:
    return upload.table("ActualQPS", "NumThreads", "p50")


def read(upload: Upload) -> tuple[Run, ...]:
    """Every row."""
    table = _table(upload)
    assert table is not None
    runs: list[Run] = []
    for rows in upload.sections(table, len(table.columns)):
        for row in rows:
            runs.append(_run(table, row))
            few(runs, MOST_ROWS)
    return tuple(runs)


def _run(table: Table, row: Sequence[str]) -> Run:
    def value(name: str) -> float | None:
        at = table.at(name)
        return None if at is None else number(row[at], name)

    wanted, threads = None if _is_max(table, row) else value("RequestedQPS"), value("NumThreads")
    label = _text(table, row, "Labels")
    if wanted is None and not _is_max(table, row) and (asked := _ASKED.search(label or "")):
        wanted = float(asked[1])
    return Run(
        format=FORMAT,
        tool="fortio",
        protocol=(_text(table, row, "RunType") or "").lower() or None,
        started_at=moment(_text(table, row, "StartTime")),
        duration_s=value("ActualDuration"),
        connections=int(threads) if threads is not None else None,
        requested_rps=wanted,
        rps=value("ActualQPS"),
        error_rate=_share(value("errorPercent")),
        latency_ms=_latency(table, row),
        notes=(COUNTLESS, *((LABELLED.format(label=label),) if label else ())),
    )


def _is_max(table: Table, row: Sequence[str]) -> bool:
    """Whether it went as fast as it could."""
    return _text(table, row, "RequestedQPS") in {"max", MAX}


def _text(table: Table, row: Sequence[str], name: str) -> str | None:
    at = table.at(name)
    cell = " ".join(row[at].split())[:120] if at is not None else ""
    return "".join(each for each in cell if each.isprintable()) or None


def _share(percent: float | None) -> float | None:
    if percent is not None and percent > 100:
        raise BadInput(f"errorPercent in this CSV is {shown(percent)}: above all of them.")
    return divided(percent, 100)


def _latency(table: Table, row: Sequence[str]) -> Latency:
    """µs → ms. A time that is no whole number would be of another unit: it is refused."""
    ranks = {each: match for each in table.columns if (match := _RANK.fullmatch(each))}
    columns = [(each, at) for each in (*ranks, "max", "avg") if (at := table.at(each)) is not None]
    values = {each: number(row[at], each) for each, at in columns}
    if any(value is not None and not value.is_integer() for value in values.values()):
        raise BadInput("Times in this CSV are no whole microseconds: their unit is not known.")
    listed = {
        float(f"{match[1]}.{match[2] or 0}"): value / 1e3
        for each, match in ranks.items()
        if (value := values.get(each)) is not None
    }
    if not any(listed.values()):
        return Latency()
    return from_percentiles(listed, *(divided(values.get(each), 1e3) for each in ("max", "avg")))
