"""Three workspaces install one meshfit, each for itself, and see nothing of one another."""

from __future__ import annotations

import http.client
import random
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.app import build_app
from bot.domain.pack import Pack
from bot.door import door
from bot.errors import BadInput
from bot.scopes import NEEDED, OPTIONAL
from bot.settings import Settings
from bot.store import Address
from bot.store.engine import store_at
from bot.store.engine.owing import now
from playground.clock import HandClock
from playground.idle import CountedExecutor
from playground.manifest import read_manifest
from playground.many import CLIENT_ID, CLIENT_SECRET, Many
from playground.server import Door
from playground.slack import Slack
from playground.world import harbour
from tests.journeys.story import (
    aside,
    card,
    posted,
    shares_quick_path,
    walks_quick_path,
)

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

ROOT = Path(__file__).parents[2]
MANIFEST = read_manifest(ROOT / "manifest.yml")
TEAMS = ("T0HARBOUR", "T0DOCKS", "T0LIGHT")
KEY = Fernet.generate_key().decode()


class Company:
    """One meshfit beside several workspaces, none of which has installed it yet."""

    def __init__(self, many: Many, pack: Pack, db: Address, key: str = KEY) -> None:
        self.many, self.db = many, db
        self.executor = CountedExecutor()
        self.entrance = Door(self._enter)
        self.root = f"http://127.0.0.1:{self.entrance.port}"
        settings = Settings(
            slack_client_id=CLIENT_ID,
            slack_client_secret=SecretStr(CLIENT_SECRET),
            slack_signing_secret=SecretStr(Slack.signing_secret),
            slack_api_url=many.api_url,
            MESHFIT_DB=db,
            MESHFIT_PUBLIC_URL=self.root,
            MESHFIT_TOKEN_KEY=SecretStr(key),
        )
        self.built = build_app(settings, pack, self.executor)
        self.door = door(self.built)
        self.entrance.open()
        self.built.relay.start()
        for slack in many.slacks.values():
            slack.connect(f"{self.root}/slack/events")
            slack.app_is_idle = lambda: self.executor.idle() and self.built.relay.idle()

    def _enter(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return self.door(environ, start_response)

    def close(self) -> None:
        """Stop."""
        self.entrance.close()
        self.executor.shutdown()
        self.built.relay.end(5)
        self.built.store.close()

    def get(self, url: str, cookie: str = "") -> tuple[int, dict[str, str], str]:
        """What a browser gets."""
        at = urlsplit(url)
        with ExitStack() as open_:
            browser = http.client.HTTPConnection(str(at.netloc), timeout=10)
            open_.callback(browser.close)
            browser.request("GET", f"{at.path}?{at.query}", headers={"Cookie": cookie})
            answer = browser.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, answer.read().decode()

    def installs(self, team: str, answered: int = 200) -> str:
        """Somebody opens the page and says yes at Slack; answers what they see at the end."""
        status, headers, page = self.get(f"{self.root}/slack/install?team={team}")
        assert status == 200
        cookie = headers["set-cookie"].split(";")[0]
        [to] = [part.split('"')[0] for part in page.split('href="')[1:] if "authorize" in part]
        _, there, _ = self.get(to.replace("&amp;", "&"))
        status, _, said = self.get(there["location"], cookie)
        assert status == answered
        return said


@pytest.fixture
def company(database: Address, pack: Pack) -> Iterator[Company]:
    with ExitStack() as open_:
        slacks = [
            open_.enter_context(
                Slack(manifest=MANIFEST, clock=(clock := HandClock()), world=harbour(clock, team))
            )
            for team in TEAMS
        ]
        built = Company(open_.enter_context(Many(*slacks)), pack, database)
        open_.callback(built.close)
        yield built


def kept(company: Company) -> dict[str, set[str]]:
    """Workspace → the tables that hold something of it; signatures belong to nobody yet."""
    found: dict[str, set[str]] = {}
    with closing(store_at(company.db)) as store, store.reading() as db:
        for table, columns in db.columns().items():
            if "workspace" in columns:
                for (workspace,) in db.execute(
                    f"SELECT DISTINCT workspace FROM {table} WHERE workspace <> ''"
                ):
                    found.setdefault(workspace, set()).add(table)
    return found


def test_the_flow_asks_for_what_the_manifest_asks_for():
    assert {*NEEDED, *OPTIONAL} == MANIFEST.scopes
    assert "chat:write.public" not in NEEDED


def test_a_workspace_installs_by_a_link_and_is_answered_with_its_own_token(company: Company):
    assert "Thank you" in company.installs("T0DOCKS")
    docks = company.many.slacks["T0DOCKS"]
    shares_quick_path(docks.person("ana"))
    assert posted(docks.person("ana"))
    with closing(store_at(company.db)) as store, store.reading() as db:
        [row] = db.query("SELECT * FROM installations")
    assert (row["workspace"], row["by"]) == ("T0DOCKS", "U0ANA")
    assert docks.token not in str(row)


def test_who_did_not_install_is_told_so_and_nothing_is_kept(company: Company):
    company.installs("T0DOCKS")
    stranger = company.many.slacks["T0LIGHT"].person("ana")
    stranger.types("/meshfit", in_="payments")
    assert "is not installed in this workspace" in aside(stranger).text
    assert "T0LIGHT" not in kept(company)


def test_a_callback_that_nobody_set_out_for_is_refused(company: Company):
    for cookie, query in (
        ("", "code=x&state=y"),
        ("slack-app-oauth-state=y", "code=x&state=y"),
        ("", "code=x"),
        ("slack-app-oauth-state=", "code=&state="),
    ):
        status, _, _ = company.get(f"{company.root}/slack/oauth_redirect?{query}", cookie)
        assert status in (400, 401), query
    assert kept(company) == {}


def test_a_state_is_good_once(company: Company):
    _, headers, _ = company.get(f"{company.root}/slack/install?team=T0DOCKS")
    cookie = headers["set-cookie"].split(";")[0]
    state = cookie.split("=", 1)[1]
    for status in (401, 401):  # the first time for its code, then for itself
        back = f"{company.root}/slack/oauth_redirect?code=none&state={state}"
        assert company.get(back, cookie)[0] == status
    with closing(store_at(company.db)) as store, store.reading() as db:
        assert list(db.execute("SELECT state FROM installing")) == []


def test_a_revoked_token_is_forgotten_and_what_was_said_is_kept(company: Company):
    for team in TEAMS:
        company.installs(team)
    docks = company.many.slacks["T0DOCKS"]
    shares_quick_path(docks.person("ana"))
    docks.clock.skip(2)
    docks.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0MESHFIT"]}})
    rows = kept(company)
    assert "installations" not in rows["T0DOCKS"]
    assert "assessments" in rows["T0DOCKS"]
    assert "installations" in rows["T0LIGHT"]
    company.installs("T0DOCKS")
    docks.person("ana").types("/meshfit", in_="payments")
    assert docks.faults == []


def test_a_token_that_would_end_in_twelve_hours_is_refused(
    company: Company, caplog: pytest.LogCaptureFixture
):
    company.many.rotates = True
    assert "storage_error" in company.installs("T0DOCKS", answered=500)
    assert "token rotation is on" in caplog.text
    assert kept(company) == {}
    company.many.rotates = False
    company.installs("T0DOCKS")


def test_an_uninstallation_that_is_told_late_leaves_what_was_installed_since(company: Company):
    docks = company.many.slacks["T0DOCKS"]
    company.installs("T0DOCKS")
    shares_quick_path(docks.person("ana"))
    docks.clock.skip(-120)  # Slack's hook was tried in vain two minutes ago
    docks.event({"type": "app_uninstalled"})
    assert kept(company)["T0DOCKS"] >= {"installations"}
    assert "assessments" not in kept(company)["T0DOCKS"]
    docks.clock.skip(120)
    shares_quick_path(docks.person("ben"))
    assert "assessments" in kept(company)["T0DOCKS"]
    docks.clock.skip(2)
    docks.event({"type": "app_uninstalled"})
    assert "T0DOCKS" not in kept(company)


def owed_to(company: Company, team: str) -> set[str]:
    """The kinds of what waits for a workspace by now."""
    with closing(store_at(company.db)) as store, store.reading() as db:
        rows = db.execute(
            "SELECT kind FROM owed WHERE workspace = ? AND wanted > drawn AND not_before <= ?",
            [team, now().isoformat()],
        )
        return {kind for (kind,) in rows}


def test_what_is_owed_while_access_is_gone_comes_with_the_next_installation(
    company: Company, caplog: pytest.LogCaptureFixture
):
    for team in TEAMS:
        company.installs(team)
    docks, light = (company.many.slacks[each] for each in ("T0DOCKS", "T0LIGHT"))
    ana, token = docks.person("ana"), docks.token
    for each in (ana, light.person("ana")):
        walks_quick_path(each)
    docks.patient, docks.token = False, "xoxb-another"
    ana.submits()
    assert docks.until(lambda: "access was withdrawn: card waits" in caplog.text)
    docks.clock.skip(2)
    docks.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0MESHFIT"]}})
    light.patient = False
    light.person("ana").submits()
    assert light.until(lambda: posted(light.person("ana")))
    assert "installations" not in kept(company)["T0DOCKS"]
    assert "card" in owed_to(company, "T0DOCKS")
    docks.token = token
    company.installs("T0DOCKS")
    assert docks.until(lambda: posted(ana) and card(ana).thread, 30)
    assert caplog.text.count("card waits") == 1
    assert len(posted(ana)) == 1


def test_another_key_is_told_and_loses_nothing(
    company: Company, pack: Pack, caplog: pytest.LogCaptureFixture
):
    for team in ("T0DOCKS", "T0LIGHT"):
        company.installs(team)
    docks = company.many.slacks["T0DOCKS"]
    ana = docks.person("ana")
    walks_quick_path(ana)
    docks.patient = False
    docks.fail_next("chat.postMessage", "fatal_error")
    ana.submits()
    other = Company(company.many, pack, company.db, Fernet.generate_key().decode())
    try:
        assert "2 of 2 tokens of workspaces were sealed with another key" in caplog.text
        ana.types("/meshfit", in_="payments")
        assert docks.until(lambda: "is not installed in this workspace" in aside(ana).text)
    finally:
        other.close()
    assert docks.until(lambda: posted(ana), 30)


def test_a_monkey_over_three_workspaces_crosses_nothing(company: Company):
    rng = random.Random(20261128)
    for team in TEAMS:
        company.installs(team)
    acts = (
        lambda who: who.types("/meshfit pilot", in_="platform"),
        lambda who: who.types("/meshfit ask does a mesh replace an API gateway", in_="payments"),
        lambda who: who.types("/meshfit tax", in_="payments"),
        lambda who: shares_quick_path(who) if not posted(who) else None,
    )
    for _ in range(24):
        slack = company.many.slacks[rng.choice(TEAMS)]
        rng.choice(acts)(slack.person(rng.choice(["ana", "ben"])))
    before = kept(company)
    company.many.slacks["T0DOCKS"].clock.skip(2)
    company.many.slacks["T0DOCKS"].event({"type": "app_uninstalled"})
    after = kept(company)
    assert set(before) == set(TEAMS)
    assert after.pop("T0DOCKS", set()) == set()
    assert after == {team: before[team] for team in ("T0HARBOUR", "T0LIGHT")}
    for slack in company.many.slacks.values():
        assert slack.faults == []


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ({"slack_client_id": "1.2"}, "SLACK_CLIENT_SECRET"),
        ({"MESHFIT_PUBLIC_URL": "https://m.example.com"}, "SLACK_CLIENT_ID"),
        (
            {
                "slack_client_id": "1.2",
                "slack_client_secret": SecretStr("s"),
                "MESHFIT_PUBLIC_URL": "https://m.example.com",
                "MESHFIT_TOKEN_KEY": SecretStr("short"),
            },
            "MESHFIT_TOKEN_KEY",
        ),
    ],
)
def test_what_is_missing_is_named(
    told: dict[str, object], missing: str, tmp_path: Path, pack: Pack
):
    with pytest.raises(BadInput) as refused:
        build_app(Settings(MESHFIT_DB=tmp_path / "m.db", **told), pack)
    assert missing in refused.value.sentence
