"""meshfit inspect and meshfit compare, as they are run."""

from __future__ import annotations

import hashlib
import json
import math

import pytest

from tests.loadtests.conftest import PAIRS, SAMPLES, TRUTH, path
from tests.loadtests.made import AUTOCANNON, fortio_run

KEYS = {
    "format", "tool", "target", "protocol", "started_at", "duration_s", "connections",
    "requested_rps", "rps", "requests", "errors", "error_rate", "latency_ms", "how", "endpoints",
    "unanswered", "left_out", "unsent", "notes", "settings",
}  # fmt: skip
STATISTICS = ["p50", "p90", "p95", "p99", "max", "mean"]
BASE, MESH = (SAMPLES / f"fortio_json_by_nighthawk/made-{n}.json" for n in (1, 2))
NAME = "fortio_json_by_nighthawk/made-1.json"
FASTER = SAMPLES / "fortio_json_by_nighthawk/made-3.json"
"""The same service under thirty times the rate."""
WRK = SAMPLES / "wrk_text/local-1.txt"


def test_inspect_prints_the_contract_and_nothing_else(meshfit):
    ran = meshfit("inspect", BASE, "--json")
    assert (ran.code, ran.error) == (0, "")
    assert set(ran.json) == KEYS
    assert list(ran.json["latency_ms"]) == list(ran.json["how"]) == STATISTICS
    assert ran.json["latency_ms"]["p95"] == TRUTH[NAME]["overall"]["p95_ms"]
    assert ran.json["started_at"] == "2025-11-28T10:00:00+00:00"


def test_inspect_shows_a_share_of_errors_whose_number_is_not_known(meshfit, tmp_path):
    (file := tmp_path / "summary.csv").write_text(
        "Label,# Samples,Average,Min,Max,Std. Dev.,Error %,Throughput\n"
        "TOTAL,900000,15,3,300,4.2,0.300%,100.00000\n"
    )
    assert "0.3 %; how many is not known" in meshfit("inspect", file).out


def test_inspect_gives_endpoints_the_same_figures(meshfit):
    (endpoint,) = meshfit("inspect", path("k6_csv/made-1.csv"), "--json").json["endpoints"]
    assert endpoint["name"] == "GET http://shop.example/cart"
    assert {"rps", "requests", "errors", "error_rate", "latency_ms", "how"} < set(endpoint)


def test_inspect_tells_two_metrics_of_one_instance_apart(meshfit, tmp_path):
    file = tmp_path / "answer.txt"
    file.write_text(
        'up{instance="pay:80"} => 1 @[1700000000]\nqueue{instance="pay:80"} => 7 @[1]\n'
    )
    printed = meshfit("inspect", file).out
    assert "up instance=pay:80" in printed
    assert "queue instance=pay:80" in printed
    file.write_text('up{instance="pay:80"} => 1 @[1700000000]\n')
    assert "instance=" not in meshfit("inspect", file).out


def test_inspect_gives_a_range_beside_a_p95_that_is_not_known(meshfit):
    times = meshfit("inspect", WRK, "--json").json["latency_ms"]
    assert (times["p95"], times["p95_range"]) == (None, [53.19, 87.71])


@pytest.mark.parametrize("name", sorted(set(TRUTH) - {"prometheus_json/local-8.json"}))
def test_inspect_prints_every_sample_for_people_and_for_scripts(meshfit, name):
    for_people, for_scripts = (meshfit("inspect", path(name), *form) for form in ((), ("--json",)))
    assert (for_people.code, for_scripts.code) == (0, 0)
    assert "None" not in for_people.out
    assert set(for_scripts.json) >= KEYS


def test_inspect_keeps_several_runs_apart(meshfit):
    document = meshfit("inspect", path("fortio_json/made-4.json"), "--json").json
    assert (document["tool"], document["requests"]) == ("fortio", None)
    assert [each["requests"] for each in document["runs"]] == [1200, 300, 300]
    assert all(set(each) == KEYS for each in document["runs"])
    assert set(document["latency_ms"].values()) == {None}
    assert set(document["how"].values()) == {"unavailable"}


def test_inspect_asks_what_a_query_measured(meshfit):
    file = SAMPLES / "prometheus_json/local-2.json"
    assert "CPU, cores" not in meshfit("inspect", file).out
    ran = meshfit("inspect", file)
    assert "--as cpu or --as memory" in " ".join(ran.out.split())
    document = meshfit("inspect", file, "--as", "cpu", "--json").json
    assert document["resources"][0]["cpu_cores"] == pytest.approx(1.800416765)
    assert document["series"][0]["samples"] == 13


