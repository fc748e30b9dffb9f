"""Everything about one person in a workspace: deleted, or kept for a record without their name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.team import FORMER, WITHDRAWN, Caller
from bot.store import (
    actions,
    erase,
    nominations,
    open_forms,
    people,
    records,
    rounds,
    snapshots,
    tripwires,
    workplaces,
)
from bot.store.engine import Database

_MINE = 'workspace = :workspace AND "user" = :user'
_TOLD = "workspace = :workspace AND said_by = :user"
_USED = "workspace = :workspace AND used_by = :user"
_BY = "workspace = :workspace AND by = :user"
_NAMED = "SELECT id FROM assessments WHERE workspace = :workspace AND {column} = :user"
_NAMES = ("started_by", "shared_by", "confirmed_by", "owner_asked", "owner_accepted")
_ASSESSMENTS = " UNION ".join(_NAMED.format(column=each) for each in _NAMES)
_ALONE = "started_by = :user AND (status = 'draft' OR substr(channel, 1, 1) = 'D')"
"""Drafts, and what somebody keeps in the direct message with the bot: nobody else's."""
_WORDS = {
    "seal": ("reason",),
    "override": ("reason",),
    "measurement": ("reason",),
    "drill": ("expected", "seen", "proof"),
    "goal": ("reason", "where"),
}
"""Kind → what in an entry of a pilot's log is its author's own words; exceptions stand apart."""

Entries = list[dict[str, Any]]


def count(db: Database, person: Caller) -> dict[str, int]:
    """How much of this person is kept in the workspace, by kind; what there is none of is absent.

    `pilot` and `record` are those that name them, `card` the assessments, `setting` the settings.
    """
    setting = {"setting": 1} if workplaces.names(db, person) else {}
    return setting | erase.counted(
        db,
        person,
        answer=f"SELECT COUNT(*) FROM ({erase.SAID}) s",
        question=f"SELECT COUNT(*) FROM asked WHERE {_MINE}",
        rating=f"SELECT COUNT(*) FROM feedback WHERE {_MINE}",
        file=f"SELECT COUNT(*) FROM imports WHERE {_MINE}",
        upload=f"SELECT COUNT(*) FROM evidence WHERE {_MINE}",
        confirmation=f"SELECT COUNT(*) FROM ({erase.SAID_OF} WHERE {_TOLD}) s",
        estimate=f"SELECT COUNT(*) FROM estimates WHERE {_BY}",
        round=f"SELECT COUNT(*) FROM ({rounds.OF_A_PERSON}) s",
        pilot="SELECT COUNT(*) FROM pilot_people WHERE workspace = :workspace AND person = :user",
        record=f"SELECT COUNT(*) FROM ({records.OF_A_PERSON}) s",
        reminder="SELECT COUNT(*) FROM reminders WHERE workspace = :workspace AND person = :user",
        action=f"SELECT COUNT(*) FROM ({actions.TOUCHING}) s",
        nomination="SELECT COUNT(*) FROM nominations WHERE workspace = :workspace "
        "AND person = :user",
        card=f"SELECT COUNT(*) FROM ({_ASSESSMENTS}) s JOIN assessments a ON a.id = s.id "
        "WHERE a.status <> 'draft'",
    )


