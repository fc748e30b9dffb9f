"""Assessments: a team has at most one open, a person at most one draft a team, and closed ones."""

from __future__ import annotations

from datetime import datetime

from bot.domain.pack import Pack
from bot.domain.team import Assessment, Caller, Workspace
from bot.store import order, rows
from bot.store.engine import Database

_SELECT = (
    "SELECT a.*, p.name, p.version FROM assessments a JOIN packs p ON p.digest = a.pack_digest "
    "WHERE a.workspace = :workspace "
)
_CHANGEABLE = frozenset(
    {
        "status", "touched_at", "shared_by", "closed_at", "confirmed_by", "confirmed_at",
        "outcome", "title", "card_ts", "card_link", "detail_ts", "owner_asked", "pack_digest",
        "owner_asked_by", "owner_accepted", "owner_accepted_at",
    }
)  # fmt: skip


_NAMED = "SELECT id FROM assessments WHERE workspace = :workspace AND {who} = :user AND {status}"
_OPEN = "status = 'open'"
_OF_A_PERSON = " UNION ".join(
    [
        _NAMED.format(who="started_by", status="status IN ('draft', 'open')"),
        *(_NAMED.format(who=each, status=_OPEN) for each in ("owner_asked", "owner_accepted")),
        "SELECT v.assessment AS id FROM voices v JOIN assessments o ON o.id = v.assessment "
        f"WHERE v.workspace = :workspace AND v.respondent = :user AND o.{_OPEN}",
    ]
)
"""Each way to take part by an index of its own: one condition with OR walks the workspace."""


def keep_pack(db: Database, digest: str, pack: Pack) -> None:
    """Remember a pack as it is today, so that what was answered with it stays readable."""
    db.execute(
        "INSERT INTO packs (digest, name, version, json) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (digest) DO NOTHING",
        [digest, pack.name, pack.version, pack.model_dump_json(by_alias=True)],
    )


def kept_pack(db: Database, digest: str) -> str:
    """The JSON of a pack that some assessment was answered with."""
    row = next(db.query("SELECT json FROM packs WHERE digest = ?", [digest]))
    return str(row["json"])


def _one(db: Database, where: str, values: dict[str, object]) -> Assessment | None:
    row = next(db.query(_SELECT + where, values), None)
    return rows.assessment(row) if row else None


def by_id(db: Database, workspace: Workspace, assessment: str) -> Assessment | None:
    """The assessment with this id, if it belongs to the workspace."""
    return _one(db, "AND a.id = :id", {"workspace": workspace, "id": assessment})


def open_of(db: Database, caller: Caller) -> Assessment | None:
    """The team's open assessment."""
    return _one(db, "AND a.channel = :channel AND a.status = 'open'", caller.model_dump())


def draft_of(db: Database, caller: Caller) -> Assessment | None:
    """This person's draft for this team; nobody else ever sees it."""
    return _one(
        db,
        "AND a.channel = :channel AND a.started_by = :user AND a.status = 'draft'",
        caller.model_dump(),
    )


def history_of(db: Database, caller: Caller, *, most: int = 20) -> tuple[Assessment, ...]:
    """The team's shared assessments, newest first."""
    found_rows = db.query(
        _SELECT + "AND a.channel = :channel AND a.status <> 'draft' "
        "ORDER BY a.opened DESC LIMIT :most",
        {**caller.model_dump(), "most": most},
    )
    return tuple(rows.assessment(row) for row in found_rows)


def with_person(
    db: Database, workspace: Workspace, user: str, *, most: int = 40
) -> tuple[Assessment, ...]:
    """This person's drafts, and the open assessments they answered or are asked to own."""
    found_rows = db.query(
        f"SELECT a.*, p.name, p.version FROM ({_OF_A_PERSON}) m JOIN assessments a ON a.id = m.id "
        "JOIN packs p ON p.digest = a.pack_digest ORDER BY a.touched_at DESC LIMIT :most",
        {"workspace": workspace, "user": user, "most": most},
    )
    return tuple(rows.assessment(row) for row in found_rows)


def start(db: Database, caller: Caller, digest: str, now: datetime) -> Assessment:
    """Open a draft for this person and team, or go on with the one there is, under today's pack."""
    [row] = db.query(
        "INSERT INTO assessments (id, workspace, channel, status, started_by, started_at, "
        "touched_at, pack_digest) VALUES (:id, :workspace, :channel, 'draft', :user, :now, :now, "
        ":digest) ON CONFLICT (workspace, channel, started_by) WHERE status = 'draft' "
        "DO UPDATE SET touched_at = excluded.touched_at, pack_digest = excluded.pack_digest "
        "RETURNING *, (SELECT name FROM packs WHERE digest = pack_digest) AS name, "
        "(SELECT version FROM packs WHERE digest = pack_digest) AS version",
        {"id": rows.new_id(), **caller.model_dump(), "now": now.isoformat(), "digest": digest},
    )
    return rows.assessment(row)


def begin(db: Database, caller: Caller, digest: str, now: datetime) -> Assessment:
    """Open one for the team at once, as this person began it otherwise than by a draft."""
    db.execute(
        "INSERT INTO assessments (id, workspace, channel, status, started_by, "
        "started_at, touched_at, pack_digest, opened) VALUES (:id, :workspace, :channel, 'open', "
        ":user, :now, :now, :digest, :opened)",
        {
            "id": rows.new_id(),
            **caller.model_dump(),
            "now": now.isoformat(),
            "digest": digest,
            "opened": order.next_in(db, caller.workspace),
        },
    )
    return next(each for each in [open_of(db, caller)] if each)


def update(db: Database, workspace: Workspace, assessment: str, **changes: object) -> None:
    """Set columns of one assessment; one that is opened is the team's newest from then on."""
    unknown = set(changes) - _CHANGEABLE
    if unknown:
        raise ValueError(f"assessments has no changeable column {', '.join(sorted(unknown))}")
    if changes.get("status") == "open":
        changes["opened"] = order.next_in(db, workspace)
    values = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in changes.items()}
    assignments = ", ".join(f"{column} = :{column}" for column in values)
    db.execute(
        f"UPDATE assessments SET {assignments} WHERE workspace = :workspace AND id = :id",
        {**values, "workspace": workspace, "id": assessment},
    )


def forget(db: Database, workspace: Workspace, assessment: str) -> None:
    """Delete an assessment with everything that hangs on it."""
    db.execute("DELETE FROM assessments WHERE workspace = ? AND id = ?", [workspace, assessment])
