"""docs/operating.md as it is done: the restore drill; from SQLite to PostgreSQL and back."""

from __future__ import annotations

import json
import subprocess
from contextlib import closing
from pathlib import Path

from pydantic import SecretStr

from bot.advisor import Advisor, Desk
from bot.store.health import opened
from tests.postgres import a_database, program
from tests.shipped import SHIPPED
from tests.store.conftest import HERE

DB = Path("meshfit.db")


def exported(meshfit, where: str) -> tuple[dict[str, int], list[str]]:
    """(table → rows, every row in order of its text) of a database."""
    ran = meshfit("export", MESHFIT_DB=where)
    assert (ran.code, ran.error) == (0, "")
    *rows, last = ran.out.splitlines()
    return json.loads(last)["counts"], sorted(rows)


def test_the_restore_drill_with_a_file(meshfit, advisor):
    assert meshfit("backup", "drill.db").code == 0
    ran = meshfit("restore", "drill.db", MESHFIT_DB="restored.db")
    assert (ran.code, ran.error) == (0, "")
    checked = meshfit("check", MESHFIT_DB="restored.db")
    assert "restored.db" in checked.out + checked.error
    counts, rows = exported(meshfit, "restored.db")
    assert (counts, rows) == exported(meshfit, str(DB))
    assert all(counts.values())


def test_moving_to_postgresql_and_back_counts_the_same_and_shows_the_same(meshfit, advisor):
    there = a_database().get_secret_value()
    counts, rows = exported(meshfit, str(DB))
    Path("all.jsonl").write_text(meshfit("export").out)
    ran = meshfit("import", "all.jsonl", MESHFIT_DB=there)
    assert (ran.code, ran.error) == (0, "")
    assert exported(meshfit, there) == (counts, rows)
    again = meshfit("import", "all.jsonl", MESHFIT_DB=there)
    assert again.code == 1
    assert "is held here already" in again.error
    assert exported(meshfit, there) == (counts, rows)
    Path("back.jsonl").write_text(meshfit("export", MESHFIT_DB=there).out)
    assert meshfit("import", "back.jsonl", MESHFIT_DB="back.db").code == 0
    assert exported(meshfit, "back.db") == (counts, rows)


def test_the_restore_drill_on_postgresql(meshfit, advisor):
    first, second = (a_database().get_secret_value() for _ in range(2))
    Path("all.jsonl").write_text(meshfit("export").out)
    assert meshfit("import", "all.jsonl", MESHFIT_DB=first).code == 0
    hint = meshfit("backup", "drill.dump", MESHFIT_DB=first)
    assert "pg_dump --format=custom --file=drill.dump" in hint.error
    for command in (
        [program("pg_dump"), "--format=custom", "--file=drill.dump", first],
        [program("pg_restore"), f"--dbname={second}", "drill.dump"],
    ):
        subprocess.run([str(each) for each in command], check=True, timeout=60)
    assert exported(meshfit, second) == exported(meshfit, first)
    with closing(opened(SecretStr(second))) as store:
        card = Advisor(Desk(store, SHIPPED)).teams.card(HERE)
    assert card.answers == advisor.teams.card(HERE).answers