def everything(db: Database, person: Caller) -> tuple[set[str], dict[str, str]]:
    """Forget this person.

    Answers the assessments that may look otherwise since then, and of the pilots that do and go on
    the channel.
    """
    values = person.model_dump()
    answered = [(each, question) for each, question in db.execute(erase.SAID, values)]
    took = db.execute(
        "SELECT assessment, '' FROM changesets WHERE workspace = :workspace AND respondent = :user",
        values,
    )
    answered += [(each, question) for each, question in took]
    named = {str(row[0]) for row in db.execute(_ASSESSMENTS, values)}
    erase.answers(db, person, answered)
    db.execute(f"DELETE FROM assessments WHERE workspace = :workspace AND {_ALONE}", values)
    named_in = people.pilots_of(db, person.workspace, person.user)
    pilots = {each: channel for each in named_in if (channel := _from_pilot(db, person, each))}
    for table, whose in (("asked", _MINE), ("feedback", _MINE), ("imports", _MINE)):
        db.execute(f"DELETE FROM {table} WHERE {whose}", values)
    db.execute(f"DELETE FROM estimates WHERE {_BY}", values)
    erase.evidence(db, person, _MINE, _TOLD, _USED)
    open_forms.drop_of(db, person)
    workplaces.forget(db, person, FORMER)
    _unowe(db, values)
    snapshots.forget(db, person, everywhere=True)
    _rename(db, person)
    named |= actions.forget(db, person)
    return named | {each for each, _ in answered}, pilots


def _unowe(db: Database, values: dict[str, Any]) -> None:
    """What was to be said to this person is not; live messages go on without their name."""
    theirs = (
        "workspace = :workspace AND id IN (SELECT id FROM owed "
        "WHERE workspace = :workspace AND person = :user AND lasting = {lasting})"
    )
    db.execute(f"DELETE FROM owed WHERE {theirs.format(lasting=0)}", values)
    for table in ("reminders", "zones", "lead_group_people"):
        db.execute(f"DELETE FROM {table} WHERE workspace = :workspace AND person = :user", values)
    home = {**values, "home": f"home:{values['user']}"}
    db.execute("DELETE FROM owed WHERE workspace = :workspace AND id = :home", home)
    alone = f"DELETE FROM owed WHERE {theirs.format(lasting=1)} AND substr(channel, 1, 1) = 'D'"
    db.execute(alone, values)
    emptied = "UPDATE owed SET person = '', answer_at = ''"
    db.execute(f"{emptied} WHERE {theirs.format(lasting=1)}", values)
    for form in ('"{}"', "<@{}>"):
        db.execute(
            "UPDATE owed SET data = replace(data, :name, :former) WHERE workspace = :workspace "
            "AND id IN (SELECT id FROM owed WHERE workspace = :workspace AND line > '' "
            "AND wanted > drawn)",
            {**values, "name": form.format(values["user"]), "former": form.format(FORMER)},
        )


def _rename(db: Database, person: Caller) -> None:
    """Where a row stays, its name goes."""
    rounds.rename(db, person)
    nominations.forget(db, person, FORMER)
    tripwires.rename(db, person)
    renamed = {
        "assessments": ("started_by", "shared_by", "confirmed_by", "owner_asked_by"),
        "changesets": ("undone_by",),
        "records": ("by", "confirmed_by"),
        "installations": ("by",),
        "shown_to_leads": ("by",),
    }
    values = {**person.model_dump(), "former": FORMER}
    for table, columns in renamed.items():
        for column in columns:
            db.execute(
                f"UPDATE {table} SET {column} = :former "
                f"WHERE workspace = :workspace AND {column} = :user",
                values,
            )
    for gone in (("owner_asked", "owner_asked_by"), ("owner_accepted", "owner_accepted_at")):
        emptied = " = NULL, ".join(gone)
        db.execute(
            f"UPDATE assessments SET {emptied} = NULL "
            f"WHERE workspace = :workspace AND {gone[0]} = :user",
            values,
        )


