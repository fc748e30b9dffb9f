"""The tables of what was taken of what to do, and of who is reminded of what."""

TABLES = """
CREATE TABLE actions (
    workspace TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    line TEXT NOT NULL, text TEXT NOT NULL,
    owner TEXT NOT NULL, asked TEXT NOT NULL, asked_by TEXT NOT NULL,
    due TEXT NOT NULL, link TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
    by TEXT NOT NULL, at TEXT NOT NULL, written INTEGER NOT NULL,
    PRIMARY KEY (workspace, assessment, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX actions_of_an_assessment ON actions (assessment);
CREATE INDEX actions_of_an_owner ON actions (workspace, owner) WHERE owner <> '';
CREATE INDEX actions_asked_of ON actions (workspace, asked) WHERE asked <> '';
CREATE INDEX actions_asked_by ON actions (workspace, asked_by) WHERE asked_by <> '';
CREATE INDEX actions_last_by ON actions (workspace, by)
"""

REMINDERS = """
CREATE TABLE reminders (
    workspace TEXT NOT NULL, person TEXT NOT NULL, thing TEXT NOT NULL, channel TEXT NOT NULL,
    assessment TEXT REFERENCES assessments (id) ON DELETE CASCADE,
    pilot TEXT REFERENCES pilots (id) ON DELETE CASCADE,
    said_on TEXT NOT NULL, told TEXT NOT NULL, snoozed TEXT NOT NULL, owed TEXT NOT NULL,
    PRIMARY KEY (workspace, person, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminders_of_an_assessment ON reminders (assessment) WHERE assessment IS NOT NULL;
CREATE INDEX reminders_of_a_pilot ON reminders (pilot) WHERE pilot IS NOT NULL
"""

REMINDERS_OF_ROUNDS = """
ALTER TABLE reminders RENAME TO reminders_before;
CREATE TABLE reminders (
    workspace TEXT NOT NULL, person TEXT NOT NULL, thing TEXT NOT NULL, channel TEXT NOT NULL,
    assessment TEXT REFERENCES assessments (id) ON DELETE CASCADE,
    pilot TEXT REFERENCES pilots (id) ON DELETE CASCADE,
    round TEXT,
    said_on TEXT NOT NULL, told TEXT NOT NULL, snoozed TEXT NOT NULL, owed TEXT NOT NULL,
    PRIMARY KEY (workspace, person, thing),
    FOREIGN KEY (workspace, round) REFERENCES rounds (workspace, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO reminders (workspace, person, thing, channel, assessment, pilot, said_on, told, snoozed,
    owed) SELECT workspace, person, thing, channel, assessment, pilot, said_on, told, snoozed, owed
    FROM reminders_before;
DROP TABLE reminders_before;
CREATE INDEX reminders_of_an_assessment ON reminders (assessment) WHERE assessment IS NOT NULL;
CREATE INDEX reminders_of_a_pilot ON reminders (pilot) WHERE pilot IS NOT NULL;
CREATE INDEX reminders_of_a_round ON reminders (round) WHERE round IS NOT NULL
"""
"""A column that names two of another table's cannot be added to a table that is there."""

TRIPWIRES = """
CREATE TABLE tripwires (
    workspace TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    id TEXT NOT NULL, text TEXT NOT NULL, question TEXT NOT NULL, written INTEGER NOT NULL,
    written_on TEXT NOT NULL, said TEXT NOT NULL CHECK (said IN ('', 'no', 'yes')),
    by TEXT NOT NULL, said_on TEXT NOT NULL,
    PRIMARY KEY (workspace, assessment, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tripwires_of_an_assessment ON tripwires (assessment);
CREATE INDEX tripwires_said_by ON tripwires (workspace, by) WHERE by <> ''
"""
