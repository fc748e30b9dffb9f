"""The tables that meshfit began with; what changed since is a step of its own in `schema.py`."""

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
