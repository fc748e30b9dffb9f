"""What the ledger keeps of a record, and how its file follows once somebody's word makes it so."""

from __future__ import annotations

from bot.advisor import owing
from bot.advisor.desk import Desk
from bot.domain.model.record import FiledRecord, Record
from bot.domain.team import Caller, Standing
from bot.store import Database, records


def proposed(db: Database, caller: Caller, team: Standing) -> FiledRecord | None:
    """The last record, where it was written as proposed and says what stands."""
    last = records.last(db, caller)
    if last is None or last.status != "proposed" or not says_the_same(last, team):
        return None
    return last


def follow(
    desk: Desk, db: Database, caller: Caller, waiting: FiledRecord | None, *, confirms: bool = False
) -> None:
    """Write the file of a record anew under its number, where it is accepted by now.

    `waiting` is what `proposed` found before somebody gave their word: as its owner, or by
    *Confirm*. Where that changed what was decided, the record stays as it was written: it is of
    something else.
    """
    if waiting is None:
        return
    team, now = desk.team(db, caller), desk.clock()
    record = Record(
        number=waiting.number,
        by=caller.user,
        at=now,
        supersedes=records.before(db, caller, waiting.number),
        standing=team,
        again=True,
        confirmed_by=caller.user if confirms else None,
        confirmed_at=now if confirms else None,
    )
    if record.status != "accepted" or team.advice.headline != waiting.title:
        return
    records.accepted(db, caller, filed(record))
    owing.below_card(db, caller, team.assessment, "record", {"record": record.model_dump_json()})


def filed(record: Record) -> FiledRecord:
    """What the ledger keeps of a record."""
    return FiledRecord(
        number=record.number,
        assessment=record.standing.assessment.id,
        outcome=record.standing.advice.outcome,
        at=record.at,
        by=record.by,
        title=record.standing.advice.headline,
        seen=records.mark(record.standing.assessment),
        status=record.status,
        confirmed_by=record.confirmed_by,
        confirmed_at=record.confirmed_at,
    )


def says_the_same(last: FiledRecord, standing: Standing) -> bool:
    """Whether nothing happened to an assessment since its record was written."""
    assessment = standing.assessment
    same = (last.assessment, last.title) == (assessment.id, standing.advice.headline)
    if last.seen:
        return same and last.seen == records.mark(assessment)
    return same and assessment.said_at <= last.at
