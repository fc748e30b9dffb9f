"""Who is named answers in their own messages; a record is confirmed; a form goes step by step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_pilot import plans
from tests.browser.test_story import CARD, walks_the_quick_path
from tests.browser.window import Window

pytestmark = pytest.mark.browser
WIDTHS = [1280, 390]
PILOT = "Service mesh pilot"


def of(opens: Open, who: str, width: int, place: str = "payments") -> Window:
    return opens(who, place, viewport={"width": width, "height": 800})


def fits(window: Window, width: int) -> None:
    """Nothing is so wide that a reader has to scroll sideways."""
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_who_is_named_says_no_directly_and_a_record_is_confirmed_below_it(
    opens: Open, width: int
) -> None:
    ana = of(opens, "ana", width)
    walks_the_quick_path(ana)
    ana.presses("Share in channel").has_no_modal()
    ana.presses("Find an owner", ana.message(CARD))
    ana.chooses("Who would run the mesh?", "Ben Okafor").presses("Ask them").has_no_modal()

    ben = of(opens, "ben", width, "dm")
    expect(ben.last).to_contain_text("@ana named you as the one who would run the mesh")
    fits(ben, width)
    ben.presses("Not me", ben.last).shows("Not me")
    fits(ben, width)
    ben.fills("Why not?", "On leave until March").presses("Say no").has_no_modal()
    expect(ben.last).to_contain_text("You said that you will not run the mesh")
    expect(ben.last).to_contain_text("Why: On leave until March")

    ana.says("/meshfit record")
    ana.opens_thread(CARD)
    waits = ana.replies.filter(has_text="was written as proposed")
    expect(waits).to_contain_text("If you know that it was decided so, press Confirm")
    fits(ana, width)
    ana.presses("Confirm", waits)
    expect(ana.replies.filter(has_text="Its file follows as accepted")).to_contain_text(
        "Confirmed by @ana"
    )
    expect(ana.message(CARD)).to_contain_text("(@ana)")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_form_in_steps_keeps_what_was_filled_in_on_the_way_back(opens: Open, width: int) -> None:
    ana = of(opens, "ana", width)
    field = re.compile("p95 latency, added .ms")
    ana.says("/meshfit pilot")
    plans(ana, "checkout", "ledger", "nightly")
    ana.presses("Budgets", ana.message(PILOT)).shows("Budgets")
    expect(ana.modal).to_contain_text("Step 1 of 2. Nothing is saved before the last.")
    ana.fills(field, "8")
    fits(ana, width)
    ana.presses("Next")
    expect(ana.modal).to_contain_text("Step 2 of 2.")
    fits(ana, width)
    ana.presses("Back")
    expect(ana.modal).to_contain_text("Step 1 of 2.")
    expect(ana.modal.get_by_label(field).first).to_have_value("8")
