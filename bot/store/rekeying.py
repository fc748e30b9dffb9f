"""Rows of before, keyed by what each payload called its team, under their installation's one key.

Once a key was `enterprise:team`, either part possibly empty; on an org-wide install one team had up
to three of them, for commands, views and events name different things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.store.engine import Database

_SAME = (
    "SELECT 1 FROM {table} other JOIN temp.keys a ON a.old = other.workspace "
    "JOIN temp.keys b ON b.old = {table}.workspace "
    "WHERE a.new = b.new AND other.channel = {table}.channel"
)


def rekey(db: Database) -> None:
    """Give every row its installation's key; what stood twice for one channel becomes one.

    The open assessment, the draft and the pilot touched or begun last stay so. An older assessment
    is closed and an older pilot ended; an older draft or estimate goes. Records are numbered anew.
    """
    tables = [table for table, columns in db.columns().items() if "workspace" in columns]
    keys_held = {
        str(row[0]) for each in tables for row in db.execute(f"SELECT workspace FROM {each}")
    }
    if not keys_held:
        return
    keys = installations(keys_held)
    db.execute("CREATE TEMP TABLE keys (old TEXT PRIMARY KEY, new TEXT NOT NULL)")
    for old, new in keys.items():
        db.execute("INSERT INTO temp.keys VALUES (?, ?)", [old, new])
    _keep_one_of_each(db)
    _number_records(db, keys)
    for each in tables:
        db.execute(
            f"UPDATE {each} SET workspace = (SELECT new FROM temp.keys WHERE old = workspace) "
            "WHERE workspace IN (SELECT old FROM temp.keys)"
        )
    db.execute("DROP TABLE temp.keys")


def installations(written: Iterable[str]) -> dict[str, str]:
    """Old keys → new ones: the enterprise's id where it was installed org-wide, else the team's.

    One token serves one installation, so several teams of an enterprise, or none, tell the first.
    """
    parts = {each: each.rpartition(":")[::2] for each in written if ":" in each}
    teams = defaultdict[str, set[str]](set)
    for enterprise, team in parts.values():
        teams[enterprise].add("" if team == enterprise else team)
    wide = {each for each, named in teams.items() if each and (len(named) > 1 or "" in named)}
    of_team = {team: each for each in wide for team in teams[each] if team}
    return {
        old: enterprise if enterprise in wide else of_team.get(team, team)
        for old, (enterprise, team) in parts.items()
    }


def _keep_one_of_each(db: Database) -> None:
    """Where two keys become one, let no rule of a table be broken."""
    same = _SAME.format(table="assessments")
    later = "(other.touched_at, other.id) > (assessments.touched_at, assessments.id)"
    db.execute(
        "DELETE FROM assessments WHERE status = 'draft' AND EXISTS "
        f"({same} AND other.status = 'draft' AND other.started_by = assessments.started_by "
        f"AND {later})"
    )
    db.execute(
        "UPDATE assessments SET status = 'closed', closed_at = touched_at WHERE status = 'open' "
        f"AND EXISTS ({same} AND other.status = 'open' AND {later})"
    )
    db.execute(
        "UPDATE pilots SET closed_at = started_at WHERE closed_at IS NULL AND EXISTS "
        f"({_SAME.format(table='pilots')} AND other.closed_at IS NULL "
        "AND (other.started_at, other.id) > (pilots.started_at, pilots.id))"
    )
    db.execute(
        f"DELETE FROM estimates WHERE EXISTS ({_SAME.format(table='estimates')} "
        "AND (other.at, other.workspace) > (estimates.at, estimates.workspace))"
    )


def _number_records(db: Database, keys: Mapping[str, str]) -> None:
    """Where records of several keys meet in a channel, number them by when they were written."""
    met = defaultdict[tuple[str, str], list[dict[str, object]]](list)
    for row in db.query("SELECT rowid AS at_row, * FROM records ORDER BY at, number"):
        met[keys.get(row["workspace"], row["workspace"]), row["channel"]].append(row)
    for rows in met.values():
        if len({row["workspace"] for row in rows}) > 1:
            moved = [(-number, row["at_row"]) for number, row in enumerate(rows, 1)]
            for each in moved:
                db.execute("UPDATE records SET number = ? WHERE rowid = ?", each)
    db.execute("UPDATE records SET number = -number WHERE number < 0")
