"""What logs put before each line is taken off, whatever format stands behind it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.loadtests.conftest import read, sample

STAMP = "2024-05-01T10:00:00.123456789Z"
PREFIXES = {
    "docker compose": "load-1  | ",
    "docker compose in colours": "\x1b[36mload-1  | \x1b[0m",
    "docker compose with times": f"load-1  | {STAMP} ",
    "kubectl logs --prefix": "[pod/load-6d4cf56db6-x2x9z/hey] ",
    "kubectl logs --prefix --timestamps": f"[pod/load-6d4cf56db6-x2x9z/hey] {STAMP} ",
    "a node's CRI log": f"{STAMP} stdout F ",
    "a CRI log in a zone": "2024-05-01T12:00:00.5+02:00 stderr F ",
    "kubectl logs --timestamps": f"{STAMP} ",
    "journald": "Nov  8 10:00:00 node-1 hey[4711]: ",
    "GitLab": f"{STAMP} 00O ",
    "Jenkins": f"[{STAMP}] ",
    "a clock in brackets": "[10:00:00] ",
    "ts": "Nov 28 10:00:00 ",
    "a clock": "10:00:00 ",
    "Go's log": "2026/11/28 10:00:00 ",
    "Python's logging": "2026-11-28 10:00:00,123 ",
    "Maven": "[INFO] ",
}
PRINTED = Path(__file__).parent / "printed"
HELD = (
    "hey_text/local-1.txt",
    "wrk_text/local-1.txt",
    "ab_text/local-1.txt",
    "hey_csv/local-1.csv",
    "prometheus_json/local-1.json",
    "kubectl_top/local-1.txt",
    "locust_stats_csv/local-1.csv",
)


def lines(name: str) -> list[str]:
    return sample(name).decode().replace("\r\n", "\n").removesuffix("\n").split("\n")


@pytest.mark.exhaustive
@pytest.mark.parametrize("prefix", PREFIXES.values(), ids=PREFIXES)
@pytest.mark.parametrize("name", HELD)
def test_a_result_from_a_log_is_the_same_result(name, prefix):
    text = "\n".join(prefix + each for each in lines(name))
    assert read(text) == read(sample(name))
    assert read("\n".join((prefix + each).rstrip() for each in lines(name))) == read(sample(name))


@pytest.mark.parametrize("prefix", ["load-7c9f8d-x2z4k jmeter ", PREFIXES["kubectl logs --prefix"]])
@pytest.mark.parametrize("name", ["jmeter-aggregate.csv", "jmeter-2.13-summary.csv"])
def test_a_short_table_that_was_printed_is_read_below_stern_too(name, prefix):
    text = (PRINTED / name).read_text("utf-8")
    assert read("".join(prefix + each for each in text.splitlines(True))) == read(text)


@pytest.mark.parametrize("name", HELD)
def test_what_compose_says_itself_is_no_part_of_the_result(name):
    text = "\n".join(f"load-1  | {each}" for each in lines(name))
    assert read(f"Attaching to load-1\n{text}\nload-1 exited with code 0\n") == read(sample(name))


@pytest.mark.parametrize("name", HELD)
def test_docker_keeps_each_line_as_json(name):
    kept = [
        json.dumps({"log": f"{each}\n", "stream": "stdout", "time": STAMP}) for each in lines(name)
    ]
    assert read("\n".join(kept)) == read(sample(name))


def test_a_time_that_is_a_column_is_no_prefix():
    for value in ("1", "123", "0.5"):
        rows = "".join(f"2024-05-01 10:00:{at:02},{value}\n" for at in range(30))
        (one,) = read(f"Time,a\n{rows}").series
        assert [each[1] for each in one.points] == [float(value)] * 30


def test_a_line_that_cri_cut_is_one_line_again():
    name = "prometheus_json/local-1.json"
    whole = sample(name).decode().strip().replace("\n", "")
    parts = [whole[at : at + 40] for at in range(0, len(whole), 40)]
    tags = ["P"] * (len(parts) - 1) + ["F"]
    cut = [f"{STAMP} stdout {tag} {part}" for tag, part in zip(tags, parts, strict=True)]
    assert read("\n".join(cut)) == read(sample(name))


def test_rows_of_a_table_are_no_services():
    """Names before a bar that differ from row to row are the table's own."""
    table = "".join(f"endpoint-{at:03} | {at}\n" for at in range(200))
    both = f"{table}{sample('hey_text/local-1.txt').decode()}"
    assert read(both) == read(sample("hey_text/local-1.txt"))
