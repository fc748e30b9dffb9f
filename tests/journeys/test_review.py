"""The decision as one page for a review: everything that it rests on, and nothing that runs."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from playground.people import Person
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, drills, drops, plans, seals
from tests.journeys.story import card, changes, shares_quick_path

BASE, MESH = (f"fortio_json_by_nighthawk/made-{at}.json" for at in (1, 2))
HOURS = {
    "teams": 10,
    "incidents_per_month": 2,
    "hours_per_incident": 18,
    "drift_hours_per_team": 4,
    "mesh_hours_per_month": 24,
}
EVIL = "<script>alert(1)</script>\u202e<img src=x onerror=a>"


class Page(HTMLParser):
    """A page's elements with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.found}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def reported(person: Person) -> str:
    """`/meshfit report`, and the page that came of it."""
    person.types("/meshfit report", in_="payments")
    said = card(person).thread[-1]
    assert said.files == ["service-mesh.html"]
    return said.world.files[said.message.files[0]].content.decode()


def test_the_page_holds_the_decision_the_pilot_and_all_they_rest_on(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    changes(ben, services=60, observability="yes", **HOURS)
    plans(ana, ben)
    seals(ana, p95_added=8)
    drops(ana, "ledger", [BASE], [MESH], endpoint="POST /pay")
    ana.closes()
    drills(ana, "payroll", "mesh", 12)
    text = (page := Page(reported(ana))).text
    assert "Should this team add a service mesh?" in text
    for heading in (
        "For and against",
        "What stops it",
        "What Adopt takes",
        "Engineer hours a month",
        "Mesh or something simpler",
        "Alternatives",
        "What would change it",
        "Pilot",
        "Runs of ledger POST /pay",
        "Drills",
        "Owners",
        "Rollout",
        "What to do",
        "The answers",
        "Sources",
    ):
        assert heading in text, heading
    assert "Goal: 95 % of east-west calls use workload identity, today 10, aim 95 %" in text
    assert "22.11 → 27.93 ms" in text
    assert "U0ANA, U0BEN" in text
    assert "svg" in page.tags
    assert not {"script", "img", "link", "iframe"} & page.tags
    assert not [each for _, each in page.found if {"src", "href", "onclick"} & each.keys()]


def test_what_people_typed_is_text_on_the_page(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben, {EVIL[:60]: ["http"], "ledger": ["grpc"], "nightly": ["batch"]})
    page = Page(reported(ana))
    assert EVIL[:25] in page.text
    assert "\u202e" not in page.text
    assert not {"script", "img"} & page.tags


def test_without_a_pilot_it_says_so_and_without_a_card_there_is_none(slack: Slack):
    ana = slack.person("ana")
    ana.types("/meshfit report", in_="payments")
    assert not [each for each in ana.sees("payments") if each.files]
    shares_quick_path(ana)
    page = reported(ana)
    assert "None was opened." in page
    assert "No decision record was written." in page
    ana.types("/meshfit record", in_="payments")
    assert "Decision record 0001" in reported(ana)


def test_the_terminal_writes_the_same_page(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    checklist(ana)
    posted = reported(ana)
    monkeypatch.setenv("MESHFIT_DB", str(house.db))
    ids = ("--workspace", "T0HARBOUR", "--channel", "C0PAYMENTS")
    file = tmp_path / "page.html"
    done = CliRunner().invoke(main, ["report", *ids, "-o", str(file)])
    assert (done.exit_code, done.stderr) == (0, "")
    without = [each.partition("Made by meshfit")[0] for each in (posted, file.read_text("utf-8"))]
    assert without[0] == without[1]
    elsewhere = ["report", "--workspace", "T0ELSE", "--channel", "C0PAYMENTS", "-o", str(file)]
    assert CliRunner().invoke(main, elsewhere).exit_code == 2
    nobody = ["report", *ids[:3], "C0NOBODY", "-o", str(file)]
    assert CliRunner().invoke(main, nobody).exit_code == 1
    assert CliRunner().invoke(main, ["report", *ids, "--output", str(file)]).exit_code == 0
    assert CliRunner().invoke(main, ["report", *ids]).exit_code == 2
    onto = ["report", *ids, "-o", str(house.db)]
    assert CliRunner().invoke(main, onto).exit_code == 2
