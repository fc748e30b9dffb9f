"""Runs that are chosen of a file with several tests, and the report of runs to hand on."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser
from pathlib import Path

from bot.blocks.sent import RUN
from playground.people import Person
from playground.slack import Slack
from playground.surfaces import ShownMessage
from tests.gathered import path
from tests.journeys.house import House
from tests.journeys.pilots import (
    checklist,
    drops,
    layered,
    measures,
    plans,
    sample,
    seals,
    types_figures,
)
from tests.journeys.story import aside, modal
from tests.loadtests.made import fortio_run

NIGHTHAWK = "fortio_json_by_nighthawk"
BASE, MESH = f"{NIGHTHAWK}/made-1.json", f"{NIGHTHAWK}/made-2.json"


def sweep() -> tuple[str, bytes]:
    """Two tests in one file: at 20/s and at 600/s."""
    one, two = (path(f"{NIGHTHAWK}/made-{at}.json").read_bytes() for at in (1, 3))
    return ("sweep", one + b"\n" + two)


def drops_sweep(person: Person, with_: list[str]) -> None:
    """The sweep without the mesh, and what was run with it."""
    measures(person, "ledger", "files")
    person.uploads("files.baseline", [sweep()])
    person.uploads("files.mesh", [sample(each) for each in with_])
    person.submits()
    modal(person)


def options(person: Person, block: str) -> list[str]:
    return [each["text"]["text"] for each in modal(person).find(block).element["options"]]


def test_of_a_sweep_that_was_dropped_one_run_is_chosen(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops_sweep(ana, [MESH])
    assert modal(ana).title == "Which run?"
    assert "*sweep* (2 runs)" in modal(ana).all_text
    assert "Beside them, as they are: result." in modal(ana).all_text
    first, second = options(ana, f"{RUN}.0")
    assert first.startswith("1: asked for 20/s")
    assert second.startswith("2: asked for 600/s")
    ana.submits()
    assert modal(ana).title == "Which run?"  # Slack's own client asks for the choice
    ana.chooses(f"{RUN}.0", "1")
    ana.submits()
    assert "1 run without the mesh, 1 run with it" in modal(ana).all_text
    assert "p95:" in modal(ana).all_text
    assert "unlike" not in modal(ana).title


def test_nothing_of_a_sweep_counts_before_a_run_is_chosen(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops_sweep(ana, [])
    ana.closes()
    drops(ana, "ledger", [], [MESH])
    assert "0 runs without the mesh, 1 run with it" in modal(ana).all_text


def test_the_wrong_run_of_a_sweep_is_unlike_and_begun_anew(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops_sweep(ana, [MESH])
    ana.chooses(f"{RUN}.0", "2")
    ana.submits()
    assert "Different rates" in modal(ana).all_text
    ana.closes()
    measures(ana, "ledger", "files")
    ana.uploads("files.baseline", [sweep()])
    ana.chooses("earlier", "anew")
    ana.submits()
    modal(ana)
    ana.chooses(f"{RUN}.0", "1")
    ana.submits()
    assert "1 run without the mesh, 0 runs with it" in modal(ana).all_text


def test_of_a_sweep_that_was_sent_one_run_is_used(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.dms("the sweep", files=[sweep()])
    ana.presses("Use in a pilot", on=ana.sees("dm")[-1].thread[-1])
    services = modal(ana).find("pilot").element["options"]
    ana.chooses("pilot", {each["text"]["text"]: each["value"] for each in services}["ledger"])
    ana.chooses("side", "mesh")
    assert [each[:2] for each in options(ana, f"{RUN}.0")] == ["1:", "2:"]
    ana.chooses(f"{RUN}.0", "2")
    ana.submits()
    assert "0 runs without the mesh, 1 run with it" in modal(ana).all_text


def test_runs_of_one_test_are_offered_together_and_one_by_one(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    ana.dms("", files=[sample("fortio_json/made-2.json")])
    ana.presses("Use in a pilot", on=ana.sees("dm")[-1].thread[-1])
    assert options(ana, f"{RUN}.0")[0] == "All 3, as runs of one test"
    assert modal(ana).value(f"{RUN}.0") == "all"
    drops(ana, "ledger", ["fortio_json/made-2.json"], [])
    assert "3 runs without the mesh" in modal(ana).all_text


def sent(hour: int, kept_alive: bool) -> bytes:
    """A run whose file says whether connections were kept."""
    return fortio_run(20, hour, DisableKeepAlive=not kept_alive)


def test_runs_that_were_sent_otherwise_are_refused_and_set_aside_with_a_reason(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    measures(ana, "ledger", "files")
    ana.uploads("files.baseline", [("bare", sent(8, kept_alive=False))])
    ana.uploads("files.mesh", [("meshed", sent(9, kept_alive=True))])
    ana.submits()
    differs = (
        "Different settings: keep-alive no without the mesh, yes with it. Send both sides in the "
        "same way."
    )
    assert modal(ana).title == "These runs are unlike"
    assert f"Not compared, because of 1 difference:*\n• {differs}" in modal(ana).all_text
    assert "repeat the runs alike, or override it with a reason" in modal(ana).all_text
    ana.chooses("refusal", "settings")
    ana.fills("reason", "the proxy keeps its own connections in any case")
    ana.submits()
    aside_text = f"the proxy keeps its own connections in any case. What differs: {differs}"
    assert modal(ana).title == "Measure"
    assert f"Overridden, settings: {aside_text}" in modal(ana).all_text
    ana.presses("Post a report in the thread")
    text = report(checklist(ben).thread[-1]).text
    assert "the proxy keeps its own connections in any case" in text
    assert differs in text
    (line,) = (each.text for each in checklist(ben).thread if "*Measured:*" in each.text)
    assert line.endswith(
        f"with a reason: {differs} (the proxy keeps its own connections in any case)"
    )
    assert "Measured again" not in line
    ana.closes()
    ana.types("/meshfit verdict", in_="payments")
    assert f"Unlike runs were compared, with a reason: {differs}" in aside(ana).all_text


def test_runs_of_one_file_that_were_sent_otherwise_are_told_apart_in_the_choice(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    measures(ana, "ledger", "files")
    both = b"\n".join(sent(hour, kept_alive=hour > 8) for hour in (8, 10))
    ana.uploads("files.baseline", [("both", both)])
    ana.uploads("files.mesh", [("meshed", sent(9, kept_alive=True))])
    ana.submits()
    assert options(ana, f"{RUN}.0") == [
        f"{at}: asked for 16.7/s, keep-alive {kept}, p95 20.1 ms"
        for at, kept in ((1, "no"), (2, "yes"))
    ]
    ana.chooses(f"{RUN}.0", "2")
    ana.submits()
    assert modal(ana).title == "Measure"
    assert "settings" not in modal(ana).all_text


def repeated(name: str) -> list[tuple[str, bytes]]:
    """Three runs of one test, apart in their mean."""
    run = json.loads(path(name).read_text())
    runs = []
    for at in range(3):
        run["DurationHistogram"]["Avg"] *= 1 + at / 1000
        runs.append((f"run-{at}", json.dumps(run).encode()))
    return runs


def test_how_many_runs_are_needed_is_said_of_what_was_sealed(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    for first, upto, limit in ((0, 2, "3.317"), (2, 3, "0.5")):
        measures(ana, "ledger", "files", again="a third run" if first else "")
        ana.uploads("files.baseline", repeated(BASE)[first:upto])
        ana.uploads("files.mesh", repeated(MESH)[first:upto])
        ana.submits()
        assert f"4 runs a side would find the budgeted {limit} ms" in modal(ana).all_text
        ana.closes()
        if first == 0:
            seals(ana, p95_added=0.5)


def test_a_saving_says_that_its_figures_were_read_off_a_histogram(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    measures(ana, "ledger", "files")
    ana.uploads("files.baseline", [("bare", fortio_run(20, 8))])
    ana.uploads("files.mesh", [("meshed", fortio_run(30, 9))])
    ana.submits()
    assert "p95: ≈ 20.1 → ≈ 30.1 ms (+49.8 %)" in modal(ana).all_text
    assert "whole run: p50 cannot be told apart, between 10 and 10.1 ms" in modal(ana).all_text
    ana.closes()
    (line,) = (each.text for each in checklist(ben).thread if "*Measured:*" in each.text)
    assert "from bare, meshed (fortio, 2 runs, read off a histogram)." in line


def one_bucket(mean_s: float, hour: int) -> bytes:
    """A thousand answers of which Fortio only says that they took 0.035 to 1 ms."""
    row = {"Start": 0.000035, "End": 0.001, "Percent": 100, "Count": 1000}
    held = {"Count": 1000, "Min": 0.000035, "Max": 0.001, "Avg": mean_s, "Data": [row]}
    return fortio_run(20, hour, DurationHistogram=held)


def test_a_budget_inside_one_bucket_is_not_judged_and_one_that_holds_all_of_it_is_kept(
    slack: Slack,
):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    seals(ana, p50_added=0.5)
    measures(ana, "ledger", "files")
    ana.uploads("files.baseline", [("bare", one_bucket(0.00016, 8))])
    ana.uploads("files.mesh", [("meshed", one_bucket(0.00048, 9))])
    ana.submits()
    assert "Cannot tell: p50, p90, p95 and p99 lie between 0.035 and 1 ms" in modal(ana).all_text
    ana.closes()
    (line,) = (each.text for each in checklist(ben).thread if "*Measured:*" in each.text)
    assert "p50 ledger: between -0.965 and +0.965 ms (not settled)" in line
    ben.types("/meshfit verdict", in_="payments")
    aside_text = aside(ben).all_text
    assert (
        "Not measured finely enough: the mesh adds between -0.965 and +0.965 ms; a run of F"
        in aside_text
    )
    assert "At the least favourable ends of its ranges too: Within the limit." in aside_text


class Page(HTMLParser):
    """A page's elements and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags = set[str]()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def report(said: ShownMessage) -> Page:
    [file] = said.message.files
    return Page(said.world.files[file].content.decode())


