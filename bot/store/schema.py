"""The tables, as migrations: named steps, applied once, each in an immediate transaction.

Every table that holds what people said carries its workspace, so that no query needs to look
elsewhere to stay inside it. Times are ISO 8601 in UTC; answers are JSON of `model.Answer`.
"""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TypeVar

from bot.store import evidence, installations, order
from bot.store.engine import Database, Store
from bot.store.finding import SINCE, find_without_a_walk
from bot.store.migrating import Migrations
from bot.store.outbox_tables import DELIVERIES, OWED
from bot.store.rekeying import rekey

migrations = Migrations("meshfit")

TABLES = """
CREATE TABLE packs (
    digest TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, json TEXT NOT NULL
) STRICT;
CREATE TABLE assessments (
    id TEXT PRIMARY KEY, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'closed')),
    started_by TEXT NOT NULL, started_at TEXT NOT NULL, touched_at TEXT NOT NULL,
    shared_by TEXT, closed_at TEXT, confirmed_by TEXT, confirmed_at TEXT, outcome TEXT, title TEXT,
    card_ts TEXT, card_link TEXT, detail_ts TEXT, owner_asked TEXT,
    pack_digest TEXT NOT NULL REFERENCES packs (digest)
) STRICT;
CREATE UNIQUE INDEX one_open_a_team ON assessments (workspace, channel) WHERE status = 'open';
CREATE UNIQUE INDEX one_draft_a_person ON assessments (workspace, channel, started_by)
    WHERE status = 'draft';
CREATE INDEX drafts_of_a_person ON assessments (workspace, started_by, status);
CREATE INDEX history_of_a_team ON assessments (workspace, channel, started_at);
CREATE TABLE answers (
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    question TEXT NOT NULL, workspace TEXT NOT NULL, respondent TEXT NOT NULL,
    at TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (assessment, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE voices (
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    question TEXT NOT NULL, workspace TEXT NOT NULL, respondent TEXT NOT NULL,
    at TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (assessment, question, respondent)
) STRICT, WITHOUT ROWID;
CREATE INDEX voices_of_a_person ON voices (workspace, respondent, assessment);
CREATE TABLE changesets (
    id TEXT PRIMARY KEY, workspace TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    respondent TEXT NOT NULL, at TEXT NOT NULL, changes TEXT NOT NULL,
    outcome_before TEXT NOT NULL, outcome_after TEXT NOT NULL,
    title_before TEXT NOT NULL, title_after TEXT NOT NULL, undone_by TEXT, message_ts TEXT
) STRICT;
CREATE INDEX changesets_of_an_assessment ON changesets (assessment);
CREATE TABLE records (
    workspace TEXT NOT NULL, channel TEXT NOT NULL, number INTEGER NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL, title TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (workspace, channel, number)
) STRICT;
CREATE TABLE pilots (
    id TEXT PRIMARY KEY, workspace TEXT NOT NULL, channel TEXT NOT NULL,
    started_by TEXT NOT NULL, started_at TEXT NOT NULL, card_ts TEXT,
    metric TEXT NOT NULL DEFAULT '', metric_by TEXT,
    plan TEXT NOT NULL DEFAULT '{}', rollout TEXT, closed_at TEXT, result TEXT
) STRICT;
CREATE UNIQUE INDEX one_pilot_a_team ON pilots (workspace, channel) WHERE closed_at IS NULL;
CREATE TABLE pilot_owners (
    pilot TEXT NOT NULL REFERENCES pilots (id) ON DELETE CASCADE,
    role TEXT NOT NULL, workspace TEXT NOT NULL, owner TEXT NOT NULL,
    PRIMARY KEY (pilot, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE pilot_log (
    id TEXT PRIMARY KEY, pilot TEXT NOT NULL REFERENCES pilots (id) ON DELETE CASCADE,
    workspace TEXT NOT NULL, kind TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT;
CREATE INDEX pilot_log_of_a_pilot ON pilot_log (pilot, kind, at);
CREATE TABLE imports (
    id TEXT PRIMARY KEY, workspace TEXT NOT NULL, "user" TEXT NOT NULL, name TEXT NOT NULL,
    at TEXT NOT NULL, json TEXT NOT NULL
) STRICT;
CREATE TABLE ticks (
    pilot TEXT NOT NULL REFERENCES pilots (id) ON DELETE CASCADE,
    step TEXT NOT NULL, workspace TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (pilot, step)
) STRICT, WITHOUT ROWID;
CREATE TABLE asked (
    id TEXT PRIMARY KEY, workspace TEXT NOT NULL, channel TEXT NOT NULL, "user" TEXT NOT NULL,
    text TEXT NOT NULL, tier TEXT NOT NULL, entry TEXT, at TEXT NOT NULL,
    shared INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX asked_in_a_workspace ON asked (workspace, at);
CREATE TABLE feedback (
    asked TEXT NOT NULL REFERENCES asked (id) ON DELETE CASCADE, workspace TEXT NOT NULL,
    "user" TEXT NOT NULL, helpful INTEGER NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (asked, "user")
) STRICT, WITHOUT ROWID;
CREATE TABLE estimates (
    workspace TEXT NOT NULL, channel TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL,
    load TEXT NOT NULL, PRIMARY KEY (workspace, channel)
) STRICT, WITHOUT ROWID;
CREATE TABLE deliveries (
    key TEXT PRIMARY KEY, boot TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_age ON deliveries (at);
"""


