"""The tables of rounds, of who is asked in them, and of what they answer."""

from __future__ import annotations

TABLES = """
CREATE TABLE rounds (
    workspace TEXT NOT NULL, id TEXT NOT NULL, channel TEXT NOT NULL,
    opened_by TEXT NOT NULL, opened_at TEXT NOT NULL, closes_at TEXT NOT NULL,
    names TEXT NOT NULL CHECK (names IN ('open', 'anonymous')), invites INTEGER NOT NULL,
    questions TEXT NOT NULL, salt TEXT NOT NULL, written INTEGER NOT NULL,
    closed_at TEXT, closed_by TEXT, message_ts TEXT, result_ts TEXT,
    assessment TEXT, json TEXT,
    PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_round_a_team ON rounds (workspace, channel) WHERE closed_at IS NULL;
CREATE INDEX rounds_of_a_channel ON rounds (workspace, channel, written);
CREATE INDEX rounds_opened_by ON rounds (workspace, opened_by);
CREATE INDEX rounds_closed_by ON rounds (workspace, closed_by) WHERE closed_by IS NOT NULL;
CREATE INDEX rounds_by_age ON rounds (closed_at) WHERE closed_at IS NOT NULL;
CREATE TABLE round_people (
    workspace TEXT NOT NULL, round TEXT NOT NULL, person TEXT NOT NULL,
    named INTEGER NOT NULL, answered INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (workspace, round, person),
    FOREIGN KEY (workspace, round) REFERENCES rounds (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX rounds_of_a_person ON round_people (workspace, person, answered, named, round);
CREATE TABLE round_answers (
    workspace TEXT NOT NULL, round TEXT NOT NULL, person TEXT NOT NULL, question TEXT NOT NULL,
    answer TEXT,
    PRIMARY KEY (workspace, round, person, question),
    FOREIGN KEY (workspace, round) REFERENCES rounds (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID
"""
"""An answer that is not there (NULL) says that it is not this person's area; `answered` is 1 once
somebody handed theirs in, and -1 while they have some of them written down."""