def test_a_faulty_file_is_a_fault_and_a_missing_one_wrong_usage(meshfit, tmp_path):
    (tmp_path / "result.json").write_text('{"a": 1')
    document = meshfit("inspect", "result.json", "--json")
    assert (document.code, document.out) == (1, "")
    assert document.error == (
        "meshfit: result.json: This JSON is damaged or cut off (line 1): upload the whole file.\n"
    )
    assert meshfit("inspect", "nowhere.json").code == 2
    assert meshfit("inspect", tmp_path).code == 2
    assert meshfit("inspect").code == 2


def test_a_name_means_nothing(meshfit, tmp_path):
    (tmp_path / "notes.txt").write_bytes(AUTOCANNON)
    assert meshfit("inspect", "notes.txt", "--json").json["tool"] == "autocannon"


@pytest.mark.parametrize("pair", PAIRS, ids=[each["what"] for each in PAIRS])
def test_compare_agrees_with_the_answer_key(meshfit, pair):
    ran = meshfit(
        "compare", "--base", path(pair["baseline"]), "--mesh", path(pair["mesh"]), "--json"
    )
    assert ran.code == 0
    assert set(ran.json) >= {"comparable", "refusals", "deltas", "verdict"}
    assert (ran.json["comparable"], ran.json["refusals"]) == (True, [])
    for key in ("p50_ms", "p95_ms", "p99_ms", "rps", "error_rate"):
        metric, wanted = key.removesuffix("_ms"), pair[key]
        (delta,) = (each for each in ran.json["deltas"] if each["metric"] == metric)
        assert delta["endpoint"] is None
        for have, want in (
            (delta["baseline"], wanted["baseline"]),
            (delta["mesh"], wanted["mesh"]),
            (delta["absolute"], wanted["delta"]),
            (delta["percent"], wanted["delta_pct"]),
        ):
            assert have is want or math.isclose(have, want, rel_tol=1e-6, abs_tol=1e-5)


def test_compare_refuses_unlike_files_with_the_reasons(meshfit):
    ran = meshfit("compare", "--base", BASE, "--mesh", WRK)
    assert ran.code == 1
    assert "Different load testers: nighthawk and wrk" in ran.out
    ran = meshfit("compare", "--base", BASE, "--mesh", WRK, "--json")
    assert ran.code == 1
    assert (ran.json["comparable"], ran.json["deltas"]) == (False, [])
    assert len(ran.json["refusals"]) == 6


@pytest.fixture
def several(tmp_path):
    """Three runs a side, each of its own time and average."""

    def made(file):
        for at in range(3):
            run = json.loads(file.read_text())
            run["DurationHistogram"]["Avg"] *= 1 + at / 1000
            path = tmp_path / f"{file.stem}-{at}.json"
            path.write_text(json.dumps(run))
            yield path

    return list(made(BASE)), list(made(MESH))


def fortio(path, p95, hour, **more):
    """A run in Fortio's JSON."""
    path.write_bytes(fortio_run(p95, hour, **more))
    return path


@pytest.fixture
def read_off(tmp_path):
    """Four runs a side off buckets, one far from the others; the mesh's called otherwise."""
    base = [fortio(tmp_path / f"b{n}.json", 20 + n / 3, 8 + n) for n in range(4)]
    mesh = [
        fortio(tmp_path / f"m{n}.json", p95, 13 + n, URL="http://meshed.example/")
        for n, p95 in enumerate((30.0, 30.5, 30.2, 45.0))
    ]
    return "compare", "--base", *base, "--mesh", *mesh


BECAUSE = ("--override", "target=the same service, another name")


def test_json_keeps_all_that_the_text_of_a_comparison_says(meshfit, read_off):
    said, found = meshfit(*read_off, *BECAUSE), meshfit(*read_off, *BECAUSE, "--json").json
    text = " ".join(said.out.split())
    assert text.startswith(f"S{found['verdict'][1:]}. Overridden, target: {BECAUSE[1][7:]}")
    (aside,) = found["overridden"]
    assert (aside["id"], aside["because"]) == ("target", BECAUSE[1][7:])
    assert "meshed.example" in aside["text"]
    assert found["refusal_ids"] == []
    assert found["unchecked"] == ["concurrency"]
    assert "Not in every file, so not compared: concurrency." in text
    assert found["smallest_p"] == pytest.approx(2 / 70)
    blurry = {each["metric"]: each for each in found["unresolved"]}
    assert list(blurry) == ["p50", "p99"]
    assert blurry["p50"] == {
        "endpoint": None, "metric": "p50", "low": 10, "high": pytest.approx(10.1),
        "same_bucket": True,
        "finer": "a tool that keeps every time (k6, oha) tells more, and no -r of Fortio much",
    }  # fmt: skip
    assert "Note: whole run: p50 cannot be told apart, between 10 and 10.1 ms on both" in text
    runs = found["runs"]
    assert {str(run["errors_by_kind"]) for side in runs.values() for run in side} == {
        "{'HTTP 503': 2}"
    }
    assert [run["far_from_others"] for run in runs["mesh"]] == [[], [], [], ["p95"]]
    assert "by p95" in text
    assert all(f"Note: {note}." in text for note in found["notes"])
    assert meshfit(*read_off, "--json").json["refusal_ids"] == ["target"]


