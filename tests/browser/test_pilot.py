"""The pilot in a window: planned, sealed, measured with real files, judged, told in the thread."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open
from tests.browser.window import Window

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).parents[1] / "loadtests" / "samples"
WITHOUT = SAMPLES / "fortio_json_by_nighthawk" / "made-1.json"
WITH = SAMPLES / "fortio_json_by_nighthawk" / "made-2.json"
UNLIKE = SAMPLES / "fortio_json" / "made-1.json"
HOSTILE = "<b>pay</b> <!here> & co"
PILOT = "Service mesh pilot"


def plans(window: Window, *services: str) -> None:
    """Both pages of the plan; of two drivers one stays."""
    window.presses("Plan", window.message(PILOT)).shows("Plan 1 of 2: the aim")
    window.picks("Traffic control").picks("Zero trust")
    other = window.modal.get_by_role("radio", name="Traffic control", exact=True)
    expect(other).not_to_be_checked()
    for label, value in {
        "The one number that shows it worked": "95 % of calls use workload identity",
        "Where that number stands today": "10",
        "Where it should be afterwards": "95",
        "Its unit": "%",
    }.items():
        window.fills(label, value)
    window.chooses("Mesh, and where its proxy runs", "Istio, one proxy per node")
    window.presses("Save and go on").shows("Plan 2 of 2: the slice")
    for at, name in enumerate(services, 1):
        if window.modal.get_by_label(f"Service {at}").count() == 0:
            turns(window)
        window.fills(f"Service {at}", name)
    while window.modal.get_by_role("button", name="Save the plan").count() == 0:
        turns(window)
    window.picks("Yes").presses("Save the plan").has_no_modal()


def turns(window: Window) -> None:
    """On to the next step of a long form."""
    place = window.modal.get_by_text(re.compile(r"^Step \d+ of \d+\."))
    at = place.inner_text()
    window.presses("Next")
    expect(place).not_to_have_text(at)


def drops(window: Window, service: str, without: Path, with_: Path) -> None:
    """Give the form a file for each side, and save."""
    window.says("/meshfit measure").shows("Measure")
    window.chooses("What was measured?", service).picks("Files of results")
    turns(window)
    window.uploads("Results without the mesh", without).uploads("Results with the mesh", with_)
    window.presses("Save")


def test_a_pilot_is_planned_sealed_measured_and_judged(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    ana.says("/meshfit pilot")
    plans(ana, "checkout", "ledger", "nightly")
    expect(ben.message(PILOT)).to_contain_text("3 services: checkout, ledger, nightly")

    ana.fits().presses("Budgets", ana.message(PILOT)).shows("Budgets").fits()
    ana.fills(re.compile("p95 latency, added .ms"), "8")
    turns(ana)
    ana.presses("Seal").has_no_modal()
    ben.opens_thread(PILOT)
    sealed = ben.replies.filter(has_text="Budgets, version 1")
    expect(sealed.get_by_role("row").filter(has_text="p95 latency, added").first).to_contain_text(
        "8 ms"
    )
    ben.fits()

    drops(ana, "ledger", WITHOUT, UNLIKE)
    ana.shows("These runs are unlike").fits()
    expect(ana.modal).to_contain_text("Different load testers: fortio and nighthawk")
    expect(ana.modal).to_contain_text(re.compile(r"Different concurrency: \d+ and \d+"))
    ana.presses("Close").has_no_modal()
    expect(ben.message(PILOT)).to_contain_text("Budgets sealed, version 1")
    expect(ben.message(PILOT)).not_to_contain_text("kept")

    drops(ana, "ledger", WITHOUT, WITH)
    expect(ana.modal).to_contain_text("Single observation: p95 22.11 → 27.93 ms")
    ana.fits().presses("Close").has_no_modal()
    expect(ben.message(PILOT)).to_contain_text("kept")

    ana.says("/meshfit verdict")
    judged(ana.last)
    ana.fits().presses("Post in the thread", ana.last)
    posted = ben.replies.filter(has_text="Pilot verdict")
    judged(posted)
    expect(posted).to_contain_text("Asked for by @ana")
    ben.fits()


def judged(verdict: Locator) -> None:
    """A verdict with what was measured in its table and its chart."""
    expect(verdict).to_contain_text("Pilot verdict: Stop")
    row = verdict.get_by_role("row").filter(has_text="p95 latency, added, ledger")
    expect(row).to_contain_text("5.82 ms")
    expect(row).to_contain_text("Pass, one run a side")
    chart = verdict.locator("figure")
    expect(chart).to_contain_text("Latency without and with the mesh")
    expect(chart).to_contain_text("27.9")
    missing = verdict.locator(".block").filter(has_text="Missing, and who could supply it")
    expect(missing.last).to_contain_text("whoever does the drill: ")


def test_a_result_dropped_into_the_thread_is_put_to_use_by_a_colleague(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    ana.says("/meshfit pilot")
    plans(ana, "checkout", "ledger", "nightly")
    for window in (ana, ben):
        window.opens_thread(PILOT)
    ana.page.locator("#thread-composer input[type=file]").set_input_files(WITHOUT)
    ana.says("", composer="thread-composer")
    offer = ben.replies.filter(has_text="p95 22.1")
    ben.presses("Use in a pilot", offer).shows("Use in a pilot")
    ben.chooses("Which service?", "ledger").picks("Without the mesh").presses("Use it")
    expect(ben.modal).to_contain_text("A run with the mesh is still needed")


def test_of_a_sweep_one_run_is_chosen_and_the_report_lies_in_the_thread(
    opens: Open, tmp_path: Path
) -> None:
    ana, ben = opens("ana"), opens("ben")
    ana.says("/meshfit pilot")
    plans(ana, "checkout", "ledger", "nightly")
    sweep = tmp_path / "sweep.json"
    sweep.write_bytes(WITHOUT.read_bytes() + WITHOUT.with_name("made-3.json").read_bytes())
    drops(ana, "ledger", sweep, WITH)
    ana.shows("Which run?")
    expect(ana.modal).to_contain_text("sweep.json (2 runs)")
    ana.chooses("The run without the mesh, of sweep.json", "1: asked for 20/s").presses("Compare")
    expect(ana.modal).to_contain_text("Single observation: p95 22.11 → 27.93 ms")
    ana.presses("Post a report in the thread")
    expect(ana.modal).to_contain_text("The report is in the pilot's thread")
    ben.opens_thread(PILOT)
    posted = ben.replies.filter(has_text="as a page to hand on")
    expect(posted).to_contain_text("ledger: without the mesh and with it")


def test_a_hostile_service_is_only_text(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    ana.says("/meshfit pilot")
    plans(ana, HOSTILE, "ledger", "nightly")
    drops(ana, HOSTILE, WITHOUT, WITH)
    expect(ana.modal).to_contain_text(HOSTILE)
    ana.presses("Close").has_no_modal()
    ana.says("/meshfit verdict")
    expect(ana.last).to_contain_text("No budgets are sealed yet.")
    ben.opens_thread(PILOT)
    for window in (ana, ben):
        expect(window.message(PILOT)).to_contain_text(HOSTILE)
        assert window.page.locator("b", has_text="pay").count() == 0
        assert window.page.locator(".mention", has_text="@here").count() == 0
    expect(ben.replies.filter(has_text="The plan")).to_contain_text(HOSTILE)
