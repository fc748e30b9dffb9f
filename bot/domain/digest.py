"""Teams as they stood and as they stand: what a digest has to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bot.domain.model.digest import Digest, Stood, TurnedTeam
from bot.domain.model.teams import TeamRow


def stood(row: TeamRow) -> Stood:
    """What is kept of a team until the next digest."""
    return Stood(
        channel=row.channel,
        assessment=row.assessment,
        outcome=row.outcome,
        headline=row.headline,
        owned=bool(row.owners),
        pilot=row.pilot,
        goal=row.goal.stands if row.goal and row.goal.aim is not None else "",
    )


def digest(
    before: Mapping[str, Stood], rows: Iterable[TeamRow], since: date, today: date
) -> Digest:
    """`before` goes by channel. Those that turned to another outcome stand first."""
    now = [(row, stood(row)) for row in rows]
    turned = [
        _turned(before.get(row.channel), row, each)
        for row, each in now
        if before.get(row.channel) != each
    ]
    left = set(before) - {row.channel for row, _ in now}
    return Digest(
        turned=tuple(sorted(turned, key=lambda each: (_still(each), each.channel))),
        left=len(left),
        same=len(now) - len(turned),
        since=since,
        on=today,
    )


def _turned(before: Stood | None, row: TeamRow, now: Stood) -> TurnedTeam:
    turned = before is not None and before.headline != now.headline
    by_rules = turned and row.since is None
    return TurnedTeam(channel=row.channel, link=row.link, before=before, now=now, by_rules=by_rules)


def _still(each: TurnedTeam) -> bool:
    return each.before is not None and each.before.outcome == each.now.outcome


def first_of_the_month_after(day: date) -> date:
    """The day from which the next digest is due."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
