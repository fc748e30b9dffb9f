"""Rows of before, said in the words of today; each runs once, in the migration that needs it."""

from __future__ import annotations

import json
from collections import Counter
from operator import itemgetter

from bot.domain.rounds.model import LEAST_ANONYMOUS
from bot.domain.team import Workspace
from bot.store import order, round_answers
from bot.store.engine import Database
from bot.store.rekeying import rekey


def endpoints(db: Database) -> None:
    """What a run, figure or override is about was called its place."""
    kinds = "('run', 'measurement', 'override')"
    for row in list(db.query(f"SELECT id, json FROM pilot_log WHERE kind IN {kinds}")):
        tree = json.loads(row["json"])
        if "place" in tree:
            tree["endpoint"] = tree.pop("place")
            db.execute("UPDATE pilot_log SET json = ? WHERE id = ?", [json.dumps(tree), row["id"]])


def who_accepted(db: Database) -> None:
    """Whoever was asked to own the mesh and said so owns it; the rest is asked still."""
    for column in ("owner_asked_by", "owner_accepted", "owner_accepted_at"):
        db.execute(f"ALTER TABLE assessments ADD COLUMN {column} TEXT")
    asked = (
        "SELECT a.id, a.owner_asked, g.answer, g.at FROM assessments a JOIN answers g "
        "ON g.assessment = a.id AND g.question = 'platform_owner' AND g.respondent = a.owner_asked"
    )
    for row in list(db.query(asked)):
        if json.loads(row["answer"])["value"] == "named":
            db.execute(
                "UPDATE assessments SET owner_accepted = ?, owner_accepted_at = ?, "
                "owner_asked = NULL WHERE id = ?",
                [row["owner_asked"], row["at"], row["id"]],
            )


def in_their_order(db: Database, table: str, column: str, by: str) -> None:
    """A number for each row in the order of writing, as far as the time that it has tells that."""
    db.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER NOT NULL DEFAULT 0")
    rows = db.query(f"SELECT id, workspace, {by} AS at FROM {table}")
    for row in sorted(rows, key=itemgetter("at")):
        number = order.next_in(db, row["workspace"])
        db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [number, row["id"]])


def rounds_without_names(db: Database, workspace: Workspace | None = None) -> None:
    """Of closed ones each answer under a mark of its own, and nothing of what too few said.

    What was counted of everybody's own outcome goes where it was made of that.
    """
    where = "" if workspace is None else "workspace = :workspace AND "
    closed = f"{where}names = 'anonymous' AND closed_at IS NOT NULL"
    query = f"SELECT workspace, id, json FROM rounds WHERE {closed}"
    for row in list(db.query(query, {"workspace": workspace})):
        key = [row["workspace"], row["id"]]
        all_of = "SELECT question, answer FROM round_answers WHERE workspace = ? AND round = ?"
        answers = [(each["question"], each["answer"]) for each in db.query(all_of, key)]
        many = Counter(question for question, answer in answers if answer)
        few = {question: of for question, of in many.items() if of < LEAST_ANONYMOUS}
        kept = [each for each in answers if each[1] is None or each[0] not in few]
        round_answers.part_rows(db, row["workspace"], row["id"], kept if row["json"] else ())
        if few and row["json"]:
            tree = json.loads(row["json"])
            withheld = {**tree.get("withheld", {}), **few}
            tree |= {"withheld": withheld, "counted": [], "left_out": False}
            db.execute(
                "UPDATE rounds SET json = ? WHERE workspace = ? AND id = ?",
                [json.dumps(tree), *key],
            )


def threads_and_tiers(db: Database) -> None:
    """A question knows its thread, and how sure an answer is has one name."""
    db.execute("ALTER TABLE asked ADD COLUMN thread TEXT NOT NULL DEFAULT ''")
    for old, new in (("confident", "sure"), ("unsure", "guess"), ("unknown", "none")):
        db.execute("UPDATE asked SET tier = ? WHERE tier = ?", [new, old])


def keyed(db: Database) -> None:
    """By the installation; and an import knows its channel."""
    rekey(db)
    db.execute("ALTER TABLE imports ADD COLUMN channel TEXT NOT NULL DEFAULT ''")


def opened_and_begun(db: Database) -> None:
    """Assessments and pilots in an order of writing."""
    in_their_order(db, "assessments", "opened", by="started_at")
    in_their_order(db, "pilots", "begun", by="started_at")


def confirmed_records(db: Database) -> None:
    """Who pressed *Confirm* below a record, and when."""
    for column in ("confirmed_by", "confirmed_at"):
        db.execute(f"ALTER TABLE records ADD COLUMN {column} TEXT")
    db.execute(
        "CREATE INDEX records_confirmed_by ON records (workspace, confirmed_by) "
        "WHERE confirmed_by IS NOT NULL"
    )