def test_what_was_read_off_buckets_is_marked_and_has_its_range_in_the_text(meshfit, read_off):
    p95 = next(
        each
        for each in meshfit(*read_off, *BECAUSE, "--json").json["deltas"]
        if each["metric"] == "p95"
    )
    low, high = p95["interval"]
    assert low < p95["middle"] < high
    assert p95["interval_within"] == pytest.approx([low - 0.1, high + 0.1], abs=0.1)
    text = " ".join(meshfit(*read_off, *BECAUSE, COLUMNS="120").out.split())
    assert f"between {low:+.4g} and {high:+.4g} ms at 95 %, {p95['middle']:+.4g} in" in text
    assert "as read off buckets whose ends allow" in text
    assert f"≈ {p95['baseline']:.4g}" in text
    assert "-".join(f"{each:.4g}" for each in p95["baseline_within"]) in text
    assert "30-30.1" in text
    for end, of in (("lowest", min), ("highest", max)):
        row = text[text.index(f" {end} ") :]
        runs = meshfit(*read_off, "--json").json["runs"]["baseline"]
        assert f"{of(run['latency_ms']['p95'] for run in runs):.4g}" in row[:80]


def test_ranges_leave_the_table_of_runs_readable_in_eighty_columns(meshfit, read_off):
    out = meshfit(*read_off, *BECAUSE, COLUMNS="80").out
    assert max(map(len, out.splitlines())) <= 80
    for at in range(4):
        (row,) = (line for line in out.splitlines() if line.startswith(f"   b{at}.json"))
        assert row.count("≈") == 3


def test_one_side_before_the_other_is_said_and_runs_in_turns_are_not(meshfit, tmp_path):
    def sides(base, mesh):
        named = [
            [fortio(tmp_path / f"{side}{hour}.json", 20 + hour, hour) for hour in hours]
            for side, hours in (("b", base), ("m", mesh))
        ]
        return meshfit("compare", "--base", *named[0], "--mesh", *named[1])

    after = " ".join(sides((8, 9), (10, 11)).out.split())
    assert "Note: all baselines came before all mesh runs, so that whatever changed" in after
    assert after.count("run them in turns") == 1
    before = " ".join(sides((10, 11), (8, 9)).out.split())
    assert "Note: all mesh runs came before all baselines, so that whatever changed" in before
    assert "in turns" not in sides((8, 10), (9, 11)).out


def test_rates_that_differ_by_rounding_alone_do_not_differ(meshfit, tmp_path):
    base, mesh = (
        fortio(tmp_path / f"{name}.json", p95, 8, RequestedQPS="500", ActualQPS=rate)
        for name, p95, rate in (("b", 20, 499.7), ("m", 30, 499.7 + 5.684e-14))
    )
    sides = ("compare", "--base", base, "--mesh", mesh)
    (rate,) = (d for d in meshfit(*sides, "--json").json["deltas"] if d["metric"] == "rps")
    assert rate["baseline"] != rate["mesh"]
    assert (rate["absolute"], rate["percent"]) == (0, 0)
    assert "e-14" not in meshfit(*sides).out


def test_requests_that_were_never_sent_are_said(meshfit):
    dropped = path("../printed/k6-1.2.txt")
    assert meshfit("inspect", dropped, "--json").json["unsent"] == 7
    assert "not sent   7, for which it was too late" in meshfit("inspect", dropped).out
    printed = " ".join(meshfit("compare", "--base", dropped, "--mesh", dropped).out.split())
    assert "Note: In the mesh run, 7 requests could not be sent in time" in printed


def test_compare_takes_several_files_in_either_way(meshfit, several):
    base, mesh = several
    once = meshfit("compare", "--base", *base, "--mesh", *mesh, "--json")
    each = [
        part
        for side, files in (("--base", base), ("--mesh", mesh))
        for file in files
        for part in (side, file)
    ]
    assert meshfit("compare", *each, "--json").json == once.json
    assert once.json["verdict"].startswith("inconclusive: one more run on each side is needed")
    assert not [each for each in once.json["notes"] if "given again" in each]
    with_equals = meshfit("compare", f"--base={base[0]}", base[1], "--mesh", *mesh[:2], "--json")
    assert with_equals.json["verdict"].startswith("inconclusive: two more runs")


