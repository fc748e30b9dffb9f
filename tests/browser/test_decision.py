"""A team's decision before several people: a round, what leads see, the report on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bot.domain.pack import Pack
from bot.domain.team import OWNER
from playground.command import opened
from playground.slack import Slack
from playground.world import User
from tests.browser.conftest import Open
from tests.browser.window import Window
from tests.journeys.house import House
from tests.journeys.pilots import drops, plans, seals
from tests.journeys.story import QUICK, changes, shares_quick_path
from tests.journeys.test_digest import names
from tests.journeys.test_life import moves
from tests.journeys.test_review import BASE, MESH, reported

pytestmark = pytest.mark.browser

IN_NOVEMBER = datetime(2026, 11, 20, 10, tzinfo=UTC)
IN_DECEMBER = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
FIVE = ("ana", "ben", "cleo", "dora", "finn")


@pytest.fixture
def house(pack: Pack, tmp_path: Path) -> Iterator[House]:
    """meshfit with a clock that a story moves, led by Cleo, and five people in the channel."""
    db = tmp_path / "decision.db"
    with opened(0, db) as slack:
        for name in FIVE[3:]:
            user = User(f"U0{name.upper()}", name, name.title(), slack.world.team)
            slack.world.users[user.id] = user
            room = slack.world.channels["C0PAYMENTS"]
            slack.world.channels[room.id] = replace(room, members=room.members | {user.id})
        house = House(slack, pack, db)
        moves(house, IN_NOVEMBER)
        house.settings = house.settings.model_copy(update={"leads": "U0CLEO"})
        house.open()
        slack.patient = True
        try:
            yield house
            slack.settle()
        finally:
            house.close()
    assert slack.faults == []


@pytest.fixture
def slack(house: House) -> Slack:
    return house.slack


def answers(window: Window, pack: Pack, owner: str) -> None:
    """Both pages of a round, by the words on the screen."""
    window.presses("Give my answers", window.message("for their own answers"))
    for page, done in ((QUICK["need"], "Next"), (QUICK["hold"], "Hand in")):
        window.shows("Your own answers")
        for name, usual in page.items():
            question, value = pack.questions[name], owner if name == OWNER else usual
            (said,) = (each.text for each in question.options if each.code == value)
            window.chooses(question.label, said)
        window.presses(done)
    expect(window.modal).to_contain_text("Your answers are in.")


def test_five_people_answer_each_unseen_by_the_others(opens: Open, pack: Pack) -> None:
    ana, *others = [opens(name) for name in FIVE]
    ana.says("/meshfit round").shows("Ask the others")
    ana.presses("Ask them").has_no_modal()
    for at, window in enumerate(others, 1):
        answers(window, pack, "planned" if at < 4 else "none")
        expect(ana.message("for their own answers")).to_contain_text(f"{at} ")
        expect(ana.page.locator("#messages")).not_to_contain_text("agreed")
    ana.presses("Close now", ana.message("for their own answers"))
    ana.page.locator("#confirm").get_by_role("button", name="Close it").click()
    expect(ana.message("for their own answers")).to_contain_text("Closed: 4 people have answered")
    ana.opens_thread("Should we add a service mesh?")
    came = ana.replies.filter(has_text="A round closed by")
    expect(came).to_contain_text("Owner: 3 of 4 alike")
    ana.fits().presses("Take this one: agreed", came)
    expect(came).to_contain_text("The team's answer: agreed")


def test_a_lead_reads_the_table_and_the_digest(opens: Open, house: House) -> None:
    ana, ben, cleo = (house.slack.person(name) for name in FIVE[:3])
    shares_quick_path(ana)
    shares_quick_path(ben, "platform", platform_owner="named")
    names(cleo, "C0PLATFORM")
    changes(ana, platform_owner="named")
    moves(house, IN_DECEMBER)
    house.restart()
    assert house.relay.settle()
    lead = opens("cleo", "platform")
    told = lead.fits().message("what changed at the teams")
    expect(told).to_contain_text("Pilot first, then decide")
    expect(told).to_contain_text("was Not yet: nobody would run it")
    lead.says("/meshfit teams")
    table = lead.last.locator("table").first
    expect(table).to_contain_text("#payments")
    expect(lead.last).to_contain_text("Only visible to you")
    lead.fits().says("/meshfit platform").shows("For the platform").fits()
    other = opens("ben", "platform").says("/meshfit teams")
    expect(other.last).to_contain_text("@cleo (a lead)")


def test_the_report_prints_on_paper_whole(browser: Browser, slack: Slack, tmp_path: Path) -> None:
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, services=60, observability="yes")
    plans(ana, ben)
    seals(ana, p95_added=8)
    drops(ana, "ledger", [BASE], [MESH], endpoint="POST /pay")
    ana.closes()
    file = tmp_path / "report.html"
    file.write_text(reported(ana), "utf-8")
    context = browser.new_context()
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    cut = """[...document.querySelectorAll("td, th, svg")].filter(
        each => each.getBoundingClientRect().right > 794).length"""
    assert page.evaluate(cut) == 0, "nothing is cut off at the edge of the paper"
    paper = page.pdf(format="A4")
    context.close()
    assert asked == [file.as_uri()], "nothing is fetched"
    assert paper.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert 3 <= pages <= 12
