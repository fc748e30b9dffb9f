"""What people write around a printed report: figures in it are passed over, and that is said."""

from __future__ import annotations

import json

import pytest

from bot.domain.runs.model import Resources
from bot.loadtests.prose import without_words
from tests.loadtests.conftest import PRINTED, read, refused
from tests.loadtests.mutation import samples

LINES = (
    "Before the mesh we had a p95 of 12 ms at 480 req/s, see here:",
    "Without Istio: p95 12ms, p99 20ms, 3 errors",
    "so it was 12 ms at p95, and 0.4 % failures",
    "- baseline (yesterday): 11.5 ms / 480 rps",
    "My last run had 12.3 ms, this one looks slower.",
)
REPORTS = sorted(each.name for each in PRINTED.glob("*.txt"))
FORMS = ("kubectl_top", "linkerd_stat_text", "wrk_text", "hey_text", "ab_text", "vegeta_text")


def notes(result) -> tuple[str, ...]:
    """What the reading of a file says."""
    return result.notes if isinstance(result, Resources) else result[0].notes


def figures(result) -> list[object]:
    """All but that."""
    many = (result,) if isinstance(result, Resources) else result
    return [each.model_copy(update={"notes": ()}) for each in many]


def texts() -> dict[str, str]:
    """A report of each printed kind."""
    by_format = samples()
    return {name: (PRINTED / name).read_text("utf-8") for name in REPORTS} | {
        form: by_format[form][0].decode() for form in FORMS
    }


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", sorted(texts()))
def test_figures_that_somebody_tells_around_a_report_are_said_to_be_passed_over(name):
    report = texts()[name]
    alone = read(report)
    for line in LINES:
        for pasted in (f"{line}\n\n{report}", f"{report.rstrip()}\n\n{line}\n"):
            result = read(pasted)
            assert figures(result) == figures(alone), (line, pasted)
            (note,) = set(notes(result)) - set(notes(alone))
            assert note.startswith("Not read, because it is no result that meshfit knows: ")
            assert line.strip("- ")[:20] in note


def test_nothing_that_a_tool_prints_is_taken_for_somebodys_words():
    for name, report in texts().items():
        assert without_words(report) == (report, None), name
    for files in samples().values():
        for data in files:
            assert without_words(data.decode("utf-8", "replace"))[1] is None


@pytest.mark.parametrize(
    "line",
    [
        "Hi team, here is the run that we did yesterday:",
        "Running 30s test @ http://before.mesh:8080",
        "login with mesh,1200,12,11,20,22,30,1,90,0.00%,10.0,5.0,1.0",
        "GET /we/had/12ms",
        "Phase started: with mesh (index: 0, duration: 60s) 10:00:00(+0000)",
        "Phase completed: without mesh (index: 1, duration: 60s) 10:01:00(+0000)",
        "Simulation our.Baseline completed in 30 seconds",
        "WARN[0030] our baseline took 500ms",
        'level=info msg="we measured 12 ms"',
        "  we had  12 ms  13 ms",
        "x" * 1_000_000 + " we had 12 ms",
        "we had " + "9" * 1_000_000,
    ],
)
def test_lines_without_a_figure_rows_and_addresses_are_no_such_words(line):
    assert without_words(f"{line}\nRequests/sec: 12") == (f"{line}\nRequests/sec: 12", None)


@pytest.mark.parametrize(
    "prefix",
    ["[pod/load-x/load] ", "load-1  | ", "2026-11-28T10:00:00.123456789Z stdout F "],
)
@pytest.mark.parametrize("form", ["wrk_text", "hey_text", "fortio_json"])
def test_words_around_the_lines_of_a_log_are_said_too(prefix, form):
    report = samples()[form][0].decode()
    logged = "".join(f"{prefix}{line}\n" for line in report.splitlines())
    result = read(f"{LINES[0]}\n\n{logged}\n{LINES[-1]}\n")
    assert figures(result) == figures(read(report))
    assert any("Before the mesh we had a p95" in each for each in notes(result))


def test_words_in_the_middle_of_a_document_are_named_as_what_is_wrong_with_it():
    lines = json.dumps(json.loads(samples()["fortio_json"][0]), indent=1).splitlines()
    pasted = "\n".join([*lines[:9], LINES[0], *lines[9:]])
    assert refused(pasted) == (
        "Words stand in the middle of this JSON, in line 10: "
        '"Before the mesh we had a p95 of 12 ms at…". Take them out.'
    )
    cut = "\n".join([*lines[:9], LINES[0], "and so on"])
    assert refused(cut) == "This JSON is damaged or cut off (line 10): upload the whole file."
