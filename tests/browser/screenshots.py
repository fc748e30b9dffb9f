"""`make screenshots`: the main screens, made by the real bot in a real browser, into a folder."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bot.knowledge import load
from bot.settings import Settings
from playground.command import meshfit, opened
from playground.people import Person
from playground.slack import Slack
from tests.browser.window import CHROMIUM, FLAGS
from tests.evidence import handed
from tests.incidents import exports
from tests.journeys.gathering import adds_incidents, adds_look, evidence, goes_through
from tests.journeys.gathering import meshfit as terminal
from tests.journeys.house import House
from tests.journeys.pilots import checklist, drops, plans, seals, types_figures
from tests.journeys.rounds import answers, opens
from tests.journeys.story import (
    aside,
    card,
    changes,
    modal,
    names_owner,
    posted,
    reply,
    shares_quick_path,
    walks_quick_path,
)
from tests.journeys.test_digest import names

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
IN_NOVEMBER, IN_DECEMBER = (
    datetime(2026, 11, 20, 10, tzinfo=UTC),
    datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
)
HOURS = {
    "services": 42,
    "teams": 10,
    "incidents_per_month": 2,
    "hours_per_incident": 18,
    "drift_hours_per_team": 4,
    "mesh_hours_per_month": 24,
    "trend": "rising",
    "driver": "identity",
}


class Camera:
    """Takes pictures of somebody's window; `dark` and `narrow` as asked."""

    def __init__(self, browser: Browser, slack: Slack, folder: Path) -> None:
        self.browser = browser
        self.slack = slack
        self.folder = folder

    def takes(
        self,
        name: str,
        place: str,
        then: Callable[[Page], object] = lambda page: None,
        *,
        dark: bool = False,
        narrow: bool = False,
    ) -> None:
        """Open a place, do something there, and keep the picture as `name`.png."""
        context = self.browser.new_context(
            viewport=NARROW if narrow else WIDE,
            color_scheme="dark" if dark else "light",
            device_scale_factor=2 if narrow else 1,
        )
        context.add_init_script("localStorage.setItem('toured', 'yes')")
        page = context.new_page()
        page.goto(f"{self.slack.root}/{place}")
        then(page)
        page.wait_for_timeout(400)
        page.screenshot(path=self.folder / f"{name}.png")
        context.close()


def story(camera: Camera, ana: Person, ben: Person) -> None:
    """From the first page to the card, Home and an answer, with a picture wherever it shows."""
    ana.types("Third retry storm this quarter. Do we need a *service mesh*?", in_="payments")
    ana.types("/meshfit assess", in_="payments")
    for question in ("zero_trust", "traffic_management"):
        ana.chooses(question, "yes")
    camera.takes("checklist", "ana/payments")
    ana.closes()
    walks_quick_path(ana)
    camera.takes("result", "ana/payments")
    camera.takes("result-narrow", "ana/payments", dark=True, narrow=True)
    ana.submits()
    changes(ana, **HOURS)
    camera.takes("card", "ana/payments", sees("#messages .message"))
    camera.takes("card-narrow", "ana/payments", sees("#messages .message"), dark=True, narrow=True)
    thread = f"ana/payments/{card(ana).ts}"
    camera.takes("reasons", thread, sees("#replies .message"))
    ana.presses("More", on=reply(ana, "More"))
    camera.takes("hours", thread, sees("#replies figure"))
    names_owner(ana, ben)
    camera.takes("home", "ben/home", dark=True)
    ana.dms("Is mTLS reason enough for a mesh?")
    camera.slack.until(lambda: ana.last().thread)  # the first question waits for the index
    camera.takes("answer", "ana/dm", dark=True)
    ana.types("/meshfit pilot", in_="platform")
    camera.takes("traffic", "ana/platform", open_traffic)


