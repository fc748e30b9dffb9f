"""`meshfit check`: every part by itself, faults with file and line, what is absent is skipped."""

import shutil
import sqlite3
from functools import partial
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from jsonschema import Draft202012Validator
from pydantic import SecretStr

from bot.install.vault import Vault
from bot.settings import SHIPPED_PACK
from bot.store import SqliteStore, health, installations, migrate
from tests.store.test_scope import INSTALLED

SMALL = Path(__file__).parents[1] / "knowledge" / "small"
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "s",
    "MESHFIT_PUBLIC_URL": "https://m.example.com",
    "MESHFIT_TOKEN_KEY": "short",
    "SLACK_API_URL": "http://127.0.0.1:1/api/",
    "MESHFIT_DB": "meshfit.db",
}
SECRET = "0123456789abcdef" * 2


@pytest.fixture
def check(meshfit, monkeypatch):
    """The command with a copy of the small pack, which is quick to check."""
    shutil.copytree(SMALL, "ours")
    monkeypatch.setenv("MESHFIT_KNOWLEDGE", "ours")
    return partial(meshfit, "check")


def test_all_is_well_with_what_is_shipped(meshfit):
    ran = meshfit("check")
    assert ran.code == 0
    parts = [line for line in ran.out.splitlines() if not line.startswith("  note: ")]
    assert [line.split()[:2] for line in parts] == [
        ["knowledge", "sound:"],
        ["manifest", "sound"],
        ["database", "skipped,"],
        ["tokens", "skipped,"],
    ]


def test_another_pack_and_its_faults(check):
    assert "sound: small 0.1" in check("--knowledge", SMALL).out
    Path("ours/running.yaml").write_text("stages:\n  a: {titel: A}\n", "utf-8")
    ran = check()
    assert ran.code == 1
    assert "  ours/running.yaml:2 a: titel is not a field here, did you mean 'title'?\n" in ran.out


UNUSED = "sources:\n  theirs: {title: Theirs, cite: From them}\n"


def test_a_source_that_nothing_cites_is_a_fault_of_whoever_can_mend_it(check):
    Path("ours/more.yaml").write_text(UNUSED, "utf-8")
    ran = check()
    assert ran.code == 1
    line = "more.yaml:2 theirs: is cited by nothing: cite it or take it out\n"
    assert f"knowledge  1 fault\n  ours/{line}" in ran.out
    Path("layer").mkdir()
    header = 'extends: meshfit\nname: ours\nversion: "1"\n'
    Path("layer/more.yaml").write_text(header + UNUSED, "utf-8")
    ran = check("--knowledge", "layer")
    assert ran.code == 0
    assert f"  note: layer/{line.replace(':2', ':5')}" in ran.out


def test_facts_that_nobody_has_read_for_a_year_are_noted(check):
    Path("ours/findings").mkdir()
    Path("ours/findings/speed.yaml").write_text(
        "findings:\n  ours: {text: Fast., trust: primary, date: 2019-02-03, sources: [field]}\n",
        "utf-8",
    )
    ran = check()
    assert ran.code == 0
    assert ran.out.splitlines()[1] == (
        "  note: ours/findings/speed.yaml:2 ours: is known as of 2019-02-03, over a year ago: "
        "read field again"
    )


def test_sources_that_nobody_has_opened_for_a_year_are_noted(check):
    file = Path("ours/pack.yaml")
    text = file.read_text("utf-8")
    file.write_text(text.replace("From the field}", "From the field, read: 2019-02-03}"), "utf-8")
    line = "field: was last opened on 2019-02-03, over a year ago: read it again\n"
    assert f"  note: ours/pack.yaml:18 {line}" in check().out
    later = "read: 2019-02-03, opened: 2999-01-01}"
    file.write_text(text.replace("From the field}", f"From the field, {later}"), "utf-8")
    assert "was last opened" not in check().out


def test_an_example_whose_advice_is_another(check):
    file = Path("ours/examples/alone.yaml")
    file.write_text(file.read_text("utf-8").replace("nobody, services: 3", "named"), "utf-8")
    ran = check()
    assert ran.code == 1
    assert ran.out.splitlines()[1:5] == [
        "  ours/examples/alone.yaml:5 alone: rule expects nobody, and pilot decides",
        "  ours/examples/alone.yaml:6 alone: reasons expects few, which the advice does not give",
        "  ours/examples/alone.yaml:7 alone: "
        "blockers expects nobody, which the advice does not give",
        "manifest   sound",
    ]


def test_an_example_whose_answers_cannot_be_used(check):
    file = Path("ours/examples/try.yaml")
    file.write_text(file.read_text("utf-8").replace("services: 40", "services: 9000"), "utf-8")
    assert check().out.splitlines()[1] == (
        "  ours/examples/try.yaml:3 try: answers cannot be used: "
        "services: must be at least 1 and at most 500, not 9000."
    )


def test_a_metric_that_would_not_pass_the_smell_test(check):
    file = Path("ours/running.yaml")
    more = file.read_text("utf-8").replace("are encrypted.]", "are encrypted., Better calls.]")
    file.write_text(more, "utf-8")
    ran = check()
    assert ran.code == 1
    assert ran.out.splitlines()[1] == (
        "  ours/running.yaml:9 encryption: metrics #2 does not say "
        "which way it should move, or how far (to 95 %, below 20, fewer than 3); "
        "the unit or the share (%, ms, hours a month, ... of calls)"
    )


