"""The tables, as migrations: named steps, applied once, each in an immediate transaction.

Every table that holds what people said carries its workspace, so that no query needs to look
elsewhere to stay inside it. Times are ISO 8601 in UTC; answers are JSON of `model.Answer`.
"""

from __future__ import annotations

from bot.store import (
    dates_tables,
    evidence,
    installations,
    lead_tables,
    nominations,
    open_forms,
    rewriting,
    round_tables,
    shown,
    snapshots,
    workplaces,
)
from bot.store.engine import Database
from bot.store.finding import LATER, SINCE, find_without_a_walk
from bot.store.first_tables import TABLES
from bot.store.migrating import Migrations, run
from bot.store.outbox_tables import DELIVERIES, OWED

migrations = Migrations("meshfit")


@migrations()
def the_first_tables(db: Database) -> None:
    """Assessments, answers, pilots and what they measured, questions asked, deliveries."""
    run(db, TABLES)


@migrations()
def who_closed_a_pilot(db: Database) -> None:
    """Beside when, which was known from the start."""
    db.execute("ALTER TABLE pilots ADD COLUMN closed_by TEXT")


@migrations()
def endpoints_go_by_their_name(db: Database) -> None:
    """What a run, figure or override is about was called its place."""
    rewriting.endpoints(db)


@migrations()
def questions_know_their_thread(db: Database) -> None:
    """A question may go on from the one before; how sure an answer is has one name everywhere."""
    rewriting.threads_and_tiers(db)


@migrations()
def keyed_by_installation(db: Database) -> None:
    """One key an installation, whatever a payload calls the team; and where a file was sent."""
    rewriting.keyed(db)


@migrations()
def what_is_owed(db: Database) -> None:
    """The outbox, and the order of writing."""
    run(db, OWED)


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
    run(db, installations.TABLES)


@migrations()
def who_accepted_to_own_it(db: Database) -> None:
    """An owner is asked, by somebody, and owns it once they said so; until now both were one."""
    rewriting.who_accepted(db)


@migrations()
def evidence_of_a_team(db: Database) -> None:
    """Looks at a cluster and exports of incidents, what people said of each, what they changed."""
    run(db, evidence.TABLES)


@migrations()
def what_was_written_after_what(db: Database) -> None:
    """A pilot's log has an order of writing, whatever the clock said and whichever the database."""
    rewriting.in_their_order(db, "pilot_log", "written", by="at")


@migrations()
def found_without_a_walk_since(db: Database) -> None:
    """What came after is found by an index too."""
    run(db, SINCE)


@migrations()
def deliveries_under_a_lease(db: Database) -> None:
    """For several processes; what Slack may send again of before the start is acted on again."""
    run(db, DELIVERIES)


@migrations()
def what_a_workspace_chose(db: Database) -> None:
    """Its leads, working hours, trackers and the like."""
    run(db, workplaces.TABLES)


@migrations()
def why_an_answer_changed(db: Database) -> None:
    """What somebody gave as the reason for a change."""
    db.execute("ALTER TABLE changesets ADD COLUMN why TEXT NOT NULL DEFAULT ''")


@migrations()
def what_was_taken_of_what_to_do(db: Database) -> None:
    """Actions, each with an owner, a day and a state."""
    run(db, dates_tables.TABLES)


@migrations()
def rounds_of_a_team(db: Database) -> None:
    """Rounds, who is asked in them, and what they answer unseen."""
    run(db, round_tables.TABLES)


@migrations()
def who_is_reminded_of_what(db: Database) -> None:
    """Only who said yes, each of one thing."""
    run(db, dates_tables.REMINDERS)


@migrations()
def what_leads_see(db: Database) -> None:
    """Which teams show where they stand to the leads of their workspace."""
    run(db, shown.TABLES)


@migrations()
def which_came_later(db: Database) -> None:
    """Assessments that were opened, and pilots that were begun, in an order of writing."""
    rewriting.opened_and_begun(db)
    run(db, LATER)


@migrations()
def decisions_as_they_stood(db: Database) -> None:
    """Snapshots at each record, each round's close and each end of an assessment."""
    run(db, snapshots.TABLES)


@migrations()
def incidents_of_each_export(db: Database) -> None:
    """The same incident may stand in several; an export that is only offered takes none away."""
    run(db, evidence.OF_EACH_EXPORT)


@migrations()
def what_would_reopen_it(db: Database) -> None:
    """Tripwires, written down with a decision."""
    run(db, dates_tables.TRIPWIRES)


@migrations()
def what_a_record_saw(db: Database) -> None:
    """A mark of the assessment that a record was written of, beside the time, which may go back."""
    db.execute("ALTER TABLE records ADD COLUMN seen TEXT NOT NULL DEFAULT ''")


@migrations()
def what_a_digest_tells_from(db: Database) -> None:
    """When a workspace's next digest is due, and where the teams stood at the last one."""
    run(db, lead_tables.DIGESTS)


@migrations()
def what_a_platform_decision_stands_on(db: Database) -> None:
    """The channels of the teams whose answers were offered to it."""
    run(db, lead_tables.STANDS_ON)


@migrations()
def who_was_named_for_what(db: Database) -> None:
    """Asked directly, what they said and why; and who wants no such messages."""
    run(db, nominations.TABLES)


@migrations()
def forms_of_several_steps(db: Database) -> None:
    """What is filled into the steps of a form, until its last is saved."""
    run(db, open_forms.TABLES)


@migrations()
def how_a_record_stood(db: Database) -> None:
    """Proposed or accepted, so that its file is written anew once it is accepted."""
    db.execute("ALTER TABLE records ADD COLUMN status TEXT NOT NULL DEFAULT ''")


@migrations()
def what_slack_tells_of_people(db: Database) -> None:
    """Time zones of whoever is reminded, and who is in the group of leads."""
    run(db, lead_tables.OF_PEOPLE)


@migrations()
def who_was_offered_what_to_do(db: Database) -> None:
    """Whoever is offered a line of what to do is named for it as owners are."""
    run(db, nominations.OF_ACTIONS_TOO)


@migrations()
def reminders_of_rounds(db: Database) -> None:
    """Whoever was asked in a round may be reminded before it closes."""
    run(db, dates_tables.REMINDERS_OF_ROUNDS)


@migrations()
def nothing_of_too_few(db: Database) -> None:
    """Of rounds without names that have closed: what too few said goes, no two answers hang on."""
    rewriting.rounds_without_names(db)


@migrations()
def who_confirmed_a_record(db: Database) -> None:
    """Beside the assessment's own word, which says that it is still true and no more."""
    rewriting.confirmed_records(db)


@migrations()
def who_was_asked_to_measure(db: Database) -> None:
    """Whoever is to measure a goal that shows later is named for it as owners are."""
    run(db, nominations.TO_MEASURE_TOO)


migrate = migrations.migrate
"""Bring a database to the newest schema."""
