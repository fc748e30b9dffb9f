"""A newcomer's story, from `/meshfit` to a team that differs, in two windows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.window import Window

pytestmark = pytest.mark.browser

NEED = {
    "Must every call": "Yes, today",
    "Do many services": "Yes, today",
    "Do metrics and traces": "No",
    "Must one policy": "No",
}
HOLD = {
    "Where is the trouble": "Between services",
    "Can one team": "No",
    "Who would run": "Nobody",
    "Could you measure": "Yes, today",
}
CARD = "Should we add a service mesh? "


def walks_the_quick_path(window: Window, **changes: str) -> None:
    window.says("/meshfit assess").shows("1 of 2: What you need")
    for question, answer in NEED.items():
        window.chooses(re.compile(question), answer)
    window.presses("Next").shows("2 of 2: Reasons to wait")
    for question, answer in {**HOLD, **changes}.items():
        window.chooses(re.compile(question), answer)
    window.presses("See my result").shows("Your quick result")


@pytest.mark.parametrize("slack", [False, True], ids=["http", "socket"], indirect=True)
def test_from_the_first_word_to_a_team_that_differs(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")

    ana.says("/meshfit")
    expect(ana.last).to_contain_text("Only visible to you")
    ana.presses("Start", ana.last).shows("1 of 2: What you need")
    ana.presses("Close").has_no_modal()

    walks_the_quick_path(ana)
    expect(ana.fits().modal).to_contain_text("Not yet: nobody would run it")
    expect(ben.messages).to_have_count(0)

    ana.presses("Share in channel").has_no_modal()
    expect(ana.message(CARD)).to_contain_text("Not yet")
    ana.fits()
    turn = "What if: Owner: named → Pilot first"
    expect(ben.message(CARD)).to_contain_text(turn)

    ana.presses("What if", ana.message(CARD))
    expect(ana.last).to_contain_text("What would change “Not yet”")
    ana.fits()

    ana.presses("Find an owner", ana.message(CARD)).shows("Find an owner").fits()
    ana.chooses("Who would run the mesh?", "Ben Okafor").presses("Ask them").has_no_modal()
    expect(ben.message(CARD)).to_contain_text("@ben was asked by @ana and has not answered")

    ben.opens_thread(CARD)
    asked = ben.fits().replies.filter(has_text="I own this")
    ben.presses("I own this", asked)
    expect(ana.message(CARD)).to_contain_text("Pilot first, then decide")
    expect(ana.message(CARD)).not_to_contain_text("has not accepted")

    ben.goes_to("ben", "payments")
    walks_the_quick_path(ben, **{"Who would run": "Nobody"})
    ben.picks("Change the team's answer").fits().presses("Share in channel").has_no_modal()
    expect(ana.message(CARD)).to_contain_text("Not yet")

    turned = ana.message("Also sent to the channel")
    expect(turned).to_contain_text("Pilot first, then decide → Not yet")
    ana.fits().presses("Undo", turned)
    expect(ana.message(CARD)).to_contain_text("Pilot first, then decide")
    expect(ben.message(CARD)).to_contain_text("Pilot first, then decide")


def test_a_question_asked_three_ways(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    answer = "A service mesh is a layer"

    ana.says("/meshfit ask what is a service mesh?")
    expect(ana.last).to_contain_text(answer)
    expect(ana.last).to_contain_text("Only visible to you")
    expect(ben.messages).to_have_count(0)

    ana.says("@meshfit what is a service mesh?")
    expect(ben.message("what is a service mesh?")).to_contain_text("1 reply")
    ben.opens_thread("what is a service mesh?")
    expect(ben.replies.last).to_contain_text(answer)

    ana.goes_to("ana", "dm").says("what is a service mesh?")
    expect(ana.last).to_contain_text(answer)
    ana.presses("Helpful", ana.last)
    ana.says("wie spät ist es?")
    expect(ana.last).to_contain_text("I don't know that.")
    ana.fits()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_hours_to_run_it_are_worked_out_in_place(opens: Open, width: int) -> None:
    ana = opens("ana", viewport={"width": width, "height": 800})
    field = re.compile("How many hours a month would running the mesh take")
    walks_the_quick_path(ana, **{"Who would run": "A named owner"})
    ana.presses("Go deeper").shows("3 of 7: Your platform")
    ana.presses("Next").shows("4 of 7: Hours a month")
    ana.fills(re.compile("How many incidents a month"), "2")
    ana.presses("Work it out").shows("Hours to run a mesh")
    expect(ana.modal).to_contain_text("18.7 hours a month")
    ana.fills(re.compile("Upgrades: how many upgrades a year"), "12")
    ana.fills(re.compile("Upgrades: how many hours each"), "3")
    wide = ana.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    ana.presses("Use the sum").shows("4 of 7: Hours a month")
    expect(ana.modal.get_by_label(field).first).to_have_value("17.7")
    expect(ana.modal.get_by_label(re.compile("How many incidents a month")).first).to_have_value(
        "2"
    )
    expect(ana.modal).to_contain_text("Derived: 12 upgrades a year")


def test_the_pilot_checklist_is_ticked_by_two(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    ana.says("/meshfit pilot")
    for who, step in ((ana, "Write down the problem"), (ben, "Choose a slice")):
        checklist = who.message("Service mesh pilot")
        row = checklist.locator(".block.section").filter(has_text=step)
        who.presses("Done", row)
        expect(row).to_contain_text(f"@{'ana' if who is ana else 'ben'}")
    for who in (ana, ben):
        expect(who.message("Service mesh pilot")).to_contain_text("0 of 5 steps done")


def test_home_tells_what_waits(opens: Open) -> None:
    ana = opens("ana")
    walks_the_quick_path(ana)
    ana.presses("Share in channel").has_no_modal()
    ana.presses("Find an owner", ana.message(CARD))
    ana.chooses("Who would run the mesh?", "Ben Okafor").presses("Ask them").has_no_modal()
    ben = opens("ben", "home")
    home = ben.page.locator("#home")
    expect(home).to_contain_text("Teams in which I took part")
    ben.fits()
    ben.presses("I own this", home)
    expect(ana.message(CARD)).to_contain_text("Pilot first, then decide")
    expect(ana.message(CARD)).not_to_contain_text("has not accepted yet")
    expect(home).not_to_contain_text("Waits for you")
    ben.fits()


def test_an_error_stands_beside_its_field(opens: Open) -> None:
    ana = opens("ana")
    ana.says("/meshfit assess").shows("1 of 2: What you need")
    ana.chooses(re.compile("Must every call"), "Yes").presses("Next")
    field = ana.modal.get_by_label(re.compile("Do many services"))
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(ana.modal.locator(".block.input").nth(1)).to_contain_text("complete this required")
    expect(ana.modal.get_by_label(re.compile("Must every call"))).to_have_value("yes")


def test_a_hostile_note_is_only_text(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    hostile = "<script>document.title='taken'</script> <!channel> *bold* <https://evil.example|hi>"
    walks_the_quick_path(ana)
    ana.presses("Share in channel").has_no_modal()
    ana.presses("Change answers", ana.message(CARD)).shows("Change answers")
    ana.presses("Change").shows("Change one answer")
    ana.fills(re.compile("^Note"), hostile).presses("Save").has_no_modal()
    ana.says(hostile)
    for window in (ana, ben):
        window.opens_thread(CARD)
        expect(window.page.locator("body")).to_contain_text(
            "<script>document.title='taken'</script>"
        )
        expect(window.page).not_to_have_title("taken")
        assert window.page.get_by_role("link", name="hi", exact=True).count() == 0
        assert window.page.locator(".mention", has_text="@channel").count() == 0
