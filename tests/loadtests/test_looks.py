"""CPU and memory as people copy them: docker stats, /metrics, promtool, Grafana's CSV.

Written after the formats' documentation, their figures added up by hand.
"""

from __future__ import annotations

import pytest

from tests.loadtests.conftest import read, refused
from tests.loadtests.made import (
    DOCKER_JSON,
    DOCKER_STATS,
    GRAFANA,
    METRICS,
    PROMTOOL,
    PROMTOOL_RANGE,
)


def used(result):
    return {each.name: (each.cpu_cores, each.memory_bytes) for each in result.usages}


def test_docker_counts_percent_of_a_core_and_bytes():
    result = read(DOCKER_STATS)
    assert used(result) == {
        "cart-1": (0.285, 5.5 * 2**20),
        "sidecar-1": (1.5, 1.5 * 2**30),
        "idle-1": (None, None),
    }
    assert {each.kind for each in result.usages} == {"container"}
    assert any("1 rows are of containers that did not run" in each for each in result.notes)


def test_a_stream_of_docker_stats_is_averaged_and_its_highest_memory_kept():
    later = DOCKER_STATS.replace(b"28.50%", b"31.50%").replace(b"5.5MiB", b"5MiB")
    result = read(b"\x1b[H\x1b[2J" + DOCKER_STATS + b"\x1b[H\x1b[J" + later)
    assert used(result)["cart-1"] == (pytest.approx(0.3), 5.5 * 2**20)
    assert any("2 snapshots" in each for each in result.notes)
    assert read(DOCKER_STATS + DOCKER_STATS.splitlines()[0]) == read(DOCKER_STATS)


def test_docker_s_json_lines_are_looks_at_the_same_container():
    result = read(DOCKER_JSON)
    assert result.format == "docker_stats_json"
    assert used(result) == {"cart-1": (pytest.approx(0.3), 6 * 2**20)}
    first = DOCKER_JSON.splitlines()[0]
    assert used(read(first)) == {"cart-1": (0.285, 5.5 * 2**20)}


@pytest.mark.parametrize(
    "header", [b"ID             NAME         CPU %", b"CONTAINER      NAME         CPU %"]
)
def test_podman_and_older_docker_name_their_columns_otherwise(header):
    text = DOCKER_STATS.replace(b"CONTAINER ID   NAME         CPU %", header)
    assert used(read(text.replace(b"MiB /", b" MiB /"))) == used(read(DOCKER_STATS))


def test_docker_stats_without_rows_is_refused():
    assert "no rows" in refused(DOCKER_STATS.splitlines()[0])


def test_a_metrics_page_gives_what_its_names_say_and_no_quantile():
    result = read(METRICS)
    assert used(result) == {
        "process_resident_memory_bytes": (None, 2.6755072e7),
    }
    named = {each.labels["__name__"]: each for each in result.series}
    assert named["envoy_server_memory_heap_size"].labels["note"] == 'a \\"quoted\\" {name}'
    assert named["envoy_server_memory_heap_size"].points == ((1700000000.0, 41943040.0),)
    assert named["broken"].missing == 1
    assert not any("bucket" in name for name in named)
    assert any("4 lines of histograms" in each for each in result.notes)
    assert any("counter of CPU seconds" in each for each in result.notes)


def test_promtool_s_answers_are_series():
    result = read(PROMTOOL)
    assert [each.labels["job"] for each in result.series] == ["tickets", "tickets"]
    assert [each.mean for each in result.series] == [0.7752, 0.7855]
    (cpu, _) = result.measured_as("cpu").usages
    assert cpu.cpu_cores == 0.7752


def test_values_of_promtool_that_are_no_numbers_are_told_by_how_many():
    result = read(PROMTOOL.replace(b"0.7752", b"NaN"))
    assert "Values that are NaN or infinite are left out: 1." in result.notes


@pytest.mark.parametrize(
    "above", ["", "ana@lab:~$ promtool query instant http://localhost:9090 up(\n"]
)
@pytest.mark.parametrize(
    "error",
    [
        'bad_data: invalid parameter "query": 1:4: parse error: unclosed left parenthesis',
        'Post "http://localhost:9090/api/v1/query": dial tcp: connect: connection refused',
    ],
)
def test_promtool_s_own_error_is_told_as_such(above, error):
    assert refused(f"{above}query error: {error}\n") == (
        f"promtool printed an error in place of an answer: {error}."
    )


def test_promtool_s_range_is_one_series_with_its_highest_memory():
    result = read(PROMTOOL_RANGE)
    (series,) = result.series
    assert [value for _, value in series.points] == [1000, 3000, 2000]
    assert used(result) == {"cart-1": (None, 3000)}


def test_a_prompt_around_promtool_s_answer_is_no_damage():
    text = (
        b"ana@lab:~$ promtool query instant http://localhost:9090 up\n" + PROMTOOL + b"ana@lab:~$ "
    )
    assert read(text) == read(PROMTOOL)


def test_promtool_s_text_of_a_series_without_a_name_is_no_damaged_json():
    assert read(PROMTOOL.splitlines()[0]).format == "promtool_query"


def test_grafana_s_columns_are_series_and_bytes_are_memory():
    result = read(GRAFANA)
    assert used(result) == {
        "cart-1": (None, 14.5 * 2**20),
        "cart-2": (None, 10 * 2**20),
    }
    assert [each.missing for each in result.series] == [0, 1]
    assert any("left out: 1." in each for each in result.notes)


def test_grafana_s_plain_amounts_are_not_known_to_be_anything():
    text = GRAFANA.replace(b" MiB", b"")
    assert read(text).usages == ()
    assert read(text).series[0].mean == 13.5
    assert read(text).measured_as("cpu").usages[0].cpu_cores == 13.5


def test_grafana_before_7_wrote_a_row_a_value():
    rows = ['"Series";"Time";"Value"', '"cart-1";"2024-05-01T10:00:00+00:00";0.25']
    rows.append('"cart-1";"2024-05-01T10:00:15+00:00";0.75')
    rows.append('"cart-1";"1714557630";null')
    (series,) = read("\n".join(rows)).series
    assert (series.labels, series.mean, series.missing) == ({"series": "cart-1"}, 0.5, 1)


def test_labels_in_grafana_s_header_are_kept():
    text = GRAFANA.replace(b'"cart-1"', b'"{pod=""cart-1"", namespace=""shop""}"')
    assert read(text).series[0].name == "cart-1"


def test_a_grafana_row_that_is_cut_off_is_refused():
    assert "cut off" in refused(GRAFANA.rpartition(b",")[0])


def test_other_tables_with_a_time_are_no_panel():
    assert "no result" in refused("Time,who,what\n2024-05-01 10:00:00,ann,deployed\n")
