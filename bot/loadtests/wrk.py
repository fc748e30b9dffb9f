"""wrk and wrk2: text, each number with its own unit.

wrk as released has no p95: it lies between p90 and p99, and nothing in the file says where. wrk2's
spectrum has it, in ms; of two spectra the first is the one corrected for coordinated omission.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.domain.runs.model import Latency, Range, Run
from bot.errors import BadInput
from bot.loadtests.door import Upload
from bot.loadtests.figures import RANKS, between, brackets, counted, latency, parts, scheme
from bot.loadtests.quantities import count, ms, number, seconds

WRK = "wrk_text"
WRK2 = "wrk2_text"
_REQUESTS = re.compile(r"^[ \t]*(\d+) requests in ([\d.]+\w+),", re.MULTILINE)
_RUNNING = re.compile(
    r"^[ \t]*Running ([\d.]+\w+) test @ (\S+)(?!\S)(?![^\n]*\n[ \t]*\d+ connections)", re.MULTILINE
)
"""Not autocannon's, which names connections alone below it."""
_LOAD = re.compile(r"(\d{1,9}) threads and (\d{1,9}) connections")
_HEADER = re.compile(r"^[ \t]*Thread Stats[ \t]+(.*)$", re.MULTILINE)
_LATENCY = re.compile(r"^[ \t]*Latency[ \t]+(\S.*)$", re.MULTILINE)
_RANK = re.compile(r"^[ \t]*(\d{1,3}(?:\.\d{1,4})?)%[ \t]+([\d.]+\w+)[ \t]*$", re.MULTILINE)
_STEP = re.compile(r"^[ \t]*(\d+\.\d+)[ \t]+(\d\.\d+)[ \t]+(\d+)[ \t]+\S+[ \t]*$", re.MULTILINE)
_TOTAL = re.compile(r"#\[Max\s*=\s*([\d.]+),\s*Total count\s*=\s*(\d+)\]")
_RPS = re.compile(r"^[ \t]*Requests/sec:[ \t]+(\S+)", re.MULTILINE)
_BAD = re.compile(r"Non-2xx or 3xx responses:[ \t]+(\d+)")
_SOCKETS = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
_UNCORRECTED = re.compile(r"^.*Uncorrected Latency.*$", re.MULTILINE)
_TIMEOUT = re.compile(
    r"\bwrk\b[^\n]*?[ \t](?:--timeout[= \t]?|-T[ \t]?)(\d{1,9}(?:s|m|h)?)(?=\s|$)", re.MULTILINE
)
_LAST = 99.999999
STANDARD_S = 2.0
"""wrk's timeout where no --timeout is given (SOCKET_TIMEOUT_MS in its source)."""
CLOSED = (
    "wrk waits for each answer before it asks again. Since 4.0 (stats_correct in its source) it "
    "adds the requests that a stall held back, at the mean interval; older ones do not."
)
LEFT_OUT = (
    "{n:,} of the {requests:,} answers took longer than wrk's timeout of {limit:g} s{assumed} and "
    "are in no latency: mean and percentiles are of the others, and {above} above it."
)
MOVED = (
    "The p99 that wrk printed is of the answers that were fast enough: that of all answers lies "
    "between it and the slowest of these."
)
FEW = 0.001
"""What may be left out, as a share of all, before p99 says something else: a tenth of those beyond
it. p90 moves as far where 1 % is left out, and there `compare` refuses."""
ASSUMED = " (its own, where no --timeout was given)"
CALIBRATED = "wrk2 times requests after its calibration only: {samples:,} of {requests:,}."


def recognises(upload: Upload) -> bool:
    """The line with requests and duration."""
    return bool(_REQUESTS.search(upload.text)) or bool(_RUNNING.search(upload.text))


def read(upload: Upload) -> tuple[Run, ...]:
    """Every run in the file; several are often kept in one."""
    return tuple(_run(part) for part in parts(upload.text, _RUNNING))


def _run(text: str) -> Run:
    total, rps = _REQUESTS.search(text), _RPS.search(text)
    if not total or not rps:
        raise BadInput("This wrk report is cut off: its number of requests or its rate is missing.")
    second = "HdrHistogram" in text or "Thread calibration" in text
    running, load = _RUNNING.search(text), _LOAD.search(text)
    requests = count(total[1], "Requests")
    bad = _BAD.search(text)
    errors = count(bad[1], "Non-2xx responses") if bad else 0
    sockets = _socket_errors(text)
    late = _Late() if second else _late(text, sockets, requests)
    latency, samples = _corrected(text) if second else (_plain(text, late), late.timed(requests))
    target = running[2] if running else None
    return Run(
        format=WRK2 if second else WRK,
        tool="wrk2" if second else "wrk",
        target=target,
        protocol=scheme(target),
        duration_s=seconds(total[2], "Duration"),
        connections=count(load[2], "Connections") if load else None,
        rps=number(rps[1], "Requests/sec"),
        **counted(requests, errors) | {"samples": samples},
        errors_by_kind=({"HTTP other than 2xx and 3xx": errors} if errors else {}) | sockets,
        unanswered=sum(sockets.values()),
        left_out=late.answers,
        latency_ms=latency,
        notes=(*_notes(second, samples, requests, late), *_moved(latency, late)),
    )


