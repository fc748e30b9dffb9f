"""Which reader takes a file: recognised by its content, the most telling marks first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from bot.errors import BadInput, NotAResult
from bot.loadtests import (
    ab,
    artillery,
    autocannon,
    autocannon_printed,
    bombardier,
    bombardier_printed,
    docker,
    drill,
    exposition,
    fortio,
    fortio_printed,
    gatling,
    gatling_printed,
    ghz,
    grafana,
    h2load,
    hey,
    istio_perf,
    jmeter,
    jmeter_printed,
    jmeter_xml,
    k6_csv,
    k6_printed,
    k6_stream,
    k6_summary,
    kubectl,
    linkerd,
    locust,
    locust_page,
    locust_printed,
    netperf,
    nighthawk,
    nighthawk_printed,
    oha,
    prometheus,
    siege,
    vegeta,
    wrk,
)
from bot.loadtests.door import HEAD, MOST_TEXT, Upload
from bot.loadtests.endings import with_cuts_said
from bot.loadtests.grouping import grouped
from bot.loadtests.mixed import UNKNOWN, aside, mixed
from bot.loadtests.near import told
from bot.loadtests.opening import opened
from bot.loadtests.pieces import Piece, apart, begun_again, cut
from bot.loadtests.prose import without_words
from bot.loadtests.together import Result, begins_as_document, together, unread
from bot.loadtests.visible import visibly

PAGE = "This is an HTML page: upload the tool's own JSON, CSV or text."


class Reader(NamedTuple):
    """A format: how it is recognised and how it is read."""

    format: str
    recognises: Callable[[Upload], bool]
    read: Callable[[Upload], Result]


STREAMED = (
    Reader(k6_csv.FORMAT, k6_csv.recognises, k6_csv.read),
    Reader(k6_stream.FORMAT, k6_stream.recognises, k6_stream.read),
    Reader(hey.CSV, hey.recognises_csv, hey.read_csv),
    Reader(jmeter.CSV, jmeter.recognises_csv, jmeter.read_csv),
    Reader(jmeter_xml.FORMAT, jmeter_xml.recognises, jmeter_xml.read),
    Reader(gatling.LOG, gatling.recognises_log, gatling.read_log),
    Reader(locust.HISTORY, locust.recognises_history, locust.read_history),
    Reader(locust.FAILURES, locust.recognises_failures, locust.read_failures),
    Reader(locust.STATS, locust.recognises_stats, locust.read_stats),
    Reader(istio_perf.FORMAT, istio_perf.recognises, istio_perf.read),
    Reader(ab.PERCENTILES, ab.recognises_percentiles, ab.read_percentiles),
    Reader(ab.GNUPLOT, ab.recognises_gnuplot, ab.read_gnuplot),
)
"""By their first lines, before anything is held whole."""

DOCUMENTS = (
    Reader(prometheus.FORMAT, prometheus.recognises, prometheus.read),
    Reader(k6_summary.HANDLED, k6_summary.recognises, k6_summary.read),
    Reader(oha.JSON, oha.recognises_json, oha.read_json),
    Reader(vegeta.JSON, vegeta.recognises_json, vegeta.read_json),
    Reader(ghz.JSON, ghz.recognises_json, ghz.read_json),
    Reader(docker.JSON, docker.recognises_json, docker.read_json),
    Reader(bombardier.FORMAT, bombardier.recognises, bombardier.read),
    Reader(autocannon.FORMAT, autocannon.recognises, autocannon.read),
    Reader(artillery.JSON, artillery.recognises_json, artillery.read_json),
    Reader(nighthawk.FORMAT, nighthawk.recognises, nighthawk.read),
    Reader(jmeter.STATISTICS, jmeter.recognises_statistics, jmeter.read_statistics),
    Reader(linkerd.JSON, linkerd.recognises_json, linkerd.read_json),
    Reader(fortio.FORMAT, fortio.recognises, fortio.read),
    Reader(gatling.STATS, gatling.recognises, gatling.read),
)
"""By the keys of their JSON; those that are looked for anywhere in it come last."""

REPORTS = (
    Reader(k6_printed.FORMAT, k6_printed.recognises, k6_printed.read),
    Reader(fortio_printed.FORMAT, fortio_printed.recognises, fortio_printed.read),
    Reader(locust_printed.FORMAT, locust_printed.recognises, locust_printed.read),
    Reader(jmeter_printed.TABLE, jmeter_printed.recognises_table, jmeter_printed.read_table),
    Reader(jmeter_printed.LINES, jmeter_printed.recognises_lines, jmeter_printed.read_lines),
    Reader(gatling_printed.FORMAT, gatling_printed.recognises, gatling_printed.read),
    Reader(bombardier_printed.FORMAT, bombardier_printed.recognises, bombardier_printed.read),
    Reader(autocannon_printed.FORMAT, autocannon_printed.recognises, autocannon_printed.read),
    Reader(h2load.FORMAT, h2load.recognises, h2load.read),
    Reader(nighthawk_printed.FORMAT, nighthawk_printed.recognises, nighthawk_printed.read),
    Reader(netperf.FORMAT, netperf.recognises, netperf.read),
    Reader(drill.FORMAT, drill.recognises, drill.read),
    Reader(siege.FORMAT, siege.recognises, siege.read),
    Reader(artillery.TEXT, artillery.recognises_text, artillery.read_text),
    Reader(ab.TEXT, ab.recognises_text, ab.read_text),
    Reader(gatling.SCRIPT, gatling.recognises_script, gatling.read_script),
    Reader(vegeta.TEXT, vegeta.recognises_text, vegeta.read_text),
    Reader(vegeta.HDRPLOT, vegeta.recognises_hdrplot, vegeta.read_hdrplot),
    Reader(wrk.WRK, wrk.recognises, wrk.read),
    Reader(oha.TEXT, oha.recognises_text, oha.read_text),
    Reader(ghz.TEXT, ghz.recognises_text, ghz.read_text),
    Reader(hey.TEXT, hey.recognises_text, hey.read_text),
    Reader(linkerd.TEXT, linkerd.recognises_text, linkerd.read_text),
    Reader(docker.TEXT, docker.recognises, docker.read),
    Reader(exposition.ANSWER, exposition.recognises_answer, exposition.read_answer),
    Reader(exposition.PAGE, exposition.recognises_page, exposition.read_page),
    Reader(grafana.FORMAT, grafana.recognises, grafana.read),
    Reader(kubectl.FORMAT, kubectl.recognises, kubectl.read),
)
"""By marker lines anywhere in their text; hey last of those that share its layout."""
PAGES = (Reader(locust_page.FORMAT, locust_page.recognises, locust_page.read),)
"""Web pages that a tool writes; no other reader is asked about a page."""

READERS: tuple[Reader, ...] = STREAMED + DOCUMENTS + REPORTS + PAGES


def read(stream: BinaryIO, *, size: int | None = None) -> Result:
    """The runs, or CPU and memory, of a file of `size` bytes, if known. Raises `BadInput`."""
    if size == 0:
        raise BadInput("This file is empty.")
    return mixed(opened(stream, _streamed), _one, _streamed)


def _streamed(upload: Upload) -> bool:
    return _recognised(STREAMED, upload) is not None


def _one(upload: Upload) -> Result:
    """What stands in one service's lines, or in a file of one."""
    if upload.is_page:
        if reader := _recognised(PAGES, upload):
            return _read(reader, upload)
        raise NotAResult(PAGE)
    if not upload.has_blocks and (reader := _recognised(STREAMED, upload)):
        return _read(reader, upload)
    if (results := _apart(upload)) is not None:
        return results
    if near := told(upload.text[:HEAD]):
        raise BadInput(near)
    if seen := visibly(upload.text[:HEAD]):
        raise NotAResult(seen)
    raise NotAResult(UNKNOWN)


