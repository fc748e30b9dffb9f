"""Running commands in this process: exit code, standard output, standard error."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.advisor import Advisor, Desk
from bot.commands.group import INTERNAL, main
from bot.store import SqliteStore, deliveries, migrate
from tests.shipped import SHIPPED
from tests.store.conftest import AT
from tests.store.test_forgetting import at_work

VARIABLES = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_API_URL")
SETTINGS = (
    "MESHFIT_DB",
    "MESHFIT_KNOWLEDGE",
    "MESHFIT_HOST",
    "MESHFIT_PORT",
    "MESHFIT_LOG_LEVEL",
    "MESHFIT_PACK_OWNERS",
)


class Said:
    """What a command said and how it ended."""

    def __init__(self, result):
        self.code = result.exit_code
        self.out = result.stdout
        self.error = result.stderr

    @property
    def json(self):
        """The one document on standard output."""
        return json.loads(self.out)

    @property
    def lines(self):
        """The documents on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def meshfit(tmp_path, monkeypatch):
    """Run a command in an empty folder with nothing set in the environment."""
    for name in (*VARIABLES, *SETTINGS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def run(*args, given=None, **env):
        ran = Said(CliRunner().invoke(main, [str(each) for each in args], input=given, env=env))
        assert ran.code in (0, 1, 2)
        assert "Traceback" not in ran.out + ran.error
        assert INTERNAL not in ran.error
        assert ran.error.count("\n") <= 1 or "-" in args
        return ran

    return run


@pytest.fixture
def advisor(meshfit) -> Advisor:
    """A database with a row of everything, and a table of deliveries that is not empty."""
    store = migrate(SqliteStore(Path("meshfit.db")))
    advisor = Advisor(Desk(store, SHIPPED))
    at_work(advisor)
    with store.writing() as db:
        deliveries.claim(db, "T0HARBOUR", "Ev1", "boot", AT)
    return advisor
