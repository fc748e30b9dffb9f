"""The indexes by which nobody waits longer as history grows, and who is named in which pilot."""

from __future__ import annotations

import json

from bot.store.engine import Database
from bot.store.people import named_in, stands

_FOUND = """
CREATE INDEX answers_of_a_person ON answers (workspace, respondent, assessment);
CREATE INDEX changesets_of_a_person ON changesets (workspace, respondent, assessment);
CREATE INDEX undone_by_a_person ON changesets (workspace, undone_by) WHERE undone_by IS NOT NULL;
CREATE INDEX shared_by_a_person ON assessments (workspace, shared_by) WHERE shared_by IS NOT NULL;
CREATE INDEX confirmed_by_a_person ON assessments (workspace, confirmed_by)
    WHERE confirmed_by IS NOT NULL;
CREATE INDEX asked_to_own ON assessments (workspace, owner_asked) WHERE owner_asked IS NOT NULL;
CREATE INDEX assessments_of_a_pack ON assessments (pack_digest);
CREATE INDEX closed_by_age ON assessments (closed_at) WHERE status = 'closed';
CREATE INDEX records_of_an_assessment ON records (assessment);
CREATE INDEX records_of_a_person ON records (workspace, by);
CREATE INDEX pilots_of_a_team ON pilots (workspace, channel, started_at);
CREATE INDEX pilot_owners_of_a_workspace ON pilot_owners (workspace, pilot);
CREATE INDEX ticks_of_a_person ON ticks (workspace, who, pilot);
CREATE INDEX pilot_log_of_a_person ON pilot_log (workspace, by, pilot);
CREATE INDEX imports_of_a_person ON imports (workspace, "user");
CREATE INDEX imports_by_age ON imports (at);
CREATE INDEX asked_by_a_person ON asked (workspace, "user", channel);
CREATE INDEX asked_in_a_thread ON asked (workspace, channel, thread, written);
CREATE INDEX asked_by_age ON asked (at);
CREATE INDEX feedback_of_a_person ON feedback (workspace, "user");
CREATE INDEX estimates_of_a_person ON estimates (workspace, by);
CREATE INDEX owed_of_a_person ON owed (workspace, person);
CREATE TABLE pilot_people (
    workspace TEXT NOT NULL, person TEXT NOT NULL,
    pilot TEXT NOT NULL REFERENCES pilots (id) ON DELETE CASCADE,
    PRIMARY KEY (workspace, person, pilot)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_of_a_pilot ON pilot_people (pilot);
"""

LATER = """
DROP INDEX history_of_a_team;
CREATE INDEX opened_of_a_team ON assessments (workspace, channel, opened);
DROP INDEX pilots_of_a_team;
CREATE INDEX begun_of_a_team ON pilots (workspace, channel, begun);
"""

SINCE = """
CREATE INDEX owner_accepted_by ON assessments (workspace, owner_accepted)
    WHERE owner_accepted IS NOT NULL;
CREATE INDEX owner_asked_by_a_person ON assessments (workspace, owner_asked_by)
    WHERE owner_asked_by IS NOT NULL;
CREATE INDEX pilot_log_in_order ON pilot_log (workspace, pilot, written);
CREATE INDEX evidence_of_a_person ON evidence (workspace, "user", channel);
CREATE INDEX evidence_used_by ON evidence (workspace, used_by) WHERE used_by IS NOT NULL;
CREATE INDEX incidents_of_evidence ON evidence_incidents (workspace, evidence);
CREATE INDEX incidents_said_by ON evidence_incidents (workspace, said_by, channel)
    WHERE said_by IS NOT NULL;
DROP INDEX owed_of_a_person;
CREATE INDEX owed_to_a_person ON owed (workspace, person, lasting, channel, id);
CREATE INDEX owed_and_held ON owed (holder) WHERE holder <> '';
CREATE INDEX owed_with_an_answer ON owed (at) WHERE answer_at <> '';
CREATE INDEX asked_and_missed ON asked (workspace, at) WHERE tier <> 'sure';
CREATE INDEX rated_unhelpful ON feedback (workspace, asked) WHERE helpful = 0
"""
"""The same of what came after."""

_IN_A_PILOT = (
    "SELECT by, json FROM pilot_log WHERE pilot = :pilot "
    "UNION ALL SELECT '', owner FROM pilot_owners WHERE pilot = :pilot "
    "UNION ALL SELECT who, '{}' FROM ticks WHERE pilot = :pilot"
)


def find_without_a_walk(db: Database) -> None:
    """Make them, and note who is named in the pilots there are."""
    for statement in _FOUND.split(";"):
        if statement.strip():
            db.execute(statement)
    begun = "SELECT id, workspace, started_by, metric_by, closed_by, plan FROM pilots"
    for pilot in list(db.query(begun)):
        log = list(db.execute(_IN_A_PILOT, {"pilot": pilot["id"]}))
        people = {pilot[each] for each in ("started_by", "metric_by", "closed_by")}
        people |= {who for who, _ in log}
        for text in (pilot["plan"], *(text for _, text in log)):
            people |= set(named_in(json.loads(text)))
        stands(db, pilot["workspace"], pilot["id"], people - {None, ""})