def _recognised(readers: Sequence[Reader], upload: Upload) -> Reader | None:
    return next((each for each in readers if each.recognises(upload)), None)


def _apart(upload: Upload) -> Result | None:
    """Every piece by its own reader; None where there is none for any of them.

    Raises `BadInput` for what is wrong with all that is in the file.
    """
    text = upload.content if len(upload.content) > MOST_TEXT else upload.text
    sentence = cut(text)
    each_apart = (part for each in sentence.pieces for part in apart(each, _is_document))
    results: list[Result] = []
    missed: list[str] = []
    faults: list[str] = []
    for reader, piece in grouped(each_apart, _own, REPORTS):
        if reader is None:
            missed += [what] if (what := unread(piece.content)) else []
            continue
        results += (read := _each(reader, piece, faults))
        missed += aside(piece) if read else []
    if results:
        return together(results, missed, (*faults, *sentence.damaged))
    if sentence.damaged and begins_as_document(text):
        faults.append(sentence.damaged[0])
    if faults:
        raise BadInput(faults[0])
    return None


def _each(reader: Reader, piece: Upload, faults: list[str]) -> list[Result]:
    """What is read of a piece: of all its reports, or of those in which there is no fault."""
    try:
        return [_read(reader, piece)]
    except BadInput as error:
        reports = [Upload.of(each) for each in begun_again(piece.content)]
        if len(reports) > 1 and all(map(reader.recognises, reports)):
            return [one for each in reports for one in _each(reader, each, faults)]
        faults.append(error.sentence)
        return []


def _own(upload: Upload) -> Reader | None:
    """The reader of one piece, by itself."""
    found = _recognised(STREAMED if upload.document is None else DOCUMENTS, upload)
    return found or _recognised(REPORTS, upload)


def _is_document(piece: Piece) -> bool:
    return _recognised(DOCUMENTS, Upload.of(piece.text, piece.document)) is not None


def _read(reader: Reader, upload: Upload) -> Result:
    """By one reader; figures that its model refuses are a fault of the file."""
    rest, words = without_words(upload.text) if reader in REPORTS else ("", None)
    upload = Upload.of(rest) if words else upload
    try:
        result = reader.read(upload)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BadInput(f"{where} in this {reader.format} is out of range: it is damaged.") from None
    if result == ():
        raise BadInput(f"There is no run in this {reader.format}: it is cut off or empty.")
    if isinstance(result, tuple) and any(run.requests == 0 for run in result):
        raise BadInput("This run holds no requests that were answered.")
    if reader in REPORTS and isinstance(result, tuple):
        result = with_cuts_said(reader.format, upload.text, result)
    words = unread(upload.above) if reader in STREAMED else words
    return together([result], [words], ()) if words else result
