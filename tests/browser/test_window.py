"""What a window is like to use: keys, tour, light and dark, narrow screens, traffic, speed."""

from __future__ import annotations

import re
import statistics

import pytest
from playwright.sync_api import expect

from playground.slack import Slack
from tests.browser.conftest import Open
from tests.browser.window import Window

pytestmark = pytest.mark.browser

FIRST_PAINT = """new Promise((seen) =>
  new PerformanceObserver((list) => seen(list.getEntries().at(-1).startTime))
    .observe({ type: "paint", buffered: true }))"""
SIZES = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}


def test_messages_arrive_in_the_other_window(opens: Open) -> None:
    ana, ben = opens("ana"), opens("ben")
    ana.says("good morning")
    expect(ben.last).to_contain_text("good morning")
    box = ben.page.locator("#composer-text")
    box.fill("half a sentence")
    ana.says("one more")
    expect(ben.last).to_contain_text("one more")
    expect(box).to_have_value("half a sentence")
    assert ben.page.evaluate("document.activeElement.id") == "composer-text"


def test_what_was_missed_is_marked(opens: Open) -> None:
    ben, ana = opens("ben", "platform"), opens("ana")
    link = ben.page.get_by_role("link", name="payments")
    ana.says("look here")
    expect(link).to_have_class("unseen")
    link.click()
    expect(ben.last).to_contain_text("look here")
    expect(link).not_to_have_class("unseen")


def test_keys_do_what_keys_do(opens: Open) -> None:
    ana = opens("ana")
    box = ana.page.locator("#composer-text")
    expect(box).to_be_focused()
    box.press_sequentially("/mesh")
    expect(ana.page.locator(".commands")).to_contain_text("/meshfit")
    box.fill("two")
    box.press("Shift+Enter")
    box.press_sequentially("lines")
    box.press("Enter")
    expect(ana.last).to_contain_text("two")
    expect(ana.last).to_contain_text("lines")

    ana.says("/meshfit assess").shows("1 of 2: What you need")
    fields = ana.modal.locator("[data-field]")
    for place in range(fields.count()):
        expect(fields.nth(place)).to_be_focused()
        ana.page.keyboard.press("Tab")
    for name in ("Close", "Next"):
        expect(ana.modal.get_by_role("button", name=name, exact=True).last).to_be_focused()
        ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Escape")
    ana.has_no_modal()
    expect(box).to_be_focused()


def test_every_field_has_its_label(opens: Open) -> None:
    ana = opens("ana")
    ana.says("/meshfit assess").shows("1 of 2: What you need")
    for label in ana.modal.locator("label.label").all():
        field = ana.modal.get_by_label(label.inner_text(), exact=True)
        expect(field).to_have_count(1)
        expect(field).to_have_accessible_description(re.compile(r"\w+"))


def test_the_tour_takes_five_steps_and_stays_away(opens: Open) -> None:
    ana = opens("ana", toured=False)
    tour = ana.page.get_by_role("region", name="Tour")
    expect(tour).to_contain_text("1 of 5")
    for step in range(2, 6):
        ana.presses("Next", tour)
        expect(tour).to_contain_text(f"{step} of 5")
    ana.presses("Done", tour)
    expect(tour).to_be_hidden()
    ana.page.reload()
    expect(ana.page.locator("#composer-text")).to_be_focused()
    expect(tour).to_be_hidden()
    ana.presses("Tour", ana.page.locator("#sidebar"))
    ana.presses("Close the tour", tour)
    expect(tour).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", ["payments", "dm", "home", "partners"])
def test_nothing_is_wider_than_the_window(opens: Open, size: str, place: str) -> None:
    ana = opens("ana", place, viewport=SIZES[size])
    if place in ("payments", "dm"):
        ana.says("/meshfit tax")
        expect(ana.modal).to_be_visible()
    if place == "home":
        expect(ana.page.locator("#home")).to_contain_text("Try it for myself")
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert ana.page.evaluate(overflow) <= 0


def test_on_a_narrow_screen_the_places_are_behind_a_button(opens: Open) -> None:
    ana = opens("ana", viewport=SIZES["narrow"])
    channel = ana.page.get_by_role("link", name="platform")
    expect(channel).to_be_hidden()
    ana.presses("Menu", ana.page.locator("#sidebar"))
    channel.click()
    expect(ana.page).to_have_url(re.compile("/ana/platform$"))


def colours(window: Window) -> list[str]:
    style = "getComputedStyle(document.body)"
    return window.page.evaluate(f"[{style}.color, {style}.backgroundColor]")


def test_light_and_dark(opens: Open) -> None:
    light, dark = opens("ana", color_scheme="light"), opens("ana", color_scheme="dark")
    assert colours(light) != colours(dark)
    light.presses("Light or dark", light.page.locator("#sidebar"))
    assert colours(light) == colours(dark)
    light.page.reload()
    assert colours(light) == colours(dark)


def test_traffic_shows_both_sides_with_time(opens: Open) -> None:
    ana = opens("ana")
    ana.says("/meshfit help")
    expect(ana.last).to_contain_text("meshfit helps you decide")
    ana.presses("Traffic", ana.page.locator("#sidebar"))
    exchange = ana.page.locator("#exchanges details").filter(has_text="Slack → app").first
    expect(exchange).to_contain_text(re.compile(r"/meshfit\s+(< 1|\d+) ms\s+ok"))
    exchange.locator("summary").click()
    expect(exchange).to_contain_text('"text": "help"')
    expect(exchange).to_contain_text("Acknowledged with status 200")


def test_a_refusal_is_named_on_the_screen(opens: Open, slack: Slack) -> None:
    ana = opens("ana", "incidents")
    slack.fail_next("views.open", "fatal_error")
    ana.says("/meshfit assess")
    expect(ana.page.locator("#toasts")).to_contain_text("views.open: fatal_error")


def test_a_file_travels_both_ways(opens: Open) -> None:
    ana = opens("ana", "dm")
    content = {"name": "run.json", "mimeType": "application/json", "buffer": b"{}"}
    ana.page.locator("#composer input[type=file]").set_input_files(content)
    expect(ana.page.locator("#composer .picked")).to_have_text("run.json")
    ana.says("quarterly figures")
    link = ana.message("quarterly figures").locator("a.file")
    with ana.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "run.json"


def test_the_first_paint_takes_less_than_half_a_second(opens: Open) -> None:
    ana = opens("ana")
    ana.says("/meshfit help")
    times = []
    for _ in range(5):
        ana.goes_to("ana", "payments")
        times.append(ana.page.evaluate(FIRST_PAINT))
    assert statistics.median(times) < 500