def test_a_folder_that_is_not_there(check):
    ran = check("--knowledge", "nowhere")
    assert ran.code == 1
    assert "  nowhere: cannot be listed: No such file or directory\n" in ran.out


def test_a_sound_database(check):
    migrate(SqliteStore(Path("meshfit.db")))
    taken, pending = health.schema_steps(Path("meshfit.db"))
    assert (taken > 1, pending) == (True, 0)
    assert f"database   sound: meshfit.db, schema step {taken}\n" in check().out


def test_a_database_that_is_none(check):
    Path("meshfit.db").write_bytes(b"not a database at all, only some text" * 50)
    ran = check()
    assert ran.code == 1
    assert "  meshfit.db: cannot be read as a database: file is not a database\n" in ran.out


def test_a_damaged_database(check):
    migrate(SqliteStore(Path("meshfit.db")))
    whole = Path("meshfit.db").read_bytes()
    Path("meshfit.db").write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    assert check().code == 1


def test_somebody_elses_database(check):
    with sqlite3.connect("meshfit.db") as db:
        db.execute("CREATE TABLE theirs (a)")
    db.close()
    assert "holds tables that are not meshfit's" in check().out


def test_a_database_of_a_newer_meshfit(check):
    migrate(SqliteStore(Path("meshfit.db")))
    with sqlite3.connect("meshfit.db") as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
                   "VALUES ('meshfit', 'from_the_future', '2031')")  # fmt: skip
    db.close()
    assert "was written by a newer meshfit: install that version" in check().out


def test_a_database_path_that_is_a_folder(check):
    Path("meshfit.db").mkdir()
    assert check().code == 1


def test_a_token_of_the_wrong_form_is_never_shown(check):
    ran = check(SLACK_BOT_TOKEN="hunter2-bot", SLACK_SIGNING_SECRET="hunter2")
    assert ran.code == 1
    assert ran.out.splitlines()[-3:] == [
        "tokens     2 faults",
        "  SLACK_BOT_TOKEN has the wrong form: a bot token begins with xoxb-",
        "  SLACK_SIGNING_SECRET has the wrong form: a signing secret has 32 characters, "
        "0-9 and a-f",
    ]
    assert "hunter2" not in ran.out + ran.error


def test_slack_out_of_reach(check):
    ran = check(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_SIGNING_SECRET=SECRET,
        SLACK_API_URL="http://127.0.0.1:9/",
    )
    assert ran.code == 1
    assert "  Slack cannot be reached at http://127.0.0.1:9/" in ran.out


def test_a_signing_secret_alone_is_looked_at_and_the_bot_token_is_missed(check):
    ran = check(SLACK_SIGNING_SECRET=SECRET)
    assert ran.out.splitlines()[-1].startswith("  SLACK_BOT_TOKEN is not set")


def test_the_schema_for_editors(check):
    whole = check("--schema").json
    Draft202012Validator.check_schema(whole)
    assert check("--schema", "--knowledge", SHIPPED_PACK).json == whole
    Path("layer").mkdir()
    Path("layer/pack.yaml").write_text("extends: meshfit\n", "utf-8")
    layer = check("--schema", "--knowledge", "layer").json
    assert "before" in layer["$defs"]["Rule"]["properties"]


def test_settings_that_are_off(check):
    ran = check(MESHFIT_PORT="http")
    assert (ran.code, ran.out) == (2, "")
    assert ran.error.startswith("meshfit: MESHFIT_PORT is not usable: ")


def test_a_database_that_is_not_served_is_named_without_its_password(check):
    ran = check(MESHFIT_DB="mysql://meshfit:secret@db.example/meshfit")
    assert (ran.code, ran.out) == (2, "")
    assert "MESHFIT_DB is not usable: mysql:// is not served, use a file's path" in ran.error
    assert "secret" not in ran.error


@pytest.mark.parametrize("command", [["check"], ["serve"], ["facts", "mtls"]])
def test_a_log_level_that_python_does_not_know(meshfit, command):
    ran = meshfit(*command, MESHFIT_LOG_LEVEL="loud")
    assert (ran.code, ran.out) == (2, "")
    assert ran.error == (
        "meshfit: MESHFIT_LOG_LEVEL is not usable: 'loud' is no level, use one of "
        "CRITICAL, FATAL, ERROR, WARN, WARNING, INFO, DEBUG, NOTSET.\n"
    )


@pytest.mark.parametrize("level", ["debug", "Warning", "WARN", ""])
def test_a_log_level_in_any_case(check, level):
    assert check(MESHFIT_LOG_LEVEL=level).code == 0


def test_a_key_that_opens_no_token_is_a_fault(check, monkeypatch):
    for name, value in MANY.items():
        monkeypatch.setenv(name, value)
    assert "holds no key of 32 bytes" in check().out
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    store = migrate(SqliteStore(Path("meshfit.db")))
    sealed = Vault(SecretStr(keys[0])).seal("xoxb-1")
    with store.writing() as db:
        installations.keep(db, INSTALLED.model_copy(update={"token": sealed}))
    monkeypatch.setenv("MESHFIT_TOKEN_KEY", keys[1])
    assert "1 of 1 tokens of workspaces were sealed with another key" in check().out
    monkeypatch.setenv("MESHFIT_TOKEN_KEY", ",".join(reversed(keys)))
    assert "another key" not in check().out
