"""Logs of several services, line by line between each other: each one's result, and whose it is."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise

import pytest

from bot.loadtests.beside import MOST_SOURCES
from tests.loadtests.conftest import read, refused, sample

STAMP = "2024-05-01T10:00:00.5Z"
PREFIXES = {
    "compose": ("load-1    | ", "other-12  | "),
    "compose, one replica": ("plain  | ", "mesh   | "),
    "compose in colours with times": (
        f"\x1b[36ma-1  | \x1b[0m{STAMP} ",
        f"\x1b[33mb-1  | \x1b[0m{STAMP} ",
    ),
    "kubectl logs --prefix": ("[pod/load-7c9d-x2x9z/hey] ", "[pod/load-5f6e-k8b2q/hey] "),
    "stern": ("load-7c9d-x2x9z hey ", "load-5f6e-k8b2q hey "),
    "two jobs of a GitHub workflow": (
        f"plain\tRun load\t{STAMP} ",
        f"mesh\tRun load\t{STAMP} ",
    ),
    "two processes in the journal": (
        "Nov  8 10:00:00 n-1 hey[11]: ",
        "Nov  8 10:00:00 n-1 hey[12]: ",
    ),
}
HELD = (
    "hey_text/local-1.txt",
    "wrk_text/local-1.txt",
    "hey_csv/local-1.csv",
    "prometheus_json/local-1.json",
    "ab_text/local-1.txt",
    "k6_csv/made-1.csv",
    "jmeter_jtl_csv/local-1.csv",
    "k6_json_stream/made-1.json",
    "vegeta_json/made-1.json",
)
ACCESS = '10.0.0.{} - - [28/Nov/2026:10:00:00 +0000] "GET /cart HTTP/1.1" 200 250 "-" "hey/0.0.1"'


def lines(name: str) -> list[str]:
    return sample(name).decode().replace("\r\n", "\n").removesuffix("\n").split("\n")


def woven(*each_lines: list[str], seed: int = 3) -> str:
    """Lines of several as they come: each in its order, the first of the first one on top."""
    dice = random.Random(seed)
    left = [list(each) for each in each_lines]
    out = [left[0].pop(0)]
    while any(left):
        out.append(dice.choice([each for each in left if each]).pop(0))
    return "".join(f"{each}\n" for each in out)


def whose(result) -> list[str]:
    """Each run's or answer's note on whose lines it is from."""
    notes = [each.notes for each in (result if isinstance(result, tuple) else (result,))]
    return [note for each in notes for note in each if note.startswith("From the lines of ")]


def bare(result):
    """A result without its first note."""
    if not isinstance(result, tuple):
        return result.model_copy(update={"notes": result.notes[1:]})
    return tuple(each.model_copy(update={"notes": each.notes[1:]}) for each in result)


@pytest.mark.exhaustive
@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("pair", list(pairwise(each for each in HELD if "prometheus" not in each)))
def test_the_lines_of_two_services_are_two_results(pair, prefix):
    both = zip(pair, prefix, strict=True)
    log = woven(*([put + line for line in lines(name)] for name, put in both))
    result = read(log)
    assert bare(result) == read(sample(pair[0])) + read(sample(pair[1]))
    assert len(set(whose(result))) == 2


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", HELD)
@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
def test_another_services_log_costs_nothing_and_is_said(name, first):
    own = [f"load-1  | {each}" for each in lines(name)]
    other = [f"web-1   | {ACCESS.format(at)}" for at in range(40)]
    log = read("Attaching to load-1, web-1\n" + woven(*((own, other) if first else (other, own))))
    notes = (log[0] if isinstance(log, tuple) else log).notes
    assert notes[0].startswith('Not read, because it is no result that meshfit knows: "10.0.0.0 ')
    assert notes[0].endswith(" and 39 more lines of web-1.")
    assert set(whose(log)) == {"From the lines of load-1 in this log."}
    right = read(sample(name))
    wanted = (right[0] if isinstance(right, tuple) else right).notes
    assert notes[2:] == wanted


def test_a_service_that_is_damaged_is_no_reason_to_refuse_the_other():
    cut = [f"b-1  | {each}" for each in lines("vegeta_json/made-1.json")]
    cut[-1] = cut[-1][: len(cut[-1]) // 2]
    own = [f"a-1  | {each}" for each in lines("wrk_text/local-1.txt")]
    (result,) = read(woven(own, cut))
    assert result.requests == read(sample("wrk_text/local-1.txt"))[0].requests
    assert result.notes[0].startswith("A part of this file was not read. ")


def test_of_services_without_a_result_the_one_that_a_tool_wrote_is_named():
    cut = [f"load-1  | {each}" for each in lines("wrk_text/local-1.txt")[:2]]
    other = [f"web-1   | {ACCESS.format(at)}" for at in range(8)]
    assert "wrk" in refused(woven(other, cut))[:60]


@pytest.mark.parametrize("pair", list(pairwise(HELD[:3])))
def test_what_a_clusters_collector_keeps_of_two_pods_is_two_results(pair):
    def kept(name, pod):
        of = {"pod_name": pod, "container_name": "load"}
        return [json.dumps({"log": f"{each}\n", "kubernetes": of}) for each in lines(name)]

    result = read(woven(kept(pair[0], "a"), kept(pair[1], "b")))
    assert bare(result) == read(sample(pair[0])) + read(sample(pair[1]))
    assert whose(result) == [f"From the lines of {pod} load in this log." for pod in "ab"]


def test_a_log_that_was_quoted_is_a_log():
    own = [f"a-1  | {each}" for each in lines("wrk_text/local-1.txt")]
    other = [f"b-1  | {each}" for each in lines("hey_text/local-1.txt")]
    quoted = "".join(f"> {each}\n" for each in woven(own, other).splitlines())
    assert read(quoted) == read(woven(own, other))


def test_what_stands_below_a_log_is_read_as_well():
    log = [f"load-1  | {each}" for each in lines("hey_text/local-1.txt")]
    wrk = lines("wrk_text/local-1.txt")
    below = [*wrk[:5], *wrk[-3:]]
    result = read("\n".join([*log, "load-1 exited with code 0", "", *below]))
    assert [each.tool for each in result] == ["hey", "wrk"]


def test_a_log_of_very_many_services_is_refused():
    log = "".join(f"svc-{at:04}  | a line\nsvc-{at:04}  | b\n" for at in range(MOST_SOURCES + 2))
    assert "a file of its own" in refused(log)


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "name", [each for each in HELD if each.startswith(("k6_", "hey_csv", "jmeter"))]
)
class TestAStreamAsPeopleShowIt:
    """Fenced, indented, with words around it."""

    def test_indented(self, name):
        rows = lines(name)
        assert read("\n".join(f"    {each}" for each in rows)) == read(sample(name))
        assert read("\n".join([rows[0], *(f"  {each}" for each in rows[1:])])) == read(sample(name))

    @pytest.mark.parametrize("fence", ["```", "```json", "   ```csv"])
    def test_fenced(self, name, fence):
        text = "\n".join(lines(name))
        assert read(f"{fence}\n{text}\n```\n") == read(sample(name))
        result = read(f"Without the mesh:\n\n{fence}\n{text}\n```\n\nSame nodes.\n")
        assert result[0].notes[0].endswith(' knows: "Without the mesh:" and 1 more line.')
        assert bare(result[:1]) + result[1:] == read(sample(name))

    @pytest.mark.parametrize(
        "form", ["{words}\n{text}\n", "{text}\n\n{words}\n", "{text}\n{words}"]
    )
    def test_words_above_or_below_are_said(self, name, form):
        text = "\n".join(lines(name))
        result = read(form.format(text=text, words="Without the mesh:"))
        assert '"Without the mesh:"' in result[0].notes[0]
        assert bare(result[:1]) + result[1:] == read(sample(name))

    def test_a_row_that_is_cut_off_is_no_words(self, name):
        rows = lines(name)
        assert re.search(r"cut off|damaged", refused("\n".join([*rows[:40], rows[40][:6]])))


def test_indented_lines_of_docker_are_lines():
    wrk = sample("wrk_text/local-1.txt")
    kept = [json.dumps({"log": f"{each}\n"}) for each in wrk.decode().splitlines()]
    assert read("".join(f"    {each}\n" for each in kept)) == read(wrk)
    assert read("".join(f"    load-1  | {each}\n" for each in wrk.decode().splitlines())) == read(
        wrk
    )


def test_points_of_k6_between_what_it_prints_are_all_there():
    """As `k6 run --out json=-` writes to standard output."""
    name = "k6_json_stream/made-1.json"
    points = lines(name)
    above = ["     execution: local", "        script: test.js", "        output: json (-)"]
    (result,) = read(
        "\n".join([*above, *points[:200], "running (0m10.0s), 5/5 VUs", *points[200:]])
    )
    assert '"execution: local" and 3 more lines' in result.notes[0]
    assert bare((result,)) == read(sample(name))


def test_points_of_k6_below_a_document_are_all_there():
    points, fortio = sample("k6_json_stream/made-1.json"), sample("fortio_json/made-1.json")
    for both in (fortio + b"\n" + points, points + b"\n" + fortio):
        requests = {each.format: each.requests for each in read(both)}
        right = [*read(fortio), *read(points)]
        assert requests == {each.format: each.requests for each in right}
