"""The decision as one page for a review: everything that it rests on, and nothing that runs."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands import main
from bot.domain.pack import Pack
from playground.people import Person
from playground.screen import widgets
from playground.slack import Slack
from tests.journeys.house import House
from tests.journeys.pilots import checklist, drills, drops, plans, seals
from tests.journeys.story import aside, card, changes, shares_quick_path, walks_quick_path
from tests.journeys.test_pilot_forms import passes
from tests.journeys.test_rollout import adds_exception, goes_on, rollout, ticks_all

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
    line = card(person).thread[-1]
    assert line.files == ["service-mesh.html"]
    return line.world.files[line.message.files[0]].content.decode()


def test_the_page_says_of_no_exception_that_it_is_approved_before_it_is(slack: Slack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    rollout(ana)
    adds_exception(ana, ben, "2099-01-01")
    page = reported(ana)
    assert "<td>nobody yet; Ben Okafor (U0BEN) was asked and has not answered</td>" in page
    assert "approved by" not in page
    ben.presses("I approve it", on=rollout(ben))
    assert "<td>approved by Ben Okafor (U0BEN)</td>" in reported(ana)


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
    assert "Goal: 95 % of east-west calls use workload identity, today 10 %, aim 95 %" in text
    assert "22.11 → 27.93 ms" in text
    assert "Answered by Ana Reyes (U0ANA), Ben Okafor (U0BEN)," in text
    assert "The team of channel C0PAYMENTS (Slack id); its card: https://" in text
    assert "your figures; the rule: the article" in text
    drawn = [each["aria-label"] for tag, each in page.found if tag == "svg" and "role" in each]
    assert drawn == ["Each value as a bar", "Percentiles of every run, in ms"]
    assert not {"script", "img", "link", "iframe"} & page.tags
    assert not [each for _, each in page.found if {"src", "href", "onclick"} & each.keys()]


def part(page: str, heading: str) -> str:
    """The text below a heading, up to the next of its rank; fails where it is not there."""
    _, opened, rest = page.partition(f"{heading}</h")
    assert opened, heading
    return Page(rest[2:].partition(f"<h{rest[0]}")[0]).text


def test_each_part_holds_what_people_did_and_said(slack: Slack, pack: Pack):
    ana, ben = slack.person("ana"), slack.person("ben")
    shares_quick_path(ana, platform_owner="planned")
    changes(ana, l7_scope="everywhere")
    assert "and not the team's answer" not in reported(ana)
    walks_quick_path(ben, platform_owner="planned", observability="yes")
    ben.chooses("differs.observability", "note")
    ben.submits()
    ana.types("/meshfit actions", in_="payments")
    first = next(each for each in widgets(aside(ana).blocks) if each.label == "Take it")
    ana.presses(f"{first.block_id}/{first.action_id}", on=aside(ana))
    ana.fills("link", "https://tracker.example/7")
    ana.submits()
    passes(slack, pack)
    goal = part(reported(ana), "Verdict: Roll on")
    assert "pass. Before the pilot 10 %. Measured by Ana Reyes (U0ANA) on " in goal
    assert "It has not begun." in part(reported(ana), "Rollout")
    ticks_all(ana)
    goes_on(ana)
    page = reported(ana)
    dissent = part(page, "Said by somebody, and not the team's answer")
    assert "U0BEN" in dissent
    assert pack.questions["observability"].label in dissent
    [shape] = [each for each in pack.shapes.values() if f"Shape: {each.title}" in page]
    assert shape.text in part(page, f"Shape: {shape.title}")
    drills = part(page, "Drills")
    for drill in pack.drills.values():
        row = f"{drill.title}withCalls go on.They did.yes5Ana Reyes (U0ANA)"
        assert (row in drills, drills.count(drill.title)) == (True, 2 - drill.with_mesh_only)
    owners = part(page, "Owners")
    for role in pack.roles.values():
        assert f"{role.title}Ben Okafor (U0BEN)Ana Reyes (U0ANA)yes" in owners
    assert f"Stage: {next(iter(pack.stages.values())).title}." in part(page, "Rollout")
    to_do = part(page, "What to do")
    assert to_do.count("U0ANA") == to_do.count("https://tracker.example/7") == 1
    assert "nobody took it" in to_do


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


def test_the_terminal_writes_the_same_page_without_names(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ana, ben = house.slack.person("ana"), house.slack.person("ben")
    shares_quick_path(ana)
    plans(ana, ben)
    checklist(ana)
    posted = reported(ana)
    db = house.db if isinstance(house.db, Path) else house.db.get_secret_value()
    monkeypatch.setenv("MESHFIT_DB", str(db))
    ids = ("--workspace", "T0HARBOUR", "--channel", "C0PAYMENTS")
    file = tmp_path / "page.html"
    done = CliRunner().invoke(main, ["report", *ids, "-o", str(file)])
    assert (done.exit_code, done.stderr) == (0, "")
    nameless = posted.replace("Ana Reyes (U0ANA)", "U0ANA")
    assert nameless != posted
    pages = [each.replace(' class="whole"', "") for each in (nameless, file.read_text("utf-8"))]
    without = [each.partition("Made by meshfit")[0] for each in pages]
    assert without[0] == without[1]
    elsewhere = ["report", "--workspace", "T0ELSE", "--channel", "C0PAYMENTS", "-o", str(file)]
    assert CliRunner().invoke(main, elsewhere).exit_code == 2
    nobody = ["report", *ids[:3], "C0NOBODY", "-o", str(file)]
    assert CliRunner().invoke(main, nobody).exit_code == 1
    assert CliRunner().invoke(main, ["report", *ids, "--output", str(file)]).exit_code == 0
    assert CliRunner().invoke(main, ["report", *ids]).exit_code == 2
    onto = ["report", *ids, "-o", str(db)]
    assert CliRunner().invoke(main, onto).exit_code == 2


def test_of_a_mesh_that_runs_it_asks_whether_to_keep_it(slack: Slack):
    ana = slack.person("ana")
    shares_quick_path(ana)
    changes(ana, existing_mesh="linkerd", platform_owner="named", **HOURS)
    text = Page(reported(ana)).text
    assert "This team runs a service mesh. Should it keep it?" in text
    assert "Without the mesh" in text
    assert "Saved by the mesh" in text