def test_the_same_run_given_again_is_said_beside_its_p(meshfit, several):
    (first, second, _), mesh = several
    sides = ("compare", "--base", first, second, first, first, "--mesh", *mesh)
    (note,) = [n for n in meshfit(*sides, "--json").json["notes"] if "given again" in n]
    assert note.startswith("4 baseline runs, 2 of them different")
    assert f"Note: {note}." in " ".join(meshfit(*sides).out.split())
    alone = meshfit("compare", "--base", *5 * [first], "--mesh", *5 * [mesh[0]], "--json").json
    assert sum("given again" in each for each in alone["notes"]) == 2


def test_the_same_run_given_again_to_what_is_refused_is_said_too(meshfit):
    ran = meshfit("compare", "--base", BASE, BASE, "--mesh", WRK, "--json")
    assert (
        ran.code,
        ran.json["comparable"],
        sum("given again" in n for n in ran.json["notes"]),
    ) == (1, False, 1)


def test_compare_lets_one_refusal_be_overridden_with_a_reason(meshfit, tmp_path):
    other = json.loads(MESH.read_text()) | {"URL": "http://meshed:9080/"}
    (tmp_path / "mesh.json").write_text(json.dumps(other))
    sides = ("compare", "--base", BASE, "--mesh", "mesh.json")
    assert meshfit(*sides).code == 1
    ran = meshfit(*sides, "--override", "target=same service, another name")
    assert ran.code == 0
    assert "Overridden, target: same service, another name" in ran.out
    for wrong in ("target", "target= ", "colour=x", "rate=because"):
        assert meshfit(*sides, "--override", wrong).code == 2


def test_compare_obeys_the_tolerances_of_the_pack_in_use(meshfit, tmp_path):
    sides = ("compare", "--base", BASE, "--mesh", FASTER)
    assert "20 and 600/s, more than 5 % apart" in meshfit(*sides).out
    (tmp_path / "ours").mkdir()
    header = 'name: ours\nversion: "1"\nextends: meshfit\n'
    pack = tmp_path / "ours" / "pack.yaml"
    pack.write_text(f"{header}tolerances: {{rate: {{percent: 97}}}}\n", "utf-8")
    assert meshfit(*sides, MESHFIT_KNOWLEDGE="ours").code == 0
    pack.write_text(f"{header}tolerances: {{rate: {{percent: 970}}}}\n", "utf-8")
    ran = meshfit(*sides, MESHFIT_KNOWLEDGE="ours")
    assert (ran.code, ran.out) == (1, "")
    assert "ours/pack.yaml:4 rate: percent is 970, must be at most 100" in ran.error


def test_compare_takes_runs_only(meshfit):
    ran = meshfit("compare", "--base", BASE, "--mesh", path("kubectl_top/local-1.txt"))
    assert ran.code == 1
    assert "holds CPU and memory" in ran.error
    assert meshfit("compare", "--base", BASE).code == 2
    assert meshfit("compare", "--base", BASE, "--mesh", "nowhere").code == 2


def test_every_run_of_a_side_is_shown_and_kept(meshfit, several):
    base, mesh = several
    sides = ("--base", *base, "--mesh", *mesh)
    runs = meshfit("compare", *sides, "--json").json["runs"]
    assert [len(runs[side]) for side in ("baseline", "mesh")] == [3, 3]
    assert {each["file"] for each in runs["baseline"]} == {str(path) for path in base}
    printed = meshfit("compare", *sides, COLUMNS="100").out
    assert all(path.name in printed for path in (*base, *mesh))
    assert "at the earliest" in printed.replace("\n", " ")


def test_what_a_run_s_own_notes_say_stands_once_below_the_table(meshfit):
    (note,) = meshfit("inspect", WRK, "--json").json["notes"]
    printed = " ".join(meshfit("compare", "--base", BASE, "--mesh", WRK, WRK).out.split())
    assert printed.count(note) == 1
    assert f"Note: {WRK.name}: {note}" in printed[printed.rindex("mesh:") :]


def test_a_run_on_both_sides_is_said(meshfit):
    document = meshfit("compare", "--base", BASE, "--mesh", BASE, "--json").json
    assert any("stands on both sides" in note for note in document["notes"])
    assert document["verdict"].startswith("nothing to compare: the same run on both sides (p95 ")
    assert "-0" not in meshfit("compare", "--base", BASE, "--mesh", BASE).out.replace("-07-", "")


