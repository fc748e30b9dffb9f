"""The tables of what is owed, of the order of writing, and of deliveries under a lease."""

OWED = """
CREATE TABLE writings (
    workspace TEXT PRIMARY KEY, last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE owed (
    workspace TEXT NOT NULL, id TEXT NOT NULL, written INTEGER NOT NULL, kind TEXT NOT NULL,
    line TEXT NOT NULL, channel TEXT NOT NULL, person TEXT NOT NULL, data TEXT NOT NULL,
    lasting INTEGER NOT NULL, wanted INTEGER NOT NULL DEFAULT 1, drawn INTEGER NOT NULL DEFAULT 0,
    message_id TEXT NOT NULL, not_before TEXT NOT NULL DEFAULT '',
    again_at TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0,
    at TEXT NOT NULL, answer_at TEXT NOT NULL,
    holder TEXT NOT NULL DEFAULT '', held_until TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX owed_by_line ON owed (workspace, line, written) WHERE wanted > drawn;
"""

DELIVERIES = """
DROP TABLE deliveries;
CREATE TABLE deliveries (
    workspace TEXT NOT NULL, key TEXT NOT NULL, holder TEXT NOT NULL DEFAULT '',
    held_until TEXT NOT NULL DEFAULT '', done INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL,
    PRIMARY KEY (workspace, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_age ON deliveries (at);
"""
