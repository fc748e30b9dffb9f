"""What was answered with an older pack stays readable after meshfit learnt new sections."""

from __future__ import annotations

import json

from bot.advisor import Advisor, Desk
from bot.domain.pack import Pack
from bot.store import SqliteStore, assessments
from tests.store.conftest import HERE, HOLD, NEED


def test_a_closed_assessment_is_read_with_the_pack_from_before_there_were_pilots(
    store: SqliteStore, pack: Pack
):
    then = pack.model_copy(update={"version": "0.9"})
    before = Advisor(Desk(store, then))
    before.checklist.save(HERE, "need", NEED)
    before.checklist.save(HERE, "hold", HOLD)
    desk = Desk(store, pack)
    old = json.loads(then.model_dump_json(by_alias=True))
    for section in ("budgets", "tolerances", "verdicts", "recipes", "plan"):
        del old[section]
    with store.writing() as db:
        db.execute(
            "UPDATE packs SET json = ? WHERE digest = ?", [json.dumps(old), before.desk.digest]
        )
        db.execute("UPDATE assessments SET status = 'closed'")
        (row,) = db.query("SELECT id FROM assessments")
        closed = assessments.by_id(db, HERE.workspace, row["id"])
        assert closed is not None
        read = desk.pack_of(db, closed)
        standing = desk.standing(db, closed)
    assert (read.version, read.budgets) == ("0.9", pack.budgets)
    assert read.tolerances == pack.tolerances
    assert standing.advice.pack.version == "0.9"
    assert standing.advice.rule == "no_owner"