def test_a_file_of_several_runs_is_said_once_and_as_it_is(meshfit, tmp_path):
    one = json.loads(BASE.read_text())
    (tmp_path / "two.json").write_text(
        f"{json.dumps(one)}\n{json.dumps(one | {'RequestedQPS': '7'})}"
    )
    for sides in (("two.json", "--mesh", "two.json"), ("two.json", "two.json", "--mesh", BASE)):
        notes = meshfit("compare", "--base", *sides, "--json").json["notes"]
        assert [each for each in notes if "holds" in each] == [
            "two.json holds 2 runs, and all count: --run N takes one"
        ]


def test_one_run_of_a_sweep_is_chosen_by_number_or_rate(meshfit, tmp_path):
    runs = [json.loads(BASE.read_text()), json.loads(BASE.read_text())]
    runs[1]["RequestedQPS"] = "4242"
    (tmp_path / "sweep.json").write_text("\n".join(json.dumps(each) for each in runs))
    for wanted in ("2", "4242/s"):
        ran = meshfit("compare", "--base", "sweep.json", "--mesh", BASE, "--run", wanted, "--json")
        (chosen,) = ran.json["runs"]["baseline"]
        assert chosen["requested_rps"] == 4242
    document = meshfit("compare", "--base", "sweep.json", "--mesh", BASE, "--run", "9")
    assert document.code == 2
    assert "holds 2 runs" in document.error
    whole = meshfit("compare", "--base", "sweep.json", "--mesh", BASE, "--json").json
    assert any("--run N takes one" in note for note in whole["notes"])


def test_a_sweep_is_told_in_few_lines_and_a_long_one_asks_for_a_run(meshfit, tmp_path):
    runs = [json.loads(BASE.read_text()) for _ in range(24)]
    for at, each in enumerate(runs):
        each["RequestedQPS"] = str(10_000 + 1000 * at)
    (tmp_path / "eight.json").write_text("\n".join(json.dumps(each) for each in runs[:8]))
    (tmp_path / "all.json").write_text("\n".join(json.dumps(each) for each in runs))
    document = meshfit("compare", "--base", "eight.json", "--mesh", BASE)
    assert document.code == 1
    assert document.out.count("measured") == 1
    assert "saturation: and 7 more like it" in document.out
    assert "--run N takes one" in document.out
    document = meshfit("compare", "--base", "all.json", "--mesh", BASE)
    assert document.code == 2
    assert "holds 24 runs: choose with --run 1 to 24" in document.error


def test_compare_writes_a_report_to_hand_on(meshfit, several, tmp_path):
    base, mesh = several
    sides = ("compare", "--base", *base, "--mesh", *mesh)
    ran = meshfit(*sides, "--report", "report.html")
    assert ran.code == 0
    assert "The report is in report.html." in ran.out
    page = (tmp_path / "report.html").read_text("utf-8")
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in page for path in (*base, *mesh))
    assert all(path.name in page for path in (*base, *mesh))
    assert str(tmp_path) not in page.split("<h2>Notes</h2>")[0]
    assert "<svg" in page
    assert "<script" not in page
    assert "wrk2: wrk2, a load tester." in page
    scripted = meshfit(*sides, "--report", "again.html", "--json")
    assert scripted.json == meshfit(*sides, "--json").json
    assert (tmp_path / "again.html").exists()


def test_a_report_of_refused_runs_says_why_and_a_name_is_text(meshfit, tmp_path):
    named = tmp_path / "<script>alert(1)<&.txt"
    named.write_bytes(WRK.read_bytes())
    ran = meshfit("compare", "--base", BASE, "--mesh", named, "--report", "report.html")
    assert ran.code == 1
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "Why these runs cannot be compared" in page
    assert "&lt;script&gt;alert(1)&lt;&amp;.txt" in page
    assert "<script" not in page


def test_a_report_is_not_written_over_a_result_or_into_nowhere(meshfit, tmp_path):
    (tmp_path / "base.json").write_bytes(BASE.read_bytes())
    sides = ("compare", "--base", "base.json", "--mesh", MESH, "--report")
    for page, sentence in (
        ("./base.json", "base.json is one of the results: name another file to write."),
        ("no/such/folder.html", "no/such/folder.html cannot be written"),
        (".", "cannot be written"),
    ):
        ran = meshfit(*sides, page)
        assert (ran.code, ran.out) == (2, "")
        assert sentence in ran.error
    assert (tmp_path / "base.json").read_bytes() == BASE.read_bytes()