class _Late(NamedTuple):
    """Answers that were slower than the timeout: since 4.0 requests without a latency."""

    answers: int = 0
    requests: int = 0
    limit_ms: float = 0.0
    assumed: bool = False

    def timed(self, requests: int | None) -> int | None:
        """How many answers have a latency."""
        return requests and requests - self.answers

    def holds(self, rank: float) -> bool:
        """Whether a percentile of all answers is one of these."""
        return rank / 100 > 1 - self.answers / self.requests

    def moves(self, rank: float) -> bool:
        """Whether it is p99, and too many are left out for that of the others to stand for it."""
        share = self.answers / self.requests if self.requests else 0.0
        return rank == RANKS[-1] and share > FEW and not self.holds(rank)

    def above(self) -> str:
        """What lies above the timeout, in words."""
        text = ", ".join(f"p{rank}" for rank in RANKS if self.holds(rank))
        return f"{text} and max lie" if text else "max lies"


def _late(text: str, sockets: dict[str, int], requests: int | None) -> _Late:
    """Taken out of the socket errors, unless there are more of them than requests.

    Before 4.0 wrk counted there how often it found a connection waiting.
    """
    if not requests or not 0 < sockets.get("socket timeout", 0) <= requests:
        return _Late()
    asked = _TIMEOUT.search(text)
    timeout = asked[1] if asked else ""
    limit_s = seconds(f"{timeout}s" if timeout.isdecimal() else timeout, "Timeout")
    limit = ms(limit_s or STANDARD_S) or 0.0
    slowest = _stats(text).get("max") or 0.0
    return _Late(sockets.pop("socket timeout"), requests, max(limit, slowest), not limit_s)


def _socket_errors(text: str) -> dict[str, int]:
    match = _SOCKETS.search(text)
    names = ("connect", "read", "write", "timeout")
    each = [count(n, "Socket errors") or 0 for n in match.groups()] if match else []
    return {f"socket {name}": n for name, n in zip(names, each, strict=False) if n}


def _notes(second: bool, samples: int | None, requests: int | None, late: _Late) -> tuple[str, ...]:
    if not second and not late.answers:
        return (CLOSED,)
    if not second:
        left_out = LEFT_OUT.format(
            n=late.answers,
            requests=late.requests,
            limit=late.limit_ms / 1e3,
            assumed=ASSUMED if late.assumed else "",
            above=late.above(),
        )
        return left_out, CLOSED
    if samples is None or requests is None or samples >= requests:
        return ()
    return (CALIBRATED.format(samples=samples, requests=requests),)


def _moved(times: Latency, late: _Late) -> Iterator[str]:
    """That p99 of all answers is another than that of the ones that were timed."""
    if late.moves(RANKS[-1]) and times.p99_range is not None:
        yield MOVED


def _stats(text: str) -> dict[str, float | None]:
    """Mean and maximum of the thread statistics, by the header: one fork prints 99% for Max."""
    header, line = _HEADER.search(text), _LATENCY.search(text)
    if not header or not line:
        return {}
    names = re.findall(r"Avg|Stdev|Max|99%|\+/- Stdev", header[1])
    cells = dict(zip(names, line[1].split(), strict=False))
    return {
        "mean": ms(_time(cells.get("Avg"))),
        "max": ms(_time(cells.get("Max"))),
    }


def _time(text: str | None) -> float | None:
    return None if text is None or "nan" in text.lower() else seconds(text, "A latency")


def _ranks(text: str) -> dict[float, float]:
    return {
        float(rank): ms(value) or 0.0
        for rank, cell in _RANK.findall(text)
        if (value := _time(cell)) is not None
    }


def _plain(text: str, late: _Late) -> Latency:
    ranks, stats = _ranks(text), _stats(text)
    values = {f"p{rank}": ranks.get(float(rank)) for rank in RANKS} | stats
    ranges = brackets(ranks)
    if late.answers:
        above: Range = (late.limit_ms, None)
        known = ranks | ({100.0: most} if (most := stats.get("max")) is not None else {})
        share = 1 - late.answers / late.requests
        for rank in RANKS if ranks else ():
            if late.holds(rank):
                ranges[f"p{rank}"], values[f"p{rank}"] = above, None
            elif float(rank) not in ranks or late.moves(rank):
                ranges[f"p{rank}"] = between(known, min(rank / share, _LAST))
                values[f"p{rank}"] = None
        ranges["max"] = above
        values["max"] = stats.get("max") if stats.get("max") == late.limit_ms else None
    return latency(values, "given", ranges)


def _corrected(text: str) -> tuple[Latency, int | None]:
    """wrk2: the spectrum's exact rows first, then the short list; and how many were timed."""
    block = _UNCORRECTED.split(text, maxsplit=1)[0]
    total = _TOTAL.search(block)
    spectrum = {round(float(share) * 100, 6): float(ms_) for ms_, share, _ in _STEP.findall(block)}
    ranks = _ranks(block)
    values = {
        f"p{rank}": spectrum.get(float(rank), ranks.get(float(rank))) for rank in (50, 90, 95, 99)
    }
    stats = _stats(text)
    if stats.get("max") is None:
        stats["max"] = number(total[1], "Max") if total else ranks.get(100.0)
    samples = count(total[2], "Total count") if total else None
    if samples == 0 or not (spectrum or ranks or stats.get("mean")):
        return Latency(), samples or 0
    return latency(values | stats, "given", brackets(ranks | spectrum)), samples