def test_a_report_of_the_runs_is_posted_in_the_pilot_s_thread(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", [BASE], [MESH], endpoint="POST <b>/pay")
    verdict = modal(ana).all_text
    ana.presses("Post a report in the thread")
    assert "in the pilot's thread" in modal(ana).all_text
    line = checklist(ben).thread[-1]
    assert line.files == ["runs-ledger-post-b-pay.html"]
    assert "asked for by <@U0ANA>" in line.text
    assert "&lt;b&gt;" in line.text
    page = report(line)
    assert {"svg", "table"} <= page.tags
    assert not {"script", "img", "b"} & page.tags
    assert "ledger POST <b>/pay: without the mesh and with it" in page.text
    assert "Its goal: 95 % of east-west calls use workload identity." in page.text
    assert "Runs without the mesh (baseline): 1. With it (mesh): 1." in page.text
    assert "SHA-256" not in page.text
    assert "ingle observation" in verdict
    assert "Single observation" in page.text


def test_a_report_of_refused_runs_says_why_and_what_was_set_aside(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", [BASE], ["fortio_json/made-1.json"])
    ana.presses("Post a report in the thread")
    assert "Why these runs cannot be compared" in report(checklist(ben).thread[-1]).text
    ana.closes()
    drops(ana, "ledger", [BASE], ["fortio_json/made-1.json"])
    ana.chooses("refusal", "tool")
    ana.fills("reason", "both read the same histogram <script>")
    ana.submits()
    aside = "Overridden, tool: both read the same histogram <script>. What differs: "
    assert aside in html.unescape(modal(ana).all_text)
    ana.presses("Post a report in the thread")
    page = report(checklist(ben).thread[-1])
    assert "both read the same histogram <script>" in page.text
    assert "script" not in page.tags


def test_one_side_alone_has_no_report(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    plans(ana, ben)
    drops(ana, "ledger", [BASE], [])
    assert "Post a report in the thread" not in modal(ana).buttons


P99 = """budgets:
  p99_added:
    label: p99 latency, added
    hint: Per endpoint, in ms.
    metric: p99
    change: absolute
    unit: ms
    limit: 5
    supplied_by: whoever runs the load test
    source: meshfit
"""


def test_p99_is_judged_where_the_pack_budgets_it(house: House, tmp_path: Path):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    house.restart(layered(tmp_path / "ours", P99))
    plans(ana, ben)
    seals(ana, p99_added=5)
    drops(ana, "ledger", [BASE], [MESH])
    ana.closes()
    ana.types("/meshfit verdict", in_="payments")
    cells = aside(ana).all_text.splitlines()
    row = cells[cells.index("p99 latency, added, ledger") :][:6]
    assert any(each.startswith("9.41 ms") for each in row), row
    assert any(each.startswith("Fail") for each in row), row


def test_p99_can_be_typed_where_it_is_budgeted(house: House, tmp_path: Path):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    plans(ana, ben)
    measures(ana, "ledger", "figures")
    assert not modal(ana).has("p99.baseline")
    ana.closes()
    house.restart(layered(tmp_path / "ours", P99))
    seals(ana, p99_added=5)
    types_figures(ana, "ledger", p99=("40", "41"))
    assert ana.modal is None
    ana.types("/meshfit verdict", in_="payments")
    cells = aside(ana).all_text.splitlines()
    assert "1 ms" in cells[cells.index("p99 latency, added, ledger") :][:6]
