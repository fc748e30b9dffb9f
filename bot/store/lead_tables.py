"""The tables of what leads see and of who they are, and of what Slack tells of people."""

DIGESTS = """
CREATE TABLE digests (
    workspace TEXT NOT NULL, since TEXT NOT NULL, due_on TEXT NOT NULL, owed TEXT NOT NULL,
    PRIMARY KEY (workspace)
) STRICT, WITHOUT ROWID;
CREATE TABLE digest_teams (
    workspace TEXT NOT NULL, channel TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    json TEXT NOT NULL,
    PRIMARY KEY (workspace, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX digest_teams_of_an_assessment ON digest_teams (assessment)
"""

STANDS_ON = """
CREATE TABLE stands_on (
    workspace TEXT NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessments (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    PRIMARY KEY (workspace, assessment, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX stands_on_of_an_assessment ON stands_on (assessment)
"""

OF_PEOPLE = """
CREATE TABLE zones (
    workspace TEXT NOT NULL, person TEXT NOT NULL, zone TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (workspace, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE lead_group_people (
    workspace TEXT NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (workspace, person)
) STRICT, WITHOUT ROWID
"""