def _from_pilot(db: Database, person: Caller, pilot: str) -> str | None:
    """Take a person's name out of one pilot, and what they said in their own words.

    Answers its channel where it goes on.
    """
    key = {**person.model_dump(), "pilot": pilot, "former": FORMER}
    [row] = db.query("SELECT * FROM pilots WHERE id = :pilot", key)
    if row["channel"].startswith("D") and row["started_by"] == person.user:
        db.execute("DELETE FROM pilots WHERE id = :pilot", key)
        return None
    for column in ("started_by", "metric_by", "closed_by"):
        db.execute(
            f"UPDATE pilots SET {column} = :former WHERE id = :pilot AND {column} = :user", key
        )
    plan = json.dumps(people.without(json.loads(row["plan"]), {person.user: ""}))
    rollout = (row["rollout"] or "").replace(f'"{person.user}"', f'"{FORMER}"') or None
    changed = {**key, "plan": plan, "rollout": rollout}
    db.execute("UPDATE pilots SET plan = :plan, rollout = :rollout WHERE id = :pilot", changed)
    db.execute("UPDATE ticks SET who = :former WHERE pilot = :pilot AND who = :user", key)
    _from_roles(db, person, pilot, ended=row["closed_at"] is not None)
    _from_log(db, person, pilot)
    db.execute("DELETE FROM pilot_people WHERE pilot = :pilot AND person = :user", key)
    return row["channel"] if row["closed_at"] is None else None


def _from_roles(db: Database, person: Caller, pilot: str, *, ended: bool) -> None:
    """Nobody has the role then; of a pilot that is over, a former member had it."""
    owners = list(db.execute("SELECT role, owner FROM pilot_owners WHERE pilot = ?", [pilot]))
    for role, written in owners:
        owner = json.loads(written)
        if not ended and owner.get("user") == person.user:
            owner |= {"accepted": False}
        kept = json.dumps(people.without(owner, {person.user: FORMER if ended else ""}))
        db.execute(
            "UPDATE pilot_owners SET owner = ? WHERE pilot = ? AND role = ?", [kept, pilot, role]
        )


def _from_log(db: Database, person: Caller, pilot: str) -> None:
    its = "workspace = ? AND pilot = ? ORDER BY written"
    entries = f"SELECT id, kind, by, json FROM pilot_log WHERE {its}"
    rows = db.query(entries, [person.workspace, pilot])
    log = [{**each, "json": json.loads(each["json"])} for each in rows]
    theirs = _reasons(log, person.user)
    for each in log:
        by = FORMER if each["by"] == person.user else each["by"]
        rows = people.without(_reworded(each, person.user, theirs), {person.user: FORMER})
        if (by, rows) != (each["by"], each["json"]):
            db.execute(
                "UPDATE pilot_log SET by = ?, json = ? WHERE id = ?",
                [by, json.dumps(rows), each["id"]],
            )


def _reasons(log: Entries, user: str) -> set[str]:
    """What this person gave as reasons for exceptions, and for setting a refusal aside.

    An exception's entries repeat its reason, whoever renews or ends it: the first to give it wrote
    it. What was set aside is quoted beside the figures.
    """
    theirs, known = set[str](), set[tuple[str, str]]()
    for each in log:
        written = each["json"]
        if each["kind"] not in ("exception", "override"):
            continue
        reasons = (written["reason"], (written.get("proposed") or {}).get("reason", ""))
        for words in filter(None, reasons):
            reason = (written.get("id", ""), words)
            if each["by"] == user and reason not in known:
                theirs.add(words)
            known.add(reason)
    return theirs


def _reworded(entry: Mapping[str, Any], user: str, theirs: set[str]) -> dict[str, Any]:
    """An entry of the log without what this person said in their own words."""
    written = dict[str, Any](entry["json"])
    own = _WORDS.get(entry["kind"], ()) if entry["by"] == user else ()
    written |= {field: WITHDRAWN for field in own if written.get(field)}
    if entry["kind"] == "exception" and written["reason"] in theirs:
        written["reason"] = WITHDRAWN
    proposed = written.get("proposed")
    if proposed and proposed["reason"] in theirs:
        written["proposed"] = {**proposed, "reason": WITHDRAWN}
    if "overridden" in written:
        written["overridden"] = [_unquoted(each, theirs) for each in written["overridden"]]
    return written


def _unquoted(sentence: str, theirs: set[str]) -> str:
    """What was set aside, (because): without the reason, where it is one of theirs."""
    for reason in theirs:
        sentence = sentence.replace(f"({reason})", f"({WITHDRAWN})")
    return sentence