def pilot(camera: Camera, ana: Person, ben: Person) -> None:
    """From the plan to the rollout: real results, of which two are alike."""
    by_nighthawk = "fortio_json_by_nighthawk"
    plans(ana, ben)
    seals(ana, p95_added=8)
    thread = f"ana/payments/{checklist(ana).ts}"
    camera.takes("pilot-budgets", thread, sees("#replies .message"))
    drops(ana, "ledger", [f"{by_nighthawk}/1.json"], [f"{by_nighthawk}/4.json"])
    camera.takes("pilot-refused", "ana/payments", sees("text=These runs are unlike"))
    ana.closes()
    drops(ana, "ledger", [f"{by_nighthawk}/1.json"], [f"{by_nighthawk}/2.json"])
    ana.closes()
    types_figures(ana, "checkout", p50=("0.8 0.9", "1.1 1.2"), p95=("1.4 1.5", "2.1 2.2"))
    camera.takes("pilot-checklist", "ana/payments", sees("#messages .message"))
    ana.types("/meshfit verdict", in_="payments")
    camera.takes("pilot-verdict", "ana/payments", sees("#messages figure"))
    camera.takes("pilot-verdict-narrow", "ana/payments", sees("#messages .message"), narrow=True)
    ana.types("/meshfit rollout", in_="payments")
    camera.takes("pilot-rollout", "ana/payments", sees("#messages .message"))


def counted(camera: Camera, ana: Person, room: Path) -> None:
    """What is counted instead of guessed: a look at a cluster, and incidents one by one."""
    dump, summary = room / "look.json", room / "summary.json"
    dump.write_bytes(handed.DUMP)
    terminal("look", dump, "--summary", summary)
    adds_look(ana, summary.read_bytes())
    adds_incidents(ana, exports.incident_io())
    camera.slack.until(lambda: "4 counted" in modal(ana).all_text)  # read beside everything else
    ana.presses("Go through them", on=modal(ana))
    camera.takes("evidence-incident", "ana/payments")
    goes_through(ana, "cause", "none", "amplifier", "none")
    ana.closes()
    evidence(ana)
    camera.takes("evidence", "ana/payments", sees("#messages .message"))


def several(camera: Camera, house: House) -> None:
    """What several people are for: a round's close, the leads' table, digest and platform form."""
    ana, ben, cleo = map(house.slack.person, ("ana", "ben", "cleo"))
    opens(ana)
    live = posted(ana)[-1]
    later, never = "Ops could, from March.", "On-call has no hours left for it."
    for person, owner, why in (
        (ana, "planned", later),
        (ben, "planned", ""),
        (cleo, "none", never),
    ):
        answers(person, live, why=why, platform_owner=owner)
    ana.presses("Close now", on=live, confirm=True)
    thread = f"ana/payments/{card(ana).ts}"
    camera.takes("round", thread, sees("#replies .message"))
    ana.types("/meshfit leads", in_="payments")
    ana.presses("Show it to them", on=aside(ana))
    shares_quick_path(ben, "platform", platform_owner="named")
    names(cleo, "C0PLATFORM")
    changes(ana, **{**HOURS, "platform_owner": "named"})
    house.clock = lambda: IN_DECEMBER
    house.restart()
    assert house.relay.settle()
    camera.takes("digest", "cleo/platform", sees("#messages .message"))
    cleo.types("/meshfit teams", in_="incidents")
    camera.takes("teams", "cleo/incidents", sees("#messages .message"))
    cleo.types("/meshfit platform", in_="incidents")
    cleo.submits()
    camera.takes("platform", "cleo/incidents")
    cleo.closes()


@contextmanager
def led(room: Path) -> Iterator[House]:
    """meshfit with a clock that is moved, led by Cleo."""
    db = room / "led.db"
    with opened(0, db) as slack:
        slack.patient = True
        house = House(slack, load(), db)
        house.clock = lambda: IN_NOVEMBER
        house.settings = house.settings.model_copy(update={"leads": "U0CLEO"})
        house.open()
        try:
            yield house
        finally:
            house.close()
        assert slack.faults == [], slack.faults


def sees(place: str) -> Callable[[Page], object]:
    """Scroll until something is at the top of its pane."""
    return lambda page: page.locator(place).last.evaluate("thing => thing.scrollIntoView()")


def open_traffic(page: Page) -> None:
    page.get_by_role("button", name="Traffic").click()
    page.locator("#exchanges details").nth(1).locator("summary").click()


def main(folder: Path) -> None:
    """Make every picture; the folder is made when it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright:
        db, settings, pack = Path(room) / "shots.db", Settings(), load()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with opened(0, db) as slack, meshfit(slack, settings, pack, db, socket=False):
            slack.patient = True
            camera, ana, ben = Camera(browser, slack, folder), *map(slack.person, ("ana", "ben"))
            story(camera, ana, ben)
            pilot(camera, ana, ben)
            counted(camera, ana, Path(room))
            slack.settle()
            assert slack.faults == [], slack.faults
        with led(Path(room)) as house:
            several(Camera(browser, house.slack, folder), house)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