@migrations()
def the_first_tables(db: Database) -> None:
    """Assessments, answers, pilots and what they measured, questions asked, deliveries."""
    _run(db, TABLES)


@migrations()
def who_closed_a_pilot(db: Database) -> None:
    """Beside when, which was known from the start."""
    db.execute("ALTER TABLE pilots ADD COLUMN closed_by TEXT")


@migrations()
def endpoints_go_by_their_name(db: Database) -> None:
    """What a run, figure or override is about was called its place."""
    kinds = "('run', 'measurement', 'override')"
    for row in list(db.query(f"SELECT id, json FROM pilot_log WHERE kind IN {kinds}")):
        said = json.loads(row["json"])
        if "place" in said:
            said["endpoint"] = said.pop("place")
            db.execute("UPDATE pilot_log SET json = ? WHERE id = ?", [json.dumps(said), row["id"]])


@migrations()
def questions_know_their_thread(db: Database) -> None:
    """A question may go on from the one before; how sure an answer is has one name everywhere."""
    db.execute("ALTER TABLE asked ADD COLUMN thread TEXT NOT NULL DEFAULT ''")
    for old, new in (("confident", "sure"), ("unsure", "guess"), ("unknown", "none")):
        db.execute("UPDATE asked SET tier = ? WHERE tier = ?", [new, old])


@migrations()
def keyed_by_installation(db: Database) -> None:
    """One key an installation, whatever a payload calls the team; and where a file was sent."""
    rekey(db)
    db.execute("ALTER TABLE imports ADD COLUMN channel TEXT NOT NULL DEFAULT ''")


@migrations()
def what_is_owed(db: Database) -> None:
    """The outbox, and the order of writing."""
    _run(db, OWED)


@migrations()
def questions_in_their_order(db: Database) -> None:
    """Which question of a thread came last, whatever the clock says; older ones count as first."""
    db.execute("ALTER TABLE asked ADD COLUMN written INTEGER NOT NULL DEFAULT 0")


@migrations()
def found_without_a_walk(db: Database) -> None:
    """What is one person's, or old, is found by an index; and who is named in which pilot."""
    find_without_a_walk(db)


@migrations()
def who_installed_it(db: Database) -> None:
    """Workspaces that installed meshfit by themselves, and those that are about to."""
    _run(db, installations.TABLES)


@migrations()
def who_accepted_to_own_it(db: Database) -> None:
    """An owner is asked, by somebody, and owns it once they said so; until now both were one."""
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


@migrations()
def evidence_of_a_team(db: Database) -> None:
    """Looks at a cluster and exports of incidents, what people said of each, what they changed."""
    _run(db, evidence.TABLES)


def _run(db: Database, statements: str) -> None:
    for each in filter(str.strip, statements.split(";")):
        db.execute(each)


@migrations()
def what_was_written_after_what(db: Database) -> None:
    """A pilot's log has an order of writing, whatever the clock said and whichever the database."""
    db.execute("ALTER TABLE pilot_log ADD COLUMN written INTEGER NOT NULL DEFAULT 0")
    log = db.query("SELECT id, workspace, at FROM pilot_log")
    for row in sorted(log, key=itemgetter("at")):
        number = order.next_in(db, row["workspace"])
        db.execute("UPDATE pilot_log SET written = ? WHERE id = ?", [number, row["id"]])


@migrations()
def found_without_a_walk_since(db: Database) -> None:
    """What came after is found by an index too."""
    _run(db, SINCE)


@migrations()
def deliveries_under_a_lease(db: Database) -> None:
    """For several processes; what Slack may send again of before the start is acted on again."""
    _run(db, DELIVERIES)


AnyStore = TypeVar("AnyStore", bound=Store)


def migrate(store: AnyStore) -> AnyStore:
    """Bring the database to the newest schema; safe from several processes at once."""
    store.prepare()
    with store.reading() as db:
        current = not migrations.pending(db)
    if not current:
        with store.writing() as db:
            migrations.apply(db)
    return store
